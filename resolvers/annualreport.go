package resolvers

import (
	"context"
	"fmt"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/annualreport"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/quality"
)

// AnnualReport computes the figures of a year. A system that fails leaves its figures
// null and adds its error.
func (r *queryResolver) AnnualReport(ctx context.Context, year int) (*model.AnnualReport, error) {
	if year < annualreport.FirstYear || year > annualreport.LastYear {
		return nil, fault.Input("year", "%d is outside 2000..2099", year) // a sentence that the page knows
	}
	filled, err := once(ctx, &r.runs, "annualReport", fmt.Sprint("annualReport ", year), func() (filledReport, error) {
		report, failures := r.Report.Of(ctx, year, r.tableOf)
		return filledReport{report, failures}, nil
	})
	if err != nil {
		return nil, err
	}
	for _, err := range filled.failures {
		graphql.AddError(ctx, err)
	}
	return filled.report, nil
}

// filledReport is a report with what kept figures of it from being computed.
type filledReport struct {
	report   *model.AnnualReport
	failures []error
}

// table is the records of a source as figures of the annual report read them.
type table[T any, R interface {
	*T
	annualreport.Record
}] struct{ source *adapters.Source[T] }

func (t table[T, R]) Kind() *model.Kind { return t.source.Kind() }

func (t table[T, R]) Lacks(fields ...string) []string { return t.source.Lacks(nil, fields...) }

func (t table[T, R]) Each(ctx context.Context, fields []string, each func(annualreport.Record)) error {
	wanted := func(field string) bool { return slices.Contains(fields, field) }
	_, isComplete, err := t.source.Each(ctx, wanted, quality.MostRows, func(row *T) { each(R(row)) })
	if err == nil && !isComplete {
		return fault.Source(fault.LimitExceeded, string(t.Kind().System),
			fmt.Sprintf("there are more than %d records of %s, which a report does not read",
				quality.MostRows, t.Kind().Record), nil)
	}
	return err
}
