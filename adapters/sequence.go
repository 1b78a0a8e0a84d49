package adapters

import (
	"database/sql"
	"reflect"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// pair is a step whose two days a statement reads.
type pair struct{ earlier, later *column }

// pairs finds the steps that the columns can show; a site may not record every day.
func pairs(steps []mapping.Step, columns []column) []pair {
	byName := map[string]*column{}
	for i := range columns {
		byName[columns[i].field.Name] = &columns[i]
	}
	var list []pair
	for _, s := range steps {
		if earlier, later := byName[s.Earlier], byName[s.Later]; earlier != nil && later != nil {
			list = append(list, pair{earlier, later})
		}
	}
	return list
}

// reversed lists the later days of a record that lie before an earlier step, once each.
func (r *reader[T]) reversed(record reflect.Value, cells []sql.RawBytes) []*model.DataIssue {
	var issues []*model.DataIssue
	for _, p := range r.pairs {
		earlier, later := p.earlier.day(record), p.later.day(record)
		if earlier == nil || later == nil || later.Compare(*earlier) >= 0 ||
			slices.ContainsFunc(issues, func(i *model.DataIssue) bool { return i.Field == p.later.field.Name }) {
			continue
		}
		problem := cell.Problem{Rule: cell.Rule(model.DataIssueRuleReversedDates), Severity: cell.Suspect}
		issues = append(issues, r.issue(p.later, problem, cells[p.later.at]))
	}
	return issues
}

// day reads a day of a decoded record; nil when there is none.
func (c *column) day(record reflect.Value) *model.Date {
	v, err := record.FieldByIndexErr(c.place.index)
	if err != nil {
		return nil
	}
	d, _ := v.Interface().(*model.Date)
	return d
}
