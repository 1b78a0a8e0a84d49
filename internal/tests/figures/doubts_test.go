package figures

import (
	"encoding/json"
	"fmt"
	"reflect"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/metrics"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Over rows with planted cells each metric counts what it should, and tells all that it
// leaves out.
func TestDoubts(t *testing.T) {
	systems := demotest.Planted(t, demotest.World(t, scale))
	everyDoubt(t, open(t, systems, demotest.Embedded(t, systems)), 1)
}

func TestDoubtsOnMariaDB(t *testing.T) {
	database := dbtest.MariaDB(t)
	systems := demotest.Planted(t, demotest.World(t, scale))
	if err := fill.Fill(t.Context(), database.DSN(""), demo.Databases(systems),
		func(string, string, int) {}); err != nil {
		t.Fatal(err)
	}
	everyDoubt(t, open(t, systems, database.DSN("")), 2)
}

// truth is what a record says of a condition.
type truth int

const (
	no truth = iota
	unsure
	yes
)

// says evaluates a filter on a record: what cannot be read is neither yes nor no.
func (s *site) says(row reflect.Value, f filter.Filter) truth {
	result := yes
	if f.Keys != nil {
		return no
	}
	if f.Field != "" {
		switch {
		case f.Days != nil && f.Days.Unreadable != nil: // a definition says by it that it cannot tell
			if result = no; isUnreadable(row, f.Field) {
				result = unsure
			}
		case s.fieldHolds(row, f):
		case isUnreadable(row, f.Field):
			result = unsure
		default:
			result = no
		}
	}
	for _, part := range f.And {
		result = min(result, s.says(row, part))
	}
	if f.Or != nil {
		most := no
		for _, part := range f.Or {
			most = max(most, s.says(row, part))
		}
		result = min(result, most)
	}
	if f.Not != nil {
		result = min(result, yes-s.says(row, *f.Not))
	}
	return result
}

// reasons counts why rows are left out. It is safe for concurrent use.
type reasons struct {
	mu     sync.Mutex
	counts map[model.ExclusionReason]int
}

func (r *reasons) add(reason model.ExclusionReason) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.counts[reason]++
}

// everyDoubt asks for each metric over so many periods.
func everyDoubt(t *testing.T, s *site, periods int) {
	book, err := metrics.Parse(s.schema, yamlfile.Layers{Shipped: adapters.Systems().Figures()})
	if err != nil {
		t.Fatal(err)
	}
	told := &reasons{counts: map[model.ExclusionReason]int{}}
	t.Run("metrics", func(t *testing.T) { // all of them, before it is asked what was told
		for _, m := range book.List {
			t.Run(m.Name, func(t *testing.T) {
				t.Parallel()
				ofYear := model.DateRange{From: day(t, "2023-01-01"), Before: day(t, "2024-01-01")}
				for _, p := range []model.DateRange{ofYear, {}}[:periods] {
					if m.NeedsFrom && p.From == nil {
						continue
					}
					s.check(t, m, p, "")
					s.doubts(t, m, p, told)
				}
			})
		}
	})
	for _, reason := range []model.ExclusionReason{model.ExclusionReasonUnreadable, model.ExclusionReasonUndated,
		model.ExclusionReasonUnknownCode, model.ExclusionReasonNotRecorded} {
		if told.counts[reason] == 0 {
			t.Errorf("nothing is excluded as %s: the test is too weak", reason)
		}
	}
}

func (s *site) doubts(t *testing.T, m *metrics.Metric, p model.DateRange, told *reasons) {
	t.Helper()
	counted := m.Filter.Filter(p)
	if m.Of != nil {
		counted = m.Of.Filter(p)
	}
	want := map[string]int{}
	unreadable := 0
	for _, row := range s.rows[m.Record.Name] {
		isCounted, left := s.holds(row, counted), []model.ExclusionReason{}
		for _, d := range m.Doubts(p) {
			if !s.holds(row, d.Filter) {
				continue
			}
			told.add(d.Reason)
			if d.OfNumerator {
				want[fmt.Sprint(d.Reason, " ", m.Name, ".numerator")]++
				if !isCounted {
					t.Errorf("%s: in doubt above the line, and not below it", m.Name)
				}
				continue
			}
			want[fmt.Sprint(d.Reason, " ", m.Name)]++
			left = append(left, d.Reason)
		}
		says := s.says(row, counted)
		switch {
		case len(left) > 1, isCounted && len(left) > 0:
			t.Errorf("%s: a row is counted: %v, and left out as %v", m.Name, isCounted, left)
		case isCounted != (says == yes):
			t.Errorf("%s: a row is counted: %v, though it says %d", m.Name, isCounted, says)
		case says == unsure && len(left) == 0:
			t.Errorf("%s: a row may belong to the figure, and nothing is told of it", m.Name)
		}
		if says == unsure {
			unreadable++
		}
	}
	if told := want["UNREADABLE "+m.Name] + want["UNKNOWN_CODE "+m.Name]; told < unreadable {
		t.Errorf("%s: %d rows cannot be read, %d are told", m.Name, unreadable, told)
	}
	if m.Sum != "" {
		for _, row := range s.rows[m.Record.Name] {
			if _, ok := numberOf(row, m.Sum); !ok && s.holds(row, counted) {
				want["NO_AMOUNT "+m.Sum]++
			}
		}
	}
	got := map[string]int{}
	data := s.must(t, "{ metric("+argument(m.Name, p, "")+") { excluded { reason of count } } }")
	for _, e := range data["metric"].(map[string]any)["excluded"].([]any) {
		e := e.(map[string]any)
		n, _ := e["count"].(json.Number).Int64()
		got[fmt.Sprint(e["reason"], " ", e["of"])] = int(n)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: -computed +answered\n%s", argument(m.Name, p, ""), diff)
	}
}
