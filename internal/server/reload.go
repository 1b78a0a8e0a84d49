package server

import (
	"context"
	"errors"
	"reflect"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/fanout"
)

// errStopping means that no configuration comes into force any more.
var errStopping = errors.New("server: the gateway is stopping")

// Reload puts a configuration into force that load gives: sources, mappings, policy, library, limits, all
// but what stays as long as the process, which is said in the log. Requests that run are answered as
// they began. When something is wrong the configuration before stays in force. What came of it is
// logged; the error is that of load, or all that is wrong.
func (s *Server) Reload(ctx context.Context, load func() (*config.Config, error)) error {
	s.changes.Lock()
	defer s.changes.Unlock()
	if s.stopping.Load() {
		return errStopping
	}
	before := s.now.Load()
	next, kept, err := s.renewed(before, load)
	if err != nil {
		s.log.Error("the configuration is wrong; the one before stays in force", "findings", err.Error())
		return err
	}
	s.now.Store(next)
	s.retired.Go(func() {
		if err := before.retire(); err != nil {
			fanout.Log(s.log, err)
		}
	})
	if len(kept) > 0 {
		s.log.Warn("the configuration is in force, but for what needs a restart", "restart", strings.Join(kept, ", "))
	} else {
		s.log.Info("the configuration is in force")
	}
	next.look(ctx)
	return nil
}

// renewed opens a configuration; kept names what of it stays as it was.
func (s *Server) renewed(before *deployment,
	load func() (*config.Config, error)) (next *deployment, kept []string, err error) {
	c, err := load()
	if err != nil {
		return nil, nil, err
	}
	d := withDefaults(*c)
	kept = keep(before.config, &d)
	next, err = deploy(d, &s.standing, before)
	return next, kept, err
}

// keep sets what stays as long as the process to what it was, and names what would have changed.
func keep(before config.Config, next *config.Config) (keys []string) {
	note := func(key string, same bool) {
		if !same {
			keys = append(keys, key)
		}
	}
	note("listen", before.Listen == next.Listen)
	note("private", before.Private == next.Private)
	note("audit", reflect.DeepEqual(before.Audit, next.Audit))
	note("log", before.Log == next.Log)
	next.Listen, next.Private, next.Audit, next.Log = before.Listen, before.Private, before.Audit, before.Log
	next.Stock = before.Stock // a flag's, not the file's
	if (before.TLS == nil) != (next.TLS == nil) {
		note("tls", false)
		next.TLS = before.TLS
	}
	return keys
}
