package adapters

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// Fields of filters that no column holds; see also stepOf.
const (
	overdueField = "overdue"
	issueField   = "hasDataIssue"
)

// isOpen tells whether a condition must be settled before its filter can be compiled.
func isOpen(f filter.Filter) bool {
	return f.Party != nil || f.Field == issueField || isOfClock(f.Field)
}

// hasOpen tells whether anything in a filter is open.
func hasOpen(f filter.Filter) bool { return isOpen(f) || slices.ContainsFunc(filter.Parts(f), hasOpen) }

// settler puts conditions on fields and keys in the place of those that no column answers:
// who is a party, what is overdue, where findings are.
type settler struct {
	*store
	rows rows
}

// predicates compiles a client's filter. What no condition on fields can say, who is
// overdue or was in time, who has findings, who is a party, is settled first. Errors are
// faults; those about the client's input come joined, before anything is read. input is
// the client's filter as it came, for its type; wrong is what has been found wrong with
// other arguments.
func (s *settler) predicates(ctx context.Context, table *plan.Table, asked filter.Filter, input any,
	wrong ...error) ([]plan.Predicate, error) {
	where, err := s.check(table, asked)
	if err = errors.Join(append(wrong, err)...); err != nil || !hasOpen(asked) {
		return where, err
	}
	settled, err := s.settle(ctx, table, input, asked)
	if err != nil {
		return nil, err
	}
	return s.where(table, settled[0])
}

// check compiles a client's filter without what is open in it, and tells all that is wrong
// with the whole, joined.
func (s *settler) check(table *plan.Table, asked filter.Filter) ([]plan.Predicate, error) {
	wrong := s.ages(asked)
	if !hasOpen(asked) {
		where, err := s.where(table, asked)
		return where, errors.Join(append(wrong, err)...)
	}
	parties := map[filter.Party]bool{}
	plain, _ := filter.Rewrite(asked, "filter", func(at string, f filter.Filter) (filter.Filter, error) {
		if !isOpen(f) {
			return f, nil
		}
		if f.Party != nil {
			p, faults := s.canonicalParty(at, *f.Party)
			wrong = append(wrong, faults...)
			if parties[p] = true; len(parties) == mostParties+1 {
				wrong = append(wrong,
					fault.Limit("", "filter", "names more than %d parties; ask for fewer at a time", mostParties))
			}
		}
		return filter.Filter{}, nil
	})
	where, err := s.where(table, plain)
	return where, errors.Join(append(wrong, err)...)
}

// settle puts conditions on fields and keys in the place of what is open in filters that have been
// checked: further statements, one for each kind of open condition whatever the rows and however
// many such conditions there are, tell which records are meant. The first filter chooses the rows
// of a question, the others are asked of these rows. input is the client's filter of a list, whose
// large tables want an index; nil for statistics, which read a whole table anyway.
func (s *settler) settle(ctx context.Context, table *plan.Table, input any,
	filters ...filter.Filter) ([]filter.Filter, error) {
	parties, err := s.parties(ctx, filters)
	if err != nil {
		return nil, err
	}
	settled := make([]filter.Filter, len(filters))
	var found *filter.Filter // records with findings, which may be asked for twice
	for i, asked := range filters {
		settled[i], err = filter.Rewrite(asked, "filter", func(at string, f filter.Filter) (filter.Filter, error) {
			switch {
			case f.Party != nil:
				p, _ := s.canonicalParty(at, *f.Party)
				return parties[p], nil
			case f.Field == issueField:
				if found == nil {
					with, err := s.withIssues(ctx, table, at, certain(filters[0]), input)
					if err != nil {
						return f, err
					}
					found = &with
				}
				if *f.Flag {
					return *found, nil
				}
				return filter.Filter{Not: found}, nil
			}
			return f, nil
		})
		if err != nil {
			return nil, err
		}
	}
	return s.settleClock(ctx, table, input, settled)
}

// withIssues is the condition that a record has findings about its own cells, among those
// that the given conditions let through. Only the codecs tell what is dirt, so they are
// all read, by one statement, and those with findings are named by their places. More than 20,000
// are LIMIT_EXCEEDED, never a guess.
func (s *settler) withIssues(ctx context.Context, table *plan.Table, at string, among filter.Filter,
	input any) (filter.Filter, error) {
	within, err := s.where(table, among)
	if err != nil {
		return filter.Filter{}, err
	}
	if err := s.judgeOpen(ctx, table, at, within, input); err != nil {
		return filter.Filter{}, err
	}
	project := plan.Project(table, func(string) bool { return true })
	keys := []string{}
	rows := 0
	statement := table.List(plan.List{Project: project, Where: within, Limit: rowsPerStatement + 1})
	err = s.rows.entries(ctx, table, statement, project, 0, func(e entry, _ []sql.RawBytes) error {
		rows++
		if r := e.row(); len(r.DataIssues()) > 0 {
			keys = append(keys, r.Place())
		}
		return nil
	})
	if err == nil && (rows > rowsPerStatement || len(keys) > partiesCap) {
		err = fault.Limit(string(s.kind.System), at,
			"reads every record that the other conditions let through, at most %s of them and %s with findings; narrow them, by a period for example. 须逐条读取其余条件筛出的记录，至多 %[1]s 条、其中有问题的至多 %[2]s 条；请缩小范围，例如限定日期。",
			thousands(rowsPerStatement), thousands(partiesCap))
	}
	return filter.Filter{Places: keys}, err
}

// judgeOpen refuses a list whose open condition would have the server read the whole of a
// large table.
func (s *settler) judgeOpen(ctx context.Context, table *plan.Table, at string, within []plan.Predicate,
	input any) error {
	if input == nil {
		return nil
	}
	physical := s.catalog.table(ctx, table.Mapping.Name)
	if physical == nil || physical.Judge(table, within, plan.Order{}) != plan.FilterScans {
		return nil
	}
	english, chinese := help(physical, table, input)
	return fault.Limit(string(s.kind.System), at,
		"needs all that the other conditions let through, which no index serves, and %s has about %s records; %s. 其余条件无索引可用，而记录约 %[2]s 条；%[4]s。",
		s.kind.Record, thousands(physical.Rows), english, chinese)
}

// certain is a condition with nothing open in it that holds wherever the filter can hold.
func certain(f filter.Filter) filter.Filter {
	if !hasOpen(f) {
		return f
	}
	if isOpen(f) {
		f.Field, f.Flag, f.Standing, f.Party = "", nil, 0, nil
	}
	f.And, f.Or = changed(f.And, certain), changed(f.Or, certain)
	if f.Not != nil && hasOpen(*f.Not) {
		f.Not = nil
	}
	return f
}

func changed(filters []filter.Filter, change func(filter.Filter) filter.Filter) []filter.Filter {
	var list []filter.Filter
	for _, f := range filters {
		list = append(list, change(f))
	}
	return list
}
