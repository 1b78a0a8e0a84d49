package transport

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

func times(n int, part func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(part(i))
	}
	return b.String()
}

// attacks are requests that ask for too much, one way each: bodies as they are sent.
func attacks(t testing.TB) map[string]string {
	body := func(query string, variables any) string {
		text, err := json.Marshal(map[string]any{"query": query, "variables": variables})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	numbers := make([]any, 10_000)
	for i := range numbers {
		numbers[i] = i
	}
	deep := any(1)
	for range 500 {
		deep = map[string]any{"inner": deep}
	}
	bomb := times(100, func(i int) string {
		return fmt.Sprintf(" fragment F%d on Person {friend{...F%d} again:friend{...F%[2]d}}", i+1, i)
	}) + " fragment F0 on Person {name}"
	return map[string]string{
		"deep": body("{person(residentId:\"1\")"+strings.Repeat("{friend", 1500)+
			"{name}"+strings.Repeat("}", 1501), nil),
		"deep, broken": body(strings.Repeat("{a", 4000), nil),
		"wide":         body("{person(residentId:\"1\"){"+strings.Repeat("name ", 4000)+"}}", nil),
		"aliases": body("{"+times(400, func(i int) string {
			return fmt.Sprintf(` a%d:person(residentId:"1"){name}`, i)
		})+"}", nil),
		"root fields":   body("{"+strings.Repeat("__typename ", 1000)+"}", nil),
		"fragment bomb": body("{person(residentId:\"1\"){...F100}}"+bomb, nil),
		"fragment cycle": body("{person(residentId:\"1\"){...A}}"+
			" fragment A on Person{friend{...B}} fragment B on Person{friend{...A}}", nil),
		"fragments": body("{__typename}"+times(1000, func(i int) string {
			return fmt.Sprintf(" fragment F%d on Person{name}", i)
		}), nil),
		"directives":     body("{__typename"+strings.Repeat(" @skip(if:false)", 900)+"}", nil),
		"unknown fields": body("{"+times(1900, func(i int) string { return fmt.Sprintf(" nobody%d", i) })+"}", nil),
		"unknown below": body("{person(residentId:\"1\"){"+times(1900, func(i int) string {
			return fmt.Sprintf(" nom%d", i)
		})+"}}", nil),
		"long name":      body("{"+strings.Repeat("n", 30_000)+"}", nil),
		"long alias":     body("{"+strings.Repeat("n", 30_000)+":__typename}", nil),
		"long operation": `{"query":"{__typename}","operationName":"` + strings.Repeat("n", 30_000) + `"}`,
		"long value":     body("{person(residentId:\"1\",kind:"+strings.Repeat("K", 900_000)+"){name}}", nil),
		"long variable": body("query($k:Kind){person(residentId:\"1\",kind:$k){name}}",
			map[string]any{"k": strings.Repeat("张", 300_000)}),
		"unknown keys": body("query($r:Range){person(residentId:\"1\",born:$r){name}}",
			map[string]any{"r": map[string]any{strings.Repeat("k", 900_000): 1}}),
		"huge list": body("query($n:Numbers){people(in:$n){name}}",
			map[string]any{"n": map[string]any{"list": numbers}}),
		"list in the text": body("{people(in:{list:["+strings.Repeat("1 ", 4_990)+"]}){name}}", nil),
		"list at 100": body("query($n:Numbers){"+times(100, func(i int) string {
			return fmt.Sprintf(" a%d:people(in:$n){name}", i)
		})+"}", map[string]any{"n": map[string]any{"list": numbers[:1000]}}),
		"deep variable": body("query($n:Numbers){people(in:$n){name}}", map[string]any{"n": deep}),
		"comments":      body("#"+strings.Repeat("x", 900_000)+"\n{nobody}", nil),
		"batch":         "[" + strings.Repeat(`{"query":"{__typename}"},`, 9_999) + `{"query":"{__typename}"}]`,
		"large":         `{"query":"` + strings.Repeat(" ", 1<<20) + `{__typename}"}`,
		"deep JSON": `{"query":"{__typename}","variables":` + strings.Repeat(`{"a":`, 20_000) + "1" +
			strings.Repeat("}", 20_000) + "}",
		"lonely surrogates": `{"query":"{person(residentId:\"` + strings.Repeat(`\\uD842`, 20_000) + `\"){name}}"}`,
		"right to left":     body("{person(residentId:\"1\"){\u202e\u2066"+strings.Repeat("\u0301", 10_000)+"}}", nil),
		"overlapping": body("{"+strings.Repeat(`person(residentId:"1"){friend{name} friend{born}} `, 45)+
			`person(residentId:"2"){name}}`, nil),
		"the schema, often": body("{"+times(40, func(i int) string {
			return fmt.Sprintf(" a%d:__schema{types{fields{args{type{ofType{name}}}}}}", i)
		})+"}", nil),
	}
}

// TestAttacks: whatever asks for too much is refused before anything runs, in a short answer with a
// code, and nothing of it is repeated at length.
func TestAttacks(t *testing.T) {
	ran := false
	h := handler(t, Options{}, func(context.Context) []byte {
		ran = true
		return []byte(`{}`)
	})
	for name, body := range attacks(t) {
		t.Run(name, func(t *testing.T) {
			ran = false
			w := post(t, h, body, modern)
			var answer struct {
				Errors []struct {
					Message    string
					Extensions struct{ Code string }
				}
			}
			if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
				t.Fatal(err)
			}
			if ran || w.Code < 400 || w.Code >= 500 || len(answer.Errors) == 0 {
				t.Fatalf("it ran (%v), or %d: %.300s", ran, w.Code, w.Body)
			}
			if len(answer.Errors) > mostErrors+1 || w.Body.Len() > 8_000 {
				t.Errorf("%d errors in %d bytes", len(answer.Errors), w.Body.Len())
			}
			for _, e := range answer.Errors {
				if e.Extensions.Code != "LIMIT_EXCEEDED" && e.Extensions.Code != "BAD_INPUT" || len(e.Message) > 1000 {
					t.Errorf("%s %.400s", e.Extensions.Code, e.Message)
				}
			}
		})
	}
}

