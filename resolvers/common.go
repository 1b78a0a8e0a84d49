package resolvers

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/page"
)

// Node resolves Query.node.
func (r *queryResolver) Node(ctx context.Context, id string) (model.Node, error) {
	found, broken := r.nodes(ctx, []string{id})
	if broken != nil {
		return nil, noID("id")
	}
	return found[0], nil
}

// Nodes resolves Query.nodes.
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

// Town resolves Query.town.
func (r *queryResolver) Town(ctx context.Context, code string) (*model.Town, error) {
	found, ok := r.Reference.Towns.Find(code)
	if !ok && !r.Reference.Towns.HasLeft(code) {
		return nil, errors.Join(reference.Unknown("code", "town", []string{code}, r.Reference.Towns)...)
	}
	return r.Reference.Towns.ByCode(found), nil
}

// Towns resolves Query.towns.
func (r *queryResolver) Towns(ctx context.Context, first *int) ([]*model.Town, error) {
	window, err := page.Args{First: first}.Window("")
	if err != nil {
		return nil, err
	}
	return r.Reference.Towns.List[:min(window.Size, len(r.Reference.Towns.List))], nil
}

// DepartedTowns resolves Query.departedTowns.
func (r *queryResolver) DepartedTowns(ctx context.Context) ([]*model.DepartedTown, error) {
	return r.Reference.Towns.Departed, nil
}

// Department resolves Query.department.
func (r *queryResolver) Department(ctx context.Context, name string) (*model.Department, error) {
	found, ok := r.Reference.Departments.Find(name)
	if !ok {
		return nil, errors.Join(reference.Unknown("name", "department", []string{name}, r.Reference.Departments)...)
	}
	return r.Reference.Departments.ByCode(found), nil
}

// Departments resolves Query.departments.
func (r *queryResolver) Departments(ctx context.Context) ([]*model.Department, error) {
	return r.Reference.Departments.List, nil
}

// EnumLabels resolves Query.enumLabels.
func (r *queryResolver) EnumLabels(ctx context.Context, enum string) ([]*model.EnumLabel, error) {
	return r.enumLabels(enum)
}

// Systems resolves Query.systems.
func (r *queryResolver) Systems(ctx context.Context) ([]*model.SystemStatus, error) {
	return r.systems(ctx)
}
