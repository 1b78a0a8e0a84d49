package server

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/apikey"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/signin"
	"github.com/bureaugraph/bureaugraph/internal/watched"
)

// closed is a configuration that lets in whoever has the key.
func closed(t *testing.T) (c config.Config, key string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "keys.yaml")
	key, k := apikey.New()
	k.Name, k.Created = "excel", time.Now()
	if err := apikey.Add(file, k); err != nil {
		t.Fatal(err)
	}
	c.Access.Keys = file
	return c, key
}

// send sends a request; lines are headers.
func send(t *testing.T, method, url, body string, lines ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Add(name, value)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(data)
}

// What an answer to a stranger holds: keys of GraphQL's form and of a problem's, and a sentence.
var (
	protocol = []string{"code", "message", "status", "request", "errors", "title", "detail", "extensions",
		"UNAUTHENTICATED"}
	sentences = strings.NewReplacer(
		"sign in first: this gateway answers only those whom it knows", "",
		"the proof of who you are was not accepted: sign in again, or ask the gateway's operators for a new key", "",
		"Not signed in · 未认证", "")
)

// names are those of the schema, but for the words of the protocol.
func names() []string {
	var all []string
	for _, definition := range graph.Schema().Types {
		if definition.BuiltIn {
			continue
		}
		all = append(all, definition.Name)
		for _, field := range definition.Fields {
			all = append(all, field.Name)
		}
		for _, value := range definition.EnumValues {
			all = append(all, value.Name)
		}
	}
	all = slices.DeleteFunc(all, func(name string) bool { return slices.Contains(protocol, name) })
	slices.Sort(all)
	return slices.Compact(all)
}

// TestNothingForStrangers: whatever somebody asks who proves nothing, or proves it wrongly, the answer
// holds no name of the schema, and is the same for a query that is right and one that is not.
func TestNothingForStrangers(t *testing.T) {
	c, key := closed(t)
	s, log := start(t, c)
	all := names()
	if len(all) < 500 {
		t.Fatalf("%d names", len(all))
	}
	wrong := key[:len(key)-4] + "AAAA"
	seen := map[string]map[string]bool{} // answers, by the way
	const id = `"request":"[^"]*"`
	count := 0
	for _, proof := range [][]string{nil, {"Authorization: Bearer " + wrong}, {"X-API-Key: x"},
		{"Authorization: Bearer a.b.c"}, {"Cookie: bureaugraph-session=x; bureaugraph-demo=administrator"},
		{"X-Demo-Identity: administrator"}, {"X-Remote-User: root"}} {
		for _, accept := range []string{"application/json", "application/graphql-response+json", "text/csv",
			"text/html"} {
			for _, one := range []struct{ method, path, body string }{
				{"POST", "/graphql", `{"query":"{ legalAidCases { nodes { number } } }"}`},
				{"POST", "/graphql", `{"query":"{ legalAidCasez { nodes { numbr } } }"}`},
				{"POST", "/graphql", `{"query":"{ __schema { types { name } } }"}`},
				{"POST", "/graphql", `{"query":"{"}`},
				{"POST", "/graphql", `{"documentId":"sha256:abc"}`},
				{"POST", "/graphql", `no JSON`},
				{"GET", "/graphql?query=%7Btowns%7Bname%7D%7D", ""},
				{"DELETE", "/graphql", ""},
				{"GET", "/reports", ""},
				{"GET", "/reports/legal-aid-cases-in-a-period", ""},
				{"GET", "/reports/legal-aid-cases-in-a-period.csv?x=1", ""},
				{"GET", "/reports/none.csv", ""},
				{"GET", "/schema.graphql", ""},
				{"GET", "/playground/queries", ""},
				{"PUT", "/playground/queries/mine", `{"query":"{towns{name}}"}`},
			} {
				d := s.now.Load()
				d.entrance.signin, _ = signin.New(c.Access.Options, d.address, s.log) // who has locked out nobody
				response, body := send(t, one.method, s.URL()+one.path, one.body,
					append([]string{"Accept: " + accept, "Content-Type: application/json"}, proof...)...)
				count++
				if response.StatusCode != http.StatusUnauthorized || !strings.Contains(body, "UNAUTHENTICATED") ||
					response.Header.Get("WWW-Authenticate") == "" {
					t.Fatalf("%s %s with %v: status %d: %s", one.method, one.path, proof, response.StatusCode, body)
				}
				body = regexp.MustCompile(id).ReplaceAllString(body, "")
				words := regexp.MustCompile(`[A-Za-z_]+`).FindAllString(sentences.Replace(body), -1)
				for _, word := range words {
					if _, held := slices.BinarySearch(all, word); held {
						t.Errorf("%s %s: the answer holds %s: %s", one.method, one.path, word, body)
					}
				}
				way := strings.Join(proof, "") + response.Header.Get("Content-Type")
				if seen[way] == nil {
					seen[way] = map[string]bool{}
				}
				seen[way][body] = true
			}
		}
	}
	for way, answers := range seen {
		if len(answers) != 1 {
			t.Errorf("%s: %d answers: %v", way, len(answers), answers)
		}
	}
	if strings.Contains(log.String(), wrong) || strings.Contains(log.String(), wrong[12:30]) {
		t.Error("the log holds a key")
	}
	t.Logf("%d requests, %d names", count, len(all))
}

