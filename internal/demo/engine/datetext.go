package engine

import (
	"slices"

	"github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/go-mysql-server/sql/analyzer"
	"github.com/dolthub/go-mysql-server/sql/expression"
	"github.com/dolthub/go-mysql-server/sql/expression/function"
	"github.com/dolthub/go-mysql-server/sql/plan"
	"github.com/dolthub/go-mysql-server/sql/transform"
	"github.com/dolthub/go-mysql-server/sql/types"
)

// datesAsText gives text functions the text of a date as MySQL writes it. The planner
// would write every date with a time, the zero date as year 0, and refuses to cut one.
func datesAsText(_ *sql.Context, _ *analyzer.Analyzer, n sql.Node, _ *plan.Scope, _ analyzer.RuleSelector,
	_ *sql.QueryFlags) (sql.Node, transform.TreeIdentity, error) {
	return transform.NodeExprsWithOpaque(n, func(e sql.Expression) (sql.Expression, transform.TreeIdentity, error) {
		switch e := e.(type) {
		case *function.If: // makes a date of two branches a datetime; CASE does not
			branches := []expression.CaseBranch{{Cond: e.Children()[0], Value: e.Children()[1]}}
			return expression.NewCase(nil, branches, e.Children()[2]), transform.NewTree, nil
		case *function.Concat, *function.ConcatWithSeparator, function.Left, function.Right, *function.Substring,
			*function.SubstringIndex, *function.Replace, *function.Trim, *expression.Like, *matches:
			return wrapDates(e)
		case *function.Coalesce, *function.IfNull, *expression.Case, *expression.Convert:
			if types.IsText(e.Type()) {
				return wrapDates(e)
			}
		}
		return e, transform.SameTree, nil
	})
}

// wrapDates puts dateText around the dates among an expression's children.
func wrapDates(e sql.Expression) (sql.Expression, transform.TreeIdentity, error) {
	children := slices.Clone(e.Children())
	found := false
	for i, c := range children {
		if c != nil && types.IsTime(c.Type()) {
			children[i] = &dateText{expression.UnaryExpression{Child: c}}
			found = true
		}
	}
	if !found {
		return e, transform.SameTree, nil
	}
	wrapped, err := e.WithChildren(children...)
	return wrapped, transform.NewTree, err
}

// dateText is a date or time as text.
type dateText struct {
	expression.UnaryExpression
}

// String implements [fmt.Stringer].
func (d *dateText) String() string { return d.Child.String() }

// Type implements [sql.Expression].
func (d *dateText) Type() sql.Type { return types.LongText }

// CollationCoercibility implements [sql.CollationCoercible].
func (d *dateText) CollationCoercibility(*sql.Context) (sql.CollationID, byte) {
	return sql.Collation_Default, 4
}

// WithChildren implements [sql.Expression].
func (d *dateText) WithChildren(children ...sql.Expression) (sql.Expression, error) {
	if len(children) != 1 {
		return nil, sql.ErrInvalidChildrenNumber.New(d, len(children), 1)
	}
	return &dateText{expression.UnaryExpression{Child: children[0]}}, nil
}

// Eval implements [sql.Expression].
func (d *dateText) Eval(ctx *sql.Context, row sql.Row) (any, error) {
	v, err := d.Child.Eval(ctx, row)
	if err != nil || v == nil {
		return nil, err
	}
	wire, err := d.Child.Type().SQL(ctx, nil, v)
	if err != nil {
		return nil, err
	}
	return wire.ToString(), nil
}
