package adapters

import (
	"context"
	"database/sql"
	"reflect"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// rows reads the records of one kind for those to whom their type does not matter.
type rows interface {
	// entries runs a statement and decodes its rows; skip is how many cells stand before the
	// projection's columns. An error of each ends it.
	entries(ctx context.Context, table *plan.Table, statement plan.Statement, project *plan.Projection,
		skip int, each func(e entry, cells []sql.RawBytes) error) error
}

// entry is a decoded record whose type does not matter. It is what the clock may ask of one.
type entry struct {
	bind   *binder
	record reflect.Value
}

func (e entry) row() *model.Row {
	return e.record.FieldByIndex(e.bind.row).Addr().Interface().(*model.Row)
}

// keys gives what a field refers to; the record's own key for "".
func (e entry) keys(field string) []string {
	if field == "" {
		return []string{e.row().Key()}
	}
	target, err := e.record.FieldByIndexErr(e.bind.fields[field].index)
	if err != nil || target.IsNil() {
		return nil
	}
	if target.Kind() == reflect.Slice {
		keys := make([]string, target.Len())
		for i := range keys {
			keys[i] = target.Index(i).String()
		}
		return keys
	}
	return []string{target.Elem().String()}
}

// holds tells whether a field has a value for which is holds.
func (e entry) holds(field string, is func(string) bool) bool {
	return slices.ContainsFunc(e.keys(field), is)
}

// Day implements clock.Facts.
func (e entry) Day(field string) *model.Date {
	d, _ := e.field(field).Interface().(*model.Date)
	return d
}

// Value implements clock.Facts.
func (e entry) Value(field string) string {
	if v := e.field(field); !v.IsNil() {
		return v.Elem().String()
	}
	return ""
}

// Filled implements clock.Facts.
func (e entry) Filled(field string) bool { return !e.field(field).IsNil() || e.Unreadable(field) }

// Unreadable implements clock.Facts. A zero date is what a column holds before anybody
// enters a day.
func (e entry) Unreadable(field string) bool {
	return slices.ContainsFunc(e.row().DataIssues(), func(i *model.DataIssue) bool {
		return i.Field == field && (i.Severity == model.DataIssueSeverityDropped &&
			i.Rule != model.DataIssueRuleZeroDate || i.Rule == model.DataIssueRuleUnknownCode)
	})
}

func (e entry) field(name string) reflect.Value {
	v, err := e.record.FieldByIndexErr(e.bind.fields[name].index)
	if err != nil { // a part of the record that is not there
		return reflect.Zero(e.bind.fields[name].typ)
	}
	return v
}
