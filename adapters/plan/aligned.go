package plan

import (
	"github.com/bureaugraph/bureaugraph/adapters/cell"
)

// aligned holds where a text in GBK contains another in step with its characters: the
// second byte of one and the first of the next can be a third, and the second byte may be
// a letter. It stands beside a LIKE that finds the bytes, and reads the text from its
// beginning as cell does, in the characters by which latin1 shows its bytes.
type aligned struct {
	cells
	text string // that is looked for, as latin1 shows it
}

// isAligned tells whether a text in GBK can only be found in step: its first byte is never
// part of a longer character.
func isAligned(raw string) bool { return raw == "" || raw[0] < '0' || raw[0] > '9' && raw[0] < '@' }

// pattern is the regular expression of a text that contains the other in step. Each of its
// tokens begins as no other does, so that there is one way to read a text. It has neither
// look-ahead nor question mark, see dayWriter.pattern.
func (p aligned) pattern() string {
	leads := cell.Latin1([]byte{0xA0}) + "-" + cell.Latin1([]byte{0xFE}) // latin1 shows 0x80 to 0x9f in no order
	for b := byte(0x81); b <= 0x9F; b++ {
		leads += cell.Latin1([]byte{b})
	}
	trails := "@-~" + leads + cell.Latin1([]byte{0x80, 0xFF})
	const maybe = "{0,1}"
	lead, single := "["+leads+"]", "[^"+leads+"]"
	half := "(" + lead + "[0-9])" // two are a character; one is a byte that is lost, and a digit
	pair := lead + "[" + trails + "]"
	lost := lead + "[^" + trails + "0-9]" // a lead byte without trail, and what stands there
	before := "^((" + half + half + ")*" + half + maybe + "(" + single + "|" + pair + "|" + lost + "))*(" + half +
		half + ")*"

	needle := regexpQuote(p.text)
	switch bytes := []rune(p.text); {
	case len(bytes) > 1 && bytes[0] >= 0x80 && isDigits(string(bytes[1])): // a character of four bytes
		return before + needle
	case !isDigits(string(bytes[0])):
		return before + half + maybe + needle
	case len(bytes) == 1: // here and below the byte before may be one that is lost
		return before + "(" + half + maybe + needle + "|" + lead + needle + "($|" + single + "|" + lead + "[^0-9]))"
	case len(bytes) > 2 && bytes[1] >= 0x80 && isDigits(string(bytes[2])):
		return before + half + maybe + needle
	default:
		return before + "(" + half + maybe + needle + "|" + lead + needle + ")"
	}
}

func (p aligned) render(b *builder) {
	text := quote(p.column) + " COLLATE latin1_bin"
	if p.typ.Charset != "latin1" {
		text = "CONVERT(" + quote(p.column) + " USING latin1) COLLATE latin1_bin"
	}
	b.write(text + " REGEXP ")
	b.arg(p.pattern())
}

func (aligned) service(*Physical) service { return untouched }
