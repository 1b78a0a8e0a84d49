package loaders

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
)

// store answers batches and remembers them.
type store struct {
	mu      sync.Mutex
	batches [][]string
	err     error
	took    time.Duration
	ctx     context.Context // of the last batch
}

// find answers each key with its capital; "nobody" is not there.
func (s *store) find(ctx context.Context, keys []string) (map[string]string, error) {
	if s.took > 0 { // on the fake clock of synctest
		time.Sleep(s.took)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.batches = append(s.batches, slices.Sorted(slices.Values(keys)))
	s.ctx = ctx
	if s.err != nil {
		return nil, s.err
	}
	found := map[string]string{}
	for _, k := range keys {
		if k != "nobody" {
			found[k] = "the " + k
		}
	}
	return found, nil
}

func (s *store) asked(t *testing.T, want ...[]string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if diff := cmp.Diff(want, s.batches); diff != "" {
		t.Errorf("batches (-want +got):\n%s", diff)
	}
}

var here = place{field: "here"}

// answers fails the test unless the values are those of the keys.
func answers(t *testing.T, keys, values []string, errs []error) {
	t.Helper()
	for i, k := range keys {
		want := "the " + k
		if k == "nobody" {
			want = ""
		}
		if values[i] != want || errs != nil && errs[i] != nil {
			t.Errorf("%s: %q, %v", k, values[i], errs)
		}
	}
}

// windows runs a test with the window of the stock executor and with none, in real time:
// dataloader waits for a key that is on its way with a mutex locked, which holds up the
// fake clock of synctest.
func windows(t *testing.T, test func(t *testing.T, ctx context.Context, s *store)) {
	for _, window := range []time.Duration{0, Window} {
		t.Run(fmt.Sprint("window ", window), func(t *testing.T) {
			test(t, With(t.Context(), window), &store{})
		})
	}
}

func TestKeysAreAskedOnce(t *testing.T) {
	windows(t, func(t *testing.T, ctx context.Context, s *store) {
		for range 2 {
			keys := []string{"a", "b", "a", "nobody"}
			values, errs := load(ctx, here, keys, s.find)
			answers(t, keys, values, errs)
		}
		s.asked(t, []string{"a", "b", "nobody"})
		values, errs := load(ctx, here, []string{"b", "c"}, s.find)
		answers(t, []string{"b", "c"}, values, errs)
		s.asked(t, []string{"a", "b", "nobody"}, []string{"c"})
	})
}

// TestSiblingsShareKeys: whoever comes first asks.
func TestSiblingsShareKeys(t *testing.T) {
	windows(t, func(t *testing.T, ctx context.Context, s *store) {
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				values, errs := load(ctx, here, []string{"a", "b"}, s.find)
				answers(t, []string{"a", "b"}, values, errs)
			})
		}
		wg.Wait()
		var asked []string
		for _, keys := range s.batches {
			asked = append(asked, keys...)
		}
		slices.Sort(asked)
		if diff := cmp.Diff([]string{"a", "b"}, asked); diff != "" {
			t.Errorf("keys asked (-want +got):\n%s", diff)
		}
	})
}

func TestPlacesAreApart(t *testing.T) {
	windows(t, func(t *testing.T, ctx context.Context, s *store) {
		for _, at := range []place{here, {field: "there"}, {field: "here", at: &ast.Field{}},
			{source: s, field: "here"}} {
			values, errs := load(ctx, at, []string{"a"}, s.find)
			answers(t, []string{"a"}, values, errs)
		}
		s.asked(t, []string{"a"}, []string{"a"}, []string{"a"}, []string{"a"})
	})
}

func TestRequestsAreApart(t *testing.T) {
	s := &store{}
	for range 2 {
		values, errs := load(With(t.Context(), 0), here, []string{"a"}, s.find)
		answers(t, []string{"a"}, values, errs)
	}
	s.asked(t, []string{"a"}, []string{"a"})
}

func TestWithoutASet(t *testing.T) {
	s := &store{}
	values, errs := load(t.Context(), here, []string{"a", "nobody"}, s.find)
	answers(t, []string{"a", "nobody"}, values, errs)
	s.asked(t, []string{"a", "nobody"})
}

func TestNothingAsked(t *testing.T) {
	windows(t, func(t *testing.T, ctx context.Context, s *store) {
		if values, errs := load(ctx, here, nil, s.find); len(values) != 0 || errs != nil {
			t.Errorf("%v, %v", values, errs)
		}
		s.asked(t)
	})
}

