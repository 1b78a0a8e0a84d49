package adapters

import (
	"context"
	"database/sql"
	"fmt"
	"reflect"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/clock"
)

// setClock lets the statutory clock tell of the source's records when they are due. It
// fails when a rule reads a field that the system does not record.
func (s *Source[T]) setClock(c *clock.Clock) error {
	s.clock = c
	fields := c.Fields(s.kind.Record)
	for _, f := range fields {
		if _, mapped := s.bind.fields[f]; !mapped {
			return fmt.Errorf("adapters: the deadlines of %s need its field %s, which is not mapped", s.kind.Record, f)
		}
	}
	if len(fields) == 0 {
		return nil
	}
	if s.needs == nil {
		s.needs = map[string][]string{}
	}
	s.needs["deadline"], s.needs["deadlines"] = fields, fields
	return nil
}

// Deadlines gives the deadlines of each record's steps, in the order of the procedure.
func (s *Source[T]) Deadlines(rows []*T) [][]*model.Deadline {
	lists := make([][]*model.Deadline, len(rows))
	for i, row := range rows {
		lists[i] = s.clock.Deadlines(s.kind.Record, facts{s.bind, reflect.ValueOf(row).Elem()})
	}
	return lists
}

// Deadline gives of each record the deadline that matters now; nil where there is none.
func (s *Source[T]) Deadline(rows []*T) []*model.Deadline {
	current := make([]*model.Deadline, len(rows))
	for i, list := range s.Deadlines(rows) {
		current[i] = clock.Current(list)
	}
	return current
}

// facts is what the clock may ask of one record.
type facts struct {
	bind   *binder
	record reflect.Value
}

// Day implements clock.Facts.
func (f facts) Day(field string) *model.Date {
	d, _ := f.field(field).Interface().(*model.Date)
	return d
}

// Value implements clock.Facts.
func (f facts) Value(field string) string {
	if v := f.field(field); !v.IsNil() {
		return v.Elem().String()
	}
	return ""
}

func (f facts) field(name string) reflect.Value {
	return f.record.FieldByIndex(f.bind.fields[name].index)
}

// overdue is the condition that a record has a step that is open past its deadline, among
// those that the given conditions let through. Records whose clock stopped some time
// cannot be told by conditions on fields: those that may be overdue are read, by one
// statement whatever their number, and named by key.
func (s *Source[T]) overdue(ctx context.Context, table *plan.Table, within []plan.Predicate) (plan.Filter, error) {
	sure, doubtful, ok := s.clock.Overdue(s.kind.Record)
	if !ok {
		return sure, fmt.Errorf("adapters: no rule says when a %s is due", s.kind.Record)
	}
	if doubtful == nil {
		return sure, nil
	}
	where, err := s.where(table, *doubtful)
	if err != nil {
		return sure, err
	}
	fields := s.clock.Fields(s.kind.Record)
	project := plan.Project(table, func(name string) bool { return slices.Contains(fields, name) })
	statement := table.List(plan.List{Project: project, Where: append(where, within...), Limit: rowsPerStatement + 1})
	keys := []string{}
	rows := 0
	err = s.read(ctx, table, statement, project, 0, func(row *T, _ []sql.RawBytes) {
		rows++
		if d := s.Deadline([]*T{row})[0]; d != nil && d.Overdue() {
			keys = append(keys, s.rowOf(row).Key())
		}
	})
	if err == nil && rows > rowsPerStatement {
		err = s.tooLarge("records with a stopped clock", rowsPerStatement)
	}
	return plan.Filter{Or: []plan.Filter{sure, {Keys: keys}}}, err
}
