package server

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/internal/config"
)

// TestOverlaysReplaceCodes: whatever field with codes an overlay gives one code of its own,
// no code of the shipped mapping is left in it, and none of its labels; and of what the
// overlay leaves alone the codes are named.
func TestOverlaysReplaceCodes(t *testing.T) {
	towns, departments, err := reference.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	env := cell.Env{Towns: towns, Departments: departments}
	schema := mapping.SchemaOf(graph.Schema())
	shipped, err := parse(&config.Config{}, env)
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for system, file := range shipped {
		for record, table := range file.Records {
			for _, f := range table.Fields {
				var meaning string
				for _, meaning = range f.Spec.Values {
					break
				}
				more := ""
				if f.Dictionary != nil {
					more = ", dictionary: ~"
					for _, meaning = range f.Dictionary.Labels {
						break
					}
				}
				if meaning == "" {
					continue
				}
				tried++
				code := "9876"
				if f.Spec.Positional {
					code = "1"
				}
				overlay := mapping.Source{Name: "site.yaml",
					Data: fmt.Appendf(nil, "records: {%s: {fields: {%s: {values: {%q: %s}%s}}}}", record, f.Name, code,
						meaning, more)}
				got, err := mapping.Parse(adapters.Systems().Mappings()[system], []mapping.Source{overlay}, schema, env)
				if err != nil {
					t.Errorf("%s.%s: %v", record, f.Name, err)
					continue
				}
				at := slices.IndexFunc(got.Records[record].Fields,
					func(g *mapping.Field) bool { return g.Name == f.Name })
				field := got.Records[record].Fields[at]
				if diff := cmp.Diff(map[string]string{code: meaning}, field.Spec.Values); diff != "" ||
					field.Spec.Labels != nil || field.Twin != "" || field.Dictionary != nil {
					t.Errorf("%s.%s keeps codes (-want +got), labels %v:\n%s", record, f.Name, field.Spec.Labels, diff)
				}
				moved := mapping.Source{Name: "site.yaml",
					Data: fmt.Appendf(nil, "records: {%s: {fields: {%s: {column: elsewhere}}}}", record, f.Name)}
				if got, err = mapping.Parse(adapters.Systems().Mappings()[system], []mapping.Source{moved}, schema,
					env); err != nil {
					t.Errorf("%s.%s: %v", record, f.Name, err)
					continue
				}
				if list := got.Inherited("site.yaml"); len(list) != 1 || !slices.Contains(list[0].Moved, f.Name) {
					t.Errorf("%s.%s has moved, and its codes are not named: %+v", record, f.Name, list)
				}
			}
		}
	}
	if tried < 50 {
		t.Errorf("only %d fields with codes", tried)
	}
}
