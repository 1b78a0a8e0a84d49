package engine

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/go-mysql-server/sql/analyzer"
	"github.com/dolthub/go-mysql-server/sql/expression"
	"github.com/dolthub/go-mysql-server/sql/expression/function"
	"github.com/dolthub/go-mysql-server/sql/plan"
	"github.com/dolthub/go-mysql-server/sql/transform"
	"github.com/dolthub/go-mysql-server/sql/types"
)

// matches is REGEXP with a constant pattern, compiled once by Go's regexp package. The
// planner's own REGEXP compiles its pattern again for every row: two milliseconds each.
type matches struct {
	expression.UnaryExpression
	pattern *regexp.Regexp
}

var (
	_ sql.Expression         = (*matches)(nil)
	_ sql.CollationCoercible = (*matches)(nil)
)

// compileRegexp replaces REGEXP by matches where the pattern is a constant that Go's
// syntax covers too.
func compileRegexp(ctx *sql.Context, _ *analyzer.Analyzer, n sql.Node, _ *plan.Scope, _ analyzer.RuleSelector,
	_ *sql.QueryFlags) (sql.Node, transform.TreeIdentity, error) {
	return transform.NodeExprsWithOpaque(n, func(e sql.Expression) (sql.Expression, transform.TreeIdentity, error) {
		like, ok := e.(*function.RegexpLike)
		if !ok || like.Flags != nil {
			return e, transform.SameTree, nil
		}
		literal, ok := like.Pattern.(*expression.Literal)
		if !ok {
			return e, transform.SameTree, nil
		}
		source, ok := literal.Value().(string)
		if !ok || source == "" {
			return e, transform.SameTree, nil
		}
		if c, _ := like.CollationCoercibility(ctx); strings.HasSuffix(c.Name(), "_ci") {
			source = "(?i)" + source
		}
		pattern, err := regexp.Compile(source)
		if err != nil {
			return e, transform.SameTree, nil
		}
		return &matches{expression.UnaryExpression{Child: like.Text}, pattern}, transform.NewTree, nil
	})
}

// String implements [fmt.Stringer].
func (m *matches) String() string { return fmt.Sprintf("regexp_like(%s,'%s')", m.Child, m.pattern) }

// Type implements [sql.Expression].
func (m *matches) Type() sql.Type { return types.Boolean }

// CollationCoercibility implements [sql.CollationCoercible].
func (m *matches) CollationCoercibility(*sql.Context) (sql.CollationID, byte) {
	return sql.Collation_binary, 5
}

// WithChildren implements [sql.Expression].
func (m *matches) WithChildren(children ...sql.Expression) (sql.Expression, error) {
	if len(children) != 1 {
		return nil, sql.ErrInvalidChildrenNumber.New(m, len(children), 1)
	}
	return &matches{expression.UnaryExpression{Child: children[0]}, m.pattern}, nil
}

// Eval implements [sql.Expression].
func (m *matches) Eval(ctx *sql.Context, row sql.Row) (any, error) {
	v, err := m.Child.Eval(ctx, row)
	if err != nil || v == nil {
		return nil, err
	}
	text, ok := v.(string)
	if !ok {
		converted, _, err := types.LongText.Convert(ctx, v)
		if err != nil {
			return nil, err
		}
		text = converted.(string)
	}
	return m.pattern.MatchString(text), nil
}
