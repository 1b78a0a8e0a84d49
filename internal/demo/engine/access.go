package engine

import (
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/dolthub/go-mysql-server/sql"
)

// access is a way to read a table: some spans of an index, forwards or backwards, and a
// filter over the rows found. It travels through the planner as a lookup's ranges.
type access struct {
	index   *index
	spans   []span
	filter  predicate // nil: every row in the spans
	reverse bool
}

var _ sql.RangeCollection = (*access)(nil)

// Equals implements [sql.RangeCollection].
func (a *access) Equals(other sql.RangeCollection) (bool, error) { return a == other, nil }

// Len implements [sql.RangeCollection].
func (a *access) Len() int { return len(a.spans) }

// ToRanges implements [sql.RangeCollection]; the planner hands them back to the index
// only, which supports everything.
func (a *access) ToRanges() []sql.Range { return nil }

// String implements [sql.RangeCollection], for EXPLAIN.
func (a *access) String() string {
	rows := 0
	for _, s := range a.spans {
		rows += s.hi - s.lo
	}
	name := a.index.id
	if name == "" {
		name = "rows"
	}
	text := fmt.Sprintf("%s: %d spans, %d rows", name, len(a.spans), rows)
	if a.filter != nil {
		text += ", filtered"
	}
	if a.reverse {
		text += ", backwards"
	}
	return text
}

// DebugString implements [sql.RangeCollection].
func (a *access) DebugString() string { return a.String() }

// lookup wraps the access for the planner.
func (a *access) lookup() sql.IndexLookup {
	return sql.IndexLookup{Index: a.index, Ranges: a, IsReverse: a.reverse}
}

// wish is one column of an ORDER BY.
type wish struct {
	column     int
	descending bool
}

// Costs in microseconds, measured: looking at a row, and handing one to the planner's
// nodes, which sort or filter it on.
const (
	lookCost = 0.02
	emitCost = 2.0
)

// choose finds the cheapest access for a predicate (nil: all rows). If order is given,
// ordered tells whether the rows come in it; limit is how many of them are wanted, -1
// for all.
func (c *content) choose(p predicate, order []wish, limit int) (best *access, ordered bool) {
	type candidate struct {
		*access
		rows    int
		ordered bool
	}
	var all []candidate
	matching := math.MaxInt
	for _, x := range append(slices.Clone(c.indexes), c.rowOrder) {
		spans, fixed := x.spans(p)
		found := candidate{access: &access{index: x, spans: spans, filter: p}}
		for _, s := range spans {
			found.rows += s.hi - s.lo
		}
		if len(order) > 0 {
			found.reverse, found.ordered = x.delivers(order, fixed)
		}
		matching = min(matching, found.rows)
		all = append(all, found)
	}
	cheapest := math.Inf(1)
	for _, a := range all {
		look, emit := float64(a.rows), float64(matching)
		if a.ordered && limit >= 0 {
			// the matching rows are taken to lie evenly
			look = min(look, float64(limit+1)*look/float64(max(matching, 1)))
			emit = min(emit, float64(limit))
		}
		cost := look*lookCost + emit*emitCost
		if len(order) > 0 && !a.ordered {
			cost += emit * emitCost // to sort them
		}
		if cost < cheapest {
			best, ordered, cheapest = a.access, a.ordered, cost
		}
	}
	best.index.ready()
	return best, ordered
}

// delivers tells whether the index gives the wished order, forwards or in reverse. Fixed
// columns have one value in all rows read and so any order.
func (x *index) delivers(order []wish, fixed []int) (reverse, ok bool) {
	sequence := slices.Clone(x.columns)
	if !x.primary { // ties come in row order, which is the primary key's
		sequence = append(sequence, x.content.schema.PkOrdinals...)
	}
	decided := false
	next := 0
	for _, w := range order {
		if slices.Contains(fixed, w.column) {
			continue
		}
		for next < len(sequence) && sequence[next] != w.column && slices.Contains(fixed, sequence[next]) {
			next++
		}
		if next == len(sequence) {
			// behind a whole primary key there are no ties left to order
			return reverse, len(x.content.schema.PkOrdinals) > 0
		}
		if sequence[next] != w.column || decided && w.descending != reverse {
			return false, false
		}
		reverse, decided = w.descending, true
		next++
	}
	return reverse, true
}

// rowIter reads an access.
type rowIter struct {
	*access
	projection []int // nil: whole rows
	span       int   // spans done
	done       int   // positions done in the current span
	looked     int
}

var _ sql.RowIter = (*rowIter)(nil)

// Next implements [sql.RowIter]. It notices a killed statement between rows, also while
// none match.
func (i *rowIter) Next(ctx *sql.Context) (sql.Row, error) {
	for ; i.span < len(i.spans); i.span++ {
		s := i.spans[i.span]
		if i.reverse {
			s = i.spans[len(i.spans)-1-i.span]
		}
		for i.done < s.hi-s.lo {
			position := s.lo + i.done
			if i.reverse {
				position = s.hi - 1 - i.done
			}
			i.done++
			if i.looked++; i.looked%1024 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			n := i.index.row(position)
			if i.filter == nil || i.filter.match(n) {
				return i.project(i.index.content.rows[n]), nil
			}
		}
		i.done = 0
	}
	return nil, io.EOF
}

// project picks the wanted columns.
func (i *rowIter) project(r sql.Row) sql.Row {
	if i.projection == nil {
		return r
	}
	out := make(sql.Row, len(i.projection))
	for j, c := range i.projection {
		out[j] = r[c]
	}
	return out
}

// Close implements [sql.RowIter].
func (i *rowIter) Close(*sql.Context) error { return nil }
