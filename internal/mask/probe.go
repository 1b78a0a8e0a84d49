package mask

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// longestPart is how many digits of a number of a person a text filter may hold, less one.
const longestPart = 6

// MayProbe tells whether a condition on free text could be used to find out a number of a
// person digit by digit: it holds such a number, or six digits in a row, blanks and dashes
// between them left out, that are no year with a serial behind it (2023-0123).
func MayProbe(text string) bool {
	return longest(text, func(group string) int {
		if len(group) == 4 && (strings.HasPrefix(group, "19") || strings.HasPrefix(group, "20")) {
			return 0
		}
		return len(group)
	}) >= longestPart || Holds(text)
}

// MayProbeNumber is MayProbe for a field of document or case numbers, where years and
// serials stand in a row; only digits that stand together count.
func MayProbeNumber(text string) bool {
	most := 0
	longest(text, func(group string) int { most = max(most, len(group)); return 0 })
	return most > longestPart || Holds(text)
}

// longest adds up what the groups of digits of each run weigh, and gives the most.
func longest(text string, weigh func(group string) int) int {
	most, sum := 0, 0
	var group []byte
	end := func() {
		if len(group) > 0 {
			sum += weigh(string(group))
			most = max(most, sum)
		}
		group = group[:0]
	}
	for _, c := range text {
		if p := width.LookupRune(c); c > utf8.RuneSelf && p.Kind() == width.EastAsianFullwidth {
			c = p.Folded()
		}
		switch {
		case c >= '0' && c <= '9':
			group = append(group, byte(c))
		case strings.ContainsRune(Separators, c):
			end()
		default:
			end()
			sum = 0
		}
	}
	end()
	return most
}

// HasDigit tells whether a text holds a digit, in full width too.
func HasDigit(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' })
}
