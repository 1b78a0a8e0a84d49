package publicity_test

import (
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/publicity"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph"
)

func TestMappingHasNoFindings(t *testing.T) {
	towns, departments, err := reference.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	env := cell.Env{Towns: towns, Departments: departments}
	file, err := mapping.Parse(publicity.System().Mapping(), nil, mapping.SchemaOf(graph.Schema()), env)
	if err != nil {
		t.Fatal(err)
	}
	if file.System != "publicity" {
		t.Errorf("system is %q", file.System)
	}
	for _, record := range []string{"PublicityEvent", "PublicityMaterial", "PublicityPlanItem", "PublicityHonour",
		"PublicityTraining"} {
		if file.Records[record] == nil {
			t.Errorf("%s is not mapped", record)
		}
	}
}
