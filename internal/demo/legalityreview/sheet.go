package legalityreview

import "github.com/bureaugraph/bureaugraph/internal/demo/legacy"

// sheet writes the rows of a table by column name.
type sheet struct {
	table *legacy.Table
	at    map[string]int // column -> place in a row
}

func newSheet(table *legacy.Table) *sheet {
	s := &sheet{table: table, at: make(map[string]int, len(table.Columns))}
	for i, c := range table.Columns {
		s.at[c.Name] = i
	}
	return s
}

// line is one row of a sheet.
type line struct {
	sheet *sheet
	cells []any
}

// add appends a row of NULLs.
func (s *sheet) add() line {
	cells := make([]any, len(s.table.Columns))
	s.table.Rows = append(s.table.Rows, cells)
	return line{s, cells}
}

// copy appends a copy of a row.
func (s *sheet) copy(l line) line {
	twin := s.add()
	copy(twin.cells, l.cells)
	return twin
}

func (s *sheet) row(i int) line { return line{s, s.table.Rows[i]} }

// place gives the column's place; a name the table lacks is a mistake of this program.
func (s *sheet) place(column string) int {
	i, ok := s.at[column]
	if !ok {
		panic("legalityreview: " + s.table.Name + " has no column " + column)
	}
	return i
}

func (l line) set(column string, value any) { l.cells[l.sheet.place(column)] = value }

func (l line) get(column string) any { return l.cells[l.sheet.place(column)] }

// text gives the cell's text, "" for NULL and for what is no text.
func (l line) text(column string) string {
	s, _ := l.get(column).(string)
	return s
}
