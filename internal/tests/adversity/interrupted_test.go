package adversity

import (
	"context"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

// cuts is at how many places of each answer the connection is cut.
const cuts = 3

// TestConnectionsAreCut cuts the connection to the server after so many bytes of what it
// answers to every root field, from the first to the last: whatever was read until then,
// the client learns that a system failed, and nothing else.
func TestConnectionsAreCut(t *testing.T) {
	systems := demo.Systems(demotest.World(t, scale))
	p := dbtest.StartProxy(t, address(demotest.Embedded(t, systems)))
	g, err := open(t, systems, "root@tcp("+p.Address()+")/", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	for _, o := range rootOperations(t, g) {
		p.CutAfter(-1)
		whole := g.ask(t.Context(), t, o)
		if bad := whole.unbearable(); bad != "" {
			t.Errorf("%s, uncut: %s", o.name, bad)
		}
		sent := p.Sent()
		if sent == 0 || len(whole.Extensions.Sources) == 0 {
			continue // answered from reference data
		}
		failed := 0
		for i := range int64(cuts) {
			p.CutAfter(1 + (sent-1)*i/(cuts-1))
			a := g.ask(t.Context(), t, o)
			if bad := a.unbearable(); bad != "" {
				t.Errorf("%s, cut at %d of %d bytes: %s\n%s", o.name, 1+(sent-1)*i/(cuts-1), sent, bad, g.log.taken())
			}
			if len(a.Errors) > 0 || tellsOfMissing(a) {
				failed++
			}
		}
		if failed == 0 && o.name != "systems" { // which says it without an error
			t.Errorf("%s: no cut was told", o.name)
		}
	}
	if panics := g.log.taken(); strings.Contains(panics, "panic") {
		t.Errorf("logged: %.2000s", panics)
	}
}

// tellsOfMissing tells whether the root field names systems that are missing from it.
func tellsOfMissing(a answer) bool {
	for _, field := range a.Data {
		object, _ := field.(map[string]any)
		if missing, _ := object["missingSystems"].([]any); len(missing) > 0 {
			return true
		}
	}
	return false
}

// TestClientsLeave has the client of every root field leave before its request begins, and
// at a random time later on. Nothing works on for it when the handler has returned.
func TestClientsLeave(t *testing.T) {
	systems := demo.Systems(demotest.World(t, scale))
	g, err := open(t, systems, demotest.Embedded(t, systems), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	random := rand.New(rand.NewPCG(11, 2))
	for _, o := range rootOperations(t, g) {
		started := time.Now()
		g.ask(t.Context(), t, o)
		took := time.Since(started)
		for i := range 3 {
			ctx, leave := context.WithTimeout(t.Context(), time.Duration(float64(took)*random.Float64()))
			if i == 0 {
				leave()
			}
			a := g.ask(ctx, t, o)
			leave()
			if bad := a.unbearable(); bad != "" {
				t.Errorf("%s: %s\n%s", o.name, bad, g.log.taken())
			}
			if left := working(); left != "" {
				t.Fatalf("%s: something works on for a client that has left:\n%s", o.name, left)
			}
		}
	}
	if panics := g.log.taken(); strings.Contains(panics, "panic") {
		t.Errorf("logged: %.2000s", panics)
	}
}

// working gives the stack of a goroutine that resolves something; "" when none does.
func working() string {
	stacks := make([]byte, 4<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	for stack := range strings.SplitSeq(string(stacks), "\n\n") {
		if strings.Contains(stack, "bureaugraph/resolvers.") || strings.Contains(stack, "bureaugraph/loaders.") {
			return stack
		}
	}
	return ""
}

func address(dsn string) string {
	_, rest, _ := strings.Cut(dsn, "(")
	address, _, _ := strings.Cut(rest, ")")
	return address
}
