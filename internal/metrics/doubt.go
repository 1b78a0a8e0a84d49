package metrics

import (
	"maps"
	"slices"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// Doubt is rows that may belong to a figure and are not counted in it, and why. The doubts
// of a figure share no row.
type Doubt struct {
	Reason model.ExclusionReason
	Filter filter.Filter
	// OfNumerator tells that the rows are counted below the line of a rate, and nobody can
	// tell whether they belong above it.
	OfNumerator bool
}

// Doubts gives what the metric leaves out over a period, among rows for which all of
// within hold:
//
//   - UNREADABLE: a day or a yes or no on which it depends is entered and cannot be read,
//     UNKNOWN_CODE: a code is not listed, and all that can be read lets the row in;
//   - NOT_RECORDED: nothing is recorded of what the figure is asked among (recorded), or the
//     statutory clock cannot tell;
//   - UNDATED: the clock's step is over, on no day that is recorded;
//   - what the definition itself names (excluded), mostly rows of which a state says that
//     something happened and no day says when.
func (m *Metric) Doubts(period model.DateRange, within ...filter.Literal) []Doubt {
	var list []Doubt
	here := filter.Filter{}
	for _, l := range within {
		here.And = append(here.And, l.Filter(period))
	}
	base := m.Filter
	if m.Of != nil {
		base = *m.Of
	}
	counted := base.Filter(period)
	left := both(here, base.may(counted, true), negated(counted))
	doubts := base.cells(counted)
	named := map[model.ExclusionReason]filter.Filter{}
	add := func(reason model.ExclusionReason, f filter.Filter) {
		named[reason] = filter.Filter{Or: append(slices.Clone(named[reason].Or), f)}
	}
	if doubts.read != nil {
		add(model.ExclusionReasonUnreadable, both(left, oneOf(doubts.read)))
	}
	if doubts.codes != nil {
		add(model.ExclusionReasonUnknownCode, both(left, negated(oneOf(doubts.read)), oneOf(doubts.codes)))
	}
	if base.asksRecorded(counted) {
		add(model.ExclusionReasonNotRecorded, both(left, negated(oneOf(doubts.read)), negated(oneOf(doubts.codes))))
	}
	for _, flag := range doubts.clock {
		add(model.ExclusionReasonUndated,
			both(here, filter.Filter{Field: flag, Standing: filter.Unreadable}, negated(left), negated(counted)))
	}
	for _, reason := range slices.Sorted(maps.Keys(m.Excluded)) {
		add(reason, both(here, m.Excluded[reason].Filter(period), negated(left), negated(counted)))
	}
	for _, reason := range slices.Sorted(maps.Keys(named)) {
		list = append(list, Doubt{Reason: reason, Filter: named[reason]})
	}
	if m.Of != nil {
		part := m.Part.Filter(period)
		unsure := both(here, counted, m.Part.may(part, false), negated(part))
		of := m.Part.cells(part)
		if of.read != nil {
			list = append(list, Doubt{model.ExclusionReasonUnreadable, both(unsure, oneOf(of.read)), true})
		}
		if of.codes != nil {
			list = append(list,
				Doubt{model.ExclusionReasonUnknownCode, both(unsure, negated(oneOf(of.read)), oneOf(of.codes)), true})
		}
	}
	return list
}

func both(filters ...filter.Filter) filter.Filter { return filter.Filter{And: filters} }

func oneOf(filters []filter.Filter) filter.Filter {
	if filters == nil {
		return filter.Filter{Keys: []string{}} // nowhere
	}
	return filter.Filter{Or: filters}
}

func negated(f filter.Filter) filter.Filter { return filter.Filter{Not: &f} }

// may is the filter that holds wherever f holds, or might if cells that cannot be read
// were in its favour; with recorded also if what is asked to be recorded were.
func (c Condition) may(f filter.Filter, recorded bool) filter.Filter {
	if f.Field != "" {
		if recorded && c.isRecorded(f) {
			return filter.Filter{}
		}
		if !c.hasCell(f) {
			return f
		}
		return oneOf([]filter.Filter{f, {Field: f.Field, Standing: filter.Unreadable}})
	}
	g := filter.Filter{Keys: f.Keys}
	for _, part := range f.And {
		g.And = append(g.And, c.may(part, recorded))
	}
	if !recorded || !c.isRecorded(filter.Filter{Or: f.Or}) {
		for _, part := range f.Or {
			g.Or = append(g.Or, c.may(part, recorded))
		}
	}
	if f.Not != nil {
		g.Not = new(c.must(*f.Not))
	}
	return g
}

// must is the filter that holds where f holds whatever the cells that cannot be read mean.
func (c Condition) must(f filter.Filter) filter.Filter {
	if f.Days != nil && f.Days.Unreadable != nil { // a definition says by it that it cannot tell
		return oneOf(nil)
	}
	if f.Field != "" {
		return f // nothing holds of what cannot be read
	}
	g := filter.Filter{Keys: f.Keys}
	for _, part := range f.And {
		g.And = append(g.And, c.must(part))
	}
	for _, part := range f.Or {
		g.Or = append(g.Or, c.must(part))
	}
	if f.Not != nil {
		g.Not = new(c.may(*f.Not, false))
	}
	return g
}

// hasCell tells whether a condition is on a cell that can be unreadable.
func (c Condition) hasCell(f filter.Filter) bool {
	return !c.isOfClock(f) &&
		(f.Days != nil && f.Days.Unreadable == nil || f.Flag != nil || f.Any != nil && c.enums[f.Field] > 0)
}

// isOfClock tells whether a condition is a flag that the statutory clock answers: it is no
// field of the record.
func (c Condition) isOfClock(f filter.Filter) bool { return f.Flag != nil && !c.fields[f.Field] }

// isRecorded tells whether a condition only asks that something is recorded: a flag that is
// true or false, a code that is any of those with a meaning of their own.
func (c Condition) isRecorded(f filter.Filter) bool {
	if f.Field != "" {
		return f.Any != nil && c.enums[f.Field] > 0 && len(f.Any) >= c.enums[f.Field]
	}
	if len(f.Or) != 2 || f.And != nil || f.Not != nil || f.Keys != nil {
		return false
	}
	var flags [2]filter.Filter
	for i, part := range f.Or {
		for len(part.And) == 1 && part.Field == "" {
			part = part.And[0]
		}
		flags[i] = part
	}
	a, b := flags[0], flags[1]
	return a.Flag != nil && b.Flag != nil && a.Field == b.Field && *a.Flag != *b.Flag
}

// asksRecorded tells whether any part of a filter asks that something is recorded.
func (c Condition) asksRecorded(f filter.Filter) bool {
	return c.isRecorded(f) || c.isRecorded(filter.Filter{Or: f.Or}) || slices.ContainsFunc(f.And, c.asksRecorded)
}

// unreadables are the conditions that a cell on which a filter depends cannot be read.
type unreadables struct {
	read  []filter.Filter // days and flags
	codes []filter.Filter
	clock []string // flags of the statutory clock
}

func (c Condition) cells(f filter.Filter) unreadables {
	var u unreadables
	seen := map[string]bool{}
	var walk func(filter.Filter)
	walk = func(f filter.Filter) {
		switch {
		case f.Field == "" || seen[f.Field]:
		case c.isOfClock(f):
			if f.Field != "overdue" {
				u.clock = append(u.clock, f.Field)
			}
		case c.hasCell(f) && f.Any != nil:
			u.codes = append(u.codes, filter.Filter{Field: f.Field, Standing: filter.Unreadable})
		case c.hasCell(f):
			u.read = append(u.read, filter.Filter{Field: f.Field, Standing: filter.Unreadable})
		}
		seen[f.Field] = true
		for _, part := range slices.Concat(f.And, f.Or) {
			walk(part)
		}
		if f.Not != nil {
			walk(*f.Not)
		}
	}
	walk(f)
	return u
}
