package server

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/audit"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

// recorded is a district with an audit that lets in whoever has the key.
func recorded(t *testing.T) (s *Server, c config.Config, key string) {
	t.Helper()
	c = reachable(t)
	var who config.Config
	who, key = closed(t)
	c.Access, c.Audit = who.Access, config.Audit{Directory: filepath.Join(t.TempDir(), "audit"), Key: demo.PersonKey()}
	c.Private = "127.0.0.1:0"
	s, _ = start(t, c)
	return s, c, "X-Api-Key: " + key
}

// entries closes a server and reads its audit, which must be whole.
func entries(t *testing.T, s *Server) (list []audit.Entry, text string) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	dir := s.now.Load().config.Audit.Directory
	if _, err := audit.Verify(dir, s.now.Load().config.Audit.Key); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text += string(data)
		for line := range bytes.Lines(data) {
			var e audit.Entry
			if err := json.Unmarshal(line, &e); err != nil {
				t.Fatal(err)
			}
			if e.Request != "" {
				list = append(list, e)
			}
		}
	}
	return list, text
}

// applicant is somebody who is in a legal aid case of the district.
func applicant(t *testing.T) string {
	t.Helper()
	s, _ := district(t)
	for _, p := range demotest.World(t, 0.02).Persons {
		query, _ := json.Marshal(map[string]any{"variables": map[string]string{"n": p.ID},
			"query": `query ($n: ResidentNumber!) { person(residentId: $n) { legalAidApplications { id } } }`})
		_, body := send(t, "POST", s.URL()+"/graphql", string(query), "Content-Type: application/json")
		if strings.Contains(body, `"legalAidApplications":[{`) {
			return p.ID
		}
	}
	t.Fatal("nobody applied")
	return ""
}

// TestAudit: one line a request, whatever became of it, with what the gateway alone knows.
func TestAudit(t *testing.T) {
	somebody := applicant(t)
	s, c, key := recorded(t)
	json1 := "Content-Type: application/json"
	post := func(body string, lines ...string) (*http.Response, string) {
		return send(t, "POST", s.URL()+"/graphql", body, append(lines, json1)...)
	}
	person := `{"query": "query One($n: ResidentNumber!) { person(residentId: $n) { name legalAidApplications { id name } } }",
		"variables": {"n": "` + somebody + `"}}`
	post(person, key, "X-Access-Reason: %E6%A0%B8%E5%AF%B9 "+somebody)
	post(`{"query": "query Cases { legalAidCases(first: 3) { nodes { number applicant { name } } } }"}`, key)
	post(person)                                                    // of nobody
	post(`{"query": "{ nothing }"}`, key)                           // does not fit the schema
	post(`{"query": `, key)                                         // is no JSON
	send(t, "GET", s.URL()+"/graphql?query={towns{code}}", "", key) // by GET
	send(t, "GET", s.URL()+"/reports", "", key)                     // the list
	send(t, "GET", s.URL()+"/reports/none.csv", "", key)            // no report
	_, file := send(t, "GET", s.URL()+"/reports/lawyers-and-cases.csv?size=3", "", key)
	_, sheet := post(`{"query": "{ legalAidCases(first: 2) { nodes { number } } }"}`, key, "Accept: text/csv")
	send(t, "GET", s.URL()+"/healthz", "")        // is not recorded
	send(t, "GET", s.URL()+"/schema.graphql", "") // nor is this

	list, text := entries(t, s)
	if strings.Contains(text, somebody) || strings.Contains(text, "张") {
		t.Error("somebody's data are in the audit")
	}
	var got []string
	for _, e := range list {
		words := append([]string{string(e.Outcome), e.Route, e.Principal, e.Operation}, e.Codes...)
		got = append(got, strings.Join(words, " "))
		if e.Address != "127.0.0.1" || e.Request == "" || e.Milliseconds < 0 {
			t.Errorf("%+v", e)
		}
	}
	want := []string{
		"OK /graphql KEY:excel One", "OK /graphql KEY:excel Cases", "REFUSED /graphql   UNAUTHENTICATED",
		"REFUSED /graphql KEY:excel  BAD_INPUT", "REFUSED /graphql KEY:excel  BAD_INPUT", "OK /graphql KEY:excel ",
		"OK GET /reports KEY:excel ", "REFUSED /reports/{file} KEY:excel  BAD_INPUT",
		"OK /reports/{file} KEY:excel LawyersAndCases", "OK /graphql KEY:excel ",
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the audit has\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, e := range list {
		switch e.Operation {
		case "One":
			if len(e.Lookups) != 1 || len(e.Persons) != 1 || e.Persons[0] != e.Lookups[0] || e.Records < 2 ||
				e.Reason != "核对 ******************" || len(e.Systems) == 0 || e.Systems[0].Statements == 0 ||
				e.Text == "" {
				t.Errorf("%+v", e)
			}
		case "Cases":
			if len(e.Lookups) != 0 || e.Records < 6 || len(e.Persons) == 0 || len(e.Persons) > 3 {
				t.Errorf("%+v", e)
			}
		}
		if e.Export != nil {
			body := map[bool]string{true: file, false: sheet}[e.Route == reportRoute]
			sum := sha256.Sum256([]byte(body))
			if e.Export.Hash != "sha256:"+hex.EncodeToString(sum[:]) || e.Export.Rows == 0 {
				t.Errorf("%+v of %q", e.Export, body)
			}
		}
	}
	sights, err := audit.Who(c.Audit.Directory, c.Audit.Key, somebody)
	if err != nil || len(sights) != 1 || !sights[0].Asked || !sights[0].Answered {
		t.Errorf("%+v, %v", sights, err)
	}
}

// TestAuditUnavailable: while the audit cannot be written no file is made, masked reads go on, and
// operators see it.
func TestAuditUnavailable(t *testing.T) {
	s, _, key := recorded(t)
	if err := s.audit.Close(); err != nil { // as if the disk were full, and for good
		t.Fatal(err)
	}
	_, body := send(t, "POST", s.URL()+"/graphql", `{"query": "{ towns { code } }"}`, key,
		"Content-Type: application/json")
	if !strings.HasPrefix(body, `{"data":`) {
		t.Errorf("a masked read: %s", body)
	}
	for path, accept := range map[string]string{"/reports/lawyers-and-cases.csv?size=3": "*/*",
		"/graphql?query={legalAidCases{nodes{number}}}": "text/csv"} {
		response, body := send(t, "GET", s.URL()+path, "", key, "Accept: "+accept)
		if response.StatusCode != http.StatusServiceUnavailable ||
			!strings.Contains(body, `"code":"AUDIT_UNAVAILABLE"`) {
			t.Errorf("%s: %d %s", path, response.StatusCode, body)
		}
	}
	if got := scrape(t, s)["bureaugraph_audit_writable"]; got != 0 {
		t.Errorf("writable: %g", got)
	}
}

// TestOneGatewayADirectory: a second gateway does not start, and checking does not need to.
func TestOneGatewayADirectory(t *testing.T) {
	s, c, _ := recorded(t)
	second, err := New(c, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if err := second.Start(); err == nil || !strings.Contains(err.Error(), "another gateway writes in") {
		t.Errorf("the second one: %v", err)
	}
	c.Stock = true
	third, err := New(c, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer third.Close()
	if err := third.Start(); err == nil || !strings.Contains(err.Error(), "gqlgen's own executor") {
		t.Errorf("with gqlgen's executor: %v", err)
	}
	if got := scrape(t, s)["bureaugraph_audit_writable"]; got != 1 {
		t.Errorf("writable: %g", got)
	}
}
