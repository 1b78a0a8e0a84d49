package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/search"
)

// Search resolves Query.search.
func (r *queryResolver) Search(ctx context.Context, text string, systems []model.System, first *int,
	after *string) (*model.SearchResultConnection, error) {
	svc := search.Service{Systems: r.searches(), Persons: r.Persons}
	return svc.Search(ctx, text, systems, first, after)
}
