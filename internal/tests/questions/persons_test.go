package questions

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/playground"
)

// resident is the condition that a row has a valid resident number: other documents in the
// column are shorter.
func resident(r row) bool { return len(r.text("residentId")) == 18 }

// granted is the condition that a case of legal aid was granted.
func granted(r row) bool {
	return r.text("refusal") == "" && is("status", "GRANTED", "ASSIGNED", "IN_PROGRESS", "LAWYER_CHANGED", "TERMINATED",
		"CLOSED",
		"FILE_SUBMITTED", "QUALITY_REVIEWED", "SUBSIDY_PAID", "ARCHIVED")(r)
}

// aidCases lists the cases of legal aid of a person, by the number.
func (d *district) aidCases(id string) (cases []row) {
	for _, a := range d.of("LegalAidApplicant", refers("residentId", id)) {
		cases = append(cases, d.of("LegalAidCase", refers("applicant", a.Key))...)
	}
	return cases
}

// reconsiderations lists the cases that a person applied for, by the number.
func (d *district) reconsiderations(id string) (cases []row) {
	for _, a := range d.of("ReconsiderationApplicant", refers("residentId", id)) {
		cases = append(cases, d.of("ReconsiderationCase", key(a.text("reconsiderationCase")))...)
	}
	return cases
}

// aidGroups lists the groups of legal aid that a person belongs to on the first day without
// records: by age, and by what the person's aid cases say.
func (d *district) aidGroups(id string) string {
	turned := func(age int) string { // the birthday, as text that orders like days
		var year int
		_, _ = fmt.Sscan(id[6:10], &year)
		return fmt.Sprintf("%d%s", year+age, id[10:14])
	}
	today := world.End.Format("20060102")
	var groups []string
	for _, group := range strings.Fields("MINOR ELDERLY DISABLED WOMAN MIGRANT_WORKER SOLDIER_OR_KIN LOW_INCOME FOREIGNER OTHER") {
		isOf := group == "MINOR" && turned(18) >= today || group == "ELDERLY" && turned(60) < today
		if isOf || slices.ContainsFunc(d.aidCases(id),
			func(c row) bool { return slices.Contains(strings.Split(c.text("recipientGroups"), ","), group) }) {
			groups = append(groups, group)
		}
	}
	return strings.Join(groups, " ")
}

// isDirty tells whether a defect was planted in a cell.
func (d *district) isDirty(record, key, field string) bool {
	for _, s := range d.systems {
		for _, dirt := range s.Database.Ledger {
			if dirt.Record == record && dirt.Key == key && dirt.Field == field {
				return true
			}
		}
	}
	return false
}

// TestRefusalsByPerson asks question 5 where some who were refused applied for
// reconsideration: at the scale of the golden answers nobody did.
func TestRefusalsByPerson(t *testing.T) {
	d := newDistrict(t, 0.2)
	url := gateway(t, d.systems, demotest.Embedded(t, d.systems))
	query, err := fs.ReadFile(playground.Queries(), "question-05-refusals-objected-to.graphql")
	if err != nil {
		t.Fatal(err)
	}
	question, answer := computations()["05"], ask(t, url, query, []byte("{}"))
	computed, answered := question.computed(d), question.answered(node{answer["data"]})
	slices.Sort(computed)
	slices.Sort(answered)
	if diff := cmp.Diff(computed, answered); diff != "" {
		t.Errorf("-computed from the rows +answered\n%.4000s", diff)
	}
	followed := 0
	for _, o := range (node{answer["data"]}).list("legalAidObjections", "nodes") {
		followed += len(o.list("legalAidCase", "applicant", "person", "reconsiderationApplicants"))
	}
	if followed == 0 {
		t.Error("nobody who was refused applied for reconsideration: the link by person tests nothing")
	}
}
