package annualreport

import (
	"slices"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// tally is one figure of one year while records are read.
type tally struct {
	definition *Figure
	figure     *model.AnnualReportFigure
	year       string
	counted    headcount
	part       int             // of a share
	distinct   map[string]bool // values of the field
}

// add takes a record in.
func (t *tally) add(r Record) {
	f := t.definition
	year, deciding := holds, make([]reading, 0, len(f.conditions)+1)
	for _, c := range f.conditions {
		if says := c.reads(r, t.year); c.isYear {
			year = says
		} else {
			deciding = append(deciding, says)
		}
	}
	switch {
	case f.share != "":
		flag := condition{field: f.share, values: []string{"true", "false"}}
		if t.counted.add(year, append(deciding, flag.reads(r, t.year))...) && r.Cell(f.share)[0] == "true" {
			t.part++
		}
	case f.distinct != "":
		if belongs := year == holds &&
			!slices.ContainsFunc(deciding, func(d reading) bool { return d != holds }); belongs {
			for _, value := range r.Cell(f.distinct) {
				t.distinct[value] = true
			}
		}
		t.counted.add(year, append(deciding, f.tells(r))...)
	default:
		t.counted.add(year, deciding...)
	}
}

// tells whether a record says all that there is to say of the values that are counted once
// each: of a list with an item that nobody can read it does not.
func (f *Figure) tells(r Record) reading {
	switch {
	case f.distinctOf.isList && hasIssue(r, f.distinct):
		return silent
	case !f.distinctOf.isList && !f.isEmptyNo(f.distinct) && len(r.Cell(f.distinct)) == 0:
		return silent
	}
	return holds
}

// value is the figure; nil for a share of nothing.
func (t *tally) value() *int {
	switch {
	case t.definition.share != "" && t.counted.count == 0:
		return nil
	case t.definition.share != "": // rounded down, so that 100 means all
		return new(t.part * 100 / t.counted.count)
	case t.definition.distinct != "":
		if t.definition.distinctOf.enum != nil {
			delete(t.distinct, other)
		}
		return new(len(t.distinct))
	}
	return new(t.counted.count)
}

// other is the value of an enum for a code that has none of its own.
const other = "OTHER"
