package cell

import (
	"bytes"
	"slices"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// GBK is read as GB 18030-2005, which gives a meaning to every pair of GBK and to the
// characters of four bytes that newer programs write, and with the euro sign of
// Windows-936 (0x80) beside its own. Of both the pairs of users' own characters are in the
// private use area of Unicode, AAA1 at U+E000.
//
// golang.org/x/text has the characters of the standard, but neither the pairs of the
// private use area nor, for that reason, the right quadruples of the characters there; and
// its decoder works through an interface, which costs a copy of every cell on the heap.

// Bounds of a pair. Trail 0x7F is a hole.
const (
	gbLead   = 0x81
	gbTrail  = 0x40
	gbLast   = 0xFE
	gbTrails = gbLast - gbTrail + 1
)

func isLead(b byte) bool { return b >= gbLead && b <= gbLast }

// runs are pairs that follow each other, trail byte by trail byte.
type run struct {
	lead        byte
	first, last byte // of the trails
}

// userDefined are the three regions that GBK leaves to its users, in the order of the
// private use area: U+E000, U+E234, U+E4C6.
func userDefined() []run {
	var runs []run
	for lead := byte(0xAA); lead <= 0xAF; lead++ {
		runs = append(runs, run{lead, 0xA1, gbLast})
	}
	for lead := byte(0xF8); lead <= gbLast; lead++ {
		runs = append(runs, run{lead, 0xA1, gbLast})
	}
	for lead := byte(0xA1); lead <= 0xA7; lead++ {
		runs = append(runs, run{lead, gbTrail, 0xA0})
	}
	return runs
}

// unassigned are the pairs that GBK had no character for, in the order of the private use
// area from U+E766 on. GB 18030 has since given a character to some.
func unassigned() []run {
	return []run{
		{0xA2, 0xAB, 0xB0}, {0xA2, 0xE3, 0xE4}, {0xA2, 0xEF, 0xF0}, {0xA2, 0xFD, 0xFE},
		{0xA4, 0xF4, 0xFE}, {0xA5, 0xF7, 0xFE}, {0xA6, 0xB9, 0xC0}, {0xA6, 0xD9, 0xDF}, {0xA6, 0xEC, 0xED},
		{0xA6, 0xF3, 0xF3}, {0xA6, 0xF6, 0xFE},
		{0xA7, 0xC2, 0xD0}, {0xA7, 0xF2, 0xFE}, {0xA8, 0x96, 0xA0}, {0xA8, 0xBC, 0xBC}, {0xA8, 0xBF, 0xBF},
		{0xA8, 0xC1, 0xC4}, {0xA8, 0xEA, 0xFE},
		{0xA9, 0x58, 0x58}, {0xA9, 0x5B, 0x5B}, {0xA9, 0x5D, 0x5F}, {0xA9, 0x89, 0x95}, {0xA9, 0x97, 0xA3},
		{0xA9, 0xF0, 0xFE},
		{0xD7, 0xFA, 0xFE}, {0xFE, 0x50, 0xA0},
	}
}

// gbRunes is the table of pairs as [lead][trail]; 0 only at trail 0x7F.
var gbRunes = sync.OnceValue(func() *[gbLast - gbLead + 1][gbTrails]uint16 {
	var pairs []byte // one pair a line; a line feed is no trail byte, so errors stay in their line
	for lead := gbLead; lead <= gbLast; lead++ {
		for trail := gbTrail; trail <= gbLast; trail++ {
			pairs = append(pairs, byte(lead), byte(trail), '\n')
		}
	}
	text, err := simplifiedchinese.GBK.NewDecoder().Bytes(pairs)
	if err != nil {
		panic("cell: the GBK decoder replaces errors and cannot fail: " + err.Error())
	}
	table := new([gbLast - gbLead + 1][gbTrails]uint16)
	for i, line := range bytes.Split(bytes.TrimSuffix(text, []byte("\n")), []byte("\n")) {
		r, size := utf8.DecodeRune(line)
		if size == len(line) && r != utf8.RuneError {
			table[i/gbTrails][i%gbTrails] = uint16(r)
		}
	}
	table[0xA3-gbLead][0xA0-gbTrail] = 0      // U+E5E5 below; x/text has a second ideographic blank there
	table[0xA8-gbLead][0xBC-gbTrail] = latinM // since 2005
	private := func(r uint16, runs []run) {
		for _, at := range runs {
			for trail := at.first; ; trail++ {
				if trail != 0x7F {
					if cell := &table[at.lead-gbLead][trail-gbTrail]; *cell == 0 {
						*cell = r
					}
					r++
				}
				if trail == at.last {
					break
				}
			}
		}
	}
	private(0xE000, userDefined())
	private(0xE766, unassigned())
	return table
})

// The one pair that changed places with a quadruple in 2005.
const (
	latinM   = 0x1E3F // A8BC, and 8135F437 before
	privateM = 0xE7C7 // the other way round
)

// gbPairs is the table of pairs the other way round: 0 for a character that has none.
var gbPairs = sync.OnceValue(func() *[1 << 16]uint16 {
	pairs := new([1 << 16]uint16)
	for lead, trails := range gbRunes() {
		for trail, r := range trails {
			if r != 0 {
				pairs[r] = uint16(lead+gbLead)<<8 | uint16(trail+gbTrail)
			}
		}
	}
	return pairs
})

// gbFours are the characters of the basic plane that have four bytes, in the order of
// these, which is that of Unicode: all that have no pair.
var gbFours = sync.OnceValue(func() []uint16 {
	pairs := gbPairs()
	var runes []uint16
	for r := rune(0x80); r <= 0xFFFF; r++ {
		if r >= 0xD800 && r <= 0xDFFF || r != latinM && pairs[r] != 0 || r == privateM {
			continue
		}
		runes = append(runes, uint16(r))
	}
	return runes
})

// beyondBasic is the number of the quadruple of U+10000; from there on they are in the
// order of Unicode, too.
const beyondBasic = 189000

// ofFour is the character of a quadruple; ok is false where it has none.
func ofFour(b [4]byte) (r rune, ok bool) {
	n := ((int(b[0]-gbLead)*10+int(b[1]-'0'))*126+int(b[2]-gbLead))*10 + int(b[3]-'0')
	switch {
	case n < len(gbFours()):
		if r = rune(gbFours()[n]); r == latinM {
			r = privateM
		}
		return r, r != utf8.RuneError
	case n >= beyondBasic && n-beyondBasic <= utf8.MaxRune-0x10000:
		return rune(n-beyondBasic) + 0x10000, true
	}
	return 0, false
}

// appendFour appends the quadruple of a character without pair; ok is false for U+FFFD,
// which stands for what is lost.
func appendFour(dst []byte, r rune) (_ []byte, ok bool) {
	n := int(r) - 0x10000 + beyondBasic
	if r <= 0xFFFF {
		if r == privateM {
			r = latinM
		}
		n, ok = slices.BinarySearch(gbFours(), uint16(r))
		if !ok || r == utf8.RuneError {
			return dst, false
		}
	}
	return append(dst, byte(n/12600)+gbLead, byte(n/1260%10)+'0', byte(n/10%126)+gbLead, byte(n%10)+'0'), true
}

// encodeGB18030 gives the bytes of text; ok is false where it has a character that no
// bytes stand for. short tells of the n-th euro sign whether it is that of Windows.
func encodeGB18030(text string, short func(n int) bool) (raw []byte, ok bool) {
	pairs := gbPairs()
	euros := 0
	for i, r := range text {
		switch {
		case r < utf8.RuneSelf:
			raw = append(raw, byte(r))
		case r == '€' && short(euros):
			raw = append(raw, euro)
			euros++
		case r == '€':
			raw = append(raw, 0xA2, 0xE3)
			euros++
		case r <= 0xFFFF && pairs[r] != 0:
			raw = append(raw, byte(pairs[r]>>8), byte(pairs[r]))
		case r == utf8.RuneError && text[i] != '\xEF': // no UTF-8
			return nil, false
		default:
			if raw, ok = appendFour(raw, r); !ok {
				return nil, false
			}
		}
	}
	return raw, true
}

// euro is the euro sign of Windows-936. The pair A2E3 is that of GB 18030.
const euro = 0x80

// appendGB18030 decodes bytes, which src holds as they are or as latin1 shows them. What
// cannot be read is U+FFFD: a lead byte without a trail, alone; a pair or a quadruple that
// is no character, as a whole.
func appendGB18030(dst, src []byte, latin1 bool) (_ []byte, lost bool) {
	table := gbRunes()
	for len(src) > 0 {
		lead, size := nextByte(src, latin1)
		src = src[size:]
		switch {
		case lead < utf8.RuneSelf:
			dst = append(dst, lead)
			continue
		case lead == euro:
			dst = append(dst, "€"...)
			continue
		}
		r := rune(utf8.RuneError)
		if isLead(lead) && len(src) > 0 {
			switch trail, size := nextByte(src, latin1); {
			case trail >= gbTrail && trail <= gbLast && trail != 0x7F:
				r = rune(table[lead-gbLead][trail-gbTrail])
				src = src[size:]
			case trail == 0xFF:
				src = src[size:]
			case isDigit(trail):
				if four, size := nextFour(lead, src, latin1); size > 0 {
					src = src[size:]
					if found, ok := ofFour(four); ok {
						r = found
					}
				}
			}
		}
		lost = lost || r == utf8.RuneError
		dst = utf8.AppendRune(dst, r)
	}
	return dst, lost
}

// nextFour takes the rest of a quadruple that begins with lead; size is 0 when src does
// not begin with it.
func nextFour(lead byte, src []byte, latin1 bool) (four [4]byte, size int) {
	four[0] = lead
	for i := 1; i < 4; i++ {
		if size == len(src) {
			return four, 0
		}
		b, n := nextByte(src[size:], latin1)
		if i == 2 && !isLead(b) || i != 2 && !isDigit(b) {
			return four, 0
		}
		four[i] = b
		size += n
	}
	return four, size
}
