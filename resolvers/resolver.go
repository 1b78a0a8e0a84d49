// Package resolvers answers the fields of the graph that are not plain struct fields.
// A resolver is one to five lines: it names the relation, and loaders and sources do the
// rest. Relations are batch resolvers: all parents of a level in, all children out, in
// no particular grouping.
package resolvers

import (
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/annualreport"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/metrics"
	"github.com/bureaugraph/bureaugraph/internal/personid"
)

// Resolver is the root of all resolvers.
type Resolver struct {
	Set       *adapters.Set
	Reference Reference
	Metrics   *metrics.Book
	Report    *annualreport.Report
	Systems   map[model.System]*database.DB // a missing or nil entry is not part of the deployment
	Persons   *personid.Cipher              // makes the Node ids of persons
	Today     func() model.Date             // the statutory clock's day, which also tells who is a minor
	// SuppressBelow is how many persons must stand behind a figure for it to be shown; 0 shows
	// all.
	SuppressBelow int
	// Schema is what the caller sees of the graph; nil is all of it.
	Schema *ast.Schema

	runs runs // runs over whole tables
}

func (r *Resolver) schema() *ast.Schema {
	if r.Schema != nil {
		return r.Schema
	}
	return graph.Schema()
}

// As is the resolver of somebody who must never see some kinds of records and fields: hides is
// asked for a kind with the field "", and for each field. schema is what is left of the graph,
// suppressBelow the bound for figures. What is known of the servers is shared.
func (r *Resolver) As(hides func(record, field string) bool, schema *ast.Schema, suppressBelow int) (*Resolver, error) {
	set, err := r.Set.Restricted(hides)
	if err != nil {
		return nil, err
	}
	part := &Resolver{
		Set: set, Reference: r.Reference, Metrics: r.Metrics, Report: r.Report, Systems: r.Systems,
		Persons: r.Persons, Today: r.Today, SuppressBelow: suppressBelow, Schema: schema,
	}
	lost := map[string]bool{} // figures that have a value, and none without what is hidden
	for _, f := range part.UnknownFigures() {
		lost[f.Name] = true
	}
	for _, f := range r.UnknownFigures() {
		delete(lost, f.Name)
	}
	part.Metrics = r.Metrics.Only(func(m *metrics.Metric) bool { return !lost[m.Name] && !hides(m.Record.Name, "") })
	part.Report = r.Report.Only(func(f *annualreport.Figure) bool { return !lost[f.Name] && !hides(f.Record, "") })
	return part, nil
}

// Reference is the data no system owns.
type Reference struct {
	Towns       *reference.Towns
	Departments *reference.Departments
}
