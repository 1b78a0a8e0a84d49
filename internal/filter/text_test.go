package filter

import (
	"testing"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// TestText: the text of a filter lists the same rows, and never repeats a resident
// number.
func TestText(t *testing.T) {
	number, amount := model.ResidentNumber("330199199001011234"), model.Money(123450)
	day, _ := model.NewDate(2023, 3, 5)
	for _, test := range []struct {
		filter *model.LegalAidCaseFilter
		want   string
	}{
		{nil, ""},
		{&model.LegalAidCaseFilter{}, ""},
		{&model.LegalAidCaseFilter{Party: &model.PartyFilter{ResidentID: &number, CreditCode: new("91\"")}},
			`{party: {residentId: $residentId, creditCode: "91\""}}`},
		{&model.LegalAidCaseFilter{Recovered: &model.MoneyRange{From: &amount}}, `{recovered: {from: "1234.50"}}`},
		{&model.LegalAidCaseFilter{Kind: []model.LegalAidKind{model.LegalAidKindCivil},
			Not: &model.LegalAidCaseFilter{AcceptedOn: &model.DateRange{Before: &day}, HasDataIssue: new(false)}},
			`{kind: [CIVIL], not: {acceptedOn: {before: "2023-03-05"}, hasDataIssue: false}}`},
	} {
		if got := Text(test.filter); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}
