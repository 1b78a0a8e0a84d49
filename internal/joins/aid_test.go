package joins

import (
	"slices"
	"testing"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

func TestAidGroups(t *testing.T) {
	const minor, elderly = model.LegalAidRecipientGroupMinor, model.LegalAidRecipientGroupElderly
	today := model.Date{Year: 2024, Month: 6, Day: 1}
	person := func(born string) *model.Person {
		number := model.ResidentNumber("330199" + born + "0014")
		return &model.Person{Number: number, IsMinor: number.IsMinor(today)}
	}
	of := func(groups ...model.LegalAidRecipientGroup) *model.LegalAidCase {
		return &model.LegalAidCase{RecipientGroups: groups}
	}
	disabled := model.AllLegalAidRecipientGroup[len(model.AllLegalAidRecipientGroup)-1]
	for _, test := range []struct {
		name  string
		of    *model.Person
		cases []*model.LegalAidCase
		want  []model.LegalAidRecipientGroup
	}{
		{"none", person("19900101"), nil, nil},
		{"a minor", person("20100101"), nil, []model.LegalAidRecipientGroup{minor}},
		{"sixty today is not yet reached", person("19640601"), nil, nil},
		{"sixty the day after", person("19640531"), nil, []model.LegalAidRecipientGroup{elderly}},
		{"by a case", person("19900101"), []*model.LegalAidCase{of(), of(disabled)},
			[]model.LegalAidRecipientGroup{disabled}},
		{"each once", person("19640101"), []*model.LegalAidCase{of(elderly), of(elderly)},
			[]model.LegalAidRecipientGroup{elderly}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := aidGroups(test.of, today, test.cases)
			if got == nil || !slices.Equal(got, test.want) {
				t.Errorf("%v, want %v", got, test.want)
			}
		})
	}
}

func TestIsGranted(t *testing.T) {
	granted := []model.LegalAidStatus{
		"GRANTED", "ASSIGNED", "IN_PROGRESS", "LAWYER_CHANGED", "TERMINATED", "CLOSED", "FILE_SUBMITTED",
		"QUALITY_REVIEWED", "SUBSIDY_PAID", "ARCHIVED",
	}
	if isGranted(&model.LegalAidCase{}) {
		t.Error("granted without a state")
	}
	for _, status := range model.AllLegalAidStatus {
		if got, want := isGranted(&model.LegalAidCase{Status: &status}), slices.Contains(granted, status); got != want {
			t.Errorf("%s: %t, want %t", status, got, want)
		}
		if isGranted(&model.LegalAidCase{Status: &status, Refusal: new(model.AllLegalAidRefusal[0])}) {
			t.Errorf("%s: granted though refused", status)
		}
	}
}

func TestIsFullyPaid(t *testing.T) {
	paid := model.NotarialPaymentPaid
	for _, test := range []struct {
		name string
		fee  model.NotarialFee
		want bool
	}{
		{"nothing is on file", model.NotarialFee{}, false},
		{"paid", model.NotarialFee{Payment: &paid}, true},
		{"reduced by nothing", model.NotarialFee{Payment: &paid, Reduction: new(model.Money(0))}, true},
		{"reduced", model.NotarialFee{Payment: &paid, Reduction: new(model.Money(1))}, false},
	} {
		if got := isFullyPaid(&test.fee); got != test.want {
			t.Errorf("%s: %t, want %t", test.name, got, test.want)
		}
	}
}
