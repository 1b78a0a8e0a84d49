// Package publicity invents the database of the law publicity system (普法宣传), in the
// full-pinyin style: code columns in _types explained by one dictionary, varchar dates in
// the layout of whoever typed them, HTML left by an editor, one latin1 column with UTF-8
// bytes, and a sheet of honours imported whole. Most of it is dataset.yaml; here is what
// happened. adapters/publicity maps it.
package publicity

import (
	_ "embed"
	"math/rand/v2"

	"github.com/bureaugraph/bureaugraph/internal/demo/dataset"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

//go:embed dataset.yaml
var file []byte

// Database invents the district's publicity system. The same world gives the same rows.
func Database(w *world.World) *legacy.Database {
	return (&scribe{w: w}).database()
}

// database tells the file what happened.
func (s *scribe) database() *legacy.Database {
	s.units, s.items = map[int][]string{}, map[int][]int{}
	return dataset.Must(s.w, yamlfile.Source{Name: "publicity/dataset.yaml", Data: file}, dataset.Hooks{
		Sources: map[string]dataset.Source{
			"events": {
				Gives: []string{"talk", "status", "venue", "form", "theme", "created", "day", "approved", "held",
					"reported",
					"verified", "finished", "year", "serial", "items"},
				Rows: s.eventRows,
			},
			"handouts": {Gives: []string{"event", "held"}, Rows: s.handouts},
			"assignments": {
				Gives: []string{"year", "serial", "kind", "theme", "title", "department", "town", "due", "isSure",
					"isCounted"},
				Rows: s.planRows,
			},
			"awards": {Gives: []string{"year", "number", "level", "kind", "on", "serial", "isCounted"}, Rows: s.awards},
		},
		Values: map[string]func(*dataset.Row) any{
			"activeUnit": func(r *dataset.Row) any { return world.Pick(r.Rand, s.unitsOf(number(r.Get("year")))) },
			"someEvent":  func(r *dataset.Row) any { return world.Pick(r.Rand, s.events).id },
			"townAt":     func(r *dataset.Row) any { return s.w.Towns.List[number(r.Get("at"))].Code },
			"planItem":   planItem,
			"speakers":   speakers,
		},
	})
}

// scribe knows what later tables ask of earlier ones.
type scribe struct {
	w      *world.World
	run    *dataset.Run
	r      *rand.Rand
	units  map[int][]string // departments that existed at the middle of a year
	items  map[int][]int    // ids of the plan's items by year
	events []event
}

// chance is true in so many of a hundred cases.
func (s *scribe) chance(percent int) bool { return s.r.IntN(100) < percent }

// between takes a number in [from, to].
func (s *scribe) between(from, to int) int { return from + s.r.IntN(to-from+1) }

func (s *scribe) unitsOf(year int) []string {
	if s.units[year] == nil {
		s.units[year] = s.w.ActiveDepartments(world.Day(year, 7, 1))
	}
	return s.units[year]
}
