package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Lawyer is the resolver for the lawyer field.
func (r *queryResolver) Lawyer(ctx context.Context, licence string) (*model.Lawyer, error) {
	return r.lawyerByLicence(ctx, licence)
}
