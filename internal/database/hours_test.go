package database_test

import (
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// TestHours: when the hours begin and end, statements that begin then have other limits, and those that run go
// on.
func TestHours(t *testing.T) {
	var busy atomic.Bool
	db, _ := open(t, database.Options{MaxOpen: 6, Timeout: time.Minute, Now: func() time.Time {
		if busy.Load() {
			return time.Unix(1, 0)
		}
		return time.Unix(0, 0)
	}, Hours: database.Hours{
		Profile: database.Profile{MaxOpen: 2, Timeout: 300 * time.Millisecond, Budget: 200 * time.Millisecond},
		Is:      func(at time.Time) bool { return at.Unix() == 1 },
	}})
	watch := dbtest.MariaDB(t).Open(t, "")
	running := func() (n int) {
		t.Helper()
		if err := watch.QueryRow("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT GET_LOCK%'").
			Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	// hold has so many statements run until release.
	hold := func(n int) (release func() []error) {
		t.Helper()
		holder, err := watch.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := holder.ExecContext(t.Context(), "DO GET_LOCK('hours', 0)"); err != nil {
			t.Fatal(err)
		}
		before, errs := running(), make([]error, n)
		var all sync.WaitGroup
		for i := range n {
			all.Go(func() {
				errs[i] = db.Query(t.Context(), "SELECT GET_LOCK('hours', 50), RELEASE_LOCK('hours')", nil,
					func([]sql.RawBytes) error { return nil })
			})
		}
		until(t, fmt.Sprint(n, " at once"), func() bool { return running() == before+n })
		return func() []error {
			if _, err := holder.ExecContext(t.Context(), "DO RELEASE_LOCK('hours')"); err != nil {
				t.Fatal(err)
			}
			all.Wait()
			return errs
		}
	}
	if p, inHours := db.Profile(); inHours || p.MaxOpen != 6 || p.Budget != time.Minute {
		t.Errorf("before: %+v, %v", p, inHours)
	}
	release := hold(6)
	busy.Store(true)
	if p, inHours := db.Profile(); !inHours || p.MaxOpen != 2 || p.Timeout != 300*time.Millisecond {
		t.Errorf("in the hours: %+v, %v", p, inHours)
	}
	if code, _ := codeOf(t.Context(), db); code != fault.SourceTimeout { // six of two are taken
		t.Errorf("a statement that begins is told %q", code)
	}
	for i, err := range release() {
		if err != nil {
			t.Errorf("statement %d, which ran, was ended: %v", i, err)
		}
	}
	if n := db.InUse(); n > 2 {
		t.Errorf("%d connections are in use", n)
	}
	_, err := texts(t.Context(), db, "SELECT SLEEP(30)")
	if f := fault.Of(err); f == nil || f.Code != fault.SourceTimeout {
		t.Errorf("a long statement in the hours: %v", err)
	}
	busy.Store(false)
	for _, err := range hold(6)() {
		if err != nil {
			t.Errorf("after the hours: %v", err)
		}
	}
}
