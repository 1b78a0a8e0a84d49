package adapters

import (
	"context"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/page"
)

// Ask is what a list field was asked: Relay arguments, filter and order as gqlgen's
// generated inputs.
type Ask struct {
	page.Args
	Filter any // *XFilter or nil
	Order  any // *XOrder or nil
	// IsDefault says that the field of the order is the schema's default, and not named by
	// the client: a site that does not record it has another.
	IsDefault bool
	Count     bool // totalCount is selected
	Edges     bool // every record's cursor is wanted, not only those of pageInfo
	Nodes     bool // nothing but the records is selected: no cursor, and not whether the list goes on
}

// orderOf reads an XOrder input: its fields By, an enum, and Direction. Both are "" when
// the input is nil.
func orderOf(input any) (by string, direction model.OrderDirection) {
	v := reflect.ValueOf(input)
	if !v.IsValid() || v.IsNil() {
		return "", ""
	}
	v = v.Elem()
	return v.FieldByName("By").String(), model.OrderDirection(v.FieldByName("Direction").String())
}

// FilterOf reads an XFilter input. Its fields are named like the record's fields, so the
// translation needs no code per record: lists are alternatives, a DateRange is a range
// of days, an IntRange one of whole numbers, a MoneyRange one of amounts, a TextFilter a
// text condition, a PartyFilter one on parties, a Boolean a flag; and, or and not combine.
// The zero plan.Filter is given for nil.
func FilterOf(input any) plan.Filter {
	v := reflect.ValueOf(input)
	if !v.IsValid() || v.IsNil() {
		return plan.Filter{}
	}
	v = v.Elem()
	var f plan.Filter
	for i := range v.NumField() {
		field, value := v.Type().Field(i), v.Field(i)
		if value.IsZero() {
			continue
		}
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch name {
		case "and", "or":
			for j := range value.Len() {
				child := FilterOf(value.Index(j).Interface())
				child.At = name + "[" + strconv.Itoa(j) + "]"
				if name == "and" {
					f.And = append(f.And, child)
				} else {
					f.Or = append(f.Or, child)
				}
			}
		case "not":
			f.Not = new(FilterOf(value.Interface()))
			f.Not.At = name
		default:
			f.And = append(f.And, conditionOf(name, value))
		}
	}
	return f
}

// conditionOf reads one field of a filter input.
func conditionOf(name string, value reflect.Value) plan.Filter {
	f := plan.Filter{Field: name}
	switch v := value.Interface().(type) {
	case *model.DateRange:
		f.Days = &plan.Days{From: v.From, Before: v.Before, Unreadable: v.IsUnreadable}
	case *model.IntRange:
		f.Whole = &plan.Whole{From: v.From, Before: v.Before}
	case *model.MoneyRange:
		f.Amount = &plan.Amount{From: v.From, To: v.To}
	case *model.PartyFilter:
		f.Party = &plan.Party{}
		if v.ResidentID != nil {
			f.Party.Resident = v.ResidentID.Reveal()
		}
		if v.CreditCode != nil {
			f.Party.Code = *v.CreditCode
		}
		if v.Name != nil {
			f.Party.Name = *v.Name
		}
	case *model.TextFilter:
		f.Text = &plan.TextMatch{Equals: v.Equals, Prefix: v.Prefix, Contains: v.Contains}
	case *bool:
		f.Flag = v
	default:
		if value.Kind() != reflect.Slice {
			panic(fmt.Sprintf("adapters: filter field %s has a type the planner does not know: %T", name, v))
		}
		f.Any = []string{}
		for i := range value.Len() {
			f.Any = append(f.Any, fmt.Sprint(value.Index(i).Interface()))
		}
	}
	return f
}

// FilterFaults tells everything that is wrong with a filter, one BAD_INPUT fault a field
// and value; argument is the filter's own name. It is empty while the system cannot be
// reached: only its dictionaries tell what its codes mean.
func (s *Source[T]) FilterFaults(ctx context.Context, argument string, f plan.Filter) (faults []error) {
	table, err := s.ready(ctx)
	if err != nil {
		return nil
	}
	told := map[string]bool{}
	for _, err := range s.unrecorded(argument, f) {
		if !told[err.Error()] {
			told[err.Error()] = true
			faults = append(faults, err)
		}
	}
	var walk func(plan.Filter)
	walk = func(f plan.Filter) {
		one := f
		one.And, one.Or, one.Not = nil, nil, nil
		if f.Field != "" && !isOfClock(f.Field) {
			if _, err := table.Compile(argument, one, s.env); err != nil && !told[err.Error()] {
				told[err.Error()] = true
				faults = append(faults, err)
			}
		}
		for _, part := range parts(f) {
			walk(part)
		}
	}
	walk(f)
	return faults
}
