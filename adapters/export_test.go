package adapters

import (
	"context"
	"database/sql"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
)

// LearnTypes has the source ask the server what it knows of its tables, as Open does.
func (s *Source[T]) LearnTypes() { s.catalog = &catalog{db: s.db, large: LargeTable} }

// Shown is one record as a test sees it.
type Shown struct {
	Key    string
	Values func(field string) []string // what a field refers to, or has as its value
}

// Owned is what a kind's scope says.
type Owned struct {
	IsPublic                     bool
	Towns, Departments, Handlers []string
	Of, Key, By                  string
	Parent                       string // kind
}

// Records hands over all records of all kinds that the context's caller may see.
func (s *Set) Records(ctx context.Context, each func(record string, of Owned, rows []Shown)) error {
	for _, source := range s.sources() {
		st := source.stored()
		table, err := st.visible(ctx)
		if err != nil {
			return err
		}
		project := plan.Project(table, func(string) bool { return true })
		statement := table.List(plan.List{Project: project, Limit: 1e6})
		shown := []Shown{}
		err = source.(rows).entries(ctx, table, statement, project, 0, func(e entry, _ []sql.RawBytes) error {
			shown = append(shown, Shown{e.row().Key(), e.keys})
			return nil
		})
		if err != nil {
			return err
		}
		sc := st.scope
		of := Owned{IsPublic: sc.isPublic, Towns: sc.towns, Departments: sc.departments, Handlers: sc.handlers,
			Of: sc.of, Key: sc.key, By: sc.by}
		if sc.parent != nil {
			of.Parent = sc.parent.kind.Record
		}
		each(st.kind.Record, of, shown)
	}
	return nil
}
