package engine

import (
	"slices"
	"strings"

	"github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/go-mysql-server/sql/analyzer"
	"github.com/dolthub/go-mysql-server/sql/expression"
	"github.com/dolthub/go-mysql-server/sql/plan"
	"github.com/dolthub/go-mysql-server/sql/transform"
	"github.com/dolthub/go-mysql-server/sql/types"
)

// predicate is a condition over one table that ranks alone can decide. It says whether a
// row is in; SQL's unknown is out, as in WHERE.
type predicate interface {
	match(row uint32) bool
	// bounds gives the ranks of a column outside of which nothing matches; false if the
	// column is not limited.
	bounds(column int) (set, bool)
}

// within is "the column's value is one of these".
type within struct {
	column int
	rank   []uint32
	set    set
}

func (w *within) match(row uint32) bool { return w.set.has(w.rank[row]) }

func (w *within) bounds(column int) (set, bool) { return w.set, w.column == column }

// allOf is AND.
type allOf []predicate

func (a allOf) match(row uint32) bool {
	for _, p := range a {
		if !p.match(row) {
			return false
		}
	}
	return true
}

func (a allOf) bounds(column int) (set, bool) {
	var limit set
	limited := false
	for _, p := range a {
		s, ok := p.bounds(column)
		switch {
		case !ok:
		case limited:
			limit = limit.and(s)
		default:
			limit, limited = s, true
		}
	}
	return limit, limited
}

// anyOf is OR.
type anyOf []predicate

func (a anyOf) match(row uint32) bool {
	return slices.ContainsFunc(a, func(p predicate) bool { return p.match(row) })
}

func (a anyOf) bounds(column int) (set, bool) {
	var limit set
	for _, p := range a {
		s, ok := p.bounds(column)
		if !ok {
			return nil, false
		}
		limit = limit.or(s)
	}
	return limit, true
}

// compile turns a condition into a predicate that is in wherever the condition is true. It
// is exact when it is in nowhere else; otherwise the planner has to keep the condition. ok
// is false if ranks tell nothing. alias is the table's name in the statement.
func (c *content) compile(ctx *sql.Context, alias string, e sql.Expression) (p predicate, exact, ok bool) {
	switch e := e.(type) {
	case *expression.And:
		l, exactL, okL := c.compile(ctx, alias, e.LeftChild)
		r, exactR, okR := c.compile(ctx, alias, e.RightChild)
		switch {
		case okL && okR:
			return allOf{l, r}, exactL && exactR, true
		case okL:
			return l, false, true
		}
		return r, false, okR
	case *expression.Or:
		l, exactL, okL := c.compile(ctx, alias, e.LeftChild)
		r, exactR, okR := c.compile(ctx, alias, e.RightChild)
		return anyOf{l, r}, exactL && exactR, okL && okR
	case *expression.Like:
		return c.prefix(ctx, alias, e)
	}
	op, left, right, ok := analyzer.IndexLeafChildren(e)
	if !ok {
		return nil, false, false
	}
	if _, ok := left.(*expression.GetField); !ok {
		left, right, op = right, left, op.Swap()
	}
	col := c.operand(alias, left)
	if col == nil {
		return nil, false, false
	}
	s, ok := col.ready().solve(ctx, op, right)
	return &within{col.ordinal, col.rank, s}, ok, ok
}

// operand is the column of this table that e names, or nil. Long texts without an index
// are not worth ranking.
func (c *content) operand(alias string, e sql.Expression) *column {
	f, ok := e.(*expression.GetField)
	if !ok || !strings.EqualFold(f.Table(), alias) {
		return nil
	}
	n := c.ordinal(f.Name())
	if n < 0 {
		return nil
	}
	indexed := slices.ContainsFunc(c.indexes, func(x *index) bool { return slices.Contains(x.columns, n) })
	if c.columns[n].long && !indexed {
		return nil
	}
	return c.columns[n]
}

