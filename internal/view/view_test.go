package view_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"

	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/view"
)

func kinds() (names []string) {
	for _, k := range model.Kinds() {
		names = append(names, k.Record)
	}
	return names
}

func print(s *ast.Schema) string {
	var b strings.Builder
	formatter.NewFormatter(&b).FormatSchema(s)
	return b.String()
}

// isValid tells whether a schema can be read again.
func isValid(t *testing.T, s *ast.Schema) {
	t.Helper()
	if _, err := gqlparser.LoadSchema(&ast.Source{Name: "view", Input: print(s)}); err != nil {
		t.Errorf("the view is no schema: %v", err)
	}
}

func TestNothingHidden(t *testing.T) {
	if got, want := print(view.Of(graph.Schema(), view.Hidden{Kinds: kinds()})), print(graph.Schema()); got != want {
		t.Error("a view with nothing hidden differs from the schema")
	}
}

// TestSystems: a view of any choice of systems is a valid schema that names nothing of the
// others.
func TestSystems(t *testing.T) {
	whole := print(graph.Schema())
	for chosen := 1; chosen < 1<<len(model.AllSystem); chosen++ {
		sees := func(s model.System) bool { return chosen>>slices.Index(model.AllSystem, s)&1 == 1 }
		hidden := map[string]bool{}
		for _, k := range model.Kinds() {
			hidden[k.Record] = !sees(k.System)
		}
		s := view.Of(graph.Schema(), view.Hidden{
			Kinds:  kinds(),
			Types:  func(name string) bool { return hidden[name] },
			Values: func(enum, value string) bool { return enum == "System" && !sees(model.System(value)) },
		})
		isValid(t, s)
		for name, isHidden := range hidden {
			for typ := range s.Types {
				if rest, ok := strings.CutPrefix(typ, name); ok && isHidden && (rest == "" || rest == "Connection" ||
					rest == "Filter" || rest == "Stats") {
					t.Errorf("%b: %s is left of %s", chosen, typ, name)
				}
			}
		}
		if again := print(view.Of(graph.Schema(), view.Hidden{Kinds: kinds(),
			Types:  func(name string) bool { return hidden[name] },
			Values: func(enum, value string) bool { return enum == "System" && !sees(model.System(value)) },
		})); again != print(s) {
			t.Errorf("%b: two views differ", chosen)
		}
	}
	if print(graph.Schema()) != whole {
		t.Error("a view changes the schema that it is of")
	}
}

// TestFields hides each field of each kind by itself.
func TestFields(t *testing.T) {
	for _, kind := range kinds() {
		for _, f := range graph.Schema().Types[kind].Fields {
			if f.Name == "id" {
				continue // Node has it
			}
			s := view.Of(graph.Schema(), view.Hidden{Kinds: kinds(),
				Fields: func(typ, field string) bool { return typ == kind && field == f.Name }})
			if graph.Schema().Types["Record"].Fields.ForName(f.Name) == nil {
				isValid(t, s)
			}
			if def := s.Types[kind]; def != nil && def.Fields.ForName(f.Name) != nil {
				t.Errorf("%s.%s is left", kind, f.Name)
			}
			if dimensions := s.Types[kind+"Dimension"]; dimensions != nil {
				for _, v := range dimensions.EnumValues {
					if v.Name == screamed(f.Name) || isObject(f) && strings.HasPrefix(v.Name, screamed(f.Name)+"_") {
						t.Errorf("%s.%s groups by %s", kind, f.Name, v.Name)
					}
				}
			}
			if filter := s.Types[kind+"Filter"]; filter != nil && filter.Fields.ForName(f.Name) != nil {
				t.Errorf("filters ask by %s.%s", kind, f.Name)
			}
		}
	}
}

func isObject(f *ast.FieldDefinition) bool {
	return graph.Schema().Types[f.Type.Name()].Kind == ast.Object
}

func screamed(name string) string {
	return strings.ToUpper(regexp.MustCompile(`([A-Z])`).ReplaceAllString(name, "_$1"))
}

// TestFigures leaves what is counted of records that nobody may see.
func TestFigures(t *testing.T) {
	hidden := map[string]bool{"Person": true, "Organization": true, "Document": true}
	for _, k := range kinds() {
		hidden[k] = true
	}
	s := view.Of(graph.Schema(), view.Hidden{Kinds: kinds(),
		Types:   func(name string) bool { return hidden[name] },
		Figures: func(string) bool { return false },
		Inputs:  func(scalar string) bool { return scalar == "ResidentNumber" }})
	isValid(t, s)
	for _, name := range []string{"LegalAidCaseStats", "LegalAidCaseFilter", "Caseload", "Metric", "Town"} {
		if s.Types[name] == nil {
			t.Errorf("%s is gone", name)
		}
	}
	for _, name := range []string{"LegalAidCase", "LegalAidCaseConnection", "RecordConnection",
		"SearchResultConnection",
		"Record", "PersonName", "ResidentNumber"} {
		if s.Types[name] != nil {
			t.Errorf("%s is left", name)
		}
	}
	for _, f := range s.Query.Fields {
		if slices.Contains([]string{"search", "person", "legalAidCases", "legalAidCase"}, f.Name) {
			t.Errorf("%s is left", f.Name)
		}
	}
}

// TestInputs: where nobody may ask by a scalar, nothing takes it.
func TestInputs(t *testing.T) {
	s := view.Of(graph.Schema(), view.Hidden{Kinds: kinds(),
		Inputs: func(scalar string) bool { return scalar == "ResidentNumber" }})
	isValid(t, s)
	for name, def := range s.Types {
		for _, f := range def.Fields {
			if def.Kind == ast.InputObject && f.Type.Name() == "ResidentNumber" {
				t.Errorf("%s.%s takes one", name, f.Name)
			}
			for _, a := range f.Arguments {
				if a.Type.Name() == "ResidentNumber" {
					t.Errorf("%s.%s(%s) takes one", name, f.Name, a.Name)
				}
			}
		}
	}
	if s.Query.Fields.ForName("person") != nil || s.Types["Person"] == nil {
		t.Error("persons are asked for by number, or are gone")
	}
}
