package engine

import (
	"errors"
	"fmt"
	"strings"

	"github.com/dolthub/go-mysql-server/sql"
)

// table is a table as one statement sees it: the shared content and the wanted columns.
// It implements no insert, update, delete or alter interface: writes fail in the planner.
type table struct {
	*content
	wanted     []string // nil: all
	projection []int    // ordinals of wanted
	shown      sql.Schema
}

var (
	_ sql.Table                = (*table)(nil)
	_ sql.CommentedTable       = (*table)(nil)
	_ sql.Databaseable         = (*table)(nil)
	_ sql.IndexSearchableTable = (*table)(nil)
	_ sql.PrimaryKeyTable      = (*table)(nil)
	_ sql.ProjectedTable       = (*table)(nil)
	_ sql.StatisticsTable      = (*table)(nil)
	_ sql.IndexedTable         = (*indexedTable)(nil)
)

func newTable(c *content) *table { return &table{content: c, shown: c.schema.Schema} }

// Name implements [sql.Nameable].
func (t *table) Name() string { return t.name }

// String implements [fmt.Stringer].
func (t *table) String() string { return t.name }

// Database implements [sql.Databaseable].
func (t *table) Database() string { return t.database }

// Comment implements [sql.CommentedTable].
func (t *table) Comment() string { return t.comment }

// Collation implements [sql.Table].
func (t *table) Collation() sql.CollationID { return t.collation }

// Schema implements [sql.Table]: the wanted columns only.
func (t *table) Schema() sql.Schema { return t.shown }

// PrimaryKeySchema implements [sql.PrimaryKeyTable].
func (t *table) PrimaryKeySchema() sql.PrimaryKeySchema { return t.schema }

// WithProjections implements [sql.ProjectedTable].
func (t *table) WithProjections(names []string) sql.Table { return t.project(names) }

func (t *table) project(names []string) *table {
	p := &table{content: t.content, wanted: names, projection: make([]int, 0, len(names))}
	for _, name := range names {
		if i := t.ordinal(name); i >= 0 {
			p.projection = append(p.projection, i)
			p.shown = append(p.shown, t.schema.Schema[i])
		}
	}
	return p
}

// Projections implements [sql.ProjectedTable].
func (t *table) Projections() []string { return t.wanted }

// RowCount implements [sql.StatisticsTable]: COUNT(*) without WHERE reads no row.
func (t *table) RowCount(*sql.Context) (uint64, bool, error) {
	return uint64(len(t.rows)), true, nil
}

// DataLength implements [sql.StatisticsTable]: a rough size in bytes.
func (t *table) DataLength(*sql.Context) (uint64, error) { return t.bytes, nil }

// GetIndexes implements [sql.IndexAddressable].
func (t *table) GetIndexes(*sql.Context) ([]sql.Index, error) {
	all := make([]sql.Index, len(t.indexes))
	for i, x := range t.indexes {
		all[i] = x
	}
	return all, nil
}

// PreciseMatch implements [sql.IndexAddressable].
func (t *table) PreciseMatch() bool { return false }

// SkipIndexCosting implements [sql.IndexSearchable]: conditions become lookups in
// useIndex, with exact row counts, and not by the planner's guesses.
func (t *table) SkipIndexCosting() bool { return true }

// LookupForExpressions implements [sql.IndexSearchable] by declining: it is not told the
// table's alias, so it could not tell an outer query's column from ours.
func (t *table) LookupForExpressions(*sql.Context,
	...sql.Expression) (sql.IndexLookup, *sql.FuncDepSet, sql.Expression, bool, error) {
	return sql.IndexLookup{}, nil, nil, false, nil
}

// IndexedAccess implements [sql.IndexAddressable].
func (t *table) IndexedAccess(*sql.Context, sql.IndexLookup) sql.IndexedTable {
	return &indexedTable{t}
}

// part is a table's only partition, with the way to read it.
type part struct{ *access }

// Key implements [sql.Partition].
func (part) Key() []byte { return []byte("all") }

// Partitions implements [sql.Table].
func (t *table) Partitions(*sql.Context) (sql.PartitionIter, error) {
	spans, _ := t.rowOrder.spans(nil)
	return sql.PartitionsToPartitionIter(part{&access{index: t.rowOrder, spans: spans}}), nil
}

// PartitionRows implements [sql.Table].
func (t *table) PartitionRows(_ *sql.Context, p sql.Partition) (sql.RowIter, error) {
	a, ok := p.(part)
	if !ok {
		return nil, errors.New("engine: a partition of another table")
	}
	return &rowIter{access: a.access, projection: t.projection}, nil
}

// indexedTable is a table read by a lookup.
type indexedTable struct{ *table }

// WithProjections implements [sql.ProjectedTable].
func (t *indexedTable) WithProjections(names []string) sql.Table {
	return &indexedTable{t.project(names)}
}

// LookupPartitions implements [sql.IndexedTable]. The lookup is one of ours, or the
// planner's for one row of a join.
func (t *indexedTable) LookupPartitions(_ *sql.Context, l sql.IndexLookup) (sql.PartitionIter, error) {
	switch r := l.Ranges.(type) {
	case *access:
		return sql.PartitionsToPartitionIter(part{r}), nil
	case sql.MySQLRangeCollection:
		a, err := joined(l.Index, r)
		if err != nil {
			return nil, err
		}
		a.reverse = l.IsReverse
		return sql.PartitionsToPartitionIter(part{a}), nil
	}
	return nil, fmt.Errorf("engine: no lookup by %T", l.Ranges)
}

// joined translates the planner's ranges over an index.
func joined(i sql.Index, ranges sql.MySQLRangeCollection) (*access, error) {
	x, ok := i.(*index)
	if !ok {
		return nil, fmt.Errorf("engine: no lookup by %T", i)
	}
	alternatives := anyOf{}
	for _, r := range ranges {
		all := allOf{}
		for n, e := range r {
			c := x.content.columns[x.columns[n]].ready()
			lo, err := c.place(e.LowerBound)
			if err != nil {
				return nil, err
			}
			hi, err := c.place(e.UpperBound)
			if err != nil {
				return nil, err
			}
			all = append(all, &within{c.ordinal, c.rank, newSet(interval{lo, hi})})
		}
		alternatives = append(alternatives, all)
	}
	a := &access{index: x.ready(), filter: alternatives}
	a.spans, _ = x.spans(alternatives)
	return a, nil
}

// place is the first rank above a cut.
func (c *column) place(cut sql.MySQLRangeCut) (uint32, error) {
	switch k := cut.(type) {
	case sql.BelowNull:
		return 0, nil
	case sql.AboveNull:
		return 1, nil
	case sql.AboveAll:
		return c.end(), nil
	case sql.Below:
		if k.Key == nil {
			return 0, nil // equal to NULL: nothing is
		}
		if b, ok := c.seek(k.Key); ok {
			lo, _ := c.cut(b)
			return lo, nil
		}
	case sql.Above:
		if k.Key == nil {
			return 0, nil
		}
		if b, ok := c.seek(k.Key); ok {
			_, hi := c.cut(b)
			return hi, nil
		}
	}
	return 0, fmt.Errorf("engine: cannot look up %s in %s.%s by that value", strings.ToLower(c.name),
		c.content.database, c.content.name)
}