// TestEntrance: whoever proves who they are is let in everywhere; what tells whether the gateway is well,
// the page, and whoami are for everybody.
func TestEntrance(t *testing.T) {
	c, key := closed(t)
	s, _ := start(t, c)
	for _, one := range []struct {
		path, proof string
		status      int
	}{
		{"/graphql?query=%7B__typename%7D", "Authorization: Bearer " + key, 200},
		{"/graphql?query=%7B__typename%7D", "X-API-Key: " + key, 200},
		{"/reports", "X-API-Key: " + key, 200},
		{"/schema.graphql", "X-API-Key: " + key, 200},
		{"/playground/queries", "X-API-Key: " + key, 200},
		{"/", "X-Other: x", 200},
		{"/healthz", "X-Other: x", 200},
		{"/readyz", "X-Other: x", 503}, // no system is deployed
		{"/whoami", "X-Other: x", 200},
		{"/whoami", "X-API-Key: no", 401},
		{"/signin", "X-Other: x", 404},
		{"/demo/identity/administrator", "X-Other: x", 404},
	} {
		response, body := send(t, http.MethodGet, s.URL()+one.path, "", one.proof)
		if response.StatusCode != one.status {
			t.Errorf("%s with %.10s: status %d, want %d: %.200s", one.path, one.proof, response.StatusCode,
				one.status, body)
		}
	}
	response, _ := send(t, http.MethodGet, s.URL()+"/reports", "")
	if got := response.Header.Values("WWW-Authenticate"); !slices.Equal(got, []string{bearer, basic}) {
		t.Errorf("a tool is told %v", got)
	}
	response, _ = send(t, http.MethodGet, s.URL()+"/graphql", "")
	if got := response.Header.Values("WWW-Authenticate"); !slices.Equal(got,
		[]string{bearer}) { // no window of the browser
		t.Errorf("the page is told %v", got)
	}
	if _, body := send(t, http.MethodGet, s.URL()+"/whoami", "",
		"X-API-Key: "+key); strings.TrimSpace(body) != `{"open":false,"via":"KEY","name":"excel","role":null,"signIn":false,"signOut":false}` {
		t.Error(body)
	}
	if _, body := send(t, http.MethodGet, s.URL()+"/whoami",
		""); strings.TrimSpace(body) != `{"open":false,"via":"","name":"","role":null,"signIn":false,"signOut":false}` {
		t.Error(body)
	}
}

// TestLockedOut: who fails too often is told how long to wait.
func TestLockedOut(t *testing.T) {
	c, key := closed(t)
	s, _ := start(t, c)
	wrong := key[:len(key)-4] + "AAAA"
	for range 5 {
		send(t, http.MethodGet, s.URL()+"/reports", "", "X-API-Key: "+wrong)
	}
	for _, path := range []string{"/reports", "/graphql"} {
		response, body := send(t, http.MethodGet, s.URL()+path, "", "X-API-Key: "+key)
		if response.StatusCode != http.StatusTooManyRequests || response.Header.Get("Retry-After") == "" ||
			!strings.Contains(body, "LIMIT_EXCEEDED") {
			t.Errorf("%s: status %d, %v: %s", path, response.StatusCode, response.Header, body)
		}
	}
}

// TestAdmits: somebody who is known and may see nothing is told so, and not asked again who they are.
func TestAdmits(t *testing.T) {
	c, key := closed(t)
	s, _ := start(t, c)
	var asked []string
	s.now.Load().entrance.admits = func(who *access.Principal) bool {
		asked = append(asked, who.ID())
		return who == nil
	}
	if response, body := send(t, http.MethodGet, s.URL()+"/graphql?query=%7B__typename%7D", "",
		"X-API-Key: "+key); response.StatusCode != http.StatusForbidden || !strings.Contains(body, "FORBIDDEN") {
		t.Errorf("status %d: %s", response.StatusCode, body)
	}
	if response, body := send(t, http.MethodGet, s.URL()+"/graphql?query=%7B__typename%7D",
		""); response.StatusCode != http.StatusOK {
		t.Errorf("nobody: status %d: %s", response.StatusCode, body)
	}
	if !slices.Equal(asked, []string{"KEY:excel", ""}) {
		t.Errorf("asked about %v", asked)
	}
}

// TestClosedWithoutKeys: a key file that is wrong keeps the gateway from starting.
func TestClosedWithoutKeys(t *testing.T) {
	var c config.Config
	c.Access.Keys = filepath.Join(t.TempDir(), "none.yaml")
	if _, err := New(c, slog.New(slog.NewTextHandler(&bytes.Buffer{}, nil))); err == nil {
		t.Error("it starts")
	}
}

