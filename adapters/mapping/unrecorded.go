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
			t = base.absent()
			f.Records[name] = t
		}
		for _, field := range base.Fields {
			if !slices.ContainsFunc(t.Fields, func(mapped *Field) bool { return mapped.Name == field.Name }) {
				t.Unrecorded = append(t.Unrecorded, field.unrecorded())
			}
		}
	}
}

// absent is the table where no such records are, and none of the fields yet.
func (t *Table) absent() *Table {
	return &Table{Record: t.Record, Key: t.Key, Select: nothing(t.Key), Bands: t.Bands, IsAbsent: true}
}

// unrecorded is the field without a column.
func (f *Field) unrecorded() *Field {
	return &Field{Name: f.Name, Refers: f.Refers, Spec: cell.Spec{Kind: f.Spec.Kind}, Pos: f.Pos}
}

// Without is the file without what is hidden of it, as if the site did not record that. hides is
// asked for a record with the field "", and for each field.
func (f *File) Without(hides func(record, field string) bool) *File {
	file := *f
	file.Records = map[string]*Table{}
	for name, t := range f.Records {
		file.Records[name] = t.Without(func(field string) bool { return hides(name, field) })
	}
	return &file
}

// Without is the table without what is hidden of it, as if the site did not record that; ""
// stands for the record itself.
func (t *Table) Without(hides func(field string) bool) *Table {
	table := *t
	if hides("") {
		table = *t.absent()
		table.Pos, table.KeyPos = t.Pos, t.KeyPos
	}
	table.Fields, table.Unrecorded, table.Orders, table.Steps = nil, slices.Clone(t.Unrecorded), nil, nil
	isRecorded := map[string]bool{}
	for _, f := range t.Fields {
		if table.IsAbsent || hides(f.Name) {
			table.Unrecorded = append(table.Unrecorded, f.unrecorded())
			continue
		}
		isRecorded[f.Name] = true
		table.Fields = append(table.Fields, f)
	}
	for _, o := range t.Orders {
		if isRecorded[o.Field] {
			table.Orders = append(table.Orders, o)
		}
	}
	for _, s := range t.Steps {
		if isRecorded[s.Earlier] && isRecorded[s.Later] {
			table.Steps = append(table.Steps, s)
		}
	}
	return &table
}

// nothing is a select of key columns without a row.
func nothing(key []string) string {
	columns := make([]string, len(key))
	for i, k := range key {
		columns[i] = "'' AS `" + k + "`"
	}
	return "SELECT " + strings.Join(columns, ", ") + " FROM DUAL WHERE 0 = 1"
}