// FuzzAttacks: whatever the body, the answer is JSON with a status of a request, and short.
func FuzzAttacks(f *testing.F) {
	for _, body := range attacks(f) {
		if len(body) < 20_000 {
			f.Add([]byte(body))
		}
	}
	f.Add([]byte(`{"query":"query($k:[Kind!]){people(kinds:$k){a:name}}","variables":{"k":["AGENT"]}}`))
	h := handler(&testing.T{}, Options{}, func(context.Context) []byte { return []byte(`{}`) })
	f.Fuzz(func(t *testing.T, body []byte) {
		w := post(t, h, string(body))
		if !json.Valid(w.Body.Bytes()) || w.Code >= 500 || w.Body.Len() > 20_000 {
			t.Fatalf("%d, %d bytes: %.300s", w.Code, w.Body.Len(), w.Body)
		}
	})
}

// TestBounded: errors that a client caused are told up to 20, failures up to 1,000, and how many more
// there were; long quotes are cut and said to be.
func TestBounded(t *testing.T) {
	list := func(code fault.Code, n int) (errs gqlerror.List) {
		for range n {
			errs = append(errs, &gqlerror.Error{Message: `"` + strings.Repeat("长", 65) + `" is no town`,
				Extensions: map[string]any{"code": code}})
		}
		return errs
	}
	for _, tt := range []struct {
		code    fault.Code
		n, want int
	}{
		{fault.BadInput, 20, 20}, {fault.BadInput, 21, 21}, {fault.BadInput, 500, 21},
		{fault.SourceTimeout, 1000, 1000}, {fault.SourceTimeout, 5000, 1001},
	} {
		got := bounded(list(tt.code, tt.n))
		if len(got) != tt.want {
			t.Errorf("%d of %s become %d", tt.n, tt.code, len(got))
		}
		if want := `"` + strings.Repeat("长", 32) + `… (cut)" is no town`; got[0].Message != want {
			t.Errorf("%s, want %s", got[0].Message, want)
		}
		if last := got[len(got)-1]; tt.want < tt.n && last.Extensions["more"] != tt.n-tt.want+1 {
			t.Errorf("%d of %s: the last says %v", tt.n, tt.code, last)
		}
	}
	if got := short(`"` + strings.Repeat("x", 64) + `"`); strings.Contains(got, "cut") {
		t.Errorf("64 characters are cut: %s", got)
	}
	if got := short(strings.Repeat("长 ", 1<<19)); len([]rune(got)) > longestTold+10 ||
		!strings.HasSuffix(got, "(cut)") {
		t.Errorf("%d characters", len([]rune(got)))
	}
}

