package faults

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// Fault is one way in which the system fails.
type Fault struct {
	Name string
	// Codes are those that errors of the system may have meanwhile, and no others. OVERLOADED is of no system, and
	// may be told of questions to this one only.
	Codes []fault.Code
	// IsFelt says that some answer must have an error: the fault cannot go unnoticed.
	IsFelt bool

	begin func(context.Context, *Site) error
	end   func(context.Context, *Site) error
}

// Faults are all, in the order of the table. KILL QUERY is none of them: MariaDB answers some of the
// statements that are killed so, two in a thousand, with no rows and no error, which nobody can
// tell from an answer.
func Faults() []Fault {
	const (
		unavailable = fault.SourceUnavailable
		timeout     = fault.SourceTimeout
		failed      = fault.SourceError
	)
	// Who asks a system that is late may also be told that as many wait for it as may.
	gone, late := []fault.Code{unavailable}, []fault.Code{unavailable, timeout, fault.Overloaded}
	return []Fault{
		{"frozen", late, true, through((*dbtest.Proxy).Freeze), through((*dbtest.Proxy).Thaw)},
		{"slow by 3 s", late, false, slow(3 * time.Second), slow(0)},
		{"refused", gone, true, through((*dbtest.Proxy).Refuse), restore},
		{"connections reset, again and again", gone, false, again(reset), over},
		{"cut in the middle of answers", gone, true, again(cut), uncut},
		{"connections killed, again and again", gone, true, again(kill), over},
		{"an error of the server within each answer", []fault.Code{failed, unavailable}, true, fail(2), fail(-1)},
		{"another password", gone, true, alter("IDENTIFIED BY 'another'"),
			alter("IDENTIFIED BY '" + password + "'")},
		{"restarted", late, false, stop, resume},
		{"killed (-9) and started", late, false, crash, resume},
		{"table gone", []fault.Code{failed, timeout}, true,
			run("RENAME TABLE " + faultyTable + " TO " + faultyTable + "_gone"),
			run("RENAME TABLE " + faultyTable + "_gone TO " + faultyTable)},
		{"column renamed", []fault.Code{failed, timeout}, true,
			run("ALTER TABLE " + faultyTable + " RENAME COLUMN " + faultyColumn + " TO renamed"),
			run("ALTER TABLE " + faultyTable + " RENAME COLUMN renamed TO " + faultyColumn)},
		{"table locked", late, true, lock, unlock},
		{"no connection to spare (1040)", late, true, crowd, uncrowd},
		{"account limited to one connection (1226)", late, false,
			alter("WITH MAX_USER_CONNECTIONS 1"), alter("WITH MAX_USER_CONNECTIONS 0")},
		{"account limited to some statements an hour (1226)", late, true,
			alter("WITH MAX_QUERIES_PER_HOUR 5"), alter("WITH MAX_QUERIES_PER_HOUR 0")},
	}
}

func through(do func(*dbtest.Proxy)) func(context.Context, *Site) error {
	return func(_ context.Context, s *Site) error {
		do(s.proxies[Faulty])
		return nil
	}
}

func slow(by time.Duration) func(context.Context, *Site) error {
	return through(func(p *dbtest.Proxy) { p.Slow(by) })
}

func fail(rows int) func(context.Context, *Site) error {
	return through(func(p *dbtest.Proxy) { p.FailAfter(rows) })
}

func restore(_ context.Context, s *Site) error { return s.proxies[Faulty].Restore() }

func run(statements ...string) func(context.Context, *Site) error {
	return func(ctx context.Context, s *Site) error {
		for _, text := range statements {
			if _, err := s.admin.ExecContext(ctx, text); err != nil {
				return fmt.Errorf("faults: %w", err)
			}
		}
		return nil
	}
}

// repeating is what is done again and again while a fault lasts.
type repeating struct {
	end  context.CancelFunc
	done sync.WaitGroup
	err  error
}

// often is how often a fault that is over in a moment is done again.
const often = 40 * time.Millisecond

