// Package faults finds out what a gateway answers while one of its systems fails: it stands up the
// demo's databases on two real servers, one for the system that fails and one for the others, with
// a proxy before each system, a gateway before those, and clients that ask it all the time. Faults
// are begun and ended one by one, and every answer is held against the one that was given before.
// The test is internal/tests/faults, the program internal/bench/cmd/soak; docs/failure.md tells
// what came of it.
package faults

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/server"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// Faulty is the system that fails.
const Faulty = model.SystemLegalAid

// What of it is taken away by some faults.
const (
	faultyDatabase = "flyz"
	faultyTable    = "flyz.flyz_ajxx"
	faultyColumn   = "ajbh"
)

// The gateway's account.
const (
	account  = "reader"
	password = "reads-only"
)

// connections is the size of each pool, the product's default.
const connections = 8

// Options say what is stood up.
type Options struct {
	Scale   float64       // of the demo's data
	Timeout time.Duration // of a statement at the system that fails, and of a request's budget there
	Request time.Duration // limits.timeout
	Clients int           // half of them ask the system that fails
	Pace    time.Duration // between two requests of a client, from one beginning to the next
	// Heaviest is the time from which on an operation, asked alone, is left out.
	Heaviest time.Duration
	Golden   fs.FS // operations beside the saved queries: *.graphql
}

// Site is all that is stood up.
type Site struct {
	Options
	own, others *dbtest.Server // of the system that fails, and of all others
	proxies     map[model.System]*dbtest.Proxy
	admin       *sql.DB // at the server of the system that fails, past the proxy, who may do everything
	gateway     *server.Server
	client      *http.Client

	held      []*sql.Conn // that the fault of now has taken
	repeating *repeating  // what it does again and again

	touching, healthy []operation // that ask the system that fails, and that do not
	idle              state       // of a gateway that has answered all of them and has nothing to do
}

// Stand fills the servers and stands up all else. Close ends it.
func Stand(ctx context.Context, own, others *dbtest.Server, o Options) (_ *Site, err error) {
	s := &Site{Options: o, own: own, others: others, proxies: map[model.System]*dbtest.Proxy{},
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4 * o.Clients}}}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	w, err := world.New(1, o.Scale)
	if err != nil {
		return nil, err
	}
	systems := demo.Systems(w)
	databases := map[*dbtest.Server][]*legacy.Database{}
	for _, system := range systems {
		at := s.serverOf(system.System)
		databases[at] = append(databases[at], system.Database)
	}
	for at, list := range databases {
		if err := prepare(ctx, at, list); err != nil {
			return nil, err
		}
	}
	if s.admin, err = sql.Open("mysql", own.DSN("")); err != nil {
		return nil, err
	}
	sources := map[model.System]config.Source{}
	for _, system := range systems {
		if sources[system.System], err = s.source(system); err != nil {
			return nil, err
		}
	}
	if s.gateway, err = s.open(sources); err != nil {
		return nil, err
	}
	if err := s.learn(ctx, o.Golden); err != nil {
		return nil, err
	}
	l := s.drive(ctx, Fault{}, new(Row)) // what is kept for many at once is there from now on
	_, _, err = l.settled(ctx, mostRecovery)
	l.end()
	if err != nil {
		return nil, err
	}
	s.idle, _, err = s.rested(ctx, nil)
	return s, err
}

func (s *Site) serverOf(system model.System) *dbtest.Server {
	if system == Faulty {
		return s.own
	}
	return s.others
}

// prepare fills a server, and makes the gateway's account.
func prepare(ctx context.Context, at *dbtest.Server, list []*legacy.Database) error {
	if err := fill.Fill(ctx, at.DSN(""), list, nil); err != nil {
		return err
	}
	db, err := sql.Open("mysql", at.DSN(""))
	if err != nil {
		return err
	}
	defer db.Close()
	for _, statement := range []string{
		"CREATE USER " + account + " IDENTIFIED BY '" + password + "'",
		"GRANT SELECT ON *.* TO " + account,
		"FLUSH TABLES", // what is written is not damaged when the server is killed
	} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("faults: %w", err)
		}
	}
	return nil
}

// source is a system as the gateway is told of it, behind a proxy of its own.
func (s *Site) source(system demo.System) (config.Source, error) {
	cfg, err := mysql.ParseDSN(s.serverOf(system.System).DSN(system.Database.Name))
	if err != nil {
		return config.Source{}, err
	}
	proxy, err := dbtest.NewProxy(cfg.Addr)
	if err != nil {
		return config.Source{}, err
	}
	s.proxies[system.System] = proxy
	cfg.Addr, cfg.User, cfg.Passwd = proxy.Address(), account, password
	source := config.Source{MySQL: cfg, MaxConnections: connections}
	if system.System == Faulty {
		source.Timeout = s.Timeout
	}
	return source, nil
}

func (s *Site) open(sources map[model.System]config.Source) (*server.Server, error) {
	g, err := server.New(config.Config{
		Listen: "127.0.0.1:0", Today: new(calendar.Of(world.End)), PersonKey: demo.PersonKey(), Sources: sources,
		Limits: transport.Limits{Persons: -1, Timeout: s.Request},
	}, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	if err := g.Start(); err != nil {
		return nil, errors.Join(err, g.Close())
	}
	return g, nil
}

// unbroken is a gateway like the site's that leaves no system alone; only the system that fails
// is part of it.
func (s *Site) unbroken() (*server.Server, error) {
	cfg, err := mysql.ParseDSN(s.own.DSN(faultyDatabase))
	if err != nil {
		return nil, err
	}
	cfg.Addr, cfg.User, cfg.Passwd = s.proxies[Faulty].Address(), account, password
	return s.open(map[model.System]config.Source{
		Faulty: {MySQL: cfg, Timeout: s.Timeout, Breaker: database.Breaker{Failures: -1}}})
}

// Close ends all but the servers.
func (s *Site) Close() error {
	var err error
	if s.gateway != nil {
		err = s.gateway.Close()
	}
	s.client.CloseIdleConnections()
	if s.admin != nil {
		err = errors.Join(err, s.admin.Close())
	}
	for _, p := range s.proxies {
		p.Close()
	}
	return err
}
