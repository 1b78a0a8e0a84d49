package clock

import (
	"slices"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// OnTime tells of a step whether it was done in time, from a record's deadlines: nil when
// the step is open, has no period, or when it cannot be told.
func OnTime(deadlines []*model.Deadline, step model.DeadlineStep) *bool {
	for _, d := range deadlines {
		if d.Step == step && d.OnTime != nil {
			return d.OnTime
		}
	}
	return nil
}

// Kept says which records did a step in time, and which too late, as far as conditions
// on their days can tell.
type Kept struct {
	Met, Missed filter.Filter
	// Done holds for both, and for all of Doubtful.
	Done filter.Filter
	// Doubtful holds for records that did the step, would be late by the days that are
	// certain, and whose clock stopped some time or whose period was extended: Deadlines
	// must tell. It is nil when neither can be.
	Doubtful *filter.Filter
	// Undated holds for records that did the step on a day that is not recorded, or cannot
	// be read.
	Undated filter.Filter
}

// Kept says which records did the step in time; nothing holds for records without a rule
// for the step.
func (c *Clock) Kept(record string, step model.DeadlineStep) Kept {
	none := func() filter.Filter { return filter.Filter{Or: []filter.Filter{nothing()}} }
	k := Kept{Met: none(), Missed: none(), Done: none(), Undated: none()}
	var doubtful []filter.Filter
	for _, r := range c.rules[record] {
		if r.step != step {
			continue
		}
		doubt := r.doubt()
		for i, start := range r.start {
			for j := range r.limits {
				k.Undated.Or = append(k.Undated.Or, r.undated(i, j))
				for at, done := range r.done {
					did := func(p filter.Period) filter.Filter { return r.did(i, j, at, p) }
					length := c.allowed(&r.limits[j])
					met, late := did(filter.Period{Most: length}), did(filter.Period{Beyond: length})
					k.Met.Or = append(k.Met.Or, met)
					if r.complete != "" { // between the two days of start nobody can tell
						late = did(filter.Period{})
						late.And = append(late.And, filter.Filter{Field: start,
							Period: &filter.Period{Done: r.complete}},
							filter.Filter{Field: r.complete, Period: &filter.Period{Done: done, Beyond: length}})
						k.Done.Or = append(k.Done.Or, met, late)
					} else {
						k.Done.Or = append(k.Done.Or, did(filter.Period{}))
					}
					if doubt == nil {
						k.Missed.Or = append(k.Missed.Or, late)
						continue
					}
					k.Missed.Or = append(k.Missed.Or, filter.Filter{And: []filter.Filter{late}, Not: doubt})
					doubtful = append(doubtful, filter.Filter{And: []filter.Filter{late, *doubt}})
				}
			}
		}
	}
	if doubtful != nil {
		k.Doubtful = &filter.Filter{Or: doubtful}
	}
	return k
}

// did holds for records in which the step began by its start of index i under its limit
// of index j, and was done by its day of index at, in such a time.
func (r rule) did(i, j, at int, in filter.Period) filter.Filter {
	in.Done = r.done[at]
	f := r.begun(i, j, nil)
	for _, earlier := range r.done[:at] {
		f.And = append(f.And, filter.Filter{Not: new(filled(earlier))})
	}
	f.And = append(f.And, filter.Filter{Field: r.start[i], Period: &in})
	return f
}

// undated holds for records in which the step that so began was done, but not on a day
// that can be read: the first cell that holds anything is no day, or only the state or an
// outcome says so.
func (r rule) undated(i, j int) filter.Filter {
	var done filter.Filter
	var empty []filter.Filter
	for _, d := range r.done {
		done.Or = append(done.Or, filter.Filter{And: append(slices.Clone(empty), unreadable(d))})
		empty = append(empty, filter.Filter{Not: new(filled(d))})
	}
	for _, e := range r.ended {
		done.Or = append(done.Or, filter.Filter{And: append(slices.Clone(empty), filled(e))})
	}
	if r.over != nil {
		done.Or = append(done.Or,
			filter.Filter{And: append(slices.Clone(empty), filter.Filter{Field: stateField, Any: r.over})})
	}
	f := r.begins(i, j, nil, false)
	f.And = append(f.And, done)
	return f
}

// allowed gives how many calendar days after its start a step is due when its clock
// never stops, for every start day there is.
func (c *Clock) allowed(l *limit) *filter.Lengths {
	if known, ok := c.lengths.Load(l); ok {
		return known.(*filter.Lengths)
	}
	length := func(start model.Date) int {
		return calendar.Days(start, c.due(start, l))
	}
	a := &filter.Lengths{}
	first, beyond := c.calendar.Span()
	monday := beyond // behind all known years, and before them, weeks are alike
	for monday.Time().Weekday() != 1 {
		monday = calendar.Add(monday, 1)
	}
	for i := range a.Weekday {
		a.Weekday[i] = length(calendar.Add(monday, i))
	}
	// The last periods before the known years reach into them.
	first = calendar.Add(first, -slices.Max(a.Weekday[:])-7)
	if l.from != nil && l.from.Compare(first) > 0 {
		first = *l.from
	}
	if l.before != nil && l.before.Compare(beyond) < 0 {
		beyond = *l.before
	}
	a.First = first
	for d := first; d.Compare(beyond) < 0; d = calendar.Add(d, 1) {
		a.Days = append(a.Days, length(d))
	}
	c.lengths.Store(l, a)
	return a
}
