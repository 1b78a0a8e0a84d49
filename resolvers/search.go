package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Search is the resolver for the search field.
func (r *queryResolver) Search(ctx context.Context, text string, systems []model.System, first *int, after *string) (*model.SearchResultConnection, error) {
	return r.search(ctx, text, systems, first, after)
}
