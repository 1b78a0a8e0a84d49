// Package annualreport computes the figures of the bureau's annual report. Which they are is
// data: the annualreport.yaml of each system, and of a site reference/annualreport.yaml, which
// takes the place of those that ship or, with `extend: true`, is laid over them.
//
//	chapter: where the file's figures stand in the report, from 1; the order of files decides
//	  between figures of one chapter, and those of a site stand last where it says none
//	figures: by name, in the order of the report. A figure has
//	  label       Chinese
//	  unit        场, %
//	  list        root field that lists the records that are counted
//	  conditions  field: value, or values of which it has one. A day or a number of a year whose
//	              value is $year places a record in the report's year; a figure without one is as of
//	              today. Fields are enums, numbers, and yes or no
//	  share       a yes or no: the figure is the share of records, in percent and rounded down, for which
//	              it is yes, among those for which it is recorded
//	  distinct    a field: the figure is how many values it has, each counted once, OTHER left out
//	  emptyIsNo   fields that are only entered where something holds: an empty cell says no. Elsewhere
//	              it says nothing, and the record is told as left out
//	  years       the years in whose report the figure stands; without them, in all
//	  chapter     another place than the file's
//
// Without share and distinct a figure counts the records. What it counts is told by the filter
// of its list, as far as the list has conditions or arguments for it.
package annualreport

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Report is the figures of a site's annual report.
type Report struct {
	figures []*Figure // in the order of the report
}

// Figure is one definition.
type Figure struct {
	Name   string
	Record string // GraphQL type of what is counted

	label, unit string
	chapter     int
	filter      string // root field that lists the records, with theYear and nextYear in it
	conditions  []condition
	share       string // "" when the figure is no share
	distinct    string // "" when records are counted, or shares
	distinctOf  field
	emptyIsNo   []string
	years       []int // nil for all
}

// Only is the report with some of its figures.
func (r *Report) Only(keeps func(f *Figure) bool) *Report {
	part := &Report{}
	for _, f := range r.figures {
		if keeps(f) {
			part.figures = append(part.figures, f)
		}
	}
	return part
}

// Table is the records of one kind.
type Table interface {
	Kind() *model.Kind
	// Lacks names those of the fields that the site does not record; the kind's own name where it
	// has no such records; nil when it lacks nothing.
	Lacks(fields ...string) []string
	// Each reads the fields of all records. Errors are the faults of the system.
	Each(ctx context.Context, fields []string, each func(Record)) error
}

// Tables finds the records of a type.
type Tables func(record string) Table

// Of computes the report of a year. The records of a type
// are read once for all its figures, and once more for those of certain years: what a figure of
// every year costs, and how it fails, is then the same in every year. A figure is null where the
// site does not record what it needs, and where its system fails: failures has the error of each
// reading, in the order of the figures.
func (r *Report) Of(ctx context.Context, year int, tables Tables) (report *model.AnnualReport, failures []error) {
	report = &model.AnnualReport{Year: year}
	var list []*round
	for _, f := range r.figures {
		if f.years != nil && !slices.Contains(f.years, year) {
			continue
		}
		table := tables(f.Record)
		t := &tally{definition: f, year: strconv.Itoa(year), distinct: map[string]bool{}}
		t.figure = &model.AnnualReportFigure{
			Name: f.Name, Label: f.label, Unit: f.unit, System: table.Kind().System, Source: f.Record,
			Filter: f.filterOf(year), Remarks: []*model.AnnualReportRemark{},
		}
		report.Figures = append(report.Figures, t.figure)
		if table.Lacks(f.fields()...) == nil {
			list = take(list, t)
		}
	}
	for _, round := range list {
		if err := round.read(ctx, tables(round.record)); err != nil {
			failures = append(failures, err)
		}
	}
	return report, failures
}

// round is one reading of records, and what is told from it.
type round struct {
	record  string
	ofYears bool // for figures of certain years
	tallies []*tally
}

// take adds a figure to its round, which is a new one when it is the first.
func take(list []*round, t *tally) []*round {
	f := t.definition
	at := slices.IndexFunc(list, func(r *round) bool { return r.record == f.Record && r.ofYears == (f.years != nil) })
	if at < 0 {
		at, list = len(list), append(list, &round{record: f.Record, ofYears: f.years != nil})
	}
	list[at].tallies = append(list[at].tallies, t)
	return list
}

// read fills the figures in.
func (r *round) read(ctx context.Context, table Table) error {
	var fields []string
	for _, t := range r.tallies {
		fields = append(fields, t.definition.fields()...)
	}
	err := table.Each(ctx, fields, func(record Record) {
		for _, t := range r.tallies {
			t.add(record)
		}
	})
	if err != nil {
		return err
	}
	for _, t := range r.tallies {
		t.figure.Value, t.figure.Remarks = t.value(), t.counted.remarks()
	}
	return nil
}

// Unknown is a figure without a value, for want of fields that the site does not record.
type Unknown struct {
	Name  string
	Lacks []string
}

// Unknown lists the figures without a value, in the order of the report.
func (r *Report) Unknown(tables Tables) (list []Unknown) {
	for _, f := range r.figures {
		if lacking := tables(f.Record).Lacks(f.fields()...); lacking != nil {
			list = append(list, Unknown{f.Name, lacking})
		}
	}
	return list
}

// filterOf is what the figure of a year counts.
func (f *Figure) filterOf(year int) string {
	return strings.NewReplacer(theYear, strconv.Itoa(year), nextYear, strconv.Itoa(year+1)).Replace(f.filter)
}

// fields are the fields that a figure reads.
func (f *Figure) fields() (names []string) {
	for _, c := range f.conditions {
		names = append(names, c.field)
	}
	for _, name := range []string{f.share, f.distinct} {
		if name != "" {
			names = append(names, name)
		}
	}
	return names
}

// isEmptyNo tells whether an empty cell of the field says no.
func (f *Figure) isEmptyNo(field string) bool { return slices.Contains(f.emptyIsNo, field) }
