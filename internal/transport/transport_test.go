package transport

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/internal/cost"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// fake is a schema whose whole execution is one function.
type fake struct {
	schema *ast.Schema
	exec   func(ctx context.Context) []byte
}

func (f *fake) Schema() *ast.Schema { return f.schema }

func (f *fake) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

func (f *fake) Exec(context.Context) graphql.ResponseHandler {
	return func(ctx context.Context) *graphql.Response {
		return &graphql.Response{Data: f.exec(ctx)}
	}
}

const sdl = `
type Query {
  person(residentId: String!, kind: Kind, born: Range, name: String): Person
  people(first: Int, share: Float, id: ID, isMinor: Boolean, name: String, kind: Kind, kinds: [Kind!], in: Numbers): [Person]
}
type Mutation { forget: Boolean }
type Person { name: String friend: Person born: Day since(day: Day): Int }
enum Kind { APPLICANT AGENT }
input Numbers { first: Int, list: [Int!], inner: Numbers }
input Range { from: Day, kinds: [Kind!], days: [Day] }
"A day, 2023-03-15. 日期。"
scalar Day
`

// handler serves the fake schema with the given execution; its log is thrown away.
func handler(t *testing.T, options Options, exec func(ctx context.Context) []byte) *Handler {
	t.Helper()
	schema := gqlparser.MustLoadSchema(&ast.Source{Name: "test.graphqls", Input: sdl})
	if exec == nil {
		exec = func(context.Context) []byte { return []byte(`{"person":null}`) }
	}
	if options.Logger == nil {
		options.Logger = slog.New(slog.DiscardHandler)
	}
	return New(&fake{schema, exec}, options)
}

// post sends a body with a header of pairs "Name: value".
func post(t *testing.T, h http.Handler, body string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return send(h, r, header...)
}

func send(h http.Handler, r *http.Request, header ...string) *httptest.ResponseRecorder {
	for _, line := range header {
		key, value, _ := strings.Cut(line, ": ")
		r.Header.Set(key, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

const (
	modern = "Accept: application/graphql-response+json"
	id     = "330199199001011234"
)

// ask makes the body of a request.
func ask(t *testing.T, query string, variables map[string]any) string {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestStatus(t *testing.T) {
	h := handler(t, Options{Limits: Limits{BodyBytes: 1000}}, nil)
	const ok = `{"query":"{person(residentId:\"1\"){name}}"}`
	tests := []struct {
		name   string
		body   string
		header []string
		want   int
	}{
		{"plain", ok, nil, 200},
		{"utf-8 named", ok, []string{"Content-Type: application/json; charset=UTF-8"}, 200},
		{"other charset", ok, []string{"Content-Type: application/json; charset=gbk"}, 415},
		{"no content type", ok, []string{"Content-Type: "}, 415},
		{"text", ok, []string{"Content-Type: text/plain"}, 415},
		{"compressed body", ok, []string{"Content-Encoding: gzip"}, 415},
		{"other accept", ok, []string{"Accept: text/html"}, 406},
		{"empty body", ``, nil, 400},
		{"not JSON", `{"query": "{`, nil, 400},
		{"two texts", ok + ok, nil, 400},
		{"a batch", `[` + ok + `]`, nil, 400},
		{"null", `null`, nil, 400},
		{"broken UTF-8", "{\"query\":\"{person(residentId:\\\"\xff\\\"){name}}\"}", nil, 400},
		{"no query", `{"Query":"{__typename}"}`, nil, 400},
		{"query of null", `{"query":null}`, nil, 400},
		{"query of a number", `{"query":1}`, nil, 400},
		{"operation name of null", `{"query":"{__typename}","operationName":null}`, nil, 200},
		{"operation name of a map", `{"query":"{__typename}","operationName":{}}`, nil, 400},
		{"variables of null", `{"query":"{__typename}","variables":null}`, nil, 200},
		{"variables of a list", `{"query":"{__typename}","variables":[]}`, nil, 400},
		{"extensions of a map", `{"query":"{__typename}","extensions":{"a":1}}`, nil, 200},
		{"extensions of text", `{"query":"{__typename}","extensions":"a"}`, nil, 400},
		{"large", `{"query":"{__typename}","x":"` + strings.Repeat("x", 1000) + `"}`, nil, 413},
		{"parse error, old type", `{"query":"{"}`, nil, 200},
		{"parse error, new type", `{"query":"{"}`, []string{modern}, 400},
		{"invalid, old type", `{"query":"{x}"}`, nil, 200},
		{"invalid, new type", `{"query":"{x}"}`, []string{modern}, 400},
		{"subscription", `{"query":"subscription{x}"}`, []string{modern}, 400},
		{"defer", `{"query":"{person(residentId:\"1\"){...@defer{name}}}"}`, []string{modern}, 400},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := post(t, h, tt.body, tt.header...)
			if w.Code != tt.want {
				t.Fatalf("status %d, want %d: %s", w.Code, tt.want, w.Body)
			}
			var answer map[string]any
			if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
				t.Fatalf("no JSON: %v: %s", err, w.Body)
			}
			if _, has := answer["data"]; has && answer["errors"] != nil {
				t.Errorf("data beside errors of a refused request: %s", w.Body)
			}
			if len(w.Header().Get("X-Request-Id")) < 20 {
				t.Errorf("no request id")
			}
		})
	}
}

func TestMethod(t *testing.T) {
	h := handler(t, Options{}, nil)
	tests := []struct {
		name, method string
		values       url.Values
		want         int
		allow        string
	}{
		{"query", "GET", url.Values{"query": {"query Q($id:String!){person(residentId:$id){name}}"},
			"variables": {`{"id":"1"}`}, "operationName": {"Q"}, "extensions": {""}}, 200, ""},
		{"no query", "GET", nil, 400, ""},
		{"twice", "GET", url.Values{"query": {"{__typename}", "{__typename}"}}, 400, ""},
		{"variables of text", "GET", url.Values{"query": {"{__typename}"}, "variables": {`"x"`}}, 400, ""},
		{"broken UTF-8", "GET", url.Values{"query": {"{__typename} #\xff"}}, 400, ""},
		{"mutation", "GET", url.Values{"query": {"mutation{forget}"}}, 405, "POST"},
		{"invalid mutation", "GET", url.Values{"query": {"mutation{x}"}}, 405, "POST"},
		{"HEAD", "HEAD", url.Values{"query": {"{__typename}"}}, 405, "GET, POST"},
		{"PUT", "PUT", nil, 405, "GET, POST"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := send(h, httptest.NewRequest(tt.method, "/graphql?"+tt.values.Encode(), nil))
			if w.Code != tt.want || w.Header().Get("Allow") != tt.allow {
				t.Errorf("status %d, allow %q; want %d, %q: %s", w.Code, w.Header().Get("Allow"), tt.want, tt.allow,
					w.Body)
			}
		})
	}
}

