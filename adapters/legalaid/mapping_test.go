package legalaid_test

import (
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/legalaid"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph"
)

func TestMappingFitsTheGraph(t *testing.T) {
	towns, departments, err := reference.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	file, err := mapping.Parse(legalaid.System().Mapping(), nil, mapping.SchemaOf(graph.Schema()),
		cell.Env{Towns: towns, Departments: departments})
	if err != nil {
		t.Fatal(err)
	}
	if file.System != "legal-aid" {
		t.Errorf("system is %q", file.System)
	}
	for _, record := range []string{"LegalAidCase", "LegalAidApplicant", "LegalAidObjection", "LegalAidLawyerChange",
		"LegalAidConsultation", "DutyLawyerHelp", "Lawyer", "LawFirm"} {
		if file.Records[record] == nil {
			t.Errorf("%s is not mapped", record)
		}
	}
}
