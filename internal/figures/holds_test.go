package figures

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// holds evaluates a filter on a decoded record.
func holds(row reflect.Value, f plan.Filter) bool {
	if f.Field != "" && !fieldHolds(row, f) {
		return false
	}
	for _, child := range f.And {
		if !holds(row, child) {
			return false
		}
	}
	if len(f.Or) > 0 && !slices.ContainsFunc(f.Or, func(child plan.Filter) bool { return holds(row, child) }) {
		return false
	}
	return f.Not == nil || !holds(row, *f.Not)
}

func fieldHolds(row reflect.Value, f plan.Filter) bool {
	switch {
	case f.Days != nil:
		d := dayOf(row, f.Field)
		return d != nil && (f.Days.From == nil || d.Compare(*f.Days.From) >= 0) && (f.Days.Before == nil || d.Compare(*f.Days.Before) < 0)
	case f.Whole != nil:
		v := fieldOf(row, f.Field)
		if v.IsNil() {
			return false
		}
		n := int(v.Elem().Int())
		return (f.Whole.From == nil || n >= *f.Whole.From) && (f.Whole.Before == nil || n < *f.Whole.Before)
	case f.Flag != nil:
		v := fieldOf(row, f.Field)
		return !v.IsNil() && v.Elem().Bool() == *f.Flag
	}
	return slices.ContainsFunc(textsOf(row, f.Field), func(s string) bool { return slices.Contains(f.Any, s) })
}

// fieldOf is the struct field behind a GraphQL field.
func fieldOf(row reflect.Value, name string) reflect.Value {
	v := row.FieldByNameFunc(func(s string) bool { return strings.EqualFold(s, name) })
	if !v.IsValid() {
		v = row.FieldByNameFunc(func(s string) bool { return strings.EqualFold(s, name+"Ref") })
	}
	return v
}

func dayOf(row reflect.Value, name string) *model.Date {
	return fieldOf(row, name).Interface().(*model.Date)
}

// textsOf are a field's values as text; none where it is nil.
func textsOf(row reflect.Value, name string) []string {
	v := fieldOf(row, name)
	if v.IsNil() {
		return nil
	}
	if v.Kind() != reflect.Slice {
		return []string{fmt.Sprint(v.Elem().Interface())}
	}
	var list []string
	for i := range v.Len() {
		if s := fmt.Sprint(v.Index(i).Interface()); !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// numberOf is a number, or an amount in fen; ok is false where there is none.
func numberOf(row reflect.Value, name string) (n int64, ok bool) {
	v := fieldOf(row, name)
	if v.IsNil() {
		return 0, false
	}
	return v.Elem().Int(), true
}
