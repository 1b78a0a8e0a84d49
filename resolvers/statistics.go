package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Metrics is the resolver for the metrics field.
func (r *queryResolver) Metrics(ctx context.Context) ([]*model.MetricDefinition, error) {
	return r.definitions(), nil
}

// Metric is the resolver for the metric field.
func (r *queryResolver) Metric(ctx context.Context, name string, period *model.DateRange, town []string, department []string) (*model.Metric, error) {
	return r.metric(ctx, name, period, town, department)
}

// Caseload is the resolver for the caseload field.
func (r *queryResolver) Caseload(ctx context.Context, groupBy []model.CaseloadDimension, filter *model.CaseloadFilter) (*model.Caseload, error) {
	return r.caseload(ctx, groupBy, filter)
}
