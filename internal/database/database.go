// Package database is the thin shell round one legacy system's server: it sends a
// statement on a read-only session, hands over raw rows, keeps the request's log, and
// turns driver errors into faults. It never sees a mapping and never decodes a cell.
package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/fanout"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// Options say how to talk to a server.
type Options struct {
	// MaxOpen is the pool's size; keep it below the server's max_connections. 0 means 8.
	MaxOpen int
	// Timeout bounds one statement, connecting included. 0 means 10 seconds.
	Timeout time.Duration
	// Budget is how long one request waits for the system in all, where it has one, see
	// WithBudgets. 0 means Timeout.
	Budget time.Duration
	// Breaker says when the system is left alone.
	Breaker Breaker
	// TimeZone is the zone in which the server shows TIMESTAMP columns, as an offset. ""
	// means that of the DSN, or DefaultTimeZone.
	TimeZone string
	// NoSlowLog keeps statements out of the server's slow log, in which they stand with their values.
	NoSlowLog bool
	// Logger gets failures with their causes. nil means slog.Default().
	Logger *slog.Logger
	// Observe is told of each statement that ended; statements end at the same time. nil is
	// told nothing.
	Observe func(Statement)
}

// Statement is what a statement came to.
type Statement struct {
	Rows  int           // it gave, also those before it failed
	Took  time.Duration // waiting for a connection included
	Fault *fault.Error  // why it failed; nil when it was answered
	// IsRetried says that it was sent anew, because its connection had been closed while it was idle.
	IsRetried bool
}

// DB is one legacy system's server.
type DB struct {
	system string
	pool   *sql.DB
	room   *room   // for sessions of the pool
	side   *sql.DB // for KILL; opened on first use
	opts   Options

	breaker *breaker

	outages atomic.Int64
	repeats repeats

	ends    context.Context // with Close
	end     context.CancelFunc
	working fanout.Group // on what Background was given
	mu      sync.Mutex   // guards closed, so that nothing begins once Close waits
	closed  bool
}

