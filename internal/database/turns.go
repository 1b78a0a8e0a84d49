package database

import (
	"container/list"
	"context"
	"sync"
)

// turns lets so many statements be at a server at once. The others wait, and those that came first go first:
// the pool below would take any of them, so that of many that wait some wait for very long.
type turns struct {
	mu      sync.Mutex
	limit   int // at least 1
	taken   int
	waiting list.List // of chan struct{}, closed when it is that one's turn
}

// take waits for a turn; give must be called once when err is nil. err is that of ctx.
func (t *turns) take(ctx context.Context) error {
	t.mu.Lock()
	if t.taken < t.limit && t.waiting.Len() == 0 {
		t.taken++
		t.mu.Unlock()
		return nil
	}
	mine := make(chan struct{})
	place := t.waiting.PushBack(mine)
	t.mu.Unlock()
	select {
	case <-mine:
		return nil
	case <-ctx.Done():
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	select {
	case <-mine: // at the same moment: another one's, then
		t.taken--
		t.call()
	default:
		t.waiting.Remove(place)
	}
	return ctx.Err()
}

// give ends a turn.
func (t *turns) give() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.taken--
	t.call()
}

// set changes how many there are. Those that have their turn keep it.
func (t *turns) set(limit int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.limit = max(1, limit)
	t.call()
}

// isFull tells whether nobody else would have a turn now.
func (t *turns) isFull() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.taken >= t.limit
}

// call is called with mu held.
func (t *turns) call() {
	for t.taken < t.limit && t.waiting.Len() > 0 {
		t.taken++
		close(t.waiting.Remove(t.waiting.Front()).(chan struct{}))
	}
}
