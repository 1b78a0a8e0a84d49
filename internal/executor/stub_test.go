package executor_test

import (
	"context"
	"fmt"

	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// stub is a resolver root with the few fields that the tests ask for. A nil function
// gives nothing.
type stub struct {
	graph.ResolverRoot
	reviews     func(ctx context.Context) (*model.Connection[model.LegalityReview], error)
	review      func(ctx context.Context) (*model.LegalityReview, error)
	towns       func(ctx context.Context) ([]*model.Town, error)
	nodes       func(ctx context.Context) ([]model.Node, error)
	town        func(ctx context.Context, of []*model.LegalityReview) ([]*model.Town, error)
	unit        func(ctx context.Context, of []*model.LegalityReview) ([]*model.Department, error)
	adviser     func(ctx context.Context, of []*model.LegalityReview) ([]*model.Lawyer, error)
	rounds      func(ctx context.Context, of []*model.LegalityReview) ([][]*model.LegalityReviewRound, error)
	townReviews func(ctx context.Context, of []*model.Town) ([]*model.Connection[model.LegalityReview], error)
}

func (s stub) Query() graph.QueryResolver                   { return stubQuery{s: s} }
func (s stub) LegalityReview() graph.LegalityReviewResolver { return stubReview{s: s} }
func (s stub) Town() graph.TownResolver                     { return stubTown{s: s} }

type stubQuery struct {
	graph.QueryResolver
	s stub
}

func (q stubQuery) LegalityReviews(ctx context.Context, _ *int, _ *string, _ *int, _ *string,
	_ *model.LegalityReviewFilter, _ *model.LegalityReviewOrder) (*model.Connection[model.LegalityReview], error) {
	return q.s.reviews(ctx)
}

func (q stubQuery) LegalityReview(ctx context.Context, _, _ *string) (*model.LegalityReview, error) {
	return q.s.review(ctx)
}

func (q stubQuery) Towns(ctx context.Context, _ *int) ([]*model.Town, error) { return q.s.towns(ctx) }

func (q stubQuery) Nodes(ctx context.Context, _ []string) ([]model.Node, error) {
	return q.s.nodes(ctx)
}

type stubReview struct {
	graph.LegalityReviewResolver
	s stub
}

func (r stubReview) Town(ctx context.Context, of []*model.LegalityReview) ([]*model.Town, error) {
	return r.s.town(ctx, of)
}

func (r stubReview) DraftingUnit(ctx context.Context, of []*model.LegalityReview) ([]*model.Department, error) {
	return r.s.unit(ctx, of)
}

func (r stubReview) Adviser(ctx context.Context, of []*model.LegalityReview) ([]*model.Lawyer, error) {
	return r.s.adviser(ctx, of)
}

func (r stubReview) Rounds(ctx context.Context, of []*model.LegalityReview) ([][]*model.LegalityReviewRound, error) {
	return r.s.rounds(ctx, of)
}

type stubTown struct {
	graph.TownResolver
	s stub
}

func (t stubTown) LegalityReviews(ctx context.Context, of []*model.Town, _ *int, _ *string, _ *int, _ *string,
	_ *model.LegalityReviewFilter, _ *model.LegalityReviewOrder) ([]*model.Connection[model.LegalityReview], error) {
	return t.s.townReviews(ctx, of)
}

// values makes n pre-built reviews with every field that the tests read.
func values(n int) []*model.LegalityReview {
	kind := &model.Kind{System: model.SystemLegalityReview, Record: "LegalityReview"}
	list := make([]*model.LegalityReview, n)
	for i := range list {
		day, _ := model.NewDate(2023, 1+i%12, 1+i%28)
		list[i] = &model.LegalityReview{
			Row:         model.NewRow(kind, fmt.Sprint(i), nil),
			Number:      new(fmt.Sprintf("萧合审〔2023〕%d号", i)),
			Title:       new("关于印发《萧山区\"十四五\"法治政府建设规划》的通知（送审稿）"),
			ReceivedOn:  new(day),
			ClosedOn:    new(day),
			Status:      new(model.LegalityReviewStatusArchived),
			StatusCode:  new("09"),
			MatterType:  new(model.LegalityReviewMatterTypeNormativeDocument),
			Summary:     new("为规范行政规范性文件的制定程序，提高文件质量，\n根据有关规定，结合本区实际，制定本办法。"),
			SubmittedBy: new(model.PersonName("张三")),
			RoundCount:  new(i%4 + 1),
			Problems: []model.LegalityReviewProblem{model.LegalityReviewProblemUltraVires,
				model.LegalityReviewProblemDraftingQuality},
			IsPublic:       new(i%2 == 0),
			ContractAmount: new(model.Money(123456)),
		}
	}
	return list
}

func page[T any](nodes []*T) *model.Connection[T] { return &model.Connection[T]{Nodes: nodes} }

// each gives one value per parent.
func each[P, V any](of []*P, value func(i int) V) []V {
	list := make([]V, len(of))
	for i := range list {
		list[i] = value(i)
	}
	return list
}
