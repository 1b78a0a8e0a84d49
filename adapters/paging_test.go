package adapters_test

import (
	"cmp"
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/go-sql-driver/mysql"
	gocmp "github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/page"
)

// TestPagingWhileRowsComeAndGo pages through lists with ties and NULLs, forwards and
// backwards, of the whole table and of two towns at once, while clerks insert and delete
// between the pages, the row at the cursor among them. Whatever was there all the time
// comes exactly once and in order, and nothing comes twice.
func TestPagingWhileRowsComeAndGo(t *testing.T) {
	server := dbtest.MariaDB(t)
	tiny := tinyDatabase(0)
	tiny.Name = "bureaugraph_paging"
	if err := fill.Fill(t.Context(), server.DSN(""), []*legacy.Database{tiny},
		func(string, string, int) {}); err != nil {
		t.Fatal(err)
	}
	cfg, err := mysql.ParseDSN(server.DSN(tiny.Name))
	if err != nil {
		t.Fatal(err)
	}
	db, err := database.Open("TINY", cfg, database.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	f := tinyOn(t, db)
	clerks := &clerks{db: server.Open(t, tiny.Name), random: rand.New(rand.NewPCG(5, 3))}
	towns := []string{"330109105", "330109113"}
	for _, by := range []string{"ACCEPTED_ON", "NUMBER"} {
		for _, direction := range model.AllOrderDirection {
			for _, backwards := range []bool{false, true} {
				for _, parents := range [][]string{nil, towns} {
					t.Run(fmt.Sprint(by, " ", direction, " backwards ", backwards, " parents ", len(parents)),
						func(t *testing.T) {
							clerks.begin(t)
							w := &walk{T: t, fixture: f, clerks: clerks,
								order:     &MatterOrder{By: by, Direction: direction},
								backwards: backwards, parents: parents}
							w.run()
						})
				}
			}
		}
	}
}

// clerks write to the table. Days and numbers repeat, and many are missing.
type clerks struct {
	db      *sql.DB
	random  *rand.Rand
	next    int
	present map[int]matter
	stable  map[int]matter // there since the walk began
}

type matter struct{ day, number, town string } // "" is NULL

func (c *clerks) begin(t *testing.T) {
	t.Helper()
	c.exec(t, "DELETE FROM biz_matter")
	c.present = map[int]matter{}
	for range 120 {
		c.insert(t)
	}
	c.stable = maps.Clone(c.present)
}

func (c *clerks) exec(t *testing.T, text string, args ...any) {
	t.Helper()
	if _, err := c.db.ExecContext(t.Context(), text, args...); err != nil {
		t.Fatal(err)
	}
}

func (c *clerks) insert(t *testing.T) {
	t.Helper()
	c.next += 1 + c.random.IntN(3)
	m := matter{
		day:    []string{"", "", "2023-03-01", "2023-03-02", "2023-03-03"}[c.random.IntN(5)],
		number: []string{"", "A-1", "A-2", "A-3", "A-" + strconv.Itoa(c.random.IntN(100))}[c.random.IntN(5)],
		town:   []string{"330109105", "330109113"}[c.random.IntN(2)],
	}
	id := c.next
	if c.random.IntN(2) == 0 { // also below and between those that are there
		id = -c.next
	}
	null := func(text string) any {
		if text == "" {
			return nil
		}
		return text
	}
	c.exec(t, "INSERT INTO biz_matter (id, ajbh, slrq, szxz, del) VALUES (?, ?, ?, ?, '0')", id, null(m.number),
		null(m.day), m.town)
	c.present[id] = m
}

func (c *clerks) delete(t *testing.T, id int) {
	t.Helper()
	c.exec(t, "DELETE FROM biz_matter WHERE id = ?", id)
	delete(c.present, id)
	delete(c.stable, id)
}

// work is what happens between two pages; last is the row at the cursor.
func (c *clerks) work(t *testing.T, last int) {
	t.Helper()
	for range c.random.IntN(4) {
		c.insert(t)
	}
	ids := slices.Sorted(maps.Keys(c.present))
	for range c.random.IntN(3) {
		if id := ids[c.random.IntN(len(ids))]; id != last {
			c.delete(t, id)
		}
	}
	if c.random.IntN(2) == 0 {
		c.delete(t, last)
	}
}

// walk is one list read to its end.
type walk struct {
	*testing.T
	*fixture
	clerks    *clerks
	order     *MatterOrder
	backwards bool
	parents   []string // towns; nil walks the whole table
}

func (w *walk) run() {
	w.Helper()
	if w.parents == nil {
		w.check(w.pages(nil, ""), "")
		return
	}
	// The first pages of both come in one statement, the others by each town's own cursor.
	first, err := w.matters.Pages(w.Context(), "town", w.parents, w.ask(nil))
	if err != nil {
		w.Fatal(err)
	}
	for _, town := range w.parents {
		w.check(w.pages(first[town], town), town)
	}
}

// ask is for a page of random size behind a cursor, in walking direction.
func (w *walk) ask(cursor *string) adapters.Ask {
	size := 1 + w.clerks.random.IntN(9)
	if w.backwards {
		return adapters.Ask{Args: page.Args{Last: &size, Before: cursor}, Order: w.order}
	}
	return adapters.Ask{Args: page.Args{First: &size, After: cursor}, Order: w.order}
}

// pages gives the keys of all pages in walking direction; c is the first page, or nil.
func (w *walk) pages(c *model.Connection[Matter], town string) (ids []int) {
	w.Helper()
	var cursor *string
	for {
		if c == nil {
			c = w.page(cursor, town)
		}
		nodes := slices.Clone(c.Nodes)
		info := c.PageInfo()
		more := info.HasNextPage
		cursor = info.EndCursor
		if w.backwards {
			slices.Reverse(nodes)
			more, cursor = info.HasPreviousPage, info.StartCursor
		}
		for _, m := range nodes {
			id, err := strconv.Atoi(m.Key())
			if err != nil {
				w.Fatal(err)
			}
			ids = append(ids, id)
		}
		if !more {
			return ids
		}
		if len(ids) > 2000 {
			w.Fatal("the walk does not end")
		}
		w.clerks.work(w.T, ids[len(ids)-1])
		c = nil
	}
}

func (w *walk) page(cursor *string, town string) *model.Connection[Matter] {
	w.Helper()
	if town == "" {
		c, err := w.matters.List(w.Context(), w.ask(cursor))
		if err != nil {
			w.Fatal(err)
		}
		return c
	}
	pages, err := w.matters.Pages(w.Context(), "town", []string{town}, w.ask(cursor))
	if err != nil {
		w.Fatal(err)
	}
	return pages[town]
}

// check compares what came with what stayed.
func (w *walk) check(ids []int, town string) {
	w.Helper()
	seen := map[int]bool{}
	var came []int // of those that stayed
	for _, id := range ids {
		if seen[id] {
			w.Errorf("%d comes twice", id)
		}
		seen[id] = true
		if _, stayed := w.clerks.stable[id]; stayed {
			came = append(came, id)
		}
	}
	value := func(m matter) string {
		if w.order.By == "NUMBER" {
			return m.number
		}
		return m.day
	}
	var want []int
	for id, m := range w.clerks.stable {
		if town == "" || m.town == town {
			want = append(want, id)
		}
	}
	slices.SortFunc(want, func(a, b int) int { // NULL, written "", is the least
		order := cmp.Or(cmp.Compare(value(w.clerks.stable[a]), value(w.clerks.stable[b])), cmp.Compare(a, b))
		if (w.order.Direction == model.OrderDirectionDesc) != w.backwards {
			return -order
		}
		return order
	})
	if len(want) < 10 {
		w.Fatalf("only %d rows stayed: nothing is tested", len(want))
	}
	if diff := gocmp.Diff(want, came); diff != "" {
		w.Errorf("-stayed +came:\n%s", diff)
	}
}
