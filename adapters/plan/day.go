package plan

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Days a column accepts when its mapping does not say; see cell.Spec.From.
const (
	firstDay  = "1949-10-01"
	beyondDay = "2100-01-01"
)

// dayBounds are the first day the field accepts and the first it no longer does.
func dayBounds(f *mapping.Field) (low, high string) {
	return or(f.Spec.From, firstDay), or(f.Spec.Before, beyondDay)
}

// isNative tells whether the column is a DATE or DATETIME.
func isNative(f *mapping.Field) bool { return f.Native || len(f.Spec.Layouts) == 0 }

// asStored tells whether the column's own order is calendar order, so that an index
// serves it: a DATE or DATETIME, text of one zero-padded layout that the site vouches
// for, a column of serial numbers unless the numbers are texts.
func (t *Table) asStored(f *mapping.Field) bool {
	return isNative(f) || f.Sorted || len(f.Spec.Layouts) == 1 && isSerial(f.Spec.Layouts[0]) &&
		t.column(f.Column).Charset == ""
}

func isSerial(layout string) bool {
	return layout == "epoch-ms" || layout == "epoch-s" || layout == "excel"
}

// dayRange is the predicate that the field's day lies in [from, before), both optional,
// and is a day at all: placeholders and impossible days are outside every range.
func dayRange(t *Table, f *mapping.Field, from, before *model.Date) Predicate {
	low, high := dayBounds(f)
	isBounded := from != nil && before != nil
	if from != nil && from.String() > low {
		low = from.String()
	}
	if before != nil && before.String() < high {
		high = before.String()
	}
	if low >= high {
		return either{}
	}
	if !t.asStored(f) {
		return days{expression: t.meaning(f), first: low, last: lastMoment(high)}
	}
	bounds := between{column: f.Column, from: storedDay(f, low), before: storedDay(f, high), isBounded: isBounded}
	if !isNative(f) {
		// the text may still be a placeholder or no day at all
		stored := all{bounds, trim{something{t.meaning(f)}}}
		if t.hasStrays(f) { // or one of another day: 20230316 with a tab behind it lies before 20230316
			stored[1] = trim{days{expression: t.meaning(f), first: low, last: lastMoment(high)}}
		}
		if others := t.straysWithin(f, low, high); others != nil {
			return either{stored, t.in(f, others)}
		}
		return stored
	}
	var inside []string // placeholders within the bounds, such as 1990-01-01
	for _, e := range f.Spec.Empty {
		if e >= low && e < high {
			inside = append(inside, e)
		}
	}
	exists := trim{existing{f.Column}}
	if len(inside) == 0 {
		return all{bounds, exists}
	}
	return all{bounds, exists, trim{except{column: f.Column, values: inside}}}
}

// existing holds where a DATE or DATETIME column names a day of the calendar. Servers keep
// 2021-05-00, 2021-00-00 and, before MySQL 5.7 or where they are told to, 2021-02-31;
// most of their functions read such days as if they were some. Of a month 0 LAST_DAY is NULL.
type existing struct{ column string }

func (p existing) render(b *builder) { b.write(existence(p.column)) }

func existence(column string) string {
	column = quote(column)
	return "DAY(" + column + ") BETWEEN 1 AND DAY(LAST_DAY(" + column + "))"
}

