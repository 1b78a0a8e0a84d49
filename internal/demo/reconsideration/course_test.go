package reconsideration

import (
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// TestCourse lets many cases run and checks that no step comes before the one it follows,
// and none in the future.
func TestCourse(t *testing.T) {
	w, err := world.New(3, 0.01)
	if err != nil {
		t.Fatal(err)
	}
	r := w.Rand("course test")
	for range 5000 {
		on := receipt(r, world.Start, world.End)
		c := newCourse(r, on, "", chance(r, 40), true)
		steps := []struct {
			name string
			day  time.Time
		}{
			{"received", c.received}, {"supplement requested", c.supplementRequested}, {"supplemented", c.supplemented},
			{"accepted", c.accepted}, {"sent", c.copySent}, {"answered", c.answered}, {"decided", c.decided},
			{"served", c.served}, {"performed", c.performed}, {"archived", c.archived},
		}
		last := steps[0]
		for _, step := range steps[1:] {
			if step.day.IsZero() {
				continue
			}
			if step.day.Before(last.day) {
				t.Fatalf("%s on %s, before %s on %s", step.name, step.day, last.name, last.day)
			}
			last = step
		}
		if !last.day.Before(world.End) {
			t.Fatalf("%s on %s, after the demo's end", last.name, last.day)
		}
		if c.accepted.IsZero() == c.refused.IsZero() && c.status != received && c.status != supplementRequested {
			t.Fatalf("status %s: a case is accepted or refused, not both or neither", c.status)
		}
		if (c.procedure != ordinary) && on.Before(newLaw) {
			t.Fatal("there is no summary procedure before the new law")
		}
		if c.closed.IsZero() != (c.served.IsZero() && c.refused.IsZero()) {
			t.Fatalf("status %s: a case is closed when it is served or refused", c.status)
		}
	}
}

func TestWorkdays(t *testing.T) {
	friday := world.Day(2023, 3, 17)
	for n, want := range map[int]time.Time{0: friday, 1: world.Day(2023, 3, 20), 5: world.Day(2023, 3, 24),
		6: world.Day(2023, 3, 27)} {
		if got := workdays(friday, n); !got.Equal(want) {
			t.Errorf("%d working days after a Friday: %s, want %s", n, got.Format(time.DateOnly),
				want.Format(time.DateOnly))
		}
	}
}
