package notarization

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
)

// schema reads the whole graph, as the gateway does.
func schema(t *testing.T) mapping.Schema {
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
	s, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return mapping.SchemaOf(s)
}

func TestMapping(t *testing.T) {
	towns, departments, err := reference.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	file, err := mapping.Parse(System().Mapping(), nil, schema(t), cell.Env{Towns: towns, Departments: departments})
	if err != nil {
		t.Fatal(err)
	}
	if len(file.Records) != 10 {
		t.Errorf("%d kinds of record, want 10", len(file.Records))
	}
}

// What a will says must not be served, whatever else changes in the mapping.
func TestWillsStaySecret(t *testing.T) {
	towns, departments, err := reference.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	file, err := mapping.Parse(System().Mapping(), nil, schema(t), cell.Env{Towns: towns, Departments: departments})
	if err != nil {
		t.Fatal(err)
	}
	dropped := map[string]bool{}
	for _, condition := range file.Records["NotarialExtra"].Drop {
		for _, value := range condition.Values {
			dropped[*value] = true
		}
	}
	for _, name := range []string{"willContent", "willBeneficiary", "visitAddress", "contactPhone"} {
		if !dropped[name] {
			t.Errorf("rows named %s are served", name)
		}
	}
}
