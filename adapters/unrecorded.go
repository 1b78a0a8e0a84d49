package adapters

import (
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// A field that a site's overlay has removed is a value, not a surprise. Who selects it has
// null. Whatever the program asks of it by itself, in a feed, a search, a check, finds
// nothing: relations over it have no rows, conditions on it hold nowhere, and it is NULL in
// SQL. Only a client who asks for it, in a filter, an order, a dimension or by an argument,
// is told, in one sentence that names it.

// Records tells whether the site records a field of the source's own: "" is its key. A field
// that the mapping never had is a defect of the program, which shows when it is asked for.
func (s *store) Records(field string) bool {
	if s.mapped.IsAbsent {
		return false
	}
	if field == "" {
		return true
	}
	f := s.mapped.Field(field)
	return f == nil || f.IsRecorded()
}

// lost lists what the site does not record, as Set.Unrecorded has it.
func (s *store) lost() (names []string) {
	if s.whole != nil { // what is hidden is not told of
		return slices.DeleteFunc(s.whole.lost(), func(name string) bool {
			_, field, _ := strings.Cut(name, ".")
			return s.hides("") || s.hides(field)
		})
	}
	if s.mapped.IsAbsent {
		return []string{s.kind.Record}
	}
	for _, f := range s.mapped.Unrecorded {
		names = append(names, s.kind.Record+"."+f.Name)
	}
	return names
}

// Lacks names the fields behind the filters, and the given ones, that the site does not
// record, each once and in order; linked fields and what the clock answers among them. It
// is the record's own name where the site has no such records.
func (s *store) Lacks(filters []filter.Filter, fields ...string) []string {
	if s.mapped.IsAbsent {
		return []string{s.kind.Record}
	}
	var lacking []string
	add := func(field string) {
		switch {
		case field == "" || field == issueField:
		case isOfClock(field):
			lacking = append(lacking, s.clockLacks(field)...)
		default:
			if f, _ := s.shown(field); f == nil {
				lacking = append(lacking, field)
			}
		}
	}
	var walk func(filter.Filter)
	walk = func(f filter.Filter) {
		if f.Party == nil {
			add(f.Field)
		}
		if f.Period != nil {
			add(f.Period.Done)
		}
		for _, part := range filter.Parts(f) {
			walk(part)
		}
	}
	for _, f := range filters {
		walk(f)
	}
	for _, f := range fields {
		add(f)
	}
	slices.Sort(lacking)
	return slices.Compact(lacking)
}

// clockLacks names the fields for want of which the clock cannot answer a flag.
func (s *store) clockLacks(flag string) []string {
	step := stepOf(flag)
	if s.clock != nil && s.clock.Rules(s.kind.Record, step) {
		return nil
	}
	lacking := s.clockless[string(step)]
	if step == "" {
		for _, fields := range s.clockless {
			lacking = append(lacking, fields...)
		}
	}
	if len(lacking) == 0 {
		lacking = []string{flag}
	}
	return lacking
}

// notRecorded is the fault of a client's question that needs a field the site has not got.
func notRecorded(argument string, lacking []string) error {
	return fault.Input(argument, "this system does not record %s", strings.Join(lacking, ", "))
}

// knows tells whether the graph has the field; of others the compiler of filters tells.
func (s *store) knows(field string) bool {
	return isOfClock(field) || s.mapped.Field(field) != nil ||
		slices.ContainsFunc(s.links, func(l link) bool { return l.name == field })
}

// unrecorded tells of each condition of a client's filter that needs what the site does not
// record. Conditions on parties are told of where they are checked.
func (s *store) unrecorded(argument string, f filter.Filter) (faults []error) {
	if f.At != "" {
		argument += "." + f.At
	}
	if s.knows(f.Field) && f.Party == nil {
		if lacking := s.Lacks(nil, f.Field); lacking != nil {
			faults = append(faults, notRecorded(argument+"."+f.Field, lacking))
		}
	}
	for _, part := range filter.Parts(f) {
		faults = append(faults, s.unrecorded(argument, part)...)
	}
	return faults
}
