package engine

import (
	"cmp"
	"slices"
	"sort"
	"sync"
)

// column is one column of a table with the order of its cells, which is worked out on
// first use: NULL has rank 0, equal values share a rank, the smallest has 1. Whatever is
// asked of a column in SQL is then a question about small numbers.
type column struct {
	*field
	content *content
	ordinal int

	once sync.Once
	rank []uint32 // by row number
	keys []string // distinct keys, sorted; the key of rank r is keys[r-1]
}

// ready ranks the column if nobody did yet.
func (c *column) ready() *column {
	c.once.Do(func() {
		type entry struct {
			key string
			row uint32
		}
		rows := c.content.rows
		entries := make([]entry, 0, len(rows))
		for i, r := range rows {
			if v := r[c.ordinal]; v != nil {
				entries = append(entries, entry{c.key(v), uint32(i)})
			}
		}
		slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.key, b.key) })
		c.rank = make([]uint32, len(rows))
		for i, e := range entries {
			if i == 0 || e.key != entries[i-1].key {
				c.keys = append(c.keys, e.key)
			}
			c.rank[e.row] = uint32(len(c.keys))
		}
	})
	return c
}

// first is the lowest rank whose key is at least key; one above the last rank if there
// is none.
func (c *column) first(key string) uint32 {
	return uint32(sort.SearchStrings(c.keys, key)) + 1
}

// cut gives the ranks that equal b as the half-open range [lo, hi), empty at b's place
// if none does.
func (c *column) cut(b bound) (lo, hi uint32) {
	hi = c.first(b.key + "\x00") // no key has a zero byte more than another and is smaller
	if !b.exact {
		return hi, hi
	}
	return c.first(b.key), hi
}

// end is one above the highest rank.
func (c *column) end() uint32 { return uint32(len(c.keys)) + 1 }

// interval is a half-open range of ranks.
type interval struct{ lo, hi uint32 }

// set is a set of ranks: disjoint intervals, ascending, none empty.
type set []interval

// newSet sorts and joins intervals.
func newSet(in ...interval) set {
	in = slices.DeleteFunc(in, func(i interval) bool { return i.lo >= i.hi })
	slices.SortFunc(in, func(a, b interval) int { return cmp.Compare(a.lo, b.lo) })
	out := in[:0]
	for _, i := range in {
		if last := len(out) - 1; last >= 0 && i.lo <= out[last].hi {
			out[last].hi = max(out[last].hi, i.hi)
			continue
		}
		out = append(out, i)
	}
	return set(out)
}

// and is the intersection.
func (s set) and(t set) set {
	var out set
	for i, j := 0, 0; i < len(s) && j < len(t); {
		if lo, hi := max(s[i].lo, t[j].lo), min(s[i].hi, t[j].hi); lo < hi {
			out = append(out, interval{lo, hi})
		}
		if s[i].hi < t[j].hi {
			i++
		} else {
			j++
		}
	}
	return out
}

// or is the union.
func (s set) or(t set) set { return newSet(slices.Concat(s, t)...) }

// has tells whether the rank is in the set.
func (s set) has(r uint32) bool {
	if len(s) == 1 { // by far the most frequent
		return s[0].lo <= r && r < s[0].hi
	}
	i := sort.Search(len(s), func(i int) bool { return s[i].hi > r })
	return i < len(s) && s[i].lo <= r
}

// points reports that every interval holds a single rank, as equality and IN give.
func (s set) points() bool {
	for _, i := range s {
		if i.hi-i.lo != 1 {
			return false
		}
	}
	return true
}
