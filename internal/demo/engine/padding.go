package engine

import (
	"strings"

	"github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/go-mysql-server/sql/analyzer"
	"github.com/dolthub/go-mysql-server/sql/expression"
	"github.com/dolthub/go-mysql-server/sql/expression/function"
	"github.com/dolthub/go-mysql-server/sql/plan"
	"github.com/dolthub/go-mysql-server/sql/transform"
	"github.com/dolthub/go-mysql-server/sql/types"
)

// padComparisons lets '窗口 ' equal '窗口', as all collations of our tables have it, where
// a comparison stands inside CASE or IFNULL. Those of a WHERE are answered by ranks, which
// ignore trailing blanks anyway; what ranks leave over is padded where it is left over.
func padComparisons(_ *sql.Context, _ *analyzer.Analyzer, n sql.Node, _ *plan.Scope, _ analyzer.RuleSelector,
	_ *sql.QueryFlags) (sql.Node, transform.TreeIdentity, error) {
	return transform.NodeExprsWithOpaque(n, func(e sql.Expression) (sql.Expression, transform.TreeIdentity, error) {
		switch e.(type) {
		case *expression.Case, *function.IfNull:
			return transform.Expr(e, padded)
		}
		return e, transform.SameTree, nil
	})
}

// padded cuts the trailing blanks off a text column that is compared for equality, under
// its own collation or another, and off the constants that it is compared with.
func padded(e sql.Expression) (sql.Expression, transform.TreeIdentity, error) {
	switch e := e.(type) {
	case *expression.InTuple, *expression.HashInTuple:
		children := e.Children()
		if cut := withoutBlanks(children[0]); cut != nil {
			return expression.NewInTuple(cut, trimmed(children[1])), transform.NewTree, nil
		}
	case *expression.Equals:
		if cut := withoutBlanks(e.Left()); cut != nil {
			return expression.NewEquals(cut, trimmed(e.Right())), transform.NewTree, nil
		}
	}
	return e, transform.SameTree, nil
}

// withoutBlanks is a text column, or a text under a collation, without its trailing blanks;
// nil for anything else.
func withoutBlanks(e sql.Expression) sql.Expression {
	cut := func(text sql.Expression) sql.Expression {
		if types.IsText(text.Type()) && !types.IsBinaryType(text.Type()) {
			return function.NewRightTrim(text)
		}
		return nil
	}
	switch e := e.(type) {
	case *expression.GetField:
		return cut(e)
	case *expression.CollatedExpression:
		if child := cut(e.Child()); child != nil {
			if collated, err := e.WithChildren(child); err == nil {
				return collated
			}
		}
	}
	return nil
}

// trimmed is a constant text without its trailing blanks, or a list of such; anything else
// is left as it is.
func trimmed(e sql.Expression) sql.Expression {
	switch e := e.(type) {
	case *expression.Literal:
		if text, ok := e.Value().(string); ok && strings.HasSuffix(text, " ") {
			return expression.NewLiteral(strings.TrimRight(text, " "), e.Type())
		}
	case expression.Tuple:
		list := make(expression.Tuple, len(e))
		for i, child := range e {
			list[i] = trimmed(child)
		}
		return list
	}
	return e
}