// TestSiblingsMerge: under the stock executor, sibling lists load at about the same time.
func TestSiblingsMerge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &store{}
		ctx := With(t.Context(), Window)
		started := time.Now()
		var wg sync.WaitGroup
		for i := range 5 {
			wg.Go(func() {
				time.Sleep(time.Duration(i) * Window / 10)
				keys := []string{fmt.Sprint("j", i), fmt.Sprint("k", i)}
				values, errs := load(ctx, here, keys, s.find)
				answers(t, keys, values, errs)
			})
		}
		wg.Wait()
		s.asked(t, []string{"j0", "j1", "j2", "j3", "j4", "k0", "k1", "k2", "k3", "k4"})
		if waited := time.Since(started); waited != Window {
			t.Errorf("waited %v", waited)
		}
	})
}

// TestNoWindowNeverSleeps: what is asked is asked at once, and a key that is on its way
// is waited for, not asked again.
func TestNoWindowNeverSleeps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &store{took: time.Second}
		ctx := With(t.Context(), 0)
		started := time.Now()
		var wg sync.WaitGroup
		wg.Go(func() { load(ctx, here, []string{"a", "b"}, s.find) })
		synctest.Wait() // a and b are on their way
		wg.Go(func() {
			values, errs := load(ctx, here, []string{"b", "c"}, s.find)
			answers(t, []string{"b", "c"}, values, errs)
		})
		wg.Wait()
		if took := time.Since(started); took != time.Second {
			t.Errorf("took %v", took)
		}
		slices.SortFunc(s.batches, slices.Compare)
		s.asked(t, []string{"a", "b"}, []string{"c"})
	})
}

func TestErrorsAreEachKeys(t *testing.T) {
	windows(t, func(t *testing.T, ctx context.Context, s *store) {
		s.err = errors.New("down")
		for range 2 { // remembered like any answer: one request asks once
			_, errs := load(ctx, here, []string{"a", "b"}, s.find)
			if len(errs) != 2 || errs[0] != s.err || errs[1] != s.err {
				t.Errorf("%v", errs)
			}
		}
		s.asked(t, []string{"a", "b"})
	})
}

// TestBatchOutlivesItsFirstCaller: the context of a batch is the request's.
func TestBatchOutlivesItsFirstCaller(t *testing.T) {
	windows(t, func(t *testing.T, ctx context.Context, s *store) {
		caller, cancel := context.WithCancel(ctx)
		cancel()
		values, errs := load(caller, here, []string{"a"}, s.find)
		answers(t, []string{"a"}, values, errs)
		if s.ctx.Err() != nil {
			t.Error("the batch ran with its caller's context")
		}
	})
}

func TestPanicLeavesNobodyWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx := With(t.Context(), 0)
		var wg sync.WaitGroup
		wg.Go(func() {
			defer func() { _ = recover() }()
			load(ctx, here, []string{"a"}, func(context.Context, []string) (map[string]string, error) {
				time.Sleep(time.Second)
				panic("batch")
			})
		})
		synctest.Wait()
		_, errs := load(ctx, here, []string{"a"}, func(context.Context, []string) (map[string]string, error) {
			return nil, nil
		})
		if len(errs) != 1 || !errors.Is(errs[0], errAbandoned) {
			t.Errorf("%v", errs)
		}
		wg.Wait()
	})
}

type parent struct{ ref *string }

func ref(p *parent) *string { return p.ref }

func TestParentsWithoutAReference(t *testing.T) {
	s := &store{}
	parents := []*parent{{new("a")}, {}, {new("nobody")}, {new("a")}}
	values, err := spreadOver(parents, present(ref), func(keys []string) ([]string, []error) {
		return load(With(t.Context(), 0), here, keys, s.find)
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"the a", "", "", "the a"}, values); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	s.asked(t, []string{"a", "nobody"})
}

func TestErrorsAreEachParents(t *testing.T) {
	down := errors.New("down")
	parents := []*parent{{new("a")}, {}, {new("b")}, {new("a")}}
	values, err := spreadOver(parents, present(ref), func(keys []string) ([]string, []error) {
		return []string{"", "the b", ""}, []error{down, nil, down}
	})
	failed, ok := err.(graphql.BatchErrorList)
	if !ok {
		t.Fatalf("%T", err)
	}
	if diff := cmp.Diff([]bool{true, false, false, true},
		[]bool{failed[0] != nil, failed[1] != nil, failed[2] != nil, failed[3] != nil}); diff != "" {
		t.Errorf("failed parents (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"", "", "the b", ""}, values); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
}

// BenchmarkLoad is one batch of keys, half of them twice, as a level of an answer asks for
// them; what finds the rows costs nothing.
func BenchmarkLoad(b *testing.B) {
	for _, n := range []int{1, 50, 1000} {
		keys := make([]string, n)
		found := map[string]string{}
		for i := range keys {
			keys[i] = fmt.Sprint("key ", i/2)
			found[keys[i]] = keys[i]
		}
		find := func(context.Context, []string) (map[string]string, error) { return found, nil }
		b.Run(fmt.Sprint(n, " keys"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, errs := load(With(b.Context(), 0), here, keys, find); errs != nil {
					b.Fatal(errs)
				}
			}
		})
	}
}
