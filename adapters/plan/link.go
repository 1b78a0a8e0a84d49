package plan

import (
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
)

// Link lets filters and statistics ask for a field of the one record that each row refers
// to, under a name of its own: applicantSex is the sex of the row that via names in the
// other table. It is in no projection: who reads records asks the other table.
//
// The column of such a field is a sub-select by the other table's key: one look-up a row,
// which every MySQL makes through the primary key. A row whose record is not there, or is
// not served, has NULL.
func (t *Table) Link(name string, via *mapping.Field, other *Table, field string) {
	linked := *other.Field(field)
	linked.Column = t.ofReferred(via, other, quote(linked.Column))
	linked.Name, linked.Twin, linked.Refers = name, "", ""
	t.linked = append(t.linked, &linked)
	t.Codecs[name] = other.Codecs[other.Field(field).Name]
}

// LinkAge is like Link for the age in full years, on a day of the row, of the person whose
// resident identity number stands in the referred row. A year of life is full on the day
// after the birthday (法释〔2006〕1号 Art. 2). There is no age where the number, or the day,
// cannot be read.
func (t *Table) LinkAge(age *mapping.Field, via *mapping.Field, other *Table, number string, on *mapping.Field) {
	born := t.ofReferred(via, other, birthDay(other.Field(number)))
	linked := *age
	digits := func(iso string) string { return "REPLACE(LEFT(" + iso + ", 10), '-', '')" }
	linked.Column = "FLOOR((" + digits(t.meaning(on)) + " - " + digits(born) + " - 1) / 10000)"
	t.linked = append(t.linked, &linked)
	t.rendered.Store(&linked, linked.Column)
}

// ofReferred is the sub-select of an expression over the columns of the row that via
// refers to. Names that stand alone in it are of the other table.
func (t *Table) ofReferred(via *mapping.Field, other *Table, expression string) string {
	var rest builder
	rest.from(other)
	same := Statement{SQL: quote(other.Mapping.Key[0]) + " = " + t.outer(via)}
	rest.where(other, []Predicate{fragment{same, all{}}})
	parts := strings.Split(rest.text.String(), "?")
	var b strings.Builder
	b.WriteString("(SELECT " + expression)
	for i, part := range parts {
		b.WriteString(part)
		if i < len(rest.args) { // a constant of the mapping
			b.WriteString(literal(rest.args[i]))
		}
	}
	return b.String() + " LIMIT 1)"
}

// literal is a constant of the mapping as it stands in a text, see Type.constant.
func literal(constant any) string {
	if n, ok := constant.(int64); ok {
		return strconv.FormatInt(n, 10)
	}
	return sqlText(constant.(string))
}

// outer is a column of this table as a sub-select names it.
func (t *Table) outer(f *mapping.Field) string {
	table := "t" // see builder.from
	if t.Mapping.Select == "" {
		table = t.Mapping.Name
	}
	return quote(table) + "." + quote(f.Column)
}

// birthDay is the ISO text of the day of birth in a column of resident identity numbers;
// NULL where the codec reads no number.
func birthDay(f *mapping.Field) string {
	cell := "TRIM(" + quote(f.Column) + ")"
	bare := halfWidth(f, cell)
	for _, ornament := range []string{" ", "'", "`", "‘", "’", "\u3000", "\t"} {
		bare = "REPLACE(" + bare + ", " + sqlText(encoded(f, ornament)) + ", '')"
	}
	bare = "REPLACE(" + bare + ", " + sqlText(encoded(f, "Ｘ")) + ", 'X')"
	const monthDay = "(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"
	day := func(id, year string, at int) string {
		part := func(skip int) string { return ", '-', SUBSTRING(" + id + ", " + strconv.Itoa(at+skip) + ", 2)" }
		return isoText("CONCAT(" + year + part(0) + part(2) + ")")
	}
	read := func(id string) string {
		return " WHEN " + id + " REGEXP '^[0-9]{6}(18[5-9][0-9]|19[0-9]{2}|20[0-9]{2})" + monthDay + "[0-9]{3}[0-9Xx]$'" +
			" THEN CASE WHEN " + checks(id) + " THEN " + day(id, "SUBSTRING("+id+", 7, 4)", 11) + " END" +
			" WHEN " + id + " REGEXP '^[0-9]{8}" + monthDay + "[0-9]{3}$' AND " + id + " <> '111111111111111'" +
			" THEN " + day(id, "'19', SUBSTRING("+id+", 7, 2)", 9)
	}
	return "CASE" + read(cell) + read(bare) + " END"
}

// checks is the condition that the check digit of 18 characters is right (GB 11643-1999).
func checks(id string) string {
	var sum strings.Builder
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		if i > 0 {
			sum.WriteString(" + ")
		}
		sum.WriteString(strconv.Itoa(weight) + " * SUBSTRING(" + id + ", " + strconv.Itoa(i+1) + ", 1)")
	}
	return "SUBSTRING('10X98765432', (" + sum.String() + ") % 11 + 1, 1) = UPPER(SUBSTRING(" + id + ", 18, 1))"
}
