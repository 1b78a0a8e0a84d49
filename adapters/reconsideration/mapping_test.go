package reconsideration_test

import (
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/reconsideration"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph"
)

func TestMapping(t *testing.T) {
	towns, departments, err := reference.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	file, err := mapping.Parse(reconsideration.System().Mapping(), nil, mapping.SchemaOf(graph.Schema()),
		cell.Env{Towns: towns, Departments: departments})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(file.Records), 7; got != want {
		t.Errorf("records = %d, want %d", got, want)
	}
}
