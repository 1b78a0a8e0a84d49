package legalaid

import (
	"strconv"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// sheet is a table being filled, its cells by column name.
type sheet struct {
	*legacy.Table
	at    map[string]int
	dirty map[cellAt]bool // cells that already hold planted dirt
}

// cellAt is one cell of a sheet.
type cellAt struct {
	row    int
	column string
}

// column describes a legacy column: name, type, comment, and NOT NULL DEFAULT when
// defaults is not "".
type column struct{ name, typ, defaults, comment string }

// sheet makes an empty table of the database.
func (b *builder) sheet(name, comment string, columns []column, primary []string, indexes ...[]string) *sheet {
	t := &legacy.Table{Name: name, Comment: comment, Engine: "MyISAM", Primary: primary, Indexes: indexes}
	s := &sheet{Table: t, at: make(map[string]int, len(columns)), dirty: map[cellAt]bool{}}
	for i, c := range columns {
		s.at[c.name] = i
		t.Columns = append(t.Columns, legacy.Column{Name: c.name, Type: c.typ, NotNull: c.defaults != "", Default: c.defaults, Comment: c.comment})
	}
	for _, key := range primary {
		t.Columns[s.at[key]].NotNull = true
	}
	b.db.Tables = append(b.db.Tables, t)
	return s
}

// add appends an empty row and gives its number.
func (s *sheet) add() int {
	s.Rows = append(s.Rows, make([]any, len(s.Columns)))
	return len(s.Rows) - 1
}

func (s *sheet) index(column string) int {
	i, ok := s.at[column]
	if !ok {
		panic("legalaid: " + s.Name + " has no column " + column)
	}
	return i
}

func (s *sheet) set(row int, column string, value any) { s.Rows[row][s.index(column)] = value }

func (s *sheet) get(row int, column string) any { return s.Rows[row][s.index(column)] }

// has tells whether the cell holds something.
func (s *sheet) has(row int, column string) bool {
	v := s.get(row, column)
	return v != nil && v != ""
}

// key is the row's primary key as the gateway shows it.
func (s *sheet) key(row int) string {
	switch v := s.Rows[row][s.index(s.Primary[0])].(type) {
	case int64:
		return strconv.FormatInt(v, 10)
	case string:
		return v
	}
	panic("legalaid: " + s.Name + " has a row without key")
}
