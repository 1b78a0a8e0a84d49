// Package clock is the statutory clock: it computes when a step of a record is due, by
// the law in force on the day the step began, and says as a filter which records are
// overdue. The rules are data (deadlines.yaml); nothing here names a record or a field.
//
// The start day is not counted. Calendar days that end on a day off run on to the next
// working day. Time for which the law stops the clock is not counted.
package clock

import (
	"slices"
	"sync"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
)

// Clock applies rules on a day. It is safe for concurrent use.
type Clock struct {
	rules    Rules
	calendar *calendar.Calendar
	today    func() model.Date
	lengths  sync.Map // *limit -> *plan.Lengths, made once
}

// New makes a clock; today tells the day on which a question is asked.
func New(rules Rules, c *calendar.Calendar, today func() model.Date) *Clock {
	return &Clock{rules: rules, calendar: c, today: today}
}

// Today is the day on which questions are asked: the one notion of it in the program.
func (c *Clock) Today() model.Date { return c.today() }

// Facts is what the clock asks of one record, by names of the graph's fields.
type Facts interface {
	Day(field string) *model.Date // nil when the field has no day
	Value(field string) string    // of an enum field; "" when it has none
}

// Fields names the fields that the rules of a record read, in order; empty when no rule
// is about the record.
func (c *Clock) Fields(record string) []string {
	var fields []string
	for _, r := range c.rules[record] {
		fields = append(fields, r.fields()...)
	}
	slices.Sort(fields)
	return slices.Compact(fields)
}

// fields are those that the rule reads, some perhaps twice.
func (r rule) fields() []string {
	fields := slices.Concat(r.start, r.done)
	if r.over != nil || r.paused != nil {
		fields = append(fields, stateField)
	}
	for _, s := range r.stops {
		fields = append(fields, s.from, s.to)
	}
	for _, l := range r.limits {
		fields = append(fields, l.given...)
		for _, w := range l.when {
			fields = append(fields, w.field)
		}
	}
	return fields
}

// Deadlines gives the deadlines of the steps that have begun, in the order of the rules;
// empty, never nil, when there are none.
func (c *Clock) Deadlines(record string, facts Facts) []*model.Deadline {
	list := []*model.Deadline{}
	for _, r := range c.rules[record] {
		if d := c.deadline(r, facts); d != nil {
			list = append(list, d)
		}
	}
	return list
}

// Current gives the deadline that matters now: of the open step that is due first, else
// of the last step; nil of an empty list. A clock that stands still comes after those
// that run.
func Current(deadlines []*model.Deadline) *model.Deadline {
	var current *model.Deadline
	for _, d := range deadlines {
		switch {
		case current == nil, !current.IsOpen():
			current = d
		case !d.IsOpen() || d.DueOn == nil:
		case current.DueOn == nil || d.DueOn.Compare(*current.DueOn) < 0:
			current = d
		}
	}
	return current
}

// deadline computes one step; nil when it has not begun or no limit fits.
func (c *Clock) deadline(r rule, facts Facts) *model.Deadline {
	start := first(r.start, facts)
	if start == nil {
		return nil
	}
	l := r.limit(*start, facts)
	if l == nil {
		return nil
	}
	d := &model.Deadline{
		Step: r.step, StartOn: *start, Days: l.days, Unit: l.unit, Rule: l.rule, Article: l.article, IsLocalRule: l.local,
		DoneOn: first(r.done, facts),
	}
	state := ""
	if r.over != nil || r.paused != nil {
		state = facts.Value(stateField)
	}
	open := d.DoneOn == nil && !slices.Contains(r.over, state)
	if !open || !slices.Contains(r.paused, state) {
		d.DueOn, d.IsEstimate = c.due(*start, l.days, l.unit, stopsOf(r.stops, facts))
	}
	if d.DoneOn != nil {
		d.OnTime = c.onTime(d)
	}
	today := c.today()
	switch {
	case open && d.DueOn == nil:
		d.State = model.DeadlineStateStopped
	case open:
		d.State = model.DeadlineStateRunning
		left := calendar.Days(today, *d.DueOn)
		if left < 0 {
			d.State = model.DeadlineStateOverdue
		}
		if l.unit == model.DeadlineUnitWorkingDays {
			left = c.calendar.Workdays(today, *d.DueOn)
			if d.State == model.DeadlineStateOverdue {
				left = min(left, -1) // a day of rest after the due day is late, too
			}
		}
		d.DaysLeft = &left
	case d.OnTime == nil:
		d.State = model.DeadlineStateUnknown
	case *d.OnTime:
		d.State = model.DeadlineStateMet
	default:
		d.State = model.DeadlineStateMissed
	}
	return d
}

