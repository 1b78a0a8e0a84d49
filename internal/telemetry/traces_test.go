package telemetry_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/telemetry"
	"github.com/bureaugraph/bureaugraph/internal/telemetrytest"
)

const number = "330121199001011234"

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

func begin(t *testing.T, traces *telemetry.Traces, header ...string) (context.Context, *telemetry.Request) {
	t.Helper()
	h := http.Header{}
	for i := 0; i < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return traces.Begin(t.Context(), h)
}

func TestSpans(t *testing.T) {
	collector := telemetrytest.Start(t)
	traces := telemetry.Open(telemetry.Options{Endpoint: collector.Endpoint, Service: "graph",
		Headers: map[string]string{"Authorization": "Bearer s3cret"}})
	if err := traces.Try(t.Context()); err != nil {
		t.Error(err)
	}
	ctx, request := begin(t, traces, "Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
		"Tracestate", "vendor="+number, "Baggage", "person="+number)
	if request.Trace() != "0af7651916cd43dd8448eb211c80319c" {
		t.Errorf("the trace is %s", request.Trace())
	}
	started := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	traces.Statement(ctx, "LEGAL_AID", database.Statement{
		Text:    "SELECT a FROM t WHERE sfz = '" + number + "' AND b IN (?, ?)",
		Started: started, Took: 7 * time.Millisecond, Rows: 3, IsRetried: true})
	traces.Statement(ctx, "PUBLICITY", database.Statement{
		Text: "SELECT " + strings.Repeat("字段, ", 1000), Started: started,
		Fault: fault.Source(fault.SourceTimeout, "PUBLICITY", "PUBLICITY did not answer "+number, nil)})
	request.End(telemetry.Ended{Operation: "NewestCases", Type: "query", Hash: "sha256:1", Role: "clerk",
		Method: "POST", Route: "/graphql", Status: 200, Outcome: "partial", Codes: []string{"SOURCE_TIMEOUT"},
		Estimated: 12, Actual: 23, Statements: 2, Rows: 3})
	traces.Statement(t.Context(), "LEGAL_AID", database.Statement{Text: "SELECT 1"}) // of nobody
	_, other := begin(t, traces)
	other.End(telemetry.Ended{Type: "mutation", Method: "POST", Route: "/graphql", Status: 200, Outcome: "ok"})
	_, refused := begin(t, traces)
	refused.End(telemetry.Ended{Method: "POST", Route: "/graphql", Status: 400, Outcome: "refused",
		Codes: []string{"BAD_INPUT"}})
	if err := traces.Close(); err != nil {
		t.Error(err)
	}

	got := map[string]map[string]string{}
	for _, s := range collector.Spans() {
		got[s.GetName()] = s.Said
		delete(s.Said, "resource host.name")
		if s.Said["resource service.name"] != "graph" {
			t.Errorf("%s is of %v", s.GetName(), s.Said)
		}
		delete(s.Said, "resource service.name")
		switch s.GetName() {
		case "NewestCases":
			if string(s.GetParentSpanId()) != "\xb7\xad\x6b\x71\x69\x20\x33\x31" {
				t.Errorf("the request's parent is %x", s.GetParentSpanId())
			}
		case "SELECT LEGAL_AID":
			from, to := s.GetStartTimeUnixNano(), s.GetEndTimeUnixNano()
			if from != uint64(started.UnixNano()) || to-from != 7e6 {
				t.Errorf("the statement lasts from %d to %d", from, to)
			}
		case "SELECT PUBLICITY":
			if n := len(s.Said["db.query.text"]); n < 1990 || n > 2003 {
				t.Errorf("a statement has %d bytes", n)
			}
			delete(s.Said, "db.query.text")
		}
	}
	if diff := cmp.Diff(map[string]map[string]string{
		"NewestCases": {"http.request.method": "POST", "http.route": "/graphql", "http.response.status_code": "200",
			"bureaugraph.outcome": "partial", "bureaugraph.codes": "[SOURCE_TIMEOUT]",
			"bureaugraph.cost.estimated": "12",
			"bureaugraph.cost.actual":    "23", "bureaugraph.statements": "2", "bureaugraph.rows": "3",
			"bureaugraph.role": "clerk", "graphql.operation.name": "NewestCases", "graphql.operation.type": "query",
			"graphql.document.hash": "sha256:1"},
		"SELECT LEGAL_AID": {"db.system": "mysql", "db.query.text": "SELECT a FROM t WHERE sfz = ? AND b IN (?)",
			"bureaugraph.system": "LEGAL_AID", "bureaugraph.rows": "3", "bureaugraph.retried": "true"},
		"SELECT PUBLICITY": {"db.system": "mysql", "bureaugraph.system": "PUBLICITY", "bureaugraph.rows": "0",
			"bureaugraph.retried": "false", "error.type": "SOURCE_TIMEOUT"},
		"mutation": {"http.request.method": "POST", "http.route": "/graphql", "http.response.status_code": "200",
			"bureaugraph.outcome": "ok", "bureaugraph.cost.estimated": "0", "bureaugraph.cost.actual": "0",
			"bureaugraph.statements": "0", "bureaugraph.rows": "0", "graphql.operation.type": "mutation"},
		"/graphql": {"http.request.method": "POST", "http.route": "/graphql", "http.response.status_code": "400",
			"bureaugraph.outcome": "refused", "bureaugraph.codes": "[BAD_INPUT]", "bureaugraph.cost.estimated": "0",
			"bureaugraph.cost.actual": "0", "bureaugraph.statements": "0", "bureaugraph.rows": "0"},
	}, got); diff != "" {
		t.Errorf("spans (-want +got):\n%s", diff)
	}
	if bytes.Contains(collector.Bytes(), []byte(number)) {
		t.Error("a number of a person was sent")
	}
	if collector.Header().Get("Authorization") != "Bearer s3cret" {
		t.Errorf("headers %v", collector.Header())
	}
	if state := traces.State(); state.Sent != int64(len(got)) || state.Lost != 0 {
		t.Errorf("%+v", state)
	}
}

