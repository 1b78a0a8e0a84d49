package adapters

import (
	"context"
	"database/sql"
	"log/slog"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// freshFor is how long what was learned of a table's strays is gone by; then it is learned
// anew while questions go on. Of a large table, which it takes a scan a column, for longer.
const (
	freshFor      = 10 * time.Minute
	freshForLarge = 6 * time.Hour
)

// seek has the server tell which texts the table's columns have that no spelling foresees,
// see plan.Search. They are no part of a request's log, whose statements depend on the
// request alone. What the server does not tell in time is done without, and isWhole false.
func (s *store) seek(ctx context.Context, table *plan.Table, physical *plan.Physical) (isWhole bool) {
	ctx, isWhole = sources.With(ctx, nil), true
	for _, q := range table.Searches() {
		var texts, read []string
		rows := 0
		err := s.db.Query(ctx, q.SQL, q.Args, func(cells []sql.RawBytes) error {
			rows++
			if cells[0] != nil {
				texts, read = append(texts, string(cells[0])), append(read, string(cells[1]))
			}
			return nil
		})
		if err != nil {
			isWhole = false
			continue
		}
		table.Learn(q, texts, read)
		if q.IsCut(rows) {
			s.db.Warn(ctx,
				"a column has more odd spellings than are kept: filters and statistics may miss some of its cells",
				slog.String("record", s.mapped.Record), slog.String("column", q.Column), slog.Int("kept", rows))
		}
	}
	if isLarge(physical) { // there an order must be one that an index serves
		return isWhole
	}
	for _, q := range table.Disorders() {
		isDisordered := false
		err := s.db.Query(ctx, q.SQL, q.Args, func([]sql.RawBytes) error {
			isDisordered = true
			return nil
		})
		if err != nil {
			isWhole = false
			continue
		}
		table.Disorder(q, isDisordered)
	}
	return isWhole
}

// refresh has the strays sought again in the background where it is time to; s.mu is held.
func (s *store) refresh(physical *plan.Physical) {
	fresh := freshFor
	if isLarge(physical) {
		fresh = freshForLarge
	}
	if s.seeking || time.Since(s.sought) < fresh {
		return
	}
	s.seeking = true
	s.db.Background(func(ctx context.Context) {
		table, _, err := s.made(ctx, physical, true)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.seeking, s.sought = false, time.Now() // after a failure it is not tried at every question
		if err == nil && (physical == nil || physical == s.physical) {
			s.table = table
		}
	})
}

// isLarge tells whether a table is one that no question may look through; nil is not known.
func isLarge(physical *plan.Physical) bool { return physical != nil && physical.Rows > physical.Large }