// Open prepares a pool; it does not connect, so that a gateway starts while a system is
// down. system is the GraphQL System value and stands in logs and errors.
func Open(system string, cfg *mysql.Config, opts Options) (*DB, error) {
	if opts.MaxOpen == 0 {
		opts.MaxOpen = 8
	}
	if opts.Timeout == 0 {
		opts.Timeout = 10 * time.Second
	}
	if opts.Budget == 0 {
		opts.Budget = opts.Timeout
	}
	if opts.Logger == nil {
		opts.Logger = slog.Default()
	}
	if opts.Observe == nil {
		opts.Observe = func(Statement) {}
	}
	if opts.TimeZone == "" {
		opts.TimeZone = or(strings.Trim(cfg.Params["time_zone"], "'\""), DefaultTimeZone)
	}
	cfg = cfg.Clone()
	cfg.ParseTime = false        // dates are decoded from their bytes
	cfg.InterpolateParams = true // one round trip a statement
	cfg.MultiStatements = false
	cfg, err := withCharsets(cfg)
	if err != nil {
		return nil, err
	}
	inner, err := mysql.NewConnector(cfg)
	if err != nil {
		return nil, err
	}
	side := sql.OpenDB(inner)
	side.SetMaxOpenConns(1)
	side.SetMaxIdleConns(0)
	db := &DB{system: system, side: side, opts: opts}
	db.ends, db.end = context.WithCancel(context.Background())
	db.room = &room{most: opts.MaxOpen, logger: opts.Logger, system: system, now: time.Now}
	connect := &connector{Connector: inner, pins: newPins(opts.TimeZone, opts.NoSlowLog), room: db.room,
		patience: opts.Timeout}
	db.pool = sql.OpenDB(connect)
	db.room.pool, db.room.current = db.pool, &connect.generation
	db.breaker = newBreaker(opts.Breaker)
	db.breaker.system, db.breaker.logger, db.breaker.quiet = system, opts.Logger, opts.Timeout
	db.breaker.background, db.breaker.try = db.background, func(ctx context.Context) error { return db.try(ctx, inner) }
	db.room.set(opts.MaxOpen)
	db.pool.SetConnMaxIdleTime(5 * time.Minute)
	return db, nil
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// withCharsets asks for utf8mb4, and for utf8 where the server does not know it (before
// 5.5.3). The driver takes a list of charsets only from a DSN.
func withCharsets(cfg *mysql.Config) (*mysql.Config, error) {
	dsn := cfg.FormatDSN()
	separator := "?"
	if strings.Contains(dsn, "?") {
		separator = "&"
	}
	listed, err := mysql.ParseDSN(dsn + separator + "charset=utf8mb4,utf8")
	if err != nil {
		return nil, err
	}
	listed.TLS = cfg.TLS
	return listed, nil
}

// System is the GraphQL System value of the server.
func (db *DB) System() string { return db.system }

// Outages counts the statements that could not be sent. Who remembers something about the
// server learns it anew when the count has moved: what answers now may be another server.
func (db *DB) Outages() int64 { return db.outages.Load() }

// mostLogged bounds the text of a statement in the log, in bytes: a search over every spelling
// has tens of thousands.
const mostLogged = 2000

// beginning is a text as it is logged: whole, or its beginning and how long it is.
func beginning(text string) string {
	if len(text) <= mostLogged {
		return text
	}
	return fmt.Sprintf("%s… (%d bytes)", strings.ToValidUTF8(text[:mostLogged], ""), len(text))
}

// Warn logs what an operator should know of the server though no statement failed.
func (db *DB) Warn(ctx context.Context, message string, attrs ...slog.Attr) {
	db.opts.Logger.LogAttrs(ctx, slog.LevelWarn, message,
		append([]slog.Attr{slog.String("system", db.system)}, attrs...)...)
}

// Background does work on the server that no request waits for. Its context ends when the
// DB is closed, and Close waits for it; it is not begun after that.
func (db *DB) Background(work func(ctx context.Context)) { db.background(work) }

// background is Background, and tells whether the work was begun.
func (db *DB) background(work func(ctx context.Context)) bool {
	db.mu.Lock()
	defer db.mu.Unlock()
	if !db.closed {
		db.working.Go(func() {
			if err := fanout.Do(func() { work(db.ends) }); err != nil {
				fanout.Log(db.opts.Logger, err, "system", db.system)
			}
		})
	}
	return !db.closed
}

// Close ends the work in the background and then all sessions. It waits for what is stopped
// on the server, at most the time that a statement has.
func (db *DB) Close() error {
	db.mu.Lock()
	db.closed = true
	db.mu.Unlock()
	db.end()
	_ = db.working.Wait() // a panic has been logged
	_ = db.side.Close()
	return db.pool.Close()
}

// Spare is how many sessions the server lets the gateway have at once, where it has refused
// as many as are configured; nil where it has not.
func (db *DB) Spare() *int { return db.room.learned() }

// InUse is how many connections of the pool work on a statement now.
func (db *DB) InUse() int { return db.pool.Stats().InUse }

// Circuit is the state of the system's breaker now.
func (db *DB) Circuit() Circuit { return db.breaker.state() }

// Version asks the server for its version; it also serves as a ping. Nothing is asked of a
// system that is left alone. One that does not tell in time is tried by the breaker.
func (db *DB) Version(ctx context.Context) (string, error) {
	s, refused := db.enter(ctx)
	if refused != nil {
		return "", refused
	}
	var version string
	_, err := db.onSession(s.ctx, func(on *session) error {
		return on.stream(s.ctx, "SELECT VERSION()", nil, func(cells []sql.RawBytes) error {
			version = string(cells[0])
			return nil
		})
	})
	if f := s.leave(err); f != nil {
		db.breaker.watch()
		return "", f
	}
	return version, nil
}

// Query sends one statement and calls row for each row; the cells are only valid during
// the call, and a nil cell is NULL. Errors are faults.
func (db *DB) Query(ctx context.Context, text string, args []any, row func(cells []sql.RawBytes) error) error {
	started := time.Now()
	s, refused := db.enter(ctx)
	if refused != nil {
		sources.From(ctx).Failed(db.system, sources.Unavailable)
		return refused
	}
	rows := 0
	isRetried, err := db.onSession(s.ctx, func(on *session) error {
		return on.stream(s.ctx, text, args, func(cells []sql.RawBytes) error {
			if rows++; rows == 1 {
				s.answering()
			}
			return row(cells)
		})
	})
	ended := Statement{Rows: rows, Took: time.Since(started), Fault: s.leave(err), IsRetried: isRetried}
	status := sources.OK
	f := ended.Fault
	if f != nil {
		if status = StatusOf(f); status == sources.Unavailable {
			db.outages.Add(1)
		}
		if errors.Is(ctx.Err(), context.Canceled) { // who asked has left, which is no fault of the system
			ended.Fault = nil
		} else {
			db.logFault(ctx, f, text, err)
		}
	}
	sources.From(ctx).Statement(db.system, text, status, rows, ended.Took)
	db.opts.Observe(ended)
	if f != nil {
		return f
	}
	return nil
}

// logFault tells of a statement that failed, and of many alike once in a while.
func (db *DB) logFault(ctx context.Context, f *fault.Error, text string, err error) {
	told, untold := db.repeats.tell(string(f.Code)+" "+Number(err), time.Now())
	if !told {
		return
	}
	attrs := []slog.Attr{slog.String("system", db.system), slog.String("code", string(f.Code)),
		slog.String("sql", beginning(text)), slog.String("cause", redacted(err))}
	if untold > 0 {
		attrs = append(attrs, slog.Int("alike", untold))
	}
	db.opts.Logger.LogAttrs(ctx, slog.LevelWarn, "statement failed", attrs...)
}

// Columns names the columns of what a statement gives; the statement is sent, and its rows
// are not read. Errors are faults.
func (db *DB) Columns(ctx context.Context, text string) ([]string, error) {
	s, refused := db.enter(ctx)
	if refused != nil {
		return nil, refused
	}
	var names []string
	_, err := db.onSession(s.ctx, func(on *session) error {
		rows, err := on.QueryContext(s.ctx, text, nil)
		if err != nil {
			on.abandoned = s.ctx.Err() != nil
			return err
		}
		names = rows.Columns()
		return rows.Close()
	})
	if f := s.leave(err); f != nil {
		return nil, f
	}
	return names, nil
}

// Number names the server's own error in err's chain by its number, which holds no data;
// "" when there is none.
func Number(err error) string {
	if asMySQL(err) == nil {
		return ""
	}
	return redacted(asMySQL(err))
}

// onSession runs f on a session of the pool. One that was idle may have been closed by the
// server, which shows when it is used: f is run once more then, on a new session, since it
// only reads and nothing came of it. f must not have handed on anything when it gives an
// unheard error.
func (db *DB) onSession(ctx context.Context, f func(*session) error) (isRetried bool, _ error) {
	for {
		conn, err := db.room.session(ctx)
		if err != nil {
			return isRetried, err
		}
		var abandoned string // the number of a session whose statement may still run
		isStale := false
		err = conn.Raw(func(c any) error {
			s := c.(*session)
			err := f(s)
			if s.abandoned {
				abandoned = s.id
			}
			_, isUnheard := errors.AsType[unheard](err)
			if isStale = isUnheard && s.isUsed; isStale {
				s.room.doubt(s.generation) // those that were idle with it
			}
			s.isUsed = true
			return err
		})
		if abandoned != "" {
			// Close waits for it: the server would work on when the gateway is gone.
			if stop := func(context.Context) { db.stop(conn, abandoned) }; !db.background(stop) {
				stop(ctx)
			}
			return isRetried, err
		}
		_ = conn.Close() // gives the session back; fails when it is broken
		if isRetried || !isStale || ctx.Err() != nil {
			return isRetried, err
		}
		isRetried = true
	}
}

// try logs in and out again, besides the pool.
func (db *DB) try(ctx context.Context, server driver.Connector) error {
	conn, err := server.Connect(ctx)
	if isRefusal(err) && db.room.open.Load() > 0 { // those that the server lets us have are all in use
		return nil
	}
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.(driver.Pinger).Ping(ctx)
}

// stop ends what an abandoned session works on, and then the session. Until the server has
// answered, the session stays out of the pool: the number names a statement that is still
// ours, and never one of whoever would have got the session next. Not only the statement is
// killed, whose text the server may not have begun to read.
func (db *DB) stop(conn *sql.Conn, number string) {
	ctx, cancel := context.WithTimeout(context.Background(), db.opts.Timeout)
	defer cancel()
	defer conn.Close() // which throws it away, see session.IsValid
	text := "KILL CONNECTION " + number
	_, err := db.side.ExecContext(ctx, text)
	if isRefusal(err) { // no connection to spare for it: one of the pool's, when it is free
		_, err = db.onSession(ctx, func(s *session) error {
			_, err := s.ExecContext(ctx, text, nil)
			return err
		})
	}
	if e := asMySQL(err); err != nil && (e == nil || e.Number != unknownThread) {
		db.opts.Logger.Warn("kill failed", slog.String("system", db.system), slog.Any("cause", redacted(err)))
	}
}

// unknownThread is the server's error for a session that has ended by itself.
const unknownThread = 1094

// redacted is the part of a driver error that cannot hold data: servers quote values
// ("Duplicate entry '…'", "near '…'") in their texts.
func redacted(err error) string {
	if e := asMySQL(err); e != nil {
		return "mysql error " + strconv.Itoa(int(e.Number))
	}
	return err.Error()
}

// StatusOf tells how a system took part in an answer that this fault of it spoils.
func StatusOf(f *fault.Error) sources.Status {
	switch f.Code {
	case fault.SourceUnavailable:
		return sources.Unavailable
	case fault.SourceTimeout:
		return sources.Timeout
	}
	return sources.Failed
}
