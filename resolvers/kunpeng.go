package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// kunpengServices lists the services for Kunpeng enterprises (鲲鹏企业, a few dozen), of
// one year when year is given.
func (r *Resolver) kunpengServices(ctx context.Context, year *int) ([]*model.KunpengService, error) {
	services, err := r.Set.KunpengServices.All(ctx)
	if err != nil || year == nil {
		return services, err
	}
	ofYear := []*model.KunpengService{}
	for _, s := range services {
		if s.Year != nil && *s.Year == *year {
			ofYear = append(ofYear, s)
		}
	}
	return ofYear, nil
}
