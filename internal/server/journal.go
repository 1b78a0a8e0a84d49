package server

import (
	"cmp"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// journal writes one line per request and has the instruments count it. It names the route and not
// the address, the operation's name and not its text: addresses, queries and variables
// hold personal data.
type journal struct {
	log         *slog.Logger
	instruments *instruments
	operations  map[string]bool // that are counted by their names
}

// around keeps the journal of a handler.
func (j journal) around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		j.instruments.running.Inc()
		defer j.instruments.running.Dec()
		started := time.Now()
		trace := transport.NewTrace()
		r = r.WithContext(transport.WithTrace(r.Context(), trace))
		seen := &statusWriter{ResponseWriter: w}
		next.ServeHTTP(seen, r)
		j.note(r, cmp.Or(seen.status, http.StatusOK), time.Since(started), trace)
	})
}

func (j journal) note(r *http.Request, status int, took time.Duration, trace *transport.Trace) {
	level := slog.LevelInfo
	if r.Pattern == "GET /healthz" || r.Pattern == "GET /readyz" {
		level = slog.LevelDebug // asked every few seconds
	}
	said := []any{
		"method", method(r),
		"route", cmp.Or(r.Pattern, "none"),
		"status", status,
		"operation", trace.Operation,
		"cost", trace.Estimated,
		"statements", trace.Statements,
		"rows", trace.Rows,
		"milliseconds", float64(took.Microseconds()) / 1000,
		"request", trace.RequestID,
		"codes", trace.Codes,
	}
	if trace.Followed != "" {
		said = append(said, "trace", trace.Followed)
	}
	j.log.Log(r.Context(), level, "request", said...)
	operation := "other"
	if j.operations[trace.Operation] {
		operation = trace.Operation
	}
	j.instruments.request(r.Pattern, operation, status, took, trace)
}

// method gives the request's method; a client may invent any word for one.
func method(r *http.Request) string {
	known := []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
	if slices.Contains(known, r.Method) {
		return r.Method
	}
	return "other"
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
