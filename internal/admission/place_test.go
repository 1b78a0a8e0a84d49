package admission

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestFrozenSystemsHoldNoPlaces: with two systems frozen that 64 clients each ask, small and large questions, and
// questions that also ask a third, a large question to the third takes at most twice as long as undisturbed.
func TestFrozenSystemsHoldNoPlaces(t *testing.T) {
	const healthy = 4
	took := func(t *testing.T, frozen []int) (all []time.Duration) {
		synctest.Test(t, func(t *testing.T) {
			g := New(Limits{Running: 64, Records: 20_000, Waiting: 1000, Wait: time.Second})
			ctx, stop := context.WithCancel(t.Context())
			var clients sync.WaitGroup
			for _, system := range frozen {
				for i := range 64 {
					a := Ask{Systems: 1 << system, Records: []int{1, 5000}[i%2]}
					if i%4 > 1 {
						a.Systems |= 1 << healthy
					}
					clients.Go(func() {
						time.Sleep(time.Duration(i) * 3 * time.Millisecond)
						for ctx.Err() == nil {
							place, err := g.Enter(ctx, a)
							if err != nil {
								time.Sleep(100 * time.Millisecond)
								continue
							}
							place.Wait(system)
							select {
							case <-time.After(10 * time.Second):
							case <-ctx.Done():
							}
							place.Heard(system)
							place.Leave()
						}
					})
				}
			}
			time.Sleep(2 * time.Second)
			for range 100 {
				began := time.Now()
				place, err := g.Enter(ctx, Ask{Systems: 1 << healthy, Records: 5000})
				if err != nil { // refused
					all = append(all, time.Hour)
					continue
				}
				for range 3 {
					place.Wait(healthy)
					time.Sleep(20 * time.Millisecond)
					place.Heard(healthy)
				}
				place.Leave()
				all = append(all, time.Since(began))
				time.Sleep(173 * time.Millisecond)
			}
			stop()
			clients.Wait()
			if g.running != 0 || g.records != 0 || g.systems != [64]share{} || len(g.inside) != 0 {
				t.Errorf("left %d running, %d records, %v", g.running, g.records, g.systems)
			}
		})
		slices.Sort(all)
		return all
	}
	alone := took(t, nil)
	for _, frozen := range [][]int{{0}, {0, 1}, {0, 1, 2, 3}} {
		beside := took(t, frozen)
		if median, late := beside[50], beside[95]; median > 2*alone[50] || late > 2*alone[95] {
			t.Errorf("beside %d frozen systems it takes %s, of twenty one %s; alone %s", len(frozen), median, late, alone[50])
		}
	}
}

// TestPlace: an operation that only waits gives its place back, and its share of the systems that it does not wait
// for; it keeps the share of the one it waits for, goes on when that answers, and counts as before.
func TestPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := New(Limits{Running: 2, Records: 1000, Waiting: 10, Wait: time.Minute})
		enter := func(systems uint64) <-chan *Place {
			done := make(chan *Place, 1)
			go func() {
				place, err := g.Enter(t.Context(), Ask{Systems: systems})
				if err != nil {
					t.Error(err)
				}
				done <- place
			}()
			synctest.Wait()
			return done
		}
		both, working := <-enter(0b11), <-enter(0b100)
		both.Wait(0)
		first, second := enter(0b01), enter(0b10)
		if len(first)+len(second) > 0 {
			t.Fatal("there was room for three")
		}
		time.Sleep(2 * idle)
		synctest.Wait()
		if len(first) > 0 || len(second) == 0 {
			t.Fatalf("what asks the system that is waited for has entered: %v, the other: %v", len(first) > 0, len(second) > 0)
		}
		(<-second).Leave()
		if got := g.State().Running; got != 1 {
			t.Errorf("%d run, want 1", got)
		}
		both.Heard(0)
		if got := g.State().Running; got != 2 {
			t.Errorf("%d run that go on, want 2", got)
		}
		both.Wait(0)
		both.Wait(1)
		time.Sleep(idle / 2)
		both.Heard(1) // it goes on
		time.Sleep(3 * idle / 4)
		synctest.Wait()
		if len(first) > 0 {
			t.Error("entered while the other one goes on")
		}
		working.Leave()
		both.Heard(0)
		both.Leave()
		both.Leave()
		synctest.Wait()
		(<-first).Leave()
		if g.running != 0 || g.systems != [64]share{} {
			t.Errorf("left %+v", g.State())
		}
	})
}
