package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
)

// host is one address of a system, with connections and a breaker of its own.
type host struct {
	db      *DB
	name    string // main, or replica-1 and so on
	server  string // host:port, for who runs the program
	logger  *slog.Logger
	pool    *sql.DB
	room    *room   // for sessions of the pool
	side    *sql.DB // for KILL; opened on first use
	breaker *breaker
	lag     *lag // nil where the address has no replicas beside it
}

// newHost prepares the connections to the i-th address of a DB; it does not connect.
func newHost(db *DB, i int, cfg *mysql.Config) (*host, error) {
	opts := db.opts
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
	h := &host{db: db, name: hostName(i), server: cfg.Addr, logger: opts.Logger}
	if len(opts.Replicas) > 0 {
		h.logger = opts.Logger.With(slog.String("address", h.name))
		h.lag = newLag(inner, i > 0)
	}
	h.side = sql.OpenDB(inner)
	h.side.SetMaxOpenConns(1)
	h.side.SetMaxIdleConns(0)
	h.room = &room{most: opts.MaxOpen, logger: h.logger, system: db.system, now: time.Now}
	connect := &connector{Connector: inner, pins: newPins(opts.TimeZone, opts.NoSlowLog), room: h.room,
		patience: opts.Timeout}
	h.pool = sql.OpenDB(connect)
	h.room.turns = new(turns)
	if opts.IsThrottled {
		h.room.throttle = newThrottle(opts.MaxOpen)
	}
	h.room.pool, h.room.current = h.pool, &connect.generation
	h.breaker = newBreaker(opts.Breaker)
	h.breaker.system, h.breaker.logger, h.breaker.quiet = db.system, h.logger, opts.Timeout
	if i > 0 { // a slow replica is as bad as none, as long as there is the main one
		h.breaker.quiet = min(opts.Timeout, firstPatience)
	}
	h.breaker.background = db.background
	h.breaker.try = func(ctx context.Context) error { return h.try(ctx, inner) }
	h.room.set(opts.MaxOpen)
	h.pool.SetConnMaxIdleTime(5 * time.Minute)
	return h, nil
}

// hostName names the i-th address.
func hostName(i int) string {
	if i == 0 {
		return MainAddress
	}
	return fmt.Sprint("replica-", i)
}

// close closes all sessions.
func (h *host) close() error {
	_ = h.side.Close()
	if h.lag != nil {
		_ = h.lag.pool.Close()
	}
	return h.pool.Close()
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

// onSession waits for a turn and runs f on a session of the pool. One that was idle may have been closed by the
// server, which shows when it is used: f is run once more then, on a new session, since it
// only reads and nothing came of it. f must not have handed on anything when it gives an
// unheard error.
func (h *host) onSession(ctx context.Context, f func(*session) error) (isRetried bool, _ error) {
	profile, _ := h.db.Profile()
	h.room.resize(profile.MaxOpen)
	if err := h.room.turns.take(ctx); err != nil {
		return false, h.room.queued(err)
	}
	isKept := false
	defer func() {
		if !isKept {
			h.room.turns.give()
		}
	}()
	for {
		conn, err := h.room.session(ctx)
		if err != nil {
			return isRetried, err
		}
		isStale, abandoned, err := use(conn, f)
		if abandoned != "" {
			isKept = true
			stop := func(context.Context) { // the turn ends with the session
				defer h.room.turns.give()
				h.stop(conn, abandoned)
			}
			// Close waits for it: the server would work on when the gateway is gone.
			if !h.db.background(stop) {
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

// use runs f on a session. isStale says that it had been closed before it was used; abandoned is the
// number of one whose statement may still run, or "".
func use(conn *sql.Conn, f func(*session) error) (isStale bool, abandoned string, err error) {
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
	return isStale, abandoned, err
}

// try logs in and out again, besides the pool.
func (h *host) try(ctx context.Context, server driver.Connector) error {
	conn, err := server.Connect(ctx)
	if isRefusal(err) && h.room.open.Load() > 0 { // those that the server lets us have are all in use
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
func (h *host) stop(conn *sql.Conn, number string) {
	ctx, cancel := context.WithTimeout(context.Background(), h.db.opts.Timeout)
	defer cancel()
	defer conn.Close() // which throws it away, see session.IsValid
	text := "KILL CONNECTION " + number
	_, err := h.side.ExecContext(ctx, text)
	if isRefusal(err) { // no connection to spare for it: one of the pool's, when it is free
		err = h.aside(ctx, func(s *session) error {
			_, err := s.ExecContext(ctx, text, nil)
			return err
		})
	}
	if e := asMySQL(err); err != nil && (e == nil || e.Number != unknownThread) {
		h.logger.Warn("kill failed", slog.String("system", h.db.system), slog.Any("cause", redacted(err)))
	}
}

// unknownThread is the server's error for a session that has ended by itself.
const unknownThread = 1094

// aside runs f on a session of the pool without a turn.
func (h *host) aside(ctx context.Context, f func(*session) error) error {
	conn, err := h.room.session(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() // fails when it is broken
	_, _, err = use(conn, f)
	return err
}
