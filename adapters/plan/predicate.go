package plan

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/keytext"
)

// Predicate is one condition of a WHERE clause.
type Predicate interface {
	render(b *builder)
	// service tells what the table's indexes do for the condition.
	service(p *Physical) service
}

// in holds where the column has one of the raw texts; no texts hold nowhere.
//
// The planner may not know the column's type. A numeric column compares with a number
// as a number; other texts are 0 to it, which must not count unless 0 itself is asked
// for: HEX is 0 for the number 0, and for no text. The IN list stands by itself, for an
// index to serve it.
type in struct {
	cells
	values []string
	// patterns are further texts the column may have, written for LIKE: village codes
	// below a town's code.
	patterns []string
	trailed  []string // further texts the column may have with blanks behind them, see padded
	bits     bool     // see mayBeBit
	// loose lets more rows through, those that the column's collation takes for equal: who
	// reads them tells them apart.
	loose bool
}

// in is the predicate that the field's cell is one of the raw texts.
func (t *Table) in(f *mapping.Field, values []string) in {
	return in{cells: t.cells(f), values: values, bits: mayBeBit(f)}
}

// mayBeBit tells whether the column can be a BIT(1), which is compared with the text '0'
// as if that were the byte 48, and so has to be asked in another way.
func mayBeBit(f *mapping.Field) bool {
	switch f.Spec.Kind {
	case "bool":
		return true
	case "enum":
		return !slices.ContainsFunc(slices.Collect(maps.Keys(f.Spec.Values)),
			func(code string) bool { return code != "0" && code != "1" })
	}
	return false
}

func (p in) render(b *builder) {
	if p.typ.IsWhole {
		p.values = wholes(p.values)
	} else {
		p.values, p.patterns = p.held(p.values), p.held(p.patterns)
	}
	all := slices.Concat(p.values, p.patterns)
	switch {
	case len(all) == 0:
		b.write("0 = 1")
	case p.typ.Charset == "" && !p.typ.IsWhole && !p.isBytes():
		p.untyped(b)
	case p.loose:
		p.alternatives(b, quote(p.column), p.arg)
	case p.isExact(all):
		p.padded().alternatives(b, quote(p.column), p.arg)
	default:
		b.write("(")
		p.padded().alternatives(b, quote(p.column), p.arg)
		b.write(" AND ")
		p.alternatives(b, p.exact(), p.exactArg)
		b.write(")")
	}
}

// padded looks for the texts with blanks at their end too, where these count to the
// column's collation.
func (p in) padded() in {
	if p.typ.IsWhole || p.typ.isPadded() && !p.isBytes() {
		return p
	}
	p.trailed = p.values
	return p
}

// untyped appends the predicate on a column that may be anything. Numbers are compared as
// it compares them; other texts are 0 to a number, hence they are compared as texts too.
func (p in) untyped(b *builder) {
	if p.typ.Name == "float" { // what it shows with six digits is no number that it holds
		p.alternatives(b, p.exact(), p.exactArg)
		return
	}
	numbers, texts := p, p
	numbers.values, texts.values = nil, nil
	zero := false
	for _, v := range p.values {
		if isNumber(v) {
			numbers.values = append(numbers.values, v)
			zero = zero || isZero(v)
		} else {
			texts.values = append(texts.values, v)
		}
	}
	if areSigns(p.patterns) {
		texts.patterns = nil
	} else {
		numbers.patterns = nil
	}
	texts.bits = false
	hasTexts, hasNumbers := len(texts.values)+len(texts.patterns) > 0, len(numbers.values)+len(numbers.patterns) > 0
	isComparable := p.isComparable(slices.Concat(p.values, p.patterns))
	switch {
	case !hasTexts:
		p.alternatives(b, quote(p.column), p.arg)
		return
	case p.loose && isComparable:
		guard := texts.values != nil && !zero
		if guard {
			b.write("(")
			defer b.write(" AND HEX(" + quote(p.column) + ") <> '0')")
		}
		p.alternatives(b, quote(p.column), p.arg)
		return
	}
	if isComparable {
		b.write("(")
		defer b.write(")")
		p.alternatives(b, quote(p.column), p.arg)
		b.write(" AND ")
	}
	if !hasNumbers {
		texts.alternatives(b, p.exact(), p.exactArg)
		return
	}
	b.write("(")
	texts.alternatives(b, p.exact(), p.exactArg)
	b.write(" OR ")
	numbers.alternatives(b, quote(p.column), p.arg)
	b.write(")")
}

