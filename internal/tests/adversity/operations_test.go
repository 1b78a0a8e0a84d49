package adversity

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/graph"
)

// depth and breadth bound what is selected of an object.
const (
	depth   = 3
	breadth = 60
)

// rootOperations makes an operation of each root field of the graph: its arguments filled
// by their names and types, and of its object what there is without further arguments.
func rootOperations(t testing.TB, g *gateway) []operation {
	t.Helper()
	schema := graph.Schema()
	m := maker{schema: schema, samples: samples(t, g, schema)}
	var list []operation
	for _, f := range schema.Query.Fields {
		if strings.HasPrefix(f.Name, "_") {
			continue
		}
		list = append(list, m.operation(f))
	}
	if len(list) < 50 {
		t.Fatalf("only %d root fields", len(list))
	}
	return list
}

// samples are values that lead somewhere, by the name of the argument, or by type and name.
func samples(t testing.TB, g *gateway, schema *ast.Schema) map[string]any {
	t.Helper()
	known := map[string]any{
		"code": "330109105", "text": "法治", "number": "萧政发〔2023〕12号", "year": 2023,
		"creditCode": checked(t, "MA27XXXX", cell.NormalizeCreditCode),
		"residentId": checked(t, "33019919800101001", cell.NormalizeResidentID), "name": "reconsiderationAccepted",
		"Department.name": "司法局", "enum": "System",
	}
	var fields []string
	for _, f := range schema.Query.Fields {
		of, isList := strings.CutSuffix(f.Type.Name(), "Connection")
		if d := schema.Types[of]; isList && d != nil && d.Fields.ForName("id") != nil &&
			f.Arguments.ForName("first") != nil && !slices.ContainsFunc(f.Arguments, isRequired) {
			more := ""
			for _, name := range []string{"number", "licence"} {
				if field := d.Fields.ForName(name); field != nil {
					more += " " + name
				}
			}
			fields = append(fields, fmt.Sprintf("%s: %s(first: 1) { nodes { id%s } }", of, f.Name, more))
		}
	}
	a := g.ask(t.Context(), t, operation{name: "samples", query: "{ " + strings.Join(fields, " ") + " }"})
	var ids []any
	for of, page := range a.Data {
		nodes, _ := page.(map[string]any)["nodes"].([]any)
		if len(nodes) == 0 {
			continue
		}
		for name, value := range nodes[0].(map[string]any) {
			if value == nil {
				continue
			}
			known[of+"."+name] = value
			switch name {
			case "licence":
				known[name] = value
			case "id":
				ids = append(ids, value)
			}
		}
	}
	if len(ids) == 0 {
		t.Fatalf("no record was found: %v", a.Errors)
	}
	known["id"], known["ids"] = ids[0], ids
	return known
}

// checked adds the check character that makes a number valid.
func checked(t testing.TB, digits string, normalize func(string) (string, bool)) string {
	t.Helper()
	for _, c := range "0123456789X" {
		if number, ok := normalize(digits + string(c)); ok {
			return number
		}
	}
	t.Fatalf("%s has no check character", digits)
	return ""
}

func isRequired(a *ast.ArgumentDefinition) bool { return a.Type.NonNull && a.DefaultValue == nil }

// maker writes operations.
type maker struct {
	schema  *ast.Schema
	samples map[string]any
}

func (m maker) operation(f *ast.FieldDefinition) operation {
	o := operation{name: f.Name, variables: map[string]any{}}
	var declared, given []string
	for _, a := range f.Arguments {
		value := m.value(a, f)
		if value == nil {
			continue
		}
		o.variables[a.Name] = value
		declared = append(declared, "$"+a.Name+": "+a.Type.String())
		given = append(given, a.Name+": $"+a.Name)
	}
	head := f.Name
	if len(given) > 0 {
		head += "(" + strings.Join(given, ", ") + ")"
		o.query = "query(" + strings.Join(declared, ", ") + ") "
	}
	left := breadth
	o.query += "{ " + head + m.selection(f.Type, depth, &left) + " }"
	return o
}

// value fills an argument; nil leaves it out.
func (m maker) value(a *ast.ArgumentDefinition, f *ast.FieldDefinition) any {
	sample, known := m.samples[f.Type.Name()+"."+a.Name]
	if !known {
		sample, known = m.samples[a.Name]
	}
	switch {
	case known && a.Name != "id" && a.Name != "ids", known && isRequired(a), a.Name == "ids":
		return sample
	case a.Name == "first":
		return 5
	case a.Name == "fillEmpty":
		return true
	case a.Name == "top":
		return 2
	case a.Name == "groupBy" || isRequired(a):
		return m.filled(a.Type)
	}
	return nil
}

// filled is a value of a type: of an enum the first, of a range of days a year.
func (m maker) filled(t *ast.Type) any {
	if t.Elem != nil {
		return []any{m.filled(t.Elem)}
	}
	d := m.schema.Types[t.Name()]
	switch {
	case d.Kind == ast.Enum:
		return d.EnumValues[0].Name
	case d.Name == "DateRange":
		return map[string]any{"from": "2023-01-01", "before": "2024-01-01"}
	case d.Name == "Int":
		return 2023
	case d.Name == "Boolean":
		return true
	}
	return "2023"
}

// selection writes what is selected of a type; left is how many fields still may be.
func (m maker) selection(t *ast.Type, depth int, left *int) string {
	d := m.schema.Types[t.Name()]
	if d.IsLeafType() {
		return ""
	}
	parts := []string{"__typename"}
	for _, f := range d.Fields {
		if strings.HasPrefix(f.Name, "__") || slices.ContainsFunc(f.Arguments, isRequired) || *left <= 0 {
			continue
		}
		isLeaf := m.schema.Types[f.Type.Name()].IsLeafType()
		if !isLeaf && depth <= 1 || f.Name == "edges" {
			continue
		}
		*left--
		head := f.Name
		if f.Arguments.ForName("first") != nil {
			head += "(first: 2)"
		}
		parts = append(parts, head+m.selection(f.Type, depth-1, left))
	}
	return " { " + strings.Join(parts, " ") + " }"
}
