// Package mask says what of somebody's data may be shown. Each mask names what is known to
// be harmless and hides the rest, by whole characters, so that what it does not understand
// is hidden (domain.md A.7; GB/T 37964-2019). It is pure and a leaf.
package mask

import (
	"strings"
	"unicode/utf8"
)

// hidden is one asterisk for each character of a text.
func hidden(text string) string { return strings.Repeat("*", utf8.RuneCountInString(text)) }

// between shows the first and the last characters of a text and hides those between; a
// text that would be shown whole is hidden.
func between(text string, first, last int) string {
	r := []rune(text)
	if len(r) <= first+last {
		return strings.Repeat("*", len(r))
	}
	return string(r[:first]) + strings.Repeat("*", len(r)-first-last) + string(r[len(r)-last:])
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func areDigits(text string) bool {
	for i := range len(text) {
		if !isDigit(text[i]) {
			return false
		}
	}
	return text != ""
}
