package legalityreview_test

import (
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/legalityreview"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph"
)

func TestMapping(t *testing.T) {
	towns, departments, err := reference.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	file, err := mapping.Parse(legalityreview.System().Mapping(), nil, mapping.SchemaOf(graph.Schema()),
		cell.Env{Towns: towns, Departments: departments})
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
