package engine

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/dolthub/go-mysql-server/sql"
)

// index is the row numbers of a table in the order of some columns, ties in row order.
// It is sorted on first use. An index without columns is the rows as they lie.
type index struct {
	content *content
	id      string
	columns []int // ordinals
	primary bool

	once  sync.Once
	order []uint32 // nil: position and row number are the same
}

var _ sql.OrderedIndex = (*index)(nil)

// ready sorts the index if nobody did yet.
func (x *index) ready() *index {
	if x.primary || len(x.columns) == 0 {
		return x
	}
	x.once.Do(func() {
		ranks := make([][]uint32, len(x.columns))
		for i, c := range x.columns {
			ranks[i] = x.content.columns[c].ready().rank
		}
		order := make([]uint32, len(x.content.rows))
		for i := range order {
			order[i] = uint32(i)
		}
		slices.SortFunc(order, func(a, b uint32) int {
			for _, r := range ranks {
				if r[a] != r[b] {
					return cmp.Compare(r[a], r[b])
				}
			}
			return cmp.Compare(a, b)
		})
		x.order = order
	})
	return x
}

// row is the row number at a position.
func (x *index) row(position int) uint32 {
	if x.order == nil {
		return uint32(position)
	}
	return x.order[position]
}

// span is a half-open range of positions in an index.
type span struct{ lo, hi int }

// maxSpans limits how far a lookup is cut into pieces; from there on the filter decides.
const maxSpans = 20_000

// spans finds the positions that can satisfy p (nil: all), ascending, and the columns
// that have one single value there.
func (x *index) spans(p predicate) (found []span, fixed []int) {
	found = []span{{0, len(x.content.rows)}}
	if p == nil {
		return found, nil
	}
	x.ready()
	for _, c := range x.columns {
		s, ok := p.bounds(c)
		if !ok {
			break
		}
		if len(found)*len(s) > maxSpans {
			break
		}
		rank := x.content.columns[c].rank
		var next []span
		for _, f := range found {
			for _, i := range s {
				lo := f.lo + sort.Search(f.hi-f.lo, func(n int) bool { return rank[x.row(f.lo+n)] >= i.lo })
				hi := lo + sort.Search(f.hi-lo, func(n int) bool { return rank[x.row(lo+n)] >= i.hi })
				if lo < hi {
					next = append(next, span{lo, hi})
				}
			}
		}
		found = next
		if !s.points() {
			break // behind a range the next column is not in order
		}
		if len(s) == 1 {
			fixed = append(fixed, c)
		}
	}
	return found, fixed
}

// ID implements [sql.Index].
func (x *index) ID() string { return x.id }

// Database implements [sql.Index].
func (x *index) Database() string { return x.content.database }

// Table implements [sql.Index].
func (x *index) Table() string { return x.content.name }

// Expressions implements [sql.Index].
func (x *index) Expressions() []string {
	names := make([]string, len(x.columns))
	for i, c := range x.columns {
		names[i] = x.content.name + "." + x.content.columns[c].name
	}
	return names
}

// ColumnExpressionTypes implements [sql.Index]. The expressions are in lower case, as
// the planner looks them up.
func (x *index) ColumnExpressionTypes() []sql.ColumnExpressionType {
	all := make([]sql.ColumnExpressionType, len(x.columns))
	for i, name := range x.Expressions() {
		all[i] = sql.ColumnExpressionType{
			Expression: strings.ToLower(name),
			Type:       x.content.columns[x.columns[i]].typ,
		}
	}
	return all
}

// IsUnique implements [sql.Index].
func (x *index) IsUnique() bool { return x.primary }

// IsSpatial implements [sql.Index].
func (x *index) IsSpatial() bool { return false }

// IsFullText implements [sql.Index].
func (x *index) IsFullText() bool { return false }

// IsVector implements [sql.Index].
func (x *index) IsVector() bool { return false }

// Comment implements [sql.Index].
func (x *index) Comment() string { return "" }

// IndexType implements [sql.Index].
func (x *index) IndexType() string { return "BTREE" }

// IsGenerated implements [sql.Index].
func (x *index) IsGenerated() bool { return false }

// CanSupport implements [sql.Index].
func (x *index) CanSupport(*sql.Context, ...sql.Range) bool { return true }

// CanSupportOrderBy implements [sql.Index]; it is asked for vector indexes only.
func (x *index) CanSupportOrderBy(sql.Expression) bool { return false }

// PrefixLengths implements [sql.Index].
func (x *index) PrefixLengths() []uint16 { return nil }

// Order implements [sql.OrderedIndex].
func (x *index) Order() sql.IndexOrder { return sql.IndexOrderAsc }

// Reversible implements [sql.OrderedIndex].
func (x *index) Reversible() bool { return true }
