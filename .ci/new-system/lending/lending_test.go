package lending_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/tests/serve"
)

// TestGraph asks a gateway over the demo what every system answers.
func TestGraph(t *testing.T) {
	w := demotest.World(t, 0.01)
	systems := demo.Systems(w)
	c := serve.Config(t, systems, demotest.Embedded(t, systems))
	c.Today = &model.Date{Year: 2024, Month: 7, Day: 1}
	gateway := serve.Gateway(t, c, nil)
	for _, test := range []struct {
		name, query string
		holds       []string // of the answer
	}{
		{"list",
			`{ libraryLoans(first: 2) { totalCount nodes { number status book { name } readers { name residentId } } } }`, []string{`"totalCount":60`, `"readers":[{"name":"`}},
		{"single",
			`{ libraryLoan(number: "萧图借[2023]第5号") { number } other: libraryLoan(number: "萧图借〔2024〕5号") { number } }`,
			[]string{`〕5号"`}},
		{"relation back",
			`{ libraryLoans(first: 1) { nodes { book { name libraryLoans(first: 3) { totalCount nodes { number book { id } } } } } } }`, []string{`"libraryLoans":{"totalCount":`}},
		{"node", `{ libraryLoans(first: 1) { nodes { readers { loan { id } id } id } } }`, []string{`"loan":{"id":"`}},
		{"search",
			`{ search(text: "普法讲座", systems: [LENDING], first: 5) { nodes { match field record { __typename title } } } }`, []string{`"__typename":"LibraryLoan"`, `普法讲座备课`}},
		{"timeline of a town",
			`{ towns { name records(first: 3, filter: {systems: [LENDING]}) { nodes { __typename receivedOn } missingSystems } } }`, []string{`"__typename":"LibraryLoan"`, `"missingSystems":[]`}},
		{"timeline of a person",
			`{ libraryLoans(first: 5) { nodes { readers { identityMatch { rule confidence } person { names libraryReaders { loan { number } } records(first: 5) { nodes { __typename } } } } } } }`,
			[]string{`"rule":"RESIDENT_ID"`, `"nodes":[{"__typename":"LibraryLoan"}`}},
		{"statistics",
			`{ libraryLoanStats(groupBy: [STATUS]) { total { count lostShare { value } } groups { key { value label } count } excluded { reason count } } }`, []string{`"count":60`, `"label":"已归还"`}},
		{"metric", `{ metric(name: "libraryLoans", period: {from: "2023-01-01", before: "2024-01-01"}) { value } }`,
			[]string{`"value":43`}},
		{"caseload",
			`{ caseload(groupBy: [SYSTEM], filter: {systems: [LENDING]}) { groups { key { value } received closed } } }`, []string{`"value":"LENDING"`}},
		{"overdue",
			`{ libraryLoans(first: 50, filter: {overdue: true}) { totalCount nodes { status deadline { step state dueOn } } } }`, []string{`"state":"OVERDUE"`, `"step":"RETURN"`}},
		{"party",
			`query($number: ResidentNumber) { libraryLoans(filter: {party: {residentId: $number}}) { nodes { number } } }`, []string{`〕1号"`}},
		{"findings", `{ dataQuality(system: LENDING) { record field rule count } }`,
			[]string{`"field":"book","rule":"ORPHAN_LINK"`, `"field":"loan","rule":"ORPHAN_LINK"`,
				`"field":"closedOn","rule":"IMPOSSIBLE_DATE"`}},
		{"systems", `{ systems { system unrecorded } }`, []string{`{"system":"LENDING","unrecorded":[]}`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			request := map[string]any{"query": test.query}
			if strings.HasPrefix(test.query, "query") { // of the first loan
				request["variables"] = map[string]any{"number": systems[len(systems)-1].Database.Tables[2].Rows[0][3]}
			}
			body, err := json.Marshal(request)
			if err != nil {
				t.Fatal(err)
			}
			response, err := http.Post(gateway.URL()+"/graphql", "application/json", bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			var text bytes.Buffer
			if _, err := text.ReadFrom(response.Body); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(text.String(), `"errors"`) {
				t.Fatalf("%.1500s", text.String())
			}
			for _, holds := range test.holds {
				if !strings.Contains(text.String(), holds) {
					t.Errorf("lacks %s: %.1500s", holds, text.String())
				}
			}
		})
	}
}
