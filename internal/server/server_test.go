package server

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/engine"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/library"
	"github.com/bureaugraph/bureaugraph/playground"
)

// lines is a log that can be read while it is written.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// start serves a configuration on a free port.
func start(t *testing.T, c config.Config) (*Server, *lines) {
	t.Helper()
	c.Listen = "127.0.0.1:0"
	for _, timeout := range []*time.Duration{&c.Limits.Timeout, &c.Reports.Timeout} {
		if *timeout == 0 {
			*timeout = demotest.Patience
		}
	}
	log := &lines{}
	s, err := New(c, slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	return s, log
}

// at is a source on a MySQL server.
func at(address, database string) config.Source {
	cfg := mysql.NewConfig()
	cfg.Net, cfg.Addr, cfg.User, cfg.DBName = "tcp", address, engine.ReadOnlyUser, database
	return config.Source{MySQL: cfg, Timeout: demotest.Patience}
}

// closedPort is an address where nobody listens.
func closedPort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// get fetches a path; the body's end is the answer's.
func get(t *testing.T, url string) (status int, header http.Header, body string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, response.Header, string(data)
}

// ask sends a query and gives data and the errors' codes with their systems.
func ask(t *testing.T, s *Server, query string) (data any, faults []string) {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Post(s.URL()+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct {
		Data   any
		Errors []struct {
			Message    string
			Extensions struct{ Code, System string }
		}
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	for _, e := range answer.Errors {
		faults = append(faults, strings.TrimSpace(e.Extensions.Code+" "+e.Extensions.System))
	}
	return answer.Data, faults
}

func TestRoutes(t *testing.T) {
	s, _ := start(t, config.Config{Private: "127.0.0.1:0"})
	tests := []struct {
		path   string
		status int
		kind   string
		has    string
	}{
		{"/", 200, "text/html; charset=utf-8", "查询台"},
		{asset(t, ".css"), 200, "text/css; charset=utf-8", "{"},
		{asset(t, ".js"), 200, "text/javascript; charset=utf-8", "import"},
		{asset(t, ".ttf"), 200, "font/ttf", ""},
		{"/playground/assets/nothing.js", 404, "text/plain; charset=utf-8", ""},
		{"/playground/queries", 200, "application/json; charset=utf-8", "newest-legal-aid-cases"},
		{"/schema.graphql", 200, "text/plain; charset=utf-8", "type LegalAidCase implements Node & Record"},
		{"/healthz", 200, "text/plain; charset=utf-8", "ok"},
		{"/readyz", 503, "application/json; charset=utf-8", `{"ready":false,"stopping":false,"systems":null}`},
		{"/graphql", 400, "application/json; charset=utf-8", "query is missing"},
		{"/nowhere", 404, "text/plain; charset=utf-8", ""},
		{"/metrics", 404, "text/plain; charset=utf-8", ""},
		{"/debug/pprof/", 404, "text/plain; charset=utf-8", ""},
		{"/debug/pprof/profile", 404, "text/plain; charset=utf-8", ""},
		{"/debug/pprof/cmdline", 404, "text/plain; charset=utf-8", ""},
		{"/debug/vars", 404, "text/plain; charset=utf-8", ""},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			status, header, body := get(t, s.URL()+tt.path)
			if status != tt.status || header.Get("Content-Type") != tt.kind || !strings.Contains(body, tt.has) {
				t.Errorf("status %d, type %q: %.300s", status, header.Get("Content-Type"), body)
			}
		})
	}
	if _, header, _ := get(t, s.URL()+"/"); !strings.HasPrefix(header.Get("Content-Security-Policy"),
		"default-src 'self'") {
		t.Errorf("policy %q", header.Get("Content-Security-Policy"))
	}
	for scrape(t, s)["bureaugraph_requests_running"] > 0 { // an answer may arrive before it is counted
	}
	status, _, body := get(t, s.PrivateURL()+"/metrics")
	if status != 200 || !strings.Contains(body, `bureaugraph_requests_total{status="404"} 7`) ||
		!strings.Contains(body, `bureaugraph_answers_with_error_total{code="BAD_INPUT"} 1`) {
		t.Errorf("metrics: status %d:\n%s", status, body)
	}
	if status, _, _ := get(t, s.PrivateURL()+"/debug/pprof/goroutine?debug=1"); status != 200 {
		t.Errorf("pprof: status %d", status)
	}
}

func TestSchemaTextIsASchema(t *testing.T) {
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: SchemaText()})
	if err != nil {
		t.Fatal(err)
	}
	if schema.Types["LegalAidCase"].Description == "" {
		t.Error("descriptions are lost")
	}
}

// asset is the address of one built file of the page.
func asset(t *testing.T, extension string) string {
	t.Helper()
	found, err := fs.Glob(playground.Files(), "playground/assets/*"+extension+".gz")
	if err != nil || len(found) == 0 {
		t.Fatalf("no %s in the bundle: %v", extension, err)
	}
	return "/" + strings.TrimSuffix(found[0], ".gz")
}

