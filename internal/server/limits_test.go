package server

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/internal/cost"
	"github.com/bureaugraph/bureaugraph/internal/signin"
)

// fenced is an operation in a document for people.
var fenced = regexp.MustCompile("(?s)```graphql\n(.*?)```")

// shipped gives the operations that this repository ships, shows or promises to answer: saved
// queries, golden operations, those of the benchmarks, the documents and the frontend.
func shipped(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, pattern := range []string{"../../playground/queries/*.graphql", "../tests/answers/testdata/*.graphql",
		"../bench/operations/*.graphql", "../../docs/questions/*", "../../docs/*.md", "../../README.md",
		"../../docs/examples/frontend/src/*.graphql"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				continue // a directory
			}
			if filepath.Ext(file) == ".graphql" {
				all[file] = string(data)
			}
			for _, found := range fenced.FindAllStringSubmatch(string(data), -1) {
				all[file+": "+found[1]] = found[1]
			}
		}
	}
	return all
}

// TestShippedAreWithinLimits: all that ships passes the limits that hold where nothing is configured,
// with room for larger pages.
func TestShippedAreWithinLimits(t *testing.T) {
	model := cost.New(graph.Schema(), costs(), systems())
	limits := cost.Limits{}.WithDefaults()
	operations := 0
	for name, text := range shipped(t) {
		document, err := parser.ParseQuery(&ast.Source{Input: text})
		if err != nil {
			continue // schema text, or a part
		}
		shape := cost.ShapeOf(document)
		for _, e := range limits.Shape(shape) {
			t.Errorf("%s: %s", name, e.Sentence)
		}
		valid, errs := gqlparser.LoadQueryWithRules(graph.Schema(), text, nil)
		if len(errs) > 0 {
			continue
		}
		for _, op := range valid.Operations {
			operations++
			e := model.Estimate(op, nil)
			for _, over := range limits.Estimate(e, model.Usual) {
				t.Errorf("%s: %s", name, over.Sentence)
			}
		}
	}
	if operations < 60 {
		t.Errorf("%d operations were found", operations)
	}
}

// TestRolesHaveLimits: limits of a role hold for its members and for nobody else, in every route.
func TestRolesHaveLimits(t *testing.T) {
	c := reachable(t)
	identity := func(name string) signin.DemoIdentity {
		return signin.DemoIdentity{Name: name, Claims: map[string][]string{"groups": {name}}}
	}
	c.Access.Demo = &signin.Demo{Identities: []signin.DemoIdentity{
		identity("guest"), identity("often"), identity("clerk")}}
	c.Access.Policy = &mapping.Source{Name: "policy.yaml", Data: []byte(`roles:
  guest: {members: {groups: [guest]}, limits: {cost: 1000, depth: 6, first: 20}, introspection: false}
  often: {members: {groups: [often]}, limits: {perSecond: 1, atOnce: 1}, export: true}
  clerk: {members: {groups: [clerk]}}
`)}
	s, _ := start(t, c)
	ask := func(as, query string) (int, string) {
		t.Helper()
		body, err := json.Marshal(map[string]string{"query": query})
		if err != nil {
			t.Fatal(err)
		}
		response, text := send(t, http.MethodPost, s.URL()+"/graphql", string(body), "X-Demo-Identity: "+as,
			"Content-Type: application/json")
		return response.StatusCode, text
	}
	for limit, query := range map[string]string{
		"cost":  `{a: legalAidCaseStats(groupBy: []) {total {count}} b: legalAidCaseStats(groupBy: []) {total {count}}}`,
		"depth": `{town(code: "x") {legalAidCases {nodes {town {legalAidCases {nodes {number}}}}}}}`,
		"first": `{legalAidCases(first: 21) {totalCount}}`,
		"":      `{__schema {queryType {name}}}`,
	} {
		if _, text := ask("guest", query); limit != "" && !strings.Contains(text, `"limit":"`+limit+`"`) ||
			limit == "" && !strings.Contains(text, "FORBIDDEN") {
			t.Errorf("a guest's %s: %.300s", limit, text)
		}
		if _, text := ask("clerk", query); strings.Contains(text, "LIMIT_EXCEEDED") ||
			strings.Contains(text, "FORBIDDEN") {
			t.Errorf("a clerk's %s: %.300s", limit, text)
		}
	}
	for as, want := range map[string]int{"guest": http.StatusForbidden, "clerk": http.StatusOK} {
		response, _ := send(t, http.MethodGet, s.URL()+"/schema.graphql", "", "X-Demo-Identity: "+as)
		if response.StatusCode != want {
			t.Errorf("%s gets the schema's text with %d", as, response.StatusCode)
		}
	}
	ask("often", `{__typename}`)
	for _, route := range []string{"/graphql?query={__typename}", "/reports", "/playground/queries",
		"/schema.graphql"} {
		response, text := send(t, http.MethodGet, s.URL()+route, "", "X-Demo-Identity: often")
		if response.StatusCode != http.StatusTooManyRequests || response.Header.Get("Retry-After") != "1" ||
			!strings.Contains(text, "LIMIT_EXCEEDED") {
			t.Errorf("%s: %d %v %.300s", route, response.StatusCode, response.Header, text)
		}
	}
}
