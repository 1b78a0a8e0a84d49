package plan

import (
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
)

// Tally is a question for figures per combination of the dimensions' raw values. Who
// reads the lines merges those that mean the same: it knows the codecs.
type Tally struct {
	Where      []Predicate
	Dimensions []Dimension
	Holds      []Predicate      // of how many rows each one holds
	Sums       []*mapping.Field // int and money fields to be added up
	Spans      []Span           // days between two dates
	// Rows asks for one line a row instead of one a combination: cheaper for the server
	// where hardly two rows would share a line.
	Rows bool
}

// Span is the time between two day fields.
type Span struct {
	From, To *mapping.Field
	// Apart asks for the two days themselves, for a reader who counts other days than
	// those of the calendar.
	Apart bool
}

// Tally renders the question as one statement. A line has, in this order:
//
//   - the raw value of each dimension, or its date bucket as ISO text or as a number of the
//     same digits;
//   - for each of Holds the number of rows of the line for which it holds;
//   - for each of Sums the exact sum of the cells that are plain numbers (NULL for none),
//     in fen for money, how many these are, and the one other raw cell that all further
//     rows of the line have (NULL for none), which only the codec can read;
//   - for each of Spans the days that all rows of the line have between the two dates;
//     NULL where one of them is missing, negative where they are reversed; or the ISO
//     texts of the two, each NULL where it is missing;
//   - the number of rows of the line.
func (t *Table) Tally(q Tally) Statement {
	var b builder
	if q.Rows {
		t.tallied(&b, q)
		return b.statement()
	}
	// Where fields are linked, some are sub-selects, by which not every engine groups.
	if len(q.Sums)+len(q.Spans)+len(t.linked) == 0 {
		t.counted(&b, q)
		return b.statement()
	}
	var group []string
	column := func(prefix string, i int) string { return quote(prefix + strconv.Itoa(i)) }
	key := func(prefix string, i int) {
		b.write(column(prefix, i) + ", ")
		group = append(group, column(prefix, i))
	}
	b.write("SELECT ")
	for i := range q.Dimensions {
		key("_d", i)
	}
	for i := range q.Holds {
		b.write("SUM(" + column("_h", i) + "), ")
	}
	for i := range q.Sums {
		b.write("SUM(" + column("_s", i) + "), COUNT(" + column("_s", i) + "), ")
		key("_o", i)
	}
	for i, s := range q.Spans {
		if s.Apart {
			key("_f", i)
		}
		key("_t", i)
	}
	b.write("COUNT(*) FROM (")
	t.tallied(&b, q)
	b.write(") AS r")
	b.groupBy(group)
	return b.statement()
}

// counted appends the select where nothing but counts is asked: without the inner select,
// which costs the server a twentieth.
func (t *Table) counted(b *builder, q Tally) {
	b.write("SELECT ")
	var group []string
	for i, d := range q.Dimensions {
		name := quote("_d" + strconv.Itoa(i))
		b.write(d.key(t, q.Where) + " AS " + name + ", ")
		group = append(group, name)
	}
	for _, p := range q.Holds {
		b.write("SUM(CASE WHEN ")
		p.render(b)
		b.write(" THEN 1 ELSE 0 END), ")
	}
	b.write("COUNT(*)")
	b.from(t)
	b.where(t, q.Where)
	b.groupBy(group)
}

func (b *builder) groupBy(columns []string) {
	if len(columns) > 0 {
		b.write(" GROUP BY " + strings.Join(columns, ", "))
	}
}

// tallied appends the select of one line a row.
func (t *Table) tallied(b *builder, q Tally) {
	b.write("SELECT ")
	as := func(prefix string, i int) { b.write(" AS " + quote(prefix+strconv.Itoa(i)) + ", ") }
	for i, d := range q.Dimensions {
		b.write(d.key(t, q.Where))
		as("_d", i)
	}
	for i, p := range q.Holds {
		b.write("CASE WHEN ")
		p.render(b)
		b.write(" THEN 1 ELSE 0 END")
		as("_h", i)
	}
	for i, f := range q.Sums {
		if q.Rows {
			b.write("NULL")
			as("_s", i)
			b.write("0")
			as("_n", i)
			b.write(quote(f.Column))
			as("_o", i)
			continue
		}
		raw := quote(f.Column)
		switch c := t.cells(f); {
		case c.typ.Charset != "":
			raw = c.exact()
		case isMojibake(c.charset): // CONCAT makes text of a number
			raw = "CONVERT(CONCAT(" + raw + ") USING utf8) COLLATE utf8_bin"
		}
		guard, value := plainNumber(f)
		b.write("CASE WHEN " + guard + " THEN " + value + " END")
		as("_s", i)
		b.write("CASE WHEN " + guard + " THEN NULL ELSE " + raw + " END")
		as("_o", i)
	}
	for i, s := range q.Spans {
		from, to := Dimension{s.From, Day}.expression(t), Dimension{s.To, Day}.expression(t)
		if s.Apart {
			b.write(from)
			as("_f", i)
			b.write(to)
		} else {
			b.write("DATEDIFF(" + to + ", " + from + ")")
		}
		as("_t", i)
	}
	b.write("1 AS `_rows`")
	b.from(t)
	b.where(t, q.Where)
}

// plainNumber gives when a cell of an int or money column is a number that SQL adds up
// exactly, and the number, of money in fen. All other cells are left to the codec: the
// guard is narrow rather than complete.
func plainNumber(f *mapping.Field) (guard, value string) {
	text := "TRIM(" + quote(f.Column) + ")"
	whole, places := "9", 0
	if f.Spec.Kind == "money" {
		whole = "12"
		places = map[string]int{"fen": 0, "yuan": 2, "wan": 6}[f.Spec.Unit]
	}
	guard = text + " REGEXP '^[0-9]{1," + whole + "}([.]"
	if places > 0 {
		guard += "[0-9]{1," + strconv.Itoa(places) + "}"
	}
	guard += "0*){0,1}$'"
	value = "CAST(" + text + " AS DECIMAL(24, " + strconv.Itoa(places) + "))"
	if f.Spec.From != "" {
		guard += " AND " + value + " >= " + bound(f, f.Spec.From)
	}
	if f.Spec.Before != "" {
		guard += " AND " + value + " < " + bound(f, f.Spec.Before)
	}
	for _, e := range f.Spec.Empty {
		if isNumber(e) {
			guard += " AND " + value + " <> " + e
		}
	}
	switch f.Spec.Unit {
	case "yuan":
		value += " * 100"
	case "wan":
		value += " * 1000000"
	}
	return guard, value
}

// bound writes a bound of a field in the unit of its column; those of money are in yuan.
func bound(f *mapping.Field, text string) string {
	if f.Spec.Kind == "money" {
		switch f.Spec.Unit {
		case "fen":
			return text + " * 100"
		case "wan":
			return text + " / 10000"
		}
	}
	return text
}
