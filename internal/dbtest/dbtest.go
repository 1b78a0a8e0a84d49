// Package dbtest gives tests a real MySQL or MariaDB.
//
// The server is, in this order: the one that BUREAUGRAPH_TEST_DSN names; a throw-away
// mariadbd on a free port of 127.0.0.1, started once per test process and stopped with
// it; none. Without one a test is skipped at home and fails where CI is "true": the
// suite that matters must not vanish quietly.
package dbtest

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"sync"
	"testing"

	"github.com/go-sql-driver/mysql"
)

// dsnVariable names the server to use instead of a throw-away one.
const dsnVariable = "BUREAUGRAPH_TEST_DSN"

// Server is a database server whose account may do everything.
type Server struct {
	config *mysql.Config
	run    *run // of a server of ours; nil for one that dsnVariable names
}

// shared is the process's server. It is package state because the tests of a process
// have nothing else in common; it is set once and never changes.
var shared struct {
	once   sync.Once
	server *Server
	err    error // errNone if there is no server to be had
}

// MariaDB returns the process's server, starting it for the first test that asks. The
// test is skipped, or fails in CI, if there is none.
func MariaDB(t testing.TB) *Server {
	t.Helper()
	shared.once.Do(func() { shared.server, shared.err = open() })
	demand(t, shared.err)
	return shared.server
}

// Own starts a server for this test alone, which may stop it and break it, with further options of
// mariadbd. It is never the one that BUREAUGRAPH_TEST_DSN names.
func Own(t testing.TB, more ...string) *Server {
	t.Helper()
	s, err := start(more...)
	demand(t, err)
	t.Cleanup(s.close)
	return s
}

// demand skips the test, or fails it in CI, where there is no server.
func demand(t testing.TB, err error) {
	t.Helper()
	switch {
	case err == nil:
	case errors.Is(err, errNone) && os.Getenv("CI") != "true":
		t.Skip(err)
	default:
		t.Fatal(err)
	}
}

// Main runs a package's tests, stops the server and exits: call it from TestMain in
// packages that use MariaDB. Where it is not called, the server ends with the process.
//
// The databases that such tests hold live as long as the process, and to go through them again
// and again took a quarter of the time: garbage is collected less often, until it would be much.
func Main(m *testing.M) {
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(1 << 30)
	code := m.Run()
	if shared.server != nil {
		shared.server.close()
	}
	os.Exit(code)
}

// DSN is the server's data source name with the given database selected; "" selects
// none. It carries the account: keep it out of test output.
func (s *Server) DSN(database string) string {
	c := s.config.Clone()
	c.DBName = database
	return c.FormatDSN()
}

// Open connects to a database, which must exist; "" selects none. The connections are
// closed at the end of the test.
func (s *Server) Open(t testing.TB, database string) *sql.DB {
	t.Helper()
	db, err := sql.Open("mysql", s.DSN(database))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// open finds or starts the server.
func open() (*Server, error) {
	if dsn := os.Getenv(dsnVariable); dsn != "" {
		c, err := mysql.ParseDSN(dsn)
		if err != nil {
			return nil, fmt.Errorf("dbtest: %s cannot be read: %w", dsnVariable, err)
		}
		return &Server{config: c}, nil
	}
	return start()
}
