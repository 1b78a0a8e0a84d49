package faults

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// Row is what came of one fault: a line of the table.
type Row struct {
	Fault    string
	Times    int // that it was begun
	Requests int
	Wrong    int // answers with a value that is not the truth
	Silent   int // answers with a null that no error accounts for
	Hangs    int // answers that did not come within the request's time
	Strange  int // answers with an error that this fault does not give, or of another system
	Failed   int // answers with an error
	Codes    map[fault.Code]int
	Touching []time.Duration // of questions to the system while it failed
	Healthy  []time.Duration // of questions to others, at that time
	Before   []time.Duration // of those questions, before
	// Recovery is from the end of the fault to the first whole answer to a question that asks the
	// system; Settled to the last of so many whole ones in a row as there are clients.
	Recovery, Settled []time.Duration
	Left              string   // what was left of it, "" nothing
	Findings          []string // the first of what should not have been, in words
}

// mostFindings are kept of one row.
const mostFindings = 5

func (r *Row) find(format string, args ...any) {
	if len(r.Findings) < mostFindings {
		r.Findings = append(r.Findings, fmt.Sprintf(format, args...))
	}
}

// IsClean tells whether nothing was as it should not be.
func (r *Row) IsClean() bool {
	return r.Wrong+r.Silent+r.Hangs+r.Strange == 0 && r.Left == "" && len(r.Findings) == 0
}

// phase is where a run stands.
type phase int

const (
	before phase = iota
	during
	after
)

// load are clients that ask all the time.
type load struct {
	site *Site
	of   Fault
	row  *Row
	stop context.CancelFunc
	done sync.WaitGroup

	mu      sync.Mutex
	phase   phase
	since   time.Time     // of the phase
	whole   int           // answers of the system in a row, of requests of this phase
	reached chan struct{} // closed when those are enough; nil when nobody waits
	felt    chan struct{} // closed with the first error; nil where nobody waits
	first   time.Duration // from the beginning of the phase to the first of them
}

// patienceBeyond is how much later than the request's time an answer may come: what was made until
// then has still to be written and read, on a busy machine.
const patienceBeyond = 3 * time.Second

func (s *Site) drive(ctx context.Context, f Fault, row *Row) *load {
	ctx, stop := context.WithCancel(ctx)
	l := &load{site: s, of: f, row: row, stop: stop, since: time.Now()}
	for i := range s.Clients {
		list := s.touching
		if i%2 == 1 {
			list = s.healthy
		}
		l.done.Go(func() { l.client(ctx, list, i%2 == 0) })
	}
	return l
}

// end ends the load when what was asked has been answered.
func (l *load) end() {
	l.stop()
	l.done.Wait()
}

func (l *load) client(ctx context.Context, list []operation, isTouching bool) {
	tick := time.NewTicker(l.site.Pace)
	defer tick.Stop()
	for ctx.Err() == nil {
		for _, i := range rand.Perm(len(list)) {
			if ctx.Err() != nil {
				return
			}
			l.mu.Lock()
			phase, since := l.phase, l.since
			l.mu.Unlock()
			begun := time.Now()
			within, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.site.Request+patienceBeyond)
			a, err := l.site.ask(within, list[i].body)
			cancel()
			took := time.Since(begun)
			var v verdict
			if err == nil {
				v = judge(list[i].truth, a, string(Faulty))
			}
			l.take(given{list[i].name, a, err, v, isTouching, phase, since, took})
			select {
			case <-tick.C:
			case <-ctx.Done():
			}
		}
	}
}

// given is one answer, and when it was asked for.
type given struct {
	name string
	answer
	err        error
	v          verdict
	isTouching bool
	phase      phase
	since      time.Time
	took       time.Duration
}

// take counts an answer.
func (l *load) take(g given) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.row
	r.Requests++
	if g.err != nil {
		r.Hangs++
		r.find("%s: no answer after %s: %v", g.name, g.took.Round(time.Millisecond), g.err)
		return
	}
	if g.v.wrong != "" {
		r.Wrong++
		r.find("%s, wrong: %s", g.name, g.v.wrong)
	}
	if g.v.silent != "" {
		r.Silent++
		r.find("%s, null without an error: %s", g.name, g.v.silent)
	}
	if l.phase != before { // until then, a gateway may still be about to recover from the fault before
		l.codes(g)
	}
	switch {
	case g.phase == before && !g.isTouching:
		r.Before = append(r.Before, g.took)
	case g.phase == during && g.isTouching:
		r.Touching = append(r.Touching, g.took)
	case g.phase == during:
		r.Healthy = append(r.Healthy, g.took)
	}
	if g.phase != l.phase || !g.isTouching {
		return
	}
	if !g.v.isWhole {
		l.whole = 0
		return
	}
	if l.whole++; l.first == 0 {
		l.first = time.Since(g.since)
	}
	if l.whole == l.site.Clients && l.reached != nil {
		close(l.reached)
		l.reached = nil
	}
}

// codes counts what an answer's errors are; mu is held.
func (l *load) codes(g given) {
	r := l.row
	seen := map[fault.Code]bool{}
	isStrange := false
	for _, e := range g.Errors {
		code := fault.Code(e.Extensions.Code)
		if !seen[code] {
			r.Codes[code]++
		}
		seen[code] = true
		isOurs := e.Extensions.System == string(Faulty) || code == fault.Overloaded && g.isTouching
		if !isStrange && (!slices.Contains(l.of.Codes, code) || !isOurs) {
			isStrange = true
			r.Strange++
			r.find("%s: %s of %q: %s", g.name, code, e.Extensions.System, e.Message)
		}
	}
	if len(g.Errors) > 0 {
		r.Failed++
		if l.felt != nil {
			close(l.felt)
			l.felt = nil
		}
	}
}

// enter begins a phase; felt is closed when an answer has an error.
func (l *load) enter(p phase) (felt <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.phase, l.since, l.whole, l.first, l.felt = p, time.Now(), 0, 0, make(chan struct{})
	return l.felt
}

// settled waits for so many whole answers of the system in a row, of requests of the phase, as
// there are clients, and tells after how long the first and the last of them came.
func (l *load) settled(ctx context.Context, within time.Duration) (first, last time.Duration, err error) {
	l.mu.Lock()
	reached := make(chan struct{})
	since := l.since
	if l.whole >= l.site.Clients {
		close(reached)
	} else {
		l.reached = reached
	}
	l.mu.Unlock()
	timer := time.NewTimer(within)
	defer timer.Stop()
	select {
	case <-reached:
	case <-timer.C:
		return 0, 0, fmt.Errorf("no %d whole answers in a row within %s", l.site.Clients, within)
	case <-ctx.Done():
		return 0, 0, ctx.Err()
	}
	last = time.Since(since)
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.first, last, nil
}
