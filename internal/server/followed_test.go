package server

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/telemetry"
	"github.com/bureaugraph/bureaugraph/internal/telemetrytest"
)

// told are the attributes that spans may have, and what their values look like: words of the deployment,
// codes, numbers, shapes of statements. A new one needs a line here, and a thought.
var told = map[string]*regexp.Regexp{
	"http.request.method":        regexp.MustCompile(`^(GET|POST)$`),
	"http.route":                 regexp.MustCompile(`^(/graphql|/reports/\{file\}|GET /reports)$`),
	"http.response.status_code":  regexp.MustCompile(`^\d{3}$`),
	"graphql.operation.name":     regexp.MustCompile(`^NewestLegalAidCases$`), // which is saved
	"graphql.operation.type":     regexp.MustCompile(`^(query|mutation)$`),
	"graphql.document.hash":      regexp.MustCompile(`^sm3:[0-9a-f]{64}$`), // that of the audit, without values
	"bureaugraph.outcome":        regexp.MustCompile(`^(ok|partial|refused)$`),
	"bureaugraph.codes":          regexp.MustCompile(`^\[[A-Z_ ]*\]$`),
	"bureaugraph.cost.estimated": regexp.MustCompile(`^\d{1,6}$`),
	"bureaugraph.cost.actual":    regexp.MustCompile(`^\d{1,6}$`),
	"bureaugraph.statements":     regexp.MustCompile(`^\d{1,4}$`),
	"bureaugraph.rows":           regexp.MustCompile(`^\d{1,6}$`),
	"db.system":                  regexp.MustCompile(`^mysql$`),
	"db.query.text":              regexp.MustCompile("^[A-Z(]+[^'\"]+$"),
	"bureaugraph.system":         regexp.MustCompile(`^[A-Z_]+$`),
	"bureaugraph.retried":        regexp.MustCompile(`^(true|false)$`),
	"error.type":                 regexp.MustCompile(`^[A-Z_]+$`),
	"resource service.name":      regexp.MustCompile(`^bureaugraph$`),
	"resource host.name":         regexp.MustCompile(`.*`),
}

