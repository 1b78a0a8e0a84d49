package database

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// Breaker says when a system that gives no answers is left alone. 0 means the default.
type Breaker struct {
	// Failures of the last Of statements that got no answer are enough; 5, of twice as many. The
	// failures of one request count once. Below 0 the system is never left alone.
	Failures, Of int
	// Retry is how long the system is left alone before it is tried again, at most: 5 seconds.
	// An outage that has just begun is looked at sooner.
	Retry time.Duration
}

// DefaultFailures is Breaker.Failures where nobody says; Of is twice as many.
const DefaultFailures = 5

func (b Breaker) withDefaults() Breaker {
	if b.Failures == 0 {
		b.Failures = DefaultFailures
	}
	if b.Of == 0 {
		b.Of = 2 * b.Failures
	}
	b.Of = max(b.Of, b.Failures)
	if b.Retry == 0 {
		b.Retry = 5 * time.Second
	}
	return b
}

// Circuit is the state of a system's breaker.
type Circuit struct {
	// State is closed while statements are sent, open while none is, half-open when the system
	// has answered again and one request at a time is let through to see.
	State string `json:"state"`
	// RetryAfter is in how many seconds the system is tried again, at least 1; 0 while closed.
	RetryAfter int   `json:"retryAfter,omitempty"`
	Opened     int64 `json:"-"` // times that the breaker opened since the gateway began
	Refused    int64 `json:"-"` // statements that were not sent for it
}

// The states of a breaker.
const (
	CircuitClosed   = "closed"
	CircuitHalfOpen = "half-open"
	CircuitOpen     = "open"
)

// How long a try may take, at first and at most, and the pause after the first. Both double: a
// host that is frozen counts each log-in that was given up against us, and MySQL 5.5 shuts
// a host out after ten; one that was away for a moment is back at once.
const (
	firstPatience = 3 * time.Second
	mostPatience  = 20 * time.Second
	firstRest     = 250 * time.Millisecond
	mostEager     = 500 * time.Millisecond // where nobody was reached
)

// errOpened ends what waits for a system when its breaker opens.
var errOpened = errors.New("database: the breaker opened")

// breaker leaves a system alone that gives no answers, and finds out itself when it does
// again, so that no request has to wait for it. After a first failure it tries the system at
// once: one that does not answer that either needs no further requests to fail. Counting is
// failsafe-go's; when to try is ours, since there a request has to. It is safe for concurrent use.
type breaker struct {
	isOff      bool
	circuit    circuitbreaker.CircuitBreaker[any]
	retry      time.Duration
	system     string
	logger     *slog.Logger
	try        func(context.Context) error                   // a log-in of its own
	background func(work func(context.Context)) (begun bool) // until the DB is closed

	// quiet is how long nothing may have been heard for a try that is not answered in time to open
	// the breaker: a system that takes seconds for each packet is slow, and a log-in has several.
	quiet time.Duration

	opened, refused atomic.Int64
	heard           atomic.Int64 // when a statement was answered last, in nanoseconds; 0 never
	turn            atomic.Int64 // changes with the state: what began in another says nothing of this one

	mu       sync.Mutex
	now      circuitbreaker.State // the circuit's, as all that is below knows of
	watching bool
	next     time.Time          // when the system is tried again
	reason   string             // why it gives no answers, as the last try has it; "" where that is not known
	since    time.Time          // when it opened
	trial    *allowance         // of the request that is let through while half-open; nil when none is
	waiting  map[*stay]struct{} // for the system's first word
}

func newBreaker(o Breaker) *breaker {
	o = o.withDefaults()
	b := &breaker{isOff: o.Failures < 0, retry: o.Retry, waiting: map[*stay]struct{}{}}
	b.turn.Store(1)
	b.circuit = circuitbreaker.NewBuilder[any]().
		WithFailureThresholdRatio(uint(max(o.Failures, 1)), uint(max(o.Of, 1))).
		WithSuccessThreshold(1).
		OnStateChanged(b.changed).
		Build()
	return b
}

// state is what operators see.
func (b *breaker) state() Circuit {
	c := Circuit{State: CircuitClosed, Opened: b.opened.Load(), Refused: b.refused.Load()}
	b.mu.Lock()
	defer b.mu.Unlock()
	switch b.now {
	case circuitbreaker.OpenState:
		c.State = CircuitOpen
	case circuitbreaker.HalfOpenState:
		c.State = CircuitHalfOpen
	default:
		return c
	}
	left := time.Until(b.next)
	c.RetryAfter = max(1, int((left+time.Second-1)/time.Second))
	return c
}

// admit lets a request's statement through, in this turn. Until it is told otherwise it ends the
// statement, by the cause errOpened, when it opens.
func (b *breaker) admit(s *stay) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	isTrial := b.now == circuitbreaker.HalfOpenState && (b.trial == nil || b.trial == s.of)
	if b.now != circuitbreaker.ClosedState && !isTrial {
		return false
	}
	s.turn = b.turn.Load()
	if isTrial {
		b.trial = s.of
	}
	b.waiting[s] = struct{}{}
	return true
}