// alternatives appends that the expression, which is the column's, is one of the texts or
// has one of the patterns, or the column is a bit that one of the texts means.
func (p in) alternatives(b *builder, expression string, arg func(*builder, string)) {
	p.bits = p.bits && p.typ.Charset == "" && !p.typ.IsWhole
	separator := ""
	or := func() {
		b.write(separator)
		separator = " OR "
	}
	if len(p.values) == 0 || len(p.patterns)+len(p.trailed) > 0 || p.bits {
		b.write("(")
		defer b.write(")")
	}
	if len(p.values) > 0 {
		or()
		oneOf(b, expression, p.values, arg)
	}
	for _, pattern := range p.patterns {
		or()
		b.like(expression, pattern, arg)
	}
	for _, text := range p.trailed { // by an index, and then exactly
		or()
		b.write("(")
		b.like(expression, escapeLike(text)+" %", arg)
		b.write(" AND RTRIM(" + expression + ") = ")
		arg(b, text)
		b.write(")")
	}
	for _, bit := range []string{"0", "1"} {
		if p.bits && slices.Contains(p.values, bit) {
			or()
			b.write("HEX(" + quote(p.column) + ") = '" + bit + "'")
		}
	}
}

// unlisted holds where the column has something, and none of the raw texts: the rows
// whose code the table does not know.
type unlisted struct {
	field  *mapping.Field
	cells  cells
	values []string
}

func (p unlisted) render(b *builder) {
	b.write("(TRIM(" + p.cells.exact() + ") NOT IN ") // a text, whatever the column's type
	list(b, append([]string{""}, p.cells.held(p.values)...), p.cells.exactArg)
	numbers := slices.DeleteFunc(slices.Clone(p.values), func(v string) bool { return !isNumber(v) })
	if len(numbers) > 0 { // 10.000 of a decimal column
		b.write(" AND ")
		b.ident(p.field.Column)
		b.write(" NOT IN ")
		list(b, numbers, (*builder).text)
	}
	if mayBeBit(p.field) {
		b.write(" AND HEX(" + quote(p.field.Column) + ") NOT IN ('0', '1')")
	}
	b.write(")")
}

// separated is the SQL of a list column's text with one separator between the items and
// without blanks, those within an item included.
func separated(f *mapping.Field) (text, separator string) {
	text = "REPLACE(" + quote(f.Column) + ", ' ', '')"
	forms := separators(f)
	for _, other := range forms[1:] {
		text = "REPLACE(" + text + ", " + sqlText(other) + ", " + sqlText(forms[0]) + ")"
	}
	return text, forms[0]
}

// separators are the texts of which each stands between two items.
func separators(f *mapping.Field) (forms []string) {
	half := narrow(or(f.Spec.Separator, ","))
	for _, r := range half + widen(half) { // both forms separate
		if form := encoded(f, string(r)); !slices.Contains(forms, form) {
			forms = append(forms, form)
		}
	}
	return forms
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
		b.like(text, "%"+escapeLike(separator+strings.ReplaceAll(v, " ", "")+separator)+"%", (*builder).text)
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
		b.write("SUBSTRING_INDEX(SUBSTRING_INDEX(" + long + ", " + sqlText(separator) + ", " + number + "), " +
			sqlText(separator) + ", -1)")
		b.write(" IN (")
		join(b, encodedAll(p.field, []string{"1", "１", "1.0"}), ", ", func(ticked string) { b.write(sqlText(ticked)) })
		b.write(")")
	})
	b.write(")")
}

// like holds where the column matches a pattern that escapes by |.
type like struct {
	cells
	pattern string
}

func (p like) render(b *builder) {
	raw := []string{p.pattern}
	switch isExact := p.isExact(raw) && !p.typ.IsList; { // an ENUM is its text to = and its number to others
	case len(p.held(raw)) == 0:
		b.write("0 = 1")
	case isExact:
		b.like(quote(p.column), p.pattern, p.arg)
	case hasBeginning(p.pattern) && p.isComparable(raw) && !p.typ.IsList:
		b.write("(")
		b.like(quote(p.column), p.pattern, p.arg)
		b.write(" AND ")
		b.like(p.exact(), p.pattern, p.exactArg)
		b.write(")")
	default:
		b.like(p.exact(), p.pattern, p.exactArg)
	}
}

// oneOf appends expression = ?, or expression IN (?, ...).
func oneOf[T any](b *builder, expression string, values []T, arg func(*builder, T)) {
	b.write(expression)
	if len(values) == 1 {
		b.write(" = ")
		arg(b, values[0])
		return
	}
	b.write(" IN ")
	list(b, values, arg)
}

