package engine

import (
	"context"
	"errors"

	"github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/vitess/go/mysql"
)

// session is one connection. Transactions begin and end without effect: there is nothing
// to isolate or to undo.
type session struct {
	*sql.BaseSession
}

var _ sql.TransactionSession = (*session)(nil)

// newSession is the wire server's session factory.
func newSession(_ context.Context, c *mysql.Conn, addr string) (sql.Session, error) {
	client := sql.Client{Capabilities: c.Capabilities}
	if u, ok := c.UserData.(sql.MysqlConnectionUser); ok {
		client.User, client.Address = u.User, u.Host
	}
	return &session{sql.NewBaseSessionWithClientServer(addr, client, c.ConnectionID)}, nil
}

// transaction is open or not; that is all there is to it.
type transaction struct{ readOnly bool }

func (t transaction) String() string   { return "read-only data" }
func (t transaction) IsReadOnly() bool { return t.readOnly }

// StartTransaction implements [sql.TransactionSession].
func (s *session) StartTransaction(_ *sql.Context, c sql.TransactionCharacteristic) (sql.Transaction, error) {
	return transaction{c == sql.ReadOnly}, nil
}

// CommitTransaction implements [sql.TransactionSession].
func (s *session) CommitTransaction(*sql.Context, sql.Transaction) error { return nil }

// Rollback implements [sql.TransactionSession].
func (s *session) Rollback(*sql.Context, sql.Transaction) error { return nil }

// CreateSavepoint implements [sql.TransactionSession] by refusing.
func (s *session) CreateSavepoint(*sql.Context, sql.Transaction, string) error {
	return errSavepoint
}

// RollbackToSavepoint implements [sql.TransactionSession] by refusing.
func (s *session) RollbackToSavepoint(*sql.Context, sql.Transaction, string) error {
	return errSavepoint
}

// ReleaseSavepoint implements [sql.TransactionSession] by refusing.
func (s *session) ReleaseSavepoint(*sql.Context, sql.Transaction, string) error {
	return errSavepoint
}

var errSavepoint = errors.New("the demo engine has no savepoints")
