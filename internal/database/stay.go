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
	turn   int64 // of the breaker
}

// enter lets a statement in, or says why it is not sent. leave must be called.
func (db *DB) enter(ctx context.Context) (*stay, *fault.Error) {
	s := &stay{db: db, caller: ctx}
	var isBounded bool
	s.of, isBounded = allowanceOf(ctx, db.system)
	s.ctx, s.cancel = context.WithCancelCause(ctx)
	if refused := db.breaker.admit(s); refused != nil {
		s.cancel(nil)
		return nil, refused
	}
	now := time.Now()
	until := now.Add(db.opts.Timeout)
	if budget := s.of.begin(now, db.opts.Budget); isBounded && budget.Before(until) {
		until = budget
	}
	s.ctx, s.end = context.WithDeadline(s.ctx, until)
	return s, nil
}

// answering notes that the system has begun to answer: it may end now, whatever the breaker
// thinks of the system.
func (s *stay) answering() { s.db.breaker.spare(s) }

// leave takes what the statement came to, and gives it as a client may know it; nil is nil.
func (s *stay) leave(err error) (f *fault.Error) {
	came := s.outcome(err)
	if err != nil {
		if came == nothing && context.Cause(s.ctx) == errOpened {
			f = s.db.breaker.fault()
		} else {
			f = classify(s.ctx, s.db.system, err)
		}
	}
	s.db.breaker.left(s, came)
	s.end()
	s.cancel(nil)
	s.of.end(time.Now())
	return f
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
	if s.caller.Err() != nil || context.Cause(s.ctx) == errOpened {
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
	until := of.begin(now, db.opts.Budget)
	defer func() { of.end(time.Now()) }()
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