func again(do func(context.Context, *Site) error) func(context.Context, *Site) error {
	return func(ctx context.Context, s *Site) error {
		ctx, cancel := context.WithCancel(ctx)
		r := &repeating{end: cancel}
		s.repeating = r
		r.done.Go(func() {
			tick := time.NewTicker(often)
			defer tick.Stop()
			for {
				if err := do(ctx, s); err != nil && ctx.Err() == nil {
					r.err = err
					return
				}
				select {
				case <-tick.C:
				case <-ctx.Done():
					return
				}
			}
		})
		return nil
	}
}

func over(_ context.Context, s *Site) error {
	s.repeating.end()
	s.repeating.done.Wait()
	return s.repeating.err
}

func reset(_ context.Context, s *Site) error {
	s.proxies[Faulty].Reset()
	return nil
}

// cut cuts after so many bytes that a log-in is through and an answer has begun, sooner or later.
func cut(_ context.Context, s *Site) error {
	s.proxies[Faulty].CutAfter(rand.Int64N(20_000))
	return nil
}

func uncut(ctx context.Context, s *Site) error {
	err := over(ctx, s)
	s.proxies[Faulty].CutAfter(-1)
	return err
}

// sessions are the numbers of the gateway's on the server of the system that fails, and how many
// of them work on a statement.
func (s *Site) sessions(ctx context.Context) (numbers []int64, busy int, err error) {
	rows, err := s.admin.QueryContext(ctx,
		"SELECT ID, COMMAND FROM information_schema.PROCESSLIST WHERE USER = '"+account+"'")
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var number int64
		var command string
		if err := rows.Scan(&number, &command); err != nil {
			return nil, 0, err
		}
		if numbers = append(numbers, number); command == "Query" {
			busy++
		}
	}
	return numbers, busy, rows.Err()
}

// kill ends the gateway's sessions; one that has ended by itself is none the less well.
func kill(ctx context.Context, s *Site) error {
	numbers, _, err := s.sessions(ctx)
	for _, number := range numbers {
		_, _ = s.admin.ExecContext(ctx, fmt.Sprintf("KILL CONNECTION %d", number))
	}
	return err
}

// crowd has others take all connections that the server gives, and the gateway lose its own.
func crowd(ctx context.Context, s *Site) error {
	const most = 10 // the least that the server can be set to
	for range most {
		c, err := s.admin.Conn(ctx)
		if err != nil {
			return err
		}
		s.held = append(s.held, c)
	}
	if err := run(fmt.Sprintf("SET GLOBAL max_connections = %d", most))(ctx, s); err != nil {
		return err
	}
	return kill(ctx, s)
}

func uncrowd(ctx context.Context, s *Site) error {
	return errors.Join(run("SET GLOBAL max_connections = 200")(ctx, s), s.release())
}

// release gives back the connections that a fault has taken.
func (s *Site) release() (err error) {
	for _, c := range s.held {
		err = errors.Join(err, c.Close())
	}
	s.held = nil
	return err
}

// alter changes the gateway's account, which shows in sessions that begin anew.
func alter(to string) func(context.Context, *Site) error {
	return func(ctx context.Context, s *Site) error {
		if err := run("ALTER USER "+account+" "+to, "FLUSH USER_RESOURCES")(ctx, s); err != nil {
			return err
		}
		return kill(ctx, s)
	}
}

func stop(_ context.Context, s *Site) error   { return s.own.Stop() }
func crash(_ context.Context, s *Site) error  { return s.own.Kill() }
func resume(_ context.Context, s *Site) error { return s.own.Resume() }

func lock(ctx context.Context, s *Site) error {
	c, err := s.admin.Conn(ctx)
	if err != nil {
		return err
	}
	s.held = []*sql.Conn{c}
	_, err = c.ExecContext(ctx, "LOCK TABLES "+faultyTable+" WRITE")
	return err
}

func unlock(ctx context.Context, s *Site) error {
	_, err := s.held[0].ExecContext(ctx, "UNLOCK TABLES")
	return errors.Join(err, s.release())
}
