package database

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// guarded is a DB of which only the breaker is tried: what its server does is said by down.
type guarded struct {
	*DB
	breaker *breaker
	down    atomic.Bool // the server lets nobody in
	mute    atomic.Bool // it says nothing to who logs in
	ends    context.CancelFunc
	work    sync.WaitGroup
	log     bytes.Buffer // of one goroutine at a time, in a bubble
}

func guard(o Breaker) *guarded {
	g := &guarded{DB: &DB{system: "LEGAL_AID", opts: Options{Timeout: 10 * time.Second, Budget: 10 * time.Second}}}
	ctx, cancel := context.WithCancel(context.Background())
	g.ends = cancel
	b := newBreaker(o)
	b.system, b.quiet, b.logger = g.system, g.opts.Timeout, slog.New(slog.NewTextHandler(&g.log, nil))
	b.try = func(ctx context.Context) error {
		if g.mute.Load() {
			<-ctx.Done()
			return ctx.Err()
		}
		if g.down.Load() {
			return errors.New("refused")
		}
		return nil
	}
	b.background = func(work func(context.Context)) bool {
		g.work.Go(func() { work(ctx) })
		return true
	}
	g.breaker = b
	g.hosts = []*host{{db: g.DB, name: MainAddress, breaker: b}}
	return g
}

func (g *guarded) close() {
	g.ends()
	g.work.Wait()
}

// ask is a statement that comes to err; f is what the client is told.
func (g *guarded) ask(ctx context.Context, err error) (f *fault.Error) {
	s, refused := g.enter(ctx)
	if refused != nil {
		return refused
	}
	return s.leave(err)
}

var errLost = mysql.ErrInvalidConn

func isOpenFault(f *fault.Error) bool {
	return f != nil && f.Code == fault.SourceUnavailable && f.RetryAfter >= 1
}

// TestBreakerOpens: by so many failures of so many requests, or by one that a try confirms.
func TestBreakerOpens(t *testing.T) {
	one := WithBudgets(context.Background())
	for _, test := range []struct {
		name     string
		down     bool // also for a log-in of its own
		failures int
		ctx      context.Context
		want     string
	}{
		{"too few failures", false, 4, context.Background(), CircuitClosed},
		{"enough failures", false, 5, context.Background(), CircuitOpen},
		{"one request, however much it asks", false, 100, one, CircuitClosed},
		{"one failure that a try confirms", true, 1, context.Background(), CircuitOpen},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := guard(Breaker{})
				defer g.close()
				g.ask(t.Context(), nil) // it has been heard
				g.down.Store(test.down)
				g.mute.Store(!test.down)
				for range test.failures {
					g.ask(test.ctx, errLost)
				}
				synctest.Wait()
				state := g.Circuit().State
				if state != test.want {
					t.Errorf("it is %s, want %s", state, test.want)
				}
			})
		})
	}
}

// TestBreakerRecovers: while open nothing is let in and everybody is told when to come back; when
// the system answers one request is let through, and then all. Each change is logged once.
func TestBreakerRecovers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := guard(Breaker{Retry: 4 * time.Second})
		defer g.close()
		g.down.Store(true)
		g.ask(t.Context(), errLost)
		synctest.Wait()
		for range 100 {
			if f := g.ask(t.Context(), nil); !isOpenFault(f) || f.RetryAfter > 5 {
				t.Fatalf("while open: %+v", f)
			}
			time.Sleep(300 * time.Millisecond)
		}
		if c := g.Circuit(); c.State != CircuitOpen || c.Opened != 1 || c.Refused != 100 {
			t.Errorf("it is %+v", c)
		}
		g.down.Store(false)
		time.Sleep(4 * time.Second)
		synctest.Wait()
		trial, refused := g.enter(t.Context())
		if refused != nil {
			t.Fatal("nobody is let through: ", refused)
		}
		if f := g.ask(t.Context(), nil); !isOpenFault(f) {
			t.Error("half-open, and a second request is let through")
		}
		trial.leave(nil)
		if f := g.ask(t.Context(), nil); f != nil || g.Circuit().State != CircuitClosed {
			t.Errorf("after an answer: %v, %+v", f, g.Circuit())
		}
		if log := g.log.String(); strings.Count(log, "level=WARN") != 1 || strings.Count(log, "level=INFO") != 1 {
			t.Errorf("logged\n%s", log)
		}
	})
}

