// Package admission decides which operations run at once, which wait, and which are told to come
// back. It knows them by how many records each makes and which systems it asks, and knows nothing
// of what they do.
//
// Under a load that the systems bear everybody enters at once. Beyond it the work at hand stays
// what it is best done at, and the rest waits, but not for long: who would be answered too late
// is better told at once. How long one may wait follows from how long others do, as in CoDel
// (RFC 8289) and its use for requests ("Fail at Scale", Maurer, ACM Queue 2015): as long as some
// enter without waiting, a queue is a burst, which passes; when none has for a while, it stands,
// and all of it is late.
package admission

import (
	"context"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"sync"
	"time"
)

// Limits say how much goes on at once.
type Limits struct {
	Running int           // operations at once
	Records int           // in the making, of the large ones
	Waiting int           // operations that wait; more are told at once
	Wait    time.Duration // that a small one waits at most; a large one five times as long
}

// Ask is what one operation takes.
type Ask struct {
	Records int    // that it makes
	Systems uint64 // that it asks, a bit each
	Patient bool   // waits as long as its context does
}

// ErrFull says that there is no room, and will be none in time.
var ErrFull = errors.New("admission: no room in time")

// ErrShare is an ErrFull that says that there would be room, but not for what asks a system of which as many as may
// wait for it already do.
var ErrShare = fmt.Errorf("%w for what asks one system", ErrFull)

const (
	small, large = 0, 1
	late         = 10 // a wait that is no burst's is so much shorter
	almost       = 40 // and one so much shorter than the longest is as good as none
	turns        = 4  // of so many that enter, one is large where one waits
)

// Gate lets operations in. It is safe for concurrent use.
type Gate struct {
	limits Limits

	mu      sync.Mutex
	running int
	records int
	inside  map[*Place]struct{}
	looked  time.Time    // when those inside were last looked at for some that wait for a system
	systems [64]share    // of each system
	queues  [2][]*waiter // small and large ones, those that came first first
	calm    [2]time.Time // when one of them last found nobody waiting, or entered almost at once
	entered int
	refused int64
}

// State is what a gate does now.
type State struct {
	Running, Waiting int   // operations
	Refused          int64 // for which there was no room in time, since the gate was made
}

// State gives it.
func (g *Gate) State() State {
	g.mu.Lock()
	defer g.mu.Unlock()
	return State{g.running, len(g.queues[small]) + len(g.queues[large]), g.refused}
}

// share is what operations that ask one system have taken. No system's may take more than half of all:
// what waits for one that hangs leaves the others their room.
type share struct{ running, records int }

// waiter is one operation that waits.
type waiter struct {
	ask   Ask
	place *Place // once it has entered
	since time.Time
	ready chan struct{} // closed when it has entered
}

// New makes a gate. Limits must be positive.
func New(limits Limits) *Gate { return &Gate{limits: limits, inside: map[*Place]struct{}{}} }

// class is small for operations that together are little: they need no room for their records, and go
// first.
func (g *Gate) class(a Ask) int {
	if a.Records <= g.limits.Records/100 {
		return small
	}
	return large
}

// Enter waits until the operation may run; its place must be left when it has. The error is
// ErrFull or ErrShare, or that of ctx.
func (g *Gate) Enter(ctx context.Context, a Ask) (_ *Place, err error) {
	// No operation takes more than a quarter, so that none has to wait until all others have ended.
	a.Records = min(a.Records, g.limits.Records/4)
	w := &waiter{ask: a, since: time.Now(), ready: make(chan struct{})}
	timeout, full := g.queue(w)
	if full {
		return nil, ErrFull
	}
	select { // most need no timer
	case <-w.ready:
		return w.place, nil
	default:
	}
	var tooLate <-chan time.Time // never for the patient
	if !a.Patient {
		timer := time.NewTimer(timeout)
		defer timer.Stop()
		tooLate = timer.C
	}
	if err := g.await(ctx, w, tooLate); err != nil {
		if hasEntered, err := g.forget(w, err); !hasEntered {
			return nil, err
		}
		if ctx.Err() != nil { // it entered and left at the same moment
			w.place.Leave()
			return nil, ctx.Err()
		}
	}
	return w.place, nil
}

