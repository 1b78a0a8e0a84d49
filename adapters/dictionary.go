package adapters

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// ready gives the table with its codecs. Codes that live in the system's own dictionary
// tables are read on first use and kept: they change about once a year, and a restart, or
// what is learned after an outage, reads them anew. While the system is down nothing is
// kept and the next request tries again. Requests that come together ask the server once,
// and none waits longer than it may.
func (s *store) ready(ctx context.Context) (_ *plan.Table, err error) {
	if s.whole != nil {
		return s.restricted(ctx)
	}
	if s.db == nil {
		return nil, fault.Source(fault.SourceUnavailable, string(s.kind.System),
			string(s.kind.System)+" is not part of this deployment", nil)
	}
	physical := s.catalog.relation(ctx, s.mapped.Name)
	current := func() *plan.Table {
		s.mu.Lock()
		defer s.mu.Unlock()
		if physical == nil || physical == s.physical {
			return s.table
		}
		return nil
	}
	if current() == nil {
		err = s.db.Await(ctx, func(ctx context.Context) error {
			_, err := s.making.Do(ctx, "", func() (none struct{}, err error) {
				if current() != nil { // made while this request waited
					return none, nil
				}
				table, sought, err := s.made(ctx, physical, !isLarge(physical))
				if err == nil {
					s.mu.Lock()
					s.table, s.physical, s.sought = table, physical, sought
					s.mu.Unlock()
				}
				return none, err
			})
			return err
		})
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.table != nil { // perhaps the old one, while the server does not tell what the new one needs
		s.refresh(physical)
		return s.table, nil
	}
	system := string(s.kind.System)
	sources.From(ctx).Failed(system, database.StatusOf(fault.Of(err)))
	return nil, err
}

// made makes the table by what the server says of it; nil where that is not known. sought
// is when its strays were; zero where not all were.
func (s *store) made(ctx context.Context, physical *plan.Physical,
	seek bool) (table *plan.Table, sought time.Time, err error) {
	table = &plan.Table{Mapping: s.mapped, Codecs: map[string]cell.Codec{}, Twins: map[string]*cell.Twin{},
		Made: new(plan.Made)}
	mapped := *s.mapped
	mapped.Fields = slices.Clone(s.mapped.Fields)
	table.Mapping = &mapped
	for i, f := range mapped.Fields {
		if f.Dictionary != nil {
			resolved := *f
			codes, err := s.codes(ctx, f.Dictionary)
			if err != nil {
				return nil, sought, err
			}
			resolved.Spec.Values = codes
			resolved.Spec.Labels = labelsOf(codes, f.Spec.Labels)
			mapped.Fields[i] = &resolved
		}
		codec, err := cell.New(mapped.Fields[i].Spec, s.env)
		if err != nil {
			return nil, sought, err
		}
		table.Codecs[f.Name] = codec
		if f.Twin != "" {
			if table.Twins[f.Name], err = cell.NewTwin(f.Spec); err != nil {
				return nil, sought, err
			}
		}
	}
	for _, f := range mapped.Unrecorded { // reads nothing of no cell
		codec, err := cell.New(cell.Spec{Kind: "text"}, s.env)
		if err != nil {
			return nil, sought, err
		}
		table.Codecs[f.Name] = codec
	}
	if physical != nil {
		table.Types = physical.Types
	}
	if s.catalog != nil {
		table.Apart = s.apart(ctx, physical)
	}
	if seek && s.seek(ctx, table, physical) {
		sought = time.Now()
	}
	if err := s.linked(ctx, table); err != nil {
		return nil, sought, err
	}
	return table, sought, nil
}

// apart says how the table's rows are told apart. Where no unique index vouches for the key,
// as in most tables that came from other databases, the rows themselves are looked at: a
// digest costs every list a sort of the whole table. They are looked at again with the
// strays; a file is counted besides.
func (s *store) apart(ctx context.Context, physical *plan.Physical) plan.Apart {
	apart := plan.ApartOf(s.mapped, physical)
	if apart.Digest == nil || !physical.Compares(s.mapped.Key) {
		return apart
	}
	isShared := false
	q := plan.SharedKey(s.mapped)
	err := s.db.Query(sources.With(ctx, nil), q.SQL, q.Args, func([]sql.RawBytes) error {
		isShared = true
		return nil
	})
	if err != nil || isShared {
		return apart
	}
	return plan.Apart{Columns: s.mapped.Key}
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
func (s *store) codes(ctx context.Context, d *mapping.Dictionary) (map[string]string, error) {
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