// TestRecoversAtOnce: however long nobody was there, the system is served again within a second, and is
// tried but seldom where its server says itself that it lets nobody in.
func TestRecoversAtOnce(t *testing.T) {
	for _, test := range []struct {
		name   string
		err    error
		within time.Duration
		least  time.Duration // between two tries
	}{
		{"nobody is there", errors.New("connection refused"), 600 * time.Millisecond, 0},
		{"a wrong password", &mysql.MySQLError{Number: 1045}, 5100 * time.Millisecond, 5 * time.Second},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := guard(Breaker{})
				defer g.close()
				var isBack atomic.Bool
				var mu sync.Mutex
				var tried []time.Time
				g.breaker.try = func(context.Context) error {
					mu.Lock()
					defer mu.Unlock()
					if tried = append(tried, time.Now()); isBack.Load() {
						return nil
					}
					return test.err
				}
				g.ask(t.Context(), errLost)
				time.Sleep(10 * time.Minute)
				synctest.Wait()
				mu.Lock()
				if n := len(tried); tried[n-1].Sub(tried[n-2]) < test.least {
					t.Errorf("tried after %s", tried[n-1].Sub(tried[n-2]))
				}
				mu.Unlock()
				isBack.Store(true)
				back := time.Now()
				for g.Circuit().State == CircuitOpen && time.Since(back) < time.Minute {
					time.Sleep(10 * time.Millisecond)
					synctest.Wait()
				}
				if after := time.Since(back); after > test.within {
					t.Errorf("back, and tried after %s", after)
				}
			})
		})
	}
}

// TestTrials: the request that is let through decides, unless it leaves: then the next one does.
func TestTrials(t *testing.T) {
	gone, leave := context.WithCancel(t.Context())
	leave()
	for _, test := range []struct {
		name string
		ctx  context.Context
		err  error
		want string
	}{
		{"an answer", context.Background(), nil, CircuitClosed},
		{"an error of the statement", context.Background(), &mysql.MySQLError{Number: 1146}, CircuitClosed},
		{"a lost connection", context.Background(), errLost, CircuitOpen},
		{"the caller left", gone, context.Canceled, CircuitHalfOpen},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g := guard(Breaker{})
				defer g.close()
				g.breaker.circuit.Open()
				time.Sleep(time.Minute)
				synctest.Wait() // tried, and half-open
				g.down.Store(true)
				g.ask(test.ctx, test.err)
				if state := g.Circuit().State; state != test.want {
					t.Errorf("it is %s, want %s", state, test.want)
				}
				if f := g.ask(t.Context(), nil); (f == nil) != (test.want != CircuitOpen) {
					t.Errorf("the next is told %v", f)
				}
			})
		})
	}
}

// TestOpeningEndsWhatWaits: what waits for the first word is ended and told so; what is reading
// goes on, and what it comes to then says nothing of the state that came after.
func TestOpeningEndsWhatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := guard(Breaker{})
		defer g.close()
		waits, _ := g.enter(t.Context())
		reads, _ := g.enter(t.Context())
		reads.answering()
		g.down.Store(true)
		g.ask(t.Context(), errLost)
		synctest.Wait()
		if waits.ctx.Err() == nil {
			t.Error("what waits is not ended")
		}
		if f := waits.leave(waits.ctx.Err()); !isOpenFault(f) {
			t.Errorf("it is told %v", f)
		}
		if reads.ctx.Err() != nil {
			t.Error("what is reading is ended")
		}
		if f := reads.leave(nil); f != nil || g.Circuit().State != CircuitOpen {
			t.Errorf("it came to %v, and the breaker is %s", f, g.Circuit().State)
		}
	})
}

