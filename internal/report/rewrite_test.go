package report

import (
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/tests/golden"

	"github.com/vektah/gqlparser/v2"

	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/internal/executor/randomop"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestRuns holds the texts of the operations that are run in an operation's place.
func TestRuns(t *testing.T) {
	for name, query := range map[string]string{
		"paged":        "query Q($s: State, $n: Int = 20) { cases(first: $n, status: $s) { totalCount nodes { number people { name } } pageInfo { hasPreviousPage: hasNextPage } } }",
		"two-lists":    "query Q($c: String, $s: State) { cases(first: 3, status: $s) { nodes { ...F } } town(code: $c) { name cases { nodes { ...F } } old { edges { node { number } } } } towns { name } } fragment F on Case { number town { cases(first: 5) { nodes { number } } } }",
		"in-fragments": "query Q($n: Boolean!) { ...R @include(if: $n) } fragment R on Query { cases { ...C } towns { code } } fragment C on CaseConnection { totalCount nodes { number } }",
		"statistics":   "{ stats(groupBy: [TOWN]) { groups { key { dimension label } count } total { count } excluded { reason } } a: cases { totalCount } }",
		"taken-names":  "query Q($reportFirst: Int) { cases(first: $reportFirst) { nodes { number } } }",
	} {
		t.Run(name, func(t *testing.T) {
			var text strings.Builder
			p := plan(t, query, nil, nil, WholeList)
			for _, run := range p.Runs {
				var tables []string
				for _, table := range run.Tables {
					tables = append(tables, table.Name)
				}
				fmt.Fprintf(&text, "# %s, variables %s\n%s", strings.Join(tables, ", "), run.Variables, run.Query)
				if run.Counting != "" {
					fmt.Fprintf(&text, "# counting\n%s# skipping, variables %s\n%s", run.Counting,
						run.SkippingVariables, run.Skipping)
				}
			}
			golden.Check(t, filepath.Join("testdata", name+".graphql"), text.String(), *update)
			for _, run := range p.Runs {
				for _, query := range []string{run.Query, run.Counting, run.Skipping} {
					if query == "" {
						continue
					}
					if _, errs := gqlparser.LoadQueryWithRules(schema(t), query, nil); errs != nil {
						t.Errorf("%v\n%s", errs, query)
					}
				}
			}
		})
	}
}

// TestRandomRuns plans random operations on the gateway's schema: what is run in their
// place must be valid, and each run must be of a table that the plan lists.
func TestRandomRuns(t *testing.T) {
	s := graph.Schema()
	planned := 0
	for seed := range uint64(400) {
		o := randomop.New(s, randomop.Options{}, seed)
		document, errs := gqlparser.LoadQueryWithRules(s, o.Query, nil)
		if errs != nil {
			continue
		}
		planned++
		for _, mode := range []Mode{AsAsked, WholeList} {
			p := New(s, document, document.Operations[0], o.Variables, nil, mode)
			tables := 0
			for _, run := range p.Runs {
				tables += len(run.Tables)
				for _, query := range []string{run.Query, run.Counting, run.Skipping} {
					if query == "" {
						continue
					}
					if _, errs := gqlparser.LoadQueryWithRules(s, query, nil); errs != nil {
						t.Fatalf("%v\nof\n%s\nmade\n%s", errs, o.Query, query)
					}
				}
			}
			if tables != len(p.Tables) {
				t.Fatalf("%d tables are planned and %d run\n%s", len(p.Tables), tables, o.Query)
			}
			for _, table := range p.Tables {
				names := map[string]bool{}
				for _, c := range table.Columns {
					if names[c.Name] {
						t.Fatalf("two columns %s in %s\n%s", c.Name, table.Name, o.Query)
					}
					names[c.Name] = true
				}
			}
		}
	}
	if planned < 100 {
		t.Errorf("only %d operations were valid", planned)
	}
}
