package publicity

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/dataset"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// Yearly volumes at scale 1. The talks are the "eight entries" talks on rule-of-law
// thought that the 2023 report counts; the half-years around 2023 get half of it.
const (
	eventsAYear = 1200
	talksIn2023 = 312
	olderEvents = 90
)

// Codes of zhuangtai_types. They are not in the order of the process: 取消 was there
// before the last three steps were added.
const (
	planned   = 1
	approved  = 2
	scheduled = 3
	held      = 4
	cancelled = 5
	reported  = 6
	verified  = 7
	counted   = 8
)

// Codes of changsuo_types. The talks of the report stand at the first eight of the eight
// entries (八进); 青春讲堂 and 宗教场所 belong to them, too, and have other events.
const eightEntries = 8

// Codes of xingshi_types.
const (
	lecture  = 1
	media    = 4
	training = 7
)

// Codes of zhuti_types.
const (
	xiThought    = 1
	constitution = 2
)

// event is what happened. Days are zero until they have come.
type event struct {
	id                                                    int
	day                                                   time.Time // planned, and held if it was
	created, approved, held, reported, verified, finished time.Time
	status, venue, form, theme                            int
	talk                                                  bool // one of the talks the 2023 report counts
}

// timelines invents what the events are and when their steps were taken, in the order in
// which they were registered.
func (s *scribe) timelines() []event {
	w := s.w
	half := w.N(eventsAYear / 2)
	var events []event
	for range w.N(olderEvents) {
		e := event{day: s.eventDay(world.Day(2016, 3, 1), world.Start)}
		s.plan(&e, world.Day(2016, 1, 4))
		events = append(events, e)
	}
	for range half {
		e := event{day: s.eventDay(world.Start, world.Day(2023, 1, 1))}
		s.plan(&e, world.Start)
		events = append(events, e)
	}
	full, talks := w.N(eventsAYear), w.N(talksIn2023)
	for i := range full {
		e := event{day: s.eventDay(world.Day(2023, 1, 1), world.Day(2024, 1, 1)), talk: i < talks}
		s.plan(&e, world.Day(2023, 1, 1))
		if e.talk {
			e.venue, e.form, e.theme = 1+i%eightEntries, lecture, xiThought
		} else if e.form == lecture && e.theme == xiThought && !e.held.IsZero() {
			e.theme = constitution // or it would be one talk more
		}
		events = append(events, e)
	}
	for range half { // some of them are still to come when the demo's time ends
		e := event{day: s.eventDay(world.Day(2024, 1, 1), world.End.AddDate(0, 0, 45))}
		s.plan(&e, world.Day(2024, 1, 1))
		events = append(events, e)
	}
	slices.SortStableFunc(events, func(a, b event) int { return a.created.Compare(b.created) })
	return events
}

// eventDay takes a day in [from, before), more likely one on which publicity happens.
func (s *scribe) eventDay(from, before time.Time) time.Time {
	for {
		if day := world.DayBetween(s.r, from, before); s.chance(likelihood(day)) {
			return day
		}
	}
}

// plan invents the rest of an event around its day: what it is, and the steps that were
// taken before the demo's time ends. Nothing was registered before the given day.
func (s *scribe) plan(e *event, from time.Time) {
	e.venue, e.form = number(s.run.Make("anyVenue")), number(s.run.Make("anyForm"))
	e.theme = number(s.run.Make(themeOf(e.day)))
	if year := world.Day(e.day.Year(), 1, 1); from.Before(year) {
		from = year // numbers begin anew each year
	}
	e.created = workday(e.day.AddDate(0, 0, -s.between(3, 40)))
	if e.created.Before(from) {
		e.created = from.AddDate(0, 0, s.r.IntN(1+int(e.day.Sub(from).Hours()/24)))
	}
	if !e.created.Before(world.End) {
		e.created = world.End.AddDate(0, 0, -s.between(1, 25))
	}
	steps := []struct {
		status int
		day    *time.Time
		after  int // days after the step before
	}{
		{approved, &e.approved, s.between(1, 4)},
		{held, &e.held, 0},
		{reported, &e.reported, s.between(1, 10)},
		{verified, &e.verified, s.between(3, 20)},
		{counted, &e.finished, s.between(5, 60)},
	}
	if !e.talk && s.chance(3) {
		e.status, e.finished = cancelled, earlier(workday(e.day.AddDate(0, 0, -1)), world.End.AddDate(0, 0, -1))
		if e.finished.Before(e.created) {
			e.finished = e.created
		}
		return
	}
	last := len(steps)
	if s.chance(4) { // nobody went on with these
		last = s.between(2, 4)
	}
	e.status = planned
	at := e.created
	for _, step := range steps[:last] {
		at = workday(at.AddDate(0, 0, step.after))
		switch step.status {
		case approved:
			at = earlier(at, e.day)
		case held:
			at = e.day
		}
		if !at.Before(world.End) {
			break
		}
		e.status, *step.day = step.status, at
	}
	if e.status == approved && e.day.Sub(world.End) < 20*24*time.Hour {
		e.status = scheduled
	}
}