// TestOutcome: which ends of a statement are failures of its system.
func TestOutcome(t *testing.T) {
	gone, leave := context.WithCancel(t.Context())
	leave()
	late, cancel := context.WithDeadline(t.Context(), time.Unix(1, 0))
	defer cancel()
	of := func(number uint16) error { return fmt.Errorf("x: %w", &mysql.MySQLError{Number: number}) }
	for _, test := range []struct {
		name string
		ctx  context.Context
		err  error
		want outcome
	}{
		{"rows", t.Context(), nil, answered},
		{"no such column", t.Context(), of(1054), answered},
		{"no such table", t.Context(), of(1146), answered},
		{"syntax", t.Context(), of(1064), answered},
		{"denied a table", t.Context(), of(1142), answered},
		{"stopped by its administrator", t.Context(), of(1317), answered},
		{"who reads the rows fails", t.Context(), defect{io.ErrUnexpectedEOF}, answered},
		{"who reads the rows refuses them", t.Context(), defect{fault.Input("first", "x")}, answered},
		{"the caller leaves", gone, context.Canceled, nothing},
		{"the caller leaves, and the driver says so otherwise", gone, errLost, nothing},
		{"the caller's time ends", late, context.DeadlineExceeded, nothing},
		{"our own connections are all in use", t.Context(), queued{context.DeadlineExceeded}, nothing},
		{"and the server lets us have no more", t.Context(), queued{refused{of(1040)}}, nothing},
		{"the system's time ends", t.Context(), context.DeadlineExceeded, unanswered},
		{"a lost connection", context.Background(), errLost, unanswered},
		{"an end in the middle", t.Context(), io.ErrUnexpectedEOF, unanswered},
		{"too many connections", t.Context(), refused{of(1040)}, unanswered},
		{"a wrong password", t.Context(), unreached{of(1045)}, unanswered},
		{"no connection", t.Context(), unreached{errors.New("dial")}, unanswered},
		{"the server is being stopped", t.Context(), of(1053), unanswered},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := &stay{caller: test.ctx, ctx: test.ctx}
			if got := s.outcome(test.err); got != test.want {
				t.Errorf("outcome %d, want %d", got, test.want)
			}
		})
	}
}

// TestBudget: what a request waits for at one system at the same time counts once, and what one
// level spent the next has no longer; another system's budget is another one.
func TestBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := guard(Breaker{})
		defer g.close()
		other := guard(Breaker{})
		defer other.close()
		other.system = "PUBLICITY"
		ctx := WithBudgets(t.Context())
		left := func(db *DB) time.Duration {
			s, _ := db.enter(ctx)
			defer s.leave(nil)
			until, _ := s.ctx.Deadline()
			return time.Until(until)
		}
		a, _ := g.enter(ctx)
		time.Sleep(2 * time.Second)
		b, _ := g.enter(ctx)
		time.Sleep(time.Second)
		a.leave(nil)
		b.leave(nil)
		time.Sleep(time.Hour) // spent elsewhere
		if of := left(g.DB); of != 7*time.Second {
			t.Errorf("after three seconds there are %s of ten", of)
		}
		if of := left(other.DB); of != 10*time.Second {
			t.Errorf("another system has %s of ten", of)
		}
		c, _ := g.enter(ctx)
		<-c.ctx.Done()
		if f := c.leave(c.ctx.Err()); f.Code != fault.SourceTimeout {
			t.Errorf("out of budget: %v", f)
		}
		if of := left(g.DB); of != 0 {
			t.Errorf("given up, and there are %s", of)
		}
		if s, _ := g.enter(t.Context()); s.ctx.Err() != nil {
			t.Error("who has no budget is out of it")
		}
	})
}

// TestBreakerKeepsItsPromises tries what many requests do to a system that comes and goes:
// nobody is refused but by a breaker that a failure has opened, everybody is let in again, and
// nothing is left waiting.
func TestBreakerKeepsItsPromises(t *testing.T) {
	for seed := range uint64(20) {
		synctest.Test(t, func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 0))
			g := guard(Breaker{Failures: 1 + r.IntN(6), Retry: time.Duration(1+r.IntN(10)) * time.Second})
			defer g.close()
			gone, leave := context.WithCancel(t.Context())
			leave()
			hasFailed := false
			for range 500 {
				switch r.IntN(6) {
				case 0:
					g.down.Store(r.IntN(2) == 0)
				case 1:
					time.Sleep(time.Duration(r.IntN(3000)) * time.Millisecond)
				case 2:
					g.ask(gone, context.Canceled)
				case 3:
					g.ask(t.Context(), &mysql.MySQLError{Number: 1054})
				default:
					var err error
					if g.down.Load() {
						err = errLost
					}
					if f := g.ask(t.Context(), err); isOpenFault(f) && !hasFailed {
						t.Fatalf("seed %d: refused although nothing failed", seed)
					}
					hasFailed = hasFailed || err != nil
				}
			}
			g.down.Store(false)
			time.Sleep(11*time.Second + mostPatience)
			synctest.Wait()
			for range 2 {
				if f := g.ask(t.Context(), nil); f != nil {
					t.Fatalf("seed %d: the system is back, and refused: %v", seed, f)
				}
			}
			if c := g.Circuit(); c.State != CircuitClosed || len(g.breaker.waiting) != 0 || g.breaker.watching {
				t.Errorf("seed %d: left %+v, %d waiting", seed, c, len(g.breaker.waiting))
			}
		})
	}
}
