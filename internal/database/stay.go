package database

import (
	"context"
	"errors"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// outcome is what a statement tells of its system.
type outcome int

const (
	nothing    outcome = iota // it was not the system that ended it
	answered                  // the system is there, whatever it said
	unanswered                // no connection, a lost one, or no word in time
)

// stay is a statement's time at its system: from when it is let in, over the wait for a
// connection and the log-in, to its last row.
type stay struct {
	db     *DB
	caller context.Context
	// ctx ends with the caller's, with the time of the statement, with the request's budget at
	// the system, and, until the first row, when the breaker opens.
	ctx    context.Context
	cancel context.CancelCauseFunc
	end    context.CancelFunc
	of     *allowance
	heard  func() // the wait for a first word is over
	at     *host
	turn   int64 // of the address's breaker
	// Of a statement that is sent, for the throttle: its text, when, when its first word came, and whether as
	// many as may be were sent then.
	text       string
	sent, word time.Time
	wasFull    bool
	// isPinned says that no other address may be asked, see At.
	isPinned bool
	// mayMove says, once it has left, that another address may be asked instead.
	mayMove bool
}

// enter lets a statement in, or says why it is not sent. leave must be called.
func (db *DB) enter(ctx context.Context) (*stay, *fault.Error) {
	of, isBounded := allowanceOf(ctx, db.system)
	return db.enterAs(ctx, of, isBounded)
}

func (db *DB) enterAs(ctx context.Context, of *allowance, isBounded bool) (*stay, *fault.Error) {
	s := &stay{db: db, caller: ctx, of: of}
	s.ctx, s.cancel = context.WithCancelCause(ctx)
	if refused := db.place(s); refused != nil {
		s.cancel(nil)
		return nil, refused
	}
	now := time.Now()
	profile, _ := db.Profile()
	until := now.Add(profile.Timeout)
	if budget := s.of.begin(now, profile.Budget); isBounded && budget.Before(until) {
		until = budget
	}
	s.ctx, s.end = context.WithDeadline(s.ctx, until)
	s.heard = wait(ctx, db.system)
	return s, nil
}

// ending is what a statement came to.
type ending struct {
	at        *host        // where it was sent last; nil where it was not sent
	isRetried bool         // sent anew, because its connection had been closed while it was idle
	fault     *fault.Error // nil when it was answered
	cause     error        // of the fault, as the driver has it
}

// do runs f on a session of an address of the system. Where that says nothing at all, and the request has
// nothing of it yet, f is run once at each other address that can be asked: it only reads. f must not have
// handed on anything when it fails without having called answering.
func (db *DB) do(ctx context.Context, f func(*stay, *session) error) (came ending) {
	of, isBounded := allowanceOf(ctx, db.system)
	for {
		s, refused := db.enterAs(ctx, of, isBounded)
		if refused != nil {
			if came.fault == nil {
				came.fault = refused
			}
			return came
		}
		came.at = s.at
		var isRetried bool
		isRetried, came.cause = s.at.onSession(s.ctx, func(on *session) error { return f(s, on) })
		came.isRetried = came.isRetried || isRetried
		if came.fault = s.leave(came.cause); came.fault == nil || !s.mayMove || ctx.Err() != nil {
			return came
		}
		db.outages.Add(1) // another server may know other things
	}
}

// answering notes that the system has begun to answer: it may end now, whatever the breaker
// thinks of the system.
func (s *stay) answering() {
	s.heard()
	s.word = time.Now()
	if len(s.db.hosts) > 1 {
		s.of.hear(s.at)
	}
	s.at.breaker.spare(s)
}

// leave takes what the statement came to, and gives it as a client may know it; nil is nil.
func (s *stay) leave(err error) (f *fault.Error) {
	came := s.outcome(err)
	isOpened := came == nothing && context.Cause(s.ctx) == errOpened
	isGone := !isOver(s.ctx) // its time has not ended: what takes too long here does elsewhere
	if err != nil {
		if isOpened {
			f = s.at.breaker.fault()
		} else {
			f = classify(s.ctx, s.db.system, err)
		}
	}
	s.at.breaker.left(s, came, f)
	s.note(came)
	s.heard()
	s.end()
	s.cancel(nil)
	s.of.end(time.Now())
	switch {
	case len(s.db.hosts) == 1:
	case came == answered:
		s.of.hear(s.at)
	case isOpened || came == unanswered && isGone:
		s.mayMove = s.of.leave(s.at) && !s.isPinned
	}
	return f
}

// sending notes that the statement is sent now.
func (s *stay) sending(text string) {
	if r := s.at.room; r.throttle != nil {
		s.text, s.sent, s.word, s.wasFull = text, time.Now(), time.Time{}, r.turns.isFull()
	}
}

// note has the throttle of the address learn how long a statement that was sent waited for its first word.
func (s *stay) note(came outcome) {
	if s.sent.IsZero() || came == nothing {
		return
	}
	took := time.Duration(-1)
	if came == answered {
		if s.word.IsZero() { // there was no row
			s.word = time.Now()
		}
		took = s.word.Sub(s.sent)
	}
	s.at.room.note(Statement{Text: s.text}.Shape(mostLogged), took, s.wasFull)
}

// outcome tells what the end of a statement says of the system. One that says itself that it
// cannot is there; unless it lets nobody in, or is just going.
func (s *stay) outcome(err error) outcome {
	if err == nil || fault.Of(err) != nil {
		return answered
	}
	if _, ours := errors.AsType[defect](err); ours {
		return answered
	}
	if isOver(s.caller) || context.Cause(s.ctx) == errOpened {
		return nothing
	}
	if _, is := errors.AsType[queued](err); is { // for a connection that others of ours have
		return nothing
	}
	_, isRefused := errors.AsType[refused](err)
	if _, is := errors.AsType[unreached](err); is || isRefused {
		return unanswered
	}
	if e := asMySQL(err); e != nil && e.Number != shuttingDown {
		return answered
	}
	return unanswered
}

// isOver tells whether the time of the context has ended, which a dialer may notice before the context does.
func isOver(ctx context.Context) bool {
	until, isBounded := ctx.Deadline()
	return ctx.Err() != nil || isBounded && !time.Now().Before(until)
}

// shuttingDown is the server's error for all that it still has when it is stopped.
const shuttingDown = 1053

// unreached is a connection that was not made, or a log-in that failed.
type unreached struct{ cause error }

func (u unreached) Error() string { return "database: no connection: " + u.cause.Error() }
func (u unreached) Unwrap() error { return u.cause }

// queued is a time that ended while all connections of the pool were in use.
type queued struct{ cause error }

func (q queued) Error() string { return "database: no free connection: " + q.cause.Error() }
func (q queued) Unwrap() error { return q.cause }

// Await has the request wait for work on the system that it shares with others: its budget
// counts. The error is a fault.
func (db *DB) Await(ctx context.Context, work func(context.Context) error) error {
	of, isBounded := allowanceOf(ctx, db.system)
	now := time.Now()
	profile, _ := db.Profile()
	until := of.begin(now, profile.Budget)
	defer func() { of.end(time.Now()) }()
	defer wait(ctx, db.system)()
	if isBounded {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, until)
		defer cancel()
	}
	if err := work(ctx); err != nil {
		return classify(ctx, db.system, err)
	}
	return nil
}
