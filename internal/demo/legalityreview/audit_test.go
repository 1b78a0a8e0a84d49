package legalityreview

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/legalityreview"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/demo/audit"
)

// TestAudit reads every mapped cell of every served row: the codecs must complain about
// exactly what was planted.
func TestAudit(t *testing.T) {
	for _, scale := range []float64{0.05, 1} {
		t.Run(fmt.Sprint(scale), func(t *testing.T) {
			w, db := invented(t, scale)
			env := cell.Env{Towns: w.Towns, Departments: w.Departments}
			file, err := mapping.Parse(legalityreview.System().Mapping(), nil, mapping.SchemaOf(schema(t)), env)
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

// schema reads the whole graph, as the gateway does.
func schema(t *testing.T) *ast.Schema {
	t.Helper()
	paths, err := filepath.Glob("../../../graph/schema/*.graphqls")
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
