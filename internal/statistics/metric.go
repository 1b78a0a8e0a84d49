package statistics

import (
	"context"
	"errors"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/metrics"
	"github.com/bureaugraph/bureaugraph/internal/near"
)

// Definitions lists all definitions.
func (svc *Service) Definitions() []*model.MetricDefinition {
	list := make([]*model.MetricDefinition, len(svc.Book.List))
	for i, m := range svc.Book.List {
		list[i] = definition(m)
	}
	return list
}

// Metric counts one figure: in one statement, over the rows of the places asked for. An
// added-up figure takes a second statement for its excluded rows.
func (svc *Service) Metric(ctx context.Context, name string, period *model.DateRange, towns,
	departments []string) (*model.Metric, error) {
	m := svc.Book.Metric(name)
	if m == nil {
		names := make([]string, len(svc.Book.List))
		for i, known := range svc.Book.List {
			names[i] = known.Name
		}
		return nil,
			fault.Input("name", "is no metric; see metrics { name }%s", near.Hint(near.Of(name, near.Words(names))))
	}
	p := model.DateRange{}
	if period != nil {
		p = *period
	}
	places, faults := svc.places(m, towns, departments)
	faults = append(faults, checkPeriod("period", p)...)
	if m.NeedsFrom && p.From == nil {
		faults = append(faults,
			fault.Input("period.from", "is needed: the figure depends on the day the period begins"))
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	below := svc.below(m.Record)
	in := func(l filter.Literal) filter.Literal {
		if len(places) == 0 {
			return l
		}
		return filter.And(append([]filter.Literal{l}, places...)...)
	}
	list := in(m.Filter.Literal)
	answer := &model.Metric{Definition: definition(m), Version: m.Version, ListFilter: list.Text(p),
		Excluded: []*model.Exclusion{}}
	source := svc.Of(m.Record.Name)
	if lacking := svc.lacks(m); lacking != nil {
		return unknown(ctx, source, answer, lacking)
	}

	q := adapters.Question{}
	count := func(l filter.Literal) {
		q.Measures = append(q.Measures, adapters.Measure{Name: name, Holds: new(l.Filter(p))})
	}
	doubts := m.Doubts(p, places...)
	for _, d := range doubts {
		q.Measures = append(q.Measures, adapters.Measure{Name: name, Holds: &d.Filter})
	}
	if m.Sum == "" {
		count(list)
	}
	if m.Of != nil {
		of := in(m.Of.Literal)
		count(of)
		answer.DenominatorFilter = new(of.Text(p))
	}
	if len(q.Measures) > 0 {
		t, err := source.Tally(ctx, q)
		if err != nil {
			return nil, err
		}
		found := t.Total.Figures
		for i, d := range doubts {
			if n := found[i].Rows; n > 0 && !isSmall(n, below) {
				answer.Excluded = append(answer.Excluded,
					&model.Exclusion{Reason: d.Reason, Of: figureOf(name, d), Count: n})
			}
		}
		if m.Sum == "" {
			answer.Numerator = &found[len(doubts)].Rows
			answer.Value = ratio(int64(*answer.Numerator), 1, 0)
		}
		if m.Of != nil {
			answer.Denominator = &found[len(doubts)+1].Rows
			answer.Value = ratio(int64(*answer.Numerator), int64(*answer.Denominator), 4)
		}
	}
	if m.Sum != "" {
		t, err := source.Tally(ctx,
			adapters.Question{Filter: list.Filter(p), Measures: []adapters.Measure{{Name: name, Sum: m.Sum}}})
		if err != nil {
			return nil, err
		}
		figure := t.Total.Figures[0]
		answer.Numerator = &t.Total.Rows
		answer.Value = ratio(figure.Sum, 1, 0)
		if m.Kind == model.MetricKindMoney {
			answer.Value = new(model.Decimal(model.Money(figure.Sum).String()))
		}
		if n := t.Total.Rows - figure.Rows; n > 0 && !isSmall(n, below) {
			answer.Excluded = append(answer.Excluded, &model.Exclusion{Reason: adapters.NoAmount, Of: m.Sum, Count: n})
		}
	}
	isFew := answer.Numerator != nil && isSmall(*answer.Numerator, below)
	if answer.Denominator != nil {
		isFew = isFew || isSmall(*answer.Denominator, below) || isSmall(*answer.Denominator-*answer.Numerator, below)
	}
	if isFew {
		answer.Suppressed, answer.Value, answer.Numerator, answer.Denominator = true, nil, nil, nil
		answer.Excluded = append(answer.Excluded, suppressed(name, 1))
	}
	return answer, nil
}

// lacks names the fields of a figure that the site does not record.
func (svc *Service) lacks(m *metrics.Metric) []string {
	filters := []filter.Filter{m.Filter.Filter(model.DateRange{})}
	if m.Of != nil {
		filters = append(filters, m.Of.Filter(model.DateRange{}))
	}
	return svc.Of(m.Record.Name).Lacks(filters, m.Sum)
}

// Unknown lists the metrics without a value for want of fields that the site does not record,
// in the order of their definitions, each with these fields.
func (svc *Service) Unknown() (list []Unknown) {
	for _, m := range svc.Book.List {
		if lacking := svc.lacks(m); lacking != nil {
			list = append(list, Unknown{m.Name, lacking})
		}
	}
	return list
}

// Unknown is a figure without a value.
type Unknown struct {
	Name  string
	Lacks []string // fields that the site does not record
}

// unknown is the answer about a figure for which the site lacks fields: no value, and all
// rows left out of it.
func unknown(ctx context.Context, source *adapters.Statistics, answer *model.Metric,
	lacking []string) (*model.Metric, error) {
	t, err := source.Tally(ctx, adapters.Question{})
	if err != nil {
		return nil, err
	}
	for _, field := range lacking {
		answer.Excluded = append(answer.Excluded,
			&model.Exclusion{Reason: adapters.NotRecorded, Of: field, Count: t.Total.Rows})
	}
	return answer, nil
}

// figureOf names the figure that rows are missing from.
func figureOf(name string, d metrics.Doubt) string {
	if d.OfNumerator {
		return name + ".numerator"
	}
	return name
}

// places are the conditions on town and department; faults name each unknown one.
func (svc *Service) places(m *metrics.Metric, towns, departments []string) (places []filter.Literal, faults []error) {
	for _, place := range []struct {
		argument, field string
		asked           []string
		names           reference.Gazetteer
	}{
		{"town", m.Record.Town, towns, svc.Towns},
		{"department", m.Record.Department, departments, svc.Departments},
	} {
		if place.asked == nil {
			continue
		}
		if lacking := svc.Of(m.Record.Name).Lacks(nil, place.field); lacking != nil {
			faults = append(faults,
				fault.Input(place.argument, "this system does not record %s", strings.Join(lacking, ", ")))
			continue
		}
		if place.field == "" {
			faults = append(faults, fault.Input(place.argument, "%s records none; leave it out", m.Record.List))
			continue
		}
		if unknown := reference.Unknown(place.argument, place.argument, place.asked, place.names); unknown != nil {
			faults = append(faults, unknown...)
			continue
		}
		places = append(places, m.Filter.Any(place.field, place.asked))
	}
	return places, faults
}

// checkPeriod tells what is wrong with a period.
func checkPeriod(argument string, p model.DateRange) (faults []error) {
	if p.IsUnreadable != nil {
		faults = append(faults,
			fault.Input(argument, "isUnreadable is a condition of filters; a period has from and before"))
	}
	if p.From != nil && p.Before != nil && p.From.Compare(*p.Before) >= 0 {
		faults = append(faults, fault.Input(argument, "from %s must lie before %s", p.From, p.Before))
	}
	return faults
}
