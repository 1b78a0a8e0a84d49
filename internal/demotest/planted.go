package demotest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// Planted are the demo's systems where in every second row of each record that has
// deadlines a cell that a deadline reads is empty, a zero date, unreadable, or a day long
// before all others; in some rows two are.
func Planted(t testing.TB, w *world.World) []demo.System {
	t.Helper()
	systems := demo.Systems(w)
	schema := mapping.SchemaOf(graph.Schema())
	rules := Clock(t, model.Date{Year: 2024, Month: 7, Day: 1})
	for _, s := range systems {
		file, err := mapping.Parse(adapters.Systems().Mappings()[s.System], nil, schema,
			cell.Env{Towns: w.Towns, Departments: w.Departments})
		if err != nil {
			t.Fatal(err)
		}
		for _, record := range file.Records {
			fields := rules.Fields(record.Record)
			at := slices.IndexFunc(s.Database.Tables,
				func(table *legacy.Table) bool { return table.Name == record.Name })
			if len(fields) == 0 || at < 0 {
				continue
			}
			plant(s.Database.Tables[at], record, fields)
		}
	}
	return systems
}

// kinds of planted cells.
const (
	emptied = iota
	zeroed
	unreadable
	longAgo
	kinds
)

func plant(table *legacy.Table, record *mapping.Table, fields []string) {
	type place struct {
		field  *mapping.Field
		column int
	}
	var places []place
	for _, f := range record.Fields {
		column := slices.IndexFunc(table.Columns, func(c legacy.Column) bool {
			return strings.EqualFold(c.Name, f.Column)
		})
		if column >= 0 && slices.Contains(fields, f.Name) {
			places = append(places, place{f, column})
		}
	}
	for i, row := range table.Rows {
		if i%2 == 0 || len(table.Rows) < 40 && i%4 > 1 { // of a small table most stay as they are
			continue
		}
		for n, slot := range []int{i / 2, i * 5} {
			if n == 1 && i%3 > 0 {
				continue
			}
			p := places[slot%len(places)]
			if v, ok := planted(p.field, table.Columns[p.column], slot/len(places)%kinds); ok {
				row[p.column] = v
			}
		}
	}
}

// planted is the value of a cell; ok is false where the column cannot hold such a one.
func planted(f *mapping.Field, c legacy.Column, kind int) (value any, ok bool) {
	ago := time.Date(2010, 1, 5, 0, 0, 0, 0, time.UTC)
	isDate, isNumber := strings.HasPrefix(c.Type, "date"), strings.Contains(c.Type, "int")
	isText := strings.Contains(c.Type, "char") || strings.Contains(c.Type, "text")
	pad := func(day string) string {
		if c.Type == "datetime" {
			return day + " 00:00:00"
		}
		return day
	}
	written := func(text string) string {
		if charset, isMojibake := strings.CutSuffix(f.Spec.Charset, "-in-latin1"); isMojibake {
			return legacy.Mojibake(text, charset)
		}
		return text
	}
	isDay := f.Spec.Kind == "day"
	switch {
	case kind == emptied && !c.NotNull:
		return nil, true
	case kind == emptied && isText:
		return "", true
	case kind == zeroed && isDate:
		return pad("0000-00-00"), true
	case kind == zeroed && isDay && isText:
		return "00000000", true
	case kind == unreadable && isDate:
		return pad("1900-01-02"), true
	case kind == unreadable && isDay && isNumber:
		return int64(1000), true
	case kind == unreadable && isDay && isText:
		return written("次日"), true
	case kind == unreadable && isText:
		return written("补"), true
	case kind == longAgo && isDate:
		return pad("2010-01-05"), true
	case kind == longAgo && isDay && isNumber && len(f.Spec.Layouts) == 1 && f.Spec.Layouts[0] == "epoch-ms":
		return ago.UnixMilli(), true
	case kind == longAgo && isDay && isText && len(f.Spec.Layouts) > 0 &&
		!strings.Contains("chinese excel", f.Spec.Layouts[0]):
		return written(ago.Format(f.Spec.Layouts[0])), true
	}
	return nil, false
}
