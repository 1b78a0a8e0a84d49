package adapters

import (
	"context"
	"maps"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Restricted is the set as it is for somebody who must never see some kinds of records, or some
// of their fields: to it they are what a site does not record. hides is asked for a record with
// the field "", and for each field. What is known of the servers is shared with the whole set.
func (s *Set) Restricted(hides func(record, field string) bool) (*Set, error) {
	o := *s.opener
	o.whole = s
	o.hides = func(record, field string) bool { return hides(record, field) && !o.namesParty(record, field) }
	o.systems = maps.Clone(o.systems)
	for name, system := range o.systems {
		if system.File != nil {
			system.File = system.File.Without(o.hides)
		}
		o.systems[name] = system
	}
	return o.set()
}

// namesParty tells whether a field is the name of somebody whom a record is about. It is read
// whoever asks, for by it the texts of its row are masked; that a name is hidden is a matter of
// the schema.
func (o *opener) namesParty(record, field string) bool {
	for _, system := range o.systems {
		if system.File == nil {
			continue
		}
		if t := system.File.Records[record]; t != nil && field != "" {
			f := t.Field(field)
			return f != nil && isParty(f)
		}
	}
	return false
}

// Systems lists the systems of which somebody may see something; without a restriction these
// are all.
func (s *Set) Systems() []model.System {
	if s.opener.whole == nil {
		return model.AllSystem
	}
	var list []model.System
	for _, source := range s.sources() {
		if system := source.Kind().System; !slices.Contains(list, system) && !source.stored().mapped.IsAbsent {
			list = append(list, system)
		}
	}
	return list
}

// restricts makes the source what somebody may see at most of another.
func (s *store) restricts(whole source, hides func(record, field string) bool) {
	s.whole = whole.stored()
	s.hides = func(field string) bool { return hides(s.kind.Record, field) }
	if s.hides("") { // nobody asks the server for what the caller does not know of
		s.nothing = &plan.Table{Mapping: s.mapped, Codecs: map[string]cell.Codec{}}
	}
}

func (s *store) stored() *store { return s }

// restricted is the table of the whole source without what is hidden. It is made anew when that
// is.
func (s *store) restricted(ctx context.Context) (*plan.Table, error) {
	whole := s.nothing
	if whole == nil {
		var err error
		if whole, err = s.whole.ready(ctx); err != nil {
			return nil, err
		}
	}
	s.mu.Lock()
	table := s.table
	isFresh := s.of == whole
	s.mu.Unlock()
	if isFresh {
		return table, nil
	}
	table = whole.Restricted(whole.Mapping.Without(s.hides))
	for _, f := range table.Mapping.Unrecorded { // reads nothing of no cell
		codec, err := cell.New(cell.Spec{Kind: "text"}, s.env)
		if err != nil {
			return nil, err
		}
		table.Codecs[f.Name] = codec
	}
	if err := s.linked(ctx, table); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.table, s.of = table, whole
	return table, nil
}
