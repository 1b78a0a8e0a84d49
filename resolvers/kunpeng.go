package resolvers

import (
	"context"
	"strconv"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// KunpengServices lists the services for Kunpeng enterprises (鲲鹏企业, a few dozen), of
// one year when year is given.
func (r *queryResolver) KunpengServices(ctx context.Context, year *int) ([]*model.KunpengService, error) {
	var ofYear filter.Filter
	if year != nil {
		if !r.Set.KunpengServices.Records("year") {
			return nil, fault.Input("year", "this system does not record year")
		}
		ofYear = filter.Filter{Field: "year", Any: []string{strconv.Itoa(*year)}}
	}
	return r.Set.KunpengServices.All(ctx, ofYear)
}
