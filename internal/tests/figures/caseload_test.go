package figures

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

// The caseload per system and year equals what the decoded records say.
func TestCaseload(t *testing.T) {
	s := embedded(t)
	type work struct{ count, received, closed int }
	want := map[string]work{}
	add := func(system, year string, w work) {
		old := want[system+" "+year]
		want[system+" "+year] = work{old.count + w.count, old.received + w.received, old.closed + w.closed}
	}
	if len(s.cases) != len(model.AllSystem) {
		t.Fatalf("cases of %v", s.cases)
	}
	for record, of := range s.cases {
		system := string(of)
		for _, row := range s.rows[record] {
			if d := dayOf(row, "receivedOn"); d != nil {
				add(system, d.String()[:4], work{1, 1, 0})
			} else {
				add(system, "<nil>", work{1, 0, 0})
			}
			if d := dayOf(row, "closedOn"); d != nil {
				add(system, d.String()[:4], work{0, 0, 1})
			}
		}
	}
	data := s.must(t,
		"{ caseload(groupBy: [SYSTEM, YEAR]) { groups { key { value } count received closed } total { count } missingSystems } }")
	load := data["caseload"].(map[string]any)
	got := map[string]work{}
	number := func(v any) int {
		n, _ := v.(json.Number).Int64()
		return int(n)
	}
	for _, g := range load["groups"].([]any) {
		g := g.(map[string]any)
		key := g["key"].([]any)
		value := func(i int) string { return fmt.Sprint(key[i].(map[string]any)["value"]) }
		got[value(0)+" "+value(1)] = work{number(g["count"]), number(g["received"]), number(g["closed"])}
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(work{})); diff != "" {
		t.Errorf("-computed +answered\n%s", diff)
	}
	if len(load["missingSystems"].([]any)) > 0 {
		t.Errorf("missing: %v", load["missingSystems"])
	}
}

// A system that is down is named, and the others are counted.
func TestCaseloadWithoutOneSystem(t *testing.T) {
	systems := demo.Systems(demotest.World(t, 0.02))
	url := gateway(t, systems, demotest.Embedded(t, systems), model.SystemLegalAid).URL()
	a := ask(t, url, "{ caseload(groupBy: [SYSTEM]) { groups { key { value } count } missingSystems } }")
	load := a.Data["caseload"].(map[string]any)
	if diff := cmp.Diff([]any{"LEGAL_AID"}, load["missingSystems"]); diff != "" {
		t.Error(diff)
	}
	if n := len(load["groups"].([]any)); n != 4 {
		t.Errorf("%d systems counted, want 4", n)
	}
	if len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != "SOURCE_UNAVAILABLE" ||
		a.Errors[0].Extensions["system"] != "LEGAL_AID" {
		t.Errorf("errors %v", a.Errors)
	}
}

// Every wrong argument is told, all at once.
func TestBadInput(t *testing.T) {
	systems := demo.Systems(demotest.World(t, 0.02))
	url := gateway(t, systems, demotest.Embedded(t, systems), "").URL()
	tests := []struct {
		name, query string
		want        []string // arguments at fault
	}{
		{"dimension twice and top out of range",
			`{ legalAidCaseStats(groupBy: [TOWN, TOWN], top: 0) { total { count } } }`, []string{"groupBy", "top"}},
		{"too many dimensions", `{ legalAidCaseStats(groupBy: [TOWN, KIND, FORM, CAUSE, SOURCE]) { total { count } } }`,
			[]string{"groupBy"}},
		{"too many groups to fill",
			`{ legalAidCaseStats(groupBy: [RECEIVED_DAY, TOWN], fillEmpty: true) { total { count } } }`,
			[]string{"fillEmpty"}},
		{"everything wrong with a filter",
			`{ legalAidCaseStats(groupBy: [KIND, KIND], top: 1001, filter: {town: ["梁山"], receivedOn: {from: "2024-01-01", before: "2023-01-01"}, not: {or: [{town: ["梁山"]}, {town: ["东溪村"]}]}}) { total { count } } }`,
			[]string{"filter.receivedOn", "filter.town", "filter.town", "groupBy", "top"}},
		{"no system", `{ caseload(groupBy: [SYSTEM], filter: {systems: []}) { total { count } } }`,
			[]string{"filter.systems"}},
		{"everything wrong with a search",
			`{ search(text: "一", systems: [], first: 0, after: "?") { nodes { field } } }`,
			[]string{"after", "first", "systems", "text"}},
		{"unknown metric", `{ metric(name: "x") { value } }`, []string{"name"}},
		{"no first day, an unknown town", `{ metric(name: "reconsiderationTotal", town: ["梁山"]) { value } }`,
			[]string{"period.from", "town"}},
		{"reversed period and a place the records lack",
			`{ metric(name: "notarialFees", period: {from: "2024-01-01", before: "2023-01-01"}, town: ["临浦镇"]) { value } }`, []string{"period", "town"}},
		{"caseload",
			`{ caseload(groupBy: [TOWN, TOWN], filter: {period: {from: "2024-01-01", before: "2023-01-01"}, town: ["梁山"], department: ["x"], systems: [LEGAL_AID]}) { total { count } } }`,
			[]string{"filter.department", "filter.period", "filter.systems", "filter.town", "groupBy"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, e := range ask(t, url, tt.query).Errors {
				if e.Extensions["code"] != "BAD_INPUT" {
					t.Errorf("%v", e)
				}
				got = append(got, fmt.Sprint(e.Extensions["argument"]))
			}
			slices.Sort(got)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// Filling gives every month of the range and every town; top the largest, and the rest.
func TestFillAndTop(t *testing.T) {
	systems := demo.Systems(demotest.World(t, 0.02))
	s := &site{url: gateway(t, systems, demotest.Embedded(t, systems), "").URL()}
	data := s.must(t, `{
		months: legalAidCaseStats(groupBy: [RECEIVED_MONTH], fillEmpty: true, filter: {receivedOn: {from: "2023-01-15", before: "2024-03-01"}}) { groups { key { value label } count } }
		towns: legalAidCaseStats(groupBy: [TOWN], fillEmpty: true) { groups { key { value } count } total { count } }
		top: legalAidCaseStats(groupBy: [TOWN], top: 3) { groups { count } rest { count key { value } } total { count } }
	}`)
	var months []string
	for _, g := range data["months"].(map[string]any)["groups"].([]any) {
		months = append(months, g.(map[string]any)["key"].([]any)[0].(map[string]any)["value"].(string))
	}
	if want := "2023-01 2023-02 2023-03 2023-04 2023-05 2023-06 2023-07 2023-08 2023-09 2023-10 2023-11 2023-12 2024-01 2024-02"; strings.Join(months, " ") != want {
		t.Errorf("months %v", months)
	}
	if n := len(data["towns"].(map[string]any)["groups"].([]any)); n < 22 {
		t.Errorf("%d towns", n)
	}
	top := data["top"].(map[string]any)
	sum := 0
	for _, g := range append(top["groups"].([]any), top["rest"], top["total"]) {
		n, _ := g.(map[string]any)["count"].(json.Number).Int64()
		sum += int(n)
	}
	total, _ := top["total"].(map[string]any)["count"].(json.Number).Int64()
	if len(top["groups"].([]any)) != 3 || sum != 2*int(total) {
		t.Errorf("top: %v", top)
	}
}
