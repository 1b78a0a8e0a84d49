package plan

import (
	"slices"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
)

// List is a question for one page of a table.
type List struct {
	Project *Projection
	Where   []Predicate
	Order   Order
	After   *Position // the page starts behind it, in walking direction; nil starts at the beginning
	Reverse bool      // walk from the order's end; rows then come in reverse
	Limit   int       // rows at most; ask one more than the page to learn of a next one
	// Unplaced leaves out the sort expression's column, which only a cursor needs, unless
	// the order runs by an expression.
	Unplaced bool
}

// Parent is one parent of a nested list: the raw texts by which children refer to it.
type Parent struct {
	Where Predicate
	After *Position // where this parent's page starts; nil starts where the question does
}

// List renders the page as one statement. The columns are those of the projection,
// then, when the order has a field, its sort expression.
func (t *Table) List(q List) Statement {
	var b builder
	t.list(&b, q, -1)
	return b.statement()
}

// Pages renders the page of each parent as one UNION ALL of limited selects; the first
// column is the parent's index.
func (t *Table) Pages(q List, parents []Parent) Statement {
	var b builder
	if len(parents) == 1 {
		t.list(&b, q.under(parents[0]), 0)
		return b.statement()
	}
	if !slices.ContainsFunc(parents, func(p Parent) bool { return p.After != nil }) {
		return t.alike(q, parents)
	}
	for i, parent := range parents {
		if i > 0 {
			b.write(" UNION ALL ")
		}
		b.write("(")
		t.list(&b, q.under(parent), i)
		b.write(")")
	}
	return b.statement()
}

// alike renders Pages where the selects differ in nothing but the parent: what they have
// in common is rendered once.
func (t *Table) alike(q List, parents []Parent) Statement {
	var common builder
	var gap gap
	t.list(&common, q.under(Parent{Where: &gap}), 0)
	_, text, _ := strings.Cut(common.sql.String(), parentColumn(0))
	gap.text -= common.sql.Len() - len(text)

	var b builder
	b.sql.Grow(len(parents)*(len(text)+64) + conditions(parents))
	for i, parent := range parents {
		if i > 0 {
			b.write(" UNION ALL ")
		}
		b.write("(SELECT " + parentColumn(i))
		b.write(text[:gap.text])
		b.args = append(b.args, common.args[:gap.args]...)
		parent.Where.render(&b)
		b.write(text[gap.text:])
		b.args = append(b.args, common.args[gap.args:]...)
		b.write(")")
	}
	return b.statement()
}

// conditions is the length of those predicates that are rendered already.
func conditions(parents []Parent) int {
	n := 0
	for _, p := range parents {
		if f, ok := p.Where.(fragment); ok {
			n += len(f.SQL)
		}
	}
	return n
}

// gap is a place for a predicate; it notes where that is.
type gap struct{ text, args int }

func (g *gap) render(b *builder) { g.text, g.args = b.sql.Len(), len(b.args) }

// parentColumn is the column that tells the parents' rows apart.
func parentColumn(i int) string { return strconv.Itoa(i) + " AS `_parent`, " }

// under is the question among one parent's children.
func (q List) under(parent Parent) List {
	q.Where = append([]Predicate{parent.Where}, q.Where...)
	if parent.After != nil {
		q.After = parent.After
	}
	return q
}

// list appends one limited select; parent is the constant in its first column, or -1.
func (t *Table) list(b *builder, q List, parent int) {
	b.write("SELECT ")
	if parent >= 0 {
		b.write(parentColumn(parent))
	}
	join(b, q.Project.Columns, ", ", func(column string) {
		if parent >= 0 && t.column(column).IsFilled { // a UNION shows it without its zeros
			b.write("CONCAT(" + quote(column) + ")")
			return
		}
		b.ident(column)
	})
	if q.Order.Field != nil {
		if k := q.Order.key(t); !q.Unplaced || !k.bare {
			b.write(", " + k.expression + " AS ")
			b.ident(sortColumn)
		}
	}
	b.from(t)
	where := q.Where
	if q.After != nil {
		where = append(append([]Predicate(nil), where...), beyond{t, q.Order, *q.After, q.Reverse})
	}
	b.where(t, where)
	b.orderBy(t, q.Order, q.Reverse)
	b.write(" LIMIT " + strconv.Itoa(q.Limit))
}

