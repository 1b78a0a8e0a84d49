// Package suppression decides which counts of a table must not be shown, because so few
// persons stand behind them that a count tells of one of them: the small ones, and as many
// more as it takes that a total minus the others does not give them back.
package suppression

import "slices"

// Cell is one count of a table.
type Cell struct {
	Key   []string // its value on each axis
	Count int
}

// Hide tells for each cell whether it must be hidden, where counts from 1 to below-1 are
// small, and whether the total must. What stays cannot be put together to one of the small
// counts: neither with the total, nor with the sum of all cells that share a value on an
// axis. Cells of 0 are shown. below of 1 or less hides nothing.
func Hide(cells []Cell, below int) (hidden []bool, total bool) {
	hidden = make([]bool, len(cells))
	any := false
	for i, c := range cells {
		hidden[i] = c.Count > 0 && c.Count < below
		any = any || hidden[i]
	}
	if !any {
		return hidden, false
	}
	t := table{cells, below, hidden}
	for changed := true; changed; {
		changed = false
		for _, sum := range t.sums() {
			for !t.isSafe(sum) {
				next := t.smallest(sum)
				if next < 0 {
					break // this sum must not be shown itself
				}
				hidden[next], changed = true, true
			}
		}
	}
	whole := make([]int, len(cells))
	for i := range whole {
		whole[i] = i
	}
	return hidden, !t.isSafe(whole)
}

type table struct {
	cells  []Cell
	below  int
	hidden []bool
}

// sums gives the cells behind each sum that may be known: all of them, and along each axis,
// where there are several, those of each value.
func (t table) sums() [][]int {
	all := make([]int, len(t.cells))
	for i := range all {
		all[i] = i
	}
	list := [][]int{all}
	axes := len(t.cells[0].Key)
	if axes < 2 {
		return list
	}
	for axis := range axes {
		at := map[string]int{}
		for i, c := range t.cells {
			of, known := at[c.Key[axis]]
			if !known {
				of = len(list)
				at[c.Key[axis]] = of
				list = append(list, nil)
			}
			list[of] = append(list[of], i)
		}
	}
	return list
}

// isSafe tells whether nobody who knows the sum of the cells, and how hidden ones were
// chosen, can tell the count of a hidden one: each small one could have another value.
func (t table) isSafe(sum []int) bool {
	small, large, rest := 0, 0, 0
	for _, i := range sum {
		if !t.hidden[i] {
			continue
		}
		rest += t.cells[i].Count
		if t.cells[i].Count < t.below {
			small++
		} else {
			large++
		}
	}
	if small == 0 {
		return large != 1 // one alone is what the others leave
	}
	least, most := 1, t.below-1 // of a small one, by the others' least and most
	most = min(most, rest-(small-1)-t.below*large)
	if large == 0 {
		least = max(least, rest-(small-1)*(t.below-1))
	}
	return least < most
}

// smallest is the smallest cell of a sum that is not hidden yet and not 0; -1 for none.
func (t table) smallest(sum []int) int {
	best := -1
	for _, i := range sum {
		if !t.hidden[i] && t.cells[i].Count > 0 && (best < 0 || t.cells[i].Count < t.cells[best].Count) {
			best = i
		}
	}
	return best
}

// Any tells whether something is hidden.
func Any(hidden []bool) bool { return slices.Contains(hidden, true) }
