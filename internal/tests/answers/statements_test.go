package answers

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/tests/golden"

	"github.com/99designs/gqlgen/graphql"

	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/selection"
	"github.com/bureaugraph/bureaugraph/internal/sources"
	"github.com/bureaugraph/bureaugraph/internal/transport"
	"github.com/bureaugraph/bureaugraph/loaders"
	"github.com/bureaugraph/bureaugraph/resolvers"
)

// nested are queries whose second and third level have as many parents as $towns x $rows.
var nested = map[string]string{
	"people": `query People($towns: Int, $rows: Int) {
  towns(first: $towns) { name legalAidCases(first: $rows) { nodes { number applicant { name } lawyer { name firm { name } } objections { raisedOn } } } }
}`,
	"five-systems": `query FiveSystems($towns: Int, $rows: Int) {
  towns(first: $towns) {
    legalityReviews(first: $rows) { totalCount nodes { number draftingUnit { name } adviser { name } rounds { submittedAt } } }
    reconsiderationCases(first: $rows) { nodes { number applicants { name } respondent { name } } }
    legalAidCases(first: $rows) { nodes { number applicant { name } } }
    notarialMatters(first: $rows) { nodes { number applicants { name } fee { total } notary { name office { name } } certificates { number } } }
    publicityEvents(first: $rows) { nodes { number materials { name } organiser { name } } }
  }
}`,
	"findings": `query Findings($towns: Int, $rows: Int) {
  towns(first: $towns) { notarialMatters(first: $rows, filter: { status: [ARCHIVED] }) { nodes { number applicants { dataIssues { field rule } } } } }
}`,
}

// TestStatements keeps the number of statements constant in the rows, and their texts in
// files that are read like code. An N+1 shows as a longer file. Relations by document
// number are not among them: a number has a hundred spellings, so a statement holds some
// eighty numbers at the most (see batches in package adapters).
func TestStatements(t *testing.T) {
	w := demotest.World(t, 1)
	systems := demo.Systems(w)
	r := demotest.Resolver(t, w, systems, demotest.Embedded(t, systems))
	for name, query := range nested {
		t.Run(name, func(t *testing.T) {
			few, parents := statements(t, r, query, 2, 5)
			if parents > 10 {
				t.Errorf("%d parents on the second level, meant to be at most 10", parents)
			}
			many, parents := statements(t, r, query, 22, 50)
			if parents < 1000 {
				t.Errorf("%d parents on the second level, meant to be 1000", parents)
			}
			for _, s := range model.AllSystem {
				if len(few[s]) != len(many[s]) {
					t.Errorf("%s: %d statements with 10 parents, %d with 1,000\n%s", s, len(few[s]), len(many[s]),
						strings.Join(many[s], "\n"))
				}
			}
			var text strings.Builder
			for _, s := range model.AllSystem {
				for _, sql := range few[s] {
					text.WriteString(string(s) + ": " + sql + "\n")
				}
			}
			golden.Check(t, filepath.Join("testdata", "statements-"+name+".sql"), text.String(), *update)
		})
	}
}

// statements runs the query and gives the texts sent to each system, and how many
// records the second level of the first list had.
func statements(t *testing.T, r *resolvers.Resolver, query string, towns,
	rows int) (bySystem map[model.System][]string, parents int) {
	t.Helper()
	schema := graph.NewBreadthFirst(graph.Config{Resolvers: r})
	handler := transport.New(schema,
		transport.Options{Prepare: func(ctx context.Context, op *graphql.OperationContext) context.Context {
			return loaders.With(selection.With(ctx, selection.Of(schema.Schema(), op.Operation)), 0)
		}})
	body, err := json.Marshal(map[string]any{"query": query, "variables": map[string]any{"towns": towns, "rows": rows}})
	if err != nil {
		t.Fatal(err)
	}
	log := sources.New(true)
	request := httptest.NewRequest("POST", "/graphql", strings.NewReader(string(body)))
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request.WithContext(sources.With(request.Context(), log)))
	var got struct {
		Data   map[string][]map[string]json.RawMessage
		Errors json.RawMessage
	}
	if err := json.Unmarshal(answer.Body.Bytes(), &got); err != nil || got.Errors != nil {
		t.Fatalf("%v, errors %s", err, got.Errors)
	}
	for _, town := range got.Data["towns"] {
		for _, field := range []string{"notarialMatters", "legalAidCases"} {
			var list struct{ Nodes []json.RawMessage }
			if json.Unmarshal(town[field], &list) == nil {
				parents += len(list.Nodes)
				break
			}
		}
	}
	bySystem = map[model.System][]string{}
	for _, s := range model.AllSystem {
		bySystem[s] = log.SQL(string(s))
	}
	return bySystem, parents
}
