package adapters

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/page"
)

// Walked is a record of a table whose key the server may vouch for or not.
type Walked struct {
	model.Row
	Title      *string
	OwnerRef   *string
	ReceivedOn *model.Date
	Price      *string
}

type walkedOrder struct {
	By        string
	Direction model.OrderDirection
}

// walks gives a source over a table of the given columns; every column is a text to the
// gateway, whatever its type.
func walks(t *testing.T, db *database.DB, table string, key ...string) *Source[Walked] {
	t.Helper()
	fields := []*mapping.Field{
		{Name: "title", Column: "c", Spec: cell.Spec{Kind: "text"}},
		{Name: "owner", Column: "p", Spec: cell.Spec{Kind: "key"}, Refers: "Owner"},
		{Name: "receivedOn", Column: "d", Native: true, Spec: cell.Spec{Kind: "day"}},
		{Name: "price", Column: "o", Spec: cell.Spec{Kind: "text"}},
	}
	m := &mapping.Table{Record: "Walked", Name: table, Key: key, Fields: fields,
		Orders: []mapping.Order{{Name: "PRICE", Field: "price"}, {Name: "TITLE", Field: "title"},
			{Name: "DAY", Field: "receivedOn"}}}
	s, err := NewSource[Walked](db, "TINY", m, cell.Env{})
	if err != nil {
		t.Fatal(err)
	}
	s.catalog = &catalog{db: db, large: LargeTable}
	return s
}

// contents is a row as the gateway serves it.
func contents(r *Walked) string {
	text := func(s *string) string {
		if s == nil {
			return "NULL"
		}
		return *s
	}
	day := "NULL"
	if r.ReceivedOn != nil {
		day = r.ReceivedOn.String()
	}
	return strings.Join([]string{r.Key(), text(r.Title), text(r.OwnerRef), day, text(r.Price)}, " / ")
}

