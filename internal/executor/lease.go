package executor

import (
	"context"
	"sync"
)

// lease collects what to hand back when an answer has been sent.
type lease struct {
	mu       sync.Mutex
	releases []func()
}

func (l *lease) add(release func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.releases = append(l.releases, release)
}

type leaseKey struct{}

func leaseOf(ctx context.Context) *lease {
	l, _ := ctx.Value(leaseKey{}).(*lease)
	return l
}

// Lend gives a context under which the data of an answer are written into a pooled
// buffer: they are only valid until release, which must be called when they have been
// sent. Without it the data of each answer are copied out of the pooled buffer.
func Lend(ctx context.Context) (_ context.Context, release func()) {
	l := &lease{}
	return context.WithValue(ctx, leaseKey{}, l), func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		for _, hand := range l.releases {
			hand()
		}
		l.releases = nil
	}
}
