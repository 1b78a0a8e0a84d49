package publicity

import (
	"math/rand/v2"
	"slices"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// planter puts dirt into the served rows of one table and enters it into the ledger.
type planter struct {
	s      *scribe
	record string
	table  *legacy.Table
	at     map[string]int // column name -> position

	// key gives a row's key as the gateway knows it.
	key func(row []any) string
	// spared tells which cells must stay clean: those behind the figures of the yearly
	// report, and rows that are not served.
	spared func(row []any, column string) bool

	queues map[string][]int // per column the rows that may still be spoilt, shuffled
}

func (s *scribe) planter(record string, t *legacy.Table) *planter {
	p := &planter{s: s, record: record, table: t, at: map[string]int{}, queues: map[string][]int{}}
	for i, c := range t.Columns {
		p.at[c.Name] = i
	}
	return p
}

// plant spoils one percent of the column's filled cells, two at least, with the given
// values in turn, and enters each under the fields that report the rule. A cell is never
// spoilt twice.
func (p *planter) plant(column, rule string, fields []string, values ...any) {
	p.plantShare(1, column, rule, fields, func(*rand.Rand, []any) any { return world(p.s.r, values) })
}

// plantShare is plant for another percentage, with values that depend on the row.
func (p *planter) plantShare(percent int, column, rule string, fields []string, spoil func(*rand.Rand, []any) any) {
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
		row[at] = spoil(p.s.r, row)
		for _, field := range fields {
			p.s.ledger = append(p.s.ledger, legacy.Dirt{Record: p.record, Key: p.key(row), Field: field, Rule: rule})
		}
	}
	p.queues[column] = queue[n:]
}

// usable lists the rows whose cell in the column is filled and may be spoilt, shuffled.
func (p *planter) usable(at int, column string) []int {
	var rows []int
	for i, row := range p.table.Rows {
		filled := row[at] != nil && row[at] != "" && row[at] != int64(0)
		if filled && !p.spared(row, column) {
			rows = append(rows, i)
		}
	}
	p.s.r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows
}

// oneOf is a spared function for tables where whole rows are protected.
func oneOf(rows map[string]bool, key func([]any) string) func([]any, string) bool {
	return func(row []any, _ string) bool { return rows[key(row)] }
}

// only is a spared function that spares nothing but the given columns.
func only(columns ...string) func([]any, string) bool {
	return func(_ []any, column string) bool { return slices.Contains(columns, column) }
}
