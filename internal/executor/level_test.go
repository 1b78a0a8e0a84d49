package executor_test

import (
	"context"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/executor"
	"github.com/bureaugraph/bureaugraph/internal/executor/randomop"
)

// Each relation is called once, with the objects of all sibling lists in the order of
// the answer, under the field's own context.
func TestOneCallPerRelation(t *testing.T) {
	towns := []*model.Town{{Code: "1"}, {Code: "2"}, {Code: "3"}}
	lists := [][]*model.LegalityReview{values(2), nil, values(3)}
	calls := 0
	s := stub{
		towns: func(context.Context) ([]*model.Town, error) { return towns, nil },
		townReviews: func(ctx context.Context, of []*model.Town) ([]*model.Connection[model.LegalityReview], error) {
			fc := graphql.GetFieldContext(ctx)
			if got := fc.Path().String(); got != "towns.r" || *fc.Args["first"].(*int) != 7 || len(of) != 3 {
				t.Errorf("path %s, arguments %v, %d parents", got, fc.Args, len(of))
			}
			return each(of, func(i int) *model.Connection[model.LegalityReview] { return page(lists[i]) }), nil
		},
		town: func(_ context.Context, of []*model.LegalityReview) ([]*model.Town, error) {
			calls++
			want := append(append([]*model.LegalityReview{}, lists[0]...), lists[2]...)
			for i, o := range of {
				if len(of) != len(want) || o != want[i] {
					t.Fatalf("parents %v, want %v", of, want)
				}
			}
			return each(of, func(i int) *model.Town { return &model.Town{Name: of[i].Key()} }), nil
		},
	}
	got := newStubPair(s).breadth.answer(t,
		randomop.Operation{Query: `{ towns { r: legalityReviews(first: 7) { nodes { town { name } } } } }`})
	want := `{"towns":[{"r":{"nodes":[{"town":{"name":"0"}},{"town":{"name":"1"}}]}},{"r":{"nodes":[]}},{"r":{"nodes":[{"town":{"name":"0"}},{"town":{"name":"1"}},{"town":{"name":"2"}}]}}]}`
	if got.Data != want || calls != 1 {
		t.Errorf("%d calls, data %s\nwant %s", calls, got.Data, want)
	}
}

// A relation without parents is not called.
func TestNoParents(t *testing.T) {
	s := stub{
		towns: func(context.Context) ([]*model.Town, error) { return []*model.Town{}, nil },
		townReviews: func(context.Context, []*model.Town) ([]*model.Connection[model.LegalityReview], error) {
			t.Error("called")
			return nil, nil
		},
	}
	if got := newStubPair(s).breadth.answer(t,
		randomop.Operation{Query: `{ towns { legalityReviews { totalCount } } }`}); got.Data != `{"towns":[]}` {
		t.Error(got.Data)
	}
}

// Independent relations run at the same time, and one that is ready does not wait for
// the level: the adviser is only found when a town's reviews, one level deeper, are.
func TestNoBarrier(t *testing.T) {
	deeper := make(chan struct{})
	s := stub{
		reviews: func(context.Context) (*model.Connection[model.LegalityReview], error) { return page(values(1)), nil },
		adviser: func(ctx context.Context, of []*model.LegalityReview) ([]*model.Lawyer, error) {
			select {
			case <-deeper:
				return make([]*model.Lawyer, len(of)), nil
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		},
		town: func(_ context.Context, of []*model.LegalityReview) ([]*model.Town, error) {
			return each(of, func(int) *model.Town { return &model.Town{} }), nil
		},
		townReviews: func(_ context.Context, of []*model.Town) ([]*model.Connection[model.LegalityReview], error) {
			close(deeper)
			return each(of, func(int) *model.Connection[model.LegalityReview] { return page(values(0)) }), nil
		},
	}
	got := newStubPair(s).breadth.answer(t,
		randomop.Operation{Query: `{ legalityReviews { nodes { adviser { name } town { legalityReviews { totalCount } } } } }`})
	if want := `{"legalityReviews":{"nodes":[{"adviser":null,"town":{"legalityReviews":{"totalCount":null}}}]}}`; got.Data != want || len(got.Errors) > 0 {
		t.Error(got)
	}
}

// When time runs out between two levels, the fields below are null with their resolvers'
// errors, and what is there is served.
func TestOutOfTime(t *testing.T) {
	for _, schema := range []string{"stock", "breadth first"} {
		t.Run(schema, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			p := newStubPair(stub{
				reviews: func(context.Context) (*model.Connection[model.LegalityReview], error) {
					cancel()
					return page(values(1)), nil
				},
				town: func(ctx context.Context, _ []*model.LegalityReview) ([]*model.Town, error) {
					return nil, ctx.Err()
				},
			})
			e := p.stock
			if schema != "stock" {
				e = p.breadth
			}
			oc, _ := e.operation(randomop.Operation{Query: `{ legalityReviews { nodes { id town { name } } } }`})
			respond, ctx := e.run.DispatchOperation(ctx, oc)
			got := respond(ctx)
			if want := `{"legalityReviews":{"nodes":[{"id":"TGVnYWxpdHlSZXZpZXc6MA","town":null}]}}`; string(got.Data) != want || len(got.Errors) != 1 {
				t.Error(string(got.Data), got.Errors)
			}
		})
	}
}

// Lent data are in a buffer that the next answer uses again; other data are not.
func TestLend(t *testing.T) {
	p := newStubPair(stub{towns: func(context.Context) ([]*model.Town, error) {
		return []*model.Town{{Name: "临浦镇"}}, nil
	}})
	answer := func(ctx context.Context) []byte {
		oc, _ := p.breadth.operation(randomop.Operation{Query: `{ towns { name } }`})
		respond, ctx := p.breadth.run.DispatchOperation(ctx, oc)
		return respond(ctx).Data
	}
	want := `{"towns":[{"name":"临浦镇"}]}`
	kept := answer(t.Context())
	for range 3 {
		ctx, release := executor.Lend(t.Context())
		if got := answer(ctx); string(got) != want {
			t.Errorf("lent %s, want %s", got, want)
		}
		release()
		release() // is harmless
	}
	if string(kept) != want {
		t.Errorf("kept %s, want %s", kept, want)
	}
}
