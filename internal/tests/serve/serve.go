// Package serve serves invented systems through the whole server, for tests that ask as a
// client does.
package serve

import (
	"log/slog"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/server"
	"github.com/bureaugraph/bureaugraph/internal/transport"
)

// Config is that of a gateway over the systems' databases on one server: on the day the demo's
// data end, on any free port, with the demo's key, and without a bound on persons asked for. A
// test changes what it is about.
func Config(t testing.TB, systems []demo.System, dsn string) config.Config {
	t.Helper()
	c := config.Config{
		Listen: "127.0.0.1:0", Today: new(calendar.Of(world.End)), PersonKey: demo.PersonKey(),
		Limits:  transport.Limits{Persons: -1, Timeout: demotest.Patience},
		Reports: config.Reports{Timeout: demotest.Patience},
		Sources: map[model.System]config.Source{},
	}
	for _, s := range systems {
		cfg, err := mysql.ParseDSN(dsn)
		if err != nil {
			t.Fatal(err)
		}
		cfg.DBName = s.Database.Name
		c.Sources[s.System] = config.Source{MySQL: cfg, Timeout: demotest.Patience}
	}
	return c
}

// Gateway runs a gateway until the test ends; a nil log keeps silent.
func Gateway(t testing.TB, c config.Config, log *slog.Logger) *server.Server {
	t.Helper()
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	s, err := server.New(c, log)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}