// TestFollows: who is followed, and how much of it is told.
func TestFollows(t *testing.T) {
	collector := telemetrytest.Start(t)
	traces := telemetry.Open(telemetry.Options{Endpoint: collector.Endpoint, Ratio: 1e-9})
	ctx, unsampled := begin(t, traces)
	if unsampled.IsRecorded() || len(unsampled.Trace()) != 32 {
		t.Errorf("recorded %v, trace %q", unsampled.IsRecorded(), unsampled.Trace())
	}
	traces.Statement(ctx, "LEGAL_AID", database.Statement{Text: "SELECT 1"})
	unsampled.End(telemetry.Ended{Type: "query"})
	ctx, sampled := begin(t, traces, "Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	for range 1005 {
		traces.Statement(ctx, "LEGAL_AID", database.Statement{Text: "SELECT 1"})
	}
	sampled.End(telemetry.Ended{Type: "query"})
	_ = traces.Close()
	all := collector.Spans()
	if len(all) != 1001 {
		t.Errorf("%d spans", len(all))
	}
	for _, s := range all {
		if s.GetName() == "query" && s.Said["bureaugraph.statements.untold"] != "5" {
			t.Errorf("%v", s.Said)
		}
	}
}

// TestNothing: without traces nothing is asked of anybody.
func TestNothing(t *testing.T) {
	var traces *telemetry.Traces
	before := t.Context()
	allocated := testing.AllocsPerRun(100, func() {
		ctx, request := traces.Begin(before, nil)
		traces.Statement(ctx, "LEGAL_AID", database.Statement{Text: "SELECT 1"})
		request.End(telemetry.Ended{})
		if ctx != before || request.Trace() != "" || request.IsRecorded() {
			t.Error("something is followed")
		}
	})
	if allocated > 0 || traces.Close() != nil || traces.State() != (telemetry.State{}) {
		t.Errorf("%g allocations", allocated)
	}
}

// TestAway: a collector that is away, says no, sends elsewhere or says nothing holds nobody up, neither who
// asks nor the end; what is lost is counted, and logged once without a secret.
func TestAway(t *testing.T) {
	var led atomic.Int64
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { led.Add(1) }))
	defer elsewhere.Close()
	release := make(chan struct{})
	for _, test := range []struct {
		name, want string
		handler    http.HandlerFunc // nil is nobody
	}{
		{"away", "connection refused", nil},
		{"full", "the collector answers 503", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }},
		{"moved", "the collector answers 307", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
		}},
		{"mute", "the collector does not answer in time", func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // or nobody sees that the client has left
			select {
			case <-release:
			case <-r.Context().Done():
			}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := httptest.NewServer(test.handler)
			defer server.Close()
			if test.handler == nil {
				server.Close()
			}
			endpoint, err := url.Parse(server.URL + "/v1/traces?token=s3cret")
			if err != nil {
				t.Fatal(err)
			}
			var log lines
			traces := telemetry.Open(telemetry.Options{Endpoint: endpoint, Patience: 300 * time.Millisecond,
				Headers: map[string]string{"Authorization": "s3cret"},
				Logger:  slog.New(slog.NewTextHandler(&log, nil))})
			began := time.Now()
			for range 6000 { // more than wait
				_, request := begin(t, traces)
				request.End(telemetry.Ended{Type: "query"})
			}
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("requests took %s", took)
			}
			began = time.Now()
			_ = traces.Close()
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("the end took %s", took)
			}
			if state := traces.State(); state.Sent != 0 || state.Lost == 0 {
				t.Errorf("%+v", state)
			}
			if text := log.String(); strings.Count(text, test.want) != 1 || strings.Contains(text, "s3cret") {
				t.Errorf("the log tells: %s", text)
			}
		})
	}
	close(release)
	if led.Load() > 0 {
		t.Error("what was sent was led elsewhere")
	}
}
