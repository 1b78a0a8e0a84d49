package publicity

import "github.com/bureaugraph/bureaugraph/internal/demo/legacy"

// planter puts dirt into the served rows of one table and enters it into the ledger.
type planter struct {
	s      *scribe
	record string
	table  *legacy.Table
	at     map[string]int           // column name -> position
	key    func(row []any) string   // the row's key as the gateway knows it
	spared func([]any, string) bool // cells that must stay clean, by row and column
	queues map[string][]int         // per column the rows that may still be spoilt, shuffled
}

// planter prepares a table whose rows are complete. spared tells which cells must stay
// clean: those behind the figures of the yearly report, and rows that are not served.
func (s *scribe) planter(record string, t *legacy.Table, key func([]any) string, spared func([]any, string) bool) *planter {
	p := &planter{s: s, record: record, table: t, at: map[string]int{}, key: key, spared: spared, queues: map[string][]int{}}
	for i, c := range t.Columns {
		p.at[c.Name] = i
	}
	return p
}

// plant spoils one percent of the table's rows, two at least, in the column, with the
// given values in turn. Only filled cells are spoilt, none twice. The field is the one
// that reports the rule.
func (p *planter) plant(column, field, rule string, values ...any) {
	turn := 0
	p.plantShare(1, column, field, rule, func(any) any {
		turn++
		return values[(turn-1)%len(values)]
	})
}

// plantShare is plant for another percentage, with values made of the old ones.
func (p *planter) plantShare(percent int, column, field, rule string, spoil func(old any) any) {
	at, known := p.at[column]
	if !known {
		panic("publicity: no column " + column)
	}
	queue, begun := p.queues[column]
	if !begun {
		queue = p.usable(at, column)
	}
	n := min(max(2, len(p.table.Rows)*percent/100), len(queue))
	for _, i := range queue[:n] {
		row := p.table.Rows[i]
		row[at] = spoil(row[at])
		p.s.ledger = append(p.s.ledger, legacy.Dirt{Record: p.record, Key: p.key(row), Field: field, Rule: rule})
	}
	p.queues[column] = queue[n:]
}

// usable lists the rows whose cell in the column is filled and may be spoilt, shuffled.
func (p *planter) usable(at int, column string) []int {
	var rows []int
	for i, row := range p.table.Rows {
		if filled(row[at]) && !p.spared(row, column) {
			rows = append(rows, i)
		}
	}
	p.s.r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows
}

// filled tells whether a cell holds something: zero dates and the code 0 stand for
// nothing in this system.
func filled(cell any) bool {
	switch cell {
	case nil, "", int64(0), zeroDateTime:
		return false
	}
	return true
}

const zeroDateTime = "0000-00-00 00:00:00"