// TestWalks: whatever the key and the order, a walk to the end by any way gives every row
// once: NULL and equal keys, keys equal to a collation, rows equal in every column, keys
// and orders of types that do not compare as they are read, ties everywhere.
func TestWalks(t *testing.T) {
	server := dbtest.MariaDB(t)
	admin := server.Open(t, "")
	exec := func(db *sql.DB, text string, args ...any) {
		t.Helper()
		if _, err := db.ExecContext(t.Context(), text, args...); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	exec(admin, "DROP DATABASE IF EXISTS bureaugraph_walks")
	exec(admin, "CREATE DATABASE bureaugraph_walks CHARACTER SET utf8mb4")
	pool := server.Open(t, "bureaugraph_walks")
	pool.SetMaxOpenConns(1)
	exec(pool, "SET SESSION sql_mode = 'ALLOW_INVALID_DATES'")
	cfg, err := mysql.ParseDSN(server.DSN("bureaugraph_walks"))
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(9, 11))
	integers := func() any { return r.IntN(9) }
	some := func(values ...any) func() any { return func() any { return values[r.IntN(len(values))] } }
	serial := 0
	next := func() any { serial++; return serial }
	for i, test := range []struct {
		name  string
		key   string // type and constraints of the column k
		keys  func() any
		order string // type of the column o
		by    func() any
		more  string // further definitions
	}{
		{name: "a primary key", key: "INT NOT NULL", keys: next, order: "INT", by: integers, more: ", PRIMARY KEY (k)"},
		{name: "large numbers", key: "BIGINT NOT NULL", keys: func() any { serial++; return 9007199254740990 + serial },
			order: "BIGINT", by: func() any { return 9007199254740990 + r.IntN(5) }, more: ", PRIMARY KEY (k)"},
		{name: "decimal", key: "DECIMAL(30,4) NOT NULL",
			keys:  func() any { serial++; return fmt.Sprintf("12345678901234567890.%04d", serial) },
			order: "DECIMAL(30,4)", by: func() any { return fmt.Sprintf("12345678901234567890.%04d", r.IntN(5)) },
			more: ", PRIMARY KEY (k)"},
		{name: "no key", key: "INT NULL", keys: some(nil, 0, 0, 1, 2, 3), order: "INT", by: integers},
		{name: "a key that is only indexed", key: "INT NOT NULL", keys: some(0, 1, 2), order: "DATETIME",
			by: some(nil, "2023-01-01 00:00:00", "2023-01-02 00:00:00"), more: ", KEY (k)"},
		{name: "unique with NULL", key: "INT NULL", keys: func() any {
			if r.IntN(2) == 0 {
				return nil
			}
			return next()
		}, order: "VARCHAR(9)", by: some(nil, "", "a", "A", "a "), more: ", UNIQUE (k)"},
		{name: "another column is the key", key: "INT NULL", keys: some(nil, 1, 2), order: "INT", by: integers,
			more: ", n INT AUTO_INCREMENT PRIMARY KEY"},
		{name: "text that the collation takes for equal", key: "VARCHAR(9)",
			keys: some("a", "A", "a ", "á", "b", nil, ""), order: "VARCHAR(9)", by: some("x", "X", "x ")},
		{name: "text with bars", key: "VARCHAR(9) NOT NULL",
			keys: func() any { serial++; return fmt.Sprintf("%d|%d\\", serial%7, serial) }, order: "VARCHAR(9)",
			by: some("\x1f", "a\x1fb", "x"), more: ", PRIMARY KEY (k)"},
		{name: "double", key: "DOUBLE NOT NULL", keys: func() any { serial++; return float64(serial) / 7 },
			order: "DOUBLE", by: func() any { return float64(r.IntN(6)) / 7e9 }, more: ", PRIMARY KEY (k)"},
		{name: "float", key: "FLOAT NOT NULL", keys: func() any { serial++; return float64(serial) / 10 },
			order: "FLOAT", by: func() any { return float64(r.IntN(6)) / 10 }, more: ", PRIMARY KEY (k)"},
		{name: "enum", key: "INT NULL", keys: some(1, 2), order: "ENUM('z','b','y','a')",
			by: some("z", "b", "y", "a", nil)},
		{name: "set and bit", key: "BIT(4)", keys: integersBit(r), order: "BIT(8)", by: integersBit(r)},
		{name: "bytes", key: "VARBINARY(4)", keys: some([]byte{0xff, 0}, []byte{0}, []byte("a"), nil),
			order: "VARBINARY(4)", by: some([]byte{0xff}, []byte{0xfe}, []byte("a"), nil)},
		{name: "days that do not exist", key: "DATE", keys: some("2021-02-31", "2021-00-00", "0000-00-00", nil),
			order: "DATE", by: some("2021-02-31", "2021-00-00", "0000-00-00", "2021-03-01", nil)},
		{name: "zerofill", key: "INT(8) ZEROFILL NOT NULL", keys: next, order: "INT(8) ZEROFILL", by: integers,
			more: ", PRIMARY KEY (k)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			table := fmt.Sprintf("t%d", i)
			exec(pool,
				"CREATE TABLE "+table+" (k "+test.key+", c VARCHAR(20), p VARCHAR(4), d DATE, o "+test.order+test.more+")")
			const rows = 90
			for n := range rows {
				var c any = fmt.Sprintf("r%d", n%45) // many are the same in every column, or nearly
				if n%9 == 0 {
					c = []any{nil, "x", "X"}[n%3]
				}
				exec(pool, "INSERT INTO "+table+" (k, c, p, d, o) VALUES (?, ?, ?, ?, ?)", test.keys(), c,
					[]any{"1", "2"}[n%2],
					[]any{nil, "2023-01-01", "2023-01-01", "2023-01-02"}[r.IntN(4)], test.by())
			}
			db, err := database.Open("TINY", cfg, database.Options{})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			s := walks(t, db, table, "k")
			want := map[string][]string{} // by owner; "" is all
			all, err := s.All(t.Context(), filter.Filter{})
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range all {
				want[""] = append(want[""], contents(row))
				want[*row.OwnerRef] = append(want[*row.OwnerRef], contents(row))
			}
			if len(all) != rows {
				t.Fatalf("%d rows", len(all))
			}
			compare := func(way, owner string, got []string) {
				t.Helper()
				wanted := slices.Sorted(slices.Values(want[owner]))
				slices.Sort(got)
				if !slices.Equal(wanted, got) {
					t.Errorf("%s: %d of %d rows, or others", way, len(got), len(wanted))
				}
			}
			for _, order := range []string{"PRICE", "TITLE", "DAY"} {
				for _, direction := range model.AllOrderDirection {
					for _, backward := range []bool{false, true} {
						for _, owner := range []string{"", "1"} {
							compare(fmt.Sprint(order, direction, backward, owner), owner,
								s.walked(t, order, direction, owner, backward, r))
						}
						s.turns(t, order, direction, r)
					}
				}
			}
			var each []string
			if n, complete, err := s.Each(t.Context(), nil, rows+1,
				func(row *Walked) { each = append(each, contents(row)) }); err != nil || n != rows || !complete {
				t.Errorf("each: %d, %v, %v", n, complete, err)
			}
			compare("each", "", each)
			for _, owner := range []string{"1", "2"} {
				if places := s.timeline(t, owner); len(places) != len(want[owner]) ||
					len(unique(places)) != len(places) {
					t.Errorf("timeline: %d of %d rows, or some twice", len(unique(places)), len(want[owner]))
				}
			}
			found, err := s.ByKey(t.Context(), "", keysOfAll(all))
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range all {
				if !slices.ContainsFunc(found[row.Key()],
					func(f *Walked) bool { return contents(f) == contents(row) }) {
					t.Errorf("the key of %q leads to %d others", contents(row), len(found[row.Key()]))
				}
			}
		})
	}
}

