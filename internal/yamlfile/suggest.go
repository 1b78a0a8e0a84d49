package yamlfile

import (
	"fmt"
	"strings"
)

// mostListed is how many known words a finding lists: more is no sentence.
const mostListed = 60

// Suggest gives the tail of a sentence about an unknown word: the nearest known word, if
// one is near, then all of them, or the first and how many more there are.
func Suggest(word string, known []string) string {
	if len(known) == 0 {
		return ""
	}
	all := "nown: " + strings.Join(known[:min(len(known), mostListed)], ", ")
	if more := len(known) - mostListed; more > 0 {
		all += fmt.Sprintf(" and %d more", more)
	}
	if near := nearest(word, known); near != "" {
		return "; did you mean " + near + "? K" + all
	}
	return "; k" + all
}

// nearest gives the known word with the fewest slips, at most one in four letters; ""
// when none is that near. Case does not count.
func nearest(word string, known []string) string {
	best, fewest := "", max(1, len([]rune(word))/4)+1
	for _, k := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d < fewest {
			best, fewest = k, d
		}
	}
	return best
}

// distance counts the slips between a and b: a letter too many, one missing, one wrong,
// or two neighbours swapped.
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	older := make([]int, len(to)+1)
	above := make([]int, len(to)+1)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i := range from {
		older, above, row = above, row, older
		row[0] = i + 1
		for j := range to {
			wrong := above[j]
			if from[i] != to[j] {
				wrong++
			}
			row[j+1] = min(wrong, above[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && from[i] == to[j-1] && from[i-1] == to[j] {
				row[j+1] = min(row[j+1], older[j-1]+1)
			}
		}
	}
	return row[len(to)]
}
