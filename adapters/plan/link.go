package plan

import (
	"fmt"

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
	typ := other.column(linked.Column)
	linked.Column = t.ofReferred(via, other, linked.Column)
	if typ != (Type{}) {
		if t.linkedTypes == nil {
			t.linkedTypes = map[string]Type{}
		}
		t.linkedTypes[linked.Column] = typ
	}
	linked.Name, linked.Twin, linked.Refers = name, "", ""
	t.linked = append(t.linked, &linked)
	t.Codecs[name] = other.Codecs[other.Field(field).Name]
	if known := other.strays[other.Field(field)]; known != nil {
		if t.strays == nil {
			t.strays = map[*mapping.Field]*strays{}
		}
		t.strays[&linked] = known
	}
}

// Unlinked keeps the name of a linked field that the site does not record.
func (t *Table) Unlinked(name string) { t.linked = append(t.linked, &mapping.Field{Name: name}) }

// LinkRow is like Link for the record itself: Filled where it is there.
func (t *Table) LinkRow(name string, via *mapping.Field, other *Table) {
	row := mapping.Field{Name: name, Column: t.ofReferred(via, other, other.Mapping.Key[0])}
	row.Spec.Kind = "key"
	t.linked = append(t.linked, &row)
}

// LinkAge is like Link for the age in full years, on a day of the row, of the person whose
// resident identity number stands in the referred row. A year of life is full on the day
// after the birthday (法释〔2006〕1号 Art. 2). There is no age where the number, or the day,
// cannot be read.
func (t *Table) LinkAge(age *mapping.Field, via *mapping.Field, other *Table, number string, on *mapping.Field) {
	f := other.Field(number)
	born := birthDigits(f, "TRIM("+t.ofReferred(via, other, f.Column)+")")
	linked := *age
	linked.Column = "FLOOR((REPLACE(LEFT(" + t.meaning(on) + ", 10), '-', '') - " + born + " - 1) / 10000)"
	t.linked = append(t.linked, &linked)
	if t.linkedMeanings == nil {
		t.linkedMeanings = map[*mapping.Field]string{}
	}
	t.linkedMeanings[&linked] = linked.Column
}

// ofReferred is the sub-select of a column of the row that via refers to. What is computed
// of the cell stands round the sub-select, not in it: some engines make what stands inside
// ready anew for every row.
func (t *Table) ofReferred(via *mapping.Field, other *Table, column string) string {
	b := builder{inline: func(any) bool { return true }} // all are constants of the mapping
	b.write("(SELECT " + quote(column))
	b.from(other)
	same := Statement{SQL: quote(other.Mapping.Key[0]) + " = " + t.outer(via)}
	b.where(other, []Predicate{fragment{same, all{}}})
	b.write(" LIMIT 1)")
	return b.sql.String()
}

// literal is a constant of the mapping as it stands in a text, see Type.constants.
func literal(constant any) string {
	switch constant := constant.(type) {
	case string:
		return sqlText(constant)
	case []byte:
		return fmt.Sprintf("X'%X'", constant)
	}
	return fmt.Sprint(constant) // a number
}

// outer is a column of this table as a sub-select names it.
func (t *Table) outer(f *mapping.Field) string {
	table := "t" // see builder.from
	if t.Mapping.Select == "" {
		table = t.Mapping.Name
	}
	return quote(table) + "." + quote(f.Column)
}

// birthDigits is the day of birth in a cell of a column of resident identity numbers, as
// eight digits; NULL where the codec reads no number. It names the cell, which costs a
// look-up each time, as seldom as can be: the pattern keeps out days that do not exist,
// and one division checks all digits.
func birthDigits(f *mapping.Field, cell string) string {
	bare := halfWidth(f, cell)
	for _, ornament := range []string{" ", "'", "`", "‘", "’", "\u3000", "\t"} {
		bare = "REPLACE(" + bare + ", " + sqlText(encoded(f, ornament)) + ", '')"
	}
	bare = "REPLACE(" + bare + ", " + sqlText(encoded(f, "Ｘ")) + ", 'X')"
	const (
		monthDay  = "((0[13578]|1[02])(0[1-9]|[12][0-9]|3[01])|(0[469]|11)(0[1-9]|[12][0-9]|30)|02(0[1-9]|1[0-9]|2[0-8]))"
		leap      = "(0[48]|[2468][048]|[13579][26])" // of the years of 1900
		fullLeap  = "(18(5[26]|[68][048]|[79][26])|19" + leap + "|20([02468][048]|[13579][26]))"
		shortDays = "([0-9]{2}" + monthDay + "|" + leap + "0229)"
		days      = "((18[5-9][0-9]|19[0-9]{2}|20[0-9]{2})" + monthDay + "|" + fullLeap + "0229)"
	)
	read := func(id string) string {
		return " WHEN " + id + " REGEXP '^[0-9]{6}" + days + "[0-9]{3}[0-9Xx]$'" +
			" THEN CASE WHEN " + checks(id) + " THEN SUBSTRING(" + id + ", 7, 8) END" +
			" WHEN " + id + " REGEXP '^[0-9]{6}" + shortDays + "[0-9]{3}$' AND " + id + " <> '111111111111111'" +
			" THEN CONCAT('19', SUBSTRING(" + id + ", 7, 6))"
	}
	return "CASE" + read(cell) + read(bare) + " END"
}

// checks is the condition that the check digit of 18 characters is right (GB 11643-1999).
// The weights of the digits are the powers of two modulo 11, and so those of 13: read to
// base 13 the first seventeen are a number with the remainder that decides, below 2^63.
func checks(id string) string {
	return "SUBSTRING('1X864209753', CAST(CONV(LEFT(" + id + ", 17), 13, 10) AS UNSIGNED) % 11 + 1, 1) = UPPER(RIGHT(" +
		id + ", 1))"
}
