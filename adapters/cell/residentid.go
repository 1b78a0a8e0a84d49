package cell

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/identity"
)

// residentIDCodec reads resident identity numbers (GB 11643-1999) and keeps what other
// documents stand in the same column.
type residentIDCodec struct{ column }

func newResidentID(spec Spec, _ Env) (Codec, error) {
	c, err := newColumn(spec, true)
	if err != nil {
		return nil, err
	}
	c.private = true
	return &residentIDCodec{c}, nil
}

// Decode gives *model.ResidentNumber in canonical form: 18 characters, upper-case X. The
// 15 digits of the years before 1999 are widened without a finding; they were correct.
func (c *residentIDCodec) Decode(raw []byte) (any, *Problem) {
	var buf [64]byte
	text, problem := c.read(buf[:], raw)
	if len(text) == 0 {
		return nil, problem
	}
	id := compact(buf[:0], text)
	switch {
	case areSame(id):
		return nil, notAnIdentifier
	case len(id) == 18 && areDigits(id[:17]) && (isDigit(id[17]) || id[17] == 'X'):
		if !isBirthDay(id[6:14]) {
			return nil, notAnIdentifier
		}
		number := string(id)
		if identity.ResidentCheck(number[:17]) != number[17] {
			return nil, badChecksum
		}
		return new(model.ResidentNumber(number)), nil
	case len(id) == 15 && areDigits(id):
		number := identity.ResidentFrom15(string(id))
		if !isBirthDay([]byte(number[6:14])) {
			return nil, notAnIdentifier
		}
		return new(model.ResidentNumber(number)), nil
	case isOtherDocument(id):
		return new(model.ResidentNumber(id)), otherDocument
	}
	return nil, notAnIdentifier
}

// Spell lists the number as it stands, with lower-case x, as 15 digits where it has that
// form, with the apostrophe spreadsheets add, in full-width digits, and grouped.
func (c *residentIDCodec) Spell(canonical string) ([]string, bool) {
	forms := []string{canonical, strings.ToLower(canonical)}
	if len(canonical) == 18 {
		if canonical[6:8] == "19" {
			forms = append(forms, canonical[:6]+canonical[8:17])
		}
		forms = append(forms, canonical[:6]+" "+canonical[6:14]+" "+canonical[14:])
	}
	for _, form := range forms {
		forms = append(forms, "'"+form)
	}
	forms = append(forms, widen(canonical))
	return spellings(c, c.charset, canonical, forms...), true
}

// compact writes an identifier without blanks and leading apostrophes, in upper case. The
// result lies in buf, which may hold text itself.
func compact(buf, text []byte) []byte {
	out := buf[:0]
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case isBlank(r):
		case len(out) == 0 && strings.ContainsRune("'`‘’", r):
		case r >= 'a' && r <= 'z':
			out = append(out, byte(r)-'a'+'A')
		default:
			out = append(out, text[:size]...)
		}
		text = text[size:]
	}
	return out
}

func areSame(text []byte) bool {
	for _, b := range text {
		if b != text[0] {
			return false
		}
	}
	return true
}

// isBirthDay tells whether eight digits are a day on which a person in the files can have
// been born.
func isBirthDay(digits []byte) bool {
	n := 0
	for _, d := range digits {
		n = n*10 + int(d-'0')
	}
	_, ok := model.NewDate(n/10000, n/100%100, n%100)
	return ok && n >= 18500101 && n < 21000101
}

// isOtherDocument recognises passports, officers' cards and travel permits: 7 to 12
// characters that start with a letter or Chinese character and hold at least five digits.
func isOtherDocument(id []byte) bool {
	digits, length := 0, 0
	for i := 0; i < len(id); length++ {
		r, size := utf8.DecodeRune(id[i:])
		switch {
		case r >= 'A' && r <= 'Z', unicode.Is(unicode.Han, r):
		case i == 0:
			return false
		case r >= '0' && r <= '9':
			digits++
		case r == '(', r == ')', r == '-':
		default:
			return false
		}
		i += size
	}
	return digits >= 5 && length >= 7 && length <= 12
}

// IsWidened tells whether a cell that was read as number holds the 15 digits of before
// 1999, which have no check digit.
func IsWidened(codec Codec, raw []byte, number model.ResidentNumber) bool {
	c, ok := codec.(*residentIDCodec)
	if !ok || len(number) != 18 || len(raw) == 18 {
		return false
	}
	var buf [64]byte
	text, _ := c.read(buf[:], raw)
	return len(compact(buf[:0], text)) == 15
}

// NormalizeResidentID gives the 18 characters that all spellings of a resident identity
// number share; ok is false for a text that is none, a wrong check digit included.
func NormalizeResidentID(text string) (number string, ok bool) {
	c, err := newResidentID(Spec{}, Env{})
	if err != nil {
		return "", false
	}
	value, problem := c.Decode([]byte(text))
	if value == nil || problem != nil {
		return "", false
	}
	return string(*value.(*model.ResidentNumber)), true
}
