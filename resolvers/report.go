package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// AnnualReport is the resolver for the annualReport field.
func (r *queryResolver) AnnualReport(ctx context.Context, year int) (*model.AnnualReport, error) {
	return r.annualReport(ctx, year)
}
