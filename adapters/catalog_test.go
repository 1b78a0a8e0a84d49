package adapters

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/demo/engine"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// TestCatalogIsLearnedAnew: what a server that comes back says replaces what it said
// before, without a question that waits for it.
func TestCatalogIsLearnedAnew(t *testing.T) {
	start := func(rows int) string {
		table := &legacy.Table{Name: "T_AJ", Primary: []string{"id"}, Indexes: [][]string{{"slrq", "id"}},
			Columns: []legacy.Column{{Name: "id", Type: "int", NotNull: true}, {Name: "slrq", Type: "date"},
				{Name: "ajmc", Type: "varchar(20)", Charset: "latin1"}}}
		for i := range rows {
			table.Rows = append(table.Rows, []any{int64(i), "2023-01-01", nil})
		}
		server, err := engine.Start(t.Context(), "127.0.0.1:0",
			[]*legacy.Database{{Name: "aj", Charset: "utf8", Tables: []*legacy.Table{table}}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = server.Close() })
		return server.Addr()
	}
	way := &way{to: start(3)}
	mysql.RegisterDialContext("way", way.dial)
	t.Cleanup(func() { mysql.DeregisterDialContext("way") })
	cfg, err := mysql.ParseDSN("root@way(server)/aj")
	if err != nil {
		t.Fatal(err)
	}
	db, err := database.Open("TINY", cfg, database.Options{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	c := &catalog{db: db, large: 2}
	known := c.table(t.Context(), "t_aj")
	if known == nil || known.Rows != 3 || known.Large != 2 || len(known.Indexes) != 2 ||
		c.table(t.Context(), "nowhere") != nil {
		t.Fatalf("learned %+v", known)
	}
	columns := map[bool]string{}
	for _, x := range known.Indexes {
		columns[x.Primary] = fmt.Sprint(x.Columns)
	}
	if columns[true] != "[id]" || columns[false] != "[slrq id]" {
		t.Errorf("indexes %v", columns)
	}

	text := plan.Type{Name: "varchar", Charset: "latin1", Collation: "latin1_swedish_ci"}
	if known.Types["ajmc"] != text || known.Types["id"] != (plan.Type{Name: "int", IsWhole: true, NotNull: true}) ||
		len(known.Types) != 3 {
		t.Errorf("types %+v", known.Types)
	}

	way.lead("")
	if err := db.Query(t.Context(), "SELECT 1", nil, func([]sql.RawBytes) error { return nil }); err == nil {
		t.Fatal("the server still answers")
	}
	if p := c.table(t.Context(), "t_aj"); p == nil || p.Rows != 3 {
		t.Errorf("an outage forgot %+v", p)
	}
	// a gateway that starts now knows no types
	late := &store{kind: &model.Kind{}, db: db, mapped: &mapping.Table{Name: "T_AJ"},
		catalog: &catalog{db: db, large: 2}}
	if table, err := late.ready(t.Context()); err != nil || table.Types != nil {
		t.Errorf("without a server: %+v, %v", table, err)
	}
	way.lead(start(5))
	within := time.Now().Add(20 * time.Second)
	for ; c.table(t.Context(), "t_aj").Rows != 5; runtime.Gosched() {
		if time.Now().After(within) {
			t.Fatal("what the new server says was not learned")
		}
	}
	for {
		table, err := late.ready(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := late.ready(t.Context()); table.Types["id"].IsWhole && again == table {
			break
		}
		if runtime.Gosched(); time.Now().After(within) {
			t.Fatal("the types of the new server did not reach its table")
		}
	}
}

// way is the way to a server, which can be another one, or closed.
type way struct {
	mu   sync.Mutex
	to   string // "" is closed
	open []net.Conn
}

func (w *way) dial(ctx context.Context, _ string) (net.Conn, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.to == "" {
		return nil, errors.New("no way")
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", w.to)
	if err == nil {
		w.open = append(w.open, conn)
	}
	return conn, err
}

// lead goes to another server from now on; connections to the former one are cut.
func (w *way) lead(to string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.to = to
	for _, conn := range w.open {
		_ = conn.Close()
	}
	w.open = nil
}
