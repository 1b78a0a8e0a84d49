package resolvers

import (
	"context"
	"strconv"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// KunpengServices lists the services for Kunpeng enterprises (鲲鹏企业, a few dozen), of
// one year when year is given.
func (r *queryResolver) KunpengServices(ctx context.Context, year *int) ([]*model.KunpengService, error) {
	var filter plan.Filter
	if year != nil {
		if !r.Set.KunpengServices.Records("year") {
			return nil, fault.Input("year", "this system does not record year")
		}
		filter = plan.Filter{Field: "year", Any: []string{strconv.Itoa(*year)}}
	}
	return r.Set.KunpengServices.All(ctx, filter)
}
