package server

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
)

// TestBreakerIsTold: where a system's server is stopped, the metrics and /readyz tell that it is left alone, and
// when it is back; they tell of no other system.
func TestBreakerIsTold(t *testing.T) {
	c := reachable(t)
	c.Private = "127.0.0.1:0"
	source := c.Sources[model.SystemLegalAid]
	proxy := dbtest.StartProxy(t, source.MySQL.Addr)
	source.MySQL = source.MySQL.Clone()
	source.MySQL.Addr = proxy.Address()
	source.Breaker = database.Breaker{Failures: 1, Of: 2, Retry: 50 * time.Millisecond}
	c.Sources[model.SystemLegalAid] = source
	s, _ := start(t, c)

	readyz := func() (states map[model.System]database.Circuit) {
		t.Helper()
		_, _, body := get(t, s.URL()+"/readyz")
		var answer struct {
			Systems []struct {
				System  model.System
				Breaker database.Circuit
			}
		}
		if err := json.Unmarshal([]byte(body), &answer); err != nil {
			t.Fatal(err)
		}
		states = map[model.System]database.Circuit{}
		for _, system := range answer.Systems {
			states[system.System] = system.Breaker
		}
		return states
	}
	is := func(state string, system model.System) string {
		return "bureaugraph_breaker_state " + state + " " + string(system)
	}
	// await asks until the system's breaker is in the state, by the metrics, and gives all of them.
	await := func(state string) map[string]float64 {
		t.Helper()
		for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
			_, _ = ask(t, s, `{ legalAidCases(first: 1) { nodes { id } } }`)
			if got := scrape(t, s); got[is(state, model.SystemLegalAid)] == 1 {
				return got
			}
		}
		t.Fatalf("the breaker is not %s: %v", state, readyz()[model.SystemLegalAid])
		return nil
	}

	got := await(database.CircuitClosed)
	if state := readyz()[model.SystemLegalAid]; state.State != database.CircuitClosed || state.RetryAfter != 0 ||
		got["bureaugraph_breaker_opened_total LEGAL_AID"] != 0 || got[is("open", model.SystemLegalAid)] != 0 {
		t.Errorf("before: %+v, opened %g times", state, got["bureaugraph_breaker_opened_total LEGAL_AID"])
	}
	proxy.Refuse()
	got = await(database.CircuitOpen)
	if got["bureaugraph_breaker_opened_total LEGAL_AID"] != 1 || got[is("closed", model.SystemLegalAid)] != 0 {
		t.Errorf("stopped: opened %g times", got["bureaugraph_breaker_opened_total LEGAL_AID"])
	}
	states := readyz()
	if state := states[model.SystemLegalAid]; state.State != database.CircuitOpen || state.RetryAfter < 1 {
		t.Errorf("stopped: /readyz tells %+v", state)
	}
	if _, codes := ask(t, s, `{ legalAidCases(first: 1) { nodes { id } } }`); !slices.Equal(codes,
		[]string{"SOURCE_UNAVAILABLE LEGAL_AID"}) {
		t.Errorf("stopped: %v", codes)
	}
	if scrape(t, s)["bureaugraph_breaker_refused_total LEGAL_AID"] == 0 {
		t.Error("stopped: no statement is counted that was not sent")
	}
	for system, state := range states {
		if system != model.SystemLegalAid && (state.State != database.CircuitClosed ||
			got[is("closed", system)] != 1 || got["bureaugraph_breaker_opened_total "+string(system)] != 0) {
			t.Errorf("stopped: %s is %+v", system, state)
		}
	}
	proxy.Restore()
	_ = await(database.CircuitClosed)
	if state := readyz()[model.SystemLegalAid]; state.State != database.CircuitClosed || state.RetryAfter != 0 {
		t.Errorf("back: /readyz tells %+v", state)
	}
}
