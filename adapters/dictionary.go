package adapters

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// ready gives the table with its codecs. Codes that live in the system's own dictionary
// tables are read on first use and kept: they change about once a year, and a restart, or
// what is learned after an outage, reads them anew. While the system is down nothing is
// kept and the next request tries again.
func (s *Source[T]) ready(ctx context.Context) (*plan.Table, error) {
	if s.db == nil {
		return nil, fault.Source(fault.SourceUnavailable, string(s.kind.System), string(s.kind.System)+" is not part of this deployment", nil)
	}
	physical := s.catalog.table(ctx, s.mapped.Name)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.table != nil && (physical == nil || physical == s.physical) {
		return s.table, nil
	}
	table, err := s.made(ctx, physical)
	switch {
	case err == nil:
		s.table, s.physical = table, physical
	case s.table == nil:
		return nil, err
	}
	return s.table, nil // the old one, while the server does not tell what the new one needs
}

// made makes the table by what the server says of it; nil where that is not known.
func (s *Source[T]) made(ctx context.Context, physical *plan.Physical) (*plan.Table, error) {
	table := &plan.Table{Mapping: s.mapped, Codecs: map[string]cell.Codec{}, Twins: map[string]*cell.Twin{}}
	mapped := *s.mapped
	mapped.Fields = slices.Clone(s.mapped.Fields)
	table.Mapping = &mapped
	for i, f := range mapped.Fields {
		if f.Dictionary != nil {
			resolved := *f
			codes, err := s.codes(ctx, f.Dictionary)
			if err != nil {
				return nil, err
			}
			resolved.Spec.Values = codes
			resolved.Spec.Labels = labelsOf(codes, f.Spec.Labels)
			mapped.Fields[i] = &resolved
		}
		codec, err := cell.New(mapped.Fields[i].Spec, s.env)
		if err != nil {
			return nil, err
		}
		table.Codecs[f.Name] = codec
		if f.Twin != "" {
			if table.Twins[f.Name], err = cell.NewTwin(f.Spec); err != nil {
				return nil, err
			}
		}
	}
	if err := s.linked(ctx, table); err != nil {
		return nil, err
	}
	if physical != nil {
		table.Types = physical.Types
	}
	if s.catalog != nil {
		table.Apart = plan.ApartOf(s.mapped, physical)
	}
	return table, nil
}

// labelsOf keeps the labels of codes that the dictionary still has.
func labelsOf(codes, labels map[string]string) map[string]string {
	if labels == nil {
		return nil
	}
	kept := map[string]string{}
	for code, label := range labels {
		if _, ok := codes[code]; ok {
			kept[code] = label
		}
	}
	return kept
}

// codes reads one code table: code to enum value, by label. It is no part of the
// request's log: it happens once a process, and a request's statements depend on its
// shape only.
func (s *Source[T]) codes(ctx context.Context, d *mapping.Dictionary) (map[string]string, error) {
	ctx = sources.With(ctx, nil)
	statement := plan.Dictionary(d)
	codes := map[string]string{}
	err := s.db.Query(ctx, statement.SQL, statement.Args, func(cells []sql.RawBytes) error {
		code, label := strings.Trim(string(cells[0]), " "), strings.Trim(string(cells[1]), " ")
		if value, ok := d.Labels[label]; ok && code != "" {
			codes[code] = value
		}
		return nil
	})
	return codes, err
}
