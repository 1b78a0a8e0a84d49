package resolvers

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

func TestReads(t *testing.T) {
	clean := model.Row{}
	row := func(field string, rule model.DataIssueRule) *model.Row {
		r := model.NewRow(&model.Kind{}, "1", []*model.DataIssue{{Field: field, Rule: rule}})
		return &r
	}
	for _, test := range []struct {
		name       string
		row        *model.Row
		value      *string
		want, mark reading // mark: where only what holds is entered
	}{
		{"wanted", &clean, new("A"), holds, holds},
		{"another", &clean, new("B"), fails, fails},
		{"empty", &clean, nil, silent, fails},
		{"unreadable", row("kind", model.DataIssueRuleNotAFlag), nil, silent, silent},
		{"unknown code", row("kind", model.DataIssueRuleUnknownCode), new("OTHER"), silent, silent},
		{"known code for other things", row("level", model.DataIssueRuleUnknownCode), new("OTHER"), fails, fails},
		{"code and label disagree", row("kind", model.DataIssueRuleLabelMismatch), new("B"), fails, fails},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := []reading{reads(test.row, "kind", test.value, "A"), readsMark(test.row, "kind", test.value, "A")}
			if diff := cmp.Diff([]reading{test.want, test.mark}, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
