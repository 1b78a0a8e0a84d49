package adapters

import (
	"context"
	"errors"
	"fmt"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/clock"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/fanout"
)

// System is one legacy system as a Set reads it.
type System struct {
	DB   *database.DB // nil when the deployment does not have the system
	File *mapping.File
	// Large is how many rows of a table a list may look at without an index; 0 means
	// LargeTable.
	Large int64
	// ShowRaw lets data issues show cells as they are stored, where nothing in them looks as
	// if it could name somebody.
	ShowRaw bool
	Sealer  model.Sealer // of ids and cursors that hold the number of a person; nil leaves them in clear
}

// Open joins structs, mappings, servers and the statutory clock. It does not connect.
// systems holds every system; an error is a defect of the program, since mapping.Parse
// has checked the files, a deadline over a field that a site does not map, or mapping.Findings
// about bands of ages.
func Open(systems map[model.System]System, env cell.Env, rules *clock.Clock) (*Set, error) {
	o := opener{systems: systems, env: env, clock: rules, catalogs: map[model.System]*catalog{}}
	for _, system := range model.AllSystem {
		c := &catalog{db: systems[system].DB, large: systems[system].Large}
		if c.large == 0 {
			c.large = LargeTable
		}
		o.catalogs[system] = c
	}
	return o.set()
}

// set opens all sources and joins them.
func (o opener) set() (*Set, error) {
	s := &Set{opener: &o}
	if s.open(&o); o.err != nil {
		return nil, o.err
	}
	if o.whole != nil {
		whole := o.whole.sources()
		for i, source := range s.sources() {
			source.restricts(whole[i], o.hides)
		}
	}
	s.setParties()
	s.setLinks()
	s.setScopes()
	var findings mapping.Findings
	for _, source := range s.sources() {
		findings = append(findings, source.fine(o.systems[source.Kind().System].File)...)
	}
	if findings != nil {
		return nil, findings
	}
	return s, nil
}

// Learn has each server tell of its tables, all at the same time, so that no request waits
// for it. A server that does not answer is asked again when requests come. The error is a
// defect of the program.
func (s *Set) Learn(ctx context.Context) error {
	var asked fanout.Group
	for _, source := range s.sources() {
		asked.Go(func() { source.learn(ctx) })
	}
	return asked.Wait()
}

// Orders reports every order of the mappings that no index serves well. Errors are the
// faults of systems that do not answer; the reports of the others are given nevertheless.
func (s *Set) Orders(ctx context.Context) (reports []OrderReport, err error) {
	for _, source := range s.sources() {
		of, failed := source.orderReports(ctx)
		reports = append(reports, of...)
		err = errors.Join(err, failed)
	}
	return reports, err
}

// source is a Source of any record.
type source interface {
	learn(ctx context.Context)
	orderReports(ctx context.Context) ([]OrderReport, error)
	undue() []Undue
	fine(file *mapping.File) mapping.Findings
	Kind() *model.Kind
	lost() []string
	restricts(whole source, hides func(record, field string) bool)
	stored() *store
}

// Unrecorded lists what the site does not record of a system: "ReconsiderationFacility" of
// a whole record, "LegalAidCase.receivedOn" of a field. Empty, never nil.
func (s *Set) Unrecorded(system model.System) []string {
	list := []string{}
	for _, source := range s.sources() {
		if source.Kind().System == system {
			list = append(list, source.lost()...)
		}
	}
	return list
}

// Undue is a step of a record for which no deadline is told, since the site does not record
// the fields.
type Undue struct {
	Record string
	Step   string
	Lacks  []string
}

// Undue lists the steps of all records for which no deadline is told.
func (s *Set) Undue() (list []Undue) {
	for _, source := range s.sources() {
		list = append(list, source.undue()...)
	}
	return list
}

// opener keeps the first error, so that Open reads as the list it is.
type opener struct {
	systems  map[model.System]System
	env      cell.Env
	clock    *clock.Clock
	catalogs map[model.System]*catalog
	whole    *Set // of which the new one is a part, see Restricted; nil for all there is
	hides    func(record, field string) bool
	err      error
}

func open[T any](o *opener, system model.System, record string, into **Source[T]) {
	if o.err != nil {
		return
	}
	table := o.systems[system].File.Records[record]
	if table == nil {
		o.err = fmt.Errorf("adapters: the mapping of %s has no %s", system, record)
		return
	}
	if *into, o.err = NewSource[T](o.systems[system].DB, system, table, o.env); o.err == nil {
		(*into).catalog, (*into).showRaw = o.catalogs[system], o.systems[system].ShowRaw
		(*into).kind.Sealer = o.systems[system].Sealer
		o.err = (*into).setClock(o.clock)
	}
}
