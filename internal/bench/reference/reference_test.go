package reference_test

import (
	"io"
	"log/slog"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"
	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/bench"
	"github.com/bureaugraph/bureaugraph/internal/bench/reference"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/server"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// planted is a text into which the demo planted a person: the reference masks no texts.
var planted = regexp.MustCompile(demo.StrayName[:len("缪")] + `[^"]*`)

// TestSameAnswers asks the gateway and the reference server the same questions: dirty
// dates, codes, licences and orphan links included, both must give the same bytes.
func TestSameAnswers(t *testing.T) {
	w, err := world.New(1, 0.3)
	if err != nil {
		t.Fatal(err)
	}
	systems := demo.Systems(w)
	dsn := dbtest.MariaDB(t).DSN("")
	if err := fill.Fill(t.Context(), dsn, demo.Databases(systems), nil); err != nil {
		t.Fatal(err)
	}
	for i, site := range bench.Sites() {
		if site.System != systems[i].System || site.Database != systems[i].Database.Name {
			t.Errorf("site %d is %s in %s, the demo has %s in %s", i, site.System, site.Database, systems[i].System,
				systems[i].Database.Name)
		}
	}

	c := config.Config{Listen: "127.0.0.1:0", Sources: map[model.System]config.Source{}}
	for _, site := range bench.Sites() {
		cfg, err := mysql.ParseDSN(dsn)
		if err != nil {
			t.Fatal(err)
		}
		cfg.DBName = site.Database
		c.Sources[site.System] = config.Source{MySQL: cfg, Timeout: demotest.Patience}
	}
	gateway, err := server.New(c, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer gateway.Close()
	if err := gateway.Start(); err != nil {
		t.Fatal(err)
	}
	s, err := reference.Open(t.Context(), dsn, bench.Connections)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	handmade := httptest.NewServer(s.Handler())
	defer handmade.Close()

	operations, err := bench.Operations([]string{"浙萧援民〔2023〕12号", "浙萧援民[2023]第012号", "浙萧援刑通〔2023〕7号", "浙萧援民〔1999〕1号"})
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range operations {
		if o.Name == "cases" { // every page of the book has its own dirt
			for _, day := range []string{"2024-07-01", "2024-03-11", "2023-12-24", "2023-09-09", "2023-05-05",
				"2023-02-02", "2022-11-11", "2022-08-08", "1950-01-01"} {
				operations[i].Variables = append(operations[i].Variables, bench.Variables{"before": day})
			}
		}
	}
	for _, o := range operations {
		t.Run(o.Name, func(t *testing.T) {
			asked, err := o.GatewayRequests()
			if err != nil {
				t.Fatal(err)
			}
			for i, request := range o.ReferenceRequests() {
				got, err := bench.Ask(t.Context(), strings.TrimPrefix(gateway.URL(), "http://"), asked[i])
				if err != nil {
					t.Fatal(err)
				}
				want, err := bench.Ask(t.Context(), strings.TrimPrefix(handmade.URL, "http://"), request)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(planted.ReplaceAllString(string(want), "planted"),
					planted.ReplaceAllString(string(got), "planted")); diff != "" {
					t.Errorf("%v: -reference +gateway\n%.3000s", o.Variables[i], diff)
				}
			}
		})
	}
}
