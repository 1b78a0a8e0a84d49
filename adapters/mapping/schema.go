package mapping

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Schema is what the graph knows of records, so that a mapping cannot name what does
// not exist. The zero Schema knows nothing.
type Schema struct{ schema *ast.Schema }

// SchemaOf takes the graph's schema as gqlparser reads it. Every object type but the
// roots can be mapped; the enum <Record>OrderField says how a record's lists can be
// ordered; objects that implement Node are relations, other objects are parts of the
// record whose fields are named with a dot.
func SchemaOf(schema *ast.Schema) Schema { return Schema{schema} }

// fieldType is the type of a field without its non-null marks.
type fieldType struct {
	name   string // "Date", "LegalAidStatus"
	list   bool
	kind   ast.DefinitionKind
	values []string // enum: its values
}

// object tells whether the field leads to another object, so that it is a relation.
func (t fieldType) object() bool {
	return t.kind == ast.Object || t.kind == ast.Interface || t.kind == ast.Union
}

func (t fieldType) String() string {
	if t.list {
		return "[" + t.name + "]"
	}
	return t.name
}

func (s Schema) definition(name string) *ast.Definition {
	if s.schema == nil {
		return nil
	}
	return s.schema.Types[name]
}

// record tells whether a type can be mapped or referred to.
func (s Schema) record(name string) bool {
	d := s.definition(name)
	return d != nil && d.Kind == ast.Object && !d.BuiltIn && d != s.schema.Query && d != s.schema.Mutation &&
		d != s.schema.Subscription
}

// records lists the types that can be mapped, without the pages of lists.
func (s Schema) records() []string {
	if s.schema == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(s.schema.Types)), func(name string) bool {
		return !s.record(name) || strings.HasSuffix(name, "Connection") || strings.HasSuffix(name, "Edge")
	})
}

// orders gives the names under which the record's lists can be ordered; nil when they cannot.
func (s Schema) orders(record string) []string {
	d := s.definition(record + "OrderField")
	if d == nil || d.Kind != ast.Enum {
		return nil
	}
	return values(d)
}

// is tells whether an object of type name is a t: the type itself, or a member of the
// interface or union t.
func (s Schema) is(name string, t fieldType) bool {
	if name == t.name {
		return true
	}
	return slices.ContainsFunc(s.schema.PossibleTypes[t.name], func(d *ast.Definition) bool { return d.Name == name })
}

// field finds the type of a field by its path below the record, "fees.notary". why is a
// sentence when there is no such field.
func (s Schema) field(record, path string) (t fieldType, why string) {
	at := s.definition(record)
	steps := strings.Split(path, ".")
	for i, step := range steps {
		f := at.Fields.ForName(step)
		if f == nil {
			names := make([]string, 0, len(at.Fields))
			for _, f := range at.Fields {
				if !strings.HasPrefix(f.Name, "__") {
					names = append(names, f.Name)
				}
			}
			return t, fmt.Sprintf("%s has no field %q%s", at.Name, step, yamlfile.Suggest(step, names))
		}
		next := s.definition(f.Type.Name())
		t = fieldType{name: f.Type.Name(), list: f.Type.NamedType == "", kind: next.Kind}
		if i == len(steps)-1 {
			if next.Kind == ast.Enum {
				t.values = values(next)
			}
			return t, ""
		}
		switch {
		case next.Kind != ast.Object:
			return t, fmt.Sprintf("%s.%s is %s, which has no parts", at.Name, step, t)
		case t.list:
			return t, fmt.Sprintf("%s.%s is a list: its parts are rows of another table, not columns of this one",
				at.Name, step)
		case slices.Contains(next.Interfaces, "Node"):
			return t, fmt.Sprintf("%s.%s is a relation: map %q with refers, not the fields of %s", at.Name, step, step,
				next.Name)
		}
		at = next
	}
	return t, ""
}

func values(d *ast.Definition) []string {
	names := make([]string, len(d.EnumValues))
	for i, v := range d.EnumValues {
		names[i] = v.Name
	}
	return names
}
