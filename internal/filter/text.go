package filter

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Text writes a filter input as GraphQL text; "" for nil and for one without
// conditions. Strings are written as text, enums as names, and in place of a resident
// number stands the variable $residentId: it is never repeated.
func Text(input any) string {
	v := reflect.ValueOf(input)
	if !v.IsValid() || v.IsNil() {
		return ""
	}
	text := written(v)
	if text == "{}" {
		return ""
	}
	return text
}

func written(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer:
		switch x := v.Interface().(type) {
		case *model.Date:
			return `"` + x.String() + `"`
		case *model.Money:
			return `"` + x.String() + `"`
		case *model.ResidentNumber:
			return "$residentId"
		}
		return written(v.Elem())
	case reflect.Slice:
		items := make([]string, v.Len())
		for i := range items {
			items[i] = written(v.Index(i))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case reflect.Struct:
		var fields []string
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				continue
			}
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			fields = append(fields, name+": "+written(v.Field(i)))
		}
		return "{" + strings.Join(fields, ", ") + "}"
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			return Quoted(v.String())
		}
		return v.String() // an enum
	}
	return fmt.Sprint(v.Interface())
}

// Quoted writes text as a GraphQL string, whose escapes are those of JSON.
func Quoted(text string) string {
	b, _ := json.Marshal(text) // a string is always written
	return string(b)
}

// AllOf joins conditions to one filter; "{}" when there are none.
func AllOf(conditions []string) string {
	switch len(conditions) {
	case 0:
		return "{}"
	case 1:
		return conditions[0]
	}
	return "{and: [" + strings.Join(conditions, ", ") + "]}"
}
