package resolvers

import (
	"slices"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// reading is what a cell says of a condition of a figure.
type reading int

const (
	silent reading = iota // nothing: the cell is empty, unreadable, or has a code that nobody knows
	holds
	fails
)

// reads tells what the field of a record says of the condition that its value is one of
// those wanted.
func reads[T comparable](row *model.Row, field string, value *T, wanted ...T) reading {
	switch {
	case value == nil:
		return silent
	case slices.Contains(wanted, *value):
		return holds
	case hasIssue(row, field, model.DataIssueRuleUnknownCode):
		return silent // the enum's value for other codes
	}
	return fails
}

// readsMark is reads for what is only entered where it holds, such as a membership: an
// empty cell says no.
func readsMark[T comparable](row *model.Row, field string, value *T, wanted ...T) reading {
	if value == nil && !hasIssue(row, field) {
		return fails
	}
	return reads(row, field, value, wanted...)
}

// readsDay tells whether a day lies in the year.
func readsDay(day *model.Date, year int) reading {
	switch {
	case day == nil:
		return silent
	case int(day.Year) == year:
		return holds
	}
	return fails
}

// hasIssue tells whether a finding names the field, by one of the rules if any are given.
func hasIssue(row *model.Row, field string, rules ...model.DataIssueRule) bool {
	return slices.ContainsFunc(row.DataIssues(), func(i *model.DataIssue) bool {
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

// remark notes in the figure what the headcount left out.
func (c *headcount) remark(f *model.AnnualReportFigure) {
	note := func(rule model.AnnualReportRule, count int) {
		if count > 0 {
			f.Remarks = append(f.Remarks, &model.AnnualReportRemark{Rule: rule, Count: count})
		}
	}
	note(model.AnnualReportRuleUndated, c.undated)
	note(model.AnnualReportRuleUnmatched, c.unmatched)
}