// refuse counts a statement that is not sent, and is what its request is told.
func (b *breaker) refuse() *fault.Error {
	b.refused.Add(1)
	return b.fault()
}

// spare has the statement end by itself, whatever the state becomes.
func (b *breaker) spare(s *stay) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.waiting, s)
}

// fault is what a request is told whose statement is not sent.
func (b *breaker) fault() *fault.Error {
	f := fault.Source(fault.SourceUnavailable, b.system, b.system+" gives no answers and is left alone until it does",
		errOpened)
	f.RetryAfter = max(1, b.state().RetryAfter)
	b.mu.Lock()
	defer b.mu.Unlock()
	f.Message = cmp.Or(b.reason, f.Message)
	return f
}

// left takes what came of a statement that was let through, and what its request is told; nil is nothing.
func (b *breaker) left(s *stay, came outcome, f *fault.Error) {
	b.mu.Lock()
	if came == unanswered && f != nil && f.Code == fault.SourceUnavailable {
		b.reason = f.Message // until a try knows better
	}
	delete(b.waiting, s)
	if b.trial == s.of {
		b.trial = nil
	}
	b.mu.Unlock()
	if b.isOff || s.turn != b.turn.Load() {
		return
	}
	switch came {
	case answered:
		b.heard.Store(time.Now().UnixNano())
		b.circuit.RecordSuccess()
	case unanswered:
		if s.of.fail(s.turn) {
			b.circuit.RecordFailure()
		}
		b.watch()
	}
}

// spoke notes that the system has answered what no request asked. One that has only been tried needs no
// request any more to be let through.
func (b *breaker) spoke() {
	b.heard.Store(time.Now().UnixNano())
	if b.circuit.IsHalfOpen() {
		b.circuit.RecordSuccess()
	}
}

// changed is told of each change of the state.
func (b *breaker) changed(e circuitbreaker.StateChangedEvent) {
	b.mu.Lock()
	b.turn.Add(1)
	b.now = b.circuit.State() // which may be a later one, of which is told at the same time
	switch {
	case e.NewState == circuitbreaker.OpenState:
		for s := range b.waiting {
			s.cancel(errOpened)
		}
		clear(b.waiting)
		if e.OldState == circuitbreaker.ClosedState {
			b.opened.Add(1)
			b.since = time.Now()
			b.logger.Warn("the system gives no answers and is left alone until it does", slog.String("system", b.system),
				slog.String("reason", b.reason))
		}
	case e.NewState == circuitbreaker.ClosedState:
		b.logger.Info("the system answers again", slog.String("system", b.system),
			slog.String("after", time.Since(b.since).Round(time.Millisecond).String()))
	}
	b.mu.Unlock()
	if e.NewState == circuitbreaker.OpenState {
		b.watch()
	}
}

// watch has the system tried now, and again until it answers. It is not done twice at a time.
func (b *breaker) watch() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.isOff && !b.watching {
		b.watching = b.background(b.tries)
	}
}

// tries opens the breaker when the system does not answer, and half-opens it when it does.
func (b *breaker) tries(ctx context.Context) {
	patience, rest := firstPatience, firstRest
	for ctx.Err() == nil {
		within, cancel := context.WithTimeout(ctx, patience)
		err := b.try(within)
		b.mu.Lock()
		if b.reason = ""; err != nil {
			if f := classify(within, b.system, err); f.Code == fault.SourceUnavailable {
				b.reason = f.Message
			}
		}
		b.mu.Unlock()
		cancel()
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && (b.circuit.IsOpen() || !b.isSlow(err)):
			b.circuit.Open() // if it is not
			b.rest(ctx, pauseAfter(err, rest))
			patience, rest = min(2*patience, mostPatience), min(2*rest, b.retry)
			continue
		case b.circuit.IsOpen():
			b.circuit.HalfOpen()
		}
		b.mu.Lock()
		if !b.circuit.IsOpen() { // which it may have become again
			b.watching = false
			b.mu.Unlock()
			return
		}
		b.mu.Unlock()
	}
}

// pauseAfter is how long the system is left alone after a try that failed. Where nobody is there, the
// host is not burdened by being asked twice a second, and is back at once for whoever asks; a try that
// was given up has kept the host waiting longer than any pause. What the server itself has said, that
// it has no room or knows no such password, it is not asked to say again that often.
func pauseAfter(err error, rest time.Duration) time.Duration {
	if asMySQL(err) != nil {
		return rest
	}
	return min(rest, mostEager)
}

// isSlow tells whether a try failed for want of time at a system that others hear from.
func (b *breaker) isSlow(err error) bool {
	return errors.Is(err, context.DeadlineExceeded) && time.Since(time.Unix(0, b.heard.Load())) < b.quiet
}

// rest lets the system alone for so long.
func (b *breaker) rest(ctx context.Context, pause time.Duration) {
	b.mu.Lock()
	b.next = time.Now().Add(pause)
	b.mu.Unlock()
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
