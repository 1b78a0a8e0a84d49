package adapters

import (
	"fmt"
	"reflect"
	"strings"
	"unsafe"

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
	offset   uintptr      // in the struct, where no pointer is on the way
	isDirect bool         // none is
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
	at := binding{isDirect: true}
	t := record
	names := strings.Split(f.Name, ".")
	for i, name := range names {
		if i == len(names)-1 && f.Refers != "" {
			name += "Ref"
		}
		if t.Kind() == reflect.Pointer {
			t, at.isDirect = t.Elem(), false
		}
		if t.Kind() != reflect.Struct {
			return at, fmt.Errorf("adapters: %s.%s: %s is no struct", record, f.Name, t)
		}
		field, ok := t.FieldByNameFunc(func(s string) bool { return strings.EqualFold(s, name) })
		if !ok {
			return at, fmt.Errorf("adapters: %s has no Go field for %s.%s", record, f.Name, name)
		}
		at.isDirect = at.isDirect && len(field.Index) == 1 // else it is promoted from an embedded struct
		at.offset += field.Offset
		at.index = append(at.index, field.Index...)
		t = field.Type
	}
	if k := t.Kind(); k != reflect.Pointer && k != reflect.Slice {
		return at, fmt.Errorf("adapters: %s.%s must be a pointer or a slice, not %s: nil says that there is nothing",
			record, f.Name, t)
	}
	at.typ = t
	at.personal = t.Elem().Implements(reflect.TypeFor[masked]())
	return at, nil
}

// setter stores the values of one codec at a field's place. Whether they fit is asked
// once: a codec gives values of one type. It is used by one goroutine.
type setter struct {
	binding
	from reflect.Type // of the last value; nil before the first
	fits bool         // a pointer of that type can be taken for one of the field's type
}

// set stores a codec's value in a record; v is a pointer or a slice as cell.Codec
// documents.
func (s *setter) set(record reflect.Value, v any) error {
	value := reflect.ValueOf(v)
	if t := value.Type(); t != s.from {
		s.from, s.fits = t, t.Kind() == reflect.Pointer && t.ConvertibleTo(s.typ)
	}
	if s.fits && s.isDirect { // what target.Set does in the next case, without its checks
		*(*unsafe.Pointer)(unsafe.Add(record.Addr().UnsafePointer(), s.offset)) = value.UnsafePointer()
		return nil
	}
	target := s.target(record)
	switch {
	case s.fits: // *string to *LegalAidStatus: same bytes, no copy
		target.Set(reflect.NewAt(s.typ.Elem(), value.UnsafePointer()))
	case s.from == s.typ:
		target.Set(value)
	case s.from.Kind() == reflect.Slice && s.typ.Kind() == reflect.Slice && s.from.Elem().ConvertibleTo(s.typ.Elem()):
		list := reflect.MakeSlice(s.typ, value.Len(), value.Len())
		for i := range value.Len() {
			list.Index(i).Set(value.Index(i).Convert(s.typ.Elem()))
		}
		target.Set(list)
	default:
		return fmt.Errorf("adapters: a %s does not fit a %s", s.from, s.typ)
	}
	return nil
}

// target is the field in a record.
func (at binding) target(record reflect.Value) reflect.Value {
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
	return target
}
