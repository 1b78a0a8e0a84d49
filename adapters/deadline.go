package adapters

import (
	"fmt"
	"maps"
	"slices"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/clock"
)

// setClock lets the statutory clock tell of the source's records when they are due, by the
// rules all of whose fields the site records. It fails when a rule reads a field that the
// program does not know.
func (s *store) setClock(c *clock.Clock) error {
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
func Deadlines[T any](of *Source[T], rows []*T) [][]*model.Deadline {
	lists := make([][]*model.Deadline, len(rows))
	for i, row := range rows {
		lists[i] = of.clock.Deadlines(of.kind.Record, of.entry(row))
	}
	return lists
}

// Deadline gives of each record the deadline that matters now; nil where there is none.
func Deadline[T any](of *Source[T], rows []*T) []*model.Deadline {
	current := make([]*model.Deadline, len(rows))
	for i, list := range Deadlines(of, rows) {
		current[i] = clock.Current(list)
	}
	return current
}

// undue lists the steps for want of whose fields no deadline is told.
func (s *store) undue() (list []Undue) {
	for _, step := range slices.Sorted(maps.Keys(s.clockless)) {
		lacks := slices.Compact(slices.Sorted(slices.Values(s.clockless[step])))
		list = append(list, Undue{Record: s.kind.Record, Step: step, Lacks: lacks})
	}
	return list
}
