package dbtest_test

import (
	"database/sql"
	"errors"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/dbtest"
)

// through gives connections to the shared server by a proxy.
func through(t *testing.T) (*sql.DB, *dbtest.Proxy) {
	t.Helper()
	config, err := mysql.ParseDSN(dbtest.MariaDB(t).DSN("mysql"))
	if err != nil {
		t.Fatal(err)
	}
	proxy := dbtest.StartProxy(t, config.Addr)
	config.Addr = proxy.Address()
	db, err := sql.Open("mysql", config.FormatDSN())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db, proxy
}

// count reads as many rows as there are.
func count(db *sql.DB, text string) (rows int, err error) {
	all, err := db.Query(text)
	if err != nil {
		return 0, err
	}
	defer all.Close()
	for all.Next() {
		rows++
	}
	return rows, all.Err()
}

// TestFailAfter: an answer ends with the server's error after so many rows, whatever the number of
// those that do not come, and the connection is good for the next one.
func TestFailAfter(t *testing.T) {
	db, proxy := through(t)
	db.SetMaxOpenConns(1)
	proxy.FailAfter(3)
	for range 3 {
		for _, text := range []string{"SELECT seq, seq FROM seq_1_to_4", "SELECT seq FROM seq_1_to_30000"} {
			rows, err := count(db, text)
			if e, is := errors.AsType[*mysql.MySQLError](err); rows != 3 || !is || e.Number != 1030 {
				t.Errorf("%s: %d rows, %v", text, rows, err)
			}
		}
		if rows, err := count(db, "SELECT seq FROM seq_1_to_3"); rows != 3 || err != nil {
			t.Errorf("an answer of three rows: %d, %v", rows, err)
		}
	}
	if n := proxy.Accepted(); n != 1 {
		t.Errorf("%d connections", n)
	}
	proxy.FailAfter(-1)
	if rows, err := count(db, "SELECT seq FROM seq_1_to_30000"); rows != 30000 || err != nil {
		t.Errorf("%d rows, %v", rows, err)
	}
}

// TestCutAfter: what was sent before the limit arrives, and nothing after.
func TestCutAfter(t *testing.T) {
	db, proxy := through(t)
	const text = "SELECT seq FROM seq_1_to_100"
	proxy.CutAfter(-1)
	if _, err := count(db, text); err != nil {
		t.Fatal(err)
	}
	total := proxy.Sent()
	proxy.CutAfter(total - 1)
	if rows, err := count(db, text); err == nil {
		t.Errorf("without its last byte an answer of %d rows", rows)
	}
	if sent := proxy.Sent(); sent != total-1 {
		t.Errorf("%d bytes of %d arrived", sent, total)
	}
	if err := db.Ping(); err == nil {
		t.Error("a later connection was taken")
	}
	proxy.CutAfter(-1)
	if rows, err := count(db, text); err != nil || rows != 100 {
		t.Errorf("afterwards %d rows, %v", rows, err)
	}
}

// TestStopAndKill: a server comes back where it was, with what it had.
func TestStopAndKill(t *testing.T) {
	s := dbtest.Own(t)
	db := s.Open(t, "")
	if _, err := db.Exec("CREATE DATABASE kept"); err != nil {
		t.Fatal(err)
	}
	for name, end := range map[string]func() error{"stopped": s.Stop, "killed": s.Kill} {
		if err := end(); err != nil {
			t.Fatal(name, err)
		}
		if err := db.Ping(); err == nil {
			t.Errorf("%s, and it answers", name)
		}
		if err := s.Resume(); err != nil {
			t.Fatal(name, err)
		}
		if err := s.Open(t, "kept").Ping(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
