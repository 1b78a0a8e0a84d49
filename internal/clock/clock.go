// Package clock is the statutory clock: it computes when a step of a record is due, by
// the law in force on the day the step began, and says as a filter which records are
// overdue. The rules are data (the deadlines.yaml of each
// system); nothing here names a record, or a field but the state.
//
// The start day is not counted. Calendar days that end on a day off run on to the next
// working day. Time for which the law stops the clock is not counted.
//
// What a cell holds that nobody can read is neither a day nor its absence: a step that was
// done 五日内 is done, on an unknown day, and is neither overdue nor late.//
// A rule has these parts; fields are those of the graph:
//
//	record, step   what the period is for
//	start          the day it begins: the first of these fields that has a day; not counted itself
//	done           the day the step was done: the first of these fields in which anything stands; what
//	               cannot be read there (五日内) is a day that nobody knows
//	over           states in which the step is over even when no day says so
//	ended          fields in which anything at all says that the step is over: outcomes, days of later steps
//	paused         states in which the clock stands still, whatever the days say
//	law            the day whose law holds for the step; the start day when missing
//	complete       a day up to which time may not have counted though no day says so: what was done in
//	               time only when all of that time is left out is not told
//	stops          days not counted: behind the first up to the second; while the second is
//	               missing, the clock stands still
//	limits         the first that fits holds:
//	  from, before   of the day whose law holds: from the first, before the second; open when missing
//	  when           fields and the values one of which they have
//	  given          fields in which anything stands
//	  days, unit     WORKING_DAYS or CALENDAR_DAYS
//	  rule, article  the rule in one sentence, and where it stands
//	  local          true for custom that the bureau must confirm († in the domain notes)
//	  transition     added to the rule of a step that goes on beyond before
//	  extension      time that may be granted: granted, fields in which anything says that it was, or
//	                 states; until, the day up to which; days, at most, and as many as that when no day
//	                 says; its own rule and article
//
// A site replaces the rules of all systems by its reference/deadlines.yaml.
package clock

