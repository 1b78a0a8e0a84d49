package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fanout"
)

// systems asks every server of the deployment for its version, all at once: a dead one
// costs its timeout only once.
func (r *Resolver) systems(ctx context.Context) ([]*model.SystemStatus, error) {
	systems := r.Set.Systems()
	list := make([]*model.SystemStatus, len(systems))
	var asked fanout.Group
	for i, system := range systems {
		list[i] = &model.SystemStatus{System: system, Name: system.Label(), Unrecorded: r.Set.Unrecorded(system)}
		db := r.Systems[system]
		if db == nil {
			continue
		}
		asked.Go(func() {
			if version, err := db.Version(ctx); err == nil {
				list[i].Available = true
				list[i].ServerVersion = &version
			}
			list[i].ConnectionLimit = db.Spare()
		})
	}
	return list, asked.Wait()
}
