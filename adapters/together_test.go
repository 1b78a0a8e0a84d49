package adapters

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// waiters starts callers of one work and gives what each of them got, after all have ended.
func waiters(t *testing.T, n int, ctx context.Context, work func() error) (outcomes []error) {
	t.Helper()
	var group together
	outcomes = make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { outcomes[i] = group.do(ctx, work) })
	}
	all.Wait()
	return outcomes
}

func TestTogetherWorksOnce(t *testing.T) {
	for _, outcome := range []error{nil, errors.New("down")} {
		synctest.Test(t, func(t *testing.T) {
			times := 0
			began := time.Now()
			for _, err := range waiters(t, 50, t.Context(), func() error {
				times++
				time.Sleep(10 * time.Second)
				return outcome
			}) {
				if !errors.Is(err, outcome) {
					t.Errorf("got %v, want %v", err, outcome)
				}
			}
			if took := time.Since(began); times != 1 || took != 10*time.Second {
				t.Errorf("worked %d times in %s; want once in 10s: a silent server is asked once for all who wait", times, took)
			}
		})
	}
}

func TestTogetherWaitsNoLongerThanItMay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var group together
		answered := make(chan struct{})
		defer close(answered)
		go func() {
			_ = group.do(t.Context(), func() error { <-answered; return nil })
		}()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		err := group.do(ctx, func() error { t.Error("worked although another does"); return nil })
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != time.Second {
			t.Errorf("got %v after %s", err, time.Since(began))
		}
	})
}

func TestTogetherGoesOnWithoutWhoLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var group together
		leaving, leave := context.WithCancel(t.Context())
		go func() {
			_ = group.do(leaving, func() error { <-leaving.Done(); return leaving.Err() })
		}()
		synctest.Wait()
		stayed := make(chan error)
		go func() { stayed <- group.do(t.Context(), func() error { return nil }) }()
		synctest.Wait()
		leave()
		if err := <-stayed; err != nil {
			t.Errorf("who stayed was told %v", err)
		}
	})
}

func TestTogetherSurvivesAPanic(t *testing.T) {
	var group together
	func() {
		defer func() { _ = recover() }()
		_ = group.do(t.Context(), func() error { panic("x") })
	}()
	if err := group.do(t.Context(), func() error { return nil }); err != nil {
		t.Error(err)
	}
}
