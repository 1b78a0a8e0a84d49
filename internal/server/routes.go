package server

import (
	"encoding/json"
	"net/http"
	"net/http/pprof"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"

	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// The routes that run operations.
const (
	graphRoute  = "/graphql"
	reportRoute = "/reports/{file}"
)

// routes are those of the public address. What holds anything of the graph stands behind the
// entrance; the page itself, its sign-in and what tells whether the gateway is well are for
// everybody.
func (d *deployment) routes() http.Handler {
	compressed := d.policies.painter.compress
	whole := d.policies.whole
	refused, refusedFile := refuse(whole.graph.Refuse).challenging(bearer),
		refuse(whole.reports.Refuse).challenging(bearer)
	if d.config.Access.Keys != "" {
		refusedFile = refuse(whole.reports.Refuse).challenging(bearer, basic)
	}
	// Everything is answered from the caller's perspective.
	inside := func(of func(*perspective) http.Handler) http.Handler {
		return d.entrance.around(d.policies.serve(of, refused), refused)
	}
	file := func(of func(*perspective) http.HandlerFunc) http.Handler {
		served := d.policies.serve(func(p *perspective) http.Handler { return of(p) }, refusedFile)
		return d.followed(d.audited(d.entrance.around(served, refusedFile)))
	}
	mux := http.NewServeMux()
	answers := inside(func(p *perspective) http.Handler { return p.answers })
	mux.Handle(graphRoute, d.followed(d.audited(answers)))
	mux.Handle("GET /reports", file(func(p *perspective) http.HandlerFunc { return p.reports.List }))
	mux.Handle(reportRoute, file(func(p *perspective) http.HandlerFunc { return p.reports.Run }))
	mux.Handle("GET /schema.graphql", inside(func(p *perspective) http.Handler { return p.schema }))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", d.ready)
	mux.Handle("GET /{$}", compressed(page()))
	mux.Handle("GET /playground/assets/", compressed(page()))
	mux.Handle("GET /playground/queries", inside(func(p *perspective) http.Handler { return p.library }))
	mux.Handle("PUT /playground/queries/{name}", inside(func(p *perspective) http.Handler { return p.saving }))
	d.entrance.routes(mux, refused)
	journal := journal{d.log, d.instruments, d.operations}
	return d.timed(d.named(journal.around(d.guarded(mux))))
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
func SchemaText() string { return textOf(graph.Schema()) }

func textOf(schema *ast.Schema) string {
	var text strings.Builder
	formatter.NewFormatter(&text, formatter.WithIndent("  ")).FormatSchema(schema)
	return text.String()
}

func schemaText(schema *ast.Schema, graph *transport.Handler) http.Handler {
	body := []byte(textOf(schema))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if refused := graph.ShowsSchema(r.Context()); refused != nil {
			graph.Refuse(w, r, refused)
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store") // each role has its own
		_, _ = w.Write(body)
	})
}

// ready answers 200 when at least one system answers, so that the gateway is of use, and it has not
// been told to stop.
func (d *deployment) ready(w http.ResponseWriter, r *http.Request) {
	answer := struct {
		Ready    bool          `json:"ready"`
		Stopping bool          `json:"stopping"` // no more requests will be taken soon
		Systems  []SystemState `json:"systems"`
	}{Stopping: d.stopping.Load(), Systems: d.systems(r.Context())}
	answer.Ready = !answer.Stopping && slices.ContainsFunc(answer.Systems,
		func(s SystemState) bool { return s.State == Answering })
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if !answer.Ready {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(answer) // fails when the client has left
}