func integersBit(r *rand.Rand) func() any { return func() any { return []byte{byte(r.IntN(9))} } }

func keysOfAll(rows []*Walked) (keys []string) {
	for _, r := range rows {
		keys = append(keys, r.Key())
	}
	return keys
}

// walked reads a list to its end by pages of random size.
func (s *Source[T]) walked(t *testing.T, order string, direction model.OrderDirection, owner string, backward bool,
	r *rand.Rand) (got []string) {
	t.Helper()
	var cursor *string
	for {
		size := 1 + r.IntN(7)
		args := page.Args{First: &size, After: cursor}
		if backward {
			args = page.Args{Last: &size, Before: cursor}
		}
		c := s.onePage(t, Ask{Args: args, Order: &walkedOrder{order, direction}}, owner)
		for _, row := range c.Nodes {
			got = append(got, contents(any(row).(*Walked)))
		}
		info := c.PageInfo()
		more := info.HasNextPage
		cursor = info.EndCursor
		if backward {
			more, cursor = info.HasPreviousPage, info.StartCursor
		}
		if !more || len(got) > 500 {
			return got
		}
	}
}

func (s *Source[T]) onePage(t *testing.T, ask Ask, owner string) *model.Connection[T] {
	t.Helper()
	if owner == "" {
		c, err := s.List(t.Context(), ask)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	pages, err := s.Pages(t.Context(), "owner", []string{owner, "2"}, ask)
	if err != nil {
		t.Fatal(err)
	}
	return pages[owner]
}

// turns walks forward, turns round somewhere, and finds what it came from, and once more.
func (s *Source[T]) turns(t *testing.T, order string, direction model.OrderDirection, r *rand.Rand) {
	t.Helper()
	text := func(c *model.Connection[T]) string {
		var list []string
		for _, row := range c.Nodes {
			list = append(list, contents(any(row).(*Walked)))
		}
		return strings.Join(list, "; ")
	}
	by := &walkedOrder{order, direction}
	size := 3 + r.IntN(20)
	first := s.onePage(t, Ask{Args: page.Args{First: &size}, Order: by}, "")
	second := s.onePage(t, Ask{Args: page.Args{First: &size, After: first.PageInfo().EndCursor}, Order: by}, "")
	back := s.onePage(t, Ask{Args: page.Args{Last: &size, Before: second.PageInfo().StartCursor}, Order: by}, "")
	if text(back) != text(first) {
		t.Errorf("%s %s: back from the second page of %d\n%s\nwas\n%s", order, direction, size, text(back), text(first))
	}
	again := s.onePage(t, Ask{Args: page.Args{First: &size, After: back.PageInfo().EndCursor}, Order: by}, "")
	if text(again) != text(second) {
		t.Errorf("%s %s: forward again by %d\n%s\nwas\n%s", order, direction, size, text(again), text(second))
	}
}

func (s *Source[T]) timeline(t *testing.T, owner string) (got []string) {
	t.Helper()
	stretch := Stretch{Limit: 4}
	for {
		found, err := Newest(t.Context(), s, "owner", []string{owner}, stretch)
		if err != nil {
			t.Fatal(err)
		}
		moments := found[owner]
		for _, m := range moments[:min(len(moments), 3)] {
			got = append(got, m.Place.Key)
		}
		if len(moments) < 4 || len(got) > 500 {
			return got
		}
		stretch.After = &moments[2].Place
	}
}
