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
	filter      string // the root field that lists the records, with $year and $next for the year and that after it
	conditions  []condition
	share       string // "" when the figure is no share
	distinct    string // "" when records are counted, or shares
	distinctOf  field
	emptyIsNo   []string
	years       []int // nil for all
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

// Of computes the report of a year; tables finds the records of a type. The records of a type
// are read once for all its figures. A figure is null where the site does not record what it
// needs, and where its system fails: failures has the error of each reading, in the order of the
// figures.
func (r *Report) Of(ctx context.Context, year int, tables func(record string) Table) (report *model.AnnualReport, failures []error) {
	report = &model.AnnualReport{Year: year}
	tallies := map[string][]*tally{} // by type: what the site records
	var types []string
	shown := map[*tally]*model.AnnualReportFigure{}
	for _, f := range r.figures {
		if f.years != nil && !slices.Contains(f.years, year) {
			continue
		}
		table := tables(f.Record)
		figure := &model.AnnualReportFigure{
			Name: f.Name, Label: f.label, Unit: f.unit, System: table.Kind().System, Source: f.Record,
			Filter: strings.NewReplacer("$year", yearText(year), "$next", yearText(year+1)).Replace(f.filter), Remarks: []*model.AnnualReportRemark{},
		}
		report.Figures = append(report.Figures, figure)
		if table.Lacks(f.fields()...) != nil {
			continue
		}
		if tallies[f.Record] == nil {
			types = append(types, f.Record)
		}
		t := &tally{figure: f, year: yearText(year), distinct: map[string]bool{}}
		shown[t], tallies[f.Record] = figure, append(tallies[f.Record], t)
	}
	for _, of := range types {
		var fields []string
		for _, t := range tallies[of] {
			fields = append(fields, t.figure.fields()...)
		}
		err := tables(of).Each(ctx, fields, func(record Record) {
			for _, t := range tallies[of] {
				t.add(record)
			}
		})
		if err != nil {
			failures = append(failures, err)
			continue
		}
		for _, t := range tallies[of] {
			shown[t].Value, shown[t].Remarks = t.value(), t.counted.remarks()
		}
	}
	return report, failures
}

// Unknown is a figure without a value, for want of fields that the site does not record.
type Unknown struct {
	Name  string
	Lacks []string
}

// Unknown lists the figures without a value, in the order of the report.
func (r *Report) Unknown(tables func(record string) Table) (list []Unknown) {
	for _, f := range r.figures {
		if lacking := tables(f.Record).Lacks(f.fields()...); lacking != nil {
			list = append(list, Unknown{f.Name, lacking})
		}
	}
	return list
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
