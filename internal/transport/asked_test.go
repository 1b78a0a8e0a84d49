package transport

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

const asking = `
scalar Number
input Party { number: Number, numbers: [Number!], name: String }
input Filter { party: Party, town: [String!], and: [Filter!], or: [Filter!], not: Filter }
type Query { person(number: Number!): Person list(filter: Filter): [Person!] }
type Person { name(in: [String!]): String list(filter: Filter): [Person!] }
`

// nested is a value so many lists deep.
func nested(depth int) any {
	var v any = map[string]any{}
	for range depth {
		v = map[string]any{"and": []any{v}}
	}
	return v
}

// TestAsked: what stands in variables is weighed like what stands in the text, at each of
// its places; persons are counted wherever a number can stand, and one may be asked for.
func TestAsked(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: asking})
	h := &Handler{schema: schema, options: Options{VariablesOnly: []string{"Number"}}}
	party := func(number string) map[string]any { return map[string]any{"party": map[string]any{"number": number}} }
	many := make([]any, 15_000)
	for i := range many {
		many[i] = map[string]any{"party": map[string]any{"name": fmt.Sprint(i)}}
	}
	towns := make([]any, 100)
	for i := range towns {
		towns[i] = fmt.Sprint(i)
	}
	const one, two, deep, large, scattered = "", "more than one resident number", "nested more than 32 deep",
		"more than 5000 values", "in a list, in or"
	for name, c := range map[string]struct {
		query     string
		variables map[string]any
		want      string
	}{
		"one": {`query($a: Number!) { person(number: $a) { name } }`, map[string]any{"a": "1"},
			one},
		"one, twice":                 {`query($a: Number!) { a: person(number: $a) { name } b: person(number: $a) { name } }`, map[string]any{"a": "1"}, one},
		"two aliases":                {`query($a: Number!, $b: Number!) { a: person(number: $a) { name } b: person(number: $b) { name } }`, map[string]any{"a": "1", "b": "2"}, two},
		"two variables of one value": {`query($a: Number!, $b: Number!) { a: person(number: $a) { name } b: person(number: $b) { name } }`, map[string]any{"a": "1", "b": "1"}, one},
		"person and party":           {`query($a: Number!, $f: Filter) { person(number: $a) { name } list(filter: $f) { name } }`, map[string]any{"a": "1", "f": party("2")}, two},
		"party in a fragment":        {`query($a: Number!, $f: Filter) { person(number: $a) { ...p } } fragment p on Person { list(filter: $f) { name } }`, map[string]any{"a": "1", "f": party("2")}, two},
		"party": {`query($f: Filter) { list(filter: $f) { name } }`,
			map[string]any{"f": party("1")}, one},
		"parties that both hold": {`query($f: Filter) { list(filter: $f) { name } }`,
			map[string]any{"f": map[string]any{"and": []any{party("1"), party("2")}}}, two},
		"party in or": {`query($f: Filter) { list(filter: $f) { name } }`,
			map[string]any{"f": map[string]any{"or": []any{party("1")}}}, scattered},
		"party below or": {`query($f: Filter) { list(filter: $f) { name } }`,
			map[string]any{"f": map[string]any{"or": []any{map[string]any{"and": []any{party("1")}}}}}, scattered},
		"party in not": {`query($f: Filter) { list(filter: $f) { name } }`,
			map[string]any{"f": map[string]any{"not": party("1")}}, scattered},
		"variable in a written or": {`query($a: Number) { list(filter: {or: [{party: {number: $a}}]}) { name } }`,
			map[string]any{"a": "1"}, scattered},
		"variable in a written and": {`query($a: Number) { list(filter: {and: [{party: {number: $a}}]}) { name } }`,
			map[string]any{"a": "1"}, one},
		"list of numbers": {`query($f: Filter) { list(filter: $f) { name } }`,
			map[string]any{"f": map[string]any{"party": map[string]any{"numbers": []any{"1"}}}}, scattered},
		"null": {`query($a: Number) { list(filter: {or: [{party: {number: $a}}]}) { name } }`,
			map[string]any{"a": nil}, one},
		"many conditions": {`query($f: Filter) { list(filter: $f) { name } }`,
			map[string]any{"f": map[string]any{"or": many}}, large},
		"a list at one place": {`query($t: [String!]) { list(filter: {town: $t}) { name } }`,
			map[string]any{"t": towns}, one},
		"a list at many places": {`query($t: [String!]) { ` +
			strings.Repeat("list(filter: {town: $t}) { name } ", 51) + `}`, map[string]any{"t": towns}, large},
		"deep": {`query($f: Filter) { list(filter: $f) { name } }`,
			map[string]any{"f": nested(20)}, deep},
		"not so deep": {`query($f: Filter) { list(filter: $f) { name } }`,
			map[string]any{"f": nested(8)}, one},
	} {
		t.Run(name, func(t *testing.T) {
			document, errs := gqlparser.LoadQueryWithRules(schema, c.query, nil)
			if errs != nil {
				t.Fatal(errs)
			}
			got := ""
			a := h.askedBy(&graphql.OperationContext{Operation: document.Operations[0], Variables: c.variables}, 5000)
			if wrong := a.refusal(Limits{}.WithDefaults()); wrong != nil {
				got = wrong.Message
			}
			if !strings.Contains(got, c.want) || c.want == "" && got != "" {
				t.Errorf("refused with %q, want %q", got, c.want)
			}
		})
	}
}

