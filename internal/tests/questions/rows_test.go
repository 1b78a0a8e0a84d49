package questions

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/audit"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

// district is the invented data that questions are computed from.
type district struct {
	*world.World
	systems  []demo.System
	records  map[string][]row // by GraphQL type
	calendar *calendar.Calendar
}

// row is one legacy row with what its cells mean.
type row struct{ audit.Row }

func newDistrict(t testing.TB, scale float64) *district {
	t.Helper()
	w := demotest.World(t, scale)
	days, err := calendar.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	d := &district{World: w, systems: demo.Systems(w), records: map[string][]row{}, calendar: days}
	env := cell.Env{Towns: w.Towns, Departments: w.Departments, Divisions: w.Towns}
	schema := mapping.SchemaOf(graph.Schema())
	for _, s := range d.systems {
		file, err := mapping.Parse(adapters.Systems().Mappings()[s.System], nil, schema, env)
		if err != nil {
			t.Fatal(err)
		}
		for record, rows := range audit.Decoded(s.Database, file, env) {
			for _, r := range rows {
				d.records[record] = append(d.records[record], row{r})
			}
		}
	}
	return d
}

// of lists the rows of a kind that fit all conditions.
func (d *district) of(record string, conditions ...func(row) bool) []row {
	var list []row
	for _, r := range d.records[record] {
		if !slices.ContainsFunc(conditions, func(fits func(row) bool) bool { return !fits(r) }) {
			list = append(list, r)
		}
	}
	return list
}

func (d *district) department(r row, field string) string {
	if u := d.Departments.ByCode(r.text(field)); u != nil {
		return u.Name
	}
	return ""
}

func (d *district) town(r row, field string) string {
	if t := d.Towns.ByCode(r.text(field)); t != nil {
		return t.Name
	}
	return ""
}

// text is a cell in words, "" for nothing.
func (r row) text(field string) string {
	switch v := r.Cells[field].(type) {
	case nil:
		return ""
	case *string:
		return *v
	case *bool:
		return fmt.Sprint(*v)
	case *int:
		return fmt.Sprint(*v)
	case *model.Date:
		return v.String()
	case *model.Money:
		return v.String()
	case *model.ResidentNumber:
		return v.Reveal()
	case []string:
		return strings.Join(v, ",")
	default:
		panic(fmt.Sprintf("%s is a %T", field, v))
	}
}

// key is the condition that a row has one of the keys.
func key(keys ...string) func(row) bool {
	return func(r row) bool { return slices.Contains(keys, r.Key) }
}

// is is the condition that a field has one of the values.
func is(field string, values ...string) func(row) bool {
	return func(r row) bool { return r.text(field) != "" && slices.Contains(values, r.text(field)) }
}

// in is the condition that a field's day lies in a year.
func in(field string, year int) func(row) bool {
	return func(r row) bool { return strings.HasPrefix(r.text(field), fmt.Sprint(year)) }
}

// refers is the condition that a field refers to something.
func refers(field, to string) func(row) bool {
	return func(r row) bool { return to != "" && r.text(field) == to }
}

// overturned lists the outcomes that correct an authority.
var overturned = is("outcome", "REVOKED", "PARTLY_REVOKED", "ALTERED", "CONFIRMED_UNLAWFUL", "CONFIRMED_VOID",
	"ORDERED_TO_PERFORM")
