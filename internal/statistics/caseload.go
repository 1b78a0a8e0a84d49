package statistics

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fanout"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/metrics"
	"github.com/bureaugraph/bureaugraph/internal/selection"
	"github.com/bureaugraph/bureaugraph/internal/suppression"
)

// Caseload adds up the work of the systems, asked all at once by two statements each: one
// by the day of receipt, one by the day of closing; and by a third where it is asked what
// is left out.
func (svc *Service) Caseload(ctx context.Context, groupBy []model.CaseloadDimension,
	filter *model.CaseloadFilter) (*model.Caseload, error) {
	if filter == nil {
		filter = &model.CaseloadFilter{}
	}
	systems, err := svc.caseloadSystems(ctx, groupBy, filter)
	if err != nil {
		return nil, err
	}
	shares := make([]*share, len(systems))
	var asked fanout.Group
	isAsked := selection.From(ctx).On("Caseload").Wanted("excluded")
	for i, system := range systems {
		s := &share{system: system, source: svc.Case(system), groupBy: groupBy, filter: filter}
		s.record = svc.Book.Records[s.source.Kind().Record]
		shares[i] = s
		asked.Go(func() { s.received, s.failed = s.tally(ctx, "receivedOn", "RECEIVED") })
		asked.Go(func() { s.closed, s.alsoFailed = s.tally(ctx, "closedOn", "CLOSED") })
		if isAsked {
			asked.Go(func() { s.undated, s.lastFailed = s.withoutDays(ctx) })
		}
	}
	if err := asked.Wait(); err != nil {
		return nil, err
	}
	return svc.merged(ctx, groupBy, shares), nil
}

// caseloadSystems checks the arguments and gives the systems to ask.
func (svc *Service) caseloadSystems(ctx context.Context, groupBy []model.CaseloadDimension,
	filter *model.CaseloadFilter) ([]model.System, error) {
	var faults []error
	if len(groupBy) > mostDimensions {
		faults = append(faults, fault.Input("groupBy", "at most %d dimensions, not %d", mostDimensions, len(groupBy)))
	}
	for i, d := range groupBy {
		if slices.Contains(groupBy[:i], d) {
			faults = append(faults, fault.Input("groupBy", "%s is there twice", d))
		}
	}
	if filter.Systems != nil && len(filter.Systems) == 0 {
		faults = append(faults, fault.Input("filter.systems", "name at least one system, or leave it out for all"))
	}
	if filter.Period != nil {
		faults = append(faults, checkPeriod("filter.period", *filter.Period)...)
	}
	faults = append(faults, reference.Unknown("filter.town", "town", filter.Town, svc.Towns)...)
	faults = append(faults, reference.Unknown("filter.department", "department", filter.Department, svc.Departments)...)
	systems := filter.Systems
	if systems == nil {
		systems = svc.Systems
	}
	var asked []model.System
	for _, s := range svc.Systems {
		if !slices.Contains(systems, s) {
			continue
		}
		source := svc.Case(s)
		record := svc.Book.Records[source.Kind().Record]
		if filter.Department != nil && (record.Department == "" || source.Lacks(nil, record.Department) != nil) {
			if filter.Systems != nil {
				faults = append(faults,
					fault.Input("filter.systems", "%s records no department; leave it or the department out", s))
			}
			continue
		}
		if filter.Town != nil && source.Lacks(nil, record.Town) != nil {
			if filter.Systems != nil {
				faults = append(faults,
					fault.Input("filter.systems", "%s records no town; leave it or the town out", s))
			}
			continue
		}
		asked = append(asked, s)
	}
	return asked, errors.Join(faults...)
}

// share is one system's part of the caseload.
type share struct {
	system             model.System
	source             *adapters.Statistics
	record             *metrics.Record
	groupBy            []model.CaseloadDimension
	filter             *model.CaseloadFilter
	received, closed   *adapters.Tally
	undated            *adapters.Tally // nil when nobody asks
	failed, alsoFailed error
	lastFailed         error
}

// places are the conditions on town and department.
func (s *share) places() (list []filter.Filter) {
	if s.filter.Town != nil {
		list = append(list, filter.Filter{Field: s.record.Town, Any: s.filter.Town})
	}
	if s.filter.Department != nil {
		list = append(list, filter.Filter{Field: s.record.Department, Any: s.filter.Department})
	}
	return list
}

