package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/loaders"
)

// ReconsiderationCases gives the reconsideration cases about each review's published document:
// those that ask for its review along with an act, and those against the document's own
// act. The normalised document number is the only bridge between the two systems.
func (r *legalityReviewResolver) ReconsiderationCases(ctx context.Context,
	reviews []*model.LegalityReview) ([][]*model.ReconsiderationCase, error) {
	number := func(o *model.LegalityReview) *string { return o.DocumentNumberKey }
	attached, err := loaders.Linked(ctx, r.Set.ReconsiderationCases, "attachedDocumentKey", reviews, number)
	if err != nil {
		return attached, err
	}
	challenged, err := loaders.Linked(ctx, r.Set.ReconsiderationCases, "challengedDocumentKey", reviews, number)
	if err != nil {
		return challenged, err
	}
	cases := make([][]*model.ReconsiderationCase, len(reviews))
	for i := range reviews {
		cases[i] = []*model.ReconsiderationCase{} // nil would be null to a client, which means "not known"
		seen := map[string]bool{}
		for _, list := range [][]*model.ReconsiderationCase{attached[i], challenged[i]} {
			for _, c := range list {
				if !seen[c.Key()] {
					seen[c.Key()] = true
					cases[i] = append(cases[i], c)
				}
			}
		}
	}
	return cases, nil
}
