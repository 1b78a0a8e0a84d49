package plan

import (
	"maps"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
)

// Dictionary renders the reading of one code table: columns code and label.
func Dictionary(d *mapping.Dictionary) Statement {
	var b builder
	b.write("SELECT ")
	b.ident(d.Code)
	b.write(", ")
	b.ident(d.Label)
	b.write(" FROM ")
	b.ident(d.Table)
	separator := " WHERE "
	for _, column := range slices.Sorted(maps.Keys(d.Where)) {
		b.write(separator)
		b.ident(column)
		b.write(" = ")
		b.arg(d.Where[column])
		separator = " AND "
	}
	b.write(" ORDER BY ")
	b.ident(d.Code)
	return b.statement()
}
