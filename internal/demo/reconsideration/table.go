package reconsideration

import (
	"fmt"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// table writes rows of one legacy table by column name.
type table struct {
	*legacy.Table
	at    map[string]int
	shown map[string]string // texts as the latin1 columns show them
}

func newTable(t *legacy.Table, shown map[string]string) *table {
	at := make(map[string]int, len(t.Columns))
	for i, c := range t.Columns {
		at[c.Name] = i
	}
	return &table{Table: t, at: at, shown: shown}
}

// row starts a new row of NULLs.
func (t *table) row() row {
	cells := make([]any, len(t.Columns))
	t.Rows = append(t.Rows, cells)
	return row{table: t, cells: cells}
}

// column is where the named column stands.
func (t *table) column(name string) int {
	i, ok := t.at[name]
	if !ok {
		panic(fmt.Sprintf("reconsideration: table %s has no column %s", t.Name, name))
	}
	return i
}

// show gives text as the server shows it: UTF-8 bytes taken for latin1.
func (t *table) show(text string) string {
	for i := range len(text) {
		if text[i] < 0x80 {
			continue
		}
		shown, ok := t.shown[text]
		if !ok {
			shown = legacy.Mojibake(text, "utf8")
			t.shown[text] = shown
		}
		return shown
	}
	return text
}

// row is one row being written.
type row struct {
	table *table
	cells []any
}

// set writes a cell; an empty text is written as it is.
func (r row) set(column, text string) { r.cells[r.table.column(column)] = r.table.show(text) }

// put writes a text unless it is empty, which leaves the cell NULL.
func (r row) put(column, text string) {
	if text != "" {
		r.set(column, text)
	}
}

// number writes a cell of a double column.
func (r row) number(column string, n float64) { r.cells[r.table.column(column)] = n }

// day writes a day in the layout; a zero day leaves the cell NULL.
func (r row) day(column string, day time.Time, layout string) {
	if day.IsZero() {
		return
	}
	switch layout {
	case "chinese":
		r.set(column, chineseDay(day))
	case "excel":
		r.set(column, excelSerial(day))
	default:
		r.set(column, day.Format(layout))
	}
}
