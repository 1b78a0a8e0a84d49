package transport

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/internal/cost"
)

const listed = `query Person($id: String!) { person(residentId: $id) { name } }`

func sum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func TestReadPersisted(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Name: "test.graphqls", Input: sdl})
	const form = `a manifest is a JSON object of documents by id, as in {"3f2a…": "query Towns { towns { code } }"}`
	tests := []struct {
		name, file, want string
	}{
		{"own ids", `{"person": "` + listed + `"}`, ""},
		{"hash", `{"` + sum(listed) + `": "` + listed + `"}`, ""},
		{"hash with its prefix", `{"sha256:` + sum(listed) + `": "` + listed + `"}`, ""},
		{"hash of another text", `{"` + sum("") + `": "` + listed + `"}`,
			"m.json:1: document e3b0c44298fc: the id is not the SHA-256 of the text: generate the manifest once more"},
		{"nothing", ``, "m.json:1: " + form},
		{"a list", `["` + listed + `"]`, "m.json:1: " + form},
		{"cut off", "{\n\"person\": \"" + listed + `"`, "m.json:2: " + form},
		{"no id", `{"": "{__typename}"}`, "m.json:1: " + form},
		{"Apollo's form", "{\"format\": \"apollo-persisted-query-manifest\",\n\"version\": 1}", "m.json:2: " + form},
		{"text behind it", `{"a": "{__typename}"} {}`, "m.json:1: " + form},
		{"empty", `{}`, "m.json:1: the manifest holds no document: leave persistedDocuments out"},
		{"a value that must come in a variable", `{"a": "{ person(residentId: \"1\", born: {from: \"2\"}) { name } }"}`,
			"m.json:1: document a: a Day must come in a variable: the text of a query is logged and shared. 该值只能通过变量传入。"},
		{"all at once", `{
			"a": "{ person(residentId: \"1\") }",
			"b": "{",
			"a": "{ nobody }",
			"c": "{ person(residentId: \"1\") { friend { friend { friend { friend { name } } } } } }"
		}`, `m.json:2: document a: Field "person" of type "Person" must have a selection of subfields. Did you mean "person { ... }"?` +
			"\nm.json:3: document b: Expected Name, found <EOF>" +
			"\nm.json:4: document a: the id stands twice" +
			"\n" + `m.json:4: document a: Cannot query field "nobody" on type "Query".` +
			"\nm.json:5: document c: fields are nested 6 deep, at most 5 are allowed. 字段嵌套 6 层，最多 5 层。"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			limits := Limits{Operation: cost.Limits{Depth: 5}}
			_, err := ReadPersisted("m.json", []byte(tt.file), schema, limits, []string{"Day"})
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// persisting serves the fake schema with a manifest of two documents.
func persisting(t *testing.T, only bool) http.Handler {
	t.Helper()
	schema := gqlparser.MustLoadSchema(&ast.Source{Name: "test.graphqls", Input: sdl})
	manifest, err := json.Marshal(map[string]string{sum(listed): listed, "forget": "mutation { forget }"})
	if err != nil {
		t.Fatal(err)
	}
	p, err := ReadPersisted("m.json", manifest, schema, Limits{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	p.Only = only
	return handler(t, Options{Persisted: p}, nil)
}

func TestPersisted(t *testing.T) {
	const (
		unknown   = "BAD_INPUT documentId names no document of this gateway's manifest: have it put there, or send the document as query"
		forbidden = "FORBIDDEN this gateway runs the documents of its manifest only: have this one put there"
		variables = `,"variables":{"id":"1"}}`
		mismatch  = "BAD_INPUT persistedQuery.sha256Hash is not the SHA-256 of query, in small hexadecimal digits"
		free      = `{"query":"{ __typename }"}`
	)
	open, only, none := persisting(t, false), persisting(t, true), handler(t, Options{}, nil)
	tests := []struct {
		name   string
		h      http.Handler
		body   string
		status int
		fault  string
	}{
		{"by documentId", open, `{"documentId":"sha256:` + sum(listed) + `"` + variables, 200, ""},
		{"without the prefix", open, `{"documentId":"` + sum(listed) + `"` + variables, 200, ""},
		{"by Apollo's extension", open, `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + sum(listed) +
			`"}}` + variables, 200, ""},
		{"variables are still checked", open, `{"documentId":"` + sum(listed) + `"}`, 400,
			"BAD_INPUT variable $id: must be defined (1:14)"},
		{"unknown", open, `{"documentId":"sha256:` + sum("") + `"}`, 400, unknown},
		{"unknown, though only these are run", only, `{"documentId":"x"}`, 400, unknown},
		{"unknown to Apollo", open, `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}`, 400,
			"BAD_INPUT persistedQuery.sha256Hash names no document of this gateway's manifest: have it put there, or send the document as query"},
		{"a number", open, `{"documentId":1}`, 400, "BAD_INPUT documentId must be text"},
		{"null, and no query", open, `{"documentId":null}`, 400,
			"BAD_INPUT query is missing: send the GraphQL document as query"},
		{"null beside a query", open, `{"query":"{ __typename }","documentId":null}`, 200, ""},
		{"beside a query", open, `{"documentId":"x","query":"{ __typename }"}`, 400,
			"BAD_INPUT send the document as query or name it by documentId, not both"},
		{"Apollo's hash beside a query", open,
			`{"query":"{ __typename }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"` +
				sum("{ __typename }") + `"}}}`, 200, ""},
		{"another's hash beside a query", open,
			`{"query":"{ __typename }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + sum(listed) +
				`"}}}`, 400, mismatch},
		{"no hash beside a query", none,
			`{"query":"{ __typename }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}`, 400, mismatch},
		{"another document", open, free, 200, ""},
		{"another document is refused", only, free, 403, forbidden},
		{"so it is with a listed hash beside it", only,
			`{"query":"{ __typename }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + sum(listed) +
				`"}}}`, 403, forbidden},
		{"a listed one sent as text", only, `{"query":"` + listed + `"` + variables, 200, ""},
		{"a listed one named", only, `{"documentId":"` + sum(listed) + `"` + variables, 200, ""},
		{"without a manifest", none, `{"documentId":"x"}`, 400,
			"BAD_INPUT this gateway has no persisted documents: send the document as query"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := post(t, tt.h, tt.body, modern)
			if w.Code != tt.status {
				t.Errorf("status %d, want %d: %s", w.Code, tt.status, w.Body)
			}
			if tt.fault == "" {
				return
			}
			if got := firstError(t, w); got != tt.fault {
				t.Errorf("fault %q, want %q", got, tt.fault)
			}
		})
	}
}

func TestPersistedByGET(t *testing.T) {
	h := persisting(t, true)
	for id, want := range map[string]int{"sha256:" + sum(listed): 200, "forget": 405, "x": 400} {
		query := url.Values{"documentId": {id}, "variables": {`{"id":"1"}`}}
		w := send(h, httptest.NewRequest(http.MethodGet, "/graphql?"+query.Encode(), nil), modern)
		if w.Code != want {
			t.Errorf("%s: status %d, want %d: %s", id, w.Code, want, w.Body)
		}
	}
}

// apollo is a request by Apollo's protocol, with the text or without.
func apollo(text, hash string) string {
	query := ""
	if text != "" {
		query = `"query":"` + text + `",`
	}
	return `{` + query + `"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + hash + `"}}}`
}

// TestAutomatic: a document that was sent with its hash is known by it, until others have been named since;
// one that is not valid, or comes with another's hash, is not kept.
func TestAutomatic(t *testing.T) {
	h := handler(t, Options{Persisted: Persisted{Automatic: NewAutomatic(2)}}, nil)
	status := func(text, hash string) int {
		t.Helper()
		w := post(t, h, apollo(text, hash), modern)
		if w.Code != http.StatusOK && text == "" && firstError(t, w) != "PERSISTED_QUERY_NOT_FOUND PersistedQueryNotFound" {
			t.Errorf("%s", w.Body)
		}
		return w.Code
	}
	texts := []string{"{ a: __typename }", "{ b: __typename }", "{ c: __typename }"}
	if status("", sum(texts[0])) != 400 || status(texts[0], sum(texts[1])) != 400 || status("", sum(texts[1])) != 400 {
		t.Error("a document is known that was not sent, or that came with another's hash")
	}
	for _, text := range texts[:2] {
		if status(text, sum(text)) != 200 || status("", sum(text)) != 200 {
			t.Errorf("%s is not kept", text)
		}
	}
	if status("", sum(texts[0])) != 200 || status(texts[2], sum(texts[2])) != 200 || status("", sum(texts[1])) != 400 ||
		status("", sum(texts[0])) != 200 {
		t.Error("not the one was forgotten that was named before the others")
	}
	if bad := "{ nobody }"; status(bad, sum(bad)) != 400 || status("", sum(bad)) != 400 {
		t.Error("a document is kept that is not valid")
	}
	if plain := "{ d: __typename }"; post(t, h, ask(t, plain, nil)).Code != 200 || status("", sum(plain)) != 400 {
		t.Error("a document is kept that was sent without its hash")
	}
	if w := post(t, h, apollo("", sum("{x}")), "Accept: application/json"); w.Code != http.StatusOK {
		t.Errorf("a client of old is told with %d", w.Code)
	}
}

// TestUnlisted: what is not in the manifest and valid is told before it runs, each time; what is listed or
// refused is not.
func TestUnlisted(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Name: "test.graphqls", Input: sdl})
	p, err := ReadPersisted("m.json", []byte(`{"a": "{ __typename }"}`), schema, Limits{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	p.Unlisted = func(_ context.Context, hash, operation, text string) {
		if hash != sum(text) {
			t.Errorf("%s is not the hash of %s", hash, text)
		}
		told = append(told, operation+": "+text)
	}
	h := handler(t, Options{Persisted: p}, nil)
	for _, query := range []string{"{ __typename }", "query Q { __typename }", "{ nobody }", "{"} {
		post(t, h, ask(t, query, nil))
	}
	if diff := cmp.Diff([]string{"Q: query Q { __typename }"}, told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}
