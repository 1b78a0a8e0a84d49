package legalaid_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/legalaid"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
)

func TestMappingFitsTheGraph(t *testing.T) {
	var sources []*ast.Source
	for _, name := range []string{"common", "legalaid"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "graph", "schema", name+".graphqls"))
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: name, Input: string(text)})
	}
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	towns, departments, err := reference.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	file, err := mapping.Parse(legalaid.System().Mapping(), nil, mapping.SchemaOf(schema), cell.Env{Towns: towns, Departments: departments})
	if err != nil {
		t.Fatal(err)
	}
	if file.System != "legal-aid" {
		t.Errorf("system is %q", file.System)
	}
	for _, record := range []string{"LegalAidCase", "LegalAidApplicant", "LegalAidObjection", "LegalAidLawyerChange", "LegalAidConsultation", "DutyLawyerHelp", "Lawyer", "LawFirm"} {
		if file.Records[record] == nil {
			t.Errorf("%s is not mapped", record)
		}
	}
}