import (
	"slices"
	"sync"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// Clock applies rules on a day. It is safe for concurrent use.
type Clock struct {
	rules    Rules
	calendar *calendar.Calendar
	today    func() model.Date
	lengths  sync.Map // *limit -> *filter.Lengths, made once
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
	// Filled tells whether the field's cell holds anything, readable or not.
	Filled(field string) bool
	// Unreadable tells whether the cell holds something that says nothing: 五日内 for a day,
	// a code that nobody knows.
	Unreadable(field string) bool
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
	fields := slices.Concat(r.start, r.done, r.ended)
	add := func(name string) {
		if name != "" {
			fields = append(fields, name)
		}
	}
	if r.over != nil || r.paused != nil {
		add(stateField)
	}
	add(r.law)
	add(r.complete)
	for _, s := range r.stops {
		fields = append(fields, s.from, s.to)
	}
	for _, l := range r.limits {
		fields = append(fields, l.given...)
		for _, w := range l.when {
			add(w.field)
		}
		if e := l.extension; e != nil {
			fields = append(fields, e.granted...)
			add(e.until)
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
	law := r.lawDay(*start, facts)
	l, isSure := r.limit(law, facts)
	if l == nil {
		return nil
	}
	d := &model.Deadline{
		Step: r.step, StartOn: *start, Days: l.days, Unit: l.unit, Rule: l.rule, Article: l.article,
		IsLocalRule: l.local,
	}
	done := r.doneField(facts)
	if done != "" {
		d.DoneOn = facts.Day(done)
	}
	var due due
	if isSure {
		due = c.bounds(r, l, *start, facts)
		d.IsEstimate = due.isEstimate
		if e := l.extension; due.extra > 0 {
			d.Days, d.Rule, d.Article = l.days+due.extra, e.rule, e.article
		}
	}
	if l.transition != "" && goesBeyond(d, *l.before, due.least) {
		d.Rule, d.IsLocalRule = d.Rule+l.transition, true
	}
	if l.local {
		d.Rule += localMark
	}
	today := c.today()
	d.IsOver = done != "" || r.hasEnded(facts)
	switch {
	case d.DoneOn != nil:
		d.OnTime = due.kept(*start, *d.DoneOn)
		switch {
		case d.OnTime == nil:
			d.State = model.DeadlineStateUnknown
			if due.isCertain() {
				d.DueOn = due.least
			}
		case *d.OnTime:
			d.State, d.DueOn = model.DeadlineStateMet, due.least
		default:
			d.State, d.DueOn = model.DeadlineStateMissed, due.most
		}
	case d.IsOver:
		d.State = model.DeadlineStateUnknown
		if due.isCertain() {
			d.DueOn = due.least
		}
	case r.paused != nil && slices.Contains(r.paused, facts.Value(stateField)) || due.stands:
		d.State = model.DeadlineStateStopped
	case due.least == nil || r.readsState() && facts.Unreadable(stateField):
		d.State = model.DeadlineStateUnknown
	case today.Compare(*due.least) <= 0:
		d.State, d.DueOn = model.DeadlineStateRunning, due.least
	case due.most == nil || today.Compare(*due.most) <= 0:
		d.State = model.DeadlineStateUnknown
	default:
		d.State, d.DueOn = model.DeadlineStateOverdue, due.most
	}
	if d.State == model.DeadlineStateRunning || d.State == model.DeadlineStateOverdue {
		d.DaysLeft = new(c.left(d, today))
	}
	return d
}

// goesBeyond tells whether a step under the former law reaches into the time of the new.
func goesBeyond(d *model.Deadline, day model.Date, due *model.Date) bool {
	return d.StartOn.Compare(day) >= 0 || due != nil && due.Compare(day) >= 0 &&
		(d.DoneOn == nil || d.DoneOn.Compare(day) >= 0)
}

// localMark ends the text of a rule that no statute sets.
const localMark = "（†本地规定，待本局确认 · local custom, to be confirmed by the bureau）"

// left counts the days left of an open step in its own unit.
func (c *Clock) left(d *model.Deadline, today model.Date) int {
	left := calendar.Days(today, *d.DueOn)
	if d.Unit == model.DeadlineUnitWorkingDays {
		left = c.calendar.Workdays(today, *d.DueOn)
		if d.State == model.DeadlineStateOverdue {
			left = min(left, -1) // a day of rest after the due day is late, too
		}
	}
	return left
}

// due is what is known of the last day of a step. Whatever is not known of stops, and of
// what was handed in later, can only put it off.
type due struct {
	least      *model.Date // it is not earlier; nil when nothing is known
	most       *model.Date // nor later; nil when that is not known
	stands     bool        // the clock stands still, so that an open step has none
	extra      int         // days by which the period was extended
	isEstimate bool
}

func (d due) isCertain() bool { return d.least != nil && d.most != nil && *d.least == *d.most }

// kept tells whether a step was done in time; nil when it was done before it began, or
// when that cannot be told.
func (d due) kept(start, done model.Date) *bool {
	switch {
	case done.Compare(start) < 0 || d.least == nil:
		return nil
	case done.Compare(*d.least) <= 0:
		return new(true)
	case d.most != nil && done.Compare(*d.most) > 0:
		return new(false)
	}
	return nil
}

// bounds computes between which days a step is due.
func (c *Clock) bounds(r rule, l *limit, start model.Date, facts Facts) due {
	stops, endless, isVague := stopsOf(r.stops, facts)
	for _, s := range r.start { // one that is listed before the start, and cannot be read, would make it later
		if facts.Day(s) != nil {
			break
		}
		isVague = isVague || facts.Unreadable(s)
	}
	d := due{}
	raw := c.last(start, l.days, l.unit, stops)
	end := raw // of the period, extended
	least := c.calendar.Roll(raw)
	d.isEstimate = c.isEstimate(start, least, l.unit)
	most := &least
	if e := l.extension; e != nil && e.isGranted(facts) {
		last := c.last(start, l.days+e.days, l.unit, stops)
		longest := c.calendar.Roll(last)
		until := facts.Day(e.until)
		switch {
		case until != nil && until.Compare(raw) < 0, until == nil && facts.Unreadable(e.until):
			most, d.extra = &longest, e.days // how long it is cannot be told
		case until == nil:
			end, least, most, d.extra = last, longest, &longest, e.days
		default:
			if end = putOff(*until, first(e.granted, facts), stops); end.Compare(last) > 0 {
				end = last // no longer than the law allows
			}
			least, d.extra = c.calendar.Roll(end), min(e.days, calendar.Days(raw, *until))
		}
	}
	if endless != nil && endless.Compare(end) < 0 {
		d.stands, isVague = true, true
	}
	d.least, d.most = &least, most
	if r.complete != "" { // what was asked for in between, and when, is not recorded
		complete := facts.Day(r.complete)
		switch {
		case complete == nil || complete.Compare(start) < 0:
			isVague = true
		default:
			d.most = new(c.calendar.Roll(c.last(*complete, l.days, l.unit, stops)))
		}
	}
	if isVague {
		d.most = nil
	}
	return d
}

// putOff moves a day that was granted behind the stops that began after it was granted.
func putOff(until model.Date, granted *model.Date, stops []span) model.Date {
	for _, s := range stops {
		if granted != nil && s.from.Compare(*granted) >= 0 && s.from.Compare(until) < 0 {
			until = calendar.Add(until, calendar.Days(s.from, s.to))
		}
	}
	return until
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

// lawDay gives the day whose law holds for a step.
func (r rule) lawDay(start model.Date, facts Facts) model.Date {
	if r.law != "" {
		if d := facts.Day(r.law); d != nil {
			return *d
		}
	}
	return start
}

// doneField names the first field of the days on which the step was done whose cell holds
// anything; "" when none does.
func (r rule) doneField(facts Facts) string {
	for _, f := range r.done {
		if facts.Filled(f) {
			return f
		}
	}
	return ""
}

// hasEnded tells whether the record says that the step is over, though no day does.
func (r rule) hasEnded(facts Facts) bool {
	return r.over != nil && slices.Contains(r.over, facts.Value(stateField)) ||
		slices.ContainsFunc(r.ended, facts.Filled)
}

// readsState tells whether the state says anything about the step.
func (r rule) readsState() bool { return len(r.over)+len(r.paused) > 0 }

// limit gives the first limit that fits a step under the law of a day; nil when none
// does. isSure is false when an earlier one of another length may fit, too: a cell that
// would tell cannot be read.
func (r rule) limit(law model.Date, facts Facts) (found *limit, isSure bool) {
	isSure = true
	var may []*limit
	for i := range r.limits {
		l := &r.limits[i]
		if !l.holds(law) || !l.mayFit(facts) {
			continue
		}
		if !l.fits(facts) {
			may = append(may, l)
			continue
		}
		return l, !slices.ContainsFunc(may, l.differs)
	}
	return nil, false
}

func (l limit) holds(law model.Date) bool {
	return (l.from == nil || law.Compare(*l.from) >= 0) && (l.before == nil || law.Compare(*l.before) < 0)
}

func (l limit) fits(facts Facts) bool {
	return !slices.ContainsFunc(l.given, func(g string) bool { return !facts.Filled(g) }) &&
		!slices.ContainsFunc(l.when, func(w choice) bool { return !slices.Contains(w.values, facts.Value(w.field)) })
}

// mayFit tells whether the limit fits if cells that cannot be read are in its favour.
func (l limit) mayFit(facts Facts) bool {
	return !slices.ContainsFunc(l.given, func(g string) bool { return !facts.Filled(g) }) &&
		!slices.ContainsFunc(l.when, func(w choice) bool {
			return !slices.Contains(w.values, facts.Value(w.field)) && !facts.Unreadable(w.field)
		})
}

// differs tells whether another limit gives another due day.
func (l *limit) differs(o *limit) bool { return l.days != o.days || l.unit != o.unit }

func (e extension) isGranted(facts Facts) bool {
	return slices.ContainsFunc(e.granted, facts.Filled) || e.states != nil &&
		slices.Contains(e.states, facts.Value(stateField))
}

// span is time that is not counted: the days behind from up to to.
type span struct{ from, to model.Date }

// stopsOf gives the stops that are known, sorted; the first day from which the clock
// stands still, nil for none; and whether there was a stop of which nobody knows how long
// it was.
func stopsOf(stops []stop, facts Facts) (known []span, endless *model.Date, isVague bool) {
	for _, s := range stops {
		from, to := facts.Day(s.from), facts.Day(s.to)
		switch {
		case from != nil && to != nil && to.Compare(*from) >= 0:
			known = append(known, span{*from, *to})
		case from != nil && !facts.Filled(s.to):
			if endless == nil || from.Compare(*endless) < 0 {
				endless = from
			}
		case facts.Filled(s.from) || facts.Filled(s.to):
			isVague = true
		}
	}
	slices.SortFunc(known, func(a, b span) int { return a.from.Compare(b.from) })
	return known, endless, isVague
}

// last gives the last day that a period counts.
func (c *Clock) last(start model.Date, days int, unit model.DeadlineUnit, stops []span) model.Date {
	d := start
	for n := 0; n < days; {
		d = calendar.Add(d, 1)
		if s := stopAt(stops, d); s != nil {
			d = s.to
			continue
		}
		if unit == model.DeadlineUnitCalendarDays || c.calendar.IsWorkday(d) {
			n++
		}
	}
	return d
}

// due gives the day on which a period without stops is due.
func (c *Clock) due(start model.Date, l *limit) model.Date {
	return c.calendar.Roll(c.last(start, l.days, l.unit, nil))
}

// isEstimate tells whether a day of an unknown year was looked up in the calendar.
func (c *Clock) isEstimate(start, due model.Date, unit model.DeadlineUnit) bool {
	return !c.calendar.Knows(due) || unit == model.DeadlineUnitWorkingDays && !c.calendar.Knows(calendar.Add(start, 1))
}

func stopAt(stops []span, d model.Date) *span {
	for i, s := range stops {
		if d.Compare(s.from) > 0 && d.Compare(s.to) <= 0 {
			return &stops[i]
		}
	}
	return nil
}

// lastOverdue gives the latest start day whose period, without stops, has passed today.
func (c *Clock) lastOverdue(l *limit, today model.Date) model.Date {
	for d := calendar.Add(today, -l.days); ; d = calendar.Add(d, -1) {
		if c.due(d, l).Compare(today) < 0 {
			return d
		}
	}
}

// Overdue says which records have a step that is open past its deadline today. sure holds
// exactly for those of them whose due day the conditions can tell; doubtful holds for
// those that may be: their clock stopped some time, or their period was extended, and
// Deadlines must tell. doubtful is nil when that cannot be with any step of the record.
// ok is false when no rule is about the record.
func (c *Clock) Overdue(record string) (sure filter.Filter, doubtful *filter.Filter, ok bool) {
	rules := c.rules[record]
	if len(rules) == 0 {
		return filter.Filter{}, nil, false
	}
	today := c.today()
	sure.Or = []filter.Filter{nothing()}
	unsure := filter.Filter{Or: []filter.Filter{nothing()}}
	for _, r := range rules {
		late := c.late(r, today)
		doubt := r.doubt()
		if doubt == nil {
			sure.Or = append(sure.Or, late)
			continue
		}
		sure.Or = append(sure.Or, filter.Filter{And: []filter.Filter{late}, Not: doubt})
		unsure.Or = append(unsure.Or, filter.Filter{And: []filter.Filter{late, *doubt}})
	}
	if len(unsure.Or) > 1 {
		doubtful = &unsure
	}
	return sure, doubtful, true
}

// late holds for records in which the step is open and would be overdue if its clock had
// never stopped. Stops only make a step due later.
func (c *Clock) late(r rule, today model.Date) filter.Filter {
	var open filter.Filter
	if r.readsState() { // first: it is cheap, and rules most records out
		over := filter.Filter{Or: []filter.Filter{{Field: stateField, Any: slices.Concat(r.over, r.paused)},
			unreadable(stateField)}}
		open.And = append(open.And, filter.Filter{Not: &over})
	}
	counted := r.complete // the day from which it is certain that all days count
	begun := filter.Filter{Or: []filter.Filter{nothing()}}
	for i, start := range r.start {
		for j := range r.limits {
			before := calendar.Add(c.lastOverdue(&r.limits[j], today), 1)
			if counted != "" {
				begun.Or = append(begun.Or, filter.Filter{And: []filter.Filter{r.begun(i, j, nil),
					{Field: counted, Days: &filter.Days{Before: &before}},
					{Field: start, Period: &filter.Period{Done: counted}}}})
			} else if l := r.limits[j]; r.law != "" || l.from == nil || l.from.Compare(before) < 0 {
				// else none can be late yet
				begun.Or = append(begun.Or, r.begun(i, j, &before))
			}
		}
	}
	open.And = append(open.And, begun)
	for _, field := range slices.Concat(r.done, r.ended) {
		open.And = append(open.And, filter.Filter{Not: new(filled(field))})
	}
	return open
}

// begun holds for records in which the step began on the day of its start of index i,
// under its limit of index j: no earlier start has a day, and no earlier limit fits, nor
// may one of another length. The day lies before the given one; nil leaves that open.
func (r rule) begun(i, j int, before *model.Date) filter.Filter { return r.begins(i, j, before, true) }

// begins is begun; if not strict, an earlier limit of another length may fit, too.
func (r rule) begins(i, j int, before *model.Date, isStrict bool) filter.Filter {
	start, l := r.start[i], &r.limits[j]
	fits := l.condition(false)
	fits.And = append(fits.And, r.under(start, l, before)...)
	for _, earlier := range r.start[:i] {
		fits.And = append(fits.And, absent(earlier))
	}
	for k := range r.limits[:j] {
		if rival := &r.limits[k]; rival.meets(l) {
			wins := rival.condition(isStrict && rival.differs(l))
			wins.And = append(wins.And, r.under(start, rival, nil)...)
			fits.And = append(fits.And, filter.Filter{Not: &wins})
		}
	}
	return fits
}

// under says that the step began, before a day if one is given, under the law of a limit.
func (r rule) under(start string, l *limit, before *model.Date) []filter.Filter {
	if r.law == "" || r.law == start {
		days := filter.Days{From: l.from, Before: l.before}
		if before != nil && (days.Before == nil || before.Compare(*days.Before) < 0) {
			days.Before = before
		}
		return []filter.Filter{{Field: start, Days: &days}}
	}
	begun := filter.Filter{Field: start, Days: &filter.Days{Before: before}}
	if l.from == nil && l.before == nil {
		return []filter.Filter{begun}
	}
	law := filter.Days{From: l.from, Before: l.before}
	return []filter.Filter{begun, {Or: []filter.Filter{
		{Field: r.law, Days: &law},
		{And: []filter.Filter{absent(r.law), {Field: start, Days: &law}}},
	}}}
}

// doubt holds for records whose due day is later, or may be, than conditions on the start
// can tell; nil when that cannot be.
func (r rule) doubt() *filter.Filter {
	var doubt filter.Filter
	for _, s := range r.stops {
		doubt.Or = append(doubt.Or, filled(s.from), filled(s.to))
	}
	for _, s := range r.start[:len(r.start)-1] {
		doubt.Or = append(doubt.Or, unreadable(s))
	}
	var granted []string
	for _, l := range r.limits {
		if e := l.extension; e != nil {
			granted = append(granted, e.granted...)
			if len(e.states) > 0 {
				doubt.Or = append(doubt.Or, filter.Filter{Field: stateField, Any: e.states})
			}
		}
	}
	slices.Sort(granted)
	for _, g := range slices.Compact(granted) {
		doubt.Or = append(doubt.Or, filled(g))
	}
	if doubt.Or == nil {
		return nil
	}
	return &doubt
}

// condition holds for the records that the limit fits, whatever their start day; with may
// also for those of which a cell that cannot be read does not tell.
func (l *limit) condition(may bool) filter.Filter {
	var f filter.Filter
	for _, g := range l.given {
		f.And = append(f.And, filled(g))
	}
	for _, w := range l.when {
		is := filter.Filter{Field: w.field, Any: w.values}
		if may {
			is = filter.Filter{Or: []filter.Filter{is, unreadable(w.field)}}
		}
		f.And = append(f.And, is)
	}
	return f
}

// meets tells whether two limits can hold for the same start day.
func (l *limit) meets(o *limit) bool {
	return (l.before == nil || o.from == nil || o.from.Compare(*l.before) < 0) &&
		(o.before == nil || l.from == nil || l.from.Compare(*o.before) < 0)
}

func absent(field string) filter.Filter {
	return filter.Filter{Not: &filter.Filter{Field: field, Days: &filter.Days{}}}
}

func filled(field string) filter.Filter { return filter.Filter{Field: field, Standing: filter.Filled} }

func unreadable(field string) filter.Filter {
	return filter.Filter{Field: field, Standing: filter.Unreadable}
}

// nothing holds nowhere.
func nothing() filter.Filter { return filter.Filter{Keys: []string{}} }
