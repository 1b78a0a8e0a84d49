package adapters

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"sync"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/flight"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// LargeTable is how many rows a question may look at without an index where a deployment
// does not say.
const LargeTable = 50_000

// catalog is what a system's server says of its tables: their indexes, their columns, and
// about how many rows they have. It is learned at the start or by the first question, and
// again after an outage: the server that comes back may be another one. It is safe for
// concurrent use.
type catalog struct {
	db    *database.DB // nil when the deployment does not have the system
	large int64

	first   flight.Group[struct{}] // to learn
	mu      sync.Mutex
	asked   bool                      // at all
	asking  bool                      // again, now
	outages int64                     // of the server when it was learned; -1 when it was not
	tables  map[string]*plan.Physical // views among them
}

// table is relation for what has rows and indexes of its own: not a view.
func (c *catalog) table(ctx context.Context, name string) *plan.Physical {
	if p := c.relation(ctx, name); p != nil && !p.IsView {
		return p
	}
	return nil
}

// relation gives what is known of a table or view; nil when that is nothing, because the
// server did not tell yet, or the records are read from a sub-select. Only the very first
// question waits for the server: later ones go by what was known before the outage.
func (c *catalog) relation(ctx context.Context, name string) *plan.Physical {
	if c == nil || c.db == nil {
		return nil
	}
	if !c.isAsked() {
		_ = c.db.Await(ctx, func(ctx context.Context) error { // after an error nothing is known
			_, err := c.first.Do(ctx, "", func() (none struct{}, err error) {
				if c.isAsked() { // while this question waited
					return none, nil
				}
				tables, outages, err := c.learn(ctx)
				c.mu.Lock()
				defer c.mu.Unlock()
				c.asked = true
				c.keep(tables, outages, err)
				return none, err
			})
			return err
		})
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.asked && !c.asking && c.outages != c.db.Outages() {
		c.asking = true
		c.db.Background(c.again)
	}
	return c.tables[strings.ToLower(name)]
}

func (c *catalog) isAsked() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.asked
}

// again learns while questions go on.
func (c *catalog) again(ctx context.Context) {
	tables, outages, err := c.learn(ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asking = false
	c.keep(tables, outages, err)
}

// keep remembers what was learned; after an error what was known before stays.
func (c *catalog) keep(tables map[string]*plan.Physical, outages int64, err error) {
	if c.outages = outages; err == nil {
		c.tables = tables
	}
}

// learn asks the server, in three statements. They are no part of a request's log, whose
// statements depend on the request alone.
func (c *catalog) learn(ctx context.Context) (tables map[string]*plan.Physical, outages int64, err error) {
	ctx = sources.With(ctx, nil)
	outages = c.db.Outages()
	tables = map[string]*plan.Physical{}
	q := plan.Tables()
	err = c.db.Query(ctx, q.SQL, q.Args, func(cells []sql.RawBytes) error {
		tables[strings.ToLower(string(cells[0]))] = &plan.Physical{Rows: whole(cells[2]), Large: c.large,
			IsView:    cells[2] == nil,
			Clustered: strings.EqualFold(string(cells[1]), "InnoDB"), Types: map[string]plan.Type{}}
		return nil
	})
	if err != nil {
		return nil, -1, err
	}
	q = plan.Types()
	err = c.db.Query(ctx, q.SQL, q.Args, func(cells []sql.RawBytes) error {
		if p := tables[strings.ToLower(string(cells[0]))]; p != nil {
			p.Types[strings.ToLower(string(cells[1]))] = plan.TypeOf(cells[2], cells[3], cells[4], cells[5])
		}
		return nil
	})
	if err != nil {
		return nil, -1, err
	}
	var table, index string
	q = plan.Indexes()
	err = c.db.Query(ctx, q.SQL, q.Args, func(cells []sql.RawBytes) error {
		p := tables[strings.ToLower(string(cells[0]))]
		if p == nil {
			return nil
		}
		if string(cells[0]) != table || string(cells[1]) != index {
			table, index = string(cells[0]), string(cells[1])
			p.Indexes = append(p.Indexes,
				plan.Index{Primary: index == "PRIMARY", Unique: string(cells[5]) == "0", Distinct: whole(cells[3])})
		}
		x := &p.Indexes[len(p.Indexes)-1]
		x.Columns = append(x.Columns, string(cells[2]))
		x.Prefix = x.Prefix || cells[4] != nil
		return nil
	})
	if err != nil {
		return nil, -1, err
	}
	return tables, outages, nil
}

// whole reads an estimate; 0 stands for one that is not there.
func whole(cell []byte) int64 {
	n, _ := strconv.ParseInt(string(cell), 10, 64)
	return n
}
