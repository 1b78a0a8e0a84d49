package database

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestTurns: those that came first go first, whoever leaves in between, and never more at once than there are turns.
func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := new(turns)
		turns.set(3)
		var mu sync.Mutex
		var order []int
		most, now := 0, 0
		var all sync.WaitGroup
		for i := range 50 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
			if i%5 == 4 {
				ctx, cancel = context.WithTimeout(t.Context(), time.Duration(i)*time.Millisecond) // leaves
			}
			all.Go(func() {
				defer cancel()
				if turns.take(ctx) != nil {
					return
				}
				defer turns.give()
				mu.Lock()
				order = append(order, i)
				now++
				most = max(most, now)
				mu.Unlock()
				time.Sleep(time.Second + time.Duration(i)*time.Millisecond) // no two end together
				mu.Lock()
				now--
				mu.Unlock()
			})
			synctest.Wait() // they come one after the other
		}
		all.Wait()
		if !slices.IsSorted(order) || len(order) != 40 || most != 3 {
			t.Errorf("%d at once, in this order: %v", most, order)
		}
		if turns.taken != 0 || turns.waiting.Len() != 0 {
			t.Errorf("left %+v", turns)
		}
	})
}

// TestTurnsChange: fewer turns end none of those that are taken; more are taken at once.
func TestTurnsChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := new(turns)
		turns.set(8)
		end := make(chan struct{})
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if turns.take(t.Context()) == nil {
					<-end
					turns.give()
				}
			})
		}
		taken := func() string {
			synctest.Wait()
			turns.mu.Lock()
			defer turns.mu.Unlock()
			return fmt.Sprint(turns.taken, " of ", turns.limit)
		}
		var got []string
		got = append(got, taken())
		turns.set(2)
		got = append(got, taken())
		for range 7 {
			end <- struct{}{}
		}
		got = append(got, taken())
		turns.set(5)
		got = append(got, taken())
		close(end)
		all.Wait()
		got = append(got, taken())
		want := []string{"8 of 8", "8 of 2", "2 of 2", "5 of 5", "0 of 5"}
		if !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
