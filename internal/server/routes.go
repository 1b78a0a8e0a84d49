package server

import (
	"encoding/json"
	"net/http"
	"net/http/pprof"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/formatter"

	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/internal/export"
	"github.com/bureaugraph/bureaugraph/internal/library"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// The routes that run operations.
const (
	graphRoute  = "/graphql"
	reportRoute = "/reports/{file}"
)

// routes are those of the public address: handler answers queries, files writes their answers as files,
// store is the library. What holds anything of the graph stands behind the entrance; the page itself, its
// sign-in and what tells whether the gateway is well are for everybody.
func (s *Server) routes(files *export.Exporter, handler *transport.Handler, store *library.Store) http.Handler {
	saved := queries{store: store, log: s.log}
	reports := files.Reports(store)
	compressed := compressor()
	refused, refusedFile := refuse(handler.Refuse).challenging(bearer), refuse(files.Refuse).challenging(bearer)
	if s.config.Access.Keys != "" {
		refusedFile = refuse(files.Refuse).challenging(bearer, basic)
	}
	inside := func(next http.Handler) http.Handler { return s.entrance.around(next, refused) }
	file := func(next http.HandlerFunc) http.Handler { return s.audited(s.entrance.around(next, refusedFile)) }
	mux := http.NewServeMux()
	mux.Handle(graphRoute, s.audited(inside(reports.Negotiated(compressed(handler)))))
	mux.Handle("GET /reports", file(reports.List))
	mux.Handle(reportRoute, file(reports.Run))
	mux.Handle("GET /schema.graphql", inside(compressed(schemaText())))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", s.ready)
	mux.Handle("GET /{$}", compressed(page()))
	mux.Handle("GET /playground/assets/", compressed(page()))
	mux.Handle("GET /playground/queries", inside(compressed(http.HandlerFunc(saved.list))))
	mux.Handle("PUT /playground/queries/{name}", inside(http.HandlerFunc(saved.save)))
	s.entrance.routes(mux, refused)
	return s.named(journal{s.log, s.instruments}.around(mux))
}

// privateRoutes are for operators only.
func (s *Server) privateRoutes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", s.instruments.handler())
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return mux
}

// SchemaText is the graph's schema with its descriptions, as a schema document.
func SchemaText() string {
	var text strings.Builder
	schema := graph.Schema()
	formatter.NewFormatter(&text, formatter.WithIndent("  ")).FormatSchema(schema)
	return text.String()
}

func schemaText() http.Handler {
	body := []byte(SchemaText())
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write(body)
	})
}

// ready answers 200 when at least one system answers: the gateway is then of use.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	answer := struct {
		Ready   bool          `json:"ready"`
		Systems []SystemState `json:"systems"`
	}{Systems: s.Systems(r.Context())}
	answer.Ready = slices.ContainsFunc(answer.Systems, func(s SystemState) bool { return s.State == Answering })
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if !answer.Ready {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(answer) // fails when the client has left
}
