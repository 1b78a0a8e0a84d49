package transport

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/internal/cost"
)

// heavy are questions that are over one limit each of tight.
var heavy = []struct{ limit, query string }{
	{"depth", `{cases{nodes{town{cases{nodes{town{name}}}}}}}`},
	{"fields", `{cases{nodes{` + strings.Repeat("number ", 50) + `}}}`},
	{"aliases", `{cases{nodes{a:number b:number c:number d:town{name} e:town{name} f:town{name}}}}`},
	{"sameField", `{cases{nodes{a:number b:number c:number d:number}}}`},
	{"rootFields", `{version v:version w:version x:case(number:"1"){number} y:towns{name}}`},
	{"fragments", `{...A ...B ...C} fragment A on Query {version} fragment B on Query {version} fragment C on Query {version}`},
	{"spreads", `{cases{` + strings.Repeat(" ...{totalCount}", 5) + `}}`},
	{"directives", `{version @skip(if:true) w:version @skip(if:true) x:version @skip(if:false) ... @skip(if:false){version}}`},
	{"nameBytes", `query ` + strings.Repeat("N", 65) + ` {version}`},
	{"cost", `{cases(first:200){nodes{town{cases(first:100){totalCount}}}}}`},
	{"first", `{cases(first:150){totalCount}}`},
}

var tight = cost.Limits{Depth: 6, Fields: 40, Aliases: 5, SameField: 3, RootFields: 4, Fragments: 2, Spreads: 4,
	Directives: 3, Name: 64, Cost: 10_000, Page: 140}

// TestLimitsRefuse: each limit refuses what is over it alone, with its name, before anything runs, in
// a short answer.
func TestLimitsRefuse(t *testing.T) {
	for _, tt := range heavy {
		limits := tight
		if tt.limit == "cost" { // which asks for a large page, too
			limits.Page = 0
		}
		ran := false
		h := paged(t, limits, nil, &ran)
		w := post(t, h, ask(t, tt.query, nil), modern)
		var answer struct {
			Errors []struct {
				Message    string
				Extensions struct {
					Code, Limit string
					Most        int
				}
			}
		}
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
			t.Fatal(err)
		}
		if len(answer.Errors) != 1 || w.Code != http.StatusBadRequest ||
			answer.Errors[0].Extensions.Code != "LIMIT_EXCEEDED" || answer.Errors[0].Extensions.Limit != tt.limit ||
			answer.Errors[0].Extensions.Most == 0 ||
			strings.Contains(answer.Errors[0].Message, "%!") {
			t.Errorf("%s: %d %s", tt.limit, w.Code, w.Body)
		}
		if ran || w.Body.Len() > 1000 {
			t.Errorf("%s: it ran: %v, %d bytes", tt.limit, ran, w.Body.Len())
		}
	}
}

// TestMeasure: limits that are only measured refuse nothing, and tell what they would have refused in
// the answer and in the log.
func TestMeasure(t *testing.T) {
	limits := tight
	limits.Measure = true
	for _, tt := range heavy {
		var log bytes.Buffer
		ran := false
		h := paged(t, limits, &log, &ran)
		for range 2 { // the second time the document is known
			ran = false
			log.Reset()
			w := post(t, h, ask(t, tt.query, nil), modern)
			var answer struct {
				Extensions struct {
					Cost struct {
						Estimated, Actual int
						Over              []string
					}
				}
			}
			if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
				t.Fatal(err)
			}
			if w.Code != http.StatusOK || !ran {
				t.Errorf("%s: %d %s", tt.limit, w.Code, w.Body)
			}
			want := []string{tt.limit}
			if tt.limit == "cost" {
				want = append(want, "first")
			}
			if diff := cmp.Diff(want, answer.Extensions.Cost.Over); diff != "" {
				t.Errorf("%s: over (-want +got):\n%s", tt.limit, diff)
			}
			if !strings.Contains(log.String(), `limit=`+tt.limit) {
				t.Errorf("%s: the log says %s", tt.limit, log.String())
			}
		}
	}
}

// paged serves the schema of pages.
func paged(t *testing.T, limits cost.Limits, log *bytes.Buffer, ran *bool) *Handler {
	t.Helper()
	schema := gqlparser.MustLoadSchema(&ast.Source{Name: "pages.graphqls", Input: pagesSDL})
	logger := slog.New(slog.DiscardHandler)
	if log != nil {
		logger = slog.New(slog.NewTextHandler(log, nil))
	}
	return New(&fake{schema, func(context.Context) []byte {
		*ran = true
		return []byte(`{}`)
	}}, Options{Limits: Limits{Operation: limits}, Logger: logger})
}
