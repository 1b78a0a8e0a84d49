package model

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Contradicts tells whether two names cannot be one person's: they differ, width, blanks,
// dots, case and what stands in brackets apart. What a clerk has hidden, 张*, 张某某, may be
// anything, and so may what was lost, 张�, and characters of the private use area, which
// every house has of its own; a name without a letter says nothing.
func (n PersonName) Contradicts(other PersonName) bool {
	a, b := plainName(string(n)), plainName(string(other))
	return len(a) > 0 && len(b) > 0 && !mayBe(a, b)
}

// anyone stands for characters that are hidden or lost, none or more.
const anyone = '*'

// plainName is a name by its letters, hidden ones as anyone; nil for one without letters.
func plainName(name string) []rune {
	var plain []rune
	inside, letters := 0, false
	for _, r := range strings.ToLower(norm.NFKC.String(name)) {
		switch {
		case strings.ContainsRune("([{【〔<《", r):
			inside++
		case strings.ContainsRune(")]}】〕>》", r):
			inside = max(0, inside-1)
		case inside > 0:
		case strings.ContainsRune("*某×○〇□?●\uFFFD", r), unicode.Is(unicode.Co, r),
			r == 'x' && len(plain) > 0 && unicode.Is(unicode.Han, plain[0]):
			if len(plain) == 0 || plain[len(plain)-1] != anyone {
				plain = append(plain, anyone)
			}
		case unicode.IsLetter(r):
			plain, letters = append(plain, r), true
		}
	}
	if !letters {
		return nil
	}
	return plain
}

// mayBe tells whether two plain names can be the same one: whether there is a text that fits
// both, anyone standing for any letters.
func mayBe(a, b []rune) bool {
	// fits[j] tells whether a text fits what has been seen of a and the first j of b.
	fits := make([]bool, len(b)+1)
	fits[0] = true
	for j, r := range b {
		fits[j+1] = fits[j] && r == anyone
	}
	for _, l := range a {
		next := make([]bool, len(b)+1)
		next[0] = fits[0] && l == anyone
		for j, r := range b {
			if l == anyone || r == anyone {
				next[j+1] = fits[j+1] || next[j] || fits[j]
			} else {
				next[j+1] = fits[j] && l == r
			}
		}
		fits = next
	}
	return fits[len(b)]
}
