package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// AidGroups is the batch resolver for the aidGroups field.
func (r *personResolver) AidGroups(ctx context.Context, objs []*model.Person) ([][]model.LegalAidRecipientGroup, error) {
	return r.groupsOf(ctx, objs)
}

// WasGrantedAid is the batch resolver for the wasGrantedAid field.
func (r *personResolver) WasGrantedAid(ctx context.Context, objs []*model.Person) ([]*bool, error) {
	return r.granted(ctx, objs)
}

// ReconsiderationApplicantsWithoutAid is the resolver for the reconsiderationApplicantsWithoutAid field.
func (r *queryResolver) ReconsiderationApplicantsWithoutAid(ctx context.Context, receivedOn model.DateRange) ([]*model.ReconsiderationApplicant, error) {
	return r.applicantsWithoutAid(ctx, receivedOn)
}

// AidRecipientsPayingFullFees is the resolver for the aidRecipientsPayingFullFees field.
func (r *queryResolver) AidRecipientsPayingFullFees(ctx context.Context, receivedOn model.DateRange) ([]*model.NotarialApplicant, error) {
	return r.recipientsPayingFullFees(ctx, receivedOn)
}
