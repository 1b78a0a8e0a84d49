package conformance

import (
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func TestMariaDB(t *testing.T) {
	server := dbtest.MariaDB(t)
	w := demotest.World(t, scale)
	systems := demo.Systems(w)
	if err := fill.Fill(t.Context(), server.DSN(""), demo.Databases(systems),
		func(string, string, int) {}); err != nil {
		t.Fatal(err)
	}
	run(t, w, demotest.Resolver(t, w, systems, server.DSN("")), systems)
	undated(t, demotest.Resolver(t, w, systems, server.DSN("")))
	everLate(t, deadlines(t, w, systems, server.DSN("")))
	settled(t, demotest.Resolver(t, w, systems, server.DSN("")).Set)
	large(t, demotest.ResolverOfLarge(t, w, systems, server.DSN(""), 20).Set)
	search(t, demotest.Resolver(t, w, systems, server.DSN("")))
}
