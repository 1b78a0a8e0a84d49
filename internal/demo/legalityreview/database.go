// Package legalityreview invents the database of the legality review system
// (合法性审查), hfsc: a RuoYi application with English snake_case names, del_flag and
// create_by in every table, and codes in sys_dict_data. The gateway's mapping of it is
// adapters/legalityreview.
package legalityreview

import (
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// Database invents hfsc for the district: 5,000 matters received in 2023 at scale 1, half
// as many in the half-years around it, and older ones. Each of the district's published
// documents is the outcome of one matter; a few annexes share its number.
func Database(w *world.World) *legacy.Database {
	g := newGenerator(w)
	g.invent()

	db := &legacy.Database{Name: "hfsc", Charset: "utf8"}
	matters, rounds := g.matters.table, g.rounds.table
	backup := copyOf(matters, "biz_review_matter_bak20221231", w.N(200))
	copied := copyOf(matters, "biz_review_matter_copy1", w.N(20))
	db.Ledger = g.plant()
	db.Tables = []*legacy.Table{
		matters, rounds, backup, copied,
		g.attachments(), g.departments(), g.users(), dictionaryTypes(), dictionary(),
	}
	return db
}

// copyOf is a forgotten copy of a table's first rows, without its indexes. Nobody maps it.
func copyOf(table *legacy.Table, name string, rows int) *legacy.Table {
	t := &legacy.Table{Name: name, Comment: table.Comment, Columns: table.Columns}
	for _, row := range table.Rows[:min(rows, len(table.Rows))] {
		t.Rows = append(t.Rows, append([]any(nil), row...))
	}
	return t
}