// withoutDays counts the rows that no period can have: of which receipt has no day or one
// that cannot be read, and those whose day of closing cannot be read.
func (s *share) withoutDays(ctx context.Context) (*adapters.Tally, error) {
	undated, received, closed := filter.Filter{Not: &filter.Filter{Field: "receivedOn", Standing: filter.Filled}},
		unreadable("receivedOn"), unreadable("closedOn")
	q := adapters.Question{Measures: []adapters.Measure{{Holds: &undated}, {Holds: &received}, {Holds: &closed}}}
	q.Filter.And = append(s.places(), filter.Filter{Or: []filter.Filter{undated, received, closed}})
	return s.source.Tally(ctx, q)
}

// tally counts the system's rows by one of the two days, which also is the one that time
// buckets are made of.
func (s *share) tally(ctx context.Context, field, dates string) (*adapters.Tally, error) {
	dated := filter.Filter{Field: field, Days: &filter.Days{}}
	q := adapters.Question{Measures: []adapters.Measure{{Name: field, Holds: &dated}}}
	if p := s.filter.Period; p != nil {
		q.Filter.And = append(q.Filter.And,
			filter.Filter{Field: field, Days: &filter.Days{From: p.From, Before: p.Before}})
	}
	q.Filter.And = append(q.Filter.And, s.places()...)
	for _, d := range s.groupBy {
		if a := s.axis(d, dates); a != nil {
			q.Axes = append(q.Axes, *a)
		}
	}
	return s.source.Tally(ctx, q)
}

// axis is the system's own dimension behind one of the caseload; nil where it has none, or
// the site does not record it.
func (s *share) axis(d model.CaseloadDimension, dates string) *adapters.Axis {
	name := s.dimension(d, dates)
	if name == "" {
		return nil
	}
	a, err := s.source.Axis(name)
	if err != nil {
		return nil
	}
	return &a
}

// dimension names the system's own dimension behind one of the caseload; "" where it has
// none.
func (s *share) dimension(d model.CaseloadDimension, dates string) string {
	switch d {
	case model.CaseloadDimensionSystem:
		return ""
	case model.CaseloadDimensionTown:
		return "TOWN"
	case model.CaseloadDimensionDepartment:
		switch s.record.Department {
		case "draftingUnit":
			return "DRAFTING_UNIT"
		case "respondent":
			return "RESPONDENT"
		case "organiser":
			return "ORGANISER"
		}
		return ""
	}
	return dates + "_" + string(d)
}

// key is the caseload's key of one of the system's buckets.
func (s *share) key(bucket []*string, dates string) []*string {
	key := make([]*string, len(s.groupBy))
	at := 0
	for i, d := range s.groupBy {
		switch {
		case d == model.CaseloadDimensionSystem:
			key[i] = new(string(s.system))
		case s.axis(d, dates) != nil:
			key[i] = bucket[at]
			at++
		}
	}
	return key
}

// merged adds the systems' buckets up; a system that did not answer is named.
func (svc *Service) merged(ctx context.Context, groupBy []model.CaseloadDimension, shares []*share) *model.Caseload {
	answer := &model.Caseload{Groups: []*model.CaseloadGroup{}, Excluded: []*model.Exclusion{},
		MissingSystems: []model.System{}}
	axes := make([]axis, len(groupBy))
	for i, d := range groupBy {
		axes[i] = axis{Axis: caseloadAxis(d), service: svc}
	}
	groups := map[string]*work{}
	var list []*work
	total := &work{}
	group := func(key []*string) *work {
		id := identity(key)
		if groups[id] == nil {
			groups[id] = &work{key: key}
			list = append(list, groups[id])
		}
		return groups[id]
	}
	for _, s := range shares {
		if s.alsoFailed == nil {
			s.alsoFailed = s.lastFailed
		}
		if s.failed != nil || s.alsoFailed != nil {
			answer.MissingSystems = append(answer.MissingSystems, s.system)
			if s.failed == nil {
				s.failed = s.alsoFailed
			}
			graphql.AddError(ctx, s.failed)
			continue
		}
		total.count += s.received.Total.Rows
		total.received += s.received.Total.Figures[0].Rows
		total.closed += s.closed.Total.Figures[0].Rows
		answer.Excluded = append(answer.Excluded, s.excluded()...)
		if len(groupBy) == 0 {
			continue
		}
		for _, b := range s.received.Buckets {
			g := group(s.key(b.Key, "RECEIVED"))
			g.count += b.Rows
			g.received += b.Figures[0].Rows
		}
		for _, b := range s.closed.Buckets {
			if n := b.Figures[0].Rows; n > 0 { // open records have no day of closing
				group(s.key(b.Key, "CLOSED")).closed += n
			}
		}
	}
	slices.SortFunc(list, func(x, y *work) int {
		for i, a := range axes {
			if c := a.compare(x.key[i], y.key[i]); c != 0 {
				return c
			}
		}
		return 0
	})
	withheld := 0
	if hideWork(list, total, svc.SuppressBelow) {
		answer.Excluded = slices.DeleteFunc(answer.Excluded, func(e *model.Exclusion) bool {
			return e.Reason != adapters.NotRecorded || isSmall(e.Count, svc.SuppressBelow)
		})
	}
	for _, w := range list {
		if w.isWithheld {
			withheld++
		}
		answer.Groups = append(answer.Groups, w.group(axes))
	}
	if withheld > 0 {
		answer.Excluded = append(answer.Excluded, suppressed("count", withheld))
	}
	answer.Total = total.group(axes)
	return answer
}

