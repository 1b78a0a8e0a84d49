package cell

import (
	"bytes"
	"unicode/utf8"
)

// scanChinese reads a date in Chinese numerals at the start of text: 二〇二三年三月十五日,
// down to the year or the month, and gives what follows it. The year is written digit by
// digit; month and day with 十, 廿 (20) and 卅 (30).
func scanChinese(text []byte) (m moment, rest []byte, ok bool) {
	for range 4 {
		r, size := utf8.DecodeRune(text)
		d := chineseDigit(r)
		if d < 0 {
			return moment{}, nil, false
		}
		m.year = m.year*10 + d
		text = text[size:]
	}
	text, ok = bytes.CutPrefix(text, []byte("年"))
	if !ok {
		return moment{}, nil, false
	}
	month, after := scanChineseNumber(text)
	if month < 0 {
		return m, text, true
	}
	text, ok = bytes.CutPrefix(after, []byte("月"))
	if !ok {
		return moment{}, nil, false
	}
	m.month = month
	day, after := scanChineseNumber(text)
	if day < 0 {
		return m, text, true
	}
	rest, ok = bytes.CutPrefix(after, []byte("日"))
	if !ok {
		rest, ok = bytes.CutPrefix(after, []byte("号"))
	}
	m.day = day
	return m, rest, ok
}

// scanChineseNumber reads 1 to 39; n is -1 when text starts with no number.
func scanChineseNumber(text []byte) (n int, rest []byte) {
	r, size := utf8.DecodeRune(text)
	unit := false // a digit may follow
	switch r {
	case '十':
		n, unit = 10, true
	case '廿':
		n, unit = 20, true
	case '卅':
		n, unit = 30, true
	default:
		n = chineseDigit(r)
		if n < 1 {
			return -1, text
		}
		ten := text[size:]
		if next, nextSize := utf8.DecodeRune(ten); next == '十' && n <= 3 {
			n, unit, size = n*10, true, size+nextSize
		}
	}
	rest = text[size:]
	if unit {
		r, size = utf8.DecodeRune(rest)
		if d := chineseDigit(r); d > 0 {
			n, rest = n+d, rest[size:]
		}
	}
	return n, rest
}

// chineseDigit gives 0 to 9, or -1.
func chineseDigit(r rune) int {
	switch r {
	case '〇', '零', '○':
		return 0
	case '一':
		return 1
	case '二':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	}
	return -1
}
