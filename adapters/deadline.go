package adapters

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/clock"
)

// setClock lets the statutory clock tell of the source's records when they are due, by the
// rules all of whose fields the site records. It fails when a rule reads a field that the
// program does not know.
func (s *Source[T]) setClock(c *clock.Clock) error {
	for _, f := range c.Fields(s.kind.Record) {
		if _, bound := s.bind.fields[f]; !bound {
			return fmt.Errorf("adapters: the deadlines of %s need its field %s, which is not mapped", s.kind.Record, f)
		}
	}
	s.clock, s.clockless = c.Within(s.kind.Record, s.Records)
	fields := s.clock.Fields(s.kind.Record)
	if len(fields) == 0 && len(s.clockless) == 0 {
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

// Filled implements clock.Facts.
func (f facts) Filled(field string) bool { return !f.field(field).IsNil() || f.Unreadable(field) }

// Unreadable implements clock.Facts. A zero date is what a column holds before anybody
// enters a day.
func (f facts) Unreadable(field string) bool {
	row := f.record.FieldByIndex(f.bind.row).Addr().Interface().(*model.Row)
	return slices.ContainsFunc(row.DataIssues(), func(i *model.DataIssue) bool {
		return i.Field == field && (i.Severity == model.DataIssueSeverityDropped && i.Rule != model.DataIssueRuleZeroDate || i.Rule == model.DataIssueRuleUnknownCode)
	})
}

func (f facts) field(name string) reflect.Value {
	v, err := f.record.FieldByIndexErr(f.bind.fields[name].index)
	if err != nil { // a part of the record that is not there
		return reflect.Zero(f.bind.fields[name].typ)
	}
	return v
}

// undue lists the steps for want of whose fields no deadline is told.
func (s *Source[T]) undue() (list []Undue) {
	for _, step := range slices.Sorted(maps.Keys(s.clockless)) {
		lacks := slices.Compact(slices.Sorted(slices.Values(s.clockless[step])))
		list = append(list, Undue{Record: s.kind.Record, Step: step, Lacks: lacks})
	}
	return list
}
