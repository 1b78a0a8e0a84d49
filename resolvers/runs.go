package resolvers

import (
	"context"
	"errors"
	"sync"

	"github.com/bureaugraph/bureaugraph/loaders"
)

// runs lets questions that read whole tables share their runs: whoever asks what another
// request is being answered waits for that answer, and asks nothing itself. Of the runs of
// one turn, a system's, one is at work at a time; the others wait. It is safe for concurrent
// use.
type runs struct {
	mu    sync.Mutex
	now   map[string]*run
	turns map[string]chan struct{}
}

// run is one run, over when done is closed.
type run struct {
	done  chan struct{}
	value any
	err   error
	// isLost says that whoever ran it left before it had ended, so that its error is no
	// answer to others.
	isLost bool
}

// errLost stands for the answer of a run that panicked.
var errLost = errors.New("resolvers: the run was lost")

// once gives what work answers to the question of the key: as it is answered now to this or
// another request, and within one request always the same. The answer must not be changed.
func once[V any](ctx context.Context, s *runs, turn, key string, work func() (V, error)) (V, error) {
	return loaders.Once(ctx, key, func() (V, error) { return sharing(ctx, s, turn, key, work) })
}

func sharing[V any](ctx context.Context, s *runs, turn, key string, work func() (V, error)) (V, error) {
	var none V
	for {
		s.mu.Lock()
		r := s.now[key]
		if r == nil {
			r = &run{done: make(chan struct{}), err: errLost, isLost: true}
			if s.now == nil {
				s.now, s.turns = map[string]*run{}, map[string]chan struct{}{}
			}
			s.now[key] = r
			if s.turns[turn] == nil {
				s.turns[turn] = make(chan struct{}, 1)
			}
			mine := s.turns[turn]
			s.mu.Unlock()
			s.work(ctx, key, mine, r, func() (any, error) { return work() })
			value, _ := r.value.(V)
			return value, r.err
		}
		s.mu.Unlock()
		select {
		case <-r.done:
		case <-ctx.Done():
			return none, ctx.Err()
		}
		if !r.isLost {
			value, _ := r.value.(V)
			return value, r.err
		}
	}
}

// work runs it in the caller's goroutine, when it is its turn. Whatever happens, nobody is
// left waiting.
func (s *runs) work(ctx context.Context, key string, turn chan struct{}, r *run, work func() (any, error)) {
	defer func() {
		s.mu.Lock()
		delete(s.now, key)
		s.mu.Unlock()
		close(r.done)
	}()
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
	case <-ctx.Done():
		r.err = ctx.Err()
		return
	}
	r.value, r.err = work()
	r.isLost = ctx.Err() != nil
}
