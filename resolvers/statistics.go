package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Metrics resolves Query.metrics.
func (r *queryResolver) Metrics(ctx context.Context) ([]*model.MetricDefinition, error) {
	return r.definitions(), nil
}

// Metric resolves Query.metric.
func (r *queryResolver) Metric(ctx context.Context, name string, period *model.DateRange, town []string, department []string) (*model.Metric, error) {
	return r.metric(ctx, name, period, town, department)
}

// Caseload resolves Query.caseload.
func (r *queryResolver) Caseload(ctx context.Context, groupBy []model.CaseloadDimension, filter *model.CaseloadFilter) (*model.Caseload, error) {
	return r.caseload(ctx, groupBy, filter)
}
