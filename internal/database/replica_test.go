package database_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// replicated is a DB on a server and one that replicates it, with a proxy in front of each, and a table t on both.
type replicated struct {
	*database.DB
	main, replica   *sql.DB // past the proxies, as administrators
	toMain, toOther *dbtest.Proxy
	rows            int
}

func replicate(t *testing.T, options database.Options) *replicated {
	t.Helper()
	main, other := dbtest.Replicated(t)
	r := &replicated{main: main.Open(t, ""), replica: other.Open(t, "")}
	r.toMain, r.toOther = dbtest.StartProxy(t, main.Address()), dbtest.StartProxy(t, other.Address())
	r.exec(t, r.main, "CREATE DATABASE d")
	r.exec(t, r.main, "CREATE TABLE d.t (n int)")
	r.exec(t, r.main, "CREATE USER reader@'127.0.0.1'")
	r.exec(t, r.main, "GRANT SELECT ON *.* TO reader@'127.0.0.1'")
	until(t, "replicated", func() bool {
		var n int
		return r.replica.QueryRow("SELECT COUNT(*) FROM d.t").Scan(&n) == nil &&
			r.replica.QueryRow("SELECT COUNT(*) FROM mysql.user WHERE User = 'reader'").Scan(&n) == nil && n == 1
	})
	config := func(account string, proxy *dbtest.Proxy) *mysql.Config {
		cfg := mysql.NewConfig()
		cfg.User, cfg.Net, cfg.Addr, cfg.DBName = account, "tcp", proxy.Address(), "d"
		return cfg
	}
	options.Logger = slog.New(slog.NewTextHandler(io.Discard, nil))
	account := "root"
	if options.Replicas != nil { // some other account
		account = options.Replicas[0].User
	}
	options.Replicas = []*mysql.Config{config(account, r.toOther)}
	db, err := database.Open("LEGAL_AID", config(account, r.toMain), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	r.DB = db
	return r
}

func (r *replicated) exec(t *testing.T, on *sql.DB, text string) {
	t.Helper()
	if _, err := on.Exec(text); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

// ask tells which server answers. It must answer, and where truth says so with all the rows there are.
func (r *replicated) ask(t *testing.T, ctx context.Context) string {
	t.Helper()
	got, err := texts(ctx, r.DB, "SELECT @@server_id, COUNT(*) FROM t")
	if err != nil {
		t.Fatalf("not answered: %v; %+v", err, r.Addresses())
	}
	if got[0][1] != fmt.Sprint(r.rows) {
		return "late " + got[0][0]
	}
	return got[0][0]
}

func (r *replicated) settle(t *testing.T, server string) {
	t.Helper()
	until(t, "answered by server "+server, func() bool { return r.ask(t, t.Context()) == server })
}

func (r *replicated) address(name string) database.Address {
	for _, a := range r.Addresses() {
		if a.Name == name {
			return a
		}
	}
	return database.Address{}
}

// TestReplica: statements go to the replica while it is there and not behind, else to the main server, and to
// the replica again when the main one is down. Nobody is told of an address that went.
func TestReplica(t *testing.T) {
	const main, other = "1", "2"
	r := replicate(t, database.Options{MaxLag: -1})
	r.settle(t, other)
	log := sources.New(false)
	r.ask(t, sources.With(t.Context(), log))
	if e := log.Entries()[0]; e.Address != "replica-1" || e.LagSeconds == nil || *e.LagSeconds != 0 {
		t.Errorf("told %+v", e)
	}

	t.Run("behind", func(t *testing.T) {
		hold, err := r.replica.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer hold.Close()
		if _, err := hold.ExecContext(t.Context(), "LOCK TABLES d.t READ"); err != nil {
			t.Fatal(err)
		}
		r.exec(t, r.main, "INSERT INTO d.t VALUES (1)")
		r.rows++
		r.settle(t, main) // within seconds; what was answered before is behind by less than a second
		for range 50 {
			if at := r.ask(t, t.Context()); at != main {
				t.Fatalf("answered by %s while the replica is behind", at)
			}
		}
		until(t, "told", func() bool {
			a := r.address("replica-1")
			return a.LagSeconds != nil && *a.LagSeconds > 0 && !a.IsUsed && r.address("main").IsUsed
		})
		request := database.WithBudgets(t.Context())
		r.ask(t, request)
		if _, err := hold.ExecContext(t.Context(), "UNLOCK TABLES"); err != nil {
			t.Fatal(err)
		}
		r.settle(t, other)
		if at := r.ask(t, request); at != main {
			t.Errorf("a request that began at the main server goes on at %s", at)
		}
	})
	for _, test := range []struct {
		name       string
		proxy      *dbtest.Proxy
		take, back func(*dbtest.Proxy)
		want       string
	}{
		{"replica stopped", r.toOther, (*dbtest.Proxy).Refuse, restore, main},
		{"replica frozen", r.toOther, (*dbtest.Proxy).Freeze, (*dbtest.Proxy).Thaw, main},
		{"main stopped", r.toMain, (*dbtest.Proxy).Refuse, restore, other},
	} {
		t.Run(test.name, func(t *testing.T) {
			half := database.WithBudgets(t.Context())
			before := r.ask(t, half)
			test.take(test.proxy)
			for range 30 {
				if at := r.ask(t, t.Context()); at != test.want {
					t.Fatalf("answered by %s, want %s", at, test.want)
				}
			}
			_, err := texts(half, r.DB, "SELECT @@server_id")
			if before != test.want && (fault.Of(err) == nil || fault.Of(err).Code != fault.SourceUnavailable) {
				t.Errorf("a request that was half answered by the address that went came to %v", err)
			}
			if c := r.Circuit(); c.State != database.CircuitClosed {
				t.Errorf("the system is %+v", c)
			}
			test.back(test.proxy)
			r.settle(t, other)
			until(t, "all closed", func() bool {
				return r.address("main").Breaker.State+r.address("replica-1").Breaker.State == "closedclosed"
			})
		})
	}

	t.Run("main and replication stopped", func(t *testing.T) {
		r.toMain.Refuse()
		until(t, "main left alone", func() bool { return r.address("main").Breaker.State == database.CircuitOpen })
		r.exec(t, r.replica, "STOP SLAVE")
		until(t, "cut off", func() bool { return r.address("replica-1").Unknown != "" })
		// On a busy machine the main server may have been heard a second after the replica was last joined to it: then
		// nobody knows what the replica lacks, and here none may lack anything.
		if lag := r.address("replica-1").LagSeconds; lag == nil || *lag > 0 {
			if code, _ := codeOf(t.Context(), r.DB); code != fault.SourceUnavailable {
				t.Errorf("told %q while the replica may be behind by %v", code, lag)
			}
		} else if at := r.ask(t, t.Context()); at != other {
			t.Errorf("answered by %s", at)
		}
		restore(r.toMain)
		r.settle(t, main) // which may have been written to since
		r.exec(t, r.replica, "START SLAVE")
		r.settle(t, other)
	})

	t.Run("all stopped", func(t *testing.T) {
		r.toMain.Refuse()
		r.toOther.Refuse()
		for range 3 {
			if code, _ := codeOf(t.Context(), r.DB); code != fault.SourceUnavailable {
				t.Fatalf("told %s", code)
			}
		}
		until(t, "left alone", func() bool { return r.Circuit().State == database.CircuitOpen })
		restore(r.toMain)
		restore(r.toOther)
		until(t, "served", func() bool { code, _ := codeOf(t.Context(), r.DB); return code == "" })
	})
}

// TestLagIsUnknown: an account that may not ask has its replica asked, and it is said that nobody knows.
func TestLagIsUnknown(t *testing.T) {
	r := replicate(t, database.Options{Replicas: []*mysql.Config{{User: "reader"}}})
	r.settle(t, "2")
	if a := r.address("replica-1"); a.LagSeconds != nil || a.Unknown == "" || !a.IsUsed {
		t.Errorf("told %+v", a)
	}
	for _, name := range []string{"main", "replica-1"} {
		got, err := texts(database.At(t.Context(), name), r.DB, "SELECT @@server_id")
		if want := map[string]string{"main": "1", "replica-1": "2"}[name]; err != nil || got[0][0] != want {
			t.Errorf("at %s: %v, %v", name, got, err)
		}
	}
	r.toMain.Refuse()
	if _, err := texts(database.At(t.Context(), "main"), r.DB, "SELECT 1"); err == nil {
		t.Error("what is asked of the main server is answered by another")
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if at := r.ask(t, ctx); at != "2" {
		t.Errorf("answered by %s", at)
	}
}
