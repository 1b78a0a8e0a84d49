package database

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// connector opens sessions that cannot write, whose settings are ours, and that can be
// stopped: each is made read-only and knows its number on the server.
type connector struct {
	driver.Connector
	pins       *pins
	room       *room
	patience   time.Duration // for a connection: the pool makes some for nobody in particular, without a limit
	generation atomic.Int64  // of sessions: older ones may be broken
}

// Connect implements driver.Connector. The error is refused or unreached.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, c.patience)
	defer cancel()
	generation := c.generation.Load()
	s, err := c.connect(ctx)
	if isRefusal(err) {
		return nil, refused{err}
	}
	if err != nil {
		return nil, unreached{err}
	}
	s.generation = generation
	c.room.opened()
	return s, nil
}

func (c *connector) connect(ctx context.Context) (*session, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		if !isRefusal(err) {
			c.pins.forget()
		}
		return nil, err
	}
	full, ok := conn.(mysqlConn)
	if !ok {
		_ = conn.Close()
		return nil, fmt.Errorf("database: driver connection lacks context methods")
	}
	// MySQL before 5.6 and MariaDB before 10.0 do not know the statement (1064); there
	// only the account's grants keep the session from writing.
	if _, err := full.ExecContext(ctx, "SET SESSION TRANSACTION READ ONLY", nil); err != nil && !isSyntaxError(err) {
		_ = conn.Close()
		return nil, err
	}
	if err := c.pins.pin(ctx, full); err != nil {
		_ = conn.Close()
		return nil, err
	}
	id, err := connectionID(ctx, full)
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	return &session{mysqlConn: full, id: id, room: c.room}, nil
}

// mysqlConn is the part of the driver's connection that database/sql makes use of.
type mysqlConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
	driver.NamedValueChecker
}

func connectionID(ctx context.Context, conn mysqlConn) (string, error) {
	rows, err := conn.QueryContext(ctx, "SELECT CONNECTION_ID()", nil)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	dest := make([]driver.Value, 1)
	if err := rows.Next(dest); err != nil && err != io.EOF {
		return "", err
	}
	if b, ok := dest[0].([]byte); ok {
		return string(b), nil
	}
	return fmt.Sprint(dest[0]), nil
}

// session is a connection that knows its number on the server.
type session struct {
	mysqlConn
	id   string
	room *room
	// generation is that of the connector when the session began; isUsed that it has answered
	// a statement since.
	generation int64
	isUsed     bool
	// abandoned says that a statement of the session may still run though nobody waits for it.
	abandoned bool
}

// IsValid implements driver.Validator: the pool throws an abandoned session away. Whoever
// gets it next would be told of the end of a statement that was never his.
func (s *session) IsValid() bool { return !s.abandoned && s.mysqlConn.IsValid() }

// ResetSession implements driver.SessionResetter: one that was idle with another that turned
// out to be broken is not tried.
func (s *session) ResetSession(ctx context.Context) error {
	if s.generation != s.room.current.Load() {
		return driver.ErrBadConn
	}
	return s.mysqlConn.ResetSession(ctx)
}

// Close implements driver.Conn; the pool calls it once.
func (s *session) Close() error {
	s.room.closed()
	return s.mysqlConn.Close()
}

func isSyntaxError(err error) bool {
	e := asMySQL(err)
	return e != nil && (e.Number == 1064 || e.Number == 1193)
}

// isAboutText tells whether a server complains of how a statement is written, which is a
// defect of this program, and not of what it found when it ran it.
func isAboutText(e *mysql.MySQLError) bool {
	switch e.Number {
	case 1052, 1055, 1056, 1060, 1063, 1064, 1065, 1066, 1111, 1140, 1149, // names and grouping
		1115, 1253, 1267, 1270, 1271, 1273, // charsets and collations
		1139, 1235, 1241, 1242, 1247, 1248, 1250, 1305, 1318, 1582, 1583: // patterns, sub-selects, functions
		return true
	}
	return false
}

// asMySQL finds the server's own error in err's chain; nil when there is none.
func asMySQL(err error) *mysql.MySQLError {
	e, _ := errors.AsType[*mysql.MySQLError](err)
	return e
}

// classify turns a driver error into what a client may know.
func classify(ctx context.Context, system string, err error) *fault.Error {
	if f := fault.Of(err); f != nil {
		return f
	}
	if _, ours := errors.AsType[defect](err); ours {
		return fault.Source(fault.Internal, system, "the answer of "+system+" could not be read", err)
	}
	if _, is := errors.AsType[refused](err); is && isOver(ctx) {
		return fault.Source(fault.SourceTimeout, system,
			system+" had no connection to spare in time; keep pool sizes below its max_connections", err)
	}
	if isOver(ctx) {
		return fault.Source(fault.SourceTimeout, system, system+" did not answer in time", err)
	}
	if e := asMySQL(err); e != nil {
		if isHourly(e) {
			return fault.Source(fault.SourceUnavailable, system,
				system+" lets the gateway's account ask no more in this hour; its administrators can allow it more", err)
		}
		switch e.Number {
		case 1040, 1203, 1226: // too many connections, of the server or the account
			return fault.Source(fault.SourceUnavailable, system,
				system+" has no connection to spare; keep pool sizes below its max_connections", err)
		case 1044, 1045, 1142, 1143, 1049: // access denied, unknown database
			return fault.Source(fault.SourceUnavailable, system, system+" refuses the gateway's account", err)
		case 126, 127, 134, 144, 145, 1194, 1195: // MyISAM, after the server was killed
			return fault.Source(fault.SourceUnavailable, system,
				system+" has a damaged table, which its administrators must repair", err)
		case 1317, 3024, 1969: // interrupted, max execution time
			return fault.Source(fault.SourceTimeout, system, system+" did not answer in time", err)
		case 1054, 1146, 1356, 1449: // a column, a table, what a view is made of, who made it
			return fault.Source(fault.SourceError, system,
				system+" has no longer a table or column that its mapping names", err)
		}
		if isAboutText(e) {
			return fault.Source(fault.Internal, system, system+" could not answer the statement", err)
		}
		return fault.Source(fault.SourceError, system, system+" answered with an error of its own", err)
	}
	return fault.Source(fault.SourceUnavailable, system, system+" cannot be reached", err)
}
