// Package flight has work done once for all who want its outcome at the same time.
package flight

import (
	"context"
	"sync"
)

// Group is work by key. The zero value is ready. It is safe for concurrent use, and holds no
// lock while anybody works.
type Group[V any] struct {
	mu      sync.Mutex
	running map[string]*attempt[V]
}

// attempt is one piece of work in the making.
type attempt[V any] struct {
	done  chan struct{} // closed at its end
	value V             // valid then, like the rest
	err   error
	// isLost says that whoever did it left before its end, or panicked, so that what came of
	// it is no outcome for others.
	isLost bool
}

// Do works, in the caller's goroutine, or waits for who does the work of the key, no longer
// than its own context allows. When that one leaves, the next one that still wants it begins
// anew. The outcome is shared and must not be changed; it is forgotten at once.
func (g *Group[V]) Do(ctx context.Context, key string, work func() (V, error)) (V, error) {
	for {
		a, isOurs := g.join(key)
		if isOurs {
			g.work(ctx, key, a, work)
			return a.value, a.err
		}
		select {
		case <-a.done:
		case <-ctx.Done():
			var none V
			return none, ctx.Err()
		}
		if !a.isLost {
			return a.value, a.err
		}
	}
}

// join finds the attempt that is in the making, or begins one.
func (g *Group[V]) join(key string) (a *attempt[V], isOurs bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if a := g.running[key]; a != nil {
		return a, false
	}
	if g.running == nil {
		g.running = map[string]*attempt[V]{}
	}
	a = &attempt[V]{done: make(chan struct{}), isLost: true} // until it has ended well
	g.running[key] = a
	return a, true
}

// work leaves nobody waiting, whatever happens.
func (g *Group[V]) work(ctx context.Context, key string, a *attempt[V], work func() (V, error)) {
	defer func() {
		g.mu.Lock()
		delete(g.running, key)
		g.mu.Unlock()
		close(a.done)
	}()
	a.value, a.err = work()
	a.isLost = ctx.Err() != nil
}
