package adapters

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/mask"
)

// Band is a range of whole numbers with its name, "1-3".
type Band struct {
	Name   string
	From   int
	Before *int // nil: no end
}

// Axis is one dimension of a statistic. Its values are canonical texts: an enum value, a
// division code, "true", the name of a date bucket or of a band.
type Axis struct {
	Name  string // as the schema names it, "ACCEPTED_MONTH"
	Field string // field of the record behind it, as its filter names it: "acceptedOn"
	Unit  Unit   // of a date
	Bands []Band // of a whole number; empty for everything else, and for years
	Kind  string // kind of cell: town, department, enum, enums, bool, day, int, licence, key, personName
	Enum  string // name of the enum; "" for other kinds
}

// Axis finds the dimension of the given name: TOWN is the field town, ACCEPTED_MONTH the
// month of acceptedOn, APPLICANT_COUNT_BAND the band of applicantCount. The error is a
// BAD_INPUT fault about groupBy.
func (s *Statistics) Axis(name string) (Axis, error) {
	a := Axis{Name: name}
	words := strings.Split(name, "_")
	switch last := words[len(words)-1]; Unit(last) {
	case Day, Week, Month, Quarter, Year:
		if len(words) == 1 { // a year that is recorded as such
			break
		}
		a.Unit = Unit(last)
		words[len(words)-1] = "ON"
	default:
		if last == "BAND" {
			words = words[:len(words)-1]
		}
	}
	for i, w := range words {
		w = strings.ToLower(w)
		if i > 0 {
			w = strings.ToUpper(w[:1]) + w[1:]
		}
		a.Field += w
	}
	return a, s.kindOf(&a)
}

// kindOf says what values the axis has, by its field.
func (s *Statistics) kindOf(a *Axis) error {
	var f *mapping.Field
	if f, a.Enum = s.shown(a.Field); f == nil {
		return fault.Input("groupBy", "this system does not record %s", a.Field)
	}
	if a.Kind = f.Spec.Kind; a.Kind == "int" {
		a.Bands = bands(s.mapped.Bands[a.Field].From...)
	}
	return nil
}

// bands are the bands that begin at the numbers.
func bands(from ...int) []Band {
	list := make([]Band, len(from))
	for i, n := range from {
		list[i] = Band{Name: strconv.Itoa(n) + "+", From: n}
		if i+1 < len(from) {
			list[i].Before = &from[i+1]
			list[i].Name = strconv.Itoa(n)
			if last := from[i+1] - 1; last > n {
				list[i].Name += "-" + strconv.Itoa(last)
			}
		}
	}
	return list
}

// dimension is the axis as the planner sees it: weeks are made of days, quarters of
// months.
func (a Axis) dimension(table *plan.Table) plan.Dimension {
	d := plan.Dimension{Field: table.Field(a.Field)}
	switch a.Unit {
	case Day, Week:
		d.Unit = plan.Day
	case Month, Quarter:
		d.Unit = plan.Month
	case Year:
		d.Unit = plan.Year
	}
	return d
}

// values gives the buckets of one raw value; none, and why, when it says nothing usable.
func (a Axis) values(table *plan.Table, raw []byte) (values []string, without Reason) {
	if a.Unit != NoUnit {
		text := string(raw)
		if text < "1" { // NULL, or 0000-…
			return nil, Undated
		}
		return []string{a.bucket(dashed(text))}, ""
	}
	v, problem := table.Codecs[table.Field(a.Field).Name].Decode(raw)
	switch v := v.(type) {
	case *model.ResidentNumber: // asked of only to tell what kind of number it is
		if problem == nil {
			return []string{a.Kind}, ""
		}
	case nil:
	case []string:
		values = unique(v)
	case *string:
		if values = []string{*v}; a.Kind == "text" { // as a record shows it
			values[0] = mask.Free(*v)
		}
	case *model.PersonName: // in clear: who shows it masks it
		values = []string{string(*v)}
	case *int:
		if v != nil && len(a.Bands) == 0 {
			values = []string{strconv.Itoa(*v)}
		} else if b := a.band(*v); b != "" {
			values = []string{b}
		}
	default:
		values = []string{fmt.Sprint(reflect.Indirect(reflect.ValueOf(v)).Interface())}
	}
	switch {
	case len(values) > 0:
		return values, ""
	case problem != nil:
		return nil, reasonOf(problem.Rule)
	case v != nil && a.Kind == "int":
		return nil, Unmatched // of no band
	}
	return nil, NotRecorded
}

// reasonOf tells why a cell with such a finding stands in no named bucket.
func reasonOf(rule cell.Rule) Reason {
	switch rule {
	case cell.UnknownTown, cell.UnknownDepartment:
		return Unmatched
	case cell.UnknownCode:
		return UnknownCode
	case cell.OtherDocument:
		return model.ExclusionReasonOtherDocument
	}
	return Unreadable
}

// dashed is a year, month or day that may come as a number: 202301 is 2023-01.
func dashed(text string) string {
	if len(text) > 4 && text[4] != '-' {
		text = text[:4] + "-" + text[4:]
	}
	if len(text) > 7 && text[7] != '-' {
		text = text[:7] + "-" + text[7:]
	}
	return text
}

// bucket makes the name of a bucket of what the planner's unit gives: a week of its days, a
// quarter of its months.
func (a Axis) bucket(iso string) string {
	layout := ""
	switch a.Unit {
	case Week:
		layout = time.DateOnly
	case Quarter:
		layout = "2006-01"
	default:
		return iso
	}
	from, err := time.Parse(layout, iso)
	if err != nil {
		return iso
	}
	return a.Unit.Bucket(from)
}

func (a Axis) band(n int) string {
	for _, b := range a.Bands {
		if n >= b.From && (b.Before == nil || n < *b.Before) {
			return b.Name
		}
	}
	return ""
}
