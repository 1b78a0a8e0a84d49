package database_test

import (
	"context"
	"database/sql"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// behind gives a DB on the test server, and what stands between the two.
func behind(t *testing.T, options database.Options) (*database.DB, *dbtest.Proxy) {
	t.Helper()
	cfg, err := mysql.ParseDSN(dbtest.MariaDB(t).DSN(""))
	if err != nil {
		t.Fatal(err)
	}
	proxy := dbtest.StartProxy(t, cfg.Addr)
	cfg.Addr = proxy.Address()
	options.Logger = slog.New(slog.DiscardHandler)
	db, err := database.Open("LEGAL_AID", cfg, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db, proxy
}

func restore(p *dbtest.Proxy) { _ = p.Restore() } // that it is taken up again is asked for below

// codeOf is what a small question comes to: "" is an answer.
func codeOf(ctx context.Context, db *database.DB) (code fault.Code, retryAfter int) {
	err := db.Query(ctx, "SELECT 1", nil, func([]sql.RawBytes) error { return nil })
	if f := fault.Of(err); f != nil {
		return f.Code, f.RetryAfter
	}
	return "", 0
}

// until asks until the condition holds.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !holds(); {
		if runtime.Gosched(); time.Now().After(end) {
			t.Fatal("still not: " + what)
		}
	}
}

// TestFaults takes a server away in each way and gives it back: whoever asks first is told what
// happened, everybody afterwards at once that it is left alone, and then it is served again.
func TestFaults(t *testing.T) {
	for _, test := range []struct {
		name       string
		take, back func(*dbtest.Proxy)
		want       fault.Code // of who asks first
	}{
		{"frozen", (*dbtest.Proxy).Freeze, (*dbtest.Proxy).Thaw, fault.SourceTimeout},
		{"stopped", (*dbtest.Proxy).Refuse, restore, fault.SourceUnavailable},
	} {
		for _, isNew := range []bool{false, true} {
			name := test.name
			if isNew {
				name += " from the start"
			}
			t.Run(name, func(t *testing.T) {
				var sent atomic.Int64
				db, proxy := behind(t, database.Options{Timeout: time.Second,
					Observe: func(context.Context, database.Statement) { sent.Add(1) }})
				if !isNew {
					if code, _ := codeOf(t.Context(), db); code != "" {
						t.Fatal(code)
					}
				}
				test.take(proxy)
				if code, _ := codeOf(t.Context(), db); code != test.want {
					t.Errorf("the first is told %s, want %s", code, test.want)
				}
				until(t, "open", func() bool { return db.Circuit().State == database.CircuitOpen })
				before := sent.Load()
				for range 100 {
					if code, after := codeOf(t.Context(), db); code != fault.SourceUnavailable || after < 1 {
						t.Fatalf("while it is left alone: %s, try again after %d s", code, after)
					}
				}
				if sent.Load() != before {
					t.Error("statements were sent to a system that is left alone")
				}
				if _, err := db.Version(t.Context()); err == nil {
					t.Error("it was asked for its version")
				}
				test.back(proxy)
				until(t, "served again", func() bool { code, _ := codeOf(t.Context(), db); return code == "" })
				if c := db.Circuit(); c.State != database.CircuitClosed || c.Opened != 1 || c.Refused < 100 {
					t.Errorf("afterwards it is %+v", c)
				}
			})
		}
	}
}

// TestSlow: a server that takes a moment for each word is not left alone, and a request gives it
// up when its budget is spent, however many statements that were.
func TestSlow(t *testing.T) {
	db, proxy := behind(t, database.Options{Timeout: 4 * time.Second})
	if code, _ := codeOf(t.Context(), db); code != "" {
		t.Fatal(code)
	}
	proxy.Slow(250 * time.Millisecond)
	ctx := database.WithBudgets(t.Context())
	answers := 0
	for code := fault.Code(""); code == ""; answers++ {
		if code, _ = codeOf(ctx, db); code != "" && code != fault.SourceTimeout {
			t.Fatalf("told %s", code)
		}
	}
	if answers > 17 { // the last one is none
		t.Errorf("%d statements of 250 ms in 4 seconds", answers)
	}
	if code, _ := codeOf(t.Context(), db); code != "" {
		t.Errorf("another request is told %s", code)
	}
	if c := db.Circuit(); c.State != database.CircuitClosed {
		t.Errorf("a slow system is left alone: %+v", c)
	}
}

// TestRetry: a statement on a connection that was closed while it was idle is sent once more, on
// a new one, whatever the number of those that were closed with it.
func TestRetry(t *testing.T) {
	var retried, failed atomic.Int64
	db, proxy := behind(t, database.Options{MaxOpen: 4, Observe: func(_ context.Context, s database.Statement) {
		if s.IsRetried {
			retried.Add(1)
		}
		if s.Fault != nil {
			failed.Add(1)
		}
	}})
	fill := func() {
		t.Helper()
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				_ = db.Query(t.Context(), "SELECT SLEEP(0.1)", nil, func([]sql.RawBytes) error { return nil })
			})
		}
		all.Wait()
	}
	fill()
	proxy.Reset()
	for range 4 {
		if code, _ := codeOf(t.Context(), db); code != "" {
			t.Fatal(code)
		}
	}
	if retried.Load() > 1 || failed.Load() > 0 {
		t.Errorf("%d statements were sent again, %d failed", retried.Load(), failed.Load())
	}
	fill()
	proxy.Refuse()
	was := retried.Load()
	if code, _ := codeOf(t.Context(), db); code != fault.SourceUnavailable || retried.Load()-was > 1 {
		t.Errorf("told %s after %d more tries", code, retried.Load()-was)
	}
}

// TestLeaversOpenNothing: callers that leave, or whose own time is too short, say nothing of the
// system, however many they are; nor do statements that it cannot answer.
func TestLeaversOpenNothing(t *testing.T) {
	db, _ := behind(t, database.Options{Timeout: time.Minute, MaxOpen: 2})
	if code, _ := codeOf(t.Context(), db); code != "" {
		t.Fatal(code)
	}
	for range 30 {
		_ = db.Query(t.Context(), "SELECT no_such_column", nil, nil)
		_ = db.Query(t.Context(), "SELEC", nil, nil)
	}
	for i := range 30 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*time.Millisecond)
		_ = db.Query(ctx, "SELECT SLEEP(60)", nil, nil)
		cancel()
	}
	if c := db.Circuit(); c.State != database.CircuitClosed || c.Opened > 0 {
		t.Errorf("it is %+v", c)
	}
}
