package plan

import (
	"slices"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
)

// Predicate is one condition of a WHERE clause.
type Predicate interface{ render(b *builder) }

// in holds where the column has one of the raw texts; no texts hold nowhere.
//
// The planner does not know the column's type. A number is compared as a number by a
// numeric column, and as text by any other. Other texts are 0 to a numeric column, which
// must not count: hence they hold only where the column is not 0.
type in struct {
	column string
	values []string
	// patterns are further texts the column may have, written for LIKE: village codes
	// below a town's code.
	patterns []string
	mojibake bool // see isMojibake
}

func (p in) render(b *builder) {
	var numbers, texts []string
	for _, v := range p.values {
		if isNumber(v) {
			numbers = append(numbers, v)
		} else {
			texts = append(texts, v)
		}
	}
	var alternatives []func()
	if len(numbers) > 0 {
		alternatives = append(alternatives, func() { b.oneOf(quote(p.column), numbers) })
	}
	if len(texts) > 0 {
		alternatives = append(alternatives, func() {
			b.write("(")
			b.oneOf(quote(p.column), texts)
			b.write(" AND ")
			if p.mojibake && slices.ContainsFunc(texts, func(s string) bool { return !isASCII(s) }) {
				b.oneOf(exactly(p.column), texts)
			} else {
				b.write(quote(p.column) + " <> '0'")
			}
			b.write(")")
		})
	}
	for _, pattern := range p.patterns {
		alternatives = append(alternatives, func() { b.like(quote(p.column), pattern) })
	}
	switch len(alternatives) {
	case 0:
		b.write("0 = 1")
	case 1:
		alternatives[0]()
	default:
		b.write("(")
		join(b, alternatives, " OR ", func(render func()) { render() })
		b.write(")")
	}
}

// unlisted holds where the column has something, and none of the raw texts: the rows
// whose code the table does not know.
type unlisted struct {
	column string
	values []string
}

func (p unlisted) render(b *builder) {
	var numbers []string
	for _, v := range p.values {
		if isNumber(v) {
			numbers = append(numbers, v)
		}
	}
	b.write("(TRIM(" + quote(p.column) + ") NOT IN ") // text, whatever the column's type
	b.list(append([]string{""}, p.values...))
	if len(numbers) > 0 { // 10.000 of a decimal column
		b.write(" AND ")
		b.ident(p.column)
		b.write(" NOT IN ")
		b.list(numbers)
	}
	b.write(")")
}

// separated is the SQL of a list column's text with one separator between the items and
// without blanks, those within an item included.
func separated(f *mapping.Field) (text, separator string) {
	text = "REPLACE(" + quote(f.Column) + ", ' ', '')"
	for _, r := range or(f.Spec.Separator, ",") {
		for _, form := range []string{narrow(string(r)), widen(narrow(string(r)))} { // both separate
			switch form = encoded(f, form); {
			case separator == "":
				separator = form
			case form != separator:
				text = "REPLACE(" + text + ", " + sqlText(form) + ", " + sqlText(separator) + ")"
			}
		}
	}
	return text, separator
}

// fenced is the SQL of a list column's text with two separators of its own round each
// item: |01||02|.
func fenced(f *mapping.Field) (text, separator string) {
	text, separator = separated(f)
	text = "REPLACE(" + text + ", " + sqlText(separator) + ", " + sqlText(separator+separator) + ")"
	return "CONCAT(" + sqlText(separator) + ", " + text + ", " + sqlText(separator) + ")", separator
}

// item holds where a list column holds one of the raw items.
type item struct {
	field  *mapping.Field
	values []string
}

func (p item) render(b *builder) {
	if len(p.values) == 0 {
		b.write("0 = 1")
		return
	}
	text, separator := fenced(p.field)
	b.write("(")
	join(b, p.values, " OR ", func(v string) {
		b.like(text, "%"+escapeLike(separator+strings.ReplaceAll(v, " ", "")+separator)+"%")
	})
	b.write(")")
}

// otherItem holds where a list column holds an item that is none of the raw items.
type otherItem struct {
	field  *mapping.Field
	values []string
}

func (p otherItem) render(b *builder) {
	text, separator := fenced(p.field)
	for _, v := range p.values {
		text = "REPLACE(" + text + ", " + sqlText(separator+strings.ReplaceAll(v, " ", "")+separator) + ", '')"
	}
	b.write("REPLACE(" + text + ", " + sqlText(separator) + ", '') <> ''")
}

// flagged holds where one of the numbered check boxes of a column is ticked.
type flagged struct {
	field   *mapping.Field
	numbers []string
}

