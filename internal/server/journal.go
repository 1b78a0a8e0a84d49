package server

import (
	"cmp"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// journal writes one line per request and counts requests. It names the route and not
// the address, the operation's name and not its text: addresses, queries and variables
// hold personal data.
type journal struct {
	log     *slog.Logger
	running atomic.Int64

	mu       sync.Mutex
	statuses map[int]int
	codes    map[string]int
	requests int
	seconds  float64
}

func newJournal(log *slog.Logger) *journal {
	return &journal{log: log, statuses: map[int]int{}, codes: map[string]int{}}
}

// around keeps the journal of a handler.
func (j *journal) around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		j.running.Add(1)
		defer j.running.Add(-1)
		started := time.Now()
		trace := transport.NewTrace()
		r = r.WithContext(transport.WithTrace(r.Context(), trace))
		seen := &statusWriter{ResponseWriter: w}
		next.ServeHTTP(seen, r)
		j.note(r, cmp.Or(seen.status, http.StatusOK), time.Since(started), trace)
	})
}

func (j *journal) note(r *http.Request, status int, took time.Duration, trace *transport.Trace) {
	level := slog.LevelInfo
	if r.Pattern == "GET /healthz" || r.Pattern == "GET /readyz" {
		level = slog.LevelDebug // asked every few seconds
	}
	j.log.Log(r.Context(), level, "request",
		"method", method(r),
		"route", cmp.Or(r.Pattern, "none"),
		"status", status,
		"operation", trace.Operation,
		"milliseconds", float64(took.Microseconds())/1000,
		"request", trace.RequestID,
		"codes", trace.Codes)
	j.mu.Lock()
	defer j.mu.Unlock()
	j.requests++
	j.seconds += took.Seconds()
	j.statuses[status]++
	for _, code := range trace.Codes {
		j.codes[code]++
	}
}

// method gives the request's method; a client may invent any word for one.
func method(r *http.Request) string {
	known := []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
	if slices.Contains(known, r.Method) {
		return r.Method
	}
	return "other"
}

// metrics prints the counters in the text format of Prometheus.
func (j *journal) metrics(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	j.mu.Lock()
	defer j.mu.Unlock()
	fmt.Fprintf(w, "# TYPE bureaugraph_requests_running gauge\nbureaugraph_requests_running %d\n", j.running.Load())
	fmt.Fprint(w, "# TYPE bureaugraph_requests_total counter\n")
	for _, status := range slices.Sorted(maps.Keys(j.statuses)) {
		fmt.Fprintf(w, "bureaugraph_requests_total{status=\"%d\"} %d\n", status, j.statuses[status])
	}
	fmt.Fprint(w, "# TYPE bureaugraph_answers_with_error_total counter\n")
	for _, code := range slices.Sorted(maps.Keys(j.codes)) {
		fmt.Fprintf(w, "bureaugraph_answers_with_error_total{code=%q} %d\n", code, j.codes[code])
	}
	fmt.Fprintf(w, "# TYPE bureaugraph_request_seconds summary\nbureaugraph_request_seconds_sum %g\nbureaugraph_request_seconds_count %d\n", j.seconds, j.requests)
	fmt.Fprintf(w, "# TYPE go_goroutines gauge\ngo_goroutines %d\n", runtime.NumGoroutine())
	fmt.Fprintf(w, "# TYPE go_memstats_heap_alloc_bytes gauge\ngo_memstats_heap_alloc_bytes %d\n", memory.HeapAlloc)
}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = cmp.Or(w.status, status)
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
