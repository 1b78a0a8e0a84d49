package repeats

import (
	"strconv"
	"testing"
	"time"
)

func TestRepeats(t *testing.T) {
	var r Repeats
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	step := func(kind string, after time.Duration, told bool, untold int) {
		t.Helper()
		now = now.Add(after)
		if gotTold, gotUntold := r.Tell(kind, now); gotTold != told || gotUntold != untold {
			t.Errorf("%s at %s: %v %d, want %v %d", kind, now.Format(time.TimeOnly), gotTold, gotUntold, told, untold)
		}
	}
	step("a", 0, true, 0)
	step("a", time.Second, false, 0)
	step("b", 0, true, 0)
	step("a", tellAgain-2*time.Second, false, 0)
	step("a", time.Second, true, 2)
	step("a", time.Second, false, 0)
	step("a", -time.Hour, true, 1) // the clock was set back
	for i := range 10 * mostKinds {
		step(strconv.Itoa(i), 0, true, 0)
		if len(r.kinds) > mostKinds {
			t.Fatalf("%d kinds are remembered", len(r.kinds))
		}
	}
}
