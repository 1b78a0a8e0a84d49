package resolvers

import (
	"context"
	"maps"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// finder loads objects of one type by key; unknown keys are absent.
type finder func(ctx context.Context, keys []string) (map[string]model.Node, error)

// finders lists every type that implements Node, by name.
func (r *Resolver) finders() map[string]finder {
	all := map[string]finder{
		"Town": func(_ context.Context, codes []string) (map[string]model.Node, error) {
			found := map[string]model.Node{}
			for _, c := range codes {
				if t := r.Reference.Towns.ByCode(c); t != nil {
					found[c] = t
				}
			}
			return found, nil
		},
		"Department": func(_ context.Context, codes []string) (map[string]model.Node, error) {
			found := map[string]model.Node{}
			for _, c := range codes {
				if d := r.Reference.Departments.ByCode(c); d != nil {
					found[c] = d
				}
			}
			return found, nil
		},
		"Person":       r.linkage().PersonNodes,
		"Organization": r.linkage().OrganizationNodes,
		"Document":     r.joins().DocumentNodes,
	}
	maps.Copy(all, r.kindFinders())
	return all
}

func byKey[T any, P interface {
	*T
	model.Node
}](source *adapters.Source[T]) finder {
	return func(ctx context.Context, keys []string) (map[string]model.Node, error) {
		rows, err := source.ByKey(ctx, "", keys)
		if err != nil {
			return nil, err
		}
		found := make(map[string]model.Node, len(rows))
		for k, list := range rows {
			row, err := adapters.Only(source.Kind(), list)
			if err != nil { // of this id; the others are served
				graphql.AddError(ctx, err)
				continue
			}
			found[k] = P(row)
		}
		return found, nil
	}
}

// noID is the fault of an argument that is no id.
func noID(argument string) error {
	return fault.Input(argument, "is no id of this graph; take the id field of an object")
}

// nodes loads objects by id, one batch a type, in the order of the ids, and gives the places
// of those that are no ids. A type whose system fails leaves its objects nil and adds one
// error, so the others are served.
func (r *Resolver) nodes(ctx context.Context, ids []string) (list []model.Node, broken []int) {
	finders := r.finders()
	keys := map[string][]string{}
	type place struct{ record, key string }
	places := make([]place, len(ids))
	for i, id := range ids {
		record, key, ok := model.DecodeID(id)
		if ok {
			key, ok = r.Persons.Unseal(key)
		}
		if !ok || finders[record] == nil {
			broken = append(broken, i)
			continue
		}
		places[i] = place{record, key}
		keys[record] = append(keys[record], key)
	}
	found := map[string]map[string]model.Node{}
	for _, record := range slices.Sorted(maps.Keys(keys)) { // in a fixed order, for errors and logs
		nodes, err := finders[record](ctx, keys[record])
		if err != nil {
			graphql.AddError(ctx, err)
			continue
		}
		found[record] = nodes
	}
	list = make([]model.Node, len(ids))
	for i, p := range places {
		list[i] = found[p.record][p.key]
	}
	return list, broken
}
