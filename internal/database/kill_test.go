package database_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
)

// TestLeaversHarmNobody: clients that leave at any moment, before, while and after their
// statement runs, end no statement of those that stay, and leave nothing running.
func TestLeaversHarmNobody(t *testing.T) {
	db, log := open(t, database.Options{MaxOpen: 4, Timeout: time.Minute})
	const leaves, stays = 24, 4
	leaving := make(chan struct{})
	var staying sync.WaitGroup
	for range stays {
		staying.Go(func() {
			for {
				select {
				case <-leaving:
					return
				default:
				}
				if got, err := texts(t.Context(), db, "SELECT SLEEP(0.001), 'stays'"); err != nil || got[0][0] != "0" {
					t.Errorf("who stayed got %v, %v", got, err)
					return
				}
			}
		})
	}
	var left sync.WaitGroup
	for i := range leaves {
		left.Go(func() {
			r := rand.New(rand.NewPCG(1, uint64(i)))
			for range 20 {
				statement := "SELECT 1 AS `leaves`"
				if r.IntN(4) == 0 {
					statement = "SELECT SLEEP(60) AS `leaves`"
				}
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(r.IntN(3000))*time.Microsecond)
				_, _ = texts(ctx, db, statement)
				cancel()
			}
		})
	}
	left.Wait()
	close(leaving)
	staying.Wait()
	if err := db.Close(); err != nil { // waits for what is being stopped
		t.Error(err)
	}
	awaitNone(t, "SELECT%leaves%")
	if t.Failed() {
		t.Log(log.String())
	}
}

// awaitNone waits until the server runs no such statement.
func awaitNone(t *testing.T, like string) {
	t.Helper()
	watch := dbtest.MariaDB(t).Open(t, "")
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for running := 1; running > 0; {
		err := watch.QueryRowContext(ctx,
			"SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE ? AND ID <> CONNECTION_ID()",
			like).Scan(&running)
		if err != nil {
			t.Fatalf("statements %s still run: %v", like, err)
		}
	}
}
