package conformance

import (
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

// What stands in a cell of a deadline, empty, zero, unreadable or long ago, means the same
// to the clock and to the filters.
func TestPlantedDeadlines(t *testing.T) {
	w := demotest.World(t, scale)
	systems := demotest.Planted(t, w)
	deadlines(t, w, systems, demotest.Embedded(t, systems))
}

func TestPlantedDeadlinesOnMariaDB(t *testing.T) {
	database := dbtest.MariaDB(t)
	w := demotest.World(t, scale)
	systems := demotest.Planted(t, w)
	if err := fill.Fill(t.Context(), database.DSN(""), demo.Databases(systems),
		func(string, string, int) {}); err != nil {
		t.Fatal(err)
	}
	deadlines(t, w, systems, database.DSN(""))
}