// onTime tells whether a step was done in time; nil when it was done before it began, or
// when it cannot be told because a stop without end lay in its way. Stops make a step due
// later, never earlier: what is in time without them is in time.
func (c *Clock) onTime(d *model.Deadline) *bool {
	if d.DoneOn.Compare(d.StartOn) < 0 {
		return nil
	}
	due := d.DueOn
	if due == nil {
		due, _ = c.due(d.StartOn, d.Days, d.Unit, nil)
		if d.DoneOn.Compare(*due) > 0 {
			return nil
		}
	}
	return new(d.DoneOn.Compare(*due) <= 0)
}

// Workdays counts the working days after the first day up to the last, that one included.
func (c *Clock) Workdays(first, last model.Date) int { return c.calendar.Workdays(first, last) }

// first gives the day of the first field that has one; nil when none has.
func first(fields []string, facts Facts) *model.Date {
	for _, f := range fields {
		if d := facts.Day(f); d != nil {
			return d
		}
	}
	return nil
}

// limit gives the first limit that fits a step begun on the day; nil when none does.
func (r rule) limit(start model.Date, facts Facts) *limit {
	for i, l := range r.limits {
		if l.holds(start) && l.fits(facts) {
			return &r.limits[i]
		}
	}
	return nil
}

func (l limit) holds(start model.Date) bool {
	return (l.from == nil || start.Compare(*l.from) >= 0) && (l.before == nil || start.Compare(*l.before) < 0)
}

func (l limit) fits(facts Facts) bool {
	for _, g := range l.given {
		if facts.Day(g) == nil {
			return false
		}
	}
	for _, w := range l.when {
		if !slices.Contains(w.values, facts.Value(w.field)) {
			return false
		}
	}
	return true
}

// span is time that is not counted: the days behind from up to to, or with to nil all
// days behind from.
type span struct {
	from model.Date
	to   *model.Date
}

func stopsOf(stops []stop, facts Facts) []span {
	var spans []span
	for _, s := range stops {
		if from := facts.Day(s.from); from != nil {
			spans = append(spans, span{*from, facts.Day(s.to)})
		}
	}
	return spans
}

// due gives the last day of a period, nil when it ends behind a stop without end;
// estimate tells whether a day of an unknown year was looked up in the calendar.
func (c *Clock) due(start model.Date, days int, unit model.DeadlineUnit, stops []span) (due *model.Date, estimate bool) {
	d := start
	for n := 0; n < days; {
		d = calendar.Add(d, 1)
		if s := stopAt(stops, d); s != nil {
			if s.to == nil {
				return nil, estimate
			}
			d = *s.to
			continue
		}
		if unit == model.DeadlineUnitWorkingDays {
			estimate = estimate || !c.calendar.Knows(d)
			if !c.calendar.IsWorkday(d) {
				continue
			}
		}
		n++
	}
	d = c.calendar.Roll(d)
	return &d, estimate || !c.calendar.Knows(d)
}

func stopAt(stops []span, d model.Date) *span {
	for i, s := range stops {
		if d.Compare(s.from) > 0 && (s.to == nil || d.Compare(*s.to) <= 0) {
			return &stops[i]
		}
	}
	return nil
}

// lastOverdue gives the latest start day whose period, without stops, has passed today.
func (c *Clock) lastOverdue(l limit, today model.Date) model.Date {
	for d := calendar.Add(today, -l.days); ; d = calendar.Add(d, -1) {
		if due, _ := c.due(d, l.days, l.unit, nil); due.Compare(today) < 0 {
			return d
		}
	}
}

