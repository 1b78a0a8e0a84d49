package suppression

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestHide(t *testing.T) {
	for _, c := range []struct {
		counts []int
		hidden []int // counts that are hidden
		total  bool
	}{
		{[]int{10, 20, 30}, nil, false},
		{[]int{0, 20, 30}, nil, false},
		{[]int{1, 20, 30}, []int{1, 20}, false},
		{[]int{3, 5, 30}, []int{3, 5}, false},
		{[]int{1, 5, 30}, []int{1, 5, 30}, false}, // 1 and 5 can be nothing else where 5 is the least
		{[]int{1, 1, 30}, []int{1, 1, 30}, false},
		{[]int{4, 4, 30}, []int{4, 4, 30}, false},
		{[]int{2, 4, 30}, []int{2, 4}, false},
		{[]int{3}, []int{3}, true},
		{[]int{1, 1}, []int{1, 1}, true},
		{[]int{1, 0, 0, 5}, []int{1, 5}, true},
	} {
		hidden, total := Hide(cells(c.counts), 5)
		var got []int
		for i, h := range hidden {
			if h {
				got = append(got, c.counts[i])
			}
		}
		if !slices.Equal(got, c.hidden) || total != c.total {
			t.Errorf("%v: hides %v, total %v; want %v, %v", c.counts, got, total, c.hidden, c.total)
		}
	}
	if hidden, total := Hide(cells([]int{1, 2, 3}), 0); Any(hidden) || total {
		t.Error("hides although it is switched off")
	}
}

func cells(counts []int) []Cell {
	list := make([]Cell, len(counts))
	for i, n := range counts {
		list[i] = Cell{[]string{fmt.Sprint(i)}, n}
	}
	return list
}

// TestNothingIsRecovered puts every hidden small cell to the test: by the total, and by the
// sums along each axis, another value is as possible as the true one, tried out by counting
// through.
func TestNothingIsRecovered(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	const below = 5
	for range 5000 {
		rows, columns := 1+r.IntN(4), 1+r.IntN(4)
		var list []Cell
		for i := range rows {
			for j := range columns {
				list = append(list, Cell{[]string{fmt.Sprint(i), fmt.Sprint(j)}, max(0, r.IntN(14)-3)})
			}
		}
		hidden, total := Hide(list, below)
		for i, c := range list {
			if small := c.Count > 0 && c.Count < below; small && !hidden[i] {
				t.Fatalf("%v shows %v", list, c)
			}
		}
		if !total && isTold(list, hidden, func(Cell) bool { return true }) {
			t.Fatalf("%v: hidden %v, and the total tells one", list, hidden)
		}
		for axis := range 2 {
			for _, c := range list {
				along := func(d Cell) bool { return d.Key[axis] == c.Key[axis] }
				shown := 0
				for i, d := range list {
					if along(d) && !hidden[i] && d.Count > 0 {
						shown++
					}
				}
				if shown > 0 && isTold(list, hidden, along) { // else the sum must not be shown itself
					t.Fatalf("%v: hidden %v, and the sum along axis %d of %v tells one", list, hidden, axis, c)
				}
			}
		}
	}
}

// isTold tells whether the sum of some cells leaves but one value to a hidden small one.
func isTold(list []Cell, hidden []bool, among func(Cell) bool) bool {
	const below = 5
	rest, small, large := 0, 0, 0
	for i, c := range list {
		if hidden[i] && among(c) {
			rest += c.Count
			if c.Count < below {
				small++
			} else {
				large++
			}
		}
	}
	if small == 0 {
		return false
	}
	possible := 0
	for value := 1; value < below; value++ {
		if fits(rest-value, small-1, large) {
			possible++
		}
	}
	return possible < 2
}

// fits tells whether so many small and large counts can have a sum.
func fits(sum, small, large int) bool {
	if small > 0 {
		for value := 1; value < 5; value++ {
			if fits(sum-value, small-1, large) {
				return true
			}
		}
		return false
	}
	if large == 0 {
		return sum == 0
	}
	return sum >= 5*large
}
