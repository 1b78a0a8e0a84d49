package adapters

import (
	"context"
	"database/sql"
	"maps"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/clock"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// settleClock replaces what filters ask of the clock by conditions on fields. Records whose
// clock stopped some time, or whose period was extended, cannot be told by such conditions:
// those in doubt are read, by one statement for all the filters, and named by key.
//
// The first filter chooses the rows of a question, the others are asked of these rows. So
// only rows matter that the first can let through and that one of those that ask the
// clock can hold for: a narrow question reads few.
func (s *settler) settleClock(ctx context.Context, table *plan.Table, input any,
	filters []filter.Filter) ([]filter.Filter, error) {
	verdicts := verdicts{}
	var asking []filter.Filter
	for _, f := range filters {
		if hasOpen(f) {
			asking = append(asking, certain(f))
			if err := s.verdicts(f, verdicts); err != nil {
				return nil, err
			}
		}
	}
	if len(asking) == 0 {
		return filters, nil
	}
	sure, err := s.where(table, certain(filters[0]))
	if err != nil {
		return nil, err
	}
	if err := s.judgeOpen(ctx, table, "filter", sure, input); err != nil {
		return nil, err
	}
	within := filter.Filter{And: []filter.Filter{certain(filters[0]), {Or: asking}}}
	if err := s.decide(ctx, table, verdicts, within); err != nil {
		return nil, err
	}
	return changed(filters, verdicts.judge), nil
}

// isOfClock tells whether a filter's field is a flag that the clock answers.
func isOfClock(field string) bool { return field == overdueField || stepOf(field) != "" }

// verdicts is what the clock says, by flag.
type verdicts map[string]*verdict

// verdict tells for which records a flag is true, for which it is false, and for which it
// is one of the two.
type verdict struct {
	yes, no, told filter.Filter
	undated       filter.Filter                 // done, on a day that is not recorded or cannot be read
	doubtful      *filter.Filter                // records of which conditions cannot tell; nil for none
	tell          func([]*model.Deadline) *bool // decides about one of them; nil for neither
}

// judge is the filter with the verdicts in place of its flags.
func (v verdicts) judge(f filter.Filter) filter.Filter {
	if of := v[eitherWay(f.Or)]; of != nil { // a shorter way to say so
		f.Or = []filter.Filter{of.told}
	}
	f.And, f.Or = changed(f.And, v.judge), changed(f.Or, v.judge)
	if f.Not != nil {
		f.Not = new(v.judge(*f.Not))
	}
	if of := v[f.Field]; of != nil {
		says := of.no
		switch {
		case f.Standing != 0:
			says = of.undated
		case *f.Flag:
			says = of.yes
		}
		f.Field, f.Flag, f.Standing = "", nil, 0
		f.And = append(f.And, says)
	}
	return f
}

// eitherWay names the flag of which the alternatives are that it is true and that it is
// false; "" when they are not.
func eitherWay(or []filter.Filter) string {
	bare := func(f filter.Filter) *filter.Filter { // FilterOf puts each field into an And of its own
		for len(f.And) == 1 && f.Field == "" && f.Keys == nil && f.Places == nil && f.Or == nil && f.Not == nil {
			f = f.And[0]
		}
		if f.Flag == nil || f.Keys != nil || f.Places != nil || f.And != nil || f.Or != nil || f.Not != nil {
			return nil
		}
		return &f
	}
	if len(or) != 2 {
		return ""
	}
	a, b := bare(or[0]), bare(or[1])
	if a == nil || b == nil || a.Field != b.Field || *a.Flag == *b.Flag {
		return ""
	}
	return a.Field
}

// verdicts adds what conditions say of each flag of the filter.
func (s *settler) verdicts(f filter.Filter, into verdicts) error {
	if isOfClock(f.Field) && into[f.Field] == nil {
		v, err := s.verdict(f.Field)
		if err != nil {
			return err
		}
		into[f.Field] = v
	}
	for _, part := range filter.Parts(f) {
		if err := s.verdicts(part, into); err != nil {
			return err
		}
	}
	return nil
}

func (s *settler) verdict(field string) (*verdict, error) {
	if step := stepOf(field); step != "" {
		k := s.clock.Kept(s.kind.Record, step)
		return &verdict{
			yes: k.Met, no: k.Missed, told: k.Done, undated: k.Undated, doubtful: k.Doubtful,
			tell: func(list []*model.Deadline) *bool { return clock.OnTime(list, step) },
		}, nil
	}
	v := &verdict{undated: filter.Filter{Keys: []string{}}, tell: func(list []*model.Deadline) *bool {
		current := clock.Current(list)
		return new(current != nil && current.Overdue())
	}}
	var ok bool
	if v.yes, v.doubtful, ok = s.clock.Overdue(s.kind.Record); !ok {
		// nothing is ever due
		return &verdict{yes: filter.Filter{Keys: []string{}}, no: filter.Filter{}, told: filter.Filter{}, tell: v.tell},
			nil
	}
	return v, nil
}

// decide reads the doubtful records among those of within, and adds each by its key to
// what is said. Not overdue are all others.
func (s *settler) decide(ctx context.Context, table *plan.Table, verdicts verdicts, within filter.Filter) error {
	var doubtful []filter.Filter
	flags := slices.Sorted(maps.Keys(verdicts))
	for _, flag := range flags {
		if f := verdicts[flag].doubtful; f != nil {
			doubtful = append(doubtful, *f)
		}
	}
	truly, falsely, neither := map[string][]string{}, map[string][]string{}, map[string][]string{}
	if doubtful != nil {
		where, err := s.where(table, filter.Filter{And: []filter.Filter{within, {Or: doubtful}}})
		if err != nil {
			return err
		}
		fields := s.clock.Fields(s.kind.Record)
		project := plan.Project(table, func(name string) bool { return slices.Contains(fields, name) })
		rows := 0
		statement := table.List(plan.List{Project: project, Where: where, Limit: rowsPerStatement + 1})
		err = s.rows.entries(ctx, table, statement, project, 0, func(e entry, _ []sql.RawBytes) error {
			rows++
			deadlines, key := s.clock.Deadlines(s.kind.Record, e), e.row().Place()
			for _, flag := range flags {
				keys := falsely
				if is := verdicts[flag].tell(deadlines); is == nil {
					keys = neither
				} else if *is {
					keys = truly
				}
				keys[flag] = append(keys[flag], key)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if rows > rowsPerStatement {
			return s.tooLarge("records with a stopped clock", rowsPerStatement)
		}
	}
	for flag, v := range verdicts {
		v.yes = orKeys(v.yes, truly[flag])
		if flag == overdueField {
			v.no, v.told = filter.Filter{Not: &v.yes}, filter.Filter{}
			continue
		}
		v.no = orKeys(v.no, falsely[flag])
		if keys := neither[flag]; keys != nil {
			v.told.Not = &filter.Filter{Places: keys}
		}
	}
	return nil
}

func orKeys(f filter.Filter, keys []string) filter.Filter {
	if keys == nil {
		return f
	}
	return filter.Filter{Or: []filter.Filter{f, {Places: keys}}}
}
