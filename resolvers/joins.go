package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/joins"
)

// joins answers what no system can answer alone.
func (r *Resolver) joins() *joins.Service {
	return &joins.Service{Set: r.Set, Linkage: r.linkage(), Today: r.Today, Mentions: r.mentions}
}

// AidGroups resolves Person.aidGroups.
func (r *personResolver) AidGroups(ctx context.Context,
	objs []*model.Person) ([][]model.LegalAidRecipientGroup, error) {
	return r.joins().AidGroups(ctx, objs)
}

// WasGrantedAid resolves Person.wasGrantedAid.
func (r *personResolver) WasGrantedAid(ctx context.Context, objs []*model.Person) ([]*bool, error) {
	return r.joins().WereGrantedAid(ctx, objs)
}

// ReconsiderationApplicantsWithoutAid resolves Query.reconsiderationApplicantsWithoutAid.
func (r *queryResolver) ReconsiderationApplicantsWithoutAid(ctx context.Context,
	receivedOn model.DateRange) ([]*model.ReconsiderationApplicant, error) {
	return r.joins().ReconsiderationApplicantsWithoutAid(ctx, receivedOn)
}

// AidRecipientsPayingFullFees resolves Query.aidRecipientsPayingFullFees.
func (r *queryResolver) AidRecipientsPayingFullFees(ctx context.Context,
	receivedOn model.DateRange) ([]*model.NotarialApplicant, error) {
	return r.joins().AidRecipientsPayingFullFees(ctx, receivedOn)
}

// Spellings resolves Document.spellings.
func (r *documentResolver) Spellings(ctx context.Context, objs []*model.Document) ([][]string, error) {
	return r.joins().Spellings(ctx, objs)
}

// Document resolves Query.document.
func (r *queryResolver) Document(ctx context.Context, number string) (*model.Document, error) {
	return r.joins().Document(ctx, number)
}
