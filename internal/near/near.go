// Package near finds the known names that are nearest to one that nobody knows, for
// sentences about arguments: a misspelt town must not read as a town without records.
package near

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

const (
	most    = 3   // names of a hint
	longest = 100 // characters of a text that is compared; a longer one is near to nothing
)

// Name is one known name with the other texts by which it is asked for, itself included.
type Name struct {
	Name      string
	Spellings []string
}

// Of gives the names of which a spelling is near to the text, the nearest first: not more
// than half of the characters, or one, are different, or one holds the other.
func Of(text string, known []Name) []string {
	n := utf8.RuneCountInString(text)
	if n == 0 || n > longest {
		return nil
	}
	type candidate struct {
		name     string
		distance int
	}
	var found []candidate
	for _, k := range known {
		best := candidate{k.Name, -1}
		for _, s := range k.Spellings {
			d := levenshtein.ComputeDistance(strings.ToLower(text), strings.ToLower(s))
			holds := min(n, utf8.RuneCountInString(s)) > 1 && (strings.Contains(s, text) || strings.Contains(text, s))
			if (d <= max(1, n/2) && d < max(n, 2) || holds) && (best.distance < 0 || d < best.distance) {
				best.distance = d
			}
		}
		if best.distance >= 0 {
			found = append(found, best)
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	var names []string
	for _, c := range found[:min(len(found), most)] {
		names = append(names, c.name)
	}
	return names
}

// Words are names that are asked for by nothing but themselves.
func Words(words []string) []Name {
	names := make([]Name, len(words))
	for i, w := range words {
		names[i] = Name{w, words[i : i+1]}
	}
	return names
}

// Hint is the end of a sentence about an unknown name; "" when nothing is near.
func Hint(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "; did you mean " + strings.Join(names, ", ") + "?"
}
