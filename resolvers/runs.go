package resolvers

import (
	"context"
	"fmt"
	"sync"

	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/flight"
	"github.com/bureaugraph/bureaugraph/loaders"
)

// runs lets questions that read whole tables share their runs: whoever asks what another
// request is being answered waits for that answer, and asks nothing itself. Of the runs of
// one turn, a system's, one is at work at a time; the others wait. It is safe for concurrent
// use.
type runs struct {
	now   flight.Group[any]
	mu    sync.Mutex
	turns map[string]chan struct{}
}

// once gives what work answers to the question of the key: as it is answered now to this or
// another request, and within one request always the same. The answer must not be changed.
func once[V any](ctx context.Context, s *runs, turn, key string, work func() (V, error)) (V, error) {
	return loaders.Once(ctx, key, func() (V, error) { return sharing(ctx, s, turn, key, work) })
}

func sharing[V any](ctx context.Context, s *runs, turn, key string, work func() (V, error)) (V, error) {
	if rows := access.RowsOf(ctx); rows != nil { // the answer is about these rows
		key += fmt.Sprintf("%q", *rows)
	}
	value, err := s.now.Do(ctx, key, func() (any, error) {
		turn := s.turn(turn)
		select {
		case turn <- struct{}{}:
			defer func() { <-turn }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		return work()
	})
	answer, _ := value.(V) // its zero value where there is none
	return answer, err
}

// turn holds one run at a time.
func (s *runs) turn(of string) chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.turns == nil {
		s.turns = map[string]chan struct{}{}
	}
	if s.turns[of] == nil {
		s.turns[of] = make(chan struct{}, 1)
	}
	return s.turns[of]
}
