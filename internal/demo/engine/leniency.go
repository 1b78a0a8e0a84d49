package engine

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/go-mysql-server/sql/analyzer"
	"github.com/dolthub/go-mysql-server/sql/expression"
	"github.com/dolthub/go-mysql-server/sql/expression/function"
	"github.com/dolthub/go-mysql-server/sql/plan"
	"github.com/dolthub/go-mysql-server/sql/planbuilder/dateparse"
	"github.com/dolthub/go-mysql-server/sql/transform"
	"github.com/dolthub/go-mysql-server/sql/types"
)

// readDirtLikeMySQL replaces the functions that read dirty text otherwise than MySQL:
// CAST('12abc' AS DECIMAL) is 12 and not 0; STR_TO_DATE of NULL is NULL and not an
// error, and of 31 February NULL and not 2 March.
func readDirtLikeMySQL(_ *sql.Context, _ *analyzer.Analyzer, n sql.Node, _ *plan.Scope, _ analyzer.RuleSelector,
	_ *sql.QueryFlags) (sql.Node, transform.TreeIdentity, error) {
	return transform.NodeExprsWithOpaque(n, func(e sql.Expression) (sql.Expression, transform.TreeIdentity, error) {
		switch e := e.(type) {
		case *expression.Convert:
			if _, done := e.Child.(*leadingNumber); done || !types.IsNumber(e.Type()) || !types.IsText(e.Child.Type()) {
				return e, transform.SameTree, nil
			}
			number := &leadingNumber{expression.UnaryExpression{Child: e.Child}}
			cast, err := e.WithChildren(number)
			return cast, transform.NewTree, err
		case *function.StrToDate:
			return &strToDate{e}, transform.NewTree, nil
		}
		return e, transform.SameTree, nil
	})
}

// numberPrefix is what MySQL reads of a text where it wants a number.
var numberPrefix = regexp.MustCompile(`^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)`)

// leadingNumber is the number a text begins with, "0" if it begins with none.
type leadingNumber struct {
	expression.UnaryExpression
}

// String implements [fmt.Stringer].
func (l *leadingNumber) String() string { return l.Child.String() }

// Type implements [sql.Expression].
func (l *leadingNumber) Type() sql.Type { return types.LongText }

// CollationCoercibility implements [sql.CollationCoercible].
func (l *leadingNumber) CollationCoercibility(ctx *sql.Context) (sql.CollationID, byte) {
	return sql.GetCoercibility(ctx, l.Child)
}

// WithChildren implements [sql.Expression].
func (l *leadingNumber) WithChildren(children ...sql.Expression) (sql.Expression, error) {
	if len(children) != 1 {
		return nil, sql.ErrInvalidChildrenNumber.New(l, len(children), 1)
	}
	return &leadingNumber{expression.UnaryExpression{Child: children[0]}}, nil
}

// Eval implements [sql.Expression].
func (l *leadingNumber) Eval(ctx *sql.Context, row sql.Row) (any, error) {
	v, err := l.Child.Eval(ctx, row)
	text, ok := v.(string)
	if err != nil || !ok {
		return v, err
	}
	if m := numberPrefix.FindStringSubmatch(text); m != nil {
		return m[1], nil
	}
	return "0", nil
}

// strToDate is STR_TO_DATE that gives NULL for what is no date.
type strToDate struct {
	*function.StrToDate
}

// WithChildren implements [sql.Expression].
func (s *strToDate) WithChildren(children ...sql.Expression) (sql.Expression, error) {
	inner, err := s.StrToDate.WithChildren(children...)
	if err != nil {
		return nil, err
	}
	return &strToDate{inner.(*function.StrToDate)}, nil
}

// Eval implements [sql.Expression].
func (s *strToDate) Eval(ctx *sql.Context, row sql.Row) (any, error) {
	text, ok, err := s.text(ctx, row, s.Date)
	if err != nil || !ok {
		return nil, err
	}
	format, ok, err := s.text(ctx, row, s.Format)
	if err != nil || !ok {
		return nil, err
	}
	if text == "" {
		return types.Datetime.Zero(), nil
	}
	v, err := dateparse.ParseDateWithFormat(text, format)
	if err != nil {
		return nil, nil
	}
	t, ok := v.(time.Time)
	if !ok || t.Day() > 3 || !strings.Contains(format, "%") {
		return v, nil
	}
	// A day past its month's end has become one of the first three of the next. Write the
	// date again and see whether the same numbers come out.
	again := function.NewDateFormat(expression.NewLiteral(t, types.DatetimeMaxPrecision),
		expression.NewLiteral(format, types.LongText))
	written, err := again.Eval(ctx, nil)
	if err != nil {
		return nil, err
	}
	if w, ok := written.(string); ok && !sameNumbers(w, text) {
		return nil, nil
	}
	return v, nil
}

// text evaluates an argument; false for NULL.
func (s *strToDate) text(ctx *sql.Context, row sql.Row, e sql.Expression) (text string, ok bool, err error) {
	v, err := e.Eval(ctx, row)
	if err != nil || v == nil {
		return "", false, err
	}
	v, _, err = types.LongText.Convert(ctx, v)
	if err != nil {
		return "", false, err
	}
	text, ok = v.(string)
	return text, ok, nil
}

var digits = regexp.MustCompile(`\d+`)

// sameNumbers tells whether text has the numbers of written, whatever their leading
// zeros; text may go on behind the last.
func sameNumbers(written, text string) bool {
	want, have := digits.FindAllString(written, -1), digits.FindAllString(text, -1)
	if len(have) < len(want) {
		return false
	}
	for i, w := range want {
		if i == len(want)-1 && strings.HasPrefix(have[i], w) {
			continue
		}
		a, errA := strconv.Atoi(w)
		b, errB := strconv.Atoi(have[i])
		if errA != nil || errB != nil || a != b {
			return false
		}
	}
	return true
}
