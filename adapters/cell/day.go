package cell

import (
	"fmt"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// calendar reads date cells; the codecs for days, instants and partial days give their
// own values of what it finds.
type calendar struct {
	column
	layouts []layout
	from    model.Date
	before  model.Date
}

func newCalendar(spec Spec) (calendar, error) {
	col, err := newColumn(spec, true)
	if err != nil {
		return calendar{}, err
	}
	c := calendar{column: col}
	texts := spec.Layouts
	if len(texts) == 0 { // what the server writes for DATE and DATETIME
		texts = []string{"2006-01-02", "2006-01-02 15:04:05.999999"}
	}
	for _, text := range texts {
		l, err := parseLayout(text)
		if err != nil {
			return calendar{}, err
		}
		if l.word == "" && !l.has(dayElement) && spec.Kind != "partialDay" {
			return calendar{}, fmt.Errorf("layout %q has no day; cell partialDay reads it", text)
		}
		c.layouts = append(c.layouts, l)
	}
	// The People's Republic has no older files; later dates mean "open end".
	c.from, c.before = model.Date{Year: 1949, Month: 10, Day: 1}, model.Date{Year: 2100, Month: 1, Day: 1}
	if spec.From != "" {
		if c.from, err = model.ParseDate(spec.From); err != nil {
			return calendar{}, fmt.Errorf("from %w", err)
		}
	}
	if spec.Before != "" {
		if c.before, err = model.ParseDate(spec.Before); err != nil {
			return calendar{}, fmt.Errorf("before %w", err)
		}
	}
	if c.from.Compare(c.before) >= 0 {
		return calendar{}, fmt.Errorf("before %q is not after from %q", c.before, c.from)
	}
	return c, nil
}

// Spell implements Codec: dates have too many forms to list; the planner compares ranges.
func (c *calendar) Spell(string) ([]string, bool) { return nil, false }

// moment reads a cell by the first layout that fits its shape. No moment and no problem
// means that nothing is there.
func (c *calendar) moment(raw []byte) (m moment, found bool, problem *Problem) {
	var buf [64]byte
	text, problem := c.read(buf[:], raw)
	if len(text) == 0 {
		return moment{}, false, problem
	}
	if isZeroDate(text) {
		return moment{}, false, zeroDate
	}
	for i := range c.layouts {
		if m, ok := c.layouts[i].match(text); ok {
			if m.year == 0 && m.month == 0 && m.day == 0 {
				return moment{}, false, zeroDate
			}
			return m, true, nil
		}
	}
	return moment{}, false, unreadableDate
}

// date reads a cell that names a whole day, which is checked against the calendar and the
// accepted range; m is what else the cell says. No day and no problem means that nothing is
// there.
func (c *calendar) date(raw []byte) (d model.Date, m moment, found bool, problem *Problem) {
	m, found, problem = c.moment(raw)
	if !found {
		return model.Date{}, m, false, problem
	}
	d, ok := model.NewDate(m.year, m.month, m.day)
	if !ok {
		return d, m, false, impossibleDate
	}
	if d.Compare(c.from) < 0 || d.Compare(c.before) >= 0 {
		return d, m, false, dateOutOfRange
	}
	return d, m, true, nil
}

// isZeroDate tells whether all digits of a date are zeros: 0000-00-00 00:00:00, 00000000,
// or the 0 of a number column. Such a cell is never a date, whatever the layouts say.
func isZeroDate(text []byte) bool {
	zeros := 0
	for _, b := range text {
		switch b {
		case '0':
			zeros++
		case '-', '/', '.', ':', ' ':
		default:
			return false
		}
	}
	return zeros > 0
}

type dayCodec struct{ calendar }

func newDay(spec Spec, _ Env) (Codec, error) {
	c, err := newCalendar(spec)
	if err != nil {
		return nil, err
	}
	return &dayCodec{c}, nil
}

// Decode gives *model.Date; of a cell with a time, its day in Asia/Shanghai.
func (c *dayCodec) Decode(raw []byte) (any, *Problem) {
	d, _, found, problem := c.date(raw)
	if !found {
		return nil, problem
	}
	return new(d), nil
}

type instantCodec struct{ calendar }

func newInstant(spec Spec, _ Env) (Codec, error) {
	c, err := newCalendar(spec)
	if err != nil {
		return nil, err
	}
	return &instantCodec{c}, nil
}

// Decode gives *model.Instant; of a cell without a time, midnight.
func (c *instantCodec) Decode(raw []byte) (any, *Problem) {
	d, m, found, problem := c.date(raw)
	if !found {
		return nil, problem
	}
	at, ok := model.NewInstant(d, m.hour, m.minute, m.second)
	if !ok {
		return nil, impossibleDate
	}
	return new(at), nil
}

type partialDayCodec struct{ calendar }

func newPartialDay(spec Spec, _ Env) (Codec, error) {
	c, err := newCalendar(spec)
	if err != nil {
		return nil, err
	}
	return &partialDayCodec{c}, nil
}

// Decode gives *model.PartialDate, as precise as the cell: month and day of 2024-00-00
// are unknown. A year or month counts as in range when any of its days is.
func (c *partialDayCodec) Decode(raw []byte) (any, *Problem) {
	m, found, problem := c.moment(raw)
	if !found {
		return nil, problem
	}
	first, last := m, m
	if m.day == 0 {
		first.day, last.day = 1, 31 // to compare with, the 31st of any month will do
		if m.month == 0 {
			first.month, last.month = 1, 12
		}
	}
	from, ok := model.NewDate(first.year, first.month, first.day)
	if !ok {
		return nil, impossibleDate
	}
	to := model.Date{Year: from.Year, Month: uint8(last.month), Day: uint8(last.day)}
	if to.Compare(c.from) < 0 || from.Compare(c.before) >= 0 {
		return nil, dateOutOfRange
	}
	return &model.PartialDate{Year: from.Year, Month: uint8(m.month), Day: uint8(m.day)}, nil
}
