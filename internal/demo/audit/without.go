package audit

import (
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// Without is the database with some of the served rows really gone: those that gone names, by
// record. Rows that are not served stay. The given database is not changed. It panics like Findings.
func Without(db *legacy.Database, file *mapping.File, env cell.Env,
	gone func(record string, r Row) bool) *legacy.Database {
	a := &auditor{db: db, file: file, env: env, targets: map[string]map[string]bool{}}
	drop := map[*any]bool{} // rows, by their first cells
	for name, record := range file.Records {
		served := a.rows(record).served
		for i, row := range a.decoded(record) {
			if gone(name, row) {
				drop[&served[i][0]] = true
			}
		}
	}
	left := *db
	left.Tables = make([]*legacy.Table, len(db.Tables))
	for i, t := range db.Tables {
		table := *t
		table.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(row []any) bool { return drop[&row[0]] })
		left.Tables[i] = &table
	}
	return &left
}
