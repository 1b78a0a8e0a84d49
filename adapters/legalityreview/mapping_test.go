package legalityreview_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/legalityreview"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
)

func TestMapping(t *testing.T) {
	towns, departments, err := reference.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	file, err := mapping.Parse(legalityreview.System().Mapping(), nil, mapping.SchemaOf(schema(t)), cell.Env{Towns: towns, Departments: departments})
	if err != nil {
		t.Fatal(err)
	}
	if file.System != "legality-review" {
		t.Errorf("system is %q", file.System)
	}
	for _, record := range []string{"LegalityReview", "LegalityReviewRound"} {
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
	loaded, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}
