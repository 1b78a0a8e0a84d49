package resolvers

import (
	"context"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/page"
	"github.com/bureaugraph/bureaugraph/internal/selection"
)

// asked gathers a list field's arguments, and from its place in the operation what of
// the page is wanted.
func asked(ctx context.Context, first *int, after *string, last *int, before *string, where, order any) adapters.Ask {
	ask := adapters.Ask{Args: page.Args{First: first, After: after, Last: last, Before: before}, Filter: where,
		Order: order}
	if fc := graphql.GetFieldContext(ctx); fc != nil {
		wanted := fc.Field.Selections // of all occurrences of the field, merged
		ask.Count = selection.Has(wanted, "totalCount") || selection.Has(wanted, "totalCountAtLeast")
		ask.Edges = selection.Has(wanted, "edges")
		ask.Nodes = !ask.Edges && !selection.Has(wanted, "pageInfo")
		ask.IsDefault = !namesOrder(ctx, fc.Field.Field)
	}
	return ask
}

// namesOrder tells whether the client says by which field the list is to run, and not only
// in which direction.
func namesOrder(ctx context.Context, field *ast.Field) bool {
	if field == nil {
		return false
	}
	given := field.Arguments.ForName("orderBy")
	if given == nil || given.Value == nil {
		return false
	}
	if given.Value.Kind == ast.ObjectValue {
		return given.Value.Children.ForName("by") != nil
	}
	order, _ := graphql.GetOperationContext(ctx).Variables[given.Value.Raw].(map[string]any)
	_, named := order["by"]
	return named
}

// townsOf gives each parent's town; nil where it has none. Towns are reference data and
// cost no statement.
func townsOf[P any](towns *reference.Towns, parents []*P, code func(*P) *string) ([]*model.Town, error) {
	list := make([]*model.Town, len(parents))
	for i, p := range parents {
		if c := code(p); c != nil {
			list[i] = towns.ByCode(*c)
		}
	}
	return list, nil
}

// departmentsOf is like townsOf.
func departmentsOf[P any](departments *reference.Departments, parents []*P,
	code func(*P) *string) ([]*model.Department, error) {
	list := make([]*model.Department, len(parents))
	for i, p := range parents {
		if c := code(p); c != nil {
			list[i] = departments.ByCode(*c)
		}
	}
	return list, nil
}

func townCode(t *model.Town) *string { return &t.Code }

func departmentCode(d *model.Department) *string { return &d.Code }

// allWith lists all records, or those whose number in the field is the value where one is
// given.
func allWith[T any](ctx context.Context, source *adapters.Source[T], field string, value *int) ([]*T, error) {
	if value == nil {
		return source.All(ctx, filter.Filter{})
	}
	if !source.Records(field) {
		return nil, fault.Input(field, "this system does not record %s", field)
	}
	return source.All(ctx, filter.Filter{Field: field, Any: []string{strconv.Itoa(*value)}})
}

// one takes the first of each list, nil of an empty one.
func one[T any](lists [][]*T, err error) ([]*T, error) {
	firsts := make([]*T, len(lists))
	for i, list := range lists {
		if len(list) > 0 {
			firsts[i] = list[0]
		}
	}
	return firsts, err
}

// single finds one record by Node id or by number; nil when there is none. Exactly one
// of the two must be given.
func single[T any](ctx context.Context, source *adapters.Source[T], id, number *string) (*T, error) {
	var field, key string
	switch {
	case (id == nil) == (number == nil):
		return nil, fault.Input("id", "give exactly one of id and number")
	case id != nil:
		record, k, ok := model.DecodeID(*id)
		if ok {
			k, ok = source.Kind().Unhide(k)
		}
		if !ok || record != source.Kind().Record {
			return nil, fault.Input("id", "is no id of a %s; take the id field of one", source.Kind().Record)
		}
		key = k
	default:
		normalized, ok := cell.NormalizeNumber(*number)
		if !ok {
			return nil,
				fault.Input("number", "is no case or document number; it needs a year and a serial, like 萧政复〔2023〕12号")
		}
		field, key = "numberKey", normalized
		if !source.Records(field) {
			return nil, fault.Input("number", "this system does not record number; give the id")
		}
	}
	found, err := source.ByKey(ctx, field, []string{key})
	if err != nil || len(found[key]) == 0 {
		return nil, err
	}
	return found[key][0], nil
}
