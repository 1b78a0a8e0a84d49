package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// chineseHalf gives the Chinese half of a bilingual description, "English, full stop.
// 中文，句号。" or, for enum values, "English · 中文"; "" when it has none.
func chineseHalf(description string) string {
	text := strings.TrimSpace(description)
	if at := strings.LastIndex(text, " · "); at >= 0 {
		return text[at+len(" · "):]
	}
	// The Chinese half begins after the full stop that ends the last English sentence;
	// English sentences may quote Chinese words.
	for at := 0; ; {
		dot := strings.Index(text[at:], ". ")
		if dot < 0 {
			break
		}
		at += dot + len(". ")
		if rest := text[at:]; beginsChinese(rest) && !holdsEnglish(rest) {
			return rest
		}
	}
	if first, _ := utf8.DecodeRuneInString(text); unicode.Is(unicode.Han, first) {
		return text
	}
	return ""
}

// beginsChinese is whether a Chinese character stands among the first thirteen
// characters, before any full stop.
func beginsChinese(text string) bool {
	seen := 0
	for _, c := range text {
		if unicode.Is(unicode.Han, c) {
			return true
		}
		if seen++; seen > 12 || c == '.' {
			return false
		}
	}
	return false
}

// holdsEnglish is whether two words in small letters stand side by side.
func holdsEnglish(text string) bool {
	before := 0 // letters of the word before the blank, when the last character was one
	letters := 0
	for _, c := range text {
		switch {
		case c >= 'a' && c <= 'z':
			letters++
			if letters >= 2 && before >= 2 {
				return true
			}
		case c == ' ':
			before, letters = letters, 0
		default:
			before, letters = 0, 0
		}
	}
	return false
}

// chineseName is the first clause of the Chinese half of a description; "" when there is
// none.
func chineseName(description string) string {
	half := chineseHalf(description)
	if at := strings.IndexAny(half, "，。；：（("); at >= 0 {
		half = half[:at]
	}
	return strings.TrimSpace(half)
}
