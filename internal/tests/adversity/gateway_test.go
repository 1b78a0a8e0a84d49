// Package adversity holds what a gateway must bear without a crash and without an INTERNAL
// error: clients that leave, connections that are cut in the middle of an answer, sites
// that do not record what the shipped mappings do. Every root field of the graph is tried.
package adversity

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/server"
)

// scale of the databases: some records of each kind.
const scale = 0.01

func TestMain(m *testing.M) {
	_ = mysql.SetLogger(log.New(io.Discard, "", 0)) // tells of every connection that is cut
	dbtest.Main(m)
}

// gateway is a server without a listener, and what it logs.
type gateway struct {
	*server.Server
	log *record
}

// open makes a gateway over the systems' databases on one server, with a site's overlays.
func open(t testing.TB, systems []demo.System, dsn string, overlays map[model.System]mapping.Source) (*gateway, error) {
	t.Helper()
	today := calendar.Of(world.End)
	c := config.Config{Today: &today, Sources: map[model.System]config.Source{}, PersonKey: demo.PersonKey(),
		Overlays: overlays}
	for _, s := range systems {
		cfg, err := mysql.ParseDSN(dsn)
		if err != nil {
			t.Fatal(err)
		}
		cfg.DBName = s.Database.Name
		// Each answer is to be cut, so no system is left alone.
		c.Sources[s.System] = config.Source{MySQL: cfg, Breaker: database.Breaker{Failures: -1}}
	}
	log := &record{}
	s, err := server.New(c, slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelError})))
	if err != nil {
		return nil, err
	}
	return &gateway{s, log}, nil
}

// record keeps what is written to it.
type record struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (r *record) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(b)
}

// taken gives the record and empties it.
func (r *record) taken() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	text := r.text.String()
	r.text.Reset()
	return text
}

// operation is one request.
type operation struct {
	name      string
	query     string
	variables map[string]any
}

// answer is what a client sees of one.
type answer struct {
	status int
	Data   map[string]any
	Errors []problem

	Extensions struct{ Sources []struct{ Statements int } }
}

type problem struct {
	Message    string
	Path       []any
	Extensions struct{ Code, System, Argument string }
}

// ask has the operation answered; it returns when the handler does. Without an answer, as
// for a client that has left, the answer is empty.
func (g *gateway) ask(ctx context.Context, t testing.TB, o operation) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": o.query, "variables": o.variables})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	g.ServeHTTP(w, r)
	a := answer{status: w.Code}
	if w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
			t.Fatalf("%s: %v in %.300s", o.name, err, w.Body)
		}
	}
	return a
}

// unbearable tells what of an answer no client may see, whatever happened to the systems.
func (a answer) unbearable() string {
	for _, e := range a.Errors {
		switch e.Extensions.Code {
		case "SOURCE_UNAVAILABLE", "SOURCE_TIMEOUT", "SOURCE_ERROR", "LIMIT_EXCEEDED", "OVERLOADED":
		default:
			return e.Extensions.Code + ": " + e.Message
		}
		if strings.TrimSpace(e.Message) == "" {
			return e.Extensions.Code + " without a sentence"
		}
	}
	return ""
}
