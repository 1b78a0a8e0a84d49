package annualreport

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

func TestHeadcount(t *testing.T) {
	for _, test := range []struct {
		name     string
		year     reading
		deciding []reading
		want     headcount
	}{
		{"of the year and the kind", holds, []reading{holds, holds}, headcount{count: 1}},
		{"of another year", fails, []reading{holds, silent}, headcount{}},
		{"of another kind, year unknown", silent, []reading{holds, fails}, headcount{}},
		{"of another kind, the rest open", holds, []reading{silent, fails}, headcount{}},
		{"of no year", silent, []reading{holds}, headcount{undated: 1}},
		{"of no year and no kind", silent, []reading{silent}, headcount{undated: 1}},
		{"of no kind", holds, []reading{holds, silent}, headcount{unmatched: 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got headcount
			if counts := got.add(test.year, test.deciding...); counts != (test.want.count == 1) {
				t.Errorf("counts: %v", counts)
			}
			if got != test.want {
				t.Errorf("%+v, want %+v", got, test.want)
			}
		})
	}
}

// box is a record of the tests: cells by field, and findings.
type box struct {
	cells  map[string][]string
	issues []*model.DataIssue
}

func (b box) Cell(field string) []string     { return b.cells[field] }
func (b box) DataIssues() []*model.DataIssue { return b.issues }
func kindOf(kind string) map[string][]string { return map[string][]string{"kind": {kind}} }
func found(field string, rule model.DataIssueRule) []*model.DataIssue {
	return []*model.DataIssue{{Field: field, Rule: rule}}
}

func TestReads(t *testing.T) {
	for _, test := range []struct {
		name       string
		record     box
		want, mark reading // mark: where only what holds is entered
	}{
		{"wanted", box{kindOf("A"), nil}, holds, holds},
		{"another", box{kindOf("B"), nil}, fails, fails},
		{"empty", box{}, silent, fails},
		{"unreadable", box{nil, found("kind", model.DataIssueRuleNotAFlag)}, silent, silent},
		{"unknown code", box{kindOf("OTHER"), found("kind", model.DataIssueRuleUnknownCode)}, silent, silent},
		{"known code for other things", box{kindOf("OTHER"), found("level", model.DataIssueRuleUnknownCode)}, fails,
			fails},
		{"code and label disagree", box{kindOf("B"), found("kind", model.DataIssueRuleLabelMismatch)}, fails, fails},
		{"an item of a list", box{map[string][]string{"kind": {"B", "A"}}, nil}, holds, holds},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := []reading{
				condition{field: "kind", values: []string{"A"}}.reads(test.record, "2023"),
				condition{field: "kind", values: []string{"A"}, emptyIsNo: true}.reads(test.record, "2023"),
			}
			if diff := cmp.Diff([]reading{test.want, test.mark}, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestReadsYear(t *testing.T) {
	for _, test := range []struct {
		name string
		said []string
		want reading
	}{
		{"day of the year", []string{"2023-12-31"}, holds},
		{"day of another", []string{"2024-01-01"}, fails},
		{"the year", []string{"2023"}, holds},
		{"a number that begins like it", []string{"20231"}, fails},
		{"a small number", []string{"23"}, fails},
		{"nothing", nil, silent},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := condition{field: "year", isYear: true}
			if got := c.reads(box{cells: map[string][]string{"year": test.said}}, "2023"); got != test.want {
				t.Errorf("%v, want %v", got, test.want)
			}
		})
	}
}
