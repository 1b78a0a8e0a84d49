package resolvers

import (
	"context"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/loaders"
)

// timelines answers a records field: the same page of each parent's timeline.
func timelines[P any](ctx context.Context, parents []*P, key func(*P) string, feeds []loaders.Feed, first *int,
	after *string, filter *model.RecordFilter) ([]*model.RecordConnection, error) {
	var period *model.DateRange
	if filter != nil {
		period = filter.Period
		if filter.Systems != nil {
			feeds = slices.DeleteFunc(feeds, func(f loaders.Feed) bool {
				return !slices.Contains(filter.Systems, f.System)
			})
		}
	}
	stretch, err := adapters.StretchOf(first, after, period)
	if err != nil {
		return nil, err
	}
	return loaders.Timelines(ctx, parents, key, feeds, stretch, reporter(ctx))
}