// TestLibrary validates the shipped operations against the graph, and that each says in
// both languages what it is.
func TestLibrary(t *testing.T) {
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: SchemaText()})
	if err != nil {
		t.Fatal(err)
	}
	operations, err := library.Read(playground.Queries())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range operations {
		t.Run(o.Name, func(t *testing.T) {
			if _, err := gqlparser.LoadQueryWithRules(schema, o.Query, nil); err != nil {
				t.Error(err)
			}
			if o.English == o.Title || o.Description == "" || len(o.Tags) == 0 || o.Owner == "" {
				t.Errorf("english, description, tags or owner is missing: %+v", o)
			}
		})
	}
}

// put saves an operation and gives the status and the answer's text.
func put(t *testing.T, url, body string, header ...string) (status int, text string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, strings.TrimSpace(string(data))
}

func TestSaving(t *testing.T) {
	const operation = `{"title":"镇街","query":"{ towns { name } }"}`
	off, _ := start(t, config.Config{Library: config.Library{Directory: t.TempDir()}})
	if status, text := put(t, off.URL()+"/playground/queries/towns", operation); status != 403 ||
		text != "saving is switched off here" {
		t.Errorf("switched off: %d %s", status, text)
	}
	dir := t.TempDir()
	s, _ := start(t, config.Config{Library: config.Library{Directory: dir, Save: true}})
	tests := []struct {
		name, path, body string
		header           []string
		status           int
	}{
		{"saved", "/playground/queries/towns", operation, nil, 204},
		{"from the page", "/playground/queries/mine", operation, []string{"Sec-Fetch-Site", "same-origin"}, 204},
		{"from another site", "/playground/queries/theirs", operation, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"as text", "/playground/queries/theirs", operation, []string{"Content-Type", "text/plain"}, 415},
		{"no JSON", "/playground/queries/theirs", "{", nil, 400},
		{"no title", "/playground/queries/theirs", `{"query":"{ towns { name } }"}`, nil, 400},
		{"another directory", "/playground/queries/..%2Ftheirs", operation, nil, 400},
		{"a person", "/playground/queries/theirs",
			`{"title":"x","query":"{ node(id: \"330199199001010012\") { id } }"}`, nil, 400},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if status, text := put(t, s.URL()+tt.path, tt.body, tt.header...); status != tt.status {
				t.Errorf("%d %s", status, text)
			}
		})
	}
	files, err := fs.Glob(os.DirFS(dir), "*")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"mine.graphql", "towns.graphql"}, files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if _, _, body := get(t, s.URL()+"/playground/queries"); !strings.HasPrefix(body, `{"saving":true,`) ||
		!strings.Contains(body, `"name":"mine"`) {
		t.Errorf("list: %.200s", body)
	}
}

// TestDegraded starts with one system that answers and one that does not yet: the first
// is served at once, the second as soon as its server is up.
func TestDegraded(t *testing.T) {
	w := demotest.World(t, 0.01)
	databases := map[model.System]string{}
	systems := demo.Systems(w)
	for _, system := range systems {
		databases[system.System] = system.Database.Name
	}
	first, err := engine.Start(t.Context(), "127.0.0.1:0", demo.Databases(systems))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = first.Close() })
	late := closedPort(t)
	s, log := start(t, config.Config{Sources: map[model.System]config.Source{
		model.SystemLegalAid:  at(first.Addr(), databases[model.SystemLegalAid]),
		model.SystemPublicity: at(late, databases[model.SystemPublicity]),
	}})
	s.now.Load().look(t.Context())
	if !strings.Contains(log.String(),
		`"msg":"system does not answer; its fields are null until it does","system":"PUBLICITY","state":"SOURCE_UNAVAILABLE"`) ||
		!strings.Contains(log.String(), `"msg":"system answers","system":"LEGAL_AID"`) {
		t.Errorf("log:\n%s", log)
	}
	type ready struct {
		Ready   bool
		Systems []struct{ System, State string }
	}
	readyz := func() (int, ready) {
		status, _, body := get(t, s.URL()+"/readyz")
		var r ready
		if err := json.Unmarshal([]byte(body), &r); err != nil {
			t.Fatal(err)
		}
		return status, r
	}
	status, got := readyz()
	want := ready{true, []struct{ System, State string }{{"LEGAL_AID", "OK"}, {"PUBLICITY", "SOURCE_UNAVAILABLE"}}}
	if diff := cmp.Diff(want, got); status != 200 || diff != "" {
		t.Errorf("status %d (-want +got):\n%s", status, diff)
	}

	const query = `query Both { legalAidCases(first: 1) { nodes { system } } publicityEvents(first: 1) { nodes { system } } notarialMatters(first: 1) { nodes { system } } }`
	one := func(system string) any { return map[string]any{"nodes": []any{map[string]any{"system": system}}} }
	data, faults := ask(t, s, query)
	if diff := cmp.Diff(any(map[string]any{"legalAidCases": one("LEGAL_AID"), "publicityEvents": nil,
		"notarialMatters": nil}), data); diff != "" {
		t.Errorf("data (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"SOURCE_UNAVAILABLE NOTARIZATION", "SOURCE_UNAVAILABLE PUBLICITY"},
		faults); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}

	second, err := engine.Start(t.Context(), late, demo.Databases(systems))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = second.Close() })
	// It is tried from time to time.
	for end := time.Now().Add(time.Minute); got.Systems[1].State != "OK"; _, got = readyz() {
		if time.Now().After(end) {
			t.Fatalf("not healed: %v", got)
		}
	}
	data, faults = ask(t, s, query)
	if diff := cmp.Diff(any(map[string]any{"legalAidCases": one("LEGAL_AID"), "publicityEvents": one("PUBLICITY"),
		"notarialMatters": nil}), data); diff != "" {
		t.Errorf("healed data (-want +got):\n%s", diff)
	}
	if len(faults) != 1 {
		t.Errorf("healed faults %v", faults)
	}
	if !strings.Contains(log.String(), `"operation":"Both"`) {
		t.Errorf("log lacks the operation:\n%s", log)
	}
}