// Count renders a count that stops at atMost rows, so that counting a large table costs
// no more than that.
func (t *Table) Count(where []Predicate, atMost int) Statement {
	var b builder
	t.count(&b, where, atMost, -1)
	return b.statement()
}

// Counts renders the capped count of each parent as one statement; the first column is
// the parent's index.
func (t *Table) Counts(where []Predicate, atMost int, parents []Parent) Statement {
	var b builder
	for i, parent := range parents {
		if i > 0 {
			b.write(" UNION ALL ")
		}
		t.count(&b, append([]Predicate{parent.Where}, where...), atMost, i)
	}
	return b.statement()
}

func (t *Table) count(b *builder, where []Predicate, atMost, parent int) {
	b.write("SELECT ")
	if parent >= 0 {
		b.write(parentColumn(parent))
	}
	b.write("COUNT(*) AS `_count` FROM (SELECT 1 AS `one`")
	b.from(t)
	b.where(t, where)
	b.write(" LIMIT " + strconv.Itoa(atMost) + ") AS c")
}

// ByKey renders the rows for which the predicate holds, at most limit of them, in key
// order, those with the same key and digest together: the child rows or the referred rows of a batch of parents.
func (t *Table) ByKey(project *Projection, where Predicate, limit int) Statement {
	var b builder
	b.write("SELECT ")
	join(&b, project.Columns, ", ", b.ident)
	b.from(t)
	b.where(t, []Predicate{where})
	b.keyOrder(t)
	if !t.IsVouched() {
		b.write(", ")
		b.ident(digestColumn)
	}
	b.write(" LIMIT " + strconv.Itoa(limit))
	return b.statement()
}

// Dimension is one axis of a grouping.
type Dimension struct {
	Field *mapping.Field
	Unit  Unit // of a date; Raw for everything else
}

// Unit is the width of a date bucket.
type Unit string

// The units. A bucket is named by the ISO text of its year, month or day.
const (
	Raw   Unit = ""
	Year  Unit = "YEAR"
	Month Unit = "MONTH"
	Day   Unit = "DAY"
)

// key is what rows are grouped by: the expression, or where a column is native a number
// that says the same, 2023, 202301 or 20230115, which the server makes and compares faster.
// Of rows that hold a readable day by the conditions, that is not asked again.
func (d Dimension) key(t *Table, where []Predicate) string {
	if !d.Field.IsRecorded() {
		return null
	}
	if d.Unit == "" || !isNative(d.Field) {
		return d.expression(t)
	}
	column := quote(d.Field.Column)
	number := map[Unit]string{Year: "YEAR(" + column + ")", Month: "EXTRACT(YEAR_MONTH FROM " + column + ")",
		Day: "DATE(" + column + ") + 0"}[d.Unit]
	if isReadable(d.Field, where) {
		return number
	}
	return "CASE WHEN " + readable(d.Field) + " THEN " + number + " END"
}

func (d Dimension) expression(t *Table) string {
	if !d.Field.IsRecorded() {
		return null
	}
	switch d.Unit {
	case Year:
		return "LEFT(" + t.meaning(d.Field) + ", 4)"
	case Month:
		return "LEFT(" + t.meaning(d.Field) + ", 7)"
	case Day:
		return "LEFT(" + t.meaning(d.Field) + ", 10)"
	}
	if c := t.cells(d.Field); isMojibake(c.charset) || c.typ.Charset != "" {
		return c.exact()
	}
	return quote(d.Field.Column)
}
