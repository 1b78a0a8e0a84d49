package server

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// given are values for the arguments that root fields demand.
var given = map[string]string{
	"code": `"330109105"`, "metric.name": `"reconsiderationAccepted"`, "name": `"司法局"`, "number": `"萧政复〔2023〕1号"`,
	"licence": `"13301201810123456"`, "text": `"法治"`, "enum": `"System"`,
	"id": `"` + model.EncodeID("LegalAidCase", "1") + `"`, "ids": `["` + model.EncodeID("LegalAidCase", "1") + `"]`,
	"year":       "2023",
	"creditCode": `"91330199MA2X00035K"`, "system": "LEGAL_AID", "groupBy": "[]", "names": "[]",
	"period": `{from: "2023-01-01", before: "2024-01-01"}`, "receivedOn": `{from: "2023-01-01", before: "2024-01-01"}`,
}

// rootQueries writes a query for every root field, which selects what is two levels below.
func rootQueries(t *testing.T, s *Server) map[string]string {
	t.Helper()
	_, _, sdl := get(t, s.URL()+"/schema.graphql")
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: sdl})
	if err != nil {
		t.Fatal(err)
	}
	var selection func(t *ast.Type, depth int) string
	selection = func(of *ast.Type, depth int) string {
		definition := schema.Types[of.Name()]
		if definition.IsLeafType() {
			return ""
		}
		text := " { __typename"
		for _, f := range definition.Fields {
			if depth == 0 || slices.ContainsFunc(f.Arguments,
				func(a *ast.ArgumentDefinition) bool { return a.Type.NonNull }) {
				continue
			}
			if inner := schema.Types[f.Type.Name()]; inner.IsLeafType() || definition.Name != "Query" &&
				len(f.Arguments) == 0 {
				text += " " + f.Name + selection(f.Type, depth-1)
			}
		}
		return text + " }"
	}
	queries := map[string]string{}
	for _, f := range schema.Query.Fields {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		var arguments []string
		for _, a := range f.Arguments {
			isNumber := a.Name == "number" && f.Arguments.ForName("id") != nil // one record, by either
			if !a.Type.NonNull && !isNumber {
				continue
			}
			value, ok := given[f.Name+"."+a.Name]
			if !ok {
				value, ok = given[a.Name]
			}
			if dimension := schema.Types[a.Type.Name()]; a.Name == "groupBy" && dimension.Kind == ast.Enum {
				value = "[" + dimension.EnumValues[0].Name + "]"
			}
			if a.Type.Name() == "ResidentNumber" { // only in variables
				arguments, ok = append(arguments, a.Name+": $r"), true
				continue
			}
			if !ok {
				t.Errorf("%s(%s: %s): give it a value here", f.Name, a.Name, a.Type)
			}
			arguments = append(arguments, a.Name+": "+value)
		}
		text := f.Name
		if arguments != nil {
			text += "(" + strings.Join(arguments, ", ") + ")"
		}
		text = "{ " + text + selection(f.Type, 2) + " }"
		if strings.Contains(text, "$r") {
			text = "query ($r: ResidentNumber!) " + text
		}
		queries[f.Name] = text
	}
	return queries
}

// TestSourcesNameWhoFailed takes systems away before the gateway starts, and asks every root
// field: the systems of the errors are those that extensions.sources calls failed, whether
// it was a statement that failed or what is learned once for all requests.
func TestSourcesNameWhoFailed(t *testing.T) {
	for _, down := range [][]model.System{model.AllSystem, {model.SystemReconsideration},
		{model.SystemNotarization, model.SystemPublicity}} {
		c := config.Config{Sources: reachable(t, down...).Sources, PersonKey: reachable(t).PersonKey}
		s, _ := start(t, c)
		failed := 0
		for field, query := range rootQueries(t, s) {
			body, err := json.Marshal(map[string]any{"query": query,
				"variables": map[string]any{"r": "330199197202290145"}})
			if err != nil {
				t.Fatal(err)
			}
			response, err := http.Post(s.URL()+"/graphql", "application/json", strings.NewReader(string(body)))
			if err != nil {
				t.Fatal(err)
			}
			var answer struct {
				Data   map[string]any
				Errors []struct {
					Message    string
					Extensions struct{ Code, System string }
				}
				Extensions struct{ Sources []sources.Entry }
			}
			err = json.NewDecoder(response.Body).Decode(&answer)
			_ = response.Body.Close()
			if err != nil {
				t.Fatal(err)
			}
			told, logged := []string{}, []string{}
			for _, e := range answer.Errors {
				if !strings.HasPrefix(e.Extensions.Code, "SOURCE_") {
					t.Errorf("%s: %s %s", field, e.Extensions.Code, e.Message)
				}
				if !slices.Contains(told, e.Extensions.System) {
					told = append(told, e.Extensions.System)
				}
			}
			if found, ok := answer.Data[field].(map[string]any); ok { // a search tells so of its systems
				missing, _ := found["missingSystems"].([]any)
				for _, system := range missing {
					if !slices.Contains(told, system.(string)) {
						told = append(told, system.(string))
					}
				}
			}
			for _, e := range answer.Extensions.Sources {
				if e.Status != sources.OK {
					logged = append(logged, e.System)
				}
			}
			slices.Sort(told)
			if !slices.Equal(told, logged) {
				t.Errorf("%s: errors are of %v, extensions.sources of %v", field, told, logged)
			}
			failed += len(told)
		}
		if failed < 20 {
			t.Error("only " + strconv.Itoa(failed) + " failures: the queries ask too little")
		}
	}
}