// like appends expression LIKE ?. The escape is written out, and is no backslash, whose
// meaning depends on the SQL mode; it costs, and digits need none.
func (b *builder) like(expression, pattern string, arg func(*builder, string)) {
	b.write(expression + " LIKE ")
	arg(b, pattern)
	if strings.Trim(pattern, "0123456789_") != "" {
		b.write(" ESCAPE '|'")
	}
}

var likeEscaper = strings.NewReplacer("|", "||", "%", "|%", "_", "|_")

func escapeLike(s string) string { return likeEscaper.Replace(s) }

// between holds where a column lies in a half-open range.
type between struct {
	column       string
	from, before string
	isBounded    bool // by who asks, at both ends
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

// except holds where a DATE column is none of the days.
type except struct {
	column string
	values []string
}

func (p except) render(b *builder) {
	b.ident(p.column)
	b.write(" NOT IN ")
	list(b, p.values, (*builder).text)
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

// amounts holds where an expression of money in fen lies in a closed range; without
// bounds, where it is an amount at all. Amounts have at most 18 digits.
type amounts struct {
	expression string
	from, to   *model.Money
}

func (p amounts) render(b *builder) {
	least, most := int64(-1e18+1), int64(1e18-1)
	if p.from != nil {
		least = int64(*p.from)
	}
	if p.to != nil {
		most = int64(*p.to)
	}
	b.write(p.expression + " BETWEEN ")
	b.arg(least)
	b.write(" AND ")
	b.arg(most)
}

// computed holds where an expression of whole numbers lies in a half-open range; without
// bounds, where it is a number at all, and not below zero.
type computed struct {
	expression   string
	from, before *int
}

func (p computed) render(b *builder) {
	least := 0
	if p.from != nil {
		least = *p.from
	}
	if p.before != nil { // the expression is long: it is named once
		b.write(p.expression + " BETWEEN ")
		b.arg(least)
		b.write(" AND ")
		b.arg(*p.before - 1)
		return
	}
	b.write(p.expression + " >= ")
	b.arg(least)
}

// trim is a condition that stands beside another and takes little away from it: those
// rows of an indexed range whose cell is no day after all.
type trim struct{ Predicate }

// all holds where every predicate holds; either where at least one does; no predicates
// make all hold everywhere and either nowhere.
type (
	all    []Predicate
	either []Predicate
)

// All is the predicate that holds where every one of the list does.
func All(list []Predicate) Predicate {
	if len(list) == 1 {
		return list[0]
	}
	return all(list)
}

// Any is the predicate that holds where one of the list does; of none, nowhere.
func Any(list []Predicate) Predicate {
	if len(list) == 1 {
		return list[0]
	}
	return either(list)
}

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
// field, that the key is, see keytext.Join.
//
// It lets a few rows more through, those that the column's collation takes for equal:
// whoever reads them decodes the cell and sees which key it is, and asking the database
// again for exactly the texts costs it a third of the statement.
func (t *Table) Keyed(field *mapping.Field, raw []string) Predicate {
	if field != nil {
		if !field.IsRecorded() {
			return either{}
		}
		p := t.in(field, raw)
		p.loose = true
		return p
	}
	return t.keyed(t.Mapping.Key, raw)
}

// keyed is the predicate that columns have the values of one of the texts.
func (t *Table) keyed(key, texts []string) Predicate {
	of := func(column string, values []string) in {
		return in{cells: cells{column: column, typ: t.column(column)}, values: values, loose: true}
	}
	var values []string // of a single column
	var alternatives either
	for _, text := range texts {
		parts, ok := keytext.Split(text, len(key))
		if !ok {
			continue
		}
		if len(key) == 1 && parts[0] != nil {
			values = append(values, *parts[0])
			continue
		}
		var row all
		for i, column := range key {
			if parts[i] == nil {
				row = append(row, missing{column})
			} else {
				row = append(row, of(column, []string{*parts[i]}))
			}
		}
		alternatives = append(alternatives, row)
	}
	if len(key) > 1 || len(values) == 0 && len(alternatives) > 0 {
		return alternatives
	}
	named := of(key[0], values)
	if len(alternatives) > 0 {
		return append(alternatives, named)
	}
	return named
}

// missing holds where a column of a key is NULL. Not IS NULL, which MySQL holds true of
// 0000-00-00 too.
type missing struct{ column string }

func (p missing) render(b *builder) {
	b.ident(p.column)
	b.write(" <=> NULL")
}

func (p missing) service(t *Physical) service {
	if t.index(p.column) == nil {
		return unserved
	}
	return selective
}
