package answers

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

// TestEmptyDatabases expects empty lists of systems whose tables have no rows, and no
// errors.
func TestEmptyDatabases(t *testing.T) {
	systems := demo.Systems(demotest.World(t, 0.01))
	for i, s := range systems {
		empty := &legacy.Database{Name: s.Database.Name, Charset: s.Database.Charset}
		for _, table := range s.Database.Tables {
			bare := *table
			bare.Rows = nil
			empty.Tables = append(empty.Tables, &bare)
		}
		systems[i].Database = empty
	}
	url := gateway(t, systems, demotest.Embedded(t, systems))
	for _, file := range []string{"03-towns-across-five-systems", "12-interface-record", "17-lawyer",
		"24-plan-and-trainings"} {
		t.Run(file, func(t *testing.T) {
			query, err := os.ReadFile("testdata/" + file + ".graphql")
			if err != nil {
				t.Fatal(err)
			}
			var answer struct {
				Data   any
				Errors json.RawMessage
			}
			if err := json.Unmarshal(ask(t, url, string(query)), &answer); err != nil {
				t.Fatal(err)
			}
			if answer.Errors != nil {
				t.Errorf("errors: %s", answer.Errors)
			}
			lists := 0
			walk(answer.Data, func(nodes []any) {
				lists++
				if len(nodes) > 0 {
					t.Errorf("%d nodes of an empty database", len(nodes))
				}
			})
			if lists == 0 {
				t.Error("no list answered")
			}
		})
	}
}

// walk visits every list called nodes.
func walk(v any, visit func(nodes []any)) {
	switch v := v.(type) {
	case map[string]any:
		for field, child := range v {
			if list, ok := child.([]any); ok && field == "nodes" {
				visit(list)
				continue
			}
			walk(child, visit)
		}
	case []any:
		for _, child := range v {
			walk(child, visit)
		}
	}
}
