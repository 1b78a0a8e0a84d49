package resolvers

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/bureaugraph/bureaugraph/loaders"
)

// TestSharing: many that ask the same at once cause one run, also when who began it leaves;
// of one turn, one run is at work.
func TestSharing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s runs
		var begun, working atomic.Int64
		release := make(chan struct{})
		ask := func(ctx context.Context, key string) (int, error) {
			return sharing(ctx, &s, "LEGAL_AID", key, func() (int, error) {
				if working.Add(1) > 1 {
					t.Error("two runs of one turn are at work")
				}
				defer working.Add(-1)
				begun.Add(1)
				select {
				case <-release:
					return 7, nil
				case <-ctx.Done():
					return 0, ctx.Err()
				}
			})
		}
		leaving, leave := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() {
			if _, err := ask(leaving, "quality"); !errors.Is(err, context.Canceled) {
				t.Errorf("who left is told %v", err)
			}
		})
		synctest.Wait()
		for range 20 {
			wg.Go(func() {
				if n, err := ask(t.Context(), "quality"); n != 7 || err != nil {
					t.Errorf("%d, %v", n, err)
				}
			})
		}
		for i := range 3 {
			wg.Go(func() { _, _ = ask(t.Context(), fmt.Sprint("report ", i)) })
		}
		synctest.Wait()
		leave()
		synctest.Wait()
		close(release)
		wg.Wait()
		if n := begun.Load(); n != 5 { // the one that was left, its heir, and three others
			t.Errorf("%d runs", n)
		}
	})
}

// TestSharingFails: an error of the work is everybody's, a panic is the caller's, and neither
// is remembered.
func TestSharingFails(t *testing.T) {
	var s runs
	broken := errors.New("broken")
	if _, err := sharing(t.Context(), &s, "x", "k", func() (int, error) { return 0, broken }); err != broken {
		t.Error(err)
	}
	func() {
		defer func() { _ = recover() }()
		_, _ = sharing(t.Context(), &s, "x", "k", func() (int, error) { panic("x") })
	}()
	if n, err := sharing(t.Context(), &s, "x", "k", func() (int, error) { return 1, nil }); n != 1 || err != nil {
		t.Error(n, err)
	}
}

// TestOnce: within a request the same question is answered once.
func TestOnce(t *testing.T) {
	var s runs
	ctx := loaders.With(t.Context(), 0)
	runs := 0
	for range 12 {
		if n, err := once(ctx, &s, "x", "k", func() (int, error) { runs++; return runs, nil }); n != 1 || err != nil {
			t.Error(n, err)
		}
	}
	if runs != 1 {
		t.Errorf("%d runs", runs)
	}
}
