package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"
)

// lag is how far an address is behind the main one, as far as it says so. Where there are replicas every address is
// asked all the time, also the main one: whether it is there says what a replica that has lost it is
// worth.
type lag struct {
	isReplica bool
	pool      *sql.DB // one session, for asking

	mu      sync.Mutex
	text    string    // that its server takes; "" before it is known
	asked   time.Time // when it answered last; zero is never
	joined  time.Time // when it was last said to be joined to its main one
	behind  time.Duration
	isTold  bool // that it is not fresh
	unknown string
}

// reply is what a server says of its replication.
type reply struct {
	isJoined bool          // it receives from its main server and applies what it receives
	behind   time.Duration // while it is joined
	unknown  string        // why it does not say; "" where it does
}

func newLag(server driver.Connector, isReplica bool) *lag {
	l := &lag{isReplica: isReplica, pool: sql.OpenDB(server), unknown: neverReplied}
	l.pool.SetMaxOpenConns(1)
	return l
}

// Why a replica does not say how far it is behind.
const (
	noRight      = "the account may not ask: it lacks REPLICATION CLIENT, or REPLICA MONITOR (MariaDB from 10.5)"
	noReplica    = "the server says that it replicates from none"
	neverReplied = "it has not been asked yet"
	cutOff       = "it has lost its main server"
)

// statuses are the statements that tell of replication: of MariaDB, of MySQL from 8.0.22, of others.
var statuses = []string{"SHOW ALL SLAVES STATUS", "SHOW REPLICA STATUS", "SHOW SLAVE STATUS"}

// pace is how often an address is asked: a frozen one is known, by that and by a try of its breaker, before the
// statements that wait for it are out of time.
func pace(maxLag time.Duration) time.Duration { return min(max(maxLag/10, time.Second), 3*time.Second) }

// askFor is how long an answer is waited for.
const askFor = 2 * time.Second

// follow asks every address, until the DB is closed.
func (db *DB) follow() {
	for _, h := range db.hosts {
		db.background(func(ctx context.Context) {
			every := time.NewTicker(pace(db.opts.MaxLag))
			defer every.Stop()
			for {
				h.ask(ctx)
				db.tellFreshness(ctx, h)
				select {
				case <-every.C:
				case <-ctx.Done():
					return
				}
			}
		})
	}
}

// ask asks the address once. One that does not answer is tried by its breaker.
func (h *host) ask(ctx context.Context) {
	if h.breaker.state().State == CircuitOpen {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	said, err := h.lag.ask(ctx)
	if err != nil {
		h.breaker.watch()
		return
	}
	h.lag.take(said, time.Now())
	h.breaker.spoke()
}

// ask gives what the server says.
func (l *lag) ask(ctx context.Context) (reply, error) {
	if !l.isReplica {
		return reply{}, l.pool.PingContext(ctx)
	}
	l.mu.Lock()
	texts := statuses
	if l.text != "" {
		texts = []string{l.text}
	}
	l.mu.Unlock()
	var err error
	for _, text := range texts {
		var rows []map[string]string
		rows, err = l.read(ctx, text)
		if err == nil {
			l.mu.Lock()
			l.text = text
			l.mu.Unlock()
			return replyOf(rows), nil
		}
		switch e := asMySQL(err); {
		case e == nil:
			return reply{}, err
		case isDenied(e.Number):
			return reply{unknown: noRight}, nil
		}
	}
	l.mu.Lock()
	l.text = "" // another server may be there now
	l.mu.Unlock()
	if e := asMySQL(err); e != nil { // the server is there, and knows none of them
		return reply{unknown: noReplica}, nil
	}
	return reply{}, err
}

// isDenied tells whether a server's error is about a right that the account lacks.
func isDenied(number uint16) bool { return number == 1227 || number == 1045 || number == 1142 }

// read gives the rows of a statement by the names of its columns, in lower case.
func (l *lag) read(ctx context.Context, text string) (list []map[string]string, err error) {
	rows, err := l.pool.QueryContext(ctx, text)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	cells := make([]sql.NullString, len(names))
	into := make([]any, len(names))
	for i := range cells {
		into[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		row := map[string]string{}
		for i, name := range names {
			if cells[i].Valid {
				row[strings.ToLower(name)] = cells[i].String
			}
		}
		list = append(list, row)
	}
	return list, rows.Err()
}

// replyOf reads rows of a status: one for each server that it replicates from. The one that is most behind
// counts.
func replyOf(rows []map[string]string) reply {
	if len(rows) == 0 {
		return reply{unknown: noReplica}
	}
	all := reply{isJoined: true}
	for _, row := range rows {
		of := func(names ...string) string {
			i := slices.IndexFunc(names, func(name string) bool { _, ok := row[name]; return ok })
			if i < 0 {
				return ""
			}
			return row[names[i]]
		}
		behind, err := time.ParseDuration(of("seconds_behind_source", "seconds_behind_master") + "s")
		all.isJoined = all.isJoined && err == nil && of("replica_io_running", "slave_io_running") == "Yes" &&
			of("replica_sql_running", "slave_sql_running") == "Yes"
		all.behind = max(all.behind, behind)
	}
	return all
}

// take learns what the server said.
func (l *lag) take(said reply, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked, l.unknown = now, said.unknown
	if said.isJoined {
		l.joined, l.behind = now, said.behind
	} else if said.unknown == "" {
		l.unknown = cutOff
	}
}

// why is the reason for which nobody knows how far the address is behind; "" where it is known.
func (l *lag) why() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.unknown
}

// behind is how far the address is behind the main one, at most as far as anybody knows; nil where
// nobody does, and for the main one. One that has lost its main server, or has not answered for a while,
// is behind by what may have been written since: as long as the main one has been there.
func (db *DB) behind(h *host) *time.Duration {
	if !h.lag.isReplica {
		return nil
	}
	main := db.hosts[0].lag
	main.mu.Lock()
	there := main.asked
	main.mu.Unlock()
	h.lag.mu.Lock()
	defer h.lag.mu.Unlock()
	l := h.lag
	if l.joined.IsZero() || l.unknown != "" && l.unknown != cutOff {
		return nil
	}
	if l.unknown == "" && there.Sub(l.joined) < 3*pace(db.opts.MaxLag) {
		return new(l.behind)
	}
	return new(l.behind + max(0, there.Sub(l.joined)).Truncate(time.Second))
}

// isFresh tells whether an address may answer: it is not too far behind, or does not say how far.
func (db *DB) isFresh(h *host) bool {
	if behind := db.behind(h); behind != nil {
		return *behind <= max(0, db.opts.MaxLag)
	}
	why := h.lag.why()
	return !h.lag.isReplica || why == noRight || why == noReplica
}

// tellFreshness logs when a replica begins to be too late, and when it no longer is.
func (db *DB) tellFreshness(ctx context.Context, h *host) {
	isFresh := db.isFresh(h)
	h.lag.mu.Lock()
	defer h.lag.mu.Unlock()
	if h.lag.isTold == !isFresh || h.lag.unknown == neverReplied {
		return
	}
	h.lag.isTold = !isFresh
	level, message := slog.LevelInfo, "the replica has caught up and is asked again"
	if !isFresh {
		level, message = slog.LevelWarn, "the replica is too far behind, or has lost its main server, and is not asked"
	}
	h.logger.LogAttrs(ctx, level, message, slog.String("system", db.system),
		slog.String("behind", h.lag.behind.String()))
}
