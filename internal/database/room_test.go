package database

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// limited is a DB with a pool of 8 over an account that may have fewer sessions, and a way
// to let it have another number.
func limited(t *testing.T, sessions int, options Options) (db *DB, account *mysql.Config, let func(sessions int)) {
	t.Helper()
	server := dbtest.MariaDB(t)
	admin := server.Open(t, "")
	name := fmt.Sprintf("limited%d", time.Now().UnixNano())
	if _, err := admin.Exec("CREATE USER " + name + " IDENTIFIED BY 'secret' WITH MAX_USER_CONNECTIONS " +
		fmt.Sprint(sessions)); err != nil {
		t.Fatal(err)
	}
	account, err := mysql.ParseDSN(server.DSN(""))
	if err != nil {
		t.Fatal(err)
	}
	account.User, account.Passwd = name, "secret"
	options.Logger = slog.New(slog.NewTextHandler(io.Discard, nil))
	if db, err = Open("LEGAL_AID", account, options); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = db.Close()
		_, _ = admin.Exec("DROP USER " + name)
	})
	return db, account, func(sessions int) {
		t.Helper()
		if _, err := admin.Exec("ALTER USER " + name + " WITH MAX_USER_CONNECTIONS " +
			fmt.Sprint(sessions)); err != nil {
			t.Fatal(err)
		}
	}
}

// ask sends so many statements at once, and gives what they failed with.
func ask(ctx context.Context, db *DB, statements int) (errs []error) {
	failures := make([]error, statements)
	var wg sync.WaitGroup
	for i := range failures {
		wg.Go(func() {
			failures[i] = db.Query(ctx, "SELECT SLEEP(0.002)", nil, func([]sql.RawBytes) error { return nil })
		})
	}
	wg.Wait()
	return slices.DeleteFunc(failures, func(err error) bool { return err == nil })
}

// TestRoom: a pool that is larger than what the server lets the account have learns the
// number, and no statement is lost; when the server lets it have more, it finds that out.
func TestRoom(t *testing.T) {
	for _, sessions := range []int{1, 2, 5} {
		t.Run(fmt.Sprint(sessions), func(t *testing.T) {
			db, _, let := limited(t, sessions, Options{})
			if errs := ask(t.Context(), db, 218); len(errs) > 0 {
				t.Fatalf("%d of 218 statements failed: %v", len(errs), errs[0])
			}
			// Fewer where the server still counted one that the pool had ended.
			if spare := db.Spare(); spare == nil {
				t.Error("learned nothing")
			} else if *spare < 1 || *spare > sessions {
				t.Errorf("learned %d connections, want %d", *spare, sessions)
			}
			let(0)
			var mu sync.Mutex
			later := time.Now()
			db.hosts[0].room.now = func() time.Time {
				mu.Lock()
				defer mu.Unlock()
				later = later.Add(roomGrows)
				return later
			}
			if errs := ask(t.Context(), db, 50); len(errs) > 0 {
				t.Fatal(errs)
			}
			if spare := db.Spare(); spare != nil {
				t.Errorf("stays at %d connections although the server would give more", *spare)
			}
		})
	}
}

// TestRoomGrows: who was refused once has what is configured again soon after the server has it, and one
// session at first: it may not have it.
func TestRoomGrows(t *testing.T) {
	now := time.Unix(0, 0)
	pool := sql.OpenDB(nil)
	defer pool.Close()
	r := &room{pool: pool, most: 16, logger: slog.New(slog.DiscardHandler), now: func() time.Time { return now },
		turns: new(turns)}
	r.set(16)
	after := func(pause time.Duration) int {
		now = now.Add(pause)
		r.grow()
		return r.limit
	}
	for range 2 { // what was learned the first time does not count the second
		r.refuse()
		for i, step := range []struct {
			pause time.Duration
			want  int
		}{{roomGrows - 1, 1}, {1, 2}, {growsOn - 1, 2}, {1, 4}, {growsOn, 8}, {growsOn, 16}, {growsOn, 16}} {
			if got := after(step.pause); got != step.want {
				t.Errorf("step %d: %d sessions, want %d", i, got, step.want)
			}
		}
	}
}

