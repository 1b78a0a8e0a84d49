package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/statistics"
)

// statistics answers what is counted.
func (r *Resolver) statistics() *statistics.Service {
	return &statistics.Service{
		Book: r.Metrics, Towns: r.Reference.Towns, Departments: r.Reference.Departments,
		Systems: r.Set.Systems(), Persons: r.Persons, SuppressBelow: r.SuppressBelow,
		Of: r.statisticsOf, Case: r.casesOf,
	}
}

// UnknownFigures lists the metrics without a value, for want of fields that the site does not
// record, in the order of their definitions, and the figures of the annual report in its order.
func (r *Resolver) UnknownFigures() []statistics.Unknown {
	list := r.statistics().Unknown()
	for _, f := range r.Report.Unknown(r.tableOf) {
		list = append(list, statistics.Unknown(f))
	}
	return list
}

// Metrics resolves Query.metrics.
func (r *queryResolver) Metrics(ctx context.Context) ([]*model.MetricDefinition, error) {
	return r.statistics().Definitions(), nil
}

// Metric resolves Query.metric.
func (r *queryResolver) Metric(ctx context.Context, name string, period *model.DateRange, town []string,
	department []string) (*model.Metric, error) {
	return r.statistics().Metric(ctx, name, period, town, department)
}

// Caseload resolves Query.caseload.
func (r *queryResolver) Caseload(ctx context.Context, groupBy []model.CaseloadDimension,
	filter *model.CaseloadFilter) (*model.Caseload, error) {
	return r.statistics().Caseload(ctx, groupBy, filter)
}
