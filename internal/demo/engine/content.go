package engine

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/go-mysql-server/sql/expression"
	"github.com/dolthub/go-mysql-server/sql/types"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// content is a table's data, shared by every statement and never changed after loading:
// rows in primary key order (as given, if there is no key) and the indexes over them.
type content struct {
	database  string
	name      string
	comment   string
	collation sql.CollationID
	schema    sql.PrimaryKeySchema
	columns   []*column
	rows      []sql.Row
	bytes     uint64 // rough size of the rows

	rowOrder *index   // the rows as they lie
	indexes  []*index // primary key first, if there is one
}

// newContent converts one legacy table.
func newContent(d *legacy.Database, t *legacy.Table) (*content, error) {
	c := &content{
		database:  d.Name,
		name:      t.Name,
		comment:   t.Comment,
		collation: collation(d.Charset),
	}
	schema := make(sql.Schema, len(t.Columns))
	for i, lc := range t.Columns {
		f, err := newField(lc, d.Charset)
		if err != nil {
			return nil, err
		}
		c.columns = append(c.columns, &column{field: f, content: c, ordinal: i})
		schema[i] = &sql.Column{
			Name:           lc.Name,
			Type:           f.typ,
			Default:        defaultValue(lc, f.typ),
			Nullable:       !lc.NotNull && !slices.Contains(t.Primary, lc.Name),
			Source:         t.Name,
			DatabaseSource: d.Name,
			PrimaryKey:     slices.Contains(t.Primary, lc.Name),
			Comment:        lc.Comment,
		}
	}
	primary, err := c.ordinals(t.Primary)
	if err != nil {
		return nil, err
	}
	c.schema = sql.NewPrimaryKeySchema(schema, primary...)
	if err := c.fill(t.Rows); err != nil {
		return nil, err
	}
	if err := c.sort(primary); err != nil {
		return nil, err
	}
	return c, c.index(t, primary)
}

// fill converts the rows.
func (c *content) fill(rows [][]any) error {
	c.rows = make([]sql.Row, len(rows))
	cells := make([]any, len(rows)*len(c.columns))
	for i, r := range rows {
		if len(r) != len(c.columns) {
			return fmt.Errorf("row %d: %d values for %d columns", i, len(r), len(c.columns))
		}
		row := cells[:len(r):len(r)]
		cells = cells[len(r):]
		for j, v := range r {
			if v == nil && !c.schema.Schema[j].Nullable {
				return fmt.Errorf("row %d, column %s: NULL where none may be", i, c.columns[j].name)
			}
			cell, err := c.columns[j].cell(v)
			if err != nil {
				return fmt.Errorf("row %d, column %s: %w", i, c.columns[j].name, err)
			}
			row[j] = cell
			if s, ok := cell.(string); ok {
				c.bytes += uint64(len(s))
			}
			c.bytes += 8
		}
		c.rows[i] = row
	}
	return nil
}

// sort puts the rows into primary key order and refuses doubles.
func (c *content) sort(primary []int) error {
	if len(primary) == 0 {
		return nil
	}
	type entry struct {
		key string
		row sql.Row
	}
	entries := make([]entry, len(c.rows))
	for i, r := range c.rows {
		key := c.columns[primary[0]].key(r[primary[0]])
		for _, p := range primary[1:] {
			key += "\x00\x00\x00" + c.columns[p].key(r[p]) // ends a text before any character
		}
		entries[i] = entry{key, r}
	}
	byKey := func(a, b entry) int { return cmp.Compare(a.key, b.key) }
	if !slices.IsSortedFunc(entries, byKey) {
		slices.SortStableFunc(entries, byKey)
	}
	for i, e := range entries {
		if i > 0 && e.key == entries[i-1].key {
			return fmt.Errorf("two rows share a primary key (place %d in key order)", i)
		}
		c.rows[i] = e.row
	}
	return nil
}

// index describes the indexes; their order is worked out when they are first used.
func (c *content) index(t *legacy.Table, primary []int) error {
	c.rowOrder = &index{content: c}
	if len(primary) > 0 {
		c.indexes = append(c.indexes, &index{content: c, id: "PRIMARY", columns: primary, primary: true})
	}
	taken := map[string]bool{}
	for _, names := range t.Indexes {
		if len(names) == 0 {
			return errors.New("an index without columns")
		}
		columns, err := c.ordinals(names)
		if err != nil {
			return err
		}
		// MySQL names an unnamed index after its first column: a, a_2, a_3
		id := names[0]
		for n := 2; taken[strings.ToLower(id)]; n++ {
			id = fmt.Sprintf("%s_%d", names[0], n)
		}
		taken[strings.ToLower(id)] = true
		c.indexes = append(c.indexes, &index{content: c, id: id, columns: columns})
	}
	return nil
}

// ordinals finds columns by name.
func (c *content) ordinals(names []string) ([]int, error) {
	found := make([]int, len(names))
	for i, name := range names {
		if found[i] = c.ordinal(name); found[i] < 0 {
			return nil, fmt.Errorf("a key names the column %s, which is not there", name)
		}
	}
	return found, nil
}

// ordinal is the place of a column, -1 if there is none of that name.
func (c *content) ordinal(name string) int {
	return slices.IndexFunc(c.columns, func(col *column) bool { return strings.EqualFold(col.name, name) })
}

// defaultValue shows a column's default to SHOW COLUMNS and information_schema: a quoted
// text or NULL. Anything else, such as CURRENT_TIMESTAMP, is left out; nothing is ever
// inserted here.
func defaultValue(c legacy.Column, t sql.Type) *sql.ColumnDefaultValue {
	text, ok := strings.CutPrefix(c.Default, "'")
	if !ok {
		return nil
	}
	text = strings.ReplaceAll(strings.TrimSuffix(text, "'"), "''", "'")
	literal := expression.NewLiteral(text, types.LongText)
	v, err := sql.NewColumnDefaultValue(literal, t, true, false, false)
	if err != nil {
		return nil
	}
	return v
}
