package plan

import (
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
)

// Order is how a list runs. NULL, and what a column stores instead of it, is the least
// value, as every MySQL sorts it: last when descending, first when ascending. Ties are
// broken by what tells rows apart, the key as a rule, in the same direction; see Apart.
type Order struct {
	Field *mapping.Field // nil orders by the key alone
	Desc  bool
	// ByDay orders a date field by its day as it is read, whatever the column stores:
	// exact, and no index serves it. Rows without a readable day are the least.
	ByDay bool
}

// isByKey tells whether the order runs by the key alone: it has no field, or one that is
// NULL in every row.
func (o Order) isByKey() bool { return o.Field == nil || !o.Field.IsRecorded() }

// key is the SQL the order runs by.
func (o Order) key(t *Table) sortKey {
	if !o.Field.IsRecorded() {
		return sortKey{expression: null, bare: true}
	}
	if o.ByDay {
		return sortKey{expression: t.meaning(o.Field)}
	}
	return sortKeyOf(t, o.Field)
}

// Position is a row's place in an order.
type Position struct {
	Value *string  // of the order's sort expression; nil for NULL
	Key   []string // of the columns that tell rows apart, or their digest
	// At lets rows with the same digest through as well: who reads them knows which of them
	// stand before the position.
	At bool
}

// orderBy appends the ORDER BY clause; reverse walks the order from its end.
func (b *builder) orderBy(t *Table, o Order, reverse bool) {
	direction := " ASC"
	if o.Desc != reverse {
		direction = " DESC"
	}
	b.write(" ORDER BY ")
	if !o.isByKey() {
		if k := o.key(t); k.bare {
			b.write(k.expression)
		} else {
			b.ident(sortColumn)
		}
		b.write(direction)
		b.write(", ")
	}
	join(b, t.apart(), ", ", func(text string) {
		b.write(text)
		b.write(direction)
	})
}

// keyOrder appends the ORDER BY clause of rows that no page goes on behind.
func (b *builder) keyOrder(t *Table) {
	b.write(" ORDER BY ")
	join(b, t.Mapping.Key, ", ", func(k string) {
		b.ident(k)
		b.write(" ASC")
	})
}

// sortColumn names the sort expression in a list's columns.
const sortColumn = "_sort"

// beyond is the predicate of rows past a position. Over a bare column it is written so
// that the first conjunct is a range on the index and the second only trims its edge;
// the row form (a, id) < (?, ?) walks the whole index.
type beyond struct {
	table   *Table
	order   Order
	at      Position
	reverse bool
}

func (p beyond) render(b *builder) {
	descending := p.order.Desc != p.reverse
	if p.order.isByKey() {
		p.pastKey(b, descending)
		return
	}
	k := p.order.key(p.table)
	if !k.bare {
		p.pastExpression(b, k, descending)
		return
	}
	e := k.expression
	switch {
	case p.at.Value == nil && descending: // among the NULLs, which come last
		b.write("(" + e + " IS NULL AND ")
		p.pastKey(b, descending)
		b.write(")")
	case p.at.Value == nil: // NULLs come first: all other rows follow
		b.write("(" + e + " IS NOT NULL OR ")
		p.pastKey(b, descending)
		b.write(")")
	case descending:
		b.write("(" + e + " <= ")
		k.bound(b, *p.at.Value)
		b.write(" OR " + e + " IS NULL) AND (" + e + " < ")
		k.bound(b, *p.at.Value)
		// Not IS NULL: of a NOT NULL day MySQL holds that true of 0000-00-00 too, and the
		// page would begin again among the zero days.
		b.write(" OR " + e + " <=> NULL OR ")
		p.pastKey(b, descending)
		b.write(")")
	default:
		b.write(e + " >= ")
		k.bound(b, *p.at.Value)
		b.write(" AND (" + e + " > ")
		k.bound(b, *p.at.Value)
		b.write(" OR ")
		p.pastKey(b, descending)
		b.write(")")
	}
}

// pastExpression appends the predicate over an expression, which no index serves: it is
// short instead.
func (p beyond) pastExpression(b *builder, k sortKey, descending bool) {
	compare := " > "
	if descending {
		compare = " < "
	}
	e := k.comparable()
	b.write("(" + e + compare)
	k.position(b, p.at.Value)
	b.write(" OR " + e + " = ")
	k.position(b, p.at.Value)
	b.write(" AND ")
	p.pastKey(b, descending)
	b.write(")")
}

// pastKey appends key > position, or < when descending, column by column.
func (p beyond) pastKey(b *builder, descending bool) {
	compare := " > "
	if descending {
		compare = " < "
	}
	if !p.table.IsVouched() {
		b.write(p.table.digest() + strings.TrimRight(compare, " "))
		if p.at.At {
			b.write("=")
		}
		b.write(" ")
		b.arg(p.at.Key[0])
		return
	}
	key := p.table.apartColumns()
	if len(key) > 1 {
		b.write("(")
	}
	for i, column := range key {
		if i > 0 {
			b.write(" OR (")
			for j := range i {
				b.ident(key[j])
				b.write(" = ")
				p.table.compared(b, key[j], p.at.Key[j])
				b.write(" AND ")
			}
		}
		b.ident(column)
		b.write(compare)
		p.table.compared(b, column, p.at.Key[i])
		if i > 0 {
			b.write(")")
		}
	}
	if len(key) > 1 {
		b.write(")")
	}
}
