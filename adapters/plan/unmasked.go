package plan

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/mask"
)

// unmasked holds where no number of a person can stand in the column, nor a house number
// in one that is no number of a file: what is masked is not found either. It goes by what
// package mask takes for a number, and by a little more where a regular expression cannot
// say it: check digits, and how many groups the digits may stand in. It stands behind the
// condition that finds the rows, so few are looked at.
type unmasked struct {
	field *mapping.Field // with a column in which any text can be looked for
}

func (p unmasked) render(b *builder) {
	b.write(p.plain() + " NOT REGEXP ")
	b.arg(p.pattern())
}

// plain is the text with digits in half width, and with one sign for all that may stand
// between the digits of a number.
func (p unmasked) plain() string {
	text := quote(p.field.Column)
	replace := func(r rune, by string) {
		if raw := cell.Encodings(p.field.Spec.Charset, string(r)); len(raw) > 0 && utf8.ValidString(raw[0]) {
			text = "REPLACE(" + text + ", " + sqlText(raw[0]) + ", " + sqlText(by) + ")"
		}
	}
	for _, r := range mask.Separators {
		if r >= utf8.RuneSelf {
			replace(r, "-")
		}
	}
	for digit := '0'; digit <= '9'; digit++ {
		replace([]rune(widen(string(digit)))[0], string(digit))
	}
	return text
}

func (p unmasked) pattern() string {
	pattern := "(^|[^0-9])(" + strings.Join(personNumbers(), "|") + ")" // the first of a row begins where its digits do
	before, behind := p.held(mask.BeforeHouse), p.held(mask.BehindHouse)
	if IsNumberField(p.field.Name) || before == "" || behind == "" {
		return pattern
	}
	if ordinal := p.held("第"); ordinal != "" { // MySQL's expressions before 8.0 have no empty alternative
		before += "[ ]{0,1}(" + ordinal + "){0,1}"
	}
	return pattern + "|" + before + "[ ]{0,1}[0-9]+(-[0-9]+)*" + behind
}

// held is a pattern of those of the words, which | parts, that the column can hold; empty
// where it can hold none.
func (p unmasked) held(words string) string {
	var kept []string
	for word := range strings.SplitSeq(words, "|") {
		if raw := cell.Encodings(p.field.Spec.Charset, word); len(raw) > 0 && utf8.ValidString(raw[0]) {
			kept = append(kept, raw[0])
		}
	}
	if kept == nil {
		return ""
	}
	return "(" + strings.Join(kept, "|") + ")"
}

func (p unmasked) service(*Physical) service { return untouched }

// personNumbers are patterns of the numbers of persons, see mask.Text.
func personNumbers() []string {
	gap := "["
	for _, r := range mask.Separators {
		if r < utf8.RuneSelf && r != '-' {
			gap += string(r)
		}
	}
	gap += "-]*"
	digit := func(class string) string { return class + gap }
	row := func(n int) string { return "([0-9]" + gap + "){" + strconv.Itoa(n) + "}" }
	zero, one, two := digit("0"), digit("1"), digit("2")
	division := digit("[1-8]") + row(5)
	birthday := "(" + zero + digit("[1-9]") + "|" + one + digit("[0-2]") + ")(" + zero + digit("[1-9]") + "|" +
		digit("[12]") + digit("[0-9]") + "|" + digit("3") + digit("[01]") + ")"
	resident := division + "(" + one + digit("[89]") + "|" + two + zero + ")" + row(2) + birthday // or its beginning
	short := division + row(2) + birthday + row(3)                                                // of 15 digits
	mobile := "((" + zero + "){0,2}" + digit("8") + digit("6") + "|" + zero + "){0,1}" + one + digit("[3-9]") + row(9)
	landline := zero + "(" + digit("[12]") + row(9) + "|" + digit("[3-9]") + "(" + row(9) + "|" + row(10) + "))"
	card := digit("[3-6]") + row(15) + "(" + row(3) + "){0,1}"
	const end = "([^0-9]|$)"
	// a second number, or an end
	next := "(" + strings.Join([]string{resident, short, mobile, landline, card}, "|") + "|[^0-9]|$)"
	return []string{resident, short + next, mobile + next, landline + end, card + end}
}
