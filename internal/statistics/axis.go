package statistics

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// most dimensions of one statistic.
const mostDimensions = 4

// axis is a dimension as it is shown: the order of its values, their Chinese labels, and
// the filter of their rows.
type axis struct {
	adapters.Axis
	service *Service
	found   []string // the values there are, sorted, once the tally is made
}

// axesOf finds the dimensions of a statistic. faults are all that is wrong with them.
func (svc *Service) axesOf(source *adapters.Statistics, names []string) (axes []axis, faults []error) {
	if len(names) > mostDimensions {
		faults = append(faults, fault.Input("groupBy", "at most %d dimensions, not %d", mostDimensions, len(names)))
	}
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			faults = append(faults, fault.Input("groupBy", "%s is there twice", name))
		}
		a, err := source.Axis(name)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		axes = append(axes, axis{Axis: a, service: svc})
	}
	return axes, faults
}

func bare(axes []axis) []adapters.Axis {
	list := make([]adapters.Axis, len(axes))
	for i, a := range axes {
		list[i] = a.Axis
	}
	return list
}

// key is a group's value on the axis.
func (a axis) key(value *string) *model.GroupKey {
	k := &model.GroupKey{Dimension: a.Name, Value: value, Label: "未知"}
	if value != nil {
		k.Label = a.label(*value)
		if a.isOfPersons() {
			k.Value = new(a.service.Persons.EncodeName(*value))
		}
	}
	return k
}

// isOfPersons tells whether the values are names of natural persons. Of these a group
// shows a token and the mask, and no filter could name its rows.
func (a axis) isOfPersons() bool { return a.Kind == "personName" }

// label is a value in Chinese.
func (a axis) label(value string) string {
	switch {
	case a.Unit != adapters.NoUnit:
		return bucketLabel(a.Unit, value)
	case a.isOfPersons():
		return model.PersonName(value).String()
	case a.Kind == "town":
		if t := a.service.Towns.ByCode(value); t != nil {
			return t.Name
		}
	case a.Kind == "department":
		if d := a.service.Departments.ByCode(value); d != nil {
			return d.Name
		}
	case a.Enum != "":
		for _, l := range model.EnumLabels(a.Enum) {
			if l.Value == value {
				return l.Label
			}
		}
	case a.Kind == "bool":
		if value == "true" {
			return "是"
		}
		return "否"
	case strings.HasSuffix(a.Name, "YEAR"):
		return value + "年"
	case len(a.Bands) > 0:
		if least, above := strings.CutSuffix(value, "+"); above {
			return least + "以上"
		}
		return strings.Replace(value, "-", "至", 1)
	}
	return value
}

func bucketLabel(unit adapters.Unit, value string) string {
	part := strings.Split(value, "-")
	number := func(i int) string { return strings.TrimPrefix(strings.TrimLeft(part[i], "WQ"), "0") }
	switch unit {
	case adapters.Day:
		return part[0] + "年" + number(1) + "月" + number(2) + "日"
	case adapters.Week:
		return part[0] + "年第" + number(1) + "周"
	case adapters.Month:
		return part[0] + "年" + number(1) + "月"
	case adapters.Quarter:
		return part[0] + "年第" + number(1) + "季度"
	}
	return part[0] + "年"
}

// known lists the values the axis can have, in order; nil for dates and for departments,
// which come and go.
func (a axis) known() []string {
	var values []string
	switch {
	case a.Kind == "town":
		for _, t := range a.service.Towns.List {
			values = append(values, t.Code)
		}
	case a.Enum != "":
		for _, l := range model.EnumLabels(a.Enum) {
			values = append(values, l.Value)
		}
	case a.Kind == "bool":
		values = []string{"true", "false"}
	case len(a.Bands) > 0:
		for _, b := range a.Bands {
			values = append(values, b.Name)
		}
	}
	return values
}