// TestHints: who has not said who they are is told of no name that is near, where callers are asked;
// and who must not see the schema neither sees nor guesses it.
func TestHints(t *testing.T) {
	const wrong, near = `{persom person(residentID:"1",kind:APPLICAN){name} ...on Persn{name}}`, "Did you mean"
	const schema = `{__schema{types{name}}}`
	somebody := access.WithPrincipal(t.Context(), &access.Principal{Subject: "1", Via: access.Key})
	for _, tt := range []struct {
		options       Options
		ctx           context.Context
		hints, schema bool
	}{
		{Options{}, t.Context(), true, true},
		{Options{Asked: true}, t.Context(), false, true},
		{Options{Asked: true}, somebody, true, true},
		{Options{Introspection: ForSignedIn}, t.Context(), false, false},
		{Options{Introspection: ForSignedIn}, somebody, true, true},
		{Options{Introspection: ForNobody}, somebody, false, false},
	} {
		h := handler(t, tt.options, func(context.Context) []byte { return []byte(`{}`) })
		ask := func(query string) string {
			response, release := h.Run(tt.ctx, &graphql.RawParams{Query: query})
			defer release()
			text, err := json.Marshal(response)
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		if got := ask(wrong); strings.Contains(got, near) != tt.hints || !strings.Contains(got, "persom") {
			t.Errorf("%+v: %s", tt.options, got)
		}
		for _, query := range []string{schema, `{...{...F}} fragment F on Query{__type(name:"Person"){name}}`} {
			if got := ask(query); strings.Contains(got, "FORBIDDEN") == tt.schema {
				t.Errorf("%+v: %s", tt.options, got)
			}
		}
		if got := ask(`{__typename}`); strings.Contains(got, "errors") {
			t.Errorf("%+v: %s", tt.options, got)
		}
	}
}

// TestTurn: a client has its burst, then a request every so often; others are not held back.
func TestTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := handler(t, Options{Limits: Limits{Rate: Rate{PerSecond: 2, Burst: 3}}}, nil)
		one, other := WithClient(t.Context(), "one"), WithClient(t.Context(), "other")
		for range 3 {
			if h.Turn(one) != nil {
				t.Fatal("the burst is refused")
			}
		}
		for range 5 { // none of which counts
			refused := h.Turn(one)
			if refused == nil || refused.Status != http.StatusTooManyRequests || refused.Wait != time.Second/2 ||
				refused.Code != fault.LimitExceeded {
				t.Fatalf("after the burst: %+v", refused)
			}
		}
		if h.Turn(other) != nil {
			t.Error("another client is held back")
		}
		time.Sleep(time.Second / 2)
		if h.Turn(one) != nil {
			t.Error("half a second later it has no turn")
		}
		if h.Turn(one) == nil {
			t.Error("it has two turns")
		}
		for i := range mostClients + 10 {
			h.Turn(WithClient(t.Context(), fmt.Sprint(i)))
		}
		if n := h.turns.clients.Len(); n > mostClients {
			t.Errorf("%d clients are remembered", n)
		}
		without := handler(t, Options{}, nil)
		for range 1000 {
			if without.Turn(one) != nil {
				t.Fatal("refused without a rate")
			}
		}
	})
}