// TestPersons: a client asks for so many persons within an hour, each again at no cost,
// and others are not touched by that; what is remembered of clients is bounded.
func TestPersons(t *testing.T) {
	p := newPersons()
	now := time.Now()
	p.now = func() time.Time { return now }
	waits := func(name, number string) time.Duration {
		wait, _, _ := p.ask(name, number, 30, 0)
		return wait
	}
	for i := range 30 {
		if wait := waits("a", fmt.Sprint(i)); wait != 0 {
			t.Fatalf("person %d must wait %s", i, wait)
		}
		now = now.Add(time.Second)
	}
	if wait := waits("a", "30"); wait != time.Hour-30*time.Second {
		t.Errorf("the 31st waits %s", wait)
	}
	if wait := waits("a", "7"); wait != 0 {
		t.Errorf("a person who was asked for must wait %s", wait)
	}
	if wait := waits("b", "30"); wait != 0 {
		t.Errorf("another client must wait %s", wait)
	}
	now = now.Add(time.Hour - 30*time.Second)
	if wait := waits("a", "30"); wait != 0 {
		t.Errorf("after an hour it waits %s", wait)
	}
	if wait := waits("a", "31"); wait != time.Second {
		t.Errorf("the next waits %s", wait)
	}
	for i := range mostClients + 10 {
		waits(fmt.Sprint("client ", i), "1")
	}
	if n := p.clients.Len(); n != mostClients {
		t.Errorf("%d clients are remembered", n)
	}
	free := newPersons()
	if wait, _, _ := free.ask("a", "1", -1, 0); wait != 0 || free.clients.Len() != 0 {
		t.Error("without a limit clients are counted")
	}
}

// TestPersonsOfADay: beside the hour the day has a bound.
func TestPersonsOfADay(t *testing.T) {
	p := newPersons()
	now := time.Now()
	p.now = func() time.Time { return now }
	for i := range 5 {
		if wait, _, _ := p.ask("a", fmt.Sprint(i), 2, 5); wait != 0 {
			t.Fatalf("person %d must wait %s", i, wait)
		}
		now = now.Add(time.Hour)
	}
	if wait, most, within := p.ask("a", "5", 2, 5); wait != 19*time.Hour || most != 5 || within != day {
		t.Errorf("the sixth of a day waits %s for %d within %s", wait, most, within)
	}
	now = now.Add(19 * time.Hour)
	if wait, _, _ := p.ask("a", "5", 2, 5); wait != 0 {
		t.Errorf("after a day it waits %s", wait)
	}
}

// TestPersonsOfARequest: who asked for too many is told when to come again.
func TestPersonsOfARequest(t *testing.T) {
	h := handler(t, Options{Limits: Limits{Persons: 2}, VariablesOnly: []string{"String"}}, nil)
	status := func(number string) (int, string) {
		w := post(t, h, ask(t, `query($id: String!) { person(residentId: $id) { name } }`,
			map[string]any{"id": number}), modern)
		return w.Code, w.Header().Get("Retry-After")
	}
	for _, number := range []string{"1", "2", "1"} {
		if code, _ := status(number); code != http.StatusOK {
			t.Fatalf("%s: status %d", number, code)
		}
	}
	if code, after := status("3"); code != http.StatusTooManyRequests || after != "3600" {
		t.Errorf("status %d, Retry-After %q", code, after)
	}
}
