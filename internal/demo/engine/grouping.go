package engine

import (
	"slices"

	"github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/go-mysql-server/sql/analyzer"
	"github.com/dolthub/go-mysql-server/sql/expression"
	"github.com/dolthub/go-mysql-server/sql/plan"
	"github.com/dolthub/go-mysql-server/sql/transform"
	"github.com/dolthub/go-mysql-server/sql/types"
)

// roomyGroups lets rows be grouped by latin1 texts: the planner measures what it groups by
// against its type, and there takes each byte of utf8 for a letter, so that a full cell is
// too long.
func roomyGroups(_ *sql.Context, _ *analyzer.Analyzer, n sql.Node, _ *plan.Scope, _ analyzer.RuleSelector,
	_ *sql.QueryFlags) (sql.Node, transform.TreeIdentity, error) {
	return transform.NodeWithOpaque(n, func(n sql.Node) (sql.Node, transform.TreeIdentity, error) {
		group, ok := n.(*plan.GroupBy)
		if !ok {
			return n, transform.SameTree, nil
		}
		by, same := slices.Clone(group.GroupByExprs), transform.SameTree
		for i, e := range by {
			if _, done := e.(*roomy); done {
				continue
			}
			if t, isText := e.Type().(sql.StringType); isText && t.CharacterSet() == sql.CharacterSet_latin1 {
				by[i], same = &roomy{expression.UnaryExpression{Child: e}}, transform.NewTree
			}
		}
		if same == transform.SameTree {
			return n, same, nil
		}
		return plan.NewGroupBy(group.SelectedExprs, by, group.Child), same, nil
	})
}

// roomy is a text whose type has room for any.
type roomy struct{ expression.UnaryExpression }

func (r *roomy) Type() sql.Type {
	return types.CreateLongText(r.Child.Type().(sql.StringType).Collation())
}

func (r *roomy) Eval(ctx *sql.Context, row sql.Row) (any, error) { return r.Child.Eval(ctx, row) }

func (r *roomy) String() string { return r.Child.String() }

func (r *roomy) WithChildren(children ...sql.Expression) (sql.Expression, error) {
	if len(children) != 1 {
		return nil, sql.ErrInvalidChildrenNumber.New(r, len(children), 1)
	}
	return &roomy{expression.UnaryExpression{Child: children[0]}}, nil
}