// TestTraces: requests with a person's number and name wherever a client can write one leave traces without
// either, which say what was asked of which system, and whose trace a request is.
func TestTraces(t *testing.T) {
	const number, name = "330121199001011234", "张三丰"
	collector := telemetrytest.Start(t)
	c := config.Config{Sources: reachable(t, model.SystemPublicity).Sources, PersonKey: reachable(t).PersonKey,
		Telemetry: &telemetry.Options{Endpoint: collector.Endpoint}, Suite: "guomi", Private: "127.0.0.1:0"}
	s, log := start(t, c)

	ask := func(method, path, query string, variables map[string]any) http.Header {
		t.Helper()
		body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequestWithContext(t.Context(), method, path, bytes.NewReader(body))
		for key, value := range map[string]string{"Content-Type": "application/json", "X-Access-Reason": number,
			"Baggage": "person=" + number, "Tracestate": "vendor=" + number, "User-Agent": number,
			"X-Request-Id": number, "Traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"} {
			r.Header.Set(key, value)
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w.Header()
	}
	post := func(query string, variables map[string]any) http.Header {
		t.Helper()
		return ask(http.MethodPost, "/graphql", query, variables)
	}
	first := post(`query NewestLegalAidCases { legalAidCases(first: 3) { nodes { number title } } }`, nil)
	post(`query($n: ResidentNumber!) { person(residentId: $n) { id legalAidCases(first: 2) { nodes { id } } } }`,
		map[string]any{"n": number})
	post(`{ person(residentId: "`+number+`") { id } }`, nil)
	post(`{ legalAidCases(filter: {title: {contains: "`+name+`"}}) { nodes { id } } }`, nil)
	post(`query($t: String!) { legalAidCases(filter: {title: {contains: $t}}) { nodes { id } } }`,
		map[string]any{"t": name})
	post(`{ legalAidCases(filter: {title: {contains: "`+number+`"}}) { nodes { id } } }`, nil)
	post(`query P`+number+` { p`+number+`: legalAidCases(first: 1) { nodes { id } } publicityEvents(first: 1) { nodes {
		id } } }`, nil)
	post(`{ `+name, nil)
	post(`{ towns { p`+number+` } }`, nil)
	post(`query($`+"n"+number+`: Int = "x") { towns { code } }`, nil)
	ask(http.MethodGet, "/graphql?query={towns{code}}&variables={%22n%22:%22"+number+"%22}", "", nil)
	ask(http.MethodGet, "/reports/"+number+".csv?name="+number, "", nil)
	ask(http.MethodPost, "/reports/newest-legal-aid-cases.csv", "", nil)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	all := collector.Spans()
	if len(all) < 13+5 {
		t.Errorf("%d spans", len(all))
	}
	for _, secret := range []string{number, name, number[3:12]} {
		if bytes.Contains(collector.Bytes(), []byte(secret)) {
			t.Errorf("%s was sent", secret)
		}
		if strings.Contains(log.String(), secret) {
			t.Errorf("%s is in the log", secret)
		}
	}
	names := map[string]int{}
	for _, span := range all {
		names[span.GetName()]++
		for key, value := range span.Said {
			if form := told[key]; form == nil || !form.MatchString(value) {
				t.Errorf("%s: %s is %q", span.GetName(), key, value)
			}
		}
		if len(span.GetEvents())+len(span.GetLinks()) > 0 || span.GetStatus().GetMessage() != "" ||
			span.GetTraceState() != "" || len(span.Said["db.query.text"]) > 2003 {
			t.Errorf("%s says more than attributes: %v", span.GetName(), span.Span)
		}
	}
	if names["NewestLegalAidCases"] == 0 || names["SELECT LEGAL_AID"] == 0 || names["query"] < 3 ||
		names["/graphql"] < 3 {
		t.Errorf("spans: %v", names)
	}
	for name := range maps.Keys(names) {
		if !slices.Contains([]string{"NewestLegalAidCases", "query", "/graphql", "/reports/{file}"}, name) &&
			!regexp.MustCompile(`^(SELECT|SHOW) [A-Z_]+$`).MatchString(name) {
			t.Errorf("a span is named %q", name)
		}
	}
	lines := linesOf(t, log, first.Get("X-Request-Id"))
	if len(lines) != 1 || lines[0].Trace != "0af7651916cd43dd8448eb211c80319c" {
		t.Errorf("the line of a request does not tell its trace: %+v", lines)
	}
}

// TestTracesAreLost: requests are answered the same where nobody takes traces.
func TestTracesAreLost(t *testing.T) {
	collector := telemetrytest.Start(t)
	away := *collector.Endpoint
	away.Host = closedPort(t)
	c := reachable(t)
	c.Telemetry, c.Private = &telemetry.Options{Endpoint: &away}, "127.0.0.1:0"
	s, log := start(t, c)
	if _, err := s.Collector(t.Context()); err == nil {
		t.Error("nobody is there, and takes traces")
	}
	if _, codes := ask(t, s, `{ legalAidCases(first: 1) { nodes { id } } }`); len(codes) > 0 {
		t.Error(codes)
	}
	if got := scrape(t, s); got["bureaugraph_spans_sent_total"] != 0 {
		t.Errorf("%g spans were sent", got["bureaugraph_spans_sent_total"])
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if strings.Count(log.String(), "traces were not sent") != 1 {
		t.Errorf("the log does not tell it once: %s", log.String())
	}
}

// TestTracesTellTheRole: in which somebody asked, as the policy names it.
func TestTracesTellTheRole(t *testing.T) {
	collector := telemetrytest.Start(t)
	c := reachable(t)
	c.Telemetry = &telemetry.Options{Endpoint: collector.Endpoint}
	c.Access.Policy = &mapping.Source{Name: "policy.yaml",
		Data: []byte("anonymous: visitor\nroles: {visitor: {label: 访客}}\n")}
	s, _ := start(t, c)
	if _, codes := ask(t, s, `{ legalAidCases(first: 1) { nodes { id } } }`); len(codes) > 0 {
		t.Error(codes)
	}
	_ = s.Close()
	for _, span := range collector.Spans() {
		if role := span.Said["bureaugraph.role"]; span.GetName() == "query" && role != "visitor" {
			t.Errorf("the role is %q", role)
		}
	}
	if len(collector.Spans()) < 2 {
		t.Errorf("%d spans", len(collector.Spans()))
	}
}