func TestNegotiate(t *testing.T) {
	tests := []struct {
		accept string
		want   media
	}{
		{"", plainJSON},
		{"*/*", plainJSON},
		{"application/*", plainJSON},
		{"application/json", plainJSON},
		{"application/json; charset=utf-8", plainJSON},
		{"application/json; charset=gbk", ""},
		{"APPLICATION/GraphQL-Response+JSON", responseJSON},
		{"application/graphql-response+json, application/json;q=0.9", responseJSON},
		{"application/json, application/graphql-response+json", responseJSON},
		{"application/json, application/graphql-response+json;q=0.5", plainJSON},
		{"application/json;q=0, */*", responseJSON},
		{"text/html, */*;q=0.1", plainJSON},
		{"text/html", ""},
		{"*/*;q=0", ""},
		{"nonsense;;", ""},
	}
	for _, tt := range tests {
		t.Run(tt.accept, func(t *testing.T) {
			if got, _ := negotiate([]string{tt.accept}); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestRejections holds the wording of what is refused before it runs, and that no value
// comes back.
func TestRejections(t *testing.T) {
	h := handler(t, Options{Limits: Limits{Tokens: 100, Operation: cost.Limits{Depth: 4, Fields: 12}}}, nil)
	tests := []struct {
		name, query string
		variables   map[string]any
		want        string
	}{
		{"string for enum", `{person(residentId:"1",kind:"` + id + `"){name}}`, nil,
			`BAD_INPUT Enum "Kind" cannot represent non-enum value. (1:30)`},
		{"near enum", `{person(residentId:"1",kind:APPLICAN){name}}`, nil,
			`BAD_INPUT Value does not exist in "Kind" enum. Did you mean the enum value "APPLICANT"? (1:29)`},
		{"unknown enum", `{person(residentId:"1",kind:X` + id + `){name}}`, nil,
			`BAD_INPUT Value does not exist in "Kind" enum. (1:29)`},
		{"number for text", `{person(residentId:` + id + `){name}}`, nil,
			`BAD_INPUT String cannot represent a non string value. (1:20)`},
		{"null", `{person(residentId:null){name}}`, nil,
			`BAD_INPUT Expected value of type "String!", found another. (1:20)`},
		{"text for input", `{person(residentId:"1",born:"` + id + `"){name}}`, nil,
			`BAD_INPUT Expected value of type "Range", found another. (1:30)`},
		{"unknown input field", `{person(residentId:"1",born:{form:1}){name}}`, nil,
			`BAD_INPUT Field "form" is not defined by type "Range". Did you mean "from"? (1:30)`},
		{"unknown field", `{persom}`, nil,
			`BAD_INPUT Cannot query field "persom" on type "Query". Did you mean "person"? (1:2)`},
		{"digits as a name", `{n` + id + `}`, nil, `BAD_INPUT Cannot query field "n…" on type "Query". (1:2)`},
		{"stray text", `{person "` + id + `"}`, nil, `BAD_INPUT Expected Name, found String. (1:10)`},
		{"stray number", `{person} ` + id, nil, `BAD_INPUT Unexpected Int. (1:10)`},
		{"bad escape", `{person(residentId:"\q` + id + `"){name}}`, nil,
			`BAD_INPUT Unexpected stray character or broken text. (1:22)`},
		{"stray character", `{person 人}`, nil, `BAD_INPUT Expected Name, found stray character or broken text. (1:9)`},
		{"open text", `{person(residentId:"` + id, nil, `BAD_INPUT Unexpected stray character or broken text. (1:39)`},
		{"no operation", `fragment F on Person {name}`, nil, `BAD_INPUT no operation provided`},
		{"two operations", `query A{__typename} query B{__typename}`, nil,
			`BAD_INPUT the document has several operations: name one as operationName`},
		{"variable missing", `query($i:String!){person(residentId:$i){name}}`, nil,
			`BAD_INPUT variable $i: must be defined (1:7)`},
		{"number variable for text", `query($i:String!){person(residentId:$i){name}}`, map[string]any{"i": 5},
			`BAD_INPUT variable $i: cannot be read as String (1:7)`},
		{"enum variable", `query($k:Kind){person(residentId:"1",kind:$k){name}}`, map[string]any{"k": id},
			`BAD_INPUT variable $k: is not a valid Kind (1:7)`},
		{"nested variable", `query($r:Range){person(residentId:"1",born:$r){name}}`,
			map[string]any{"r": map[string]any{"kinds": []any{"AGENT", id}}},
			`BAD_INPUT variable $r.kinds.1: is not a valid Kind (1:7)`},
		{"unknown key in variable", `query($r:Range){person(residentId:"1",born:$r){name}}`,
			map[string]any{"r": map[string]any{"张三 " + id: 1}}, `BAD_INPUT variable $r.…: unknown field (1:7)`},
		{"text for map variable", `query($r:Range){person(residentId:"1",born:$r){name}}`, map[string]any{"r": id},
			`BAD_INPUT variable $r: must be a Range, not a string (1:7)`},
		{"deep", `{person(residentId:"1"){friend{friend{friend{name}}}}}`, nil,
			`LIMIT_EXCEEDED fields are nested 5 deep, at most 4 are allowed. 字段嵌套 5 层，最多 4 层。 (1:1)`},
		{"wide by fragments",
			`{a:person(residentId:"1"){...F ...F} b:person(residentId:"1"){...F friend{...F}}} fragment F on Person{a:name b:name c:name}`, nil, `LIMIT_EXCEEDED the operation selects more than 12 fields, those of a fragment counted at each of its places. 所选字段超过 12 个（片段按使用处逐一计算）。 (1:1)`},
		{"long", `{` + strings.Repeat("__typename ", 101) + `}`, nil, `LIMIT_EXCEEDED exceeded token limit of 100`},
		{"fragment cycle", `{person(residentId:"1"){...F}} fragment F on Person{...F}`, nil,
			`BAD_INPUT Cannot spread fragment "F" within itself. (1:56)`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := post(t, h, ask(t, tt.query, tt.variables), modern)
			if w.Code != http.StatusBadRequest {
				t.Errorf("status %d", w.Code)
			}
			if strings.Contains(w.Body.String(), id) {
				t.Errorf("a value comes back: %s", w.Body)
			}
			if got := firstError(t, w); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// firstError prints the first error: code, message, place.
func firstError(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	var answer struct {
		Errors []struct {
			Message    string
			Locations  []struct{ Line, Column int }
			Extensions map[string]any
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || len(answer.Errors) == 0 {
		t.Fatalf("no errors (%v): %s", err, w.Body)
	}
	e := answer.Errors[0]
	text := fmt.Sprint(e.Extensions["code"], " ", e.Message)
	if len(e.Locations) > 0 {
		text += fmt.Sprintf(" (%d:%d)", e.Locations[0].Line, e.Locations[0].Column)
	}
	return text
}

// TestPresent holds what becomes of errors of resolvers.
func TestPresent(t *testing.T) {
	tests := []struct {
		name   string
		err    error
		want   map[string]any
		logged string
	}{
		{"input", fault.Input("first", "%d is outside 1..200", 500),
			map[string]any{"message": "first: 500 is outside 1..200",
				"extensions": map[string]any{"code": "BAD_INPUT", "argument": "first"}}, ""},
		{"source", fmt.Errorf("cases: %w", fault.Source(fault.SourceUnavailable, "LEGAL_AID",
			"LEGAL_AID cannot be reached", errors.New("dial "+id))),
			map[string]any{"message": "LEGAL_AID cannot be reached",
				"extensions": map[string]any{"code": "SOURCE_UNAVAILABLE", "system": "LEGAL_AID"}}, ""},
		{"defect", fmt.Errorf("row '张三' of %s", id),
			map[string]any{"message": "internal error; the operators find it under request R",
				"extensions": map[string]any{"code": "INTERNAL", "request": "R"}}, "row '…' of …"},
		{"source's defect", fault.Source(fault.Internal, "LEGAL_AID", "no answer", errors.New("syntax near 'x'")),
			map[string]any{"message": "internal error; the operators find it under request R",
				"extensions": map[string]any{"code": "INTERNAL", "request": "R", "system": "LEGAL_AID"}},
			"syntax near '…'"},
		{"out of time", fmt.Errorf("wait: %w", context.DeadlineExceeded),
			map[string]any{"message": "the answer was not ready within 30s; ask for less",
				"extensions": map[string]any{"code": "SOURCE_TIMEOUT"}}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var log bytes.Buffer
			h := handler(t, Options{Logger: slog.New(slog.NewTextHandler(&log, nil))},
				func(ctx context.Context) []byte {
					graphql.AddError(ctx, tt.err)
					return []byte(`{"person":null}`)
				})
			r := httptest.NewRequest(http.MethodPost, "/graphql",
				strings.NewReader(ask(t, `{person(residentId:"1"){name}}`, nil)))
			r.Header.Set("Content-Type", "application/json")
			trace := &Trace{RequestID: "R"}
			w := send(h, r.WithContext(WithTrace(r.Context(), trace)), modern)
			var answer struct{ Errors []map[string]any }
			if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]map[string]any{tt.want}, answer.Errors); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
			if (tt.logged == "") != (log.Len() == 0) || !strings.Contains(log.String(), tt.logged) ||
				strings.Contains(log.String(), id) {
				t.Errorf("logged %s", log.String())
			}
			if diff := cmp.Diff([]string{fmt.Sprint(tt.want["extensions"].(map[string]any)["code"])},
				trace.Codes); diff != "" {
				t.Errorf("codes of the trace (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPanic(t *testing.T) {
	var log bytes.Buffer
	h := handler(t, Options{Logger: slog.New(slog.NewTextHandler(&log, nil))}, func(context.Context) []byte {
		panic("row of " + id)
	})
	w := post(t, h, ask(t, `{__typename}`, nil))
	if w.Code != http.StatusInternalServerError || !strings.HasPrefix(firstError(t, w),
		"INTERNAL internal error; the operators find it under request ") {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
	if strings.Contains(log.String(), id) || !strings.Contains(log.String(), "TestPanic") {
		t.Errorf("log lacks the stack or holds the id: %s", log.String())
	}
}

func TestEnvelope(t *testing.T) {
	data := []byte(`{"person":{"name":"张<*>","weight":1.50}}`)
	h := handler(t, Options{}, func(ctx context.Context) []byte {
		sources.From(ctx).Statement("LEGAL_AID", "SELECT 1", sources.OK, 2, 3*time.Millisecond)
		return data
	})
	w := post(t, h, ask(t, `{person(residentId:"1"){name}}`, nil))
	want := `{"data":` + string(data) +
		`,"extensions":{"cost":{"actual":12,"estimated":1},"sources":[{"system":"LEGAL_AID","status":"OK","statements":1,"rows":2,"milliseconds":3,"repaired":0,"dropped":0}]}}`
	if diff := cmp.Diff(want, w.Body.String()); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
	if w.Header().Get("X-Cost-Estimated") != "1" || w.Header().Get("X-Cost-Actual") != "12" {
		t.Errorf("headers %v", w.Header())
	}
	h = handler(t, Options{HideSources: true, HideCost: true}, func(ctx context.Context) []byte { return data })
	if got := post(t, h, ask(t, `{person(residentId:"1"){name}}`,
		nil)).Body.String(); got != `{"data":`+string(data)+`}` {
		t.Errorf("with hidden sources and cost: %s", got)
	}
}

func TestClientLeaves(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	h := handler(t, Options{}, func(inner context.Context) []byte {
		leave()
		<-inner.Done() // the execution learns of it
		return []byte(`{}`)
	})
	r := httptest.NewRequest(http.MethodPost, "/graphql",
		strings.NewReader(ask(t, `{__typename}`, nil))).WithContext(ctx)
	r.Header.Set("Content-Type", "application/json")
	if w := send(h, r); w.Code != StatusGone || w.Body.Len() != 0 {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
}

func TestTimeout(t *testing.T) {
	h := handler(t, Options{Limits: Limits{Timeout: time.Nanosecond}, HideSources: true}, nil)
	if got := firstError(t, post(t, h, ask(t, `{__typename}`,
		nil))); got != "SOURCE_TIMEOUT the answer was not ready within 1ns; ask for less" {
		t.Error(got)
	}
}

// TestCoercion holds the wording of arguments that a type of the graph refuses while the
// operation runs, as gqlgen reports them.
// TestAllAtOnce: joined faults, and arguments that do not fit, are errors of their own.
func TestAllAtOnce(t *testing.T) {
	day := func(v any) error {
		if text, ok := v.(string); !ok || len(text) != 10 {
			return errors.New("no day: " + fmt.Sprint(v))
		}
		return nil
	}
	const query = `query%s {p:person(residentId:"1", born: %s){name}}`
	for _, test := range []struct {
		name, declared, born string
		variables            map[string]any
		coercing             bool
		err                  error
		want                 []string
	}{
		{"joined faults", "", "{}", nil, false, fmt.Errorf("list: %w",
			errors.Join(fault.Input("first", "is too large"), errors.Join(nil, fault.Input("after", "is no cursor")))),
			[]string{"BAD_INPUT first: is too large", "BAD_INPUT after: is no cursor"}},
		{"two values in the text", "", `{from: "2023", days: ["2023-01-01", "x"]}`, nil, true,
			errors.New("no day: 2023"),
			[]string{"BAD_INPUT born.from: is no Day: A day, 2023-03-15. 日期。",
				"BAD_INPUT born.days[1]: is no Day: A day, 2023-03-15. 日期。"}},
		{"two values in variables", "($born: Range)", "$born",
			map[string]any{"born": map[string]any{"from": id, "days": "2023"}}, true, errors.New("no day: " + id),
			[]string{"BAD_INPUT born.from: is no Day: A day, 2023-03-15. 日期。",
				"BAD_INPUT born.days: is no Day: A day, 2023-03-15. 日期。"}},
		{"one value", "($from: Day)", `{from: $from}`, map[string]any{"from": id}, true, errors.New("no day: " + id),
			[]string{"BAD_INPUT born.from: is no Day: A day, 2023-03-15. 日期。"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := handler(t, Options{Scalars: map[string]func(any) error{"Day": day}}, func(ctx context.Context) []byte {
				op := graphql.GetOperationContext(ctx)
				field := graphql.CollectFields(op, op.Operation.SelectionSet, nil)[0]
				fc := &graphql.FieldContext{Object: "Query", Field: field}
				if !test.coercing {
					fc.Args = map[string]any{}
				}
				ctx = graphql.WithFieldContext(ctx, fc)
				at := ctx
				if test.coercing {
					at = graphql.WithPathContext(graphql.WithPathContext(at, graphql.NewPathWithField("born")),
						graphql.NewPathWithField("from"))
				}
				graphql.AddError(ctx, graphql.ErrorOnPath(at, test.err))
				return []byte(`{"p":null}`)
			})
			w := post(t, h, ask(t, fmt.Sprintf(query, test.declared, test.born), test.variables))
			var answer struct {
				Errors []struct {
					Message    string
					Path       []any
					Extensions map[string]any
				}
			}
			if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range answer.Errors {
				got = append(got, fmt.Sprint(e.Extensions["code"], " ", e.Message))
				if diff := cmp.Diff([]any{"p"}, e.Path); diff != "" {
					t.Errorf("path (-want +got):\n%s", diff)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" || strings.Contains(w.Body.String(), id) {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
		})
	}
}

// TestVariablesOnly: a value of such a scalar must not stand in the text of an operation.
func TestVariablesOnly(t *testing.T) {
	for _, test := range []struct {
		query     string
		variables map[string]any
		isRefused bool
	}{
		{`{person(residentId:"1", born: {from: "` + id + `"}){name}}`, nil, true},
		{`{person(residentId:"1", born: {days: [null, "` + id + `"]}){name}}`, nil, true},
		{`query($day: Day = "` + id + `") {person(residentId:"1", born: {from: $day}){name}}`, nil, true},
		{`query($born: Range = {from: "` + id + `"}) {person(residentId:"1", born: $born){name}}`, nil, true},
		{`{person(residentId:"1") {friend {...f}}} fragment f on Person {since(day: "` + id + `")}`, nil, true},
		{`{person(residentId:"1", born: {from: null, days: []}){name}}`, nil, false},
		{`query($day: Day) {person(residentId:"1", born: {from: $day}){name}}`, map[string]any{"day": id}, false},
		{`query($born: Range) {person(residentId:"1", born: $born){name}}`,
			map[string]any{"born": map[string]any{"days": []any{id}}}, false},
	} {
		w := post(t, handler(t, Options{VariablesOnly: []string{"Day"}}, nil), ask(t, test.query, test.variables))
		body := w.Body.String()
		if isRefused := strings.Contains(body, `a Day must come in a variable`) &&
			strings.Contains(body, "BAD_INPUT"); isRefused != test.isRefused || strings.Contains(body, id) {
			t.Errorf("%s\n%s", test.query, body)
		}
	}
}

func TestCoercion(t *testing.T) {
	tests := []struct {
		name  string
		steps []string
		err   error
		want  string
	}{
		{"scalar", []string{"born", "from"}, errors.New("no day: " + id),
			"BAD_INPUT born.from: is no Day: A day, 2023-03-15. 日期。 (1:2)"},
		{"enum", []string{"kind"}, errors.New(id + " is not a valid Kind"),
			"BAD_INPUT kind: is no Kind; its values are APPLICANT, AGENT (1:2)"},
		{"built in", []string{"name"}, errors.New(id), "BAD_INPUT name: is no String (1:2)"},
		{"fault", []string{"born"}, fault.Input("born", "one of from and before"),
			"BAD_INPUT born: one of from and before (1:2)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := handler(t, Options{}, func(ctx context.Context) []byte {
				op := graphql.GetOperationContext(ctx)
				field := graphql.CollectFields(op, op.Operation.SelectionSet, nil)[0]
				ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: "Query", Field: field})
				at := ctx
				for _, step := range tt.steps {
					at = graphql.WithPathContext(at, graphql.NewPathWithField(step))
				}
				graphql.AddError(ctx, graphql.ErrorOnPath(at, tt.err))
				return []byte(`{"p":null}`)
			})
			w := post(t, h, ask(t, `{p:person(residentId:"1"){name}}`, nil))
			if got := firstError(t, w); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if !strings.Contains(w.Body.String(), `"path":["p"]`) || strings.Contains(w.Body.String(), id) {
				t.Errorf("path or value: %s", w.Body)
			}
		})
	}
}

func FuzzRequest(f *testing.F) {
	f.Add(`{"query":"{person(residentId:\"1\"){name}}"}`, "*/*")
	f.Add(`{"query":"query($r:Range){person(residentId:\"1\",born:$r){name}}","variables":{"r":{"kinds":[1e400]}}}`,
		"application/json;q=x")
	f.Add(`{"query":"\ud800"}`, "")
	schema := gqlparser.MustLoadSchema(&ast.Source{Name: "test.graphqls", Input: sdl})
	h := New(&fake{schema, func(context.Context) []byte { return []byte(`{}`) }},
		Options{Logger: slog.New(slog.DiscardHandler)})
	f.Fuzz(func(t *testing.T, body, accept string) {
		r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := send(h, r, "Accept: "+accept)
		if w.Code >= 500 || !json.Valid(w.Body.Bytes()) {
			t.Errorf("status %d: %q", w.Code, w.Body)
		}
	})
}
