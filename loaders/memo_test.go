package loaders

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func newMemo() *memo[string] { return &memo[string]{asks: map[string]*ask[string]{}} }

// echo answers each key with itself and records the batches.
func echo(batches *[][]string) func(keys []string) ([]string, []error) {
	return func(keys []string) ([]string, []error) {
		*batches = append(*batches, slices.Clone(keys))
		return slices.Clone(keys), nil
	}
}

func TestMemo(t *testing.T) {
	t.Run("a key is asked for once", func(t *testing.T) {
		m, batches := newMemo(), [][]string{}
		for _, keys := range [][]string{{"a", "b", "a"}, {"b", "c"}, {"a", "c"}, {}} {
			values, errs := m.load(keys, echo(&batches))
			if diff := cmp.Diff(keys, values); diff != "" || errs != nil {
				t.Error(errs, "-want +got", diff)
			}
		}
		if diff := cmp.Diff([][]string{{"a", "b"}, {"c"}}, batches); diff != "" {
			t.Error("-want +got", diff)
		}
	})
	t.Run("errors are remembered for their keys", func(t *testing.T) {
		m, planned, calls := newMemo(), errors.New("planned"), 0
		fail := func(keys []string) ([]string, []error) {
			calls++
			return make([]string, len(keys)), slices.Repeat([]error{planned}, len(keys))
		}
		var batches [][]string
		m.load([]string{"a"}, echo(&batches))
		for range 2 {
			_, errs := m.load([]string{"a", "b"}, fail)
			if len(errs) != 2 || errs[0] != nil || errs[1] != planned {
				t.Errorf("errors %v", errs)
			}
		}
		if calls != 1 {
			t.Errorf("%d calls, want 1", calls)
		}
	})
	t.Run("a key that another caller is asking for is waited for", func(t *testing.T) {
		m := newMemo()
		started, finish := make(chan struct{}), make(chan struct{})
		var wg sync.WaitGroup
		wg.Go(func() {
			m.load([]string{"a"}, func(keys []string) ([]string, []error) {
				close(started)
				<-finish
				return []string{"first"}, nil
			})
		})
		<-started
		values, errs := m.load([]string{"b", "a"}, func(keys []string) ([]string, []error) {
			close(finish) // while "a" is still open
			return []string{fmt.Sprint(keys)}, nil
		})
		wg.Wait()
		if diff := cmp.Diff([]string{"[b]", "first"}, values); diff != "" || errs != nil {
			t.Error(errs, "-want +got", diff)
		}
	})
	t.Run("a panic leaves nobody waiting", func(t *testing.T) {
		m := newMemo()
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic was swallowed")
				}
			}()
			m.load([]string{"a"}, func([]string) ([]string, []error) { panic("planned") })
		}()
		if _, errs := m.load([]string{"a"}, nil); len(errs) != 1 || errs[0] != errAbandoned {
			t.Errorf("errors %v", errs)
		}
	})
}
