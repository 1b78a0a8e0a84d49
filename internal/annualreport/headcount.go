package annualreport

import (
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Record is one record as a figure reads it.
type Record interface {
	// Cell gives what was read of a field, written as in a filter; nothing where nothing was.
	Cell(field string) []string
	// DataIssues are the findings about the record's cells.
	DataIssues() []*model.DataIssue
}

// reading is what a record says of a condition of a figure.
type reading int

const (
	silent reading = iota // nothing: the cell is empty, unreadable, or has a code that nobody knows
	holds
	fails
)

// condition is that a field has one of the values. In a list one item is enough.
type condition struct {
	field     string
	values    []string
	isYear    bool // instead of values: the day lies in the report's year, or the number is the year
	emptyIsNo bool // an empty cell says that no value holds; else it says nothing
}

func (c condition) reads(r Record, year string) reading {
	said := r.Cell(c.field)
	switch {
	case len(said) == 0 && c.emptyIsNo && !hasIssue(r, c.field):
		return fails
	case len(said) == 0:
		return silent
	case c.isYear && (said[0] == year || strings.HasPrefix(said[0], year+"-")): // 2023, or 2023-05-04
		return holds
	case slices.ContainsFunc(said, func(s string) bool { return slices.Contains(c.values, s) }):
		return holds
	case hasIssue(r, c.field, model.DataIssueRuleUnknownCode):
		return silent // the enum's value for other codes
	}
	return fails
}

// hasIssue tells whether a finding names the field, by one of the rules if any are given.
func hasIssue(r Record, field string, rules ...model.DataIssueRule) bool {
	return slices.ContainsFunc(r.DataIssues(), func(i *model.DataIssue) bool {
		return i.Field == field && (len(rules) == 0 || slices.Contains(rules, i.Rule))
	})
}

// headcount counts the records of a figure, and those that it leaves out although they may
// belong to it.
type headcount struct{ count, undated, unmatched int }

// add tells whether a record counts: its year and every deciding cell must say so. One
// that a cell excludes is no matter of the figure.
func (c *headcount) add(year reading, deciding ...reading) bool {
	switch {
	case year == fails || slices.Contains(deciding, fails):
		return false
	case year == silent:
		c.undated++
		return false
	case slices.Contains(deciding, silent):
		c.unmatched++
		return false
	}
	c.count++
	return true
}

// remarks tell what the headcount left out; empty, never nil, when nothing.
func (c *headcount) remarks() []*model.AnnualReportRemark {
	list := []*model.AnnualReportRemark{}
	for _, left := range []struct {
		rule  model.AnnualReportRule
		count int
	}{{model.AnnualReportRuleUndated, c.undated}, {model.AnnualReportRuleUnmatched, c.unmatched}} {
		if left.count > 0 {
			list = append(list, &model.AnnualReportRemark{Rule: left.rule, Count: left.count})
		}
	}
	return list
}
