package executor_test

import (
	"context"
	"testing"

	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/executor"
	"github.com/bureaugraph/bureaugraph/internal/executor/randomop"
	"github.com/bureaugraph/bureaugraph/internal/selection"
	"github.com/bureaugraph/bureaugraph/loaders"
)

// Whole requests over pre-built values, from the operation's text (parsed before, as by
// the transport's cache) to the bytes of the data: what the executors cost by
// themselves.
func BenchmarkRequest(b *testing.B) {
	flat, fifty := values(1000), values(50)
	towns := make([]*model.Town, 22)
	for i := range towns {
		towns[i] = &model.Town{Code: "330109001", Name: "临浦镇", OldCodes: []string{}}
	}
	ten := values(10)
	s := stub{
		reviews: func(ctx context.Context) (*model.Connection[model.LegalityReview], error) {
			return page(flat), nil
		},
		towns: func(context.Context) ([]*model.Town, error) { return towns, nil },
		town: func(_ context.Context, of []*model.LegalityReview) ([]*model.Town, error) {
			return each(of, func(i int) *model.Town { return towns[i%len(towns)] }), nil
		},
		unit: func(_ context.Context, of []*model.LegalityReview) ([]*model.Department, error) {
			return each(of, func(int) *model.Department { return &model.Department{Code: "JYJ", Name: "教育局"} }), nil
		},
		adviser: func(_ context.Context, of []*model.LegalityReview) ([]*model.Lawyer, error) {
			return make([]*model.Lawyer, len(of)), nil
		},
		rounds: func(_ context.Context, of []*model.LegalityReview) ([][]*model.LegalityReviewRound, error) {
			return each(of, func(int) []*model.LegalityReviewRound {
				return []*model.LegalityReviewRound{{RoundNumber: new(1)}, {RoundNumber: new(2)}}
			}), nil
		},
		townReviews: func(_ context.Context, of []*model.Town) ([]*model.Connection[model.LegalityReview], error) {
			return each(of, func(int) *model.Connection[model.LegalityReview] { return page(ten) }), nil
		},
	}
	relations := s
	relations.reviews = func(context.Context) (*model.Connection[model.LegalityReview], error) {
		return page(fifty), nil
	}

	for _, c := range []struct {
		name, query string
		stub        stub
	}{
		{"1000 records of 12 fields",
			`{ legalityReviews(first: 200) { nodes { id number title receivedOn closedOn status statusCode matterType summary roundCount isPublic contractAmount } } }`, s},
		{"50 records with 4 relations",
			`{ legalityReviews(first: 50) { nodes { id number title status town { code name } draftingUnit { code name } adviser { name } rounds { roundNumber opinion } } } }`, relations},
		{"22 towns with a nested list",
			`{ towns { code name legalityReviews(first: 10) { totalCount nodes { number title status town { name } } } } }`, s},
		{"1 record", `{ towns(first: 1) { code } legalityReview(id: "x") { id number title } }`, func() stub {
			one := s
			one.review = func(context.Context) (*model.LegalityReview, error) { return ten[0], nil }
			one.towns = func(context.Context) ([]*model.Town, error) { return towns[:1], nil }
			return one
		}()},
	} {
		p := newStubPair(c.stub)
		for _, e := range []struct {
			name string
			*engine
		}{{"stock", p.stock}, {"breadth first", p.breadth}} {
			b.Run(c.name+"/"+e.name, func(b *testing.B) {
				e.run.SetQueryCache(lru.New[*ast.QueryDocument](10))
				b.ReportAllocs()
				size := 0
				for b.Loop() {
					size = len(request(b, e.engine, c.query))
				}
				b.SetBytes(int64(size))
			})
		}
	}
}

// request runs one operation like the transport does.
func request(b *testing.B, e *engine, query string) []byte {
	oc, errs := e.operation(randomop.Operation{Query: query})
	if len(errs) > 0 {
		b.Fatal(errs)
	}
	ctx, release := executor.Lend(b.Context())
	defer release()
	ctx = selection.With(ctx, selection.Of(e.schema.Schema(), oc.Operation))
	respond, ctx := e.run.DispatchOperation(loaders.With(ctx, e.window), oc)
	response := respond(ctx)
	if len(response.Errors) > 0 {
		b.Fatal(response.Errors)
	}
	return response.Data
}
