package cell

import "bytes"

// keyCodec reads ids of whatever type the column has: varchar, integer, decimal(65,30) or
// double. Digits are never read as a float; leading zeros of a text id stay.
type keyCodec struct{ column }

func newKey(spec Spec, _ Env) (Codec, error) {
	c, err := newColumn(spec, false)
	if err != nil {
		return nil, err
	}
	return &keyCodec{c}, nil
}

func (c *keyCodec) Decode(raw []byte) (any, *Problem) {
	var buf [64]byte
	text, problem := c.read(buf[:], raw)
	switch {
	case len(text) == 0:
		return nil, problem
	case problem != nil: // two keys that lost a character each are not the same key
		return nil, undecodable
	}
	var plain [maxKeyExponent + 1]byte
	text = plainInteger(plain[:0], text)
	if string(text) == "0" || c.isEmpty(text) {
		return nil, nil
	}
	value := string(text)
	return &value, nil
}

// Key is the text of a key as a reference to it is read: without blanks round it, and
// without the fraction of zeros that decimal columns show.
func Key(text string) string {
	var plain [maxKeyExponent + 1]byte
	return string(plainInteger(plain[:0], trim([]byte(text))))
}

func (c *keyCodec) Spell(canonical string) ([]string, bool) {
	return spellings(c, c.charset, canonical, canonical), true
}

// maxKeyExponent bounds ids in scientific notation: decimal(65,0) is the widest integer
// MySQL has.
const maxKeyExponent = 64

// plainInteger writes a whole number without fraction and exponent; other text is returned
// as it is. Scientific notation is recognised only in the forms that programs print,
// 1.2345E4 (Java) and 1e20 (MySQL), so that a code such as 12E3 stays a code.
func plainInteger(buf, text []byte) []byte {
	if whole := wholePart(text); whole != nil {
		return whole
	}
	e := bytes.IndexAny(text, "eE")
	if e < 1 || !isDigit(text[0]) || text[0] == '0' {
		return text
	}
	mantissa, exponent := text[:e], 0
	digits := bytes.TrimPrefix(text[e+1:], []byte("+"))
	if len(digits) == 0 || len(digits) > 2 || !areDigits(digits) {
		return text
	}
	for _, d := range digits {
		exponent = exponent*10 + int(d-'0')
	}
	var fraction []byte
	switch {
	case len(mantissa) > 2 && mantissa[1] == '.' && areDigits(mantissa[2:]):
		fraction = bytes.TrimRight(mantissa[2:], "0")
	case len(mantissa) == 1 && text[e] == 'e' && exponent >= 15:
	default:
		return text
	}
	if exponent > maxKeyExponent || len(fraction) > exponent {
		return text
	}
	out := append(buf[:0], mantissa[0])
	out = append(out, fraction...)
	for range exponent - len(fraction) {
		out = append(out, '0')
	}
	return out
}

// wholePart gives the digits before a fraction of zeros only, as decimal and double
// columns write whole numbers: "1234" of "1234.000". It is nil for other text.
func wholePart(text []byte) []byte {
	point := bytes.IndexByte(text, '.')
	if point < 1 || point == len(text)-1 || !areDigits(text[:point]) {
		return nil
	}
	for _, b := range text[point+1:] {
		if b != '0' {
			return nil
		}
	}
	return text[:point]
}