// themeOf names the value of the file that gives the theme of an event on the day: the Civil
// Code in May, the Constitution in early December, the Asian Games before and during them in
// autumn 2023 are likelier than at other times.
func themeOf(day time.Time) string {
	switch {
	case day.Month() == time.May:
		return "springTheme"
	case day.Month() == time.December && day.Day() < 8:
		return "constitutionTheme"
	case day.Year() == 2023 && day.Month() >= time.July && day.Month() <= time.October:
		return "gamesTheme"
	}
	return "anyTheme"
}

// eventRows gives the events in the order in which they were registered.
func (s *scribe) eventRows(run *dataset.Run) iter.Seq[map[string]any] {
	s.run, s.r = run, run.Rand
	s.events = s.timelines()
	return func(yield func(map[string]any) bool) {
		serials := map[int]int{}
		for i := range s.events {
			e := &s.events[i]
			e.id = 1001 + i
			year := e.created.Year()
			serials[year]++
			if !yield(map[string]any{
				"talk": e.talk, "status": e.status, "venue": e.venue, "form": e.form, "theme": e.theme,
				"created": e.created, "day": e.day, "approved": came(e.approved), "held": came(e.held),
				"reported": came(e.reported),
				"verified": came(e.verified), "finished": came(e.finished), "year": year, "serial": serials[year],
				"items": s.items[year],
			}) {
				return
			}
		}
	}
}

// came is the day, NULL for one that has not come.
func came(day time.Time) any {
	if day.IsZero() {
		return nil
	}
	return day
}

// handouts gives what was handed out at the events that were held.
func (s *scribe) handouts(*dataset.Run) iter.Seq[map[string]any] {
	return func(yield func(map[string]any) bool) {
		for i := range s.events {
			e := &s.events[i]
			if e.held.IsZero() || e.form == media {
				continue
			}
			for range s.r.IntN(3) {
				if !yield(map[string]any{"event": e.id, "held": e.held}) {
					return
				}
			}
		}
	}
}

// planItem is the item of the year's plan that an event belongs to, 0 for none.
func planItem(r *dataset.Row) any {
	items, _ := r.Get("items").([]int)
	if len(items) == 0 || r.Rand.IntN(100) < 40 {
		return 0
	}
	return world.Pick(r.Rand, items)
}

// speakers gives who speaks at a lecture or training, and the licence when one of them is a
// lawyer.
func speakers(r *dataset.Row) any {
	if form := number(r.Get("form")); form != lecture && form != training {
		return nil
	}
	if r.Rand.IntN(100) < 5 {
		return map[string]any{"names": "待定", "licence": nil}
	}
	var names []string
	for range 1 + r.Rand.IntN(3) {
		names = append(names, r.Make("person").(*world.Person).Name)
	}
	var licence any
	if r.Rand.IntN(100) < 30 {
		lawyer := world.Pick(r.Rand, r.World.Lawyers)
		names[0] = lawyer.Name
		switch r.Rand.IntN(20) {
		case 0:
			licence = "'" + lawyer.Licence
		case 1:
			licence = dataset.Wide(lawyer.Licence)
		default:
			licence = lawyer.Licence
		}
	}
	return map[string]any{"names": strings.Join(names, world.Pick(r.Rand, []string{",", "、", "，", ";"})),
		"licence": licence}
}

// number is a whole number of the file or of this package.
func number(v any) int {
	if n, ok := v.(int); ok {
		return n
	}
	n, _ := strconv.Atoi(v.(string))
	return n
}
