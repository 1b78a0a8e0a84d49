package adapters

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// Fields of filters that no column holds.
const (
	overdueField = "overdue"
	issueField   = "hasDataIssue"
)

// isOpen tells whether a condition must be settled before its filter can be compiled.
func isOpen(f plan.Filter) bool {
	return f.Party != nil || f.Flag != nil && (f.Field == overdueField || f.Field == issueField)
}

// predicates compiles a client's filter. What no condition on fields can say, who is
// overdue, who has findings, who is a party, is settled first: further statements, one for
// each of these whatever the rows, give the keys that the filter then names. Errors are
// faults; those about the client's input come joined, before anything is read. input is
// the client's filter as it came, for its type; nil when there is none. wrong is what has
// been found wrong with other arguments.
func (s *Source[T]) predicates(ctx context.Context, table *plan.Table, filter plan.Filter, input any, wrong ...error) ([]plan.Predicate, error) {
	isSettled := true
	// The conditions without what is open. Where that stands in an and, they let through
	// everything the filter does.
	plain, _ := rewrite(filter, "filter", func(at string, f plan.Filter) (plan.Filter, error) {
		if !isOpen(f) {
			return f, nil
		}
		isSettled = false
		if f.Party != nil {
			_, faults := s.canonicalParty(at, *f.Party)
			wrong = append(wrong, faults...)
		}
		return plan.Filter{}, nil
	})
	where, err := s.where(table, plain)
	if err = errors.Join(append(wrong, err)...); err != nil || isSettled {
		return where, err
	}
	within, err := s.where(table, certain(filter))
	if err != nil {
		return nil, err
	}
	known := map[string]plan.Filter{} // of overdue and findings, which may be asked twice
	settled, err := rewrite(filter, "filter", func(at string, f plan.Filter) (plan.Filter, error) {
		switch {
		case !isOpen(f):
			return f, nil
		case f.Party != nil:
			p, _ := s.canonicalParty(at, *f.Party)
			return s.party(ctx, at, p)
		}
		holds, asked := known[f.Field]
		if !asked {
			var err error
			if holds, err = s.among(ctx, table, at, f.Field, within, input); err != nil {
				return f, err
			}
			known[f.Field] = holds
		}
		if *f.Flag {
			return holds, nil
		}
		return plan.Filter{Not: &holds}, nil
	})
	if err != nil {
		return nil, err
	}
	return s.where(table, settled)
}

// among settles a condition for the records that within lets through.
func (s *Source[T]) among(ctx context.Context, table *plan.Table, at, field string, within []plan.Predicate, input any) (plan.Filter, error) {
	if physical := s.catalog.table(ctx, table.Mapping.Name); physical != nil && physical.Judge(table, within, plan.Order{}) == plan.FilterScans {
		english, chinese := help(physical, table, input)
		return plan.Filter{}, fault.Limit(string(s.kind.System), at, "needs all that the other conditions let through, which no index serves, and %s has about %s records; %s. 其余条件无索引可用，而记录约 %[2]s 条；%[4]s。",
			s.kind.Record, thousands(physical.Rows), english, chinese)
	}
	if field == overdueField {
		return s.overdue(ctx, table, within)
	}
	return s.withIssues(ctx, table, at, within)
}

// withIssues is the condition that a record has findings about its own cells, among those
// that the given conditions let through. Only the codecs tell what is dirt, so they are
// all read, by one statement, and those with findings are named by key. More than 20,000
// are LIMIT_EXCEEDED, never a guess.
func (s *Source[T]) withIssues(ctx context.Context, table *plan.Table, at string, within []plan.Predicate) (plan.Filter, error) {
	project := plan.Project(table, func(string) bool { return true })
	keys := []string{}
	rows := 0
	err := s.read(ctx, table, table.List(plan.List{Project: project, Where: within, Limit: rowsPerStatement + 1}), project, 0, func(row *T, _ []sql.RawBytes) {
		rows++
		if r := s.rowOf(row); len(r.DataIssues()) > 0 {
			keys = append(keys, r.Key())
		}
	})
	if err == nil && (rows > rowsPerStatement || len(keys) > partiesCap) {
		err = fault.Limit(string(s.kind.System), at, "reads every record that the other conditions let through, at most %s of them and %s with findings; narrow them, by a period for example. 须逐条读取其余条件筛出的记录，至多 %[1]s 条、其中有问题的至多 %[2]s 条；请缩小范围，例如限定日期。",
			thousands(rowsPerStatement), thousands(partiesCap))
	}
	return plan.Filter{Keys: keys}, err
}

// rewrite replaces the conditions of a filter, wherever they stand; at is the place of
// each in the client's input.
func rewrite(f plan.Filter, at string, replace func(at string, f plan.Filter) (plan.Filter, error)) (plan.Filter, error) {
	if f.At != "" {
		at += "." + f.At
	}
	var errs []error
	inner := func(child plan.Filter) plan.Filter {
		g, err := rewrite(child, at, replace)
		errs = append(errs, err)
		return g
	}
	f.And, f.Or = slices.Clone(f.And), slices.Clone(f.Or)
	for _, list := range [][]plan.Filter{f.And, f.Or} {
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

// certain is the part of a filter that holds for every record the filter lets through, and
// has nothing open in it.
func certain(f plan.Filter) plan.Filter {
	if !hasOpen(f) {
		return f
	}
	var part plan.Filter
	for _, child := range f.And {
		part.And = append(part.And, certain(child))
	}
	if f.Not != nil && !hasOpen(*f.Not) {
		part.Not = f.Not
	}
	if !slices.ContainsFunc(f.Or, hasOpen) {
		part.Or = f.Or
	}
	if !isOpen(f) {
		part.Field, part.Any, part.Days, part.Whole, part.Amount, part.Text, part.Flag, part.Keys = f.Field, f.Any, f.Days, f.Whole, f.Amount, f.Text, f.Flag, f.Keys
	}
	return part
}

// hasOpen tells whether anything in a filter is open.
func hasOpen(f plan.Filter) bool {
	return isOpen(f) || slices.ContainsFunc(f.And, hasOpen) || slices.ContainsFunc(f.Or, hasOpen) || f.Not != nil && hasOpen(*f.Not)
}
