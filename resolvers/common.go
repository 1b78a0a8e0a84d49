package resolvers

import (
	"context"
	"slices"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/page"
)

// Node is the resolver for the node field.
func (r *queryResolver) Node(ctx context.Context, id string) (model.Node, error) {
	found, broken := r.nodes(ctx, []string{id})
	if broken != nil {
		return nil, noID("id")
	}
	return found[0], nil
}

// Nodes is the resolver for the nodes field.
func (r *queryResolver) Nodes(ctx context.Context, ids []string) ([]model.Node, error) {
	if len(ids) > page.MaxSize {
		return nil, fault.Input("ids", "%d ids are outside 0..%d", len(ids), page.MaxSize)
	}
	found, broken := r.nodes(ctx, ids)
	for _, i := range broken {
		at := append(slices.Clone(graphql.GetPath(ctx)), ast.PathIndex(i))
		graphql.AddError(ctx, gqlerror.WrapPath(at, noID("ids["+strconv.Itoa(i)+"]")))
	}
	return found, nil
}

// Town is the resolver for the town field.
func (r *queryResolver) Town(ctx context.Context, code string) (*model.Town, error) {
	found, ok := r.Reference.Towns.Find(code)
	if !ok && !r.Reference.Towns.HasLeft(code) {
		return nil, reported(ctx, unknownOf("code", "town", []string{code}, r.Reference.Towns))
	}
	return r.Reference.Towns.ByCode(found), nil
}

// Towns is the resolver for the towns field.
func (r *queryResolver) Towns(ctx context.Context, first *int) ([]*model.Town, error) {
	window, err := page.Args{First: first}.Window("")
	if err != nil {
		return nil, err
	}
	return r.Reference.Towns.List[:min(window.Size, len(r.Reference.Towns.List))], nil
}

// DepartedTowns is the resolver for the departedTowns field.
func (r *queryResolver) DepartedTowns(ctx context.Context) ([]*model.DepartedTown, error) {
	return r.Reference.Towns.Departed, nil
}

// Department is the resolver for the department field.
func (r *queryResolver) Department(ctx context.Context, name string) (*model.Department, error) {
	found, ok := r.Reference.Departments.Find(name)
	if !ok {
		return nil, reported(ctx, unknownOf("name", "department", []string{name}, r.Reference.Departments))
	}
	return r.Reference.Departments.ByCode(found), nil
}

// Departments is the resolver for the departments field.
func (r *queryResolver) Departments(ctx context.Context) ([]*model.Department, error) {
	return r.Reference.Departments.List, nil
}

// EnumLabels is the resolver for the enumLabels field.
func (r *queryResolver) EnumLabels(ctx context.Context, enum string) ([]*model.EnumLabel, error) {
	return enumLabels(enum)
}

// Systems is the resolver for the systems field.
func (r *queryResolver) Systems(ctx context.Context) ([]*model.SystemStatus, error) {
	return r.systems(ctx)
}
