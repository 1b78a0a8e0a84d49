package executor_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/executor/randomop"
	"github.com/bureaugraph/bureaugraph/loaders"
)

func newStubPair(s stub) pair {
	cfg := graph.Config{Resolvers: s}
	return pair{stock: newEngine(graph.NewExecutableSchema(cfg), loaders.Window),
		breadth: newEngine(graph.NewBreadthFirst(cfg), 0)}
}

var errPlanned = errors.New("planned")

// What resolvers should not do but may: both executors answer alike.
func TestFaults(t *testing.T) {
	threeReviews := func(context.Context) (*model.Connection[model.LegalityReview], error) {
		return page(values(3)), nil
	}
	twoTowns := func(context.Context) ([]*model.Town, error) {
		return []*model.Town{{Code: "1", Name: "一"}, {Code: "2", Name: "二"}}, nil
	}
	bare := func(list []*model.LegalityReview, at int) []*model.LegalityReview {
		list[at] = &model.LegalityReview{} // belongs to no kind: its id panics
		return list
	}
	for _, c := range []struct {
		name, query string
		stub        stub
	}{
		{"nil in a list of non-null objects", `{ legalityReviews { nodes { number } } }`, stub{
			reviews: func(context.Context) (*model.Connection[model.LegalityReview], error) {
				list := values(3)
				list[1] = nil
				return page(list), nil
			}}},
		{"nil in a list with relations below", `{ towns { legalityReviews { nodes { number town { name } } } } }`, stub{
			towns: twoTowns,
			townReviews: func(_ context.Context, of []*model.Town) (
				[]*model.Connection[model.LegalityReview], error) {
				return each(of, func(i int) *model.Connection[model.LegalityReview] {
					list := values(3)
					if i == 0 {
						list[1] = nil
					}
					return page(list)
				}), nil
			},
			town: func(_ context.Context, of []*model.LegalityReview) ([]*model.Town, error) {
				return each(of, func(i int) *model.Town {
					if of[i] == nil {
						return nil
					}
					return &model.Town{Name: of[i].Key()}
				}), nil
			}}},
		{"nil in a list that may hold null", `{ nodes(ids: []) { id ... on LegalityReview { town { name } } } }`, stub{
			nodes: func(context.Context) ([]model.Node, error) {
				list := values(2)
				return []model.Node{nil, list[0], (*model.LegalityReview)(nil), list[1]}, nil
			},
			town: func(_ context.Context, of []*model.LegalityReview) ([]*model.Town, error) {
				return each(of, func(i int) *model.Town {
					if of[i] == nil {
						return nil
					}
					return &model.Town{Name: of[i].Key()}
				}), nil
			}}},
		{"nil for a non-null object", `{ legalityReviews { totalCount } }`, stub{
			reviews: func(context.Context) (*model.Connection[model.LegalityReview], error) { return nil, nil }}},
		{"nil for a non-null relation, up to a field that may be null",
			`{ legalityReviews { nodes { number town { legalityReviews { totalCount } name } } } }`, stub{
				reviews: threeReviews,
				town: func(_ context.Context, of []*model.LegalityReview) ([]*model.Town, error) {
					return each(of, func(int) *model.Town { return &model.Town{Name: "镇"} }), nil
				},
				townReviews: func(_ context.Context, of []*model.Town) (
					[]*model.Connection[model.LegalityReview], error) {
					return each(of, func(int) *model.Connection[model.LegalityReview] { return nil }), nil
				}}},
		{"nil for a list that must not be null",
			`{ legalityReviews { nodes { number } edges { cursor } } towns { name } }`, stub{
				reviews: func(context.Context) (*model.Connection[model.LegalityReview], error) {
					return page[model.LegalityReview](nil), nil
				},
				towns: func(context.Context) ([]*model.Town, error) { return nil, nil }}},
		{"errors of single parents", `{ legalityReviews { nodes { number town { name } adviser { name } } } }`, stub{
			reviews: threeReviews,
			town: func(_ context.Context, of []*model.LegalityReview) ([]*model.Town, error) {
				return each(of, func(int) *model.Town { return &model.Town{Name: "镇"} }),
					graphql.BatchErrorList{nil, errPlanned, nil}
			},
			adviser: func(context.Context, []*model.LegalityReview) ([]*model.Lawyer, error) {
				return make([]*model.Lawyer, 3), graphql.BatchErrorList{errPlanned, nil,
					&gqlerror.Error{Message: "own", Extensions: map[string]any{"a": 1}}}
			}}},
		{"one error for all parents",
			`{ legalityReviews { nodes { number town { name } } edges { node { town { name } } } } }`, stub{
				reviews: threeReviews,
				town: func(context.Context, []*model.LegalityReview) ([]*model.Town, error) {
					return nil, errPlanned
				}}},
		{"an error of gqlgen's for all parents", `{ legalityReviews { nodes { town { name } } } }`, stub{
			reviews: threeReviews,
			town: func(context.Context, []*model.LegalityReview) ([]*model.Town, error) {
				return nil, &gqlerror.Error{Message: "shared", Extensions: map[string]any{"a": 1}}
			}}},
		{"an error of a field of the query", `{ a: legalityReview(id: "x") { number } towns { name } }`, stub{
			review: func(context.Context) (*model.LegalityReview, error) { return nil, errPlanned },
			towns:  twoTowns}},
		{"an error of a non-null field of the query", `{ towns { name } legalityReviews { totalCount } }`, stub{
			reviews: func(context.Context) (*model.Connection[model.LegalityReview], error) { return nil, errPlanned },
			towns:   twoTowns}},
		{"a panic of a field of the query", `{ a: legalityReview(id: "x") { number } towns { name } }`, stub{
			review: func(context.Context) (*model.LegalityReview, error) { panic("planned") },
			towns:  twoTowns}},
		{"a panic of a relation of one parent", `{ a: legalityReview(id: "x") { number town { name } } }`, stub{
			review: func(context.Context) (*model.LegalityReview, error) { return values(1)[0], nil },
			town:   func(context.Context, []*model.LegalityReview) ([]*model.Town, error) { panic("planned") }}},
		{"a panic of a plain field", `{ legalityReviews { nodes { number id system title } } towns { name } }`, stub{
			reviews: func(context.Context) (*model.Connection[model.LegalityReview], error) {
				return page(bare(values(3), 1)), nil
			},
			towns: twoTowns}},
		{"a panic of a plain field, up to a null list element",
			`{ nodes(ids: []) { id ... on LegalityReview { number } } }`, stub{
				nodes: func(context.Context) ([]model.Node, error) {
					list := bare(values(3), 0)
					return []model.Node{list[0], list[1]}, nil
				}}},
		{"a panic of a plain list with relations below",
			`{ legalityReviews { edges { node { number town { name } } } } }`, stub{
				reviews: func(context.Context) (*model.Connection[model.LegalityReview], error) {
					list := values(3)
					list[1] = nil // has no cursor, and asking for it panics
					return page(list), nil
				},
				town: func(_ context.Context, of []*model.LegalityReview) ([]*model.Town, error) {
					return make([]*model.Town, len(of)), nil
				}}},
		{"relations beside an object that becomes null",
			`{ nodes(ids: []) { ... on LegalityReview { town { name } id number } } }`, stub{
				nodes: func(context.Context) ([]model.Node, error) {
					list := bare(values(4), 1)
					return []model.Node{list[0], list[1], list[2], list[3]}, nil
				},
				town: func(_ context.Context, of []*model.LegalityReview) ([]*model.Town, error) {
					return each(of, func(i int) *model.Town { return &model.Town{Name: of[i].Key()} }), nil
				}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			newStubPair(c.stub).compare(t, randomop.Operation{Query: c.query})
		})
	}
}

