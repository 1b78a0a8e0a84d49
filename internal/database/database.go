// Package database is the thin shell round one legacy system's server: it sends a
// statement on a read-only session, hands over raw rows, keeps the request's log, and
// turns driver errors into faults. It never sees a mapping and never decodes a cell.
package database

import (
	"context"
	"database/sql"
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
	"github.com/bureaugraph/bureaugraph/internal/repeats"
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
	// Replicas are further addresses that have the same data, of which statements ask one after the
	// other; the system's own address is asked when none of them can be. nil is none.
	Replicas []*mysql.Config
	// MaxLag is how far behind a replica may be that is asked. 0 means 30 seconds; below 0 it must
	// not be behind at all.
	MaxLag time.Duration
	// Hours are times in which other numbers hold. The zero value is none.
	Hours Hours
	// Now is the clock by which it is one of them. nil means time.Now.
	Now func() time.Time
	// TimeZone is the zone in which the server shows TIMESTAMP columns, as an offset. ""
	// means that of the DSN, or DefaultTimeZone.
	TimeZone string
	// NoSlowLog keeps statements out of the server's slow log, in which they stand with their values.
	NoSlowLog bool
	// IsThrottled sends fewer statements at once than there are connections while the server answers them more slowly
	// for their number, see throttle.
	IsThrottled bool
	// Logger gets failures with their causes. nil means slog.Default().
	Logger *slog.Logger
	// Observe is told of each statement that ended, with the context it was sent in; statements end at
	// the same time. nil is told nothing.
	Observe func(context.Context, Statement)
}

// WithDefaults says what numbers hold where none are given.
func (o Options) WithDefaults() Options {
	if o.MaxOpen == 0 {
		o.MaxOpen = 8
	}
	if o.Timeout == 0 {
		o.Timeout = 10 * time.Second
	}
	if o.Budget == 0 {
		o.Budget = o.Timeout
	}
	return o
}

// Statement is what a statement came to.
type Statement struct {
	Text    string // with placeholders
	Started time.Time
	Rows    int           // it gave, also those before it failed
	Took    time.Duration // waiting for a connection included
	Fault   *fault.Error  // why it failed; nil when it was answered
	// IsRetried says that it was sent anew, because its connection had been closed while it was idle.
	IsRetried bool
}

// DB is one legacy system's server.
type DB struct {
	system string
	opts   Options
	hosts  []*host // the main address first, and then the replicas
	turn   atomic.Uint64

	outages atomic.Int64
	repeats repeats.Repeats

	ends    context.Context // with Close
	end     context.CancelFunc
	working fanout.Group // on what Background was given
	mu      sync.Mutex   // guards closed, so that nothing begins once Close waits
	closed  bool
}

// Open prepares a pool; it does not connect, so that a gateway starts while a system is
// down. system is the GraphQL System value and stands in logs and errors.
func Open(system string, cfg *mysql.Config, opts Options) (*DB, error) {
	opts = opts.WithDefaults()
	if opts.Logger == nil {
		opts.Logger = slog.Default()
	}
	if opts.Observe == nil {
		opts.Observe = func(context.Context, Statement) {}
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.TimeZone == "" {
		opts.TimeZone = or(strings.Trim(cfg.Params["time_zone"], "'\""), DefaultTimeZone)
	}
	if opts.MaxLag == 0 {
		opts.MaxLag = 30 * time.Second
	}
	db := &DB{system: system, opts: opts}
	db.ends, db.end = context.WithCancel(context.Background())
	for i, cfg := range append([]*mysql.Config{cfg}, opts.Replicas...) {
		h, err := newHost(db, i, cfg)
		if err != nil {
			return nil, errors.Join(err, db.Close())
		}
		db.hosts = append(db.hosts, h)
	}
	if len(db.hosts) > 1 {
		db.follow()
	}
	return db, nil
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
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
	var failures []error
	for _, h := range db.hosts {
		failures = append(failures, h.close())
	}
	return errors.Join(failures...)
}

// Spare is how many sessions the server lets the gateway have at once, where it has refused
// as many as are configured; nil where it has not.
func (db *DB) Spare() *int {
	for _, h := range db.hosts {
		if learned := h.room.learned(); learned != nil {
			return learned
		}
	}
	return nil
}

// AtOnce is how many statements are sent to the main address at once; nil where that is not throttled.
func (db *DB) AtOnce() *int { return db.hosts[0].room.throttled() }

// InUse is how many connections of the pools work on a statement now.
func (db *DB) InUse() (n int) {
	for _, h := range db.hosts {
		n += h.pool.Stats().InUse
	}
	return n
}

// Version asks the server for its version; it also serves as a ping. Nothing is asked of a
// system that is left alone. One that does not tell in time is tried by the breaker.
func (db *DB) Version(ctx context.Context) (string, error) {
	var version string
	came := db.do(ctx, func(s *stay, on *session) error {
		return on.stream(s.ctx, "SELECT VERSION()", nil, func(cells []sql.RawBytes) error {
			version = string(cells[0])
			return nil
		})
	})
	if came.fault != nil {
		if came.at != nil {
			came.at.breaker.watch()
		}
		return "", came.fault
	}
	return version, nil
}

// Query sends one statement and calls row for each row; the cells are only valid during
// the call, and a nil cell is NULL. Errors are faults.
func (db *DB) Query(ctx context.Context, text string, args []any, row func(cells []sql.RawBytes) error) error {
	started := time.Now()
	rows := 0
	came := db.do(ctx, func(s *stay, on *session) error {
		s.sending(text)
		return on.stream(s.ctx, text, args, func(cells []sql.RawBytes) error {
			if rows++; rows == 1 {
				s.answering()
			}
			return row(cells)
		})
	})
	f := came.fault
	if came.at == nil { // it was not sent
		sources.From(ctx).Failed(db.system, sources.Unavailable)
		return f
	}
	ended := Statement{Text: text, Started: started, Rows: rows, Took: time.Since(started), Fault: f,
		IsRetried: came.isRetried}
	status := sources.OK
	if f != nil {
		if status = StatusOf(f); status == sources.Unavailable {
			db.outages.Add(1)
		}
		if errors.Is(ctx.Err(), context.Canceled) { // who asked has left, which is no fault of the system
			ended.Fault = nil
		} else {
			db.logFault(ctx, f, text, came.cause)
		}
	}
	log := sources.From(ctx)
	log.Statement(db.system, text, status, rows, ended.Took)
	if len(db.hosts) > 1 {
		log.At(db.system, came.at.name, db.behind(came.at))
	}
	db.opts.Observe(ctx, ended)
	if f != nil {
		return f
	}
	return nil
}

// logFault tells of a statement that failed, and of many alike once in a while.
func (db *DB) logFault(ctx context.Context, f *fault.Error, text string, err error) {
	told, untold := db.repeats.Tell(string(f.Code)+" "+Number(err), time.Now())
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
	var names []string
	came := db.do(ctx, func(s *stay, on *session) error {
		rows, err := on.QueryContext(s.ctx, text, nil)
		if err != nil {
			on.abandoned = s.ctx.Err() != nil
			return err
		}
		names = rows.Columns()
		return rows.Close()
	})
	if came.fault != nil {
		return nil, came.fault
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
