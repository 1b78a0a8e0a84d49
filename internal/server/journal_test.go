package server

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/config"
)

// line is one of the log.
type line struct {
	Msg, Request, Route, Operation, Trace string
	Status, Statements, Rows, Cost        int
	Codes                                 []string
}

// linesOf are those that the log has of a request, by its number.
func linesOf(t *testing.T, log *lines, request string) (all []line) {
	t.Helper()
	for text := range strings.Lines(log.String()) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		if l.Request == request {
			all = append(all, l)
		}
	}
	return all
}

// TestJournal: a request has one line, with what came of it in codes and counts, and nothing of what it said.
func TestJournal(t *testing.T) {
	c := config.Config{Sources: reachable(t, model.SystemPublicity).Sources, PersonKey: reachable(t).PersonKey}
	s, log := start(t, c)
	for _, test := range []struct {
		name, query string
		status      int
		codes       []string
		asks        bool // something of a system that answers
	}{
		{"answered", `query Mine { legalAidCases(first: 3) { nodes { number title } } }`, 200, nil, true},
		{"in part", `query Both { legalAidCases(first: 3) { nodes { id } } publicityEvents(first: 3) { nodes { id } } }`,
			200, []string{"SOURCE_UNAVAILABLE"}, true},
		{"of no system", `{ towns { code } }`, 200, nil, false},
		{"refused", `{ legalAidCases(filter: {title: {contains: "330121199001011234"}}) { nodes { id } } }`, 200,
			[]string{"BAD_INPUT"}, false},
		{"invalid", `{ nobody330121199001011234 }`, 400, []string{"BAD_INPUT"}, false},
		{"unreadable", `{ 张三`, 400, []string{"BAD_INPUT"}, false},
	} {
		body, err := json.Marshal(map[string]any{"query": test.query})
		if err != nil {
			t.Fatal(err)
		}
		request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Accept", "application/graphql-response+json")
		response := httptest.NewRecorder()
		s.ServeHTTP(response, request)
		all := slices.DeleteFunc(linesOf(t, log, response.Header().Get("X-Request-Id")),
			func(l line) bool { return l.Msg == "statement failed" }) // once in a while, for all
		if len(all) != 1 {
			t.Errorf("%s: the request has %d lines: %+v", test.name, len(all), all)
			continue
		}
		l := all[0]
		if l.Msg != "request" || l.Route != "/graphql" || l.Status != response.Code || l.Status != test.status ||
			!slices.Equal(l.Codes, test.codes) {
			t.Errorf("%s: %+v, want status %d, codes %v", test.name, l, test.status, test.codes)
		}
		if (l.Statements > 0) != test.asks || (l.Rows > 0) != test.asks || test.asks && l.Cost == 0 {
			t.Errorf("%s: %+v: statements, rows and cost do not fit", test.name, l)
		}
	}
	if text := log.String(); strings.Contains(text, "330121") || strings.Contains(text, "张三") {
		t.Error("the log holds what a request said")
	}
}