func (p flagged) render(b *builder) {
	if len(p.numbers) == 0 {
		b.write("0 = 1")
		return
	}
	text, separator := separated(p.field)
	b.write("(")
	join(b, p.numbers, " OR ", func(number string) {
		n, err := strconv.Atoi(number)
		if err != nil {
			panic("plan: the codec has checked that " + number + " is a position")
		}
		// made long enough: of too few parts SUBSTRING_INDEX gives the last
		long := "CONCAT(" + text + ", " + sqlText(strings.Repeat(separator, n)) + ")"
		b.write("SUBSTRING_INDEX(SUBSTRING_INDEX(" + long + ", " + sqlText(separator) + ", " + number + "), " + sqlText(separator) + ", -1)")
		b.write(" IN ('1', '１', '1.0')")
	})
	b.write(")")
}

// like holds where the column matches a pattern that escapes by |.
type like struct {
	column   string
	pattern  string
	mojibake bool // see isMojibake
}

func (p like) render(b *builder) {
	b.like(quote(p.column), p.pattern)
	if p.mojibake && !isASCII(p.pattern) {
		b.write(" AND ")
		b.like(exactly(p.column), p.pattern)
	}
}

// oneOf appends expression = ?, or expression IN (?, ...).
func (b *builder) oneOf(expression string, values []string) {
	b.write(expression)
	if len(values) == 1 {
		b.write(" = ")
		b.arg(values[0])
		return
	}
	b.write(" IN ")
	b.list(values)
}

// like appends expression LIKE ?. The escape is written out, and is no backslash, whose
// meaning depends on the SQL mode.
func (b *builder) like(expression, pattern string) {
	b.write(expression + " LIKE ")
	b.arg(pattern)
	b.write(" ESCAPE '|'")
}

var likeEscaper = strings.NewReplacer("|", "||", "%", "|%", "_", "|_")

func escapeLike(s string) string { return likeEscaper.Replace(s) }

// between holds where a column lies in a half-open range.
type between struct {
	column       string
	from, before string
}

func (p between) render(b *builder) {
	b.ident(p.column)
	b.write(" >= ")
	b.arg(p.from)
	b.write(" AND ")
	b.ident(p.column)
	b.write(" < ")
	b.arg(p.before)
}

// days holds where an expression of isoDay lies in a closed range.
type days struct {
	expression  string
	first, last string
}

func (p days) render(b *builder) {
	b.write(p.expression + " BETWEEN ")
	b.arg(p.first)
	b.write(" AND ")
	b.arg(p.last)
}

// something holds where an expression is not NULL.
type something struct{ expression string }

func (p something) render(b *builder) { b.write(p.expression + " IS NOT NULL") }

// numbers holds where an expression is one of the whole numbers.
type numbers struct {
	expression string
	values     []int64
}

func (p numbers) render(b *builder) {
	if len(p.values) == 0 {
		b.write("0 = 1")
		return
	}
	b.write(p.expression + " IN (")
	join(b, p.values, ", ", func(n int64) { b.arg(n) })
	b.write(")")
}

// wholeRange holds where an expression of numbers lies in a half-open range and in the 32
// bits of an int; without bounds, where it is such a number at all.
type wholeRange struct {
	expression   string
	from, before *int
}

func (p wholeRange) render(b *builder) {
	b.write(p.expression + " BETWEEN -2147483648 AND 2147483647")
	if p.from != nil {
		b.write(" AND " + p.expression + " >= ")
		b.arg(*p.from)
	}
	if p.before != nil {
		b.write(" AND " + p.expression + " < ")
		b.arg(*p.before)
	}
}

// all holds where every predicate holds; either where at least one does; no predicates
// make all hold everywhere and either nowhere.
type (
	all    []Predicate
	either []Predicate
)

func (p all) render(b *builder) {
	if len(p) == 0 {
		b.write("1 = 1")
		return
	}
	b.write("(")
	join(b, p, " AND ", func(q Predicate) { q.render(b) })
	b.write(")")
}

func (p either) render(b *builder) {
	if len(p) == 0 {
		b.write("0 = 1")
		return
	}
	b.write("(")
	join(b, p, " OR ", func(q Predicate) { q.render(b) })
	b.write(")")
}

// not holds where the predicate does not, NULL included: "not granted" covers rows
// without a status.
type not struct{ Predicate }

func (p not) render(b *builder) {
	b.write("NOT IFNULL((")
	p.Predicate.render(b)
	b.write("), 0)")
}

// Keyed is the predicate that a field's cell is one of the raw texts, or, with a nil
// field, that the single-column key is; for a composite key the texts are keys with
// parts joined by "|".
func (t *Table) Keyed(field *mapping.Field, raw []string) Predicate {
	if field != nil {
		return in{column: field.Column, values: raw, mojibake: isMojibake(field.Spec.Charset)}
	}
	key := t.Mapping.Key
	if len(key) == 1 {
		return in{column: key[0], values: raw}
	}
	var alternatives either
	for _, text := range raw {
		parts := strings.Split(text, "|")
		if len(parts) != len(key) {
			continue
		}
		var row all
		for i, column := range key {
			row = append(row, in{column: column, values: parts[i : i+1]})
		}
		alternatives = append(alternatives, row)
	}
	return alternatives
}
