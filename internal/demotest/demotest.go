// Package demotest opens the graph over the demo's databases for tests of the layers
// below HTTP: on the embedded engine, or on a real server.
package demotest

import (
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/annualreport"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/clock"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/engine"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/metrics"
	"github.com/bureaugraph/bureaugraph/internal/personid"
	"github.com/bureaugraph/bureaugraph/internal/suite"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
	"github.com/bureaugraph/bureaugraph/resolvers"
)

// Patience bounds a statement, a request or a report in tests that are not about time: on a busy
// machine, and under the race detector, the embedded engine is slow without being out of order.
const Patience = 5 * time.Minute

// World invents the district of the tests: seed 1.
func World(t testing.TB, scale float64) *world.World {
	t.Helper()
	w, err := world.New(1, scale)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// Embedded serves the systems on the embedded engine and gives its DSN.
func Embedded(t testing.TB, systems []demo.System) string {
	t.Helper()
	server, err := engine.Start(t.Context(), "127.0.0.1:0", demo.Databases(systems))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return "root@tcp(" + server.Addr() + ")/"
}

// Clock is the statutory clock on a day.
func Clock(t testing.TB, today model.Date) *clock.Clock {
	t.Helper()
	days, err := calendar.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := clock.Parse(graph.Schema(), yamlfile.Layers{Shipped: adapters.Systems().Deadlines()})
	if err != nil {
		t.Fatal(err)
	}
	return clock.New(rules, days, func() model.Date { return today })
}

// Resolver opens the graph over the systems' databases on the server of the DSN, on the
// day the demo's data end.
func Resolver(t testing.TB, w *world.World, systems []demo.System, dsn string) *resolvers.Resolver {
	t.Helper()
	return ResolverOn(t, w, systems, dsn, calendar.Of(world.End))
}

// ResolverOn is like Resolver on another day.
func ResolverOn(t testing.TB, w *world.World, systems []demo.System, dsn string, today model.Date) *resolvers.Resolver {
	t.Helper()
	return open(t, w, systems, dsn, Clock(t, today), 0)
}

// ResolverBy is like Resolver by another clock.
func ResolverBy(t testing.TB, w *world.World, systems []demo.System, dsn string, by *clock.Clock) *resolvers.Resolver {
	t.Helper()
	return open(t, w, systems, dsn, by, 0)
}

// ResolverOfLarge is like Resolver where tables of more than so many rows are large.
func ResolverOfLarge(t testing.TB, w *world.World, systems []demo.System, dsn string, large int64) *resolvers.Resolver {
	t.Helper()
	return open(t, w, systems, dsn, Clock(t, calendar.Of(world.End)), large)
}

// Files gives the checked mapping of each system.
func Files(t testing.TB, w *world.World) map[model.System]*mapping.File {
	t.Helper()
	schema := mapping.SchemaOf(graph.Schema())
	files := map[model.System]*mapping.File{}
	for system, source := range adapters.Systems().Mappings() {
		file, err := mapping.Parse(source, nil, schema,
			cell.Env{Towns: w.Towns, Departments: w.Departments, Divisions: w.Towns})
		if err != nil {
			t.Fatal(err)
		}
		files[system] = file
	}
	return files
}

func open(t testing.TB, w *world.World, systems []demo.System, dsn string, by *clock.Clock,
	large int64) *resolvers.Resolver {
	t.Helper()
	env := cell.Env{Towns: w.Towns, Departments: w.Departments, Divisions: w.Towns}
	files := Files(t, w)
	book, err := metrics.Parse(graph.Schema(), yamlfile.Layers{Shipped: adapters.Systems().Figures()})
	if err != nil {
		t.Fatal(err)
	}
	report, err := annualreport.Parse(graph.Schema(), yamlfile.Layers{Shipped: adapters.Systems().AnnualReports()})
	if err != nil {
		t.Fatal(err)
	}
	opened := map[model.System]adapters.System{}
	servers := map[model.System]*database.DB{}
	for _, s := range systems {
		cfg, err := mysql.ParseDSN(dsn)
		if err != nil {
			t.Fatal(err)
		}
		cfg.DBName = s.Database.Name
		db, err := database.Open(string(s.System), cfg, database.Options{Timeout: Patience})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		opened[s.System] = adapters.System{DB: db, File: files[s.System], Large: large, ShowRaw: true}
		servers[s.System] = db
	}
	set, err := adapters.Open(opened, env, by)
	if err != nil {
		t.Fatal(err)
	}
	persons, err := personid.New(demo.PersonKey(), suite.International)
	if err != nil {
		t.Fatal(err)
	}
	return &resolvers.Resolver{
		Set: set, Reference: resolvers.Reference{Towns: w.Towns, Departments: w.Departments}, Systems: servers,
		Metrics: book, Report: report, Persons: persons, Today: by.Today,
	}
}
