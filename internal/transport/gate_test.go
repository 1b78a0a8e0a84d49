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
}
type Town { name: String cases(first: Int, last: Int): CaseConnection! }
type CaseConnection { nodes: [Case!]! edges: [CaseEdge!]! totalCount: Int }
type CaseEdge { cursor: String node: Case! }
type Case { number: String town: Town remarks: [Remark!]! }
type Remark { text: String }
`

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
