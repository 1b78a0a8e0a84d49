package mapping

import (
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
)

// complete adds what the mapping below has and this one has not: the graph knows it, and
// what the program asks of such a field or record is answered by nothing, not by a fault.
func (f *File) complete(below *File) {
	if below == nil {
		return
	}
	for name, base := range below.Records {
		t := f.Records[name]
		if t == nil {
			t = &Table{Record: name, Key: base.Key, Select: nothing(base.Key), Bands: base.Bands, IsAbsent: true}
			f.Records[name] = t
		}
		for _, field := range base.Fields {
			if !slices.ContainsFunc(t.Fields, func(mapped *Field) bool { return mapped.Name == field.Name }) {
				t.Unrecorded = append(t.Unrecorded, &Field{Name: field.Name, Refers: field.Refers,
					Spec: cell.Spec{Kind: field.Spec.Kind}, Pos: field.Pos})
			}
		}
	}
}

// nothing is a select of key columns without a row.
func nothing(key []string) string {
	columns := make([]string, len(key))
	for i, k := range key {
		columns[i] = "'' AS `" + k + "`"
	}
	return "SELECT " + strings.Join(columns, ", ") + " FROM DUAL WHERE 0 = 1"
}
