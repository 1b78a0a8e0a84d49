package figures

import (
	"reflect"
	"strconv"
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// linkedCase is a legal aid case with what filters and dimensions say of the applicant and
// the firm.
type linkedCase struct {
	model.LegalAidCase
	ApplicantSex           *model.Sex
	ApplicantHouseholdTown *string
	ApplicantAge           *int
	FirmName               *string
}

// linkApplicants puts linked cases in the place of the decoded ones.
func (s *site) linkApplicants(t *testing.T, set *adapters.Set) {
	t.Helper()
	applicants, err := set.LegalAidApplicants.All(t.Context(), filter.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	byKey := map[string]*model.LegalAidApplicant{}
	for _, a := range applicants {
		byKey[a.Key()] = a
	}
	firms, err := set.LawFirms.All(t.Context(), filter.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	firmByKey := map[string]*model.LawFirm{}
	for _, f := range firms {
		firmByKey[f.Key()] = f
	}
	for i, row := range s.rows["LegalAidCase"] {
		of := row.Addr().Interface().(*model.LegalAidCase)
		linked := &linkedCase{LegalAidCase: *of}
		if of.ApplicantRef != nil && byKey[*of.ApplicantRef] != nil {
			a := byKey[*of.ApplicantRef]
			linked.ApplicantSex, linked.ApplicantHouseholdTown = a.Sex, a.HouseholdTownRef
			if of.ReceivedOn != nil && a.ResidentID != nil {
				linked.ApplicantAge = ageOn(string(*a.ResidentID), *of.ReceivedOn)
			}
		}
		if of.FirmRef != nil && firmByKey[*of.FirmRef] != nil {
			linked.FirmName = firmByKey[*of.FirmRef].Name
		}
		s.clock[linked], s.undated[linked] = s.clock[of], s.undated[of]
		s.rows["LegalAidCase"][i] = reflect.ValueOf(linked).Elem()
	}
}

// ageOn is the age in full years; nil for another document, and before birth.
func ageOn(number string, day model.Date) *int {
	born, err := strconv.Atoi(number[min(6, len(number)):min(14, len(number))])
	if len(number) != 18 || err != nil {
		return nil
	}
	lived := int(day.Year)*10000 + int(day.Month)*100 + int(day.Day) - born - 1 // full on the day after the birthday
	if lived < 0 {
		return nil
	}
	return new(lived / 10000)
}