// What gqlgen answers by chance, because its batches fall apart.
func TestFaultsOfBatches(t *testing.T) {
	reviews := func(context.Context) (*model.Connection[model.LegalityReview], error) { return page(values(2)), nil }
	for _, c := range []struct {
		name string
		town func(context.Context, []*model.LegalityReview) ([]*model.Town, error)
		want string
	}{
		{"a panic", func(context.Context, []*model.LegalityReview) ([]*model.Town, error) { panic("planned") },
			"panic: planned"},
		{"too few results", func(context.Context, []*model.LegalityReview) ([]*model.Town, error) {
			return make([]*model.Town, 1), nil
		},
			"batch resolver LegalityReview.town returned 1 results for 2 parents"},
		{"too few errors", func(context.Context, []*model.LegalityReview) ([]*model.Town, error) {
			return make([]*model.Town, 2), graphql.BatchErrorList{nil}
		}, "batch resolver LegalityReview.town returned 1 errors for 2 parents"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := newStubPair(stub{reviews: reviews, town: c.town}).breadth.answer(t,
				randomop.Operation{Query: `{ legalityReviews { nodes { town { name } } } }`})
			want := `{"legalityReviews":{"nodes":[{"town":null},{"town":null}]}}`
			if got.Data != want {
				t.Errorf("data %s, want %s", got.Data, want)
			}
			if len(got.Errors) != 2 {
				t.Fatalf("errors %v, want one for each parent", got.Errors)
			}
			for i, text := range got.Errors {
				var err gqlerror.Error
				if json.Unmarshal([]byte(text), &err); err.Message != c.want ||
					err.Path.String() != fmt.Sprintf("legalityReviews.nodes[%d].town", i) {
					t.Errorf("error %s, want %q", text, c.want)
				}
			}
		})
	}
}

// Errors come in the order of the answer, whichever relation fails first.
func TestErrorsAreOrdered(t *testing.T) {
	fail := func(context.Context, []*model.LegalityReview) error { return errPlanned }
	s := stub{
		reviews: func(context.Context) (*model.Connection[model.LegalityReview], error) { return page(values(2)), nil },
		town: func(ctx context.Context, of []*model.LegalityReview) ([]*model.Town, error) {
			return nil, fail(ctx, of)
		},
		unit: func(ctx context.Context, of []*model.LegalityReview) ([]*model.Department, error) {
			return nil, fail(ctx, of)
		},
		adviser: func(ctx context.Context, of []*model.LegalityReview) ([]*model.Lawyer, error) {
			return nil, fail(ctx, of)
		},
	}
	e := newStubPair(s).breadth
	want := []string{
		"b.nodes[0].adviser", "b.nodes[0].town", "b.nodes[0].draftingUnit",
		"b.nodes[1].adviser", "b.nodes[1].town", "b.nodes[1].draftingUnit",
		"a.nodes[0].town", "a.nodes[1].town",
	}
	for range 50 {
		var got []string
		oc, _ := e.operation(randomop.Operation{Query: `{ b: legalityReviews { nodes { adviser { name } town { name } draftingUnit { name } } } a: legalityReviews { nodes { town { name } } } }`})
		respond, ctx := e.run.DispatchOperation(t.Context(), oc)
		for _, err := range respond(ctx).Errors {
			got = append(got, err.Path.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal("-want +got", diff)
		}
	}
}
