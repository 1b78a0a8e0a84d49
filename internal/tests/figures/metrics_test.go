package figures

import (
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/metrics"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// The embedded engine is slow at it; what it answers is compared with MariaDB elsewhere.
func TestMetrics(t *testing.T) { everyMetric(t, embedded(t), 2) }

func TestMetricsOnMariaDB(t *testing.T) { everyMetric(t, onMariaDB(t), 4) }

func day(t *testing.T, iso string) *model.Date {
	t.Helper()
	d, err := model.ParseDate(iso)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

// everyMetric compares each metric, over so many periods and, if these are all, in a town,
// with the list by its filter and with the records counted in Go.
func everyMetric(t *testing.T, s *site, periods int) {
	book, err := metrics.Parse(s.schema, yamlfile.Layers{Shipped: adapters.Systems().Figures()})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range book.List {
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			seen := 0
			for _, p := range []model.DateRange{
				{},
				{From: day(t, "2023-01-01"), Before: day(t, "2024-01-01")},
				{From: day(t, "2023-07-01")},
				{Before: day(t, "2023-02-15")},
			}[:periods] {
				if m.NeedsFrom && p.From == nil {
					continue
				}
				seen += s.check(t, m, p, "")
				if m.Record.Town != "" && periods == 4 {
					s.check(t, m, p, "330109104")
				}
			}
			if seen == 0 {
				t.Error("the demo has no row for this metric")
			}
		})
	}
}

func argument(name string, p model.DateRange, town string) string {
	text := fmt.Sprintf("name: %q", name)
	period := ""
	if p.From != nil {
		period += fmt.Sprintf(" from: %q", p.From)
	}
	if p.Before != nil {
		period += fmt.Sprintf(" before: %q", p.Before)
	}
	if period != "" {
		text += ", period: {" + period + "}"
	}
	if town != "" {
		text += fmt.Sprintf(", town: [%q]", town)
	}
	return text
}

// check compares one figure and gives its numerator.
func (s *site) check(t *testing.T, m *metrics.Metric, p model.DateRange, town string) int {
	t.Helper()
	data := s.must(t, "{ metric("+argument(m.Name, p,
		town)+") { value numerator denominator listFilter denominatorFilter version } }")
	got := data["metric"].(map[string]any)

	inTown := func(row reflect.Value) bool {
		return town == "" || s.holds(row, filter.Filter{Field: m.Record.Town, Any: []string{town}})
	}
	numerator, denominator, sum := 0, 0, int64(0)
	for _, row := range s.rows[m.Record.Name] {
		if !inTown(row) {
			continue
		}
		if s.holds(row, m.Filter.Filter(p)) {
			numerator++
			if m.Sum != "" {
				n, _ := numberOf(row, m.Sum)
				sum += n
			}
		}
		if m.Of != nil && s.holds(row, m.Of.Filter(p)) {
			denominator++
		}
	}
	var value any
	switch m.Kind {
	case model.MetricKindRate:
		if denominator > 0 {
			value = json.Number(big.NewRat(int64(numerator), int64(denominator)).FloatString(4))
		}
	case model.MetricKindMoney:
		value = json.Number(model.Money(sum).String())
	case model.MetricKindNumber:
		value = json.Number(fmt.Sprint(sum))
	default:
		value = json.Number(fmt.Sprint(numerator))
	}
	want := map[string]any{
		"value": value, "numerator": json.Number(fmt.Sprint(numerator)), "denominator": nil,
		"version":    json.Number(fmt.Sprint(m.Version)),
		"listFilter": got["listFilter"], "denominatorFilter": got["denominatorFilter"],
	}
	if m.Of != nil {
		want["denominator"] = json.Number(fmt.Sprint(denominator))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: -computed +answered\n%s", argument(m.Name, p, town), diff)
	}
	query := fmt.Sprintf("{ list: %s(first: 1, filter: %s) { totalCount }", m.Record.List, got["listFilter"])
	if m.Of != nil {
		query += fmt.Sprintf(" of: %s(first: 1, filter: %s) { totalCount }", m.Record.List, got["denominatorFilter"])
	}
	lists := s.must(t, query+" }")
	if n := lists["list"].(map[string]any)["totalCount"]; n != got["numerator"] {
		t.Errorf("%s: the list has %v rows, the figure counts %v", argument(m.Name, p, town), n, got["numerator"])
	}
	if m.Of != nil && lists["of"].(map[string]any)["totalCount"] != got["denominator"] {
		t.Errorf("%s: the denominator's list has %v rows, the figure counts %v", argument(m.Name, p, town), lists["of"],
			got["denominator"])
	}
	return numerator
}

// A new + B carried over = C total, for every month of three years.
func TestNewAndCarriedOverAreTheTotal(t *testing.T) {
	s := embedded(t)
	months := 0
	for year := 2022; year <= 2024; year++ {
		for month := 1; month <= 12; month++ {
			from, _ := model.NewDate(year, month, 1)
			before, _ := model.NewDate(year+month/12, month%12+1, 1)
			p := model.DateRange{From: &from, Before: &before}
			data := s.must(t, "{ a: metric("+argument("reconsiderationReceived", p, "")+") { numerator } b: metric("+
				argument("reconsiderationCarriedOver", p,
					"")+") { numerator } c: metric("+argument("reconsiderationTotal", p, "")+") { numerator } }")
			n := func(alias string) int64 {
				v, _ := data[alias].(map[string]any)["numerator"].(json.Number).Int64()
				return v
			}
			if n("a")+n("b") != n("c") {
				t.Errorf("%s: %d new + %d carried over is not %d", from, n("a"), n("b"), n("c"))
			}
			if n("b") > 0 && n("a") > 0 {
				months++
			}
		}
	}
	if months < 12 {
		t.Errorf("only %d months have both", months)
	}
}
