package adapters

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/clock"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/flight"
	"github.com/bureaugraph/bureaugraph/internal/selection"
)

// Limits of one statement. They bound a request's memory whatever the data.
const (
	// raw texts of one IN list: well below the range optimizer's memory of MySQL 5.7 and later
	textsPerStatement   = 8000
	bytesPerStatement   = 400e3 // their length: a statement must fit the 1 MB packet of MySQL 5.5
	parentsPerStatement = 100   // limited selects of one UNION ALL
	rowsPerStatement    = 20000 // rows of one batch of children
	countCap            = 10000 // totalCount is exact up to here
	groupsCap           = 10000 // raw combinations of one grouping
)

// store is what is known of where one kind of record is kept, whatever its struct: the
// mapped table and its server, what the clock and other records say of it. It is safe for
// concurrent use.
type store struct {
	kind    *model.Kind
	db      *database.DB
	env     cell.Env
	mapped  *mapping.Table
	bind    *binder
	needs   map[string][]string // computed field -> mapped fields it reads
	needed  map[string][]string // field of another type, "Person.name" -> mapped fields it reads
	orders  map[string]*mapping.Field
	clock   *clock.Clock            // with the rules whose fields the site records
	roles   []role                  // of those the record is about
	links   []link                  // fields of records that the record refers to
	catalog *catalog                // nil knows nothing of the server's tables
	showRaw bool                    // data issues show cells as stored
	scope   scope                   // by what rows belong to somebody
	whole   *store                  // of which this one is what somebody may see at most; nil where it is all
	hides   func(field string) bool // what is left out of whole

	clockless map[string][]string // by step: the fields for want of which no rule is applied

	making   flight.Group[struct{}] // of table
	mu       sync.Mutex
	table    *plan.Table    // nil until the dictionaries are read
	physical *plan.Physical // by which table was made
	sought   time.Time      // when the strays of table were learned; zero when they were not
	seeking  bool           // again, now
	of       *plan.Table    // of whole, from which table was made
	nothing  *plan.Table    // in the place of whole's, of a kind that is hidden; nil for others
}

// needer is implemented by records with computed fields: it names the mapped fields
// each of them reads; an empty list reads none.
type needer interface{ Needs() map[string][]string }

// neededElsewhere is implemented by records that fields of other types gather: for each
// of these, "Person.name", it names the mapped fields that are read.
type neededElsewhere interface{ NeededBy() map[string][]string }

// Kind tells which system and type the source serves.
func (s *store) Kind() *model.Kind { return s.kind }

func (s *store) tooLarge(what string, limit int) error {
	return fault.Source(fault.LimitExceeded, string(s.kind.System),
		fmt.Sprintf("more than %d %s of %s would be read at once; ask for fewer parents or narrow the filter", limit,
			what, s.kind.Record), nil)
}

// where compiles a filter with nothing open in it; one that asks nothing needs no
// predicate.
func (s *store) where(table *plan.Table, filter filter.Filter) ([]plan.Predicate, error) {
	p, err := table.Compile("filter", filter, s.env)
	if err != nil || plan.IsEverywhere(p) {
		return nil, err
	}
	return []plan.Predicate{p}, nil
}

// want tells which mapped fields the running operation needs of this record.
func (s *store) want(ctx context.Context) func(field string) bool {
	operation := selection.From(ctx)
	selected := operation.On(s.kind.Record)
	everything := func(string) bool { return true }
	if selected == nil {
		return everything
	}
	wanted := map[string]bool{}
	for name := range selected {
		if !s.wantField(name, wanted) {
			return everything
		}
	}
	for name, needed := range s.needed {
		if owner, field, _ := strings.Cut(name, "."); operation.On(owner).Wanted(field) {
			for _, n := range needed {
				wanted[n] = true
			}
		}
	}
	return func(field string) bool { return wanted[field] }
}

// wantField adds the mapped fields behind one GraphQL field; false means that they are
// not known, and so everything must be read.
func (s *store) wantField(name string, wanted map[string]bool) bool {
	if needed, ok := s.needs[name]; ok {
		for _, n := range needed {
			wanted[n] = true
		}
		return true
	}
	switch name {
	case "id", "system", "__typename":
		return true
	case "dataIssues": // a finding may be in any cell
		return false
	}
	known := false
	text := false
	for _, list := range [...][]*mapping.Field{s.mapped.Fields, s.mapped.Unrecorded} {
		for _, f := range list {
			if f.Name == name || strings.HasPrefix(f.Name, name+".") {
				wanted[f.Name] = true
				known = true
				text = text || f.Spec.Kind == "text" && !plan.IsNumberField(f.Name)
			}
		}
	}
	for _, f := range s.mapped.Fields { // a text is masked by the names in its row
		if text && isParty(f) {
			wanted[f.Name] = true
		}
	}
	return known
}

// parents renders for each key the predicate of the rows that refer to it.
func (s *store) parents(table *plan.Table, field string, keys []string) ([]plan.Parent, error) {
	parents := make([]plan.Parent, len(keys))
	for i, key := range keys {
		p, err := table.Referring(field, key, s.env)
		if err != nil {
			return nil, err
		}
		parents[i].Where = p
	}
	return parents, nil
}

// projectWith chooses the wanted columns, and the one by which rows are told apart.
func (s *store) projectWith(table *plan.Table, field string, want func(string) bool) *plan.Projection {
	return plan.Project(table, func(name string) bool { return name == field || want(name) })
}

func (s *store) count(ctx context.Context, q *question) (n int, err error) {
	statement := q.table.Count(q.list.Where, countCap+1)
	err = s.db.Query(ctx, statement.SQL, statement.Args, func(cells []sql.RawBytes) error {
		n, err = strconv.Atoi(string(cells[0]))
		return err
	})
	return n, err
}