// TestCoercion sends values that only the graph's own scalars refuse.
func TestCoercion(t *testing.T) {
	s, log := start(t, config.Config{Sources: map[model.System]config.Source{model.SystemLegalAid: at(closedPort(t),
		"flyz")}})
	const id = "330199199001011234"
	for _, query := range []string{
		`{ legalAidCases(filter: {receivedOn: {from: "` + id + `"}}) { nodes { id } } }`,
		`{ legalAidCases(first: 1, after: "` + id + `") { nodes { id } } }`,
		`{ legalAidCases(first: 500) { nodes { id } } }`,
	} {
		_, faults := ask(t, s, query)
		if diff := cmp.Diff([]string{"BAD_INPUT"}, faults); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	_, _, _ = get(t, s.URL()+"/"+id+"?query="+id)
	if strings.Contains(log.String(), id) {
		t.Errorf("personal data in the log:\n%s", log)
	}
}

// TestDrain closes the server while a request runs: the request is answered, later ones
// are not taken.
func TestDrain(t *testing.T) {
	s, _ := start(t, config.Config{})
	running, finish := make(chan struct{}), make(chan struct{})
	s.now.Load().Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(running)
		<-finish
		_, _ = w.Write([]byte("done"))
	})
	answered := make(chan string)
	go func() {
		response, err := http.Get(s.URL())
		if err != nil {
			answered <- err.Error()
			return
		}
		defer response.Body.Close()
		body, _ := io.ReadAll(response.Body)
		answered <- string(body)
	}()
	<-running
	closed := make(chan error)
	s.public.RegisterOnShutdown(func() { close(finish) })
	go func() { closed <- s.Close() }()
	if got := <-answered; got != "done" {
		t.Errorf("got %q", got)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
	if _, err := http.Get(s.URL()); err == nil {
		t.Error("a closed server answers")
	}
}

func TestRun(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	s, err := New(config.Config{Listen: "127.0.0.1:0"}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(ctx); err != nil {
		t.Error(err)
	}
	taken, _ := start(t, config.Config{})
	s, err = New(config.Config{Listen: strings.TrimPrefix(taken.URL(), "http://")}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "address already in use") {
		t.Errorf("a taken address gives %v", err)
	}
}

func TestFindings(t *testing.T) {
	_, err := New(config.Config{Overlays: map[model.System]mapping.Source{
		model.SystemLegalAid:  {Name: "legal-aid.yaml", Data: []byte("recods: {}")},
		model.SystemPublicity: {Name: "publicity.yaml", Data: []byte("system: legal-aid")},
	}}, slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "legal-aid.yaml:1: ") ||
		!strings.Contains(err.Error(), "publicity.yaml:1: ") {
		t.Errorf("got %v", err)
	}
	_, err = New(config.Config{Reference: config.Reference{Towns: &mapping.Source{Name: "my-towns.yaml",
		Data: []byte("towns: 5")}}}, slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "my-towns.yaml") {
		t.Errorf("got %v", err)
	}
	_, err = New(config.Config{Reference: config.Reference{
		Calendar:  &mapping.Source{Name: "my-calendar.yaml", Data: []byte("years:\n  2027: {}")},
		Deadlines: &mapping.Source{Name: "my-deadlines.yaml", Data: []byte("rule: []")},
	}}, slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "my-calendar.yaml:2: ") ||
		!strings.Contains(err.Error(), "my-deadlines.yaml:1: ") {
		t.Errorf("got %v", err)
	}
	_, err = New(config.Config{
		Persisted: config.Persisted{Manifest: &mapping.Source{Name: "documents.json",
			Data: []byte("{\n\"towns\": \"{ towns { xyzzy } }\"}")}},
	}, slog.New(slog.DiscardHandler))
	if want := `documents.json:2: document towns: Cannot query field "xyzzy" on type "Town".`; err == nil ||
		err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
