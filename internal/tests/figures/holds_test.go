package figures

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// holds evaluates a filter on a decoded record.
func (s *site) holds(row reflect.Value, f filter.Filter) bool {
	if f.Keys != nil { // only ever none: nowhere
		return false
	}
	if f.Field != "" && !s.fieldHolds(row, f) {
		return false
	}
	for _, child := range f.And {
		if !s.holds(row, child) {
			return false
		}
	}
	if len(f.Or) > 0 && !slices.ContainsFunc(f.Or, func(child filter.Filter) bool { return s.holds(row, child) }) {
		return false
	}
	return f.Not == nil || !s.holds(row, *f.Not)
}

func (s *site) fieldHolds(row reflect.Value, f filter.Filter) bool {
	switch {
	case f.Standing != 0 && isOfClock(f.Field):
		return s.undated[row.Addr().Interface()][f.Field]
	case f.Standing == filter.Unreadable:
		return isUnreadable(row, f.Field)
	case f.Standing == filter.Filled:
		return !fieldOf(row, f.Field).IsNil() || isUnreadable(row, f.Field)
	case f.Days != nil && f.Days.Unreadable != nil:
		return isUnreadable(row, f.Field) == *f.Days.Unreadable
	case f.Days != nil:
		d := dayOf(row, f.Field)
		return d != nil && (f.Days.From == nil || d.Compare(*f.Days.From) >= 0) &&
			(f.Days.Before == nil || d.Compare(*f.Days.Before) < 0)
	case f.Whole != nil:
		v := fieldOf(row, f.Field)
		if v.IsNil() {
			return false
		}
		n := int(v.Elem().Int())
		return (f.Whole.From == nil || n >= *f.Whole.From) && (f.Whole.Before == nil || n < *f.Whole.Before)
	case f.Flag != nil && isOfClock(f.Field):
		is := s.clock[row.Addr().Interface()][f.Field]
		return is != nil && *is == *f.Flag
	case f.Flag != nil:
		v := fieldOf(row, f.Field)
		return !v.IsNil() && v.Elem().Bool() == *f.Flag
	}
	return slices.ContainsFunc(textsOf(row, f.Field), func(text string) bool { return slices.Contains(f.Any, text) })
}

// isUnreadable tells whether a field's cell holds something that says nothing. A zero date
// is nothing.
func isUnreadable(row reflect.Value, field string) bool {
	return slices.ContainsFunc(row.FieldByName("Row").Addr().Interface().(*model.Row).DataIssues(),
		func(i *model.DataIssue) bool {
			return strings.EqualFold(strings.ReplaceAll(i.Field, ".", ""), field) &&
				(i.Severity == model.DataIssueSeverityDropped && i.Rule != model.DataIssueRuleZeroDate ||
					i.Rule == model.DataIssueRuleUnknownCode)
		})
}

// fieldOf is the struct field behind a GraphQL field, or behind the field of an object
// within the record, satisfactionRating; nil where that object is.
func fieldOf(row reflect.Value, name string) reflect.Value {
	for _, ending := range []string{"", "Ref"} {
		if v := row.FieldByNameFunc(func(s string) bool { return strings.EqualFold(s, name+ending) }); v.IsValid() {
			return v
		}
	}
	for _, f := range reflect.VisibleFields(row.Type()) {
		if f.Type.Kind() == reflect.Pointer && f.Type.Elem().Kind() == reflect.Struct && len(f.Name) < len(name) &&
			strings.EqualFold(f.Name, name[:len(f.Name)]) {
			within := row.FieldByIndex(f.Index)
			if within.IsNil() {
				within = reflect.New(f.Type.Elem())
			}
			return fieldOf(within.Elem(), name[len(f.Name):])
		}
	}
	return reflect.Value{}
}

func dayOf(row reflect.Value, name string) *model.Date {
	return fieldOf(row, name).Interface().(*model.Date)
}

// textsOf are a field's values as text; none where it is nil.
func textsOf(row reflect.Value, name string) []string {
	v := fieldOf(row, name)
	if v.IsNil() {
		return nil
	}
	if v.Kind() != reflect.Slice {
		return []string{fmt.Sprint(v.Elem().Interface())}
	}
	var list []string
	for i := range v.Len() {
		if s := fmt.Sprint(v.Index(i).Interface()); !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// numberOf is a number, or an amount in fen; ok is false where there is none.
func numberOf(row reflect.Value, name string) (n int64, ok bool) {
	v := fieldOf(row, name)
	if v.IsNil() {
		return 0, false
	}
	return v.Elem().Int(), true
}

// isOfClock tells whether the statutory clock answers a flag of filters, without looking at one.
func isOfClock(flag string) bool {
	return flag == "overdue" || slices.Contains(slices.Collect(maps.Values(onTime)), flag)
}

// flagsOf are what the clock says of one record; nil where it cannot tell. undated are
// those of steps that are over on a day that nobody knows.
func flagsOf(deadlines []*model.Deadline) (flags map[string]*bool, undated map[string]bool) {
	flags, undated = map[string]*bool{}, map[string]bool{}
	late := false
	for _, d := range deadlines {
		late = late || d.State == model.DeadlineStateOverdue
		name := onTime[d.Step]
		undated[name] = undated[name] || d.DoneOn == nil && d.IsOver
		if name != "" && d.OnTime != nil {
			flags[name] = d.OnTime
		}
	}
	flags["overdue"] = &late
	return flags, undated
}
