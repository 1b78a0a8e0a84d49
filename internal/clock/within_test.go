package clock_test

import (
	"slices"
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/clock"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// TestWithin: a rule is left out with each of its fields, and only with them; other records
// keep theirs.
func TestWithin(t *testing.T) {
	days, err := calendar.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := clock.Parse(graph.Schema(), yamlfile.Layers{Shipped: adapters.Systems().Deadlines()})
	if err != nil {
		t.Fatal(err)
	}
	whole := clock.New(rules, days, func() model.Date { return model.Date{Year: 2024, Month: 7, Day: 1} })
	for record := range rules {
		if same, without := whole.Within(record, func(string) bool { return true }); same != whole || without != nil {
			t.Errorf("%s: a clock that lacks nothing is another, or lacks %v", record, without)
		}
		for _, field := range whole.Fields(record) {
			part, without := whole.Within(record, func(f string) bool { return f != field })
			if slices.Contains(part.Fields(record), field) {
				t.Errorf("%s: a rule still reads %s", record, field)
			}
			if len(without) == 0 {
				t.Errorf("%s without %s: nothing is said to be left out", record, field)
			}
			for step := range without {
				if !whole.Rules(record, model.DeadlineStep(step)) {
					t.Errorf("%s without %s: %s is no step", record, field, step)
				}
			}
			for other := range rules {
				if other != record && !slices.Equal(part.Fields(other), whole.Fields(other)) {
					t.Errorf("without %s.%s the rules of %s differ", record, field, other)
				}
			}
		}
	}
}
