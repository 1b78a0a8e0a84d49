package cell

import (
	"bytes"
	"fmt"
	"math"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// number is an exact decimal number: digits times 10 to the power of -scale. digits has
// neither leading zeros nor, behind the point, trailing ones; it is empty for zero.
type number struct {
	negative bool
	digits   []byte
	scale    int
}

// scanNumber reads a number at the start of text, with sign, thousands commas, fraction
// and the exponent that double columns show, and gives what follows it. The digits lie
// in buf.
func scanNumber(buf, text []byte) (n number, rest []byte, ok bool) {
	i := 0
	if i < len(text) && (text[i] == '-' || text[i] == '+') {
		n.negative = text[i] == '-'
		i++
	}
	n.digits = buf[:0]
	take := func(d byte) {
		if d != '0' || len(n.digits) > 0 {
			n.digits = append(n.digits, d)
		}
	}
	start, group, grouped := i, 0, false
	for ; i < len(text); i++ {
		if text[i] == ',' && i+1 < len(text) && isDigit(text[i+1]) {
			if group == 0 || group > 3 || grouped && group != 3 {
				return number{}, nil, false
			}
			group, grouped = 0, true
			continue
		}
		if !isDigit(text[i]) {
			break
		}
		take(text[i])
		group++
	}
	if grouped && group != 3 {
		return number{}, nil, false
	}
	whole := i > start
	if i+1 < len(text) && text[i] == '.' && isDigit(text[i+1]) { // Oracle exports write .5
		for i++; i < len(text) && isDigit(text[i]); i++ {
			take(text[i])
			n.scale++
		}
		whole = true
	}
	if !whole {
		return number{}, nil, false
	}
	exponent, size := scanExponent(text[i:])
	n.scale -= exponent
	i += size
	for n.scale > 0 && len(n.digits) > 0 && n.digits[len(n.digits)-1] == '0' {
		n.digits = n.digits[:len(n.digits)-1]
		n.scale--
	}
	if len(n.digits) == 0 {
		n.negative, n.scale = false, 0
	}
	return n, text[i:], true
}

// scanExponent reads e20, E+4 or e-05; size is 0 when there is none. Doubles end at e308.
func scanExponent(text []byte) (exponent, size int) {
	if len(text) < 2 || text[0]|0x20 != 'e' {
		return 0, 0
	}
	i := 1
	if text[i] == '+' || text[i] == '-' {
		i++
	}
	start := i
	for ; i < len(text) && isDigit(text[i]) && i-start < 3; i++ {
		exponent = exponent*10 + int(text[i]-'0')
	}
	if i == start {
		return 0, 0
	}
	if text[1] == '-' {
		exponent = -exponent
	}
	return exponent, i
}

// times10 gives the number times 10 to the power of shift, rounded half away from zero;
// exact tells whether it had to be rounded, fits whether it has at most 18 digits.
func (n number) times10(shift int) (value int64, exact, fits bool) {
	keep := len(n.digits) + shift - n.scale
	switch {
	case len(n.digits) == 0:
		return 0, true, true
	case keep > 18:
		return 0, false, false
	case keep < 0:
		return 0, false, true
	}
	for i := range keep {
		value *= 10
		if i < len(n.digits) {
			value += int64(n.digits[i] - '0')
		}
	}
	exact = keep >= len(n.digits)
	if !exact && n.digits[keep] >= '5' {
		value++
	}
	if n.negative {
		value = -value
	}
	return value, exact, true
}

// truncate cuts the number off after so many decimal places.
func (n number) truncate(places int) number {
	if n.scale > places {
		n.digits = n.digits[:max(len(n.digits)-n.scale+places, 0)]
		n.scale = places
	}
	return n
}

// compare orders numbers: -1, 0 or +1.
func (n number) compare(m number) int {
	switch {
	case n.negative != m.negative:
		if n.negative {
			return -1
		}
		return 1
	case n.negative:
		return number{digits: m.digits, scale: m.scale}.compare(number{digits: n.digits, scale: n.scale})
	case len(n.digits) == 0 || len(m.digits) == 0:
		return min(len(n.digits), 1) - min(len(m.digits), 1)
	}
	a, b := bytes.TrimRight(n.digits, "0"), bytes.TrimRight(m.digits, "0")
	if p, q := len(n.digits)-n.scale, len(m.digits)-m.scale; p != q {
		if p < q {
			return -1
		}
		return 1
	}
	return bytes.Compare(a, b)
}

// appendPlain writes the number in plain notation, the shortest that JSON allows.
func (n number) appendPlain(dst []byte) []byte {
	if n.negative {
		dst = append(dst, '-')
	}
	point := len(n.digits) - n.scale // digits before the decimal point
	if point <= 0 {
		dst = append(dst, '0')
	}
	for i := range max(point, 0) {
		if i < len(n.digits) {
			dst = append(dst, n.digits[i])
		} else {
			dst = append(dst, '0')
		}
	}
	if n.scale <= 0 {
		return dst
	}
	dst = append(dst, '.')
	for range -min(point, 0) {
		dst = append(dst, '0')
	}
	return append(dst, n.digits[max(point, 0):]...)
}

// maxDigits is the number of digits a MySQL decimal can have, before and after the point.
const maxDigits = 65

// fits tells whether a MySQL decimal could hold the number.
func (n number) fits() bool {
	return n.scale <= maxDigits && len(n.digits)-n.scale <= maxDigits
}

// bounds are the numbers a column accepts: from <= n < before; nil bounds nothing.
type bounds struct{ from, before *number }

func newBounds(spec Spec) (bounds, error) {
	var b bounds
	for _, side := range []struct {
		name, text string
		into       **number
	}{{"from", spec.From, &b.from}, {"before", spec.Before, &b.before}} {
		if side.text == "" {
			continue
		}
		n, rest, ok := scanNumber(nil, []byte(side.text))
		if !ok || len(rest) > 0 {
			return bounds{}, fmt.Errorf("%s %q is no number", side.name, side.text)
		}
		*side.into = &n
	}
	if b.from != nil && b.before != nil && b.from.compare(*b.before) >= 0 {
		return bounds{}, fmt.Errorf("before %q is not above from %q", spec.Before, spec.From)
	}
	return b, nil
}

func (b bounds) accept(n number) bool {
	return (b.from == nil || b.from.compare(n) <= 0) && (b.before == nil || n.compare(*b.before) < 0)
}

// numberColumn reads number cells.
type numberColumn struct {
	column
	bounds bounds
}

func newNumberColumn(spec Spec) (numberColumn, error) {
	c, err := newColumn(spec, true)
	if err != nil {
		return numberColumn{}, err
	}
	b, err := newBounds(spec)
	return numberColumn{c, b}, err
}

// isEmptyNumber tells whether the number in plain notation is among the empty words, so
// that "0" also covers the "0.000" of a decimal column.
func (c *numberColumn) isEmptyNumber(n number) bool {
	if len(c.empty) == 0 || !n.fits() {
		return false
	}
	var buf [2*maxDigits + 3]byte
	return c.isEmpty(n.appendPlain(buf[:0]))
}

// Spell implements Codec: "7", "007" and "7.0" are one number, so nothing can be listed.
func (c *numberColumn) Spell(string) ([]string, bool) { return nil, false }

type intCodec struct{ numberColumn }

func newInt(spec Spec, _ Env) (Codec, error) {
	c, err := newNumberColumn(spec)
	if err != nil {
		return nil, err
	}
	c.bits = true
	return &intCodec{c}, nil
}

// Decode gives *int. A number with a fraction, or beyond the 32 bits of GraphQL's Int, is
// out of range.
func (c *intCodec) Decode(raw []byte) (any, *Problem) {
	var buf, digits [64]byte
	text, problem := c.read(buf[:], raw)
	if len(text) == 0 {
		return nil, problem
	}
	n, rest, ok := scanNumber(digits[:], text)
	if !ok || len(rest) > 0 {
		return nil, notANumber
	}
	if c.isEmptyNumber(n) {
		return nil, nil
	}
	v, exact, fits := n.times10(0)
	if !exact || !fits || v < math.MinInt32 || v > math.MaxInt32 || !c.bounds.accept(n) {
		return nil, numberOutOfRange
	}
	return new(int(v)), nil
}

type decimalCodec struct{ numberColumn }

func newDecimal(spec Spec, _ Env) (Codec, error) {
	c, err := newNumberColumn(spec)
	if err != nil {
		return nil, err
	}
	return &decimalCodec{c}, nil
}

// Decode gives *model.Decimal.
func (c *decimalCodec) Decode(raw []byte) (any, *Problem) {
	var buf, digits [128]byte
	text, problem := c.read(buf[:], raw)
	if len(text) == 0 {
		return nil, problem
	}
	n, rest, ok := scanNumber(digits[:], text)
	if !ok || len(rest) > 0 {
		return nil, notANumber
	}
	if c.isEmptyNumber(n) {
		return nil, nil
	}
	if !n.fits() || !c.bounds.accept(n) {
		return nil, numberOutOfRange
	}
	var plain [2*maxDigits + 3]byte
	return new(model.Decimal(n.appendPlain(plain[:0]))), nil
}
