package notarization

import (
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph"
)

func TestMapping(t *testing.T) {
	towns, departments, err := reference.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	file, err := mapping.Parse(System().Mapping(), nil, mapping.SchemaOf(graph.Schema()),
		cell.Env{Towns: towns, Departments: departments})
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
	file, err := mapping.Parse(System().Mapping(), nil, mapping.SchemaOf(graph.Schema()),
		cell.Env{Towns: towns, Departments: departments})
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
