package admission

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

var bounds = Limits{Running: 4, Records: 1000, Waiting: 10, Wait: 2 * time.Second}

// entering is one that asks to enter.
type entering struct {
	leave func()
	err   error
	after time.Duration
}

// enter asks in the background, until it has entered or waits.
func enter(ctx context.Context, g *Gate, a Ask) <-chan entering {
	done := make(chan entering, 1)
	go func() {
		began := time.Now()
		place, err := g.Enter(ctx, a)
		done <- entering{place.Leave, err, time.Since(began)}
	}()
	synctest.Wait()
	return done
}

// waits tells whether one still waits.
func waits(c <-chan entering) bool { return len(c) == 0 }

// in gives one that has entered.
func in(t *testing.T, c <-chan entering) entering {
	t.Helper()
	if waits(c) {
		t.Fatal("it waits")
	}
	e := <-c
	if e.err != nil {
		t.Fatal(e.err)
	}
	return e
}

// TestRunning: as many as may run do, the next waits until one has left; leaving twice is leaving once.
func TestRunning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := New(bounds)
		var inside []entering
		for range bounds.Running {
			inside = append(inside, in(t, enter(t.Context(), g, Ask{})))
		}
		next, after := enter(t.Context(), g, Ask{}), enter(t.Context(), g, Ask{})
		if !waits(next) {
			t.Fatal("one more runs than may")
		}
		inside[0].leave()
		inside[0].leave()
		synctest.Wait()
		in(t, next)
		if !waits(after) {
			t.Error("who left twice made room for two")
		}
		inside[1].leave()
		synctest.Wait()
		in(t, after)
	})
}

// TestTooLate: a burst waits up to its time; when nobody has entered in time for long, the wait is cut;
// when the queue has been empty it is whole again.
func TestTooLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := New(bounds)
		var inside []entering
		for range bounds.Running {
			inside = append(inside, in(t, enter(t.Context(), g, Ask{})))
		}
		keeping := enter(t.Context(), g, Ask{Patient: true}) // the queue is never empty
		first := <-enter(t.Context(), g, Ask{})
		if !errors.Is(first.err, ErrFull) || first.after != bounds.Wait {
			t.Errorf("a burst waits %s: %v", first.after, first.err)
		}
		time.Sleep(time.Millisecond)
		if e := <-enter(t.Context(), g, Ask{}); !errors.Is(e.err, ErrFull) || e.after != bounds.Wait/10 {
			t.Errorf("in a queue that stands it waits %s: %v", e.after, e.err)
		}
		for _, e := range inside {
			e.leave()
		}
		synctest.Wait()
		in(t, keeping)
		for range bounds.Running - 1 {
			in(t, enter(t.Context(), g, Ask{}))
		}
		if e := <-enter(t.Context(), g, Ask{}); e.after != bounds.Wait {
			t.Errorf("in the next burst it waits %s", e.after)
		}
	})
}

// TestWaiting: more than may wait are told at once.
func TestWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := New(bounds)
		ctx, leave := context.WithCancel(t.Context())
		for range bounds.Running + bounds.Waiting {
			enter(ctx, g, Ask{})
		}
		if e := <-enter(t.Context(), g, Ask{}); !errors.Is(e.err, ErrFull) || e.after != 0 {
			t.Errorf("one more waits %s: %v", e.after, e.err)
		}
		leave()
		synctest.Wait()
		if n := len(g.queues[small]); n != 0 {
			t.Errorf("%d wait that have left", n)
		}
	})
}

// TestSmallFirst: small ones go before large ones that came earlier, and every fourth is a large one.
func TestSmallFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := New(Limits{Running: 1, Records: 1000, Waiting: 100, Wait: time.Minute})
		now := in(t, enter(t.Context(), g, Ask{}))
		var order []string
		var mu sync.Mutex
		ask := func(name string, a Ask) {
			go func() {
				place, err := g.Enter(t.Context(), a)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				order = append(order, name)
				mu.Unlock()
				place.Leave()
			}()
			synctest.Wait()
		}
		for range 2 {
			ask("large", Ask{Records: 200})
		}
		for range 5 {
			ask("small", Ask{Records: 10})
		}
		now.leave()
		synctest.Wait()
		want := []string{"small", "small", "large", "small", "small", "small", "large"}
		for i := range want {
			if len(order) != len(want) || order[i] != want[i] {
				t.Fatalf("%v, want %v", order, want)
			}
		}
	})
}

