package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// KunpengServices is the resolver for the kunpengServices field.
func (r *queryResolver) KunpengServices(ctx context.Context, year *int) ([]*model.KunpengService, error) {
	return r.kunpengServices(ctx, year)
}