// TestKeysAreToldApart: what is allowed a client is allowed each key, though they come from one address.
func TestKeysAreToldApart(t *testing.T) {
	c, first := closed(t)
	second, k := apikey.New()
	k.Name, k.Created = "grafana", time.Now()
	if err := apikey.Add(c.Access.Keys, k); err != nil {
		t.Fatal(err)
	}
	c.Limits.Persons = 1
	s, _ := start(t, c)
	ask := func(key, number string) string {
		t.Helper()
		_, body := send(t, http.MethodPost, s.URL()+"/graphql",
			`{"query":"query Q($n: ResidentNumber!) { person(residentId: $n) { id } }","variables":{"n":"`+number+`"}}`,
			"Content-Type: application/json", "X-API-Key: "+key)
		return body
	}
	const one, other = "330199199001010016", "330199199001010024"
	for _, key := range []string{first, second} {
		if body := ask(key, one); strings.Contains(body, "LIMIT_EXCEEDED") ||
			strings.Contains(body, "UNAUTHENTICATED") {
			t.Errorf("the first: %s", body)
		}
		if body := ask(key, other); !strings.Contains(body, "LIMIT_EXCEEDED") {
			t.Errorf("the second: %s", body)
		}
	}
}

// TestPolicyIsReadAgain: a changed policy is in force with the next requests; one with mistakes
// changes nothing and is told of in the log.
func TestPolicyIsReadAgain(t *testing.T) {
	c := reachable(t)
	file := filepath.Join(t.TempDir(), "policy.yaml")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("roles: {clerk: {members: {groups: [clerk]}}}\n")
	c.Access.Demo = &signin.Demo{Identities: []signin.DemoIdentity{
		{Name: "clerk", Claims: map[string][]string{"groups": {"clerk"}}}}}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c.Access.Policy = &mapping.Source{Name: file, Data: data}
	s, log := start(t, c)
	has := func(field string) bool {
		t.Helper()
		_, text := send(t, http.MethodGet, s.URL()+"/schema.graphql", "", "X-Demo-Identity: clerk")
		return strings.Contains(text, field)
	}
	now := time.Now()
	again := func(text string) { // as if the second were over
		t.Helper()
		write(text)
		now = now.Add(watched.Every)
		s.clock = func() time.Time { return now }
	}
	if !has("notarialMatters") {
		t.Error("the first policy is not in force")
	}
	again("roles: {clerk: {members: {groups: [clerk]}, systems: [LEGAL_AID]}}\n")
	if has("notarialMatters") || !has("legalAidCases") {
		t.Error("the second policy is not in force")
	}
	again("roles: {clerk: {members: {groups: [clerk]}, systems: [NONSENSE], hide: [Nothing]}}\n")
	if has("notarialMatters") || !has("legalAidCases") {
		t.Error("a policy with mistakes is in force")
	}
	for _, mistake := range []string{`NONSENSE\" is no system`, `Nothing\" is no type`} {
		if text := log.String(); !strings.Contains(text, mistake) {
			t.Errorf("the log does not tell that %s: %s", mistake, text)
		}
	}
	again("roles: {other: {members: {groups: [other]}}}\n")
	if response, text := send(t, http.MethodPost, s.URL()+"/graphql", `{"query":"{ towns { code } }"}`,
		"X-Demo-Identity: clerk", "Content-Type: application/json"); response.StatusCode != http.StatusForbidden {
		t.Errorf("somebody without a role is answered %d %.200s", response.StatusCode, text)
	}
}

// TestRolesShareTheRoomOfFiles: as many files are in the making at once as the server has room
// for, in whatever roles they are asked for.
func TestRolesShareTheRoomOfFiles(t *testing.T) {
	c := reachable(t)
	c.Access.Demo = &signin.Demo{}
	for _, role := range []string{"clerk", "leader"} {
		c.Access.Demo.Identities = append(c.Access.Demo.Identities,
			signin.DemoIdentity{Name: role, Claims: map[string][]string{"groups": {role}}})
	}
	c.Access.Policy = &mapping.Source{Name: "policy.yaml", Data: []byte(`roles:
  clerk: {members: {groups: [clerk]}, export: true}
  leader: {members: {groups: [leader]}, export: true}
`)}
	c.Audit = config.Audit{Directory: t.TempDir(), Key: c.PersonKey}
	c.Reports.Timeout = 20 * time.Millisecond
	s, _ := start(t, c)
	room := s.files
	for range cap(room) {
		room <- struct{}{}
	}
	for _, role := range []string{"clerk", "leader"} {
		response, text := send(t, http.MethodPost, s.URL()+"/graphql", `{"query":"{ towns { code } }"}`,
			"X-Demo-Identity: "+role, "Content-Type: application/json", "Accept: text/csv")
		if response.StatusCode == http.StatusOK || !strings.Contains(text, "not ready within") {
			t.Errorf("there is no room for the file of the %s: %d %.200s", role, response.StatusCode, text)
		}
	}
}
