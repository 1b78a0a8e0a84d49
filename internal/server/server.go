// Package server puts the gateway together: sources, mappings and reference data below
// the graph, the graph below HTTP. It starts it, watches it, and stops it without
// dropping a request.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/audit"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/fanout"
	"github.com/bureaugraph/bureaugraph/internal/library"
	"github.com/bureaugraph/bureaugraph/internal/signin"
	"github.com/bureaugraph/bureaugraph/internal/statistics"
	"github.com/bureaugraph/bureaugraph/internal/transport"
	"github.com/bureaugraph/bureaugraph/playground"
)

// drain is how long requests that are running when the gateway stops may go on.
const drain = 10 * time.Second

// Server is one gateway.
type Server struct {
	config      config.Config
	log         *slog.Logger
	databases   map[model.System]*database.DB
	mappings    map[model.System]*mapping.File
	set         *adapters.Set
	unknown     []statistics.Unknown
	instruments *instruments
	entrance    entrance
	audit       *audit.Log // nil before Start and without one
	policies    policies
	public      *http.Server
	private     *http.Server // nil without a private address

	publicAt, privateAt net.Listener
	serving             fanout.Group // the listeners
	failed              chan error   // a listener that broke
	closing             sync.Once
	closed              error
}

// New opens everything and connects to nothing. Errors are all findings about mappings
// and reference data at once. Close the server also when it was never started.
func New(c config.Config, log *slog.Logger) (*Server, error) {
	if c.Listen == "" {
		c.Listen = config.DefaultListen
	}
	c.Limits = c.Limits.WithDefaults()
	watch := newInstruments()
	resolver, mapped, err := open(&c, log, watch)
	if err != nil {
		return nil, err
	}
	documents, err := persisted(c.Persisted, graph.Schema(), c.Limits)
	if err != nil {
		return nil, err
	}
	saved, err := library.Open(playground.Queries(), c.Library.Directory, c.Library.Save)
	if err != nil {
		return nil, err
	}
	operations, _ := saved.List() // what is wrong in the site's directory is said when it is listed
	texts := documents.Texts()
	for _, o := range operations {
		texts = append(texts, o.Query)
	}
	watch.know(texts)
	s := &Server{
		config: c, log: log, databases: resolver.Systems, mappings: mapped, set: resolver.Set,
		unknown: resolver.UnknownFigures(), instruments: watch, failed: make(chan error, 2),
	}
	if !c.Access.Open() {
		s.entrance.signin, err = signin.New(c.Access.Options, s.address, log)
		if err != nil {
			return nil, err
		}
		s.entrance.admits, s.entrance.role = s.policies.admits, s.policies.role
	}
	s.policies.painter = painter{config: &s.config, log: log, resolver: resolver, documents: documents, saved: saved,
		shared: transport.NewShared(c.Limits), compress: compressor()}
	s.policies.whole = s.policies.painter.whole()
	if c.Access.Policy != nil {
		if err := s.policies.open(*c.Access.Policy); err != nil {
			return nil, err
		}
	}
	s.public = s.server(s.routes())
	s.public.TLSConfig = c.TLS
	if c.Private != "" {
		s.private = s.server(s.privateRoutes())
		s.private.WriteTimeout = 0 // a profile takes as long as was asked for
	}
	return s, nil
}

// server makes an HTTP server that no slow client can hold.
func (s *Server) server(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      s.config.Limits.Timeout + 30*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
}

// Start begins the audit, listens, and serves in the background. An error means that the audit's
// directory is of no use, or that an address is taken or not ours.
func (s *Server) Start() (err error) {
	if s.audit, err = s.openAudit(); err != nil {
		return err
	}
	if s.publicAt, err = net.Listen("tcp", s.config.Listen); err != nil {
		return fmt.Errorf("server: %w", err)
	}
	if s.private != nil {
		if s.privateAt, err = net.Listen("tcp", s.config.Private); err != nil {
			return errors.Join(fmt.Errorf("server: %w", err), s.publicAt.Close())
		}
		s.serving.Go(func() { s.serve(s.private, s.privateAt) })
	}
	s.serving.Go(func() { s.serve(s.public, s.publicAt) })
	return nil
}

func (s *Server) serve(server *http.Server, at net.Listener) {
	serve := func() error { return server.Serve(at) }
	if server.TLSConfig != nil {
		serve = func() error { return server.ServeTLS(at, "", "") } // which are in the TLSConfig
	}
	if err := serve(); !errors.Is(err, http.ErrServerClosed) {
		s.failed <- fmt.Errorf("server: %w", err)
	}
}

// Handler answers what the public address does, for who serves it otherwise.
func (s *Server) Handler() http.Handler { return s.public.Handler }

// URL is the address of the gateway, "http://127.0.0.1:8080"; "" before Start.
func (s *Server) URL() string {
	if s.config.TLS != nil {
		return strings.Replace(addressOf(s.publicAt), "http:", "https:", 1)
	}
	return addressOf(s.publicAt)
}

// PrivateURL is the address of metrics and pprof; "" before Start and without one.
func (s *Server) PrivateURL() string { return addressOf(s.privateAt) }

func addressOf(at net.Listener) string {
	if at == nil {
		return ""
	}
	return "http://" + at.Addr().String()
}

// Run starts the server, logs which systems answer, serves until ctx ends, and closes.
func (s *Server) Run(ctx context.Context) error {
	if err := s.Start(); err != nil {
		return errors.Join(err, s.Close())
	}
	s.log.Info("serving", "url", s.URL(), "private", s.PrivateURL())
	s.logSystems(ctx)
	if err := s.set.Learn(ctx); err != nil {
		fanout.Log(s.log, err)
	}
	for _, f := range s.Examine(ctx) { // what is not there is null, and a fault of its system
		s.log.Warn("the mapping does not fit the database", "finding", f.String())
	}
	select {
	case <-ctx.Done():
		s.log.Info("stopping", "drain", drain.String())
		return s.Close()
	case err := <-s.failed:
		return errors.Join(err, s.Close())
	}
}

// logSystems says which systems answer. One that does not is served as soon as it does:
// connections are made when they are needed.
func (s *Server) logSystems(ctx context.Context) {
	for _, state := range s.Systems(ctx) {
		if state.State == Answering {
			s.log.Info("system answers", "system", state.System, "version", state.Version)
		} else {
			s.log.Warn("system does not answer; its fields are null until it does", "system", state.System, "state",
				state.State)
		}
	}
}

// Close takes no more requests, lets those running end for up to 10 seconds, and closes
// all connections, for which it waits as long as a statement may take, at most. Closing
// twice is harmless.
func (s *Server) Close() error {
	s.closing.Do(func() {
		ctx, cancel := context.WithTimeout(context.Background(), drain)
		defer cancel()
		s.closed = shutdown(ctx, s.public)
		if s.private != nil {
			s.closed = errors.Join(s.closed, shutdown(ctx, s.private))
		}
		s.closed = errors.Join(s.closed, s.serving.Wait(), s.audit.Close())
		systems := slices.Collect(maps.Values(s.databases))
		failures := make([]error, len(systems))
		var closing fanout.Group
		for i, db := range systems {
			closing.Go(func() { failures[i] = db.Close() })
		}
		s.closed = errors.Join(s.closed, closing.Wait(), errors.Join(failures...))
	})
	return s.closed
}

func shutdown(ctx context.Context, server *http.Server) error {
	if err := server.Shutdown(ctx); err != nil {
		return errors.Join(fmt.Errorf("server: requests were still running: %w", err), server.Close())
	}
	return nil
}
