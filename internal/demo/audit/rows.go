package audit

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// rows are the served rows of one record kind.
type rows struct {
	table  *legacy.Table
	served [][]any
	keys   []position
}

// key is a row's primary key as text, parts joined by "|".
func (r rows) key(row []any) string {
	parts := make([]string, len(r.keys))
	for i, at := range r.keys {
		parts[i] = string(wire(at, row))
	}
	return strings.Join(parts, "|")
}

// rows applies keep and drop.
func (a *auditor) rows(record *mapping.Table) rows {
	table := a.table(record.Name)
	r := rows{table: table}
	for _, name := range record.Key {
		r.keys = append(r.keys, column(table, name))
	}
	holds := func(conditions []mapping.Condition) []func(row []any) bool {
		var tests []func([]any) bool
		for _, c := range conditions {
			at := column(table, c.Column)
			tests = append(tests, func(row []any) bool { return meets(at, row, c.Values) })
		}
		return tests
	}
	keep, drop := holds(record.Keep), holds(record.Drop)
	for _, row := range table.Rows {
		kept := !slices.ContainsFunc(keep, func(test func([]any) bool) bool { return !test(row) })
		dropped := slices.ContainsFunc(drop, func(test func([]any) bool) bool { return test(row) })
		if kept && !dropped {
			r.served = append(r.served, row)
		}
	}
	return r
}

// meets tells whether a cell has one of the values; nil stands for SQL NULL.
func meets(at position, row []any, values []*string) bool {
	got := wire(at, row)
	if at.bit && got != nil {
		got = []byte{got[0] + '0'} // SQL compares a bit as the number it is
	}
	return slices.ContainsFunc(values, func(want *string) bool {
		if want == nil || got == nil {
			return want == nil && got == nil
		}
		return collated(string(got)) == collated(*want)
	})
}

func (a *auditor) table(name string) *legacy.Table {
	i := slices.IndexFunc(a.db.Tables, func(t *legacy.Table) bool { return strings.EqualFold(t.Name, name) })
	if i < 0 {
		panic(fmt.Sprintf("audit: database %s has no table %s", a.db.Name, name))
	}
	return a.db.Tables[i]
}

// position is where a column stands in the rows of its table.
type position struct {
	index int
	bit   bool
}

func column(table *legacy.Table, name string) position {
	i := slices.IndexFunc(table.Columns, func(c legacy.Column) bool { return strings.EqualFold(c.Name, name) })
	if i < 0 {
		panic(fmt.Sprintf("audit: table %s has no column %s", table.Name, name))
	}
	return position{index: i, bit: strings.HasPrefix(table.Columns[i].Type, "bit")}
}

// wire gives a cell as the server sends it in its text protocol; nil for NULL.
func wire(at position, row []any) []byte {
	switch v := row[at.index].(type) {
	case nil:
		return nil
	case string:
		return []byte(v)
	case int64:
		if at.bit {
			return []byte{byte(v)}
		}
		return strconv.AppendInt(nil, v, 10)
	case uint64:
		return strconv.AppendUint(nil, v, 10)
	case float64:
		if math.Abs(v) < 1e15 { // MySQL turns to the scientific notation from here on
			return strconv.AppendFloat(nil, v, 'f', -1, 64)
		}
		text := strconv.FormatFloat(v, 'e', -1, 64)
		return []byte(strings.Replace(text, "e+", "e", 1))
	default:
		panic(fmt.Sprintf("audit: a row holds a %T, which no column type has", v))
	}
}