// await waits for the operation's turn. Meanwhile it looks for places of others that only wait.
func (g *Gate) await(ctx context.Context, w *waiter, tooLate <-chan time.Time) error {
	look := time.NewTicker(glance)
	defer look.Stop()
	for {
		select {
		case <-w.ready:
			return nil
		case <-tooLate:
			return ErrFull
		case <-ctx.Done():
			return ctx.Err()
		case now := <-look.C:
			g.mu.Lock()
			g.admit(now)
			g.mu.Unlock()
		}
	}
}

// queue lets the operation in, or has it wait for so long; full says that too many do.
func (g *Gate) queue(w *waiter) (timeout time.Duration, full bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	class := g.class(w.ask)
	if len(g.queues[class]) == 0 {
		g.calm[class] = w.since
	}
	g.queues[class] = append(g.queues[class], w)
	g.admit(w.since)
	if !slices.Contains(g.queues[class], w) {
		return 0, false
	}
	if len(g.queues[small])+len(g.queues[large]) > g.limits.Waiting && !w.ask.Patient {
		g.refused++
		g.queues[class] = slices.DeleteFunc(g.queues[class], func(o *waiter) bool { return o == w })
		return 0, true
	}
	return g.patience(class, w.since), false
}

// patience is how long one may wait that comes now.
func (g *Gate) patience(class int, now time.Time) time.Duration {
	most := g.limits.Wait
	if class == large {
		most *= 5
	}
	if now.Sub(g.calm[class]) > most {
		return most / late
	}
	return most
}

// forget takes a waiter out of its queue that has come to err, and says it more exactly.
func (g *Gate) forget(w *waiter, err error) (hasEntered bool, _ error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	class := g.class(w.ask)
	i := slices.Index(g.queues[class], w)
	if i < 0 {
		return true, nil
	}
	g.queues[class] = slices.Delete(g.queues[class], i, i+1)
	if errors.Is(err, ErrFull) {
		g.refused++
		if !g.hasShare(w.ask) {
			err = ErrShare
		}
	}
	g.admit(time.Now()) // what it kept from entering, may
	return false, err
}

// admit lets in who has room, small ones first. It is called with mu held.
func (g *Gate) admit(now time.Time) {
	for {
		class := small
		at := g.next(small)
		if at < 0 || g.entered%turns == turns-1 {
			if i := g.next(large); i >= 0 {
				class, at = large, i
			}
		}
		if at < 0 && len(g.queues[small])+len(g.queues[large]) > 0 && g.park(now) {
			continue
		}
		if at < 0 {
			return
		}
		w := g.queues[class][at]
		g.queues[class] = slices.Delete(g.queues[class], at, at+1)
		if now.Sub(w.since) <= g.limits.Wait/almost {
			g.calm[class] = now
		}
		g.entered++
		w.place = &Place{gate: g, ask: w.ask}
		g.inside[w.place] = struct{}{}
		g.take(w.ask, 1)
		g.share(w.ask, w.ask.Systems, 1)
		close(w.ready)
	}
}

// next finds the first of a queue that has room; -1 is none. One for whose records there is no room
// is not passed by others that need less, or it would wait for ever.
func (g *Gate) next(class int) int {
	if g.running >= g.limits.Running {
		return -1
	}
	for i, w := range g.queues[class] {
		if !g.hasShare(w.ask) {
			continue
		}
		if class == large && g.records+w.ask.Records > g.limits.Records {
			return -1
		}
		return i
	}
	return -1
}

// hasShare tells whether the systems that the operation asks have room of their own.
func (g *Gate) hasShare(a Ask) bool {
	for rest := a.Systems; rest != 0; rest &= rest - 1 {
		taken := g.systems[bits.TrailingZeros64(rest)]
		if taken.running >= max(1, g.limits.Running/2) ||
			g.class(a) == large && taken.records > 0 && taken.records+a.Records > g.limits.Records/2 {
			return false
		}
	}
	return true
}

// take counts an operation in, or out.
func (g *Gate) take(a Ask, n int) {
	g.running += n
	g.records += n * g.weight(a)
}

// share counts it in at systems, or out.
func (g *Gate) share(a Ask, systems uint64, n int) {
	for rest := systems; rest != 0; rest &= rest - 1 {
		taken := &g.systems[bits.TrailingZeros64(rest)]
		taken.running += n
		taken.records += n * g.weight(a)
	}
}

// weight is for how many records the operation needs room.
func (g *Gate) weight(a Ask) int {
	if g.class(a) == large {
		return a.Records
	}
	return 0
}
