// Package fanout runs work in goroutines that no panic leaves. A panic that leaves a
// goroutine ends the process, with the requests of everybody in it; here it becomes an
// INTERNAL fault of whoever asked for the work. Only this package begins goroutines: the
// house test forbids it elsewhere.
package fanout

import (
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// Panic is what a piece of work panicked with. It is the cause of the fault that stands
// for it, for the log: neither value nor stack is for a client.
type Panic struct {
	Value any
	Stack []byte // where it happened
}

// Error tells the value where it is a text or an error, else its type: it may hold data.
func (p *Panic) Error() string {
	switch v := p.Value.(type) {
	case error:
		return "panic: " + v.Error()
	case string:
		return "panic: " + v
	}
	return fmt.Sprintf("panic: a %T", p.Value)
}

// Group is work that runs at the same time and is waited for, like a sync.WaitGroup. The
// zero Group is ready. It must not be copied.
type Group struct {
	running sync.WaitGroup
	mu      sync.Mutex
	failed  error
}

// Go runs the work in a goroutine of its own.
func (g *Group) Go(work func()) { g.running.Go(func() { g.Do(work) }) }

// Do runs the work in the caller's goroutine, as one of the group.
func (g *Group) Do(work func()) {
	if err := Do(work); err != nil {
		g.mu.Lock()
		defer g.mu.Unlock()
		if g.failed == nil {
			g.failed = err
		}
	}
}

// Wait waits for all work. The error is an INTERNAL fault whose cause is a Panic, of the
// work that panicked first; nil when none did.
func (g *Group) Wait() error {
	g.running.Wait()
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.failed
}

// Log tells the operators of the panic behind an error of this package: where it happened,
// and the type of its value, which may hold data.
func Log(logger *slog.Logger, err error, attributes ...any) {
	if p, ok := errors.AsType[*Panic](err); ok {
		logger.Error("panic", append(attributes, "cause", fmt.Sprintf("%T", p.Value), "stack", string(p.Stack))...)
	}
}

// Do runs the work here. The error is an INTERNAL fault whose cause is a Panic; nil when
// the work did not panic.
func Do(work func()) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = fault.Source(fault.Internal, "", "internal error", &Panic{Value: value, Stack: debug.Stack()})
		}
	}()
	work()
	return nil
}
