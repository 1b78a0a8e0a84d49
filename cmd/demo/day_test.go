package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/tests/golden"
)

// request is one of a working day.
type request struct {
	as, why string
	accept  string // of a file
	query   string
	number  string // the variable of the same name
}

// workingDay is what five people ask in one day.
var workingDay = []request{
	{as: "town-clerk", query: `query OurCases { legalAidCases(first: 3) { totalCount nodes { number applicant { name } } } }`},
	{as: "legal-aid-officer", query: `query Callers { legalAidConsultations(first: 2) { nodes { receivedOn phone } } }`},
	{as: "legal-aid-officer", why: "回访当事人", query: `query Callers { legalAidConsultations(first: 2) { nodes { receivedOn phone } } }`},
	{as: "legal-aid-officer", why: "核对是否重复申请", number: "330199197202290145",
		query: `query Applied($number: ResidentNumber!) { person(residentId: $number) { wasGrantedAid } }`},
	{as: "legal-aid-officer", why: "季度回访名单", accept: "text/csv",
		query: `query Callers { legalAidConsultations(first: 20) { nodes { receivedOn callerName phone } } }`},
	{as: "leader", query: `query Work { caseload(groupBy: [SYSTEM]) { groups { key { label } count } } }`},
	{as: "auditor", accept: "text/csv", query: `query All { legalAidCases { nodes { number } } }`},
	{as: "leader", query: `query Names { legalAidCases(first: 1) { nodes { number } } }`},
}

// moving is what differs from run to run.
var moving = regexp.MustCompile(`"(prev|seal|request|time|host|ms)":("[^"]*"|[\d.]+)`)

// TestAuditDay keeps the example of the audit in docs/examples: one day's lines, of which what
// differs from run to run is left out.
func TestAuditDay(t *testing.T) {
	directory := t.TempDir()
	address := start(t, "-listen", "127.0.0.1:0", "-scale", "0.05", "-audit", directory)
	got := ""
	for i, r := range workingDay {
		body, err := json.Marshal(map[string]any{"query": r.query, "variables": map[string]any{"number": r.number}})
		if err != nil {
			t.Fatal(err)
		}
		one, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(string(body)))
		if err != nil {
			t.Fatal(err)
		}
		one.Header.Set("Content-Type", "application/json")
		one.Header.Set("X-Demo-Identity", r.as)
		if r.why != "" {
			one.Header.Set("X-Access-Reason", url.PathEscape(r.why))
		}
		if r.accept != "" {
			one.Header.Set("Accept", r.accept)
		}
		response, err := http.DefaultClient.Do(one)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		got = linesOf(t, directory, i+1)
	}
	golden.Check(t, "../../docs/examples/audit-day.jsonl", got, *update)
}

// linesOf waits for so many lines of requests.
func linesOf(t *testing.T, directory string, n int) string {
	t.Helper()
	for {
		files, err := filepath.Glob(filepath.Join(directory, "*.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(text)) {
				if strings.Contains(line, `"route"`) {
					lines = append(lines, moving.ReplaceAllString(line, `"$1":"…"`))
				}
			}
		}
		if len(lines) == n {
			return strings.Join(lines, "")
		}
		select {
		case <-t.Context().Done():
			t.Fatal("the lines do not come")
		case <-time.After(20 * time.Millisecond):
		}
	}
}
