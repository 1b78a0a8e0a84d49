package adapters

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/clock"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// Reason says why a row stands in no named bucket, or is not part of a figure.
type Reason = model.ExclusionReason

// The reasons.
const (
	Undated     = model.ExclusionReasonUndated
	Unmatched   = model.ExclusionReasonUnmatched
	NotRecorded = model.ExclusionReasonNotRecorded
	Reversed    = model.ExclusionReasonReversed
	NoAmount    = model.ExclusionReasonNoAmount
	Unreadable  = model.ExclusionReasonUnreadable
	UnknownCode = model.ExclusionReasonUnknownCode
)

// Question asks for figures per combination of the axes' values.
type Question struct {
	Filter   filter.Filter // which rows; the zero filter takes all
	Axes     []Axis        // none: one bucket of all rows
	Measures []Measure
}

// Measure is one figure of a bucket. Exactly one of Holds, Sum and the pair From and To
// is set.
type Measure struct {
	Name     string
	Holds    *filter.Filter // of how many rows it holds
	Sum      string         // int or money field to be added up
	From, To string         // day fields with the days between them
	Workdays bool           // of these days, only those on which offices are open
}

// Tally is the answer to a Question.
type Tally struct {
	// Buckets has one bucket for each combination that some row has, in no order. A row
	// with several values on an axis is in several buckets.
	Buckets []*Bucket
	Total   *Bucket // each row once
	// Without tells for each axis how many rows are in its bucket without a name, and why.
	Without []map[Reason]int

	measures []Measure
}

// Bucket is one combination of values with its figures.
type Bucket struct {
	Key     []*string // of each axis; nil where a row says nothing usable
	Rows    int
	Figures []Figure // of each measure
}

// Figure is what a measure came to in one bucket.
type Figure struct {
	Rows     int         // rows that count: it holds; the number is readable; both dates are, in their order
	Sum      int64       // of the numbers, in fen for money; of the days
	Reversed int         // rows whose dates are reversed
	Days     map[int]int // of a time between dates: days -> rows
}

// Percentile is the number of days within which at least so many percent of the rows lie
// (nearest rank); nil when no row counts.
func (f Figure) Percentile(percent int) *int {
	if f.Rows == 0 {
		return nil
	}
	rank := (f.Rows*percent + 99) / 100
	for _, days := range slices.Sorted(maps.Keys(f.Days)) {
		if rank -= f.Days[days]; rank <= 0 {
			return &days
		}
	}
	return nil
}

// Add merges another bucket of the same answer into this one.
func (b *Bucket) Add(other *Bucket) {
	b.Rows += other.Rows
	for i, f := range other.Figures {
		to := &b.Figures[i]
		to.Rows += f.Rows
		to.Sum += f.Sum
		to.Reversed += f.Reversed
		for days, n := range f.Days {
			to.count(days, n)
		}
	}
}

// NewBucket is an empty bucket with a figure for each measure of the question, as all
// buckets of an answer have: only so can they be added.
func (t *Tally) NewBucket(key []*string) *Bucket {
	return &Bucket{Key: key, Figures: make([]Figure, len(t.measures))}
}

func (f *Figure) count(days, rows int) {
	if f.Days == nil {
		f.Days = map[int]int{}
	}
	f.Days[days] += rows
}

// Statistics counts and groups the records of one kind.
type Statistics struct{ *settler }