// TestHourly: an account that has used up its hour is no account with too many connections, and its administrators
// learn which it is.
func TestHourly(t *testing.T) {
	server := dbtest.MariaDB(t)
	admin := server.Open(t, "")
	for name, limit := range map[string]string{
		"queries": "MAX_QUERIES_PER_HOUR 6", "logins": "MAX_CONNECTIONS_PER_HOUR 1",
	} {
		t.Run(name, func(t *testing.T) {
			account, err := mysql.ParseDSN(server.DSN(""))
			if err != nil {
				t.Fatal(err)
			}
			account.User, account.Passwd = fmt.Sprint("hourly", time.Now().UnixNano()), "secret"
			_, err = admin.Exec("CREATE USER " + account.User + " IDENTIFIED BY 'secret' WITH " + limit)
			if err != nil {
				t.Fatal(err)
			}
			db, err := Open("LEGAL_AID", account, Options{Logger: slog.New(slog.DiscardHandler)})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			var last error
			for range 20 {
				if errs := ask(t.Context(), db, 8); len(errs) > 0 {
					last = errs[len(errs)-1]
				}
			}
			const want = "LEGAL_AID lets the gateway's account ask no more in this hour; its administrators can allow it more"
			if f := fault.Of(last); f == nil || f.Code != fault.SourceUnavailable || f.Message != want {
				t.Errorf("%v", last)
			}
			if db.Spare() != nil {
				t.Errorf("learned that there are %d connections", *db.Spare())
			}
		})
	}
}

// TestNoRoom: where others have all connections, a statement waits for one, at most the
// time that it has, and says what it waited for.
func TestNoRoom(t *testing.T) {
	db, account, _ := limited(t, 1, Options{Timeout: 300 * time.Millisecond})
	taken, err := mysql.NewConnector(account)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := taken.Connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	errs := ask(t.Context(), db, 3)
	if len(errs) != 3 {
		t.Fatalf("%d of 3 statements failed", len(errs))
	}
	for _, err := range errs {
		// The first that is out of time may have opened the breaker before the others are.
		if f := fault.Of(err); f == nil ||
			f.Message != "LEGAL_AID had no connection to spare in time; keep pool sizes below its max_connections" &&
				f.Message != "LEGAL_AID has no connection to spare; keep pool sizes below its max_connections" {
			t.Errorf("err = %v", err)
		}
	}
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	db.opts.Timeout, db.opts.Budget = 10*time.Second, 10*time.Second
	// It is tried from time to time.
	for end := time.Now().Add(time.Minute); len(errs) > 0; errs = ask(t.Context(), db, 3) {
		if time.Now().After(end) {
			t.Fatal(errs)
		}
	}
}

// TestKillWithoutRoom: a statement over time is stopped on the server also where that takes
// a connection more than there are.
func TestKillWithoutRoom(t *testing.T) {
	db, account, _ := limited(t, 2, Options{})
	if errs := ask(t.Context(), db, 20); len(errs) > 0 {
		t.Fatal(errs)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		ended <- db.Query(ctx, "SELECT SLEEP(60)", nil, func([]sql.RawBytes) error { return nil })
	}()
	watch := dbtest.MariaDB(t).Open(t, "")
	running := func(want int) {
		t.Helper()
		for n := want + 1; n != want; {
			err := watch.QueryRowContext(t.Context(),
				"SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = ? AND INFO LIKE 'SELECT SLEEP(60)%'",
				account.User).Scan(&n)
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	running(1)
	cancel()
	if err := <-ended; err == nil {
		t.Error("the statement did not end with its context")
	}
	running(0)
}
