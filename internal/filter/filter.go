// Package filter holds conditions on what records mean, apart from how any column writes
// it: Filter, the form in which a client's filter input, a filter that a definition states as
// GraphQL text and the rules of the statutory clock all come. What a filter is in SQL is the
// planner's affair.
package filter

import (
	"errors"
	"slices"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Filter is a condition on meaning: what a record's fields are, not how its columns
// write it. All parts that are set must hold; the zero Filter holds everywhere.
type Filter struct {
	Field string // field path; "" for a pure combination
	// At most one of the next seven is set.
	Any    []string   // canonical values, one of which the field has
	Days   *Days      // the field's day lies in the range
	Period *Period    // a period that begins on the field's day was kept, or was not
	Whole  *Whole     // the field's whole number lies in the range
	Amount *Amount    // the field's amount of money lies in the range
	Text   *TextMatch // the field's text matches
	Flag   *bool      // the field is true, or is false

	// Standing is what stands in the field's cell, whatever it means; it is set instead of the
	// above, but for a flag that the clock answers, which has no cell: see package adapters.
	Standing Standing

	// Party is a condition on those the record is about. They may stand in other tables, so
	// whoever knows these puts keys in its place before the filter is compiled.
	Party *Party

	Keys []string // the record's key is one of these; nil is no condition, empty holds nowhere
	// Places are those of the very records that are meant, see model.Row; like Keys, also
	// where several records have one key.
	Places []string

	And, Or []Filter // combinations; empty ones hold
	Not     *Filter

	// At is where a client wrote the filter inside the one round it, "or[1]"; "" where it
	// has no place of its own.
	At string
}

// Days is a half-open range of days; nil bounds are open. With Unreadable it is no range:
// the field's cell holds something that is no day, or else it does not.
type Days struct {
	From, Before *model.Date
	Unreadable   *bool
}

// Whole is a half-open range of whole numbers; nil bounds are open.
type Whole struct{ From, Before *int }

// Amount is a range of money, both ends included; nil bounds are open. Without bounds it
// is any readable amount.
type Amount struct{ From, To *model.Money }

// Party is a person or an organisation that a record is about. What is not "" must hold
// of one and the same party.
type Party struct {
	Resident string // canonical resident identity number
	Code     string // canonical unified social credit code, or organisation code
	Name     string // beginning of an organisation's name
}

// TextMatch is a condition on text; all parts that are set must hold.
type TextMatch struct {
	Equals   []string
	Prefix   *string
	Contains *string
}

// Standing is what stands in a cell, whatever it means. The zero value asks nothing.
type Standing int

// The cells that can be asked for.
const (
	// Filled holds something: not NULL, not blank, not a placeholder that the mapping
	// declares, and no zero date, which is what a NOT NULL column holds before anybody
	// enters a day.
	Filled Standing = 1 + iota
	// Unreadable is Filled with what gives no value: 五日内 in a column of days, a code that
	// the table does not list.
	Unreadable
)

// Period is a condition on the calendar days from a field's day to that of another: they
// are at most as many as the first day allows, or more, or just not negative. It holds
// nowhere else: neither where a day is missing nor where the second lies before the first.
type Period struct {
	Done         string   // the other field
	Most, Beyond *Lengths // at most one is set
}

// Lengths are those of a period in calendar days by the day it begins. Lengths
// differ by less than 256 days.
type Lengths struct {
	First   model.Date // the first day that Days is about
	Days    []int      // by start day from First on
	Weekday [7]int     // of all other start days, Monday first
}

// Parts are the filters that a filter combines.
func Parts(f Filter) []Filter {
	list := slices.Concat(f.And, f.Or)
	if f.Not != nil {
		list = append(list, *f.Not)
	}
	return list
}

// Rewrite replaces the conditions of a filter, wherever they stand; at is the place of
// each in the client's input.
func Rewrite(f Filter, at string, replace func(at string, f Filter) (Filter, error)) (Filter, error) {
	if f.At != "" {
		at += "." + f.At
	}
	var errs []error
	inner := func(child Filter) Filter {
		g, err := Rewrite(child, at, replace)
		errs = append(errs, err)
		return g
	}
	f.And, f.Or = slices.Clone(f.And), slices.Clone(f.Or)
	for _, list := range [][]Filter{f.And, f.Or} {
		for i := range list {
			list[i] = inner(list[i])
		}
	}
	if f.Not != nil {
		f.Not = new(inner(*f.Not))
	}
	place := at
	if f.Field != "" {
		place += "." + f.Field
	}
	g, err := replace(place, f)
	return g, errors.Join(append(errs, err)...)
}
