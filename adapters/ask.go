package adapters

import (
	"context"
	"reflect"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/filter"
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

// FilterFaults tells everything that is wrong with a filter, one BAD_INPUT fault a field
// and value; argument is the filter's own name. It is empty while the system cannot be
// reached: only its dictionaries tell what its codes mean.
func (s *Statistics) FilterFaults(ctx context.Context, argument string, f filter.Filter) (faults []error) {
	table, err := s.visible(ctx)
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
	var walk func(filter.Filter)
	walk = func(f filter.Filter) {
		one := f
		one.And, one.Or, one.Not = nil, nil, nil
		if f.Field != "" && !isOfClock(f.Field) {
			if _, err := table.Compile(argument, one, s.env); err != nil && !told[err.Error()] {
				told[err.Error()] = true
				faults = append(faults, err)
			}
		}
		for _, part := range filter.Parts(f) {
			walk(part)
		}
	}
	walk(f)
	return faults
}
