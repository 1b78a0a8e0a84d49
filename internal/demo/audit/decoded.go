package audit

import (
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// Row is one served row of an invented table with what its cells mean.
type Row struct {
	Key   string         // primary key as text, parts joined by "|"
	Cells map[string]any // decoded values by GraphQL field path; a field without a usable value is absent
}

// Decoded gives the served rows of every record that file maps, by GraphQL type and in
// the order of the table: what independent computations over the demo's data start
// from. No server, no SQL and none of the gateway's reading is involved. Records mapped
// by a sub-select are left out. It panics like Findings.
func Decoded(db *legacy.Database, file *mapping.File, env cell.Env) map[string][]Row {
	a := &auditor{db: db, file: file, env: env, targets: map[string]map[string]bool{}}
	decoded := map[string][]Row{}
	for name, record := range file.Records {
		if record.Select == "" {
			decoded[name] = a.decoded(record)
		}
	}
	return decoded
}

func (a *auditor) decoded(record *mapping.Table) []Row {
	rows := a.rows(record)
	fields := make([]field, len(record.Fields))
	for i, f := range record.Fields {
		fields[i] = a.field(rows.table, f)
	}
	list := make([]Row, 0, len(rows.served))
	for _, row := range rows.served {
		r := Row{Key: rows.key(row), Cells: map[string]any{}}
		for _, f := range fields {
			if value, _ := f.codec.Decode(slices.Clone(wire(f.at, row))); value != nil {
				r.Cells[f.Name] = value
			}
		}
		list = append(list, r)
	}
	return list
}
