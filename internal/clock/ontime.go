package clock

import (
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
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
	Met, Missed plan.Filter
	// Done holds for both, and for all of Doubtful.
	Done plan.Filter
	// Doubtful holds for records that did the step after their clock had stopped some
	// time, and would be late without the stop: Deadlines must tell. It is nil when the
	// clock of the step cannot stop.
	Doubtful *plan.Filter
}

// Kept says which records did the step in time; nothing holds for records without a rule
// for the step.
func (c *Clock) Kept(record string, step model.DeadlineStep) Kept {
	none := func() plan.Filter { return plan.Filter{Or: []plan.Filter{nothing()}} }
	k := Kept{Met: none(), Missed: none(), Done: none()}
	var doubtful []plan.Filter
	for _, r := range c.rules[record] {
		if r.step != step {
			continue
		}
		for i := range r.start {
			for j := range r.limits {
				for at := range r.done {
					did := func(p plan.Period) plan.Filter { return r.did(i, j, at, p) }
					length := c.allowed(&r.limits[j])
					late := did(plan.Period{Beyond: length})
					k.Met.Or = append(k.Met.Or, did(plan.Period{Most: length}))
					k.Done.Or = append(k.Done.Or, did(plan.Period{}))
					if len(r.stops) == 0 {
						k.Missed.Or = append(k.Missed.Or, late)
						continue
					}
					stopped := r.stopped()
					k.Missed.Or = append(k.Missed.Or, plan.Filter{And: []plan.Filter{late}, Not: &stopped})
					doubtful = append(doubtful, plan.Filter{And: []plan.Filter{late, stopped}})
				}
			}
		}
	}
	if doubtful != nil {
		k.Doubtful = &plan.Filter{Or: doubtful}
	}
	return k
}

// did holds for records in which the step began by its start of index i under its limit
// of index j, and was done by its day of index at, in such a time.
func (r rule) did(i, j, at int, in plan.Period) plan.Filter {
	in.Done = r.done[at]
	f := r.begun(i, j, nil)
	for _, earlier := range r.done[:at] {
		f.And = append(f.And, absent(earlier))
	}
	f.And = append(f.And, plan.Filter{Field: r.start[i], Period: &in})
	return f
}

// allowed gives how many calendar days after its start a step is due when its clock
// never stops, for every start day there is.
func (c *Clock) allowed(l *limit) *plan.Lengths {
	if known, ok := c.lengths.Load(l); ok {
		return known.(*plan.Lengths)
	}
	length := func(start model.Date) int {
		due, _ := c.due(start, l.days, l.unit, nil)
		return calendar.Days(start, *due)
	}
	a := &plan.Lengths{}
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
