package transport

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

const pagesSDL = `
type Query {
  towns(first: Int = 200): [Town!]!
  cases(first: Int, last: Int, after: String): CaseConnection!
  case(number: String!): Case
  nodes(ids: [ID!]!): [Case]!
  version: String
  report: [Remark!]!
}
type Town { name: String cases(first: Int, last: Int): CaseConnection! }
type CaseConnection { nodes: [Case!]! edges: [CaseEdge!]! totalCount: Int }
type CaseEdge { cursor: String node: Case! }
type Case { number: String town: Town remarks: [Remark!]! }
type Remark { text: String }
`

func TestWeigh(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Name: "pages.graphqls", Input: pagesSDL})
	tests := []struct {
		query     string
		variables map[string]any
		want      int
	}{
		{`{version}`, nil, 1},
		{`{__schema {types {name fields {name}}}}`, nil, 1},
		{`{report {text}}`, nil, 5000},
		{`{version case(number: "1") {number} report {text}}`, nil, 5000},
		{`{case(number: "1") {number}}`, nil, 1},
		{`{case(number: "1") {number town {name}}}`, nil, 2},
		{`{case(number: "1") {remarks {text}}}`, nil, 11},
		{`{cases {nodes {number}}}`, nil, 20},
		{`{cases(first: 50) {totalCount nodes {number town {name}}}}`, nil, 100},
		{`{cases(last: 7) {edges {cursor node {number}}}}`, nil, 7},
		{`query($n: Int) {cases(first: $n) {nodes {number}}}`, map[string]any{"n": int64(30)}, 30},
		{`query($n: Int) {cases(first: $n) {nodes {number}}}`, map[string]any{"n": nil}, 20},
		{`query($n: Int) {cases(first: $n) {nodes {number}}}`, nil, 20},
		{`{nodes(ids: ["1", "2", "3"]) {number town {name}}}`, nil, 6},
		{`query($ids: [ID!]!) {nodes(ids: $ids) {number}}`, map[string]any{"ids": []any{"1", "2"}}, 2},
		{`{cases(first: -3) {nodes {number}}}`, nil, 1},
		{`{cases(first: 1000000) {nodes {number}}}`, nil, 200},
		{`{towns {name cases(first: 10) {nodes {number}}}}`, nil, 220},
		{`{a: cases(first: 5) {...P} b: cases(first: 5) {...P}} fragment P on CaseConnection {nodes {... on Case {town {name}}}}`, nil, 20},
		{`{towns(first: 200) {cases(first: 200) {nodes {town {cases(first: 200) {nodes {number}}}}}}}`, nil, 5000},
	}
	for _, tt := range tests {
		document, err := gqlparser.LoadQueryWithRules(schema, tt.query, nil)
		if err != nil {
			t.Fatal(err)
		}
		op := &graphql.OperationContext{Operation: document.Operations[0], Variables: tt.variables}
		if got := weigh(op, 5000, []string{"Query.report"}); got != tt.want {
			t.Errorf("%s weighs %d, want %d", tt.query, got, tt.want)
		}
	}
}

// TestGate: what would be too much waits, and goes on when there is room; little goes past
// it; who waits too long is told so, and who leaves is not answered.
func TestGate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		schema := gqlparser.MustLoadSchema(&ast.Source{Name: "pages.graphqls", Input: pagesSDL})
		finish := make(chan struct{})
		exec := func(ctx context.Context) []byte {
			if graphql.GetOperationContext(ctx).Operation.Name == "Long" {
				<-finish
			}
			return []byte(`{}`)
		}
		h := New(&fake{schema, exec}, Options{Limits: Limits{Records: 400, Timeout: time.Minute}, HideSources: true,
			Logger: slog.New(slog.DiscardHandler)})
		start := func(ctx context.Context, query string) <-chan *httptest.ResponseRecorder {
			ended := make(chan *httptest.ResponseRecorder, 1)
			r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", strings.NewReader(ask(t, query, nil)))
			go func() { ended <- send(h, r, "Content-Type: application/json") }()
			synctest.Wait() // until it has ended or waits
			return ended
		}
		const large, small = `query Large {cases(first: 50) {nodes {number}}}`,
			`query Small {cases(first: 4) {nodes {number}}}`
		var long []<-chan *httptest.ResponseRecorder
		for range 4 {
			long = append(long, start(t.Context(), `query Long {cases(first: 90) {nodes {number}}}`))
		}

		late := start(t.Context(), large)
		ctx, leave := context.WithCancel(t.Context())
		gone := start(ctx, large)
		if w := <-start(t.Context(), small); w.Code != http.StatusOK {
			t.Errorf("a small question behind large ones: %d %s", w.Code, w.Body)
		}
		leave()
		if w := <-gone; w.Code != StatusGone || w.Body.Len() > 0 {
			t.Errorf("a client that has left: %d %s", w.Code, w.Body)
		}
		if w := <-late; w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), `"OVERLOADED"`) ||
			strings.Contains(w.Body.String(), `"data"`) {
			t.Errorf("a large question for which there was no room in time: %d %s", w.Code, w.Body)
		}
		waiting := start(t.Context(), large)
		if len(waiting) > 0 {
			t.Error("a large question did not wait")
		}
		close(finish)
		for _, ended := range append(long, waiting) {
			if w := <-ended; w.Code != http.StatusOK {
				t.Errorf("one for which there was room: %d %s", w.Code, w.Body)
			}
		}
	})
}
