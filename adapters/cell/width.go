package cell

import (
	"unicode/utf8"
)

// fold writes full-width forms of ASCII as ASCII, the full-width yen sign as ¥, and the
// ideographic and no-break blanks as a blank. Text without any is returned as it is; else
// the result lies in buf, which may hold text itself, since folding never lengthens.
func fold(buf, text []byte) []byte {
	if isASCII(text) {
		return text
	}
	out := buf[:0]
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if folded := foldRune(r); folded != r {
			out = utf8.AppendRune(out, folded)
		} else {
			out = append(out, text[:size]...)
		}
		text = text[size:]
	}
	return out
}

func foldRune(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFF01 + '!'
	case r == 0x3000, r == 0xA0:
		return ' '
	case r == 0xFFE5:
		return '¥'
	}
	return r
}

// widen writes the graphic ASCII characters full-width, as an input method left in
// Chinese mode does.
func widen(s string) string {
	out := make([]rune, 0, len(s))
	for _, r := range s {
		if r > ' ' && r < 0x7F {
			r += 0xFF01 - '!'
		}
		out = append(out, r)
	}
	return string(out)
}