// compare orders the values of the axis: as in the schema, by code, by time; unknown last.
func (a axis) compare(x, y *string) int {
	if x == nil || y == nil {
		return cmp.Compare(b2i(x == nil), b2i(y == nil))
	}
	if a.isOfPersons() {
		return cmp.Compare(a.service.Persons.EncodeName(*x), a.service.Persons.EncodeName(*y))
	}
	if a.Kind != "town" {
		if order := a.known(); order != nil {
			return cmp.Compare(slices.Index(order, *x), slices.Index(order, *y))
		}
	}
	if a.Kind == "int" && len(*x) != len(*y) {
		return cmp.Compare(len(*x), len(*y))
	}
	return cmp.Compare(*x, *y)
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// condition is the filter of the rows with a value, as GraphQL text.
func (a axis) condition(value *string) string {
	if value == nil {
		return "{not: " + a.anything() + "}"
	}
	switch {
	case a.Unit != adapters.NoUnit:
		from, before := a.Unit.Span(*value)
		return fmt.Sprintf("{%s: {from: %q, before: %q}}", a.Field, from.Format(time.DateOnly),
			before.Format(time.DateOnly))
	case a.Enum != "":
		return "{" + a.Field + ": [" + *value + "]}"
	case a.Kind == "bool":
		return "{" + a.Field + ": " + *value + "}"
	case len(a.Bands) > 0:
		for _, b := range a.Bands {
			if b.Name == *value && b.Before != nil {
				return fmt.Sprintf("{%s: {from: %d, before: %d}}", a.Field, b.From, *b.Before)
			} else if b.Name == *value {
				return fmt.Sprintf("{%s: {from: %d}}", a.Field, b.From)
			}
		}
	}
	return a.among([]string{a.written(*value)})
}

// among is the filter of the rows that have one of the values, written as GraphQL text.
func (a axis) among(values []string) string {
	list := "[" + strings.Join(values, ", ") + "]"
	if a.Kind == "text" {
		list = "{equals: " + list + "}"
	}
	return "{" + a.Field + ": " + list + "}"
}

// written is a value of the axis as GraphQL text.
func (a axis) written(value string) string {
	if a.Kind == "int" {
		return value
	}
	return filter.Quoted(value)
}

// anything is the filter of the rows that have some value on the axis.
func (a axis) anything() string {
	var values []string
	switch {
	case a.Unit != adapters.NoUnit:
		return "{" + a.Field + ": {}}"
	case len(a.Bands) > 0:
		return fmt.Sprintf("{%s: {from: %d}}", a.Field, a.Bands[0].From)
	case a.Kind == "bool":
		return "{or: [{" + a.Field + ": true}, {" + a.Field + ": false}]}"
	case a.Kind == "department":
		for _, d := range a.service.Departments.List {
			values = append(values, filter.Quoted(d.Code))
		}
	case a.Kind == "town":
		for _, t := range a.service.Towns.List {
			values = append(values, filter.Quoted(t.Code))
		}
	case a.Enum == "":
		for _, v := range a.found {
			values = append(values, a.written(v))
		}
	default:
		values = a.known()
	}
	return a.among(values)
}

// all lists the values that a filled statistic shows on the axis: every known one, or
// every time bucket from the start of the filter's range, or else from the first bucket
// found, to the end. found are the values there are.
func (a axis) all(filter filter.Filter, found []string) []string {
	if known := a.known(); known != nil {
		return known
	}
	if a.Unit == adapters.NoUnit {
		return found
	}
	var first, last time.Time // the last day, not the first beyond it
	for i, bucket := range found {
		from, before := a.Unit.Span(bucket)
		if i == 0 || from.Before(first) {
			first = from
		}
		if i == 0 || before.After(last) {
			last = before.AddDate(0, 0, -1)
		}
	}
	if asked := rangeOf(filter, a.Field); asked != nil {
		if asked.From != nil {
			first, _ = time.Parse(time.DateOnly, asked.From.String())
		}
		if asked.Before != nil {
			day, _ := time.Parse(time.DateOnly, asked.Before.String())
			last = day.AddDate(0, 0, -1)
		}
	}
	if first.IsZero() || last.IsZero() {
		return found
	}
	var values []string
	for bucket := a.Unit.Bucket(first); len(values) <= mostFilled; {
		values = append(values, bucket)
		_, next := a.Unit.Span(bucket)
		if next.After(last) {
			break
		}
		bucket = a.Unit.Bucket(next)
	}
	return values
}

// rangeOf finds the range of days that a filter sets to a field for all its rows.
func rangeOf(filter filter.Filter, field string) *filter.Days {
	if filter.Field == field && filter.Days != nil {
		return filter.Days
	}
	for _, f := range filter.And {
		if d := rangeOf(f, field); d != nil {
			return d
		}
	}
	return nil
}
