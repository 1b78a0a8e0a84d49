package cell

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf8"
)

// charset is how the bytes of a column stand for text.
type charset uint8

const (
	utf8Text     charset = iota // the server gave UTF-8
	gbk                         // the cell holds GBK bytes, see appendGB18030
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

// decode gives UTF-8. A character that cannot be read is U+FFFD, and lost tells that there
// is one: it costs itself and nothing else. The result is raw itself or lies in buf.
func (c charset) decode(buf, raw []byte) (text []byte, lost bool) {
	if isASCII(raw) {
		return raw, false
	}
	switch c {
	case gbk:
		return appendGB18030(buf[:0], raw, false)
	case gbkInLatin1:
		return appendGB18030(buf[:0], raw, true)
	case utf8InLatin1:
		text = buf[:0]
		for len(raw) > 0 {
			b, size := nextLatin1(raw)
			text = append(text, b)
			raw = raw[size:]
		}
		return validUTF8(text)
	}
	return validUTF8(raw)
}

// validUTF8 replaces what is no UTF-8: the beginning of a character without its end, as a
// column of limited length leaves it, by one U+FFFD, and every other byte by one.
func validUTF8(text []byte) (_ []byte, lost bool) {
	if utf8.Valid(text) {
		return text, false
	}
	fixed := make([]byte, 0, len(text)+2*utf8.UTFMax)
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r == utf8.RuneError && size == 1 {
			size = unfinished(text)
		}
		fixed = utf8.AppendRune(fixed, r)
		text = text[size:]
	}
	return fixed, true
}

// unfinished is how many bytes at the start of a text that is no character there are the
// beginning of one (Unicode 3.9, maximal subpart); at least 1.
func unfinished(text []byte) int {
	for size := min(len(text), utf8.UTFMax-1); size > 1; size-- {
		if !utf8.FullRune(text[:size]) {
			return size
		}
	}
	return 1
}

// encodings writes text in every way in which the column's cells may hold it, as they
// compare, the usual one first; none where the charset lacks a character.
func (c charset) encodings(text string) []string {
	if c == utf8Text || isASCII([]byte(text)) {
		return []string{text}
	}
	if c == utf8InLatin1 {
		if !utf8.ValidString(text) {
			return nil
		}
		return []string{showLatin1([]byte(text))}
	}
	var kept []string
	euros := strings.Count(text, "€")
	for choice := range 1 << min(euros, mostEuros) {
		raw, ok := encodeGB18030(text, func(n int) bool { return choice>>min(n, mostEuros-1)&1 == 1 })
		if !ok {
			return nil
		}
		if c == gbkInLatin1 {
			kept = append(kept, showLatin1(raw))
		} else {
			kept = append(kept, string(raw))
		}
	}
	return kept
}

// mostEuros bounds the euro signs of a text whose two codes are tried in every combination;
// further ones are written like the last of these.
const mostEuros = 4

// showLatin1 gives bytes as a client sees them in a column that the server takes for latin1.
func showLatin1(b []byte) string {
	var buf [128]byte
	out := buf[:0]
	for _, x := range b {
		r := rune(x)
		if x >= 0x80 && x <= 0x9F {
			r = windows1252[x-0x80]
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out)
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
// took the cell for latin1. (A flag, not a function value: calling one would move the
// caller's buffer to the heap.)
func nextByte(src []byte, latin1 bool) (b byte, size int) {
	if latin1 {
		return nextLatin1(src)
	}
	return src[0], 1
}

// nextLatin1 takes one character of a latin1 cell and gives the byte it stands for. A
// character that MySQL's latin1 cannot show stands for no byte, and so for 0xff, which
// begins no character of any charset here.
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
	return 0xFF, size
}

// windows1252 is what 0x80 to 0x9f mean in MySQL's latin1: Windows-1252, its five holes
// filled by the C1 control characters of the same number.
var windows1252 = [32]rune{
	0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
	0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
}
