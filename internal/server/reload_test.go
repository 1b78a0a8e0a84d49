package server

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/database"
)

// loads gives a configuration as a file does.
func loads(c config.Config) func() (*config.Config, error) {
	return func() (*config.Config, error) {
		c.Listen = "127.0.0.1:0"
		c.Sources = maps.Clone(c.Sources)
		return &c, nil
	}
}

// TestReload: while many ask, the configuration changes again and again; every request is answered
// whole, by the one or the other, and what was replaced is closed.
func TestReload(t *testing.T) {
	five := reachable(t)
	four := five
	four.Sources = maps.Clone(five.Sources)
	delete(four.Sources, model.SystemPublicity)
	s, log := start(t, five)

	const query = `{"query":"{ publicityEvents(first: 1) { nodes { id } } legalAidCases(first: 1) { nodes { id } } }"}`
	ended := make(chan struct{})
	var asking sync.WaitGroup
	var mu sync.Mutex
	answers := map[string]int{}
	for range 4 {
		asking.Go(func() {
			for {
				select {
				case <-ended:
					return
				default:
				}
				response, err := http.Post(s.URL()+"/graphql", "application/json", strings.NewReader(query))
				if err != nil {
					t.Error(err)
					return
				}
				body, err := io.ReadAll(response.Body)
				_ = response.Body.Close()
				kind := fmt.Sprint(response.StatusCode, err, strings.Count(string(body), `"id":"`),
					strings.Count(string(body), `"code":`))
				mu.Lock()
				answers[kind]++
				mu.Unlock()
			}
		})
	}
	var replaced []*database.DB
	for i := range 10 {
		for _, db := range s.now.Load().databases {
			replaced = append(replaced, db)
		}
		next := four
		if i%2 == 1 {
			next = five
		}
		if err := s.Reload(t.Context(), loads(next)); err != nil {
			t.Fatal(err)
		}
	}
	close(ended)
	asking.Wait()
	if err := s.retired.Wait(); err != nil {
		t.Error(err)
	}
	for kind := range answers {
		// Both systems answer, or the one that is not deployed is told of.
		if kind != "200 <nil> 2 0" && kind != "200 <nil> 1 1" {
			t.Errorf("%d answers: %s", answers[kind], kind)
		}
	}
	if len(answers) == 0 {
		t.Error("nobody was answered")
	}
	for _, db := range replaced {
		if _, err := db.Version(t.Context()); err == nil {
			t.Error("a database of a configuration that was replaced is open")
		}
	}
	if n := strings.Count(log.String(), `"the configuration is in force"`); n != 10 {
		t.Errorf("the log tells of %d configurations", n)
	}
}

// TestReloadOfMistakes: what is wrong changes nothing and is told.
func TestReloadOfMistakes(t *testing.T) {
	c := reachable(t)
	s, log := start(t, c)
	for name, load := range map[string]func() (*config.Config, error){
		"file":     func() (*config.Config, error) { return nil, errors.New("g.yaml:7: a mistake") },
		"manifest": loads(config.Config{Persisted: wrongManifest()}),
	} {
		before := s.now.Load()
		err := s.Reload(t.Context(), load)
		if err == nil || s.now.Load() != before {
			t.Errorf("%s: %v, and another configuration is in force", name, err)
			continue
		}
		if !strings.Contains(log.String(), "the one before stays in force") {
			t.Errorf("%s: the log does not tell: %s", name, log)
		}
	}
	if _, codes := ask(t, s, `{ legalAidCases(first: 1) { nodes { id } } }`); len(codes) > 0 {
		t.Errorf("the configuration of before answers %v", codes)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := s.Reload(t.Context(), loads(c)); !errors.Is(err, errStopping) {
		t.Errorf("after the end: %v", err)
	}
}

func wrongManifest() config.Persisted {
	return config.Persisted{Manifest: &mapping.Source{Name: "documents.json", Data: []byte(`{"1": "{ nothing }"}`)}}
}

// TestReloadKeeps: what cannot change is named, each time, and all else changes.
func TestReloadKeeps(t *testing.T) {
	s, log := start(t, config.Config{})
	next := config.Config{Private: "127.0.0.1:0", SuppressBelow: 7, Log: config.Log{Text: true},
		Audit: config.Audit{Directory: t.TempDir()}}
	for i := range 2 {
		if err := s.Reload(t.Context(), loads(next)); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(log.String(), `"restart":"private, audit, log"`); n != i+1 {
			t.Errorf("the log names %d times what needs a restart:\n%s", n, log)
		}
		if got := s.now.Load().config.SuppressBelow; got != 7 {
			t.Errorf("suppressBelow is %d", got)
		}
	}
}

// TestReloadForgetsNobody: who was asked for, and who was locked out, counts as before.
func TestReloadForgetsNobody(t *testing.T) {
	c := reachable(t)
	c.Limits.Persons = 1
	s, _ := start(t, c)
	seek := func(number string) string {
		t.Helper()
		_, body := send(t, http.MethodPost, s.URL()+"/graphql",
			`{"query":"query ($n: ResidentNumber!) { person(residentId: $n) { id } }","variables":{"n":"`+number+`"}}`,
			"Content-Type: application/json")
		return body
	}
	if body := seek("330199197202290145"); strings.Contains(body, "LIMIT_EXCEEDED") {
		t.Fatal(body)
	}
	if err := s.Reload(t.Context(), loads(c)); err != nil {
		t.Fatal(err)
	}
	if body := seek("33019919900101002X"); !strings.Contains(body, "LIMIT_EXCEEDED") {
		t.Errorf("a reload gives persons anew: %s", body)
	}
}

// TestStopping: who is told to stop says so, and still answers, until the delay is over.
func TestStopping(t *testing.T) {
	c := reachable(t)
	c.Listen = "127.0.0.1:0"
	s, _ := start(t, c)
	if status, _, _ := get(t, s.URL()+"/readyz"); status != http.StatusOK {
		t.Fatalf("at first: %d", status)
	}
	s.stopping.Store(true)
	status, _, body := get(t, s.URL()+"/readyz")
	if status != http.StatusServiceUnavailable || !strings.Contains(body, `"stopping":true`) {
		t.Errorf("told to stop: %d %s", status, body)
	}
	if _, codes := ask(t, s, `{ legalAidCases(first: 1) { nodes { id } } }`); len(codes) > 0 {
		t.Errorf("a request while stopping: %v", codes)
	}
}

// TestSlowClients: every phase of a request has an end.
func TestSlowClients(t *testing.T) {
	s, _ := start(t, config.Config{})
	if s.public.ReadHeaderTimeout != 10*time.Second || s.public.ReadTimeout != 10*time.Second ||
		s.public.IdleTimeout == 0 {
		t.Errorf("%+v", s.public)
	}
}
