package engine_test

import (
	"database/sql"
	"sync"
	"testing"

	_ "github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/internal/demo/engine"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// TestSchemaIsAskedAtOnce: several systems ask the one engine for their tables when they
// start; go test -race finds it when they meet.
func TestSchemaIsAskedAtOnce(t *testing.T) {
	server, err := engine.Start(t.Context(), "127.0.0.1:0",
		[]*legacy.Database{{Name: "aj", Charset: "utf8", Tables: []*legacy.Table{{
			Name: "t", Primary: []string{"id"}, Columns: []legacy.Column{{Name: "id", Type: "int", NotNull: true}},
		}}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	db, err := sql.Open("mysql", "root@tcp("+server.Addr()+")/aj")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for _, table := range []string{"TABLES", "STATISTICS", "COLUMNS"} {
				var n int
				if err := db.QueryRow("SELECT COUNT(*) FROM information_schema." + table +
					" WHERE TABLE_SCHEMA = 'aj'").Scan(&n); err != nil || n == 0 {
					t.Errorf("%s: %d, %v", table, n, err)
				}
			}
		})
	}
	all.Wait()
}