// Overdue says which records have a step that is open past its deadline today. sure holds
// exactly for those of them whose clock never stopped; doubtful holds for those that may
// be: their clock stopped some time, and Deadlines must tell. doubtful is nil when no
// step of the record can stop. ok is false when no rule is about the record.
func (c *Clock) Overdue(record string) (sure plan.Filter, doubtful *plan.Filter, ok bool) {
	rules := c.rules[record]
	if len(rules) == 0 {
		return plan.Filter{}, nil, false
	}
	today := c.today()
	sure.Or = []plan.Filter{nothing()}
	unsure := plan.Filter{Or: []plan.Filter{nothing()}}
	for _, r := range rules {
		late := c.late(r, today)
		if len(r.stops) == 0 {
			sure.Or = append(sure.Or, late)
			continue
		}
		stopped := r.stopped()
		sure.Or = append(sure.Or, plan.Filter{And: []plan.Filter{late}, Not: &stopped})
		unsure.Or = append(unsure.Or, plan.Filter{And: []plan.Filter{late, stopped}})
	}
	if len(unsure.Or) > 1 {
		doubtful = &unsure
	}
	return sure, doubtful, true
}

// late holds for records in which the step is open and would be overdue if its clock had
// never stopped. Stops only make a step due later.
func (c *Clock) late(r rule, today model.Date) plan.Filter {
	var open plan.Filter
	if ended := slices.Concat(r.over, r.paused); len(ended) > 0 { // first: it is cheap, and rules most records out
		open.And = append(open.And, plan.Filter{Not: &plan.Filter{Field: stateField, Any: ended}})
	}
	begun := plan.Filter{Or: []plan.Filter{nothing()}}
	for i := range r.start {
		for j, l := range r.limits {
			before := calendar.Add(c.lastOverdue(l, today), 1)
			if l.before != nil && l.before.Compare(before) < 0 {
				before = *l.before
			}
			if l.from != nil && l.from.Compare(before) >= 0 {
				continue // no step begun under this rule can be late yet
			}
			begun.Or = append(begun.Or, r.begun(i, j, &before))
		}
	}
	open.And = append(open.And, begun)
	for _, done := range r.done {
		open.And = append(open.And, absent(done))
	}
	return open
}

// begun holds for records in which the step began on the day of its start of index i,
// under its limit of index j: no earlier start has a day, and no earlier limit fits. The
// day lies before the given one; nil leaves that to the limit.
func (r rule) begun(i, j int, before *model.Date) plan.Filter {
	start, l := r.start[i], r.limits[j]
	if before == nil {
		before = l.before
	}
	fits := l.condition()
	fits.And = append(fits.And, plan.Filter{Field: start, Days: &plan.Days{From: l.from, Before: before}})
	for _, earlier := range r.start[:i] {
		fits.And = append(fits.And, absent(earlier))
	}
	for _, rival := range r.limits[:j] {
		if rival.meets(l) {
			wins := rival.condition()
			wins.And = append(wins.And, plan.Filter{Field: start, Days: &plan.Days{From: rival.from, Before: rival.before}})
			fits.And = append(fits.And, plan.Filter{Not: &wins})
		}
	}
	return fits
}

// stopped holds for records whose clock stopped some time.
func (r rule) stopped() plan.Filter {
	var stopped plan.Filter
	for _, s := range r.stops {
		stopped.Or = append(stopped.Or, present(s.from))
	}
	return stopped
}

// condition holds for the records that the limit fits, whatever their start day.
func (l limit) condition() plan.Filter {
	var f plan.Filter
	for _, g := range l.given {
		f.And = append(f.And, present(g))
	}
	for _, w := range l.when {
		f.And = append(f.And, plan.Filter{Field: w.field, Any: w.values})
	}
	return f
}

// meets tells whether two limits can hold for the same start day.
func (l limit) meets(o limit) bool {
	return (l.before == nil || o.from == nil || o.from.Compare(*l.before) < 0) &&
		(o.before == nil || l.from == nil || l.from.Compare(*o.before) < 0)
}

func present(field string) plan.Filter { return plan.Filter{Field: field, Days: &plan.Days{}} }

func absent(field string) plan.Filter { return plan.Filter{Not: new(present(field))} }

// nothing holds nowhere.
func nothing() plan.Filter { return plan.Filter{Keys: []string{}} }
