package filter

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Of reads an XFilter input. Its fields are named like the record's fields, so the
// translation needs no code per record: lists are alternatives, a DateRange is a range
// of days, an IntRange one of whole numbers, a MoneyRange one of amounts, a TextFilter a
// text condition, a PartyFilter one on parties, a Boolean a flag; and, or and not combine.
// The zero Filter is given for nil.
func Of(input any) Filter {
	v := reflect.ValueOf(input)
	if !v.IsValid() || v.IsNil() {
		return Filter{}
	}
	v = v.Elem()
	var f Filter
	for i := range v.NumField() {
		field, value := v.Type().Field(i), v.Field(i)
		if value.IsZero() {
			continue
		}
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch name {
		case "and", "or":
			for j := range value.Len() {
				child := Of(value.Index(j).Interface())
				child.At = name + "[" + strconv.Itoa(j) + "]"
				if name == "and" {
					f.And = append(f.And, child)
				} else {
					f.Or = append(f.Or, child)
				}
			}
		case "not":
			f.Not = new(Of(value.Interface()))
			f.Not.At = name
		default:
			f.And = append(f.And, conditionOf(name, value))
		}
	}
	return f
}

// conditionOf reads one field of a filter input.
func conditionOf(name string, value reflect.Value) Filter {
	f := Filter{Field: name}
	switch v := value.Interface().(type) {
	case *model.DateRange:
		f.Days = &Days{From: v.From, Before: v.Before, Unreadable: v.IsUnreadable}
	case *model.IntRange:
		f.Whole = &Whole{From: v.From, Before: v.Before}
	case *model.MoneyRange:
		f.Amount = &Amount{From: v.From, To: v.To}
	case *model.PartyFilter:
		f.Party = &Party{}
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
		f.Text = &TextMatch{Equals: v.Equals, Prefix: v.Prefix, Contains: v.Contains}
	case *bool:
		f.Flag = v
	default:
		if value.Kind() != reflect.Slice {
			panic(fmt.Sprintf("filter: field %s has a type the planner does not know: %T", name, v))
		}
		f.Any = []string{}
		for i := range value.Len() {
			f.Any = append(f.Any, fmt.Sprint(value.Index(i).Interface()))
		}
	}
	return f
}
