package cell

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// charset is how the bytes of a column stand for text.
type charset uint8

const (
	utf8Text     charset = iota // the server gave UTF-8
	gbk                         // the cell holds GBK bytes
	gbkInLatin1                 // the server took GBK bytes for latin1 and gave that as UTF-8
	utf8InLatin1                // the server took UTF-8 bytes for latin1 and gave that as UTF-8
)

func parseCharset(name string) (charset, error) {
	switch name {
	case "":
		return utf8Text, nil
	case "gbk":
		return gbk, nil
	case "gbk-in-latin1":
		return gbkInLatin1, nil
	case "utf8-in-latin1":
		return utf8InLatin1, nil
	}
	return 0, fmt.Errorf("unknown charset %q; known charsets: gbk, gbk-in-latin1, utf8-in-latin1", name)
}

// decode gives UTF-8; ok is false where the bytes are no text in the charset. The result
// is raw itself or lies in buf.
func (c charset) decode(buf, raw []byte) (text []byte, ok bool) {
	if isASCII(raw) {
		return raw, true
	}
	switch c {
	case gbk:
		return appendGBK(buf[:0], raw, false)
	case gbkInLatin1:
		return appendGBK(buf[:0], raw, true)
	case utf8InLatin1:
		text = buf[:0]
		for len(raw) > 0 {
			b, size := nextLatin1(raw)
			if size == 0 {
				return nil, false
			}
			text = append(text, b)
			raw = raw[size:]
		}
		return text, utf8.Valid(text)
	}
	return raw, utf8.Valid(raw)
}

// encode writes text the way the column's cells compare; ok is false where the charset
// lacks a character.
func (c charset) encode(text string) (raw string, ok bool) {
	if c == utf8Text || isASCII([]byte(text)) {
		return text, true
	}
	var buf, shown [128]byte
	b := append(buf[:0], text...)
	if c != utf8InLatin1 {
		if b, ok = encodeGBK(buf[:0], text); !ok {
			return "", false
		}
	}
	if c == gbk {
		return string(b), true
	}
	out := shown[:0]
	for _, x := range b {
		r := rune(x)
		if x >= 0x80 && x <= 0x9F {
			r = windows1252[x-0x80]
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out), true
}

func isASCII(b []byte) bool {
	for len(b) >= 8 {
		if binary.LittleEndian.Uint64(b)&0x8080808080808080 != 0 {
			return false
		}
		b = b[8:]
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// nextByte takes one byte of a cell, from the character that shows it when the server
// took the cell for latin1; size is 0 when no byte is shown so. (A flag, not a function
// value: calling one would move the caller's buffer to the heap.)
func nextByte(src []byte, latin1 bool) (b byte, size int) {
	if latin1 {
		return nextLatin1(src)
	}
	return src[0], 1
}

// nextLatin1 takes one character of a latin1 cell and gives the byte it stands for; size
// is 0 when the character is none that MySQL's latin1 can show.
func nextLatin1(src []byte) (b byte, size int) {
	if src[0] < utf8.RuneSelf {
		return src[0], 1
	}
	r, size := utf8.DecodeRune(src)
	if r >= 0xA0 && r <= 0xFF {
		return byte(r), size
	}
	for i, w := range windows1252 {
		if r == w {
			return byte(0x80 + i), size
		}
	}
	return 0, 0
}

// windows1252 is what 0x80 to 0x9f mean in MySQL's latin1: Windows-1252, its five holes
// filled by the C1 control characters of the same number.
var windows1252 = [32]rune{
	0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
	0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
}

// Bounds of a GBK pair. Trail 0x7F is a hole.
const (
	gbkLead   = 0x81
	gbkTrail  = 0x40
	gbkLast   = 0xFE
	gbkTrails = gbkLast - gbkTrail + 1
)

// gbkRunes is the GBK table as [lead][trail], 0 where a pair is no character. It is
// computed from golang.org/x/text on first use: that decoder works through an interface,
// which costs a copy of every cell on the heap, and replaces bad bytes instead of
// refusing them.
var gbkRunes = sync.OnceValue(func() *[gbkLast - gbkLead + 1][gbkTrails]uint16 {
	var pairs []byte // one pair a line; a line feed is no trail byte, so errors stay in their line
	for lead := gbkLead; lead <= gbkLast; lead++ {
		for trail := gbkTrail; trail <= gbkLast; trail++ {
			pairs = append(pairs, byte(lead), byte(trail), '\n')
		}
	}
	text, err := simplifiedchinese.GBK.NewDecoder().Bytes(pairs)
	if err != nil {
		panic("cell: the GBK decoder replaces errors and cannot fail: " + err.Error())
	}
	table := new([gbkLast - gbkLead + 1][gbkTrails]uint16)
	for i, line := range bytes.Split(bytes.TrimSuffix(text, []byte("\n")), []byte("\n")) {
		r, size := utf8.DecodeRune(line)
		if size == len(line) && r != utf8.RuneError {
			table[i/gbkTrails][i%gbkTrails] = uint16(r)
		}
	}
	return table
})

// gbkPairs is the GBK table the other way round: the pair of a character, 0 for one that
// has none.
var gbkPairs = sync.OnceValue(func() *[1 << 16]uint16 {
	pairs := new([1 << 16]uint16)
	for lead, trails := range gbkRunes() {
		for trail, r := range trails {
			if r != 0 && pairs[r] == 0 { // the blank has a second pair
				pairs[r] = uint16(lead+gbkLead)<<8 | uint16(trail+gbkTrail)
			}
		}
	}
	return pairs
})

// encodeGBK appends the GBK bytes of text; ok is false for a character GBK lacks.
func encodeGBK(dst []byte, text string) (_ []byte, ok bool) {
	pairs := gbkPairs()
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			dst = append(dst, byte(r))
		case r == '€':
			dst = append(dst, 0x80) // as GBK of Windows has it
		case r < 1<<16 && pairs[r] != 0:
			dst = append(dst, byte(pairs[r]>>8), byte(pairs[r]))
		default:
			return nil, false
		}
	}
	return dst, true
}

// appendGBK decodes GBK bytes, which src holds as they are or as latin1 shows them.
func appendGBK(dst, src []byte, latin1 bool) ([]byte, bool) {
	table := gbkRunes()
	for len(src) > 0 {
		lead, size := nextByte(src, latin1)
		if size == 0 {
			return nil, false
		}
		src = src[size:]
		if lead < utf8.RuneSelf {
			dst = append(dst, lead)
			continue
		}
		if lead < gbkLead || lead > gbkLast || len(src) == 0 {
			return nil, false
		}
		trail, size := nextByte(src, latin1)
		if size == 0 || trail < gbkTrail || trail > gbkLast {
			return nil, false
		}
		r := table[lead-gbkLead][trail-gbkTrail]
		if r == 0 {
			return nil, false
		}
		dst = utf8.AppendRune(dst, rune(r))
		src = src[size:]
	}
	return dst, true
}
