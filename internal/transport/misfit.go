package transport

import (
	"context"
	"reflect"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// ready is an error that has been worded for the client already.
type ready struct{ as *gqlerror.Error }

func (r ready) Error() string { return r.as.Message }

// addAll reports all errors but the last, and gives that one to be reported by who asked.
func addAll(ctx context.Context, all []*gqlerror.Error) *gqlerror.Error {
	last := len(all) - 1
	for _, e := range all[:last] {
		graphql.AddError(ctx, ready{e})
	}
	return all[last]
}

// misfits finds every value among a field's arguments that its scalar refuses: gqlgen
// stops at the first. Paths lead from the argument into its value.
func (h *Handler) misfits(field *graphql.FieldContext, variables map[string]any) []ast.Path {
	var found []ast.Path
	given := field.Field.ArgumentMap(variables)
	for _, argument := range field.Field.Definition.Arguments {
		if value, ok := given[argument.Name]; ok {
			found = walk(h.schema, found, ast.Path{ast.PathName(argument.Name)}, argument.Type, value, h.refused)
		}
	}
	return found
}

// refused tells whether a scalar of this schema refuses a value.
func (h *Handler) refused(definition *ast.Definition, value any) bool {
	fits := h.options.Scalars[definition.Name]
	return fits != nil && fits(value) != nil
}

// walk goes into an input value and adds the places of the scalars and enums for which
// misfit holds.
func walk(schema *ast.Schema, found []ast.Path, at ast.Path, t *ast.Type, value any,
	misfit func(*ast.Definition, any) bool) []ast.Path {
	below := func(step ast.PathElement) ast.Path { return append(at[:len(at):len(at)], step) }
	if value == nil {
		return found
	}
	if t.Elem != nil {
		list, ok := value.([]any)
		if one := reflect.ValueOf(value); one.Kind() == reflect.Slice && !ok { // gqlparser made it of one value
			value = one.Index(0).Interface()
		}
		if !ok { // one value stands for a list of it
			return walk(schema, found, at, t.Elem, value, misfit)
		}
		for i, item := range list {
			found = walk(schema, found, below(ast.PathIndex(i)), t.Elem, item, misfit)
		}
		return found
	}
	definition := schema.Types[t.Name()]
	if definition == nil {
		return found
	}
	if fields, ok := value.(map[string]any); ok && definition.Kind == ast.InputObject {
		for _, f := range definition.Fields {
			found = walk(schema, found, below(ast.PathName(f.Name)), f.Type, fields[f.Name], misfit)
		}
		return found
	}
	if misfit(definition, value) {
		found = append(found, at)
	}
	return found
}
