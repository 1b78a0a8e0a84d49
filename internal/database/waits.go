package database

import "context"

// Waits is told when what a request asked of a system makes it wait for the first word, and when it has that
// or has given up. It is told at the same time by several statements.
type Waits interface {
	Wait(system string)
	Heard(system string)
}

type waitsKey struct{}

// WithWaits has w be told of the waiting of the request of the context.
func WithWaits(ctx context.Context, w Waits) context.Context {
	return context.WithValue(ctx, waitsKey{}, w)
}

// wait tells that somebody waits for a system; heard, which may be called more than once, that he no longer does.
func wait(ctx context.Context, system string) (heard func()) {
	w, _ := ctx.Value(waitsKey{}).(Waits)
	if w == nil {
		return func() {}
	}
	w.Wait(system)
	hasHeard := false
	return func() {
		if !hasHeard {
			hasHeard = true
			w.Heard(system)
		}
	}
}
