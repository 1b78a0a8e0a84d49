package plan

import (
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
)

// RefersTo is the predicate of the rows whose field refers to a row that the other table
// serves, by that table's field, or by its key where to is nil. Nothing refers to a key of
// several columns.
func (t *Table) RefersTo(field *mapping.Field, other *Table, to *mapping.Field) Predicate {
	return member(columnOf(t, field), other, columnOf(other, to))
}

// ReferredBy is the predicate of the rows to whose key a row refers, by its field, that the
// other table serves.
func (t *Table) ReferredBy(other *Table, field *mapping.Field) Predicate {
	return member(columnOf(t, nil), other, columnOf(other, field))
}

// columnOf is the column of a field, or with nil that of the key; "" where there is none.
func columnOf(t *Table, field *mapping.Field) string {
	switch {
	case field != nil:
		return field.Column
	case len(t.Mapping.Key) == 1:
		return t.Mapping.Key[0]
	}
	return ""
}

func member(column string, of *Table, named string) Predicate {
	if column == "" || named == "" || slices.ContainsFunc(of.within, isNowhere) {
		return either{}
	}
	return memberOf{column: column, of: of, named: named}
}

// isNowhere tells whether a predicate holds for no row, whatever the rows.
func isNowhere(p Predicate) bool {
	choices, ok := p.(either)
	return ok && len(choices) == 0
}

// memberOf holds where a column has a value that the named one has in a row which the other
// table serves. It is a sub-select without a name of the outer table in it, so that it can
// stand inside itself; MySQL 5.5 looks each row's value up by the index of the named column.
type memberOf struct {
	column string
	of     *Table
	named  string
}

func (p memberOf) render(b *builder) {
	b.ident(p.column)
	b.write(" IN (SELECT ")
	b.ident(p.named)
	b.from(p.of)
	b.where(p.of, nil)
	b.write(")")
}

func (memberOf) service(*Physical) service { return unserved }
