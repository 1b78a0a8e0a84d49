package legalityreview

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/legalityreview"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/internal/demo/audit"
)

// TestAudit reads every mapped cell of every served row: the codecs must complain about
// exactly what was planted.
func TestAudit(t *testing.T) {
	for _, scale := range []float64{0.05, 1} {
		t.Run(fmt.Sprint(scale), func(t *testing.T) {
			w, db := invented(t, scale)
			env := cell.Env{Towns: w.Towns, Departments: w.Departments}
			file, err := mapping.Parse(legalityreview.System().Mapping(), nil, mapping.SchemaOf(graph.Schema()), env)
			if err != nil {
				t.Fatal(err)
			}
			want := audit.Sort(slices.Clone(db.Ledger))
			if diff := cmp.Diff(want, audit.Findings(db, file, env)); diff != "" {
				t.Errorf("findings (-planted +reported):\n%s", diff)
			}
		})
	}
}