// work is what one group of the caseload adds up to.
type work struct {
	key                     []*string // nil for the total
	count, received, closed int
	isWithheld              bool
}

// group is the work as the client sees it.
func (w *work) group(axes []axis) *model.CaseloadGroup {
	g := &model.CaseloadGroup{Key: []*model.GroupKey{}, Suppressed: w.isWithheld}
	for i, v := range w.key {
		g.Key = append(g.Key, axes[i].key(v))
	}
	if !w.isWithheld {
		g.Count, g.Received, g.Closed = &w.count, &w.received, &w.closed
	}
	return g
}

// hideWork withholds the groups of which a number is of a few, and those that would give
// one away; it tells whether there are any.
func hideWork(list []*work, total *work, below int) bool {
	for _, count := range []func(*work) int{
		func(w *work) int { return w.count },
		func(w *work) int { return w.received },
		func(w *work) int { return w.count - w.received }, // undated ones
		func(w *work) int { return w.closed },
	} {
		cells := make([]suppression.Cell, len(list))
		for i, w := range list {
			cells[i] = suppression.Cell{Key: values(w.key), Count: count(w)}
		}
		hidden, isTotal := suppression.Hide(cells, below)
		for i, w := range list {
			w.isWithheld = w.isWithheld || hidden[i]
		}
		total.isWithheld = total.isWithheld || isTotal || isSmall(count(total), below)
	}
	return total.isWithheld || slices.ContainsFunc(list, func(w *work) bool { return w.isWithheld })
}

// excluded tells which rows are in no period, and which received rows have no named bucket.
func (s *share) excluded() (list []*model.Exclusion) {
	if s.undated != nil {
		for i, gap := range []model.Exclusion{
			{Reason: adapters.Undated, Of: "receivedOn"}, {Reason: adapters.Unreadable, Of: "receivedOn"},
			{Reason: adapters.Unreadable, Of: "closedOn"},
		} {
			if gap.Count = s.undated.Total.Figures[i].Rows; gap.Count > 0 {
				gap.System = &s.system
				list = append(list, &gap)
			}
		}
	}
	at := 0
	for _, d := range s.groupBy {
		if d == model.CaseloadDimensionSystem {
			continue
		}
		if s.axis(d, "RECEIVED") == nil {
			if s.received.Total.Rows > 0 {
				list = append(list, &model.Exclusion{Reason: adapters.NotRecorded, Of: string(d),
					Count: s.received.Total.Rows, System: &s.system})
			}
			continue
		}
		for _, reason := range slices.Sorted(maps.Keys(s.received.Without[at])) {
			list = append(list, &model.Exclusion{Reason: reason, Of: string(d), Count: s.received.Without[at][reason],
				System: &s.system})
		}
		at++
	}
	return list
}

// caseloadAxis is a dimension as it is shown, whatever the system's own.
func caseloadAxis(d model.CaseloadDimension) adapters.Axis {
	a := adapters.Axis{Name: string(d), Unit: adapters.Unit(d)}
	switch d {
	case model.CaseloadDimensionSystem:
		a.Unit, a.Enum = adapters.NoUnit, "System"
	case model.CaseloadDimensionTown:
		a.Unit, a.Kind = adapters.NoUnit, "town"
	case model.CaseloadDimensionDepartment:
		a.Unit, a.Kind = adapters.NoUnit, "department"
	}
	return a
}
