// Package server puts the gateway together: sources, mappings and reference data below
// the graph, the graph below HTTP. It starts it, watches it, and stops it without
// dropping a request.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/admission"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/executor"
	"github.com/bureaugraph/bureaugraph/internal/export"
	"github.com/bureaugraph/bureaugraph/internal/fanout"
	"github.com/bureaugraph/bureaugraph/internal/telemetry"
)

// Server is one gateway: its addresses, and what outlives a reload of its configuration. What is
// made of the configuration is a deployment.
type Server struct {
	standing
	now     atomic.Pointer[deployment]
	changes sync.Mutex   // of now
	retired fanout.Group // deployments whose last requests are being answered

	public  *http.Server
	private *http.Server // nil without a private address

	publicAt, privateAt net.Listener
	serving             fanout.Group // the listeners
	failed              chan error   // a listener that broke
	ending              sync.Once
	closed              error
}

// New opens everything and connects to nothing. Errors are all findings about mappings
// and reference data at once. Close the server also when it was never started.
func New(c config.Config, log *slog.Logger) (*Server, error) {
	s := &Server{failed: make(chan error, 2)}
	s.log, s.clock, s.files = slog.New(traced{log.Handler()}), time.Now, export.NewRoom()
	s.instruments = newInstruments(s)
	d, err := deploy(c, &s.standing, nil)
	if err != nil {
		return nil, err
	}
	s.now.Store(d)
	s.public = s.server(http.HandlerFunc(s.ServeHTTP))
	s.public.TLSConfig = https(s.now.Load)
	if c.Private != "" {
		s.private = s.server(s.privateRoutes())
	}
	return s, nil
}

// server makes an HTTP server that no slow client can hold. How long an answer may take is the
// deployment's to say.
func (s *Server) server(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: slowest,
		ReadTimeout:       slowest,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
}

// slowest is how long a client may take to send a request, its body included.
const slowest = 10 * time.Second

// ServeHTTP answers what the public address does, for who serves it otherwise.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for {
		d := s.now.Load()
		if d.enter() {
			defer d.leave()
			d.ServeHTTP(w, r)
			return
		}
	}
}

// Start begins the audit, listens, and serves in the background. An error means that the audit's
// directory is of no use, or that an address is taken or not ours.
func (s *Server) Start() (err error) {
	d := s.now.Load()
	if s.audit, err = d.openAudit(); err != nil {
		return err
	}
	if s.publicAt, err = net.Listen("tcp", d.config.Listen); err != nil {
		return fmt.Errorf("server: %w", err)
	}
	if s.private != nil {
		if s.privateAt, err = net.Listen("tcp", d.config.Private); err != nil {
			return errors.Join(fmt.Errorf("server: %w", err), s.publicAt.Close())
		}
		s.serving.Go(func() { s.serve(s.private, s.privateAt) })
	}
	s.serving.Go(func() { s.serve(s.public, s.publicAt) })
	return nil
}

func (s *Server) serve(server *http.Server, at net.Listener) {
	serve := func() error { return server.Serve(at) }
	if server == s.public && s.now.Load().tls != nil {
		serve = func() error { return server.ServeTLS(at, "", "") } // which are in the TLSConfig
	}
	if err := serve(); !errors.Is(err, http.ErrServerClosed) {
		s.failed <- fmt.Errorf("server: %w", err)
	}
}

// URL is the address of the gateway, "http://127.0.0.1:8080"; "" before Start.
func (s *Server) URL() string {
	if s.now.Load().tls != nil {
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

// Run starts the server, logs which systems answer, serves until ctx ends, and closes: at first it
// says at /readyz that it will, for as long as the configuration has it.
func (s *Server) Run(ctx context.Context) error {
	if err := s.Start(); err != nil {
		return errors.Join(err, s.Close())
	}
	s.log.Info("serving", "url", s.URL(), "private", s.PrivateURL())
	s.now.Load().look(ctx)
	select {
	case <-ctx.Done():
		times := s.now.Load().config.Shutdown
		s.log.Info("stopping", "delay", times.Delay.String(), "drain", times.Drain.String())
		s.stopping.Store(true)
		timer := time.NewTimer(times.Delay)
		defer timer.Stop()
		select {
		case <-timer.C:
			return s.Close()
		case err := <-s.failed:
			return errors.Join(err, s.Close())
		}
	case err := <-s.failed:
		return errors.Join(err, s.Close())
	}
}

// Close takes no more requests, lets those running end for as long as the configuration has it,
// and closes all connections, for which it waits as long as a statement may take, at most. Closing
// twice is harmless.
func (s *Server) Close() error {
	s.ending.Do(func() {
		s.stopping.Store(true) // no configuration comes into force any more
		s.changes.Lock()
		defer s.changes.Unlock()
		ctx, cancel := context.WithTimeout(context.Background(), s.now.Load().config.Shutdown.Drain)
		defer cancel()
		s.closed = shutdown(ctx, s.public)
		if s.private != nil {
			s.closed = errors.Join(s.closed, shutdown(ctx, s.private))
		}
		s.closed = errors.Join(s.closed, s.serving.Wait(), s.audit.Close(), s.now.Load().close(), s.retired.Wait())
	})
	return s.closed
}

func shutdown(ctx context.Context, server *http.Server) error {
	if err := server.Shutdown(ctx); err != nil {
		return errors.Join(fmt.Errorf("server: requests were still running: %w", err), server.Close())
	}
	return nil
}

// inUse are the pools of the configuration in force.
func (s *Server) inUse() map[model.System]*database.DB { return s.now.Load().databases }

// caches are those of the configuration in force, of all roles together.
func (s *Server) caches() map[string]executor.CacheState {
	all := map[string]executor.CacheState{}
	for _, p := range s.now.Load().policies.perspectives() {
		for name, of := range p.graph.Caches() {
			sum := all[name]
			all[name] = executor.CacheState{Hits: sum.Hits + of.Hits, Misses: sum.Misses + of.Misses,
				Entries: sum.Entries + of.Entries}
		}
	}
	return all
}

// spans are what became of those of the configuration in force, if it sends any.
func (s *Server) spans() (now telemetry.State, sends bool) {
	tracing := s.now.Load().tracing
	return tracing.State(), tracing != nil
}

// Collector tries where traces go: asked says that the configuration has one, err is one sentence.
func (s *Server) Collector(ctx context.Context) (asked bool, err error) {
	tracing := s.now.Load().tracing
	if tracing == nil {
		return false, nil
	}
	return true, tracing.Try(ctx)
}

// queue is that of the configuration in force.
func (s *Server) queue() admission.State { return s.now.Load().policies.painter.shared.Queue() }
