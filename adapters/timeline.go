package adapters

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/page"
)

// A timeline is one list of the records of several systems: newest day of receipt first,
// undated records last; on one day in the order of model.AllSystem, and in one system in
// its own order of keys, the greatest first. A place in it means the same to every
// system, so each goes on from there by itself, and rows that come in meanwhile move
// nothing.

// Place is a record's place in a timeline.
type Place struct {
	Day    string // ISO day of receipt; "" for an undated record
	System model.System
	Key    string // the record's place, see model.Row

	kind *model.Kind // of the record; nil for a place that a client named
}

// timelineOrder names the order in cursors.
const timelineOrder = "RECORDS"

// Cursor is the opaque text of the place.
func (p Place) Cursor() string {
	key := p.Key
	if p.kind != nil {
		key = p.kind.Hide(key)
	}
	return page.Cursor{Order: timelineOrder, Value: &p.Day, Key: string(p.System) + "|" + key}.Encode()
}

// Stretch is a part of a timeline that is asked for.
type Stretch struct {
	After  *Place // nil is the beginning
	Limit  int    // records at most
	Period *model.DateRange
}

// StretchOf checks a client's arguments. Limit is one more than the page, to learn of
// a next one. Errors are BAD_INPUT faults.
func StretchOf(first *int, after *string, period *model.DateRange) (Stretch, error) {
	window, err := page.Args{First: first, After: after}.Window(timelineOrder)
	if err != nil {
		return Stretch{}, err
	}
	if period != nil && period.IsUnreadable != nil {
		return Stretch{},
			fault.Input("filter.period", "isUnreadable is a condition of filters; a period has from and before")
	}
	if period != nil && period.From != nil && period.Before != nil && period.From.Compare(*period.Before) >= 0 {
		return Stretch{}, fault.Input("filter.period", "from %s must lie before %s", period.From, period.Before)
	}
	s := Stretch{Limit: window.Size + 1, Period: period}
	if c := window.Cursor; c != nil {
		system, key, ok := strings.Cut(c.Key, "|")
		if !ok || c.Value == nil || !isDayOrNone(*c.Value) || !model.System(system).IsValid() {
			return Stretch{}, fault.Input("after", "is no cursor of a list of records")
		}
		s.After = &Place{Day: *c.Value, System: model.System(system), Key: key}
	}
	return s, nil
}

func isDayOrNone(text string) bool {
	if text == "" {
		return true
	}
	_, err := model.ParseDate(text)
	return err == nil
}

// Moment is one record of a timeline.
type Moment struct {
	Record model.Record
	Place  Place
}

// Compare orders moments as a timeline runs. Keys of one system are compared as numbers
// where they have none but digits.
func (m Moment) Compare(other Moment) int {
	a, b := m.Place, other.Place
	return cmp.Or(
		cmp.Compare(b.Day, a.Day),
		cmp.Compare(rank(a.System), rank(b.System)),
		cmp.Compare(len(b.Key), len(a.Key)),
		cmp.Compare(b.Key, a.Key),
	)
}

// CompareSystems is Compare without the keys, for moments that each system has brought
// in its own order.
func (m Moment) CompareSystems(other Moment) int {
	return cmp.Or(cmp.Compare(other.Place.Day, m.Place.Day),
		cmp.Compare(rank(m.Place.System), rank(other.Place.System)))
}

func rank(s model.System) int { return slices.Index(model.AllSystem, s) }

// Covers tells whether a moment lies in the stretch, its limit aside.
func (s Stretch) Covers(m Moment) bool {
	if s.After != nil {
		after := *s.After
		if m.Place.kind != nil {
			after.Key, _ = m.Place.kind.Unhide(after.Key)
		}
		if (Moment{Place: after}).Compare(m) >= 0 {
			return false
		}
	}
	if s.Period == nil {
		return true
	}
	day, err := model.ParseDate(m.Place.Day)
	return err == nil && (s.Period.From == nil || s.Period.From.Compare(day) <= 0) &&
		(s.Period.Before == nil || day.Compare(*s.Period.Before) < 0)
}

// MomentOf places a record of the source; receivedOn is its day of receipt.
func MomentOf[T any](s *Source[T], row *T, receivedOn *model.Date) Moment {
	m := Moment{Place: Place{System: s.kind.System, Key: s.entry(row).row().Place(), kind: s.kind}}
	m.Record, _ = any(row).(model.Record)
	if receivedOn != nil {
		m.Place.Day = receivedOn.String()
	}
	return m
}

// Newest answers the same stretch of each parent's timeline, as far as this source goes:
// one statement for up to 100 parents, whatever the rows. Parents without records are
// absent; all are where the site does not record the field. T must be a model.Record; its
// records are undated where the site does not record receivedOn.
func Newest[T any](ctx context.Context, s *Source[T], field string, keys []string,
	stretch Stretch) (map[string][]Moment, error) {
	table, err := s.visible(ctx)
	if err != nil || !s.Records(field) {
		return nil, err
	}
	received := table.Field("receivedOn")
	q := plan.List{
		Project: plan.Project(table, s.want(ctx)),
		Order:   plan.Order{Field: received, Desc: true, ByDay: true},
		Limit:   stretch.Limit,
	}
	if stretch.Period != nil {
		p, err := table.Compile("filter", filter.Filter{Field: "receivedOn",
			Days: &filter.Days{From: stretch.Period.From, Before: stretch.Period.Before}}, s.env)
		if err != nil {
			return nil, err
		}
		q.Where = append(q.Where, p)
	}
	begin := numbered(table, false)
	if at := stretch.After; at != nil {
		if at.System == s.kind.System {
			key, known := s.kind.Unhide(at.Key)
			var day *string
			if at.Day != "" {
				day = &at.Day
			}
			var ok bool
			if q.After, begin, ok = position(table, day, key, false); !ok || !known {
				return nil, fault.Input("after", "is no cursor of a list of records")
			}
			if begin != nil {
				q.Limit += begin.more()
			}
		} else {
			q.Where = append(q.Where, table.UpTo(received, at.Day, rank(s.kind.System) > rank(at.System)))
		}
	}
	moments := make(map[string][]Moment, len(keys))
	at := 1 + len(q.Project.Columns)
	for chunk := range slices.Chunk(unique(keys), parentsPerStatement) {
		parents, err := s.parents(table, field, chunk)
		if err != nil {
			return nil, err
		}
		numbering := make([]likes, len(chunk))
		for i := range numbering {
			if begin != nil {
				numbering[i] = *begin
			}
		}
		err = s.read(ctx, table, table.Pages(q, parents), q.Project, 1, func(row *T, cells []sql.RawBytes) {
			i, _ := strconv.Atoi(string(cells[0]))
			if len(moments[chunk[i]]) == stretch.Limit || begin != nil && !numbering[i].take(s.entry(row).row()) {
				return
			}
			m := MomentOf(s, row, nil)
			m.Place.Day = string(cells[at])
			moments[chunk[i]] = append(moments[chunk[i]], m)
		})
		if err != nil {
			return nil, err
		}
	}
	return moments, nil
}