// Tally groups and counts. One statement does it, and one more for each kind of condition
// that must be settled first: parties, findings, deadlines in doubt. The database groups by
// raw values and adds up what it can add up exactly; where hardly two rows would share a
// line, the rows are streamed. Memory is bounded by the buckets, never by
// the rows; too many buckets are LIMIT_EXCEEDED. Errors are faults.
func (s *Statistics) Tally(ctx context.Context, q Question) (*Tally, error) {
	table, err := s.visible(ctx)
	if err != nil {
		return nil, err
	}
	t := newTallier(table, s.clock, q)
	if err := s.prepare(ctx, t); err != nil {
		return nil, err
	}
	statement := table.Tally(t.plan)
	err = s.db.Query(ctx, statement.SQL, statement.Args, func(cells []sql.RawBytes) error {
		if err := t.line(cells); err != nil {
			return err
		}
		if len(t.buckets) > groupsCap {
			return s.tooLarge("groups", groupsCap)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	t.answer.Buckets = slices.Collect(maps.Values(t.buckets))
	return &t.answer, nil
}

// tallier reads the lines of one Tally statement.
type tallier struct {
	table    *plan.Table
	clock    *clock.Clock
	question Question
	plan     plan.Tally
	buckets  map[string]*Bucket
	read     []map[string]placed // by axis: what raw values were found to mean
	one      Bucket              // the line being read
	places   []placed            // of the line, by axis
	key      []*string           // of the combination being placed
	id       []byte              // the same as one text
	answer   Tally
}

func newTallier(table *plan.Table, c *clock.Clock, q Question) *tallier {
	axes := len(q.Axes)
	return &tallier{
		table: table, clock: c, question: q, buckets: map[string]*Bucket{},
		read: make([]map[string]placed, axes), places: make([]placed, axes), key: make([]*string, axes),
		answer: Tally{measures: q.Measures},
	}
}

// placed is where a raw value stands on an axis.
type placed struct {
	values  []string
	without Reason
}

// rememberedValues bounds what is remembered of each axis.
const rememberedValues = 10000

// prepare plans the statement. Filters that ask the clock may take one statement more.
func (s *Statistics) prepare(ctx context.Context, t *tallier) error {
	filters := []filter.Filter{t.question.Filter}
	for _, m := range t.question.Measures {
		if m.Holds != nil {
			filters = append(filters, *m.Holds)
		}
	}
	if _, err := s.check(t.table, filters[0]); err != nil {
		return err
	}
	filters, err := s.settle(ctx, t.table, nil, filters...)
	if err != nil {
		return err
	}
	if t.plan.Where, err = s.where(t.table, filters[0]); err != nil {
		return err
	}
	filters = filters[1:]
	for _, a := range t.question.Axes {
		t.plan.Dimensions = append(t.plan.Dimensions, a.dimension(t.table))
		t.answer.Without = append(t.answer.Without, map[Reason]int{})
	}
	texts, apart := 0, false
	for _, m := range t.question.Measures {
		switch {
		case m.Holds != nil:
			p, err := t.table.Compile("filter", filters[0], s.env)
			if err != nil {
				return err
			}
			filters = filters[1:]
			t.plan.Holds = append(t.plan.Holds, p)
		case m.Sum != "":
			f, err := s.field(t.table, m.Sum)
			if err != nil {
				return err
			}
			t.plan.Sums = append(t.plan.Sums, f)
			if f.Spec.Kind == "money" && f.Spec.Unit != "fen" {
				texts++ // 3,000元, 2万: each its own line
			}
		default:
			from, err := s.field(t.table, m.From)
			if err != nil {
				return err
			}
			to, err := s.field(t.table, m.To)
			if err != nil {
				return err
			}
			t.plan.Spans = append(t.plan.Spans, plan.Span{From: from, To: to, Apart: m.Workdays})
			apart = apart || m.Workdays
		}
	}
	t.plan.Rows = texts > 0 || apart || len(t.plan.Spans) > 1
	t.answer.Total = t.answer.NewBucket(make([]*string, 0))
	t.one = *t.answer.NewBucket(nil)
	return nil
}

// field finds a mapped field; a site's overlay may have removed it.
func (s *store) field(table *plan.Table, name string) (*mapping.Field, error) {
	if f := table.Field(name); f != nil {
		return f, nil
	}
	return nil, fmt.Errorf("adapters: %s has no mapped field %s", s.kind.Record, name)
}

// line reads one line: some rows that share raw values.
func (t *tallier) line(cells []sql.RawBytes) error {
	at := len(t.question.Axes)
	rows, err := number(cells[len(cells)-1])
	if err != nil {
		return err
	}
	t.one.Rows = int(rows)
	if err := t.figures(cells[at:len(cells)-1], int(rows)); err != nil {
		return err
	}
	t.answer.Total.Add(&t.one)
	for i := range t.question.Axes {
		t.places[i] = t.placed(i, cells[i])
		if p := t.places[i]; len(p.values) == 0 {
			t.answer.Without[i][p.without] += t.one.Rows
		}
	}
	t.place(0)
	return nil
}

// figures reads the figures of a line in the order of plan.Table.Tally.
func (t *tallier) figures(cells []sql.RawBytes, rows int) error {
	holds, sums := 0, len(t.plan.Holds)
	spans := sums + 3*len(t.plan.Sums)
	for i, m := range t.question.Measures {
		f := &t.one.Figures[i]
		clear(f.Days)
		*f = Figure{Days: f.Days}
		switch {
		case m.Holds != nil:
			n, err := number(cells[holds])
			if err != nil {
				return err
			}
			holds++
			f.Rows = int(n)
		case m.Sum != "":
			sum, err := number(cells[sums])
			if err != nil {
				return err
			}
			n, err := number(cells[sums+1])
			if err != nil {
				return err
			}
			f.Sum, f.Rows = sum, int(n)
			if other := cells[sums+2]; other != nil {
				if v, ok := t.amount(m.Sum, other); ok {
					f.Sum += v * int64(rows)
					f.Rows += rows
				}
			}
			sums += 3
		default:
			width := 1
			if m.Workdays {
				width = 2
			}
			days, known, err := t.span(cells[spans : spans+width])
			switch {
			case err != nil:
				return err
			case !known:
			case days < 0:
				f.Reversed = rows
			default:
				f.Rows, f.Sum = rows, int64(days)*int64(rows)
				f.count(days, rows)
			}
			spans += width
		}
	}
	return nil
}

// span reads the days between two dates: from one cell, or working days from two.
func (t *tallier) span(cells []sql.RawBytes) (days int, known bool, err error) {
	for _, c := range cells {
		if c == nil {
			return 0, false, nil
		}
	}
	if len(cells) == 1 {
		n, err := number(cells[0])
		return int(n), true, err
	}
	from, err := model.ParseDate(string(cells[0]))
	if err != nil {
		return 0, false, err
	}
	to, err := model.ParseDate(string(cells[1]))
	if err != nil {
		return 0, false, err
	}
	if to.Compare(from) < 0 {
		return -1, true, nil
	}
	return t.clock.Workdays(from, to), true, nil
}

// amount reads a cell that only the codec can read.
func (t *tallier) amount(field string, raw []byte) (int64, bool) {
	v, _ := t.table.Codecs[field].Decode(raw)
	switch v := v.(type) {
	case *model.Money:
		return int64(*v), true
	case *int:
		return int64(*v), true
	}
	return 0, false
}

// place adds the line to the bucket of each combination of its values, axis by axis.
func (t *tallier) place(axis int) {
	if axis == len(t.places) {
		b := t.buckets[string(t.id)]
		if b == nil {
			b = t.answer.NewBucket(slices.Clone(t.key))
			t.buckets[string(t.id)] = b
		}
		b.Add(&t.one)
		return
	}
	before := len(t.id)
	values := t.places[axis].values
	if len(values) == 0 {
		t.key[axis] = nil
		t.id = append(t.id, 0)
		t.place(axis + 1)
	}
	for i := range values {
		t.key[axis] = &values[i]
		t.id = append(append(append(t.id[:before], 'v'), values[i]...), 0)
		t.place(axis + 1)
	}
	t.id = t.id[:before]
}

// placed is where a raw value stands on an axis; values repeat, so it is remembered, but
// for towns and departments, which their codec remembers.
func (t *tallier) placed(axis int, raw []byte) placed {
	if kind := t.question.Axes[axis].Kind; kind == "town" || kind == "department" {
		var p placed
		p.values, p.without = t.question.Axes[axis].values(t.table, raw)
		return p
	}
	known := t.read[axis]
	if raw != nil && known != nil {
		if p, ok := known[string(raw)]; ok {
			return p
		}
	}
	var p placed
	p.values, p.without = t.question.Axes[axis].values(t.table, raw)
	if raw == nil {
		return p
	}
	if known == nil {
		known = map[string]placed{}
		t.read[axis] = known
	}
	if len(known) < rememberedValues {
		known[string(raw)] = p
	}
	return p
}

// number reads a whole number that SQL gave, possibly with a fraction of zeros; 0 for
// NULL.
func number(cell []byte) (int64, error) {
	if cell == nil {
		return 0, nil
	}
	whole, _, _ := strings.Cut(string(cell), ".")
	return strconv.ParseInt(whole, 10, 64)
}
