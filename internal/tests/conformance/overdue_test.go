package conformance

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/clock"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/page"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// deadlines compares what the filter `overdue` finds in the database with what the clock
// says of every decoded row: on the day the demo's data end, and later, when more and
// more of what is open is late.
func deadlines(t *testing.T, w *world.World, systems []demo.System, dsn string) (late map[string]int) {
	late = map[string]int{}
	for _, today := range []string{"2023-10-08", "2024-07-01", "2024-08-15", "2025-06-30"} {
		t.Run("overdue on "+today, func(t *testing.T) {
			day, err := model.ParseDate(today)
			if err != nil {
				t.Fatal(err)
			}
			s := demotest.ResolverOn(t, w, systems, dsn, day).Set
			everyOverdue(t, late, s)
		})
	}
	t.Run("on time", func(t *testing.T) {
		s := demotest.ResolverBy(t, w, systems, dsn, hurried(t)).Set
		everyOnTime(t, s)
	})
	return late
}

// everLate wants each kind of record to be overdue on one of the days of deadlines.
func everLate(t *testing.T, late map[string]int) {
	for record, n := range late {
		if n == 0 && record != "ReconsiderationOpinionLetter" { // package figures makes some of them late
			t.Errorf("no %s is ever overdue: the filter is untested", record)
		}
	}
}

// hurried is the clock by shorter periods: more is late, and more of that is in doubt
// because its clock stopped.
func hurried(t *testing.T) *clock.Clock {
	t.Helper()
	shorter := strings.NewReplacer("days: 90\n", "days: 60\n", "days: 60\n", "days: 40\n", "days: 30\n", "days: 20\n",
		"days: 15\n", "days: 9\n", "days: 10\n", "days: 4\n",
		"days: 7\n", "days: 2\n", "days: 5\n", "days: 2\n")
	files := adapters.Systems().Deadlines()
	for i, file := range files {
		files[i].Data = []byte(shorter.Replace(string(file.Data)))
	}
	rules, err := clock.Parse(graph.Schema(), yamlfile.Layers{Shipped: files})
	if err != nil {
		t.Fatal(err)
	}
	days, err := calendar.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return clock.New(rules, days, func() model.Date { return calendar.Of(world.End) })
}

// onTime compares what a filter on a done step finds in the database with what the clock
// says of every decoded row.
func onTime[T any, R record[T]](t *testing.T, source *adapters.Source[T], step model.DeadlineStep,
	asks func(bool) any) {
	t.Helper()
	name := source.Kind().Record + " " + string(step)
	rows, err := source.All(t.Context(), filter.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[bool][]string{}
	for i, list := range adapters.Deadlines(source, rows) {
		for _, d := range list {
			if d.Step == step && d.OnTime != nil {
				want[*d.OnTime] = append(want[*d.OnTime], R(rows[i]).Key())
			}
		}
	}
	for _, is := range []bool{true, false} {
		got := list[T, R](t, source, asks(is))
		slices.Sort(got)
		slices.Sort(want[is])
		if diff := cmp.Diff(want[is], got); diff != "" {
			t.Errorf("%s on time: %v, -clock +filter\n%.2000s", name, is, diff)
		}
		if len(want[is]) == 0 {
			t.Errorf("%s is never on time: %v; the filter is untested", name, is)
		}
	}
}

// overdue checks one kind of record on one day, and adds up how many are late.
func overdue[T any, R record[T]](t *testing.T, sum map[string]int, source *adapters.Source[T], asks func(bool) any) {
	t.Helper()
	name := source.Kind().Record
	rows, err := source.All(t.Context(), filter.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[bool][]string{}
	for i, d := range adapters.Deadline(source, rows) {
		late := d != nil && d.Overdue()
		want[late] = append(want[late], R(rows[i]).Key())
	}
	sum[name] += len(want[true])
	for _, late := range []bool{true, false} {
		got := list[T, R](t, source, asks(late))
		slices.Sort(got)
		slices.Sort(want[late])
		if diff := cmp.Diff(want[late], got); diff != "" {
			t.Errorf("%s, overdue: %v, -clock +filter\n%.2000s", name, late, diff)
		}
		n, exact, err := source.Count(t.Context(), asks(late))
		if err != nil || !exact || n != len(want[late]) {
			t.Errorf("%s, overdue: %v: Count = %d, %v, %v; want %d", name, late, n, exact, err, len(want[late]))
		}
	}
}

// list gives the keys of all records that the filter lets through, page by page.
func list[T any, R record[T]](t *testing.T, source *adapters.Source[T], filter any) []string {
	t.Helper()
	var keys []string
	size := page.MaxSize
	var after *string
	for {
		c, err := source.List(t.Context(), adapters.Ask{Args: page.Args{First: &size, After: after}, Filter: filter})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range c.Nodes {
			keys = append(keys, R(row).Key())
		}
		if !c.HasNext {
			return keys
		}
		after = c.PageInfo().EndCursor
	}
}
