package database_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// open gives a DB on the test server, and what it logs.
func open(t *testing.T, options database.Options) (*database.DB, *bytes.Buffer) {
	t.Helper()
	cfg, err := mysql.ParseDSN(dbtest.MariaDB(t).DSN(""))
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	options.Logger = slog.New(slog.NewTextHandler(&log, nil))
	db, err := database.Open("LEGAL_AID", cfg, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db, &log
}

// texts reads all rows as text, NULL as "NULL".
func texts(ctx context.Context, db *database.DB, statement string, args ...any) (rows [][]string, err error) {
	err = db.Query(ctx, statement, args, func(cells []sql.RawBytes) error {
		row := make([]string, len(cells))
		for i, c := range cells {
			row[i] = "NULL"
			if c != nil {
				row[i] = string(c)
			}
		}
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

func TestQuery(t *testing.T) {
	db, _ := open(t, database.Options{})
	for _, test := range []struct {
		name      string
		statement string
		args      []any
		want      [][]string
	}{
		{"text and NULL", "SELECT ?, NULL, ''", []any{"三\x00'\\"}, [][]string{{"三\x00'\\", "NULL", ""}}},
		{"numbers", "SELECT -7, CAST(18446744073709551615 AS UNSIGNED), 1.50, 1.5e20, 2147483648", nil,
			[][]string{{"-7", "18446744073709551615", "1.50", "1.5e20", "2147483648"}}},
		{"dates", "SELECT CAST('2021-03-05' AS DATE), CAST('2021-03-05 07:08:09' AS DATETIME)", nil,
			[][]string{{"2021-03-05", "2021-03-05 07:08:09"}}},
		{"several rows", "SELECT 1, 'a' UNION ALL SELECT 22, NULL UNION ALL SELECT 3, 'c'", nil,
			[][]string{{"1", "a"}, {"22", "NULL"}, {"3", "c"}}},
		{"no rows", "SELECT 1 FROM DUAL WHERE ? = 2", []any{"1"}, nil},
		{"question mark in a literal", "SELECT '7' REGEXP '^0?7$', ?", []any{"x"}, [][]string{{"1", "x"}}},
		{"question marks of the text", "SELECT '?' AS `a?`, \"it''s ?\", '\\'?', ? /* ? */, ? -- ?\n, ? # ?",
			[]any{`a'\b`, int64(-7), uint64(18446744073709551615)},
			[][]string{{"?", "it''s ?", "'?", `a'\b`, "-7", "18446744073709551615"}}},
		{"question mark in a literal, dates", "SELECT CAST('2021-03-05 07:08:09' AS DATETIME), 'a?', ?", []any{"x"},
			[][]string{{"2021-03-05 07:08:09", "a?", "x"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			log := sources.New(true)
			got, err := texts(sources.With(t.Context(), log), db, test.statement, test.args...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			entry := log.Entries()[0]
			if entry.Statements != 1 || entry.Rows != len(test.want) || entry.Status != sources.OK {
				t.Errorf("logged %+v", entry)
			}
		})
	}
}

// TestReadOnly: a session of the pool cannot write, not even a temporary mistake.
func TestReadOnly(t *testing.T) {
	db, _ := open(t, database.Options{})
	_, err := texts(t.Context(), db, "CREATE DATABASE bureaugraph_written")
	if err == nil {
		t.Fatal("a session of the gateway wrote")
	}
}

// TestRowFails: what the caller says about a row ends the statement, and the session is
// good for the next one.
func TestRowFails(t *testing.T) {
	db, _ := open(t, database.Options{MaxOpen: 1})
	stop := fault.Input("filter", "stop here")
	rows := 0
	err := db.Query(t.Context(), "SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3", nil, func([]sql.RawBytes) error {
		rows++
		return stop
	})
	if fault.Of(err) != fault.Of(stop) || rows != 1 {
		t.Errorf("err = %v after %d rows", err, rows)
	}
	if got, err := texts(t.Context(), db, "SELECT 4"); err != nil || got[0][0] != "4" {
		t.Errorf("the next statement gives %v, %v", got, err)
	}
}

// TestLostSession: a session that the server closed while it was idle is replaced without
// the caller's noticing.
func TestLostSession(t *testing.T) {
	db, _ := open(t, database.Options{MaxOpen: 1})
	id, err := texts(t.Context(), db, "SELECT CONNECTION_ID()")
	if err != nil {
		t.Fatal(err)
	}
	side := dbtest.MariaDB(t).Open(t, "")
	if _, err := side.Exec("KILL CONNECTION " + id[0][0]); err != nil {
		t.Fatal(err)
	}
	for there := 1; there > 0; { // until the server has closed it
		if err := side.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID = ?",
			id[0][0]).Scan(&there); err != nil {
			t.Fatal(err)
		}
	}
	next, err := texts(t.Context(), db, "SELECT CONNECTION_ID()")
	if err != nil {
		t.Fatal(err)
	}
	if next[0][0] == id[0][0] {
		t.Error("the server did not close the session")
	}
}

// TestTimeout: a statement over time is a fault, and is stopped on the server.
func TestTimeout(t *testing.T) {
	db, _ := open(t, database.Options{Timeout: 200 * time.Millisecond})
	_, err := texts(t.Context(), db, "SELECT SLEEP(30)")
	if f := fault.Of(err); f == nil || f.Code != fault.SourceTimeout {
		t.Fatalf("err = %v", err)
	}
	awaitNone(t, "SELECT SLEEP%")
}

// TestErrorsHoldNoData: neither the fault nor the log repeats what a server quotes.
func TestErrorsHoldNoData(t *testing.T) {
	db, log := open(t, database.Options{})
	_, err := texts(t.Context(), db, "SELECT CAST(? AS INT) FROM no_such_table", "330199199001010014")
	if err == nil {
		t.Fatal("the table does not exist")
	}
	for _, text := range []string{err.Error(), log.String()} {
		if strings.Contains(text, "330199199001010014") {
			t.Errorf("personal data in %s", text)
		}
	}
	if f, ok := errors.AsType[*fault.Error](err); !ok || f.System != "LEGAL_AID" {
		t.Errorf("err = %v", err)
	}
}

func BenchmarkQuery(b *testing.B) {
	cfg, err := mysql.ParseDSN(dbtest.MariaDB(b).DSN(""))
	if err != nil {
		b.Fatal(err)
	}
	db, err := database.Open("LEGAL_AID", cfg, database.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	for _, rows := range []int{1, 200} {
		b.Run(fmt.Sprintf("%d rows", rows), func(b *testing.B) {
			statement := "SELECT 1, '萧政复〔2023〕12号', NULL, '2023-03-05', 'x', 'y'" +
				strings.Repeat(" UNION ALL SELECT 1, '萧政复〔2023〕12号', NULL, '2023-03-05', 'x', 'y'", rows-1)
			b.ReportAllocs()
			for b.Loop() {
				if err := db.Query(b.Context(), statement, nil, func([]sql.RawBytes) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestCloseWaits: what is at work in the background is told to end and has ended when
// Close returns, and nothing begins afterwards.
func TestCloseWaits(t *testing.T) {
	db, err := database.Open("TINY", mysql.NewConfig(), database.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ended := false
	db.Background(func(ctx context.Context) {
		<-ctx.Done()
		ended = true
	})
	if err := db.Close(); err != nil || !ended {
		t.Errorf("closed with %v, the work ended: %v", err, ended)
	}
	db.Background(func(context.Context) { t.Error("began after Close") })
	if err := db.Close(); err != nil {
		t.Errorf("closed again with %v", err)
	}
}

// TestErrorsOfReaders: what goes wrong while an answer is read is no fault of the system.
func TestErrorsOfReaders(t *testing.T) {
	db, _ := open(t, database.Options{})
	log := sources.New(false)
	for _, test := range []struct {
		name string
		err  error
		want fault.Code
	}{
		{"a defect", errors.New("strconv: not a number"), fault.Internal},
		{"a limit", fault.Source(fault.LimitExceeded, "LEGAL_AID", "too many", nil), fault.LimitExceeded},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := db.Query(sources.With(t.Context(), log), "SELECT 1", nil,
				func([]sql.RawBytes) error { return test.err })
			if f := fault.Of(err); f == nil || f.Code != test.want || f.System != "LEGAL_AID" {
				t.Errorf("the error is %v, want %s", err, test.want)
			}
		})
	}
	if entries := log.Entries(); len(entries) != 1 || entries[0].Status != sources.Failed {
		t.Errorf("the log says %+v, want %s", entries, sources.Failed)
	}
}

// TestDroppedTable: a table that is gone is the system's fault.
func TestDroppedTable(t *testing.T) {
	db, _ := open(t, database.Options{})
	for _, statement := range []string{"SELECT 1 FROM `information_schema`.`no_such_table`",
		"SELECT `no_such_column` FROM `information_schema`.`TABLES`"} {
		_, err := texts(t.Context(), db, statement)
		if f := fault.Of(err); f == nil || f.Code != fault.SourceError {
			t.Errorf("%s: %v, want %s", statement, err, fault.SourceError)
		}
	}
}