// TestRecords: large ones wait for room, in their order; small ones need none. None takes more than a
// quarter.
func TestRecords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := New(Limits{Running: 100, Records: 1000, Waiting: 100, Wait: time.Minute})
		var inside []entering
		for range 4 {
			inside = append(inside, in(t, enter(t.Context(), g, Ask{Records: 1 << 20})))
		}
		big := enter(t.Context(), g, Ask{Records: 250})
		less := enter(t.Context(), g, Ask{Records: 20})
		if !waits(big) || !waits(less) {
			t.Fatal("more records than may be are in the making, or one passes another")
		}
		in(t, enter(t.Context(), g, Ask{Records: 10}))
		inside[0].leave()
		synctest.Wait()
		in(t, big)
		if !waits(less) {
			t.Error("there is no room for it")
		}
	})
}

// TestShare: what waits for a system that hangs takes half of all at most, of places and of records.
func TestShare(t *testing.T) {
	const frozen, well = 1 << 0, 1 << 5
	for _, records := range []int{0, 250} {
		synctest.Test(t, func(t *testing.T) {
			g := New(bounds)
			for range 10 {
				enter(t.Context(), g, Ask{Records: records, Systems: frozen})
			}
			if got := g.systems[0].running; got != 2 {
				t.Errorf("%d run of the system that hangs", got)
			}
			for range 2 {
				in(t, enter(t.Context(), g, Ask{Records: records, Systems: well}))
			}
		})
	}
	synctest.Test(t, func(t *testing.T) { // who asks both waits for both
		g := New(bounds)
		one := in(t, enter(t.Context(), g, Ask{Systems: frozen}))
		in(t, enter(t.Context(), g, Ask{Systems: frozen}))
		both := enter(t.Context(), g, Ask{Systems: frozen | well})
		in(t, enter(t.Context(), g, Ask{Systems: well}))
		if !waits(both) {
			t.Fatal("it does not wait")
		}
		one.leave()
		synctest.Wait()
		in(t, both)
	})
	synctest.Test(t, func(t *testing.T) { // who waits too long learns for what
		g := New(bounds)
		in(t, enter(t.Context(), g, Ask{Systems: frozen}))
		in(t, enter(t.Context(), g, Ask{Systems: frozen}))
		if e := <-enter(t.Context(), g, Ask{Systems: frozen}); e.err != ErrShare || !errors.Is(e.err, ErrFull) {
			t.Errorf("while the system's share is taken: %v", e.err)
		}
		for range bounds.Running - 2 {
			in(t, enter(t.Context(), g, Ask{Systems: well}))
		}
		if e := <-enter(t.Context(), g, Ask{}); e.err != ErrFull {
			t.Errorf("while all places are: %v", e.err)
		}
	})
}

// TestPatient: who is patient waits as long as its context does, and is told its error.
func TestPatient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := New(bounds)
		for range bounds.Running {
			in(t, enter(t.Context(), g, Ask{}))
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		e := <-enter(ctx, g, Ask{Patient: true})
		if !errors.Is(e.err, context.DeadlineExceeded) || e.after != time.Hour {
			t.Errorf("%v after %s", e.err, e.after)
		}
	})
}

// TestNothingIsLost: whatever enters, waits, leaves and goes away at once, the gate is empty in the end,
// and never held more than it may.
func TestNothingIsLost(t *testing.T) {
	limits := Limits{Running: 8, Records: 1000, Waiting: 50, Wait: 5 * time.Millisecond}
	g := New(limits)
	var running, records, entered atomic.Int64
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			for range 50 {
				ctx, cancel := context.WithCancel(t.Context())
				if rand.IntN(4) == 0 {
					cancel()
				}
				a := Ask{Records: rand.IntN(400), Systems: rand.Uint64N(8)}
				place, err := g.Enter(ctx, a)
				if err == nil {
					entered.Add(1)
					large := int64(0)
					if took := min(a.Records, limits.Records/4); took > limits.Records/100 {
						large = int64(took)
					}
					n, r := running.Add(1), records.Add(large)
					if n > int64(limits.Running) || r > int64(limits.Records) {
						t.Errorf("%d run with %d records", n, r)
					}
					running.Add(-1)
					records.Add(-large)
					place.Leave()
				}
				cancel()
			}
		})
	}
	all.Wait()
	if entered.Load() == 0 {
		t.Error("nobody entered")
	}
	if g.running != 0 || g.records != 0 || g.systems != [64]share{} || len(g.queues[small])+len(g.queues[large]) != 0 {
		t.Errorf("left behind: %d running, %d records, %v", g.running, g.records, g.systems)
	}
}
