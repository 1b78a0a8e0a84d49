package flight

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// waiters starts callers of one work and gives what each of them got, after all have ended.
func waiters(t *testing.T, n int, ctx context.Context, work func() (int, error)) (outcomes []error) {
	t.Helper()
	var group Group[int]
	outcomes = make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { _, outcomes[i] = group.Do(ctx, "k", work) })
	}
	all.Wait()
	return outcomes
}

func TestGroupWorksOnce(t *testing.T) {
	for _, outcome := range []error{nil, errors.New("down")} {
		synctest.Test(t, func(t *testing.T) {
			times := 0
			began := time.Now()
			for _, err := range waiters(t, 50, t.Context(), func() (int, error) {
				times++
				time.Sleep(10 * time.Second)
				return 7, outcome
			}) {
				if !errors.Is(err, outcome) {
					t.Errorf("got %v, want %v", err, outcome)
				}
			}
			if took := time.Since(began); times != 1 || took != 10*time.Second {
				t.Errorf("worked %d times in %s; want once in 10s: a silent server is asked once for all who wait",
					times, took)
			}
		})
	}
}

func TestGroupWaitsNoLongerThanItMay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var group Group[int]
		answered := make(chan struct{})
		defer close(answered)
		go func() {
			_, _ = group.Do(t.Context(), "k", func() (int, error) { <-answered; return 7, nil })
		}()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		_, err := group.Do(ctx, "k", func() (int, error) { t.Error("worked although another does"); return 7, nil })
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != time.Second {
			t.Errorf("got %v after %s", err, time.Since(began))
		}
	})
}

func TestGroupGoesOnWithoutWhoLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var group Group[int]
		leaving, leave := context.WithCancel(t.Context())
		go func() {
			_, _ = group.Do(leaving, "k", func() (int, error) { <-leaving.Done(); return 0, leaving.Err() })
		}()
		synctest.Wait()
		stayed := make(chan error)
		go func() {
			_, err := group.Do(t.Context(), "k", func() (int, error) { return 7, nil })
			stayed <- err
		}()
		synctest.Wait()
		leave()
		if err := <-stayed; err != nil {
			t.Errorf("who stayed was told %v", err)
		}
	})
}

func TestGroupSurvivesAPanic(t *testing.T) {
	var group Group[int]
	func() {
		defer func() { _ = recover() }()
		_, _ = group.Do(t.Context(), "k", func() (int, error) { panic("x") })
	}()
	if n, err := group.Do(t.Context(), "k", func() (int, error) { return 7, nil }); n != 7 || err != nil {
		t.Error(n, err)
	}
}

// TestGroupTellsNobodyHalfAnAnswer: what is answered after the one who asked has left may lack
// what could not be read any more, so nobody else gets it.
func TestGroupTellsNobodyHalfAnAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var group Group[int]
		leaving, leave := context.WithCancel(t.Context())
		go func() {
			_, _ = group.Do(leaving, "k", func() (int, error) { <-leaving.Done(); return 3, nil })
		}()
		synctest.Wait()
		stayed := make(chan int)
		go func() {
			n, _ := group.Do(t.Context(), "k", func() (int, error) { return 7, nil })
			stayed <- n
		}()
		synctest.Wait()
		leave()
		if n := <-stayed; n != 7 {
			t.Errorf("who stayed was told %d", n)
		}
	})
}

// TestGroupKeepsKeysApart: work of another key waits for nothing.
func TestGroupKeepsKeysApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var group Group[int]
		slow := make(chan struct{})
		defer close(slow)
		go func() { _, _ = group.Do(t.Context(), "slow", func() (int, error) { <-slow; return 1, nil }) }()
		synctest.Wait()
		if n, err := group.Do(t.Context(), "quick", func() (int, error) { return 2, nil }); n != 2 || err != nil {
			t.Error(n, err)
		}
	})
}
