// Package figures proves the statistics: every figure equals the count of the list by the
// filter that comes with it, and equals the same figure computed in Go over all decoded
// records, on the embedded engine and on a real server; some are computed from the raw
// legacy rows.
package figures

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/server"
	"github.com/bureaugraph/bureaugraph/internal/tests/serve"
)

// today lies some weeks behind the demo's last day: something of every kind is overdue.
var today = model.Date{Year: 2024, Month: 8, Day: 15}

// scale of the demo data: large enough for every outcome and every kind of dirt.
const scale = 0.05

func TestMain(m *testing.M) { dbtest.Main(m) }

// site is a gateway over the demo's databases, with all their records decoded.
type site struct {
	url     string
	systems []demo.System
	schema  *ast.Schema
	rows    map[string][]reflect.Value  // by record: its structs
	cases   map[string]model.System     // records that are their system's case
	bands   map[string]map[string][]int // by record and field in small letters: where its bands begin
	working *calendar.Calendar
	clock   map[any]map[string]*bool // by pointer to a struct: what the clock says of it
	undated map[any]map[string]bool  // steps done on a day that nobody knows
}

func embedded(t *testing.T) *site {
	t.Helper()
	systems := withRarities(t)
	return open(t, systems, demotest.Embedded(t, systems))
}

func onMariaDB(t *testing.T) *site {
	t.Helper()
	database := dbtest.MariaDB(t)
	systems := withRarities(t)
	if err := fill.Fill(t.Context(), database.DSN(""), demo.Databases(systems),
		func(string, string, int) {}); err != nil {
		t.Fatal(err)
	}
	return open(t, systems, database.DSN(""))
}

// withRarities are the demo's systems with some cells changed, so that figures of what
// hardly happens have rows at this scale, too.
func withRarities(t *testing.T) []demo.System {
	t.Helper()
	lost := legacy.Mojibake("败诉", "utf8")
	systems := demo.Systems(demotest.World(t, scale))
	for _, change := range []struct {
		table, given string // of rows whose column given has something
		first, rows  int
		column       string
		value        any
	}{
		{"T_FY_SS", "CPRQ", 0, 2, "SFBS", lost},
		{"T_FY_YJS", "ZFRQ", 0, 3, "FKRQ", nil},
		{"reexamination", "decideDate", 0, 2, "result", "撤销"},
	} {
		changed := 0
		for _, s := range systems {
			for _, table := range s.Database.Tables {
				if table.Name != change.table {
					continue
				}
				at := func(name string) int {
					return slices.IndexFunc(table.Columns, func(c legacy.Column) bool { return c.Name == name })
				}
				for _, row := range table.Rows {
					if given := row[at(change.given)]; given == nil || given == "未定" {
						continue
					}
					if changed++; changed > change.first && changed <= change.first+change.rows {
						row[at(change.column)] = change.value
					}
				}
			}
		}
		if changed < change.first+change.rows {
			t.Fatalf("%s has only %d rows with %s", change.table, changed, change.given)
		}
	}
	return systems
}

func open(t *testing.T, systems []demo.System, dsn string) *site {
	t.Helper()
	s := &site{
		systems: systems, schema: graph.Schema(), rows: map[string][]reflect.Value{},
		cases: map[string]model.System{}, bands: map[string]map[string][]int{},
		clock: map[any]map[string]*bool{}, undated: map[any]map[string]bool{},
	}
	var err error
	if s.working, err = calendar.Embedded(); err != nil {
		t.Fatal(err)
	}
	s.url = gateway(t, systems, dsn, "").URL()
	set := demotest.ResolverOn(t, demotest.World(t, scale), systems, dsn, today).Set
	everyKind(t, s, set)
	for _, file := range demotest.Files(t, demotest.World(t, scale)) {
		for _, table := range file.Records {
			s.bands[table.Record] = map[string][]int{}
			for field, bands := range table.Bands {
				s.bands[table.Record][strings.ToLower(field)] = bands.From
			}
		}
	}
	return s
}

// gateway serves the systems; the one named down has no server to talk to.
func gateway(t *testing.T, systems []demo.System, dsn string, down model.System) *server.Server {
	t.Helper()
	c := serve.Config(t, systems, dsn)
	c.Today = &today
	if down != "" {
		source := c.Sources[down]
		source.MySQL.Addr = "127.0.0.1:1"
	}
	return serve.Gateway(t, c, nil)
}

func decode[T any](t *testing.T, s *site, source *adapters.Source[T]) {
	t.Helper()
	rows, err := source.All(context.Background(), filter.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	if _, isCase := any(new(T)).(model.Record); isCase {
		s.cases[source.Kind().Record] = source.Kind().System
	}
	for i, list := range adapters.Deadlines(source, rows) {
		s.clock[rows[i]], s.undated[rows[i]] = flagsOf(list)
	}
	for _, r := range rows {
		s.rows[source.Kind().Record] = append(s.rows[source.Kind().Record], reflect.ValueOf(r).Elem())
	}
}

// answer is a response; numbers keep their digits.
type answer struct {
	Data   map[string]any
	Errors []struct {
		Message    string
		Extensions map[string]any
	}
	Extensions struct {
		Sources []struct {
			System     string
			Statements int
		}
	}
}

func ask(t *testing.T, url, query string) answer {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Post(url+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var a answer
	d := json.NewDecoder(response.Body)
	d.UseNumber()
	if err := d.Decode(&a); err != nil {
		t.Fatal(err)
	}
	return a
}

// must is an answer without errors.
func (s *site) must(t *testing.T, query string) map[string]any {
	t.Helper()
	a := ask(t, s.url, query)
	if len(a.Errors) > 0 {
		t.Fatalf("%v\n%.2000s", a.Errors, query)
	}
	return a.Data
}
