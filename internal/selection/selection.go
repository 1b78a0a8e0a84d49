// Package selection knows which fields an operation asks for, so that adapters read
// only the wanted columns. Too wide is safe, too narrow is not: directives such as @skip
// are ignored, and the same type in two places gets the union.
package selection

import (
	"context"

	"github.com/vektah/gqlparser/v2/ast"
)

// Fields is the union of the fields an operation selects on one type. nil means that
// nothing is known, and so every field is wanted.
type Fields map[string]bool

// Wanted tells whether the field may be asked for.
func (f Fields) Wanted(name string) bool { return f == nil || f[name] }

// Selection is the union of wanted fields per object type.
type Selection struct {
	types map[string]Fields
}

// Of computes the selection of an operation.
func Of(schema *ast.Schema, op *ast.OperationDefinition) *Selection {
	s := &Selection{types: map[string]Fields{}}
	s.walk(schema, op.SelectionSet)
	return s
}

func (s *Selection) walk(schema *ast.Schema, set ast.SelectionSet) {
	for _, sel := range set {
		switch sel := sel.(type) {
		case *ast.Field:
			s.add(schema, sel.ObjectDefinition, sel.Name)
			s.walk(schema, sel.SelectionSet)
		case *ast.InlineFragment:
			s.walk(schema, sel.SelectionSet)
		case *ast.FragmentSpread:
			if sel.Definition != nil {
				s.walk(schema, sel.Definition.SelectionSet)
			}
		}
	}
}

// add marks the field on every object type the parent may turn out to be.
func (s *Selection) add(schema *ast.Schema, parent *ast.Definition, field string) {
	if parent == nil {
		return
	}
	for _, def := range schema.GetPossibleTypes(parent) {
		fields := s.types[def.Name]
		if fields == nil {
			fields = Fields{}
			s.types[def.Name] = fields
		}
		fields[field] = true
	}
}

// On gives the fields wanted on an object type; nil (everything) on a nil Selection.
// A type that is only referred to, never selected on, has an empty, non-nil set.
func (s *Selection) On(typeName string) Fields {
	if s == nil {
		return nil
	}
	if f := s.types[typeName]; f != nil {
		return f
	}
	return Fields{}
}

// Has tells whether a selection holds a child of the given name, directly or through
// fragments.
func Has(set ast.SelectionSet, child string) bool {
	for _, sel := range set {
		switch sel := sel.(type) {
		case *ast.Field:
			if sel.Name == child {
				return true
			}
		case *ast.InlineFragment:
			if Has(sel.SelectionSet, child) {
				return true
			}
		case *ast.FragmentSpread:
			if sel.Definition != nil && Has(sel.Definition.SelectionSet, child) {
				return true
			}
		}
	}
	return false
}

type key struct{}

// With puts the selection of the running operation into the context.
func With(ctx context.Context, s *Selection) context.Context {
	return context.WithValue(ctx, key{}, s)
}

// From gives the running operation's selection; nil when there is none, which wants
// everything.
func From(ctx context.Context) *Selection {
	s, _ := ctx.Value(key{}).(*Selection)
	return s
}
