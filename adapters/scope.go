package adapters

import (
	"context"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/internal/access"
)

// scope is by what a kind's rows belong to somebody who may not see all of them, see @scope.
// The zero scope belongs to nobody.
type scope struct {
	isPublic bool // a register, which everybody may see who may see the kind at all

	towns, departments, handlers []string // fields

	of     string // field that refers to the row of another kind to which the row belongs
	parent *store // of that kind
	key    string // by which it is referred to; "" for the key of its row

	by string // field of the parent that refers to this kind's rows, where they do not refer to it
}

// isScoped tells whether the caller sees only some of the kind's rows.
func (s *store) isScoped(ctx context.Context) bool {
	return access.RowsOf(ctx) != nil && !s.scope.isPublic
}

// Sees tells whether the caller sees every row there is: only then is what is not found not
// there.
func (s *store) Sees(ctx context.Context) bool { return !s.isScoped(ctx) }

// visible is the table as the caller may see it. Every statement for a request is made of it:
// a row that is not the caller's does not exist for it, in lists, counts, figures, searches and
// wherever else.
func (s *store) visible(ctx context.Context) (*plan.Table, error) {
	table, err := s.ready(ctx)
	if err != nil || !s.isScoped(ctx) {
		return table, err
	}
	owned, err := s.all().owned(ctx, access.RowsOf(ctx))
	if err != nil {
		return nil, err
	}
	return table.Within(owned), nil
}

// all is the store with nothing hidden: whose a row is does not depend on who may see by what.
func (s *store) all() *store {
	if s.whole != nil {
		return s.whole
	}
	return s
}

// owned is the predicate of the rows that belong to the caller. Values of the policy or of a
// claim that are none of the field belong to nobody.
func (s *store) owned(ctx context.Context, rows *access.Rows) (plan.Predicate, error) {
	table, err := s.ready(ctx)
	if err != nil {
		return nil, err
	}
	var choices []plan.Predicate
	for _, by := range []struct{ fields, values []string }{
		{s.scope.towns, codesOf(s.env.Towns, rows.Towns)},
		{s.scope.departments, codesOf(s.env.Departments, rows.Departments)},
		{s.scope.handlers, rows.Handlers},
	} {
		for _, field := range by.fields {
			for _, value := range by.values {
				if choice, err := table.Referring(field, value, s.env); err == nil {
					choices = append(choices, choice)
				}
			}
		}
	}
	if parent := s.scope.parent; parent != nil {
		owner, err := parent.visible(ctx)
		if err != nil {
			return nil, err
		}
		if s.scope.by != "" {
			choices = append(choices, table.ReferredBy(owner, owner.Field(s.scope.by)))
		} else {
			choices = append(choices, table.RefersTo(table.Field(s.scope.of), owner, keyOf(owner, s.scope.key)))
		}
	}
	return plan.Any(choices), nil
}

// codesOf are the codes of the places that the reference data have.
func codesOf(places cell.Gazetteer, names []string) (codes []string) {
	for _, name := range names {
		if code, ok := places.Find(name); ok {
			codes = append(codes, code)
		}
	}
	return codes
}

// keyOf is the field by which a table's rows are referred to; nil for their key.
func keyOf(t *plan.Table, name string) *mapping.Field {
	if name == "" {
		return nil
	}
	return t.Field(name)
}