// lastMoment is the greatest text of an ISO day, with or without a time, before a day.
func lastMoment(before string) string {
	day, err := time.Parse(time.DateOnly, before)
	if err != nil {
		return before
	}
	return day.AddDate(0, 0, -1).Format(time.DateOnly) + " 24"
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// storedDay writes an ISO day the way a column compared as stored holds it.
func storedDay(f *mapping.Field, iso string) string {
	if isNative(f) {
		return iso
	}
	layout := f.Spec.Layouts[0]
	if isSerial(layout) {
		return int64Text(serial(layout, iso))
	}
	return midnight(iso).Format(layout)
}

// serial is the number that stands for the beginning of an ISO day. Excel's serial of
// 1970-01-01 is 25569; days before March 1900, where it is off by one, are not asked for.
func serial(layout, iso string) int64 {
	second := midnight(iso).Unix()
	switch layout {
	case "epoch-ms":
		return second * 1000
	case "epoch-s":
		return second
	}
	return (second+8*3600)/86400 + 25569
}

// midnight begins an ISO day in Asia/Shanghai; the mapping's checks have read the day.
func midnight(iso string) time.Time {
	day, err := model.ParseDate(iso)
	if err != nil {
		panic("plan: " + err.Error())
	}
	return day.Time()
}

// isoDay is SQL text for the field's day in ISO form, 2023-03-15, or for its instant,
// 2023-03-15 09:30:00; its order is calendar order. It is NULL where the codec reads no
// value: text is brought to the form by a CASE with one branch per declared layout, and
// what fits none, or names a day the calendar lacks, has no branch. Years outside the
// accepted range have none either; of the first year of all, 1949, all days count where
// the mapping does not say otherwise.
//
// A partial day counts as its first day.
func isoDay(f *mapping.Field) string {
	d := dayWriter{
		kind:   f.Spec.Kind,
		encode: func(text string) string { return encoded(f, text) },
	}
	d.low, d.high = dayBounds(f)
	if isNative(f) {
		return "CASE WHEN " + readable(f) + " THEN DATE_FORMAT(" + quote(f.Column) + ", " + d.format() + ") END"
	}
	d.text = "TRIM(" + quote(f.Column) + ")"
	var s strings.Builder
	s.WriteString("CASE")
	var empty []string
	for _, e := range f.Spec.Empty {
		if strings.ContainsAny(e, "123456789") { // others fit no layout
			empty = append(empty, sqlText(d.encode(e)))
		}
	}
	if len(empty) > 0 {
		s.WriteString(" WHEN " + d.text + " IN (" + strings.Join(empty, ", ") + ") THEN NULL")
	}
	d.branches(&s, f.Spec.Layouts)
	if wide, folded := d.folded(f.Spec.Layouts); wide != "" {
		s.WriteString(" WHEN " + wide + " THEN CASE")
		d.text = folded
		d.branches(&s, slices.DeleteFunc(slices.Clone(f.Spec.Layouts), func(l string) bool { return l == "chinese" }))
		s.WriteString(" END")
	}
	s.WriteString(" END")
	if from, before := f.Spec.From, f.Spec.Before; from != "" && !strings.HasSuffix(from, "-01-01") || before != "" &&
		!strings.HasSuffix(before, "-01-01") {
		return "CASE WHEN " + s.String() + " BETWEEN " + sqlText(d.low) + " AND " + sqlText(lastMoment(d.high)) +
			" THEN " + s.String() + " END"
	}
	return s.String()
}

// dayWriter renders the ISO text of one column's days.
type dayWriter struct {
	kind      string // day, instant or partialDay
	text      string // SQL of the cell's text
	low, high string // accepted days
	// encode writes a literal of a layout (年) the way the column stores it.
	encode func(string) string
}

// format is the DATE_FORMAT of the kind.
func (d dayWriter) format() string {
	if d.kind == "instant" {
		return "'%Y-%m-%d %H:%i:%s'"
	}
	return "'%Y-%m-%d'"
}

// readable is the condition that a DATE or DATETIME column holds a day that is accepted.
func readable(f *mapping.Field) string {
	column := quote(f.Column)
	low, high := dayBounds(f)
	guard := column + " >= " + sqlText(low) + " AND " + column + " < " + sqlText(high)
	for _, e := range f.Spec.Empty {
		if e >= low && e < high {
			guard += " AND " + column + " <> " + sqlText(e)
		}
	}
	return guard + " AND " + existence(f.Column)
}

// isReadable tells whether readable holds wherever all the conditions do: one is the range
// of the field that dayRange makes, with all that it leaves out.
func isReadable(f *mapping.Field, where []Predicate) bool {
	low, high := dayBounds(f)
	return slices.ContainsFunc(where, func(p Predicate) bool {
		switch p := p.(type) {
		case all:
			return isReadable(f, p)
		case between:
			return p.column == f.Column && p.from >= low && p.before <= high &&
				!slices.ContainsFunc(f.Spec.Empty, func(e string) bool { return e >= p.from && e < p.before })
		}
		return false
	})
}

// branches renders an arm for each layout.
func (d dayWriter) branches(s *strings.Builder, layouts []string) {
	for _, layout := range layouts {
		guard, iso := d.branch(layout)
		s.WriteString(" WHEN " + guard + " THEN " + iso)
	}
}

// folded is the cell's text with half-width digits and signs, and the condition under
// which it is worth to try that: some digit is full-width. Both are "" where only
// Chinese numerals are declared.
func (d dayWriter) folded(layouts []string) (condition, text string) {
	signs := "0123456789"
	for _, layout := range layouts {
		if layout == "chinese" || isSerial(layout) {
			continue
		}
		for _, k := range tokensOf(layout) {
			for _, r := range k.text {
				if wide := widen(string(r)); wide != string(r) && !strings.ContainsRune(signs, r) {
					signs += string(r)
				}
			}
		}
	}
	if len(layouts) == 1 && layouts[0] == "chinese" {
		return "", ""
	}
	var digits []string
	text = d.text
	for i, r := range signs {
		wide := d.encode(widen(string(r)))
		text = "REPLACE(" + text + ", " + sqlText(wide) + ", " + sqlText(string(r)) + ")"
		if i < 10 {
			digits = append(digits, regexpQuote(wide))
		}
	}
	return d.text + " REGEXP " + sqlText(strings.Join(digits, "|")), text
}

// branch renders a layout's arm of the CASE: when a text has the layout, and its ISO form.
func (d dayWriter) branch(layout string) (guard, iso string) {
	switch layout {
	case "excel":
		whole := "SUBSTRING_INDEX(" + d.text + ", '.', 1)"
		at := "DATE_ADD('1899-12-30', INTERVAL " + whole + " DAY)"
		if d.kind == "instant" { // never into the next day
			at = "DATE_ADD(" + at + ", INTERVAL LEAST(ROUND((" + d.text + " - " + whole + ") * 86400), 86399) SECOND)"
		}
		return d.serial(layout, "[0-9]{1,5}([.][0-9]+){0,1}"), "DATE_FORMAT(" + at + ", " + d.format() + ")"
	case "epoch-ms":
		return d.serial(layout, epoch("14")),
			"DATE_FORMAT(DATE_ADD('1970-01-01 08:00:00', INTERVAL FLOOR(" + d.text + " / 1000) SECOND), " + d.format() +
				")"
	case "epoch-s":
		return d.serial(layout, epoch("11")),
			"DATE_FORMAT(DATE_ADD('1970-01-01 08:00:00', INTERVAL FLOOR(" + d.text + ") SECOND), " + d.format() + ")"
	case "chinese":
		return d.chinese()
	}
	return d.tokens(tokensOf(layout))
}

// epoch is the pattern of a time since 1970 of so many digits; double columns and exports
// add a fraction, or write 1.678843805E12.
func epoch(digits string) string {
	return "-{0,1}[0-9]{1," + digits + "}([.][0-9]+){0,1}([eE][+]{0,1}[0-9]{1,2}){0,1}"
}

// serial is the guard of a number within the accepted days; zero means none.
func (d dayWriter) serial(layout, pattern string) string {
	return d.text + " REGEXP " + sqlText("^"+pattern+"$") +
		" AND " + d.text + " + 0 >= " + int64Text(serial(layout, d.low)) +
		" AND " + d.text + " + 0 < " + int64Text(serial(layout, d.high)) +
		" AND " + d.text + " + 0 <> 0"
}

// token is one element of a Go reference layout.
type token struct {
	text   string // literal text, or ""
	part   byte   // Y m d H M S, f for a fraction; 0 for a literal
	padded bool
}

var parts = []struct {
	layout string
	token  token
}{
	{"2006", token{part: 'Y', padded: true}},
	{"01", token{part: 'm', padded: true}},
	{"02", token{part: 'd', padded: true}},
	{"15", token{part: 'H', padded: true}},
	{"04", token{part: 'M', padded: true}},
	{"05", token{part: 'S', padded: true}},
	{"1", token{part: 'm'}},
	{"2", token{part: 'd'}},
	{"4", token{part: 'M'}},
	{"5", token{part: 'S'}},
}

// tokensOf takes a layout apart, as cell does.
func tokensOf(layout string) []token {
	var list []token
next:
	for layout != "" {
		if n := len(list); n > 0 && list[n-1].part == 'S' &&
			(strings.HasPrefix(layout, ".0") || strings.HasPrefix(layout, ".9")) {
			list = append(list, token{part: 'f', padded: layout[1] == '0'})
			layout = strings.TrimLeft(layout[1:], layout[1:2])
			continue
		}
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

// pattern is the regular expression of a token. It has no question mark: the driver would
// take that for a placeholder, and prepare the statement instead of filling it in.
func (d dayWriter) pattern(k token) string {
	optional := ""
	if !k.padded {
		optional = "{0,1}"
	}
	switch k.part {
	case 0:
		return regexpQuote(d.encode(k.text))
	case 'Y':
		return years(d.low, lastMoment(d.high))
	case 'm':
		if d.kind == "partialDay" && k.padded { // 00: not known
			return "(0[0-9]|1[0-2])"
		}
		return "(0" + optional + "[1-9]|1[0-2])"
	case 'd':
		if d.kind == "partialDay" && k.padded {
			return "([0-2][0-9]|3[01])"
		}
		return "(0" + optional + "[1-9]|[12][0-9]|3[01])"
	case 'f':
		if k.padded {
			return "[.][0-9]+"
		}
		return "([.][0-9]*){0,1}"
	}
	if d.kind != "instant" { // the time is read over
		return "[0-9][0-9]" + optional
	}
	if k.part == 'H' {
		return "([01][0-9]|2[0-3])"
	}
	return "[0-5]" + optional + "[0-9]"
}

// note is the pattern of a note in brackets behind a date: 2023年03月15日（通知）.
func (d dayWriter) note() string {
	return "( *(" + regexpQuote(d.encode("（")) + "|[(]).*(" + regexpQuote(d.encode("）")) + "|[)])){0,1}"
}

// tokens renders the arm of a Go layout: the cell's parts are cut out one after another.
func (d dayWriter) tokens(list []token) (guard, iso string) {
	pattern := "^"
	rest, skip := d.text, 0 // what is still to be read: rest without its first skip characters
	part := map[byte]string{}
	for i, k := range list {
		pattern += d.pattern(k)
		switch {
		case k.part == 'f':
			// the last of all, and not needed
		case k.part == 0:
			skip += runes(d.encode(k.text))
		case k.part == 'Y':
			part['Y'] = substring(rest, skip, 4)
			skip += 4
		case k.padded:
			part[k.part] = substring(rest, skip, 2)
			skip += 2
		case i+1 < len(list) && list[i+1].part == 0: // up to the literal that follows
			rest, skip = substring(rest, skip, 0), 0
			stop := sqlText(d.encode(list[i+1].text))
			part[k.part] = "SUBSTRING_INDEX(" + rest + ", " + stop + ", 1)"
			rest = "SUBSTRING(" + rest + ", LOCATE(" + stop + ", " + rest + "))"
		default: // up to a note
			rest, skip = substring(rest, skip, 0), 0
			part[k.part] = "TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(" + rest + ", '(', 1), " + sqlText(d.encode("（")) +
				", 1))"
		}
	}
	pattern += d.note() + "$"
	if day := d.yearFirst(list); day != "" {
		return d.text + " REGEXP " + sqlText(pattern), isoText(day)
	}
	if d.kind == "partialDay" {
		for _, p := range []byte{'m', 'd'} {
			if part[p] != "" {
				part[p] = "REPLACE(" + part[p] + ", '00', '01')"
			}
		}
	}
	iso = "CONCAT(" + part['Y'] + ", '-', " + or(part['m'], "'01'") + ", '-', " + or(part['d'], "'01'") + ")"
	iso = isoText(iso)
	if d.kind == "instant" {
		two := func(p byte) string {
			if part[p] == "" {
				return "'00'"
			}
			return "LPAD(" + part[p] + ", 2, '0')"
		}
		iso = "CONCAT(" + iso + ", ' ', " + two('H') + ", ':', " + two('M') + ", ':', " + two('S') + ")"
	}
	return d.text + " REGEXP " + sqlText(pattern), iso
}

// yearFirst is the day of the commonest layouts: 20060102, and year, month and day with
// signs between them, which need only become dashes; "" of any other layout.
func (d dayWriter) yearFirst(list []token) string {
	if d.kind == "day" && len(list) >= 3 && list[0].part == 'Y' && list[1].part == 'm' && list[2].part == 'd' {
		return substring(d.text, 0, 8)
	}
	if d.kind != "day" || len(list) < 5 || list[0].part != 'Y' || list[2].part != 'm' || list[4].part != 'd' ||
		list[1].part != 0 || list[3].part != 0 {
		return ""
	}
	first, second := d.encode(list[1].text), d.encode(list[3].text)
	day := d.text
	switch {
	case list[2].padded && list[4].padded:
		day = substring(day, 0, 8+runes(first)+runes(second))
	case len(list) == 5: // up to a note
		day = "TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(" + day + ", '(', 1), " + sqlText(d.encode("（")) + ", 1))"
	default: // up to the literal that follows
		stop := d.encode(list[5].text)
		if list[5].part != 0 || strings.Contains(first+second, stop) {
			return ""
		}
		day = "SUBSTRING_INDEX(" + day + ", " + sqlText(stop) + ", 1)"
	}
	for i, sign := range []string{first, second} {
		if sign != "-" && (i == 0 || sign != first) {
			day = "REPLACE(" + day + ", " + sqlText(sign) + ", '-')"
		}
	}
	return day
}

// isoText pads 2023-3-5. DATE gives NULL for 31 April; DATE_FORMAT makes text of it,
// comparable to text.
func isoText(day string) string { return "DATE_FORMAT(DATE(" + day + "), '%Y-%m-%d')" }

// substring cuts size characters, or with 0 all, behind the first skip ones.
func substring(text string, skip, size int) string {
	switch {
	case size == 0 && skip == 0:
		return text
	case size == 0:
		return "SUBSTRING(" + text + ", " + intText(skip+1) + ")"
	case skip == 0:
		return "LEFT(" + text + ", " + intText(size) + ")"
	}
	return "SUBSTRING(" + text + ", " + intText(skip+1) + ", " + intText(size) + ")"
}

// years is the pattern of the years from that of the first day to that of the last:
// (1949|19[5-9][0-9]|20[0-9][0-9]). It keeps 9999 and other placeholders out.
func years(first, last string) string {
	var y, end int
	_, _ = fmt.Sscanf(first, "%d", &y)
	_, _ = fmt.Sscanf(last, "%d", &end)
	var alternatives []string
	for y <= end {
		for place, step := 0, 1000; ; place, step = place+1, step/10 {
			n := 0 // whole blocks of step years from y on, under one leading part
			for y%step == 0 && y/step%10+n < 10 && y+(n+1)*step-1 <= end {
				n++
			}
			if n == 0 {
				continue // single years always fit
			}
			text := fmt.Sprintf("%04d", y)
			class := text[place : place+1]
			if n > 1 {
				class = "[" + class + "-" + string(class[0]+byte(n-1)) + "]"
			}
			alternatives = append(alternatives, text[:place]+class+strings.Repeat("[0-9]", 3-place))
			y += n * step
			break
		}
	}
	return "(" + strings.Join(alternatives, "|") + ")"
}

// chinese renders the arm of 二〇二三年三月十五日. The guard sees to the form, so numerals
// can be replaced by digits wherever they stand.
func (d dayWriter) chinese() (guard, iso string) {
	quoted := func(text string) string { return regexpQuote(d.encode(text)) }
	alternatives := func(texts ...string) string {
		for i, t := range texts {
			texts[i] = quoted(t)
		}
		return "(" + strings.Join(texts, "|") + ")"
	}
	digits := []string{"一", "二", "三", "四", "五", "六", "七", "八", "九"}
	numeral := alternatives(append(slices.Clone(digits), "十", "廿", "卅")...) + "{1,3}"
	pattern := "^" + alternatives(append(slices.Clone(digits), "〇", "零", "○")...) + "{4}" + quoted("年") +
		numeral + quoted("月") + numeral + alternatives("日", "号") + d.note() + "$"

	e := "SUBSTRING_INDEX(SUBSTRING_INDEX(" + d.text + ", " + sqlText(d.encode("日")) + ", 1), " +
		sqlText(d.encode("号")) + ", 1)"
	e = "CONCAT(" + e + ", '-')"
	replace := func(old, new string) { e = "REPLACE(" + e + ", " + sqlText(old) + ", " + sqlText(new) + ")" }
	// 八 before 四: in GBK the second byte of 八 and the first of 年 are a 四.
	for _, n := range []int{8, 1, 2, 3, 4, 5, 6, 7, 9} {
		replace(d.encode(digits[n-1]), intText(n))
	}
	for _, zero := range []string{"〇", "零", "○"} {
		replace(d.encode(zero), "0")
	}
	replace(d.encode("年"), "-")
	replace(d.encode("月"), "-")
	ten := d.encode("十")
	replace(d.encode("廿"), "2"+ten)
	replace(d.encode("卅"), "3"+ten)
	replace("-"+ten+"-", "-10-") // 十月
	replace("-"+ten+"-", "-10-") // 十月十日: the dash between them served the first
	replace("-"+ten, "-1")       // 十五日
	replace(ten+"-", "0-")       // 二十日
	replace(ten, "")             // 二十五日
	iso = isoText("SUBSTRING_INDEX(" + e + ", '-', 3)")
	if d.kind == "instant" {
		iso = "CONCAT(" + iso + ", ' 00:00:00')"
	}
	return d.text + " REGEXP " + sqlText(pattern), iso
}

// encoded writes text the way the field's column stores it, for literals in patterns.
func encoded(f *mapping.Field, text string) string {
	if raw := cell.Encodings(f.Spec.Charset, text); len(raw) > 0 {
		return raw[0]
	}
	return text
}
