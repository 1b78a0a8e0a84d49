// Package answers holds whole answers: each operation of testdata is sent to a gateway
// over the demo's embedded databases, and the answer, errors and sources included, is
// compared with the file beside it. Refresh with `go test ./internal/tests/answers -update` and read
// the difference like code.
package answers

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/tests/golden"

	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/tests/serve"
)

var update = flag.Bool("update", false, "rewrite the golden answers")

// scale of the golden answers.
const scale = 0.05

func TestMain(m *testing.M) { dbtest.Main(m) }

func TestAnswers(t *testing.T) {
	systems := demo.Systems(demotest.World(t, scale))
	url := gateway(t, systems, demotest.Embedded(t, systems))
	compareAll(t, url, *update)
}

// TestAnswersOnMariaDB expects the very same answers of a real server.
func TestAnswersOnMariaDB(t *testing.T) {
	database := dbtest.MariaDB(t)
	systems := demo.Systems(demotest.World(t, scale))
	if err := fill.Fill(t.Context(), database.DSN(""), demo.Databases(systems),
		func(string, string, int) {}); err != nil {
		t.Fatal(err)
	}
	compareAll(t, gateway(t, systems, database.DSN("")), false)
}

// gateway starts a gateway over the systems' databases on one server.
func gateway(t *testing.T, systems []demo.System, dsn string) (url string) {
	t.Helper()
	return gatewayWith(t, systems, dsn,
		slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})))
}

// gatewayWith is gateway with a log.
func gatewayWith(t *testing.T, systems []demo.System, dsn string, log *slog.Logger) (url string) {
	t.Helper()
	c := serve.Config(t, systems, dsn)
	c.ShowRaw = true
	return serve.Gateway(t, c, log).URL()
}

func compareAll(t *testing.T, url string, update bool) {
	files, err := filepath.Glob("testdata/*.graphql")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d operations, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".graphql"), func(t *testing.T) {
			query, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := steady(t, ask(t, url, string(query)))
			golden.Check(t, strings.TrimSuffix(file, ".graphql")+".json", string(got), update)
		})
	}
}

// ask sends one operation and gives the body of the answer.
func ask(t *testing.T, url, query string) []byte {
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
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// steady is the answer indented, without what differs from run to run: milliseconds, and
// the version of the database server.
func steady(t *testing.T, answer []byte) []byte {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(answer, &v); err != nil {
		t.Fatalf("%v in %.300s", err, answer)
	}
	if extensions, ok := v["extensions"].(map[string]any); ok {
		sources, _ := extensions["sources"].([]any)
		for _, s := range sources {
			delete(s.(map[string]any), "milliseconds")
		}
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
