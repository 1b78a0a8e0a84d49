package fanout

import (
	"errors"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

func TestNoPanicLeaves(t *testing.T) {
	var g Group
	others := make([]bool, 8)
	for i := range others {
		g.Go(func() { others[i] = true })
	}
	g.Go(func() { panicking() })
	g.Do(func() { g.Go(func() {}) }) // work may begin more work
	err := g.Wait()
	f := fault.Of(err)
	if f == nil || f.Code != fault.Internal {
		t.Fatalf("the error is %v, want an INTERNAL fault", err)
	}
	p, ok := errors.AsType[*Panic](err)
	if !ok || !strings.Contains(string(p.Stack), "panicking") {
		t.Errorf("the cause is %v, want the panic with its stack", f.Unwrap())
	}
	if strings.Contains(f.Message, "index") {
		t.Errorf("the fault tells %q, which is for the log", f.Message)
	}
	for i, done := range others {
		if !done {
			t.Errorf("work %d was not done", i)
		}
	}
}

//go:noinline
func panicking() {
	var none []int
	_ = none[len(none)]
}

func TestWorkThatGoesWell(t *testing.T) {
	var g Group
	n := 0
	g.Go(func() { n++ })
	if err := g.Wait(); err != nil || n != 1 {
		t.Errorf("n is %d, the error %v", n, err)
	}
	if err := Do(func() { n++ }); err != nil || n != 2 {
		t.Errorf("n is %d, the error %v", n, err)
	}
}

func TestPanicsOfAnyKind(t *testing.T) {
	for _, tt := range []struct {
		value any
		want  string
	}{
		{errors.New("broken"), "panic: broken"},
		{"out of range", "panic: out of range"},
		{[]string{"330199198001019"}, "panic: a []string"},
	} {
		if got := (&Panic{Value: tt.value}).Error(); got != tt.want {
			t.Errorf("Error() of %v is %q, want %q", tt.value, got, tt.want)
		}
	}
}
