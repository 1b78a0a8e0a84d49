package database

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-sql-driver/mysql"
)

// room is how many sessions the server lets the gateway have at once. It begins with the
// configured number and learns from refusals: whoever is refused waits in the pool's queue,
// first come first served, until one of the sessions that there are is free. What was
// refused once may be there later, so one more is tried from time to time.
type room struct {
	pool     *sql.DB
	turns    *turns    // of statements: as many as there may be sessions, or fewer by the throttle
	throttle *throttle // nil where there is none
	logger   *slog.Logger
	system   string
	now      func() time.Time

	open    atomic.Int64  // sessions that there are; the pool ends some while mu is held
	current *atomic.Int64 // generation of sessions, see session.ResetSession

	mu    sync.Mutex
	most  int       // as configured
	limit int       // at most most, at least 1
	since time.Time // when limit changed last
	step  int       // by how many it grew since the last refusal; 0 for none
}

// Until one session more is tried after a refusal, then, while none is refused, twice as many each time; and
// between attempts while there is none at all.
const (
	roomGrows  = 30 * time.Second
	growsOn    = 3 * time.Second
	firstPause = 20 * time.Millisecond
	lastPause  = 500 * time.Millisecond
)

// refused is what a server says that has no connection to spare.
type refused struct{ cause error }

func (r refused) Error() string { return "database: no connection to spare: " + r.cause.Error() }
func (r refused) Unwrap() error { return r.cause }

// isRefusal tells whether a server's answer to a connection means that there are too many,
// of the server or the account.
func isRefusal(err error) bool {
	e := asMySQL(err)
	return e != nil && (e.Number == 1040 || e.Number == 1203 || e.Number == 1226 && !isHourly(e))
}

// isHourly tells whether the account has used up what it is allowed in an hour. The servers have one number for it
// and for too many connections, and name the resource in quotes in every language.
func isHourly(e *mysql.MySQLError) bool {
	return e.Number == 1226 && !strings.Contains(e.Message, "'max_user_connections'")
}

// opened counts a session that the server let us have; closed is its end.
func (r *room) opened() {
	open := int(r.open.Add(1))
	r.mu.Lock()
	defer r.mu.Unlock()
	if open > r.limit { // those that were refused came before those that were not
		r.set(min(open, r.most))
	}
}

func (r *room) closed() { r.open.Add(-1) }

// doubt has no session of the generation used any more: one of them was closed while it was
// idle, as all are when the server is restarted.
func (r *room) doubt(generation int64) { r.current.CompareAndSwap(generation, generation+1) }

// refuse learns that there is room for no more sessions than there are, and tells how many
// these are.
func (r *room) refuse() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	open := int(r.open.Load())
	if now := max(open, 1); now < r.limit {
		r.logger.Warn("the server refuses further connections; statements wait for those there are",
			slog.String("system", r.system), slog.Int("connections", now), slog.Int("configured", r.most))
		r.set(now)
	}
	r.since, r.step = r.now(), 0
	return open
}

// grow tries one session more when the last refusal is long ago, and more at once when that was let in.
func (r *room) grow() {
	r.mu.Lock()
	defer r.mu.Unlock()
	pause := roomGrows
	if r.step > 0 {
		pause = growsOn
	}
	if r.limit < r.most && r.now().Sub(r.since) >= pause {
		r.step = max(1, 2*r.step)
		r.set(min(r.most, r.limit+r.step))
	}
}

// set is called with mu held.
func (r *room) set(limit int) {
	r.limit, r.since = limit, r.now()
	r.pool.SetMaxOpenConns(limit)
	r.pool.SetMaxIdleConns(limit)
	r.turns.set(r.atOnce())
}

// atOnce is how many statements may be sent; mu is held.
func (r *room) atOnce() int {
	if r.throttle == nil {
		return r.limit
	}
	return min(r.limit, r.throttle.now())
}

// note has the throttle learn from a statement, see throttle.note.
func (r *room) note(shape string, took time.Duration, isFull bool) {
	if before := r.throttle.now(); r.throttle.note(shape, took, r.now(), isFull) != before {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.turns.set(r.atOnce())
	}
}

// throttled is how many statements are sent at once; nil where that does not follow from how fast the server answers.
func (r *room) throttled() *int {
	if r.throttle == nil {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return new(r.atOnce())
}

// resize changes how many sessions there may be at most. Those that are used are not ended.
func (r *room) resize(most int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if most == r.most {
		return
	}
	isLearned := r.limit < r.most
	r.most = most
	if r.throttle != nil {
		r.throttle.resize(most)
		defer func() { r.turns.set(r.atOnce()) }()
	}
	if !isLearned || r.limit > most {
		r.set(most)
	}
}

// queued is what comes of one whose time ends while it waits for a session.
func (r *room) queued(err error) error {
	if r.learned() != nil {
		err = refused{err}
	}
	return queued{err}
}

// learned is how many sessions the server lets the gateway have, where that is fewer than
// configured; nil where it is not.
func (r *room) learned() *int {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.limit == r.most {
		return nil
	}
	return new(r.limit)
}

// session takes a session of the pool. A refusal is no failure: it waits until there is
// room, or ctx ends, and then the last refusal is in the error's chain.
func (r *room) session(ctx context.Context) (*sql.Conn, error) {
	r.grow()
	pause := firstPause
	var last error
	for {
		conn, err := r.pool.Conn(ctx)
		if err == nil {
			return conn, nil
		}
		if _, is := errors.AsType[unreached](err); is {
			return nil, errors.Join(last, err)
		}
		if _, is := errors.AsType[refused](err); !is {
			if last == nil && ctx.Err() != nil && r.learned() != nil { // it was in the queue all the time
				last = refused{err}
			}
			if last == nil || r.open.Load() > 0 {
				return nil, queued{errors.Join(last, err)}
			}
			return nil, errors.Join(last, err)
		}
		last = err
		if r.refuse() > 0 {
			continue // the pool's queue gives it the next that is free
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil, last
		}
		pause = min(2*pause, lastPause)
	}
}
