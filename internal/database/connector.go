package database

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// connector opens sessions that cannot write and that can be stopped: each is made
// read-only and knows its number on the server.
type connector struct {
	driver.Connector
	room *room
}

// Connect implements driver.Connector.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if isRefusal(err) {
		return nil, refused{err}
	}
	if err != nil {
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
	id, err := connectionID(ctx, full)
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	c.room.opened()
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
	// abandoned says that a statement of the session may still run though nobody waits for it.
	abandoned bool
}

// IsValid implements driver.Validator: the pool throws an abandoned session away. Whoever
// gets it next would be told of the end of a statement that was never his.
func (s *session) IsValid() bool { return !s.abandoned && s.mysqlConn.IsValid() }

// Close implements driver.Conn; the pool calls it once.
func (s *session) Close() error {
	s.room.closed()
	return s.mysqlConn.Close()
}

func isSyntaxError(err error) bool {
	e := asMySQL(err)
	return e != nil && (e.Number == 1064 || e.Number == 1193)
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
	if _, is := errors.AsType[refused](err); is && ctx.Err() != nil {
		return fault.Source(fault.SourceTimeout, system, system+" had no connection to spare in time; keep pool sizes below its max_connections", err)
	}
	if ctx.Err() != nil {
		return fault.Source(fault.SourceTimeout, system, system+" did not answer in time", err)
	}
	if e := asMySQL(err); e != nil {
		switch e.Number {
		case 1040, 1203, 1226: // too many connections, of the server or the account
			return fault.Source(fault.SourceUnavailable, system, system+" has no connection to spare; keep pool sizes below its max_connections", err)
		case 1044, 1045, 1142, 1143, 1049: // access denied, unknown database
			return fault.Source(fault.SourceUnavailable, system, system+" refuses the gateway's account", err)
		case 126, 127, 134, 144, 145, 1194, 1195: // MyISAM, after the server was killed
			return fault.Source(fault.SourceUnavailable, system, system+" has a damaged table, which its administrators must repair", err)
		case 1317, 3024, 1969: // interrupted, max execution time
			return fault.Source(fault.SourceTimeout, system, system+" did not answer in time", err)
		}
		return fault.Source(fault.Internal, system, system+" could not answer the statement", err)
	}
	return fault.Source(fault.SourceUnavailable, system, system+" cannot be reached", err)
}
