package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// DataQuality is the resolver for the dataQuality field.
func (r *queryResolver) DataQuality(ctx context.Context, system *model.System, rule *model.DataIssueRule) ([]*model.DataQualityFinding, error) {
	return r.dataQuality(ctx, system, rule), nil
}
