package resolvers

import (
	"context"
	"sync"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// systems asks every server of the deployment for its version, all at once: a dead one
// costs its timeout only once.
func (r *Resolver) systems(ctx context.Context) []*model.SystemStatus {
	list := make([]*model.SystemStatus, len(model.AllSystem))
	var wg sync.WaitGroup
	for i, system := range model.AllSystem {
		list[i] = &model.SystemStatus{System: system, Name: system.Label()}
		db := r.Systems[system]
		if db == nil {
			continue
		}
		wg.Go(func() {
			if version, err := db.Version(ctx); err == nil {
				list[i].Available = true
				list[i].ServerVersion = &version
			}
			list[i].ConnectionLimit = db.Spare()
		})
	}
	wg.Wait()
	return list
}
