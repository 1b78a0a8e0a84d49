package adapters

import (
	"context"
	"sync"
)

// together has work done once for all who want it at the same time: the first does it, the
// others wait for its outcome, each no longer than its own context allows. No lock is held
// while a server is asked. The zero value is ready.
type together struct {
	mu      sync.Mutex
	running *attempt // nil while nobody works
}

// attempt is one piece of work in the making.
type attempt struct {
	done chan struct{} // closed at its end
	err  error         // valid then
	ctx  context.Context
}

// do works, or waits for who does. When the first one's request ends before its work, the
// next one that still wants it begins anew.
func (t *together) do(ctx context.Context, work func() error) error {
	for {
		t.mu.Lock()
		running := t.running
		if running == nil {
			running = &attempt{done: make(chan struct{}), ctx: ctx, err: context.Canceled} // what others see of one that panics
			t.running = running
			t.mu.Unlock()
			t.run(running, work)
			return running.err
		}
		t.mu.Unlock()
		select {
		case <-running.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if running.err == nil || running.ctx.Err() == nil {
			return running.err
		}
	}
}

func (t *together) run(a *attempt, work func() error) {
	defer func() {
		t.mu.Lock()
		t.running = nil
		t.mu.Unlock()
		close(a.done)
	}()
	a.err = work()
}
