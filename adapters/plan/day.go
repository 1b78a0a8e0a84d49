package plan

import (
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Days a column accepts when its mapping does not say; see cell.Spec.From.
const (
	firstDay  = "1949-10-01"
	beyondDay = "2100-01-01"
)

// dayExpression is SQL text whose order is calendar order.
//
// A native DATE or DATETIME, and a text column of one zero-padded layout that the site
// vouches for, are compared as they stand, and an index serves them. Any other text is
// brought to 2023-03-15 by a CASE with one branch per declared layout; what fits none,
// or names a day the calendar lacks, is NULL, exactly as the cell's codec drops it.
func dayExpression(t *Table, f *mapping.Field) string {
	if asStored(f) {
		return quote(f.Column)
	}
	var s strings.Builder
	s.WriteString("CASE")
	for _, layout := range f.Spec.Layouts {
		b := branchOf(quote(f.Column), layout, func(text string) string { return encoded(t, f, text) })
		s.WriteString(" WHEN " + b.guard + " THEN " + b.iso)
	}
	s.WriteString(" END")
	return s.String()
}

// asStored tells whether the column's own order is calendar order.
func asStored(f *mapping.Field) bool {
	return f.Native || f.Sorted || len(f.Spec.Layouts) == 0 ||
		len(f.Spec.Layouts) == 1 && (f.Spec.Layouts[0] == "epoch-ms" || f.Spec.Layouts[0] == "epoch-s" || f.Spec.Layouts[0] == "excel")
}

// dayRange is the predicate that the field's day lies in [from, before), both optional,
// and is a day at all: placeholders and impossible days are outside every range.
func dayRange(t *Table, f *mapping.Field, from, before *model.Date) Predicate {
	low, high := or(f.Spec.From, firstDay), or(f.Spec.Before, beyondDay)
	if from != nil && from.String() > low {
		low = from.String()
	}
	if before != nil && before.String() < high {
		high = before.String()
	}
	expression := dayExpression(t, f)
	if !asStored(f) {
		return between{expression: expression, from: low, before: high}
	}
	bounds := between{expression: expression, from: storedDay(f, low), before: storedDay(f, high)}
	if len(f.Spec.Empty) == 0 {
		return bounds
	}
	var inside []string // placeholders that lie within the bounds, such as 1990-01-01
	for _, e := range f.Spec.Empty {
		if e >= bounds.from && e < bounds.before {
			inside = append(inside, e)
		}
	}
	if len(inside) == 0 {
		return bounds
	}
	return all{bounds, not{in{column: f.Column, values: inside}}}
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// storedDay writes an ISO day the way a column compared as stored holds it.
func storedDay(f *mapping.Field, iso string) string {
	if f.Native || len(f.Spec.Layouts) == 0 {
		return iso
	}
	day, err := model.ParseDate(iso)
	if err != nil {
		return iso
	}
	layout := f.Spec.Layouts[0]
	switch layout {
	case "epoch-ms":
		return int64Text(day.Time().Unix() * 1000)
	case "epoch-s":
		return int64Text(day.Time().Unix())
	case "excel":
		return int64Text(day.Time().Unix()/86400 + 1 + 25569) // 1970-01-01 is serial 25569; Shanghai midnight is the day before in UTC
	}
	return day.Time().Format(layout)
}

// branch is one layout's arm of the CASE: when a text has the layout, and its ISO day.
type branch struct{ guard, iso string }

// branchOf renders a layout's arm. encode writes a literal of the layout (年) the way
// the column stores it.
func branchOf(column, layout string, encode func(string) string) branch {
	switch layout {
	case "excel":
		return branch{column + " REGEXP '^[0-9]{5}([.][0-9]+)?$'", "DATE_FORMAT(DATE_ADD('1899-12-30', INTERVAL FLOOR(" + column + ") DAY), '%Y-%m-%d')"}
	case "epoch-ms":
		return branch{column + " REGEXP '^[0-9]{12,13}$'", "DATE_FORMAT(DATE_ADD('1970-01-01 08:00:00', INTERVAL FLOOR(" + column + " / 1000) SECOND), '%Y-%m-%d %H:%i:%s')"}
	case "epoch-s":
		return branch{column + " REGEXP '^[0-9]{9,10}$'", "DATE_FORMAT(DATE_ADD('1970-01-01 08:00:00', INTERVAL FLOOR(" + column + ") SECOND), '%Y-%m-%d %H:%i:%s')"}
	case "chinese":
		return chineseBranch(column, encode)
	}
	return tokenBranch(column, layout, encode)
}

// token is one element of a Go reference layout.
type token struct {
	text    string // literal text, or ""
	part    byte   // Y m d H M S, f for a fraction; 0 for a literal
	padded  bool
	pattern string // regular expression of a part
}

var parts = []struct {
	layout string
	token  token
}{
	{"2006", token{part: 'Y', padded: true, pattern: "[0-9]{4}"}},
	{"01", token{part: 'm', padded: true, pattern: "(0[1-9]|1[0-2])"}},
	{"02", token{part: 'd', padded: true, pattern: "(0[1-9]|[12][0-9]|3[01])"}},
	{"15", token{part: 'H', padded: true, pattern: "[0-9]{2}"}},
	{"04", token{part: 'M', padded: true, pattern: "[0-9]{2}"}},
	{"05", token{part: 'S', padded: true, pattern: "[0-9]{2}"}},
	{".0", token{part: 'f', pattern: "([.][0-9]+)?"}},
	{"1", token{part: 'm', pattern: "(0?[1-9]|1[0-2])"}},
	{"2", token{part: 'd', pattern: "(0?[1-9]|[12][0-9]|3[01])"}},
}

// tokens takes a layout apart.
func tokens(layout string) []token {
	var list []token
next:
	for layout != "" {
		for _, p := range parts {
			if strings.HasPrefix(layout, p.layout) {
				list = append(list, p.token)
				layout = layout[len(p.layout):]
				continue next
			}
		}
		size := 1
		for size < len(layout) && layout[size]&0xC0 == 0x80 { // the rest of a UTF-8 character
			size++
		}
		if n := len(list); n > 0 && list[n-1].part == 0 {
			list[n-1].text += layout[:size]
		} else {
			list = append(list, token{text: layout[:size]})
		}
		layout = layout[size:]
	}
	return list
}

// tokenBranch renders the arm of a layout with year, month and day.
func tokenBranch(column, layout string, encode func(string) string) branch {
	pattern := "^"
	rest := column // what is still to be read
	part := map[byte]string{}
	list := tokens(layout)
	for i, k := range list {
		if k.part == 0 {
			literal := encode(k.text)
			pattern += regexpQuote(literal)
			rest = "SUBSTRING(" + rest + ", " + intText(runes(literal)+1) + ")"
			continue
		}
		pattern += k.pattern
		switch {
		case k.part == 'f':
			continue
		case k.padded:
			width := 2
			if k.part == 'Y' {
				width = 4
			}
			part[k.part] = "LEFT(" + rest + ", " + intText(width) + ")"
			rest = "SUBSTRING(" + rest + ", " + intText(width+1) + ")"
		case i+1 < len(list) && list[i+1].part == 0: // up to the literal that follows
			stop := sqlText(encode(list[i+1].text))
			part[k.part] = "SUBSTRING_INDEX(" + rest + ", " + stop + ", 1)"
			rest = "SUBSTRING(" + rest + ", CHAR_LENGTH(" + part[k.part] + ") + 1)"
		default:
			part[k.part] = rest
		}
	}
	if strings.HasSuffix(layout, "日") { // a note in brackets may follow: 2023年03月15日（通知）
		pattern += "(" + regexpQuote(encode("（")) + ".*|[(].*)?"
	}
	pattern += "$"
	iso := "CONCAT(" + part['Y'] + ", '-', LPAD(" + or(part['m'], "'01'") + ", 2, '0'), '-', LPAD(" + or(part['d'], "'01'") + ", 2, '0'))"
	// DATE gives NULL for 31 April; DATE_FORMAT makes text of it, comparable to text.
	iso = "DATE_FORMAT(DATE(" + iso + "), '%Y-%m-%d')"
	if part['H'] != "" {
		iso = "CONCAT(" + iso + ", ' ', " + part['H'] + ", ':', " + or(part['M'], "'00'") + ", ':', " + or(part['S'], "'00'") + ")"
	}
	return branch{column + " REGEXP " + sqlText(pattern), iso}
}

// chineseBranch renders the arm of 二〇二三年三月十五日 by replacing numerals with digits,
// longest first.
func chineseBranch(column string, encode func(string) string) branch {
	year, month, day := encode("年"), encode("月"), encode("日")
	digits := []string{"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	e := column
	replace := func(old, new string) { e = "REPLACE(" + e + ", " + sqlText(old) + ", " + sqlText(new) + ")" }
	numeral := func(n int) string {
		switch {
		case n < 10:
			return digits[n]
		case n == 10:
			return "十"
		case n < 20:
			return "十" + digits[n-10]
		case n%10 == 0:
			return digits[n/10] + "十"
		}
		return digits[n/10] + "十" + digits[n%10]
	}
	for m := 12; m >= 1; m-- {
		replace(year+encode(numeral(m))+month, "-"+twoDigits(m)+"-")
	}
	for d := 31; d >= 1; d-- {
		replace("-"+encode(numeral(d))+day, "-"+twoDigits(d))
	}
	replace(encode("零"), "0")
	replace(encode("○"), "0")
	for n, digit := range digits {
		replace(encode(digit), intText(n))
	}
	return branch{
		guard: e + " REGEXP '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'",
		iso:   "DATE_FORMAT(DATE(" + e + "), '%Y-%m-%d')",
	}
}

// encoded writes text the way the field's column stores it, for literals in patterns.
func encoded(t *Table, f *mapping.Field, text string) string {
	raw, known := cell.Encode(f.Spec.Charset, text)
	if !known {
		return text
	}
	return raw
}
