package adapters

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// binder puts decoded values into the fields of a domain struct. The struct is
// reflected upon once per source; a row then costs one indexed assignment a cell.
type binder struct {
	record reflect.Type
	row    []int              // index of the embedded model.Row
	fields map[string]binding // by GraphQL field path
}

// binding is one mapped field's place in the struct.
type binding struct {
	index    []int        // path of struct fields; pointers on the way are allocated
	typ      reflect.Type // of the target, a pointer or a slice
	personal bool         // the target is a masked type: the raw cell must not be shown either
}

// masked is implemented by the types of personal data.
type masked interface{ Masked() string }

// bind finds each mapped field's place in record, a struct type: the Go field has the
// GraphQL name in any case, relations have the suffix Ref, and dots are paths through
// pointers to structs.
func bind(record reflect.Type, fields []*mapping.Field) (*binder, error) {
	b := &binder{record: record, fields: map[string]binding{}}
	row, ok := record.FieldByName("Row")
	if !ok || row.Type != reflect.TypeFor[model.Row]() {
		return nil, fmt.Errorf("adapters: %s does not embed model.Row", record)
	}
	b.row = row.Index
	for _, f := range fields {
		place, err := place(record, f)
		if err != nil {
			return nil, err
		}
		b.fields[f.Name] = place
	}
	return b, nil
}

func place(record reflect.Type, f *mapping.Field) (binding, error) {
	var at binding
	t := record
	names := strings.Split(f.Name, ".")
	for i, name := range names {
		if i == len(names)-1 && f.Refers != "" {
			name += "Ref"
		}
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct {
			return at, fmt.Errorf("adapters: %s.%s: %s is no struct", record, f.Name, t)
		}
		field, ok := t.FieldByNameFunc(func(s string) bool { return strings.EqualFold(s, name) })
		if !ok {
			return at, fmt.Errorf("adapters: %s has no Go field for %s.%s", record, f.Name, name)
		}
		at.index = append(at.index, field.Index...)
		t = field.Type
	}
	if k := t.Kind(); k != reflect.Pointer && k != reflect.Slice {
		return at, fmt.Errorf("adapters: %s.%s must be a pointer or a slice, not %s: nil says that there is nothing", record, f.Name, t)
	}
	at.typ = t
	at.personal = t.Elem().Implements(reflect.TypeFor[masked]())
	return at, nil
}

// set stores a codec's value; v is a pointer or a slice as cell.Codec documents.
func (at binding) set(record reflect.Value, v any) error {
	target := record
	for i, n := range at.index {
		if i > 0 && target.Kind() == reflect.Pointer {
			if target.IsNil() {
				target.Set(reflect.New(target.Type().Elem()))
			}
			target = target.Elem()
		}
		target = target.Field(n)
	}
	value := reflect.ValueOf(v)
	switch {
	case value.Type() == at.typ:
		target.Set(value)
	case value.Kind() == reflect.Slice && at.typ.Kind() == reflect.Slice && value.Type().Elem().ConvertibleTo(at.typ.Elem()):
		list := reflect.MakeSlice(at.typ, value.Len(), value.Len())
		for i := range value.Len() {
			list.Index(i).Set(value.Index(i).Convert(at.typ.Elem()))
		}
		target.Set(list)
	case value.Type().ConvertibleTo(at.typ): // *string to *LegalAidStatus: same bytes, no copy
		target.Set(value.Convert(at.typ))
	default:
		return fmt.Errorf("adapters: a %s does not fit a %s", value.Type(), at.typ)
	}
	return nil
}
