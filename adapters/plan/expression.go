package plan

import (
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
)

// sortKey is the SQL by which a list runs: a bare column wherever its order is that of
// the field's meaning, because only then an index serves it, else an expression.
type sortKey struct {
	expression string
	bare       bool
	number     bool // an expression of numbers; else one of text
	typ        Type // of the column
}

func sortKeyOf(t *Table, f *mapping.Field) sortKey {
	switch f.Spec.Kind {
	case "day", "instant", "partialDay":
		if t.asStored(f) && !sortsPlaceholders(f) && t.isOrdered(f) {
			break
		}
		return sortKey{expression: t.meaning(f)}
	case "int", "decimal":
		return sortKey{expression: t.meaning(f), number: true}
	case "money":
		return sortKey{expression: t.meaning(f), number: true}
	}
	if known := t.strays[f]; known != nil && len(known.byValue[""]) > 0 {
		nothing := sqlTexts(append([]string{""}, known.byValue[""]...))
		return sortKey{expression: "CASE WHEN " + quote(f.Column) + " NOT IN (" + nothing + ") THEN " +
			quote(f.Column) + " END"}
	}
	return sortKeyBy(quote(f.Column), t.column(f.Column))
}

// sortKeyBy is the order of a column as it is, or of an expression where what a server
// reads out of the column is not what it sorts by.
func sortKeyBy(column string, typ Type) sortKey {
	switch typ.Name {
	case "enum", "set": // sorted by number, compared by text
		return sortKey{expression: "CAST(" + column + " AS CHAR)"}
	case "float": // read with six digits
		return sortKey{expression: "(" + column + " + 0e0)", number: true, typ: typ}
	case "bit":
		return sortKey{expression: "(" + column + " + 0)", number: true}
	case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob":
		return sortKey{expression: "HEX(" + column + ")"}
	}
	return sortKey{expression: column, bare: true, typ: typ}
}

// bound appends a value that a bare column is compared with.
func (k sortKey) bound(b *builder, value string) {
	switch k.typ.Name {
	case "decimal": // a text would be compared as a double
		b.write("CAST(")
		b.arg(value)
		b.write(" AS DECIMAL(65, 30))")
	default:
		b.arg(k.typ.constants([]string{value})[0])
	}
}

// sortsPlaceholders tells whether a declared placeholder of a DATE column, such as
// 9999-12-31, would stand among or above the days.
func sortsPlaceholders(f *mapping.Field) bool {
	low, _ := dayBounds(f)
	return isNative(f) && slices.ContainsFunc(f.Spec.Empty, func(e string) bool { return e >= low })
}

// leastNumber is below every number a column can mean.
const leastNumber = "-99999999999999999999999999999999999"

// comparable is an expression without NULL: what means nothing is the least value.
func (k sortKey) comparable() string {
	if k.number {
		return "IFNULL(" + k.expression + ", " + leastNumber + ")"
	}
	return "IFNULL(" + k.expression + ", '')"
}

// position appends the place of a row, as comparable gives it.
func (k sortKey) position(b *builder, value *string) {
	switch {
	case value == nil && k.number:
		b.write(leastNumber)
	case value == nil:
		b.write("''")
	case k.number && k.typ.Name == "float":
		b.write("(")
		b.arg(*value)
		b.write(" + 0e0)")
	case k.number: // a text would be compared as a float
		b.write("CAST(")
		b.arg(*value)
		b.write(" AS DECIMAL(65, 30))")
	default:
		b.arg(*value)
	}
}

// numberExpression is the number of an int or decimal column; NULL where the codec reads
// none, the 32 bits of an int excepted.
func numberExpression(f *mapping.Field) string {
	text := halfWidth(f, "TRIM("+quote(f.Column)+")")
	bare := "REPLACE(" + text + ", ',', '')"
	fraction := "([.][0-9]*){0,1}"
	if f.Spec.Kind == "int" {
		fraction = "([.]0*){0,1}"
	}
	value := "(" + bare + " + 0)"
	if f.Spec.Kind == "decimal" {
		value = "CAST(" + bare + " AS DECIMAL(65, 30))"
	}
	return within(f, text+" REGEXP '^[+-]{0,1}([0-9]+|[0-9]{1,3}(,[0-9]{3})+)"+fraction+"$'", value, "")
}

// halfWidth is the text with half-width digits.
func halfWidth(f *mapping.Field, text string) string {
	for _, digit := range "0123456789" {
		text = "REPLACE(" + text + ", " + sqlText(encoded(f, widen(string(digit)))) + ", '" + string(digit) + "')"
	}
	return text
}

// within is the value where the guard holds and the number is one the field accepts;
// factor scales the field's bounds.
func within(f *mapping.Field, guard, value, factor string) string {
	if f.Spec.From != "" {
		guard += " AND " + value + " >= " + f.Spec.From + factor
	}
	if f.Spec.Before != "" {
		guard += " AND " + value + " < " + f.Spec.Before + factor
	}
	for _, e := range f.Spec.Empty {
		if factor == "" && isNumber(e) {
			guard += " AND " + value + " <> " + e
		}
	}
	return "CASE WHEN " + guard + " THEN " + value + " END"
}

// moneyExpression is the amount of a money column in fen: of '3,000元' 300000, of '2万'
// 2000000. It is NULL where the codec reads no amount, more than 18 digits excepted.
func moneyExpression(f *mapping.Field) string {
	literal := func(text string) string { return sqlText(encoded(f, text)) }
	c := "TRIM(" + quote(f.Column) + ")"
	bare := halfWidth(f, c)
	for _, ornament := range []string{",", "，", " ", "人民币", "RMB", "CNY", "￥", "¥", "元", "圆", "整", "正"} {
		bare = "REPLACE(" + bare + ", " + literal(ornament) + ", '')"
	}
	units := []struct{ sign, fen string }{{"分", "1"}, {"万", "1000000"}, {"亿", "10000000000"}}
	factor := "CASE"
	digits := bare
	var signs []string
	for _, u := range units {
		signs = append(signs, regexpQuote(encoded(f, u.sign)))
		factor += " WHEN " + c + " REGEXP " + sqlText(regexpQuote(encoded(f, u.sign))) + " THEN " + u.fen
		digits = "REPLACE(" + digits + ", " + literal(u.sign) + ", '')"
	}
	// an amount in yuan says so itself, whatever the column's unit
	for _, yuan := range []string{"元", "圆"} {
		factor += " WHEN " + c + " REGEXP " + sqlText(regexpQuote(encoded(f, yuan))) + " THEN 100"
	}
	factor += " ELSE " + map[string]string{"fen": "1", "yuan": "100", "wan": "1000000"}[f.Spec.Unit] + " END"

	guard := bare + " REGEXP " + sqlText("^[+-]{0,1}[0-9]+([.][0-9]+){0,1}("+strings.Join(signs, "|")+"){0,1}$")
	for _, e := range f.Spec.Empty {
		if isNumber(e) { // compared with the amount as it is written, before its unit
			guard += " AND " + digits + " + 0 <> " + e
		}
	}
	return within(f, guard, "ROUND(CAST("+digits+" AS DECIMAL(38, 10)) * "+factor+")", " * 100")
}
