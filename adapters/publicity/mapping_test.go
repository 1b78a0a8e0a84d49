package publicity_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/publicity"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
)

func TestMappingHasNoFindings(t *testing.T) {
	towns, departments, err := reference.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	env := cell.Env{Towns: towns, Departments: departments}
	file, err := mapping.Parse(publicity.System().Mapping(), nil, mapping.SchemaOf(schema(t)), env)
	if err != nil {
		t.Fatal(err)
	}
	if file.System != "publicity" {
		t.Errorf("system is %q", file.System)
	}
	for _, record := range []string{"PublicityEvent", "PublicityMaterial", "PublicityPlanItem", "PublicityHonour", "PublicityTraining"} {
		if file.Records[record] == nil {
			t.Errorf("%s is not mapped", record)
		}
	}
}

// schema reads the whole graph, as the gateway does.
func schema(t *testing.T) *ast.Schema {
	t.Helper()
	paths, err := filepath.Glob("../../graph/schema/*.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	var sources []*ast.Source
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: path, Input: string(text)})
	}
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}
