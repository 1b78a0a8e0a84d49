package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// ReconsiderationCases is the batch resolver for the reconsiderationCases field.
func (r *legalityReviewResolver) ReconsiderationCases(ctx context.Context, objs []*model.LegalityReview) ([][]*model.ReconsiderationCase, error) {
	return r.challengesOf(ctx, objs)
}