// solve gives the ranks for which "column op right" is true.
func (c *column) solve(ctx *sql.Context, op analyzer.IndexScanOp, right sql.Expression) (set, bool) {
	last := c.end()
	switch op {
	case analyzer.IndexScanOpIsNull:
		if c.kind == timeKind && !c.content.schema.Schema[c.ordinal].Nullable && c.typ != types.Timestamp {
			// MySQL finds the zero date so in a column that may not be NULL
			zero, _ := c.seek(types.ZeroDateStr)
			lo, hi := c.cut(zero)
			return newSet(interval{lo, hi}), true
		}
		return newSet(interval{0, 1}), true
	case analyzer.IndexScanOpIsNotNull:
		return newSet(interval{1, last}), true
	case analyzer.IndexScanOpInSet, analyzer.IndexScanOpNotInSet:
		list, ok := right.(expression.Tuple)
		if !ok {
			return nil, false
		}
		in := make([]interval, 0, len(list))
		null := false
		for _, e := range list {
			b, isNull, ok := c.literal(ctx, e)
			if !ok {
				return nil, false
			}
			if isNull {
				null = true
				continue
			}
			lo, hi := c.cut(b)
			in = append(in, interval{lo, hi})
		}
		if op == analyzer.IndexScanOpInSet {
			return newSet(in...), true
		}
		if null {
			return nil, true // NOT IN with a NULL is never true
		}
		return newSet(in...).complement(last), true
	}

	b, null, ok := c.literal(ctx, right)
	if !ok {
		return nil, false
	}
	if null {
		if op == analyzer.IndexScanOpNullSafeEq {
			return newSet(interval{0, 1}), true
		}
		return nil, true // nothing compares with NULL
	}
	lo, hi := c.cut(b)
	switch op {
	case analyzer.IndexScanOpEq, analyzer.IndexScanOpNullSafeEq:
		return newSet(interval{lo, hi}), true
	case analyzer.IndexScanOpNotEq:
		return newSet(interval{lo, hi}).complement(last), true
	}
	if c.kind == enumKind {
		return nil, false // MySQL orders enums by position, but compares them as text
	}
	switch op {
	case analyzer.IndexScanOpLt:
		return newSet(interval{1, lo}), true
	case analyzer.IndexScanOpLte:
		return newSet(interval{1, hi}), true
	case analyzer.IndexScanOpGt:
		return newSet(interval{hi, last}), true
	case analyzer.IndexScanOpGte:
		return newSet(interval{lo, last}), true
	}
	return nil, false
}

// complement is every rank but NULL's that is not in s.
func (s set) complement(end uint32) set {
	var out []interval
	next := uint32(1)
	for _, i := range s {
		out = append(out, interval{next, i.lo})
		next = i.hi
	}
	return newSet(append(out, interval{next, end})...)
}

// literal evaluates a constant and places it among the column's values. A text constant
// must be a plain one: an explicit COLLATE compares in another order than ours.
func (c *column) literal(ctx *sql.Context, e sql.Expression) (b bound, null, ok bool) {
	if _, plain := e.(*expression.Literal); !plain && (c.kind == textKind || c.kind == enumKind || !constant(e)) {
		return bound{}, false, false
	}
	v, err := e.Eval(ctx, nil)
	if err != nil {
		return bound{}, false, false
	}
	if v == nil {
		return bound{}, true, true
	}
	b, ok = c.seek(v)
	return b, false, ok
}

// constant reports that an expression gives the same value for every row.
func constant(e sql.Expression) bool {
	return !transform.InspectExpr(e, func(e sql.Expression) bool {
		switch e := e.(type) {
		case *expression.GetField, *expression.BindVar, *expression.ProcedureParam, *expression.UserVar, *plan.Subquery:
			return true
		case sql.NonDeterministicExpression:
			return e.IsNonDeterministic()
		}
		return false
	})
}

// prefix answers LIKE 'x%' on text, and of LIKE 'x_%' and its like what begins so.
func (c *content) prefix(ctx *sql.Context, alias string, e *expression.Like) (p predicate, exact, ok bool) {
	col := c.operand(alias, e.LeftChild)
	pattern, ok := e.RightChild.(*expression.Literal)
	if col == nil || !ok || col.kind != textKind {
		return nil, false, false
	}
	text, ok := pattern.Value().(string)
	if !ok {
		return nil, false, false
	}
	escape := `\`
	if e.Escape != nil {
		v, err := e.Escape.Eval(ctx, nil)
		if s, isText := v.(string); err == nil && isText {
			escape = s
		}
	}
	wild := strings.IndexAny(text, "%_")
	// a trailing blank counts in LIKE but not in our keys
	if wild <= 0 || escape == "" || strings.Contains(text[:wild], escape) || text[wild-1] == ' ' {
		return nil, false, false
	}
	head := text[:wild]
	col.ready()
	key := []byte(col.textKey(head))
	lo := col.first(string(key))
	for i := len(key) - 1; ; i-- { // the next key that does not begin so
		if key[i]++; key[i] != 0 {
			break
		}
	}
	s := newSet(interval{lo, col.first(string(key))})
	return &within{col.ordinal, col.rank, s}, text[wild:] == "%", true
}
