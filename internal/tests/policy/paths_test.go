package policy

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

// pages selects the first records of every list that a type leads to, with their ids.
func pages(schema *ast.Schema, typ string) string {
	var b strings.Builder
	for _, f := range schema.Types[typ].Fields {
		def := schema.Types[f.Type.Name()]
		if f.Arguments.ForName("first") == nil || def.Fields.ForName("nodes") == nil ||
			f.Arguments.ForName("text") != nil {
			continue
		}
		fmt.Fprintf(&b, " %s(first: 5) { nodes { ... on Node { id } } }", f.Name)
	}
	return b.String()
}

// ids gathers the ids of all objects of an answer.
func ids(value any, into map[string]bool) {
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			ids(item, into)
		}
	case map[string]any:
		if id, ok := value["id"].(string); ok {
			into[id] = true
		}
		for _, item := range value {
			ids(item, into)
		}
	}
}

// TestPaths: whatever leads to a record, towns, departments, lawyers, persons, searches, timelines,
// leads to those only that the role sees by their ids.
func TestPaths(t *testing.T) {
	d := open(t)
	for _, role := range d.policy.Roles() {
		if role.FiguresOnly {
			continue
		}
		schema := d.schemaOf(role.Name)
		reached := map[string]bool{}
		queries := []string{}
		for _, root := range []struct{ field, typ, query string }{
			{"towns", "Town", "{ towns { %s } }"},
			{"departments", "Department", "{ departments { %s } }"},
			{"lawyers", "Lawyer", "{ lawyers(first: 30) { nodes { %s } } }"},
			{"lawFirms", "LawFirm", "{ lawFirms { %s } }"},
		} {
			if schema.Query.Fields.ForName(root.field) == nil {
				continue
			}
			if selected := pages(schema, root.typ); selected != "" {
				queries = append(queries, fmt.Sprintf(root.query, selected))
			}
		}
		for _, text := range []string{"萧山", "纠纷", "合同", "2023"} {
			queries = append(queries, fmt.Sprintf(`{ search(text: %q, first: 200) { nodes { record { ... on Node { id } } } } }`,
				text))
		}
		for _, kind := range kinds() {
			list := listOf(schema, kind)
			if list == nil {
				continue
			}
			for _, f := range schema.Types[kind].Fields {
				def := schema.Types[f.Type.Name()]
				switch {
				case len(f.Arguments) > 0 || def.Kind != ast.Object || def.Fields.ForName("id") == nil:
				case def.Fields.ForName("records") != nil: // a person, an organisation, a town
					queries = append(queries, fmt.Sprintf(
						`{ %s(first: 8) { nodes { %s { id records(first: 10) { nodes { id } } } } } }`, list.Name, f.Name))
				default:
					queries = append(queries, fmt.Sprintf(`{ %s(first: 20) { nodes { %s { id } } } }`, list.Name, f.Name))
				}
			}
		}
		for _, query := range queries {
			a := d.ask(role.Name, query, nil, false)
			if len(a.Errors) > 0 {
				t.Errorf("%s: %s: %.300s", role.Name, query, a.text)
			}
			ids(a.Data, reached)
		}
		var list []string
		everything := map[string]map[string]any{}
		for id := range reached {
			list = append(list, id)
			everything[id] = nil
		}
		d.hasNone(role.Name, list, everything) // each is a node to the role
		t.Logf("%s: %d objects by %d questions", role.Name, len(list), len(queries))
	}
}
