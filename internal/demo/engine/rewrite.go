package engine

import (
	"strings"

	"github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/go-mysql-server/sql/analyzer"
	"github.com/dolthub/go-mysql-server/sql/expression"
	"github.com/dolthub/go-mysql-server/sql/plan"
	"github.com/dolthub/go-mysql-server/sql/transform"
	"github.com/dolthub/go-mysql-server/sql/types"
)

// Our steps in the planner. The numbers only have to differ from its own.
const (
	escapeLikeRule analyzer.RuleId = 1000 + iota
	compileRegexpRule
	readDirtRule
	padComparisonsRule
	datesAsTextRule
	exactSumsRule
	balanceUnionsRule
	useIndexRule
	roomyGroupsRule
)

// escapeLike gives every LIKE without ESCAPE the default escape in writing. The planner
// turns LIKE 'x%' without one into a range whose upper end is not valid UTF-8, which
// finds nothing; with ESCAPE it leaves it alone.
func escapeLike(_ *sql.Context, _ *analyzer.Analyzer, n sql.Node, _ *plan.Scope, _ analyzer.RuleSelector,
	_ *sql.QueryFlags) (sql.Node, transform.TreeIdentity, error) {
	return transform.NodeExprsWithOpaque(n, func(e sql.Expression) (sql.Expression, transform.TreeIdentity, error) {
		like, ok := e.(*expression.Like)
		if !ok || like.Escape != nil {
			return e, transform.SameTree, nil
		}
		escape := expression.NewLiteral(`\`, types.LongText)
		return expression.NewLike(like.LeftChild, like.RightChild, escape), transform.NewTree, nil
	})
}

// useIndex replaces conditions over our tables by an access, and drops a sort whose
// order an index has.
func useIndex(ctx *sql.Context, _ *analyzer.Analyzer, n sql.Node, _ *plan.Scope, _ analyzer.RuleSelector,
	_ *sql.QueryFlags) (sql.Node, transform.TreeIdentity, error) {
	return transform.NodeWithOpaque(n, func(n sql.Node) (sql.Node, transform.TreeIdentity, error) {
		switch n := n.(type) {
		case *plan.Filter:
			return answerFilter(ctx, n)
		case *plan.Sort:
			return dropSort(ctx, n, n.SortFields, n.Child, -1)
		case *plan.TopN:
			limit, err := n.Limit.Eval(ctx, nil)
			if err != nil || n.CalcFoundRows {
				return n, transform.SameTree, nil
			}
			count, _, err := types.Int64.Convert(ctx, limit)
			if err != nil {
				return n, transform.SameTree, nil
			}
			// a Limit node always stays above a TopN
			return dropSort(ctx, n, n.Fields, n.Child, int(count.(int64)))
		}
		return n, transform.SameTree, nil
	})
}

// answerFilter lets ranks decide what they can and leaves the rest in the filter, on fewer
// rows where ranks tell at least that.
func answerFilter(ctx *sql.Context, n *plan.Filter) (sql.Node, transform.TreeIdentity, error) {
	resolved, ok := n.Child.(*plan.ResolvedTable)
	alias, aliased := n.Child.(*plan.TableAlias)
	if aliased {
		resolved, ok = alias.Child.(*plan.ResolvedTable)
	}
	if !ok {
		return n, transform.SameTree, nil
	}
	t, ok := resolved.UnderlyingTable().(*table)
	if !ok {
		return n, transform.SameTree, nil
	}
	name := t.name
	if aliased {
		name = alias.Name()
	}
	var answered allOf
	var rest []sql.Expression
	same := transform.SameTree
	for _, e := range expression.SplitConjunction(n.Expression) {
		p, exact, ok := t.compile(ctx, name, e)
		if ok {
			answered = append(answered, p)
		}
		if !exact {
			e, unpadded, err := transform.Expr(e, padded)
			if err != nil {
				return nil, transform.SameTree, err
			}
			same = same && unpadded
			rest = append(rest, e)
		}
	}
	if len(answered) == 0 {
		if same {
			return n, transform.SameTree, nil
		}
		return plan.NewFilter(expression.JoinAnd(rest...), n.Child), transform.NewTree, nil
	}
	a, _ := t.choose(answered, nil, -1)
	var read sql.Node
	read, err := plan.NewStaticIndexedAccessForTableNode(ctx, resolved, a.lookup())
	if err != nil {
		return nil, transform.SameTree, err
	}
	if aliased {
		if read, err = alias.WithChildren(read); err != nil {
			return nil, transform.SameTree, err
		}
	}
	if len(rest) > 0 {
		read = plan.NewFilter(expression.JoinAnd(rest...), read)
	}
	return read, transform.NewTree, nil
}

// dropSort replaces a sort by its child if that can be read in the sort's order and it
// pays.
func dropSort(ctx *sql.Context, n sql.Node, fields sql.SortFields, child sql.Node,
	limit int) (sql.Node, transform.TreeIdentity, error) {
	order := make([]namedWish, len(fields))
	for i, f := range fields {
		g, ok := f.Column.(*expression.GetField)
		if !ok {
			return n, transform.SameTree, nil
		}
		order[i] = namedWish{g.Name(), f.Order == sql.Descending}
	}
	sorted, err := inOrder(ctx, child, order, limit)
	if err != nil {
		return nil, transform.SameTree, err
	}
	if sorted == nil {
		return n, transform.SameTree, nil
	}
	return sorted, transform.NewTree, nil
}

// namedWish is a wish before its column is known.
type namedWish struct {
	column     string
	descending bool
}

// inOrder reads the one table below n in the given order, nil if that is not possible or
// not cheaper than to sort.
func inOrder(ctx *sql.Context, n sql.Node, order []namedWish, limit int) (sql.Node, error) {
	switch n := n.(type) {
	case *plan.Project:
		below, ok := beforeProject(n, order)
		if !ok {
			return nil, nil
		}
		return inOrderBelow(ctx, n, n.Child, below, limit)
	case *plan.Filter:
		return inOrderBelow(ctx, n, n.Child, order, limit)
	case *plan.TableAlias:
		return inOrderBelow(ctx, n, n.Child, order, limit)
	case *plan.ResolvedTable:
		if t, ok := n.UnderlyingTable().(*table); ok {
			return readInOrder(ctx, n, t, nil, order, limit)
		}
	case *plan.IndexedTableAccess:
		t, ok := n.UnderlyingTable().(*indexedTable)
		if !ok || !n.IsStatic() {
			return nil, nil
		}
		l, err := n.GetLookup(ctx, nil)
		if err != nil {
			return nil, err
		}
		if a, ok := l.Ranges.(*access); ok {
			return readInOrder(ctx, n.TableNode, t.table, a.filter, order, limit)
		}
	}
	return nil, nil
}

// inOrderBelow is inOrder for a node's only child.
func inOrderBelow(ctx *sql.Context, n, child sql.Node, order []namedWish, limit int) (sql.Node, error) {
	sorted, err := inOrder(ctx, child, order, limit)
	if sorted == nil || err != nil {
		return nil, err
	}
	return n.WithChildren(sorted)
}

// readInOrder reads a table in the given order, nil if sorting is better.
func readInOrder(ctx *sql.Context, n sql.TableNode, t *table, p predicate, order []namedWish,
	limit int) (sql.Node, error) {
	wishes := make([]wish, len(order))
	for i, w := range order {
		c := t.ordinal(w.column)
		if c < 0 {
			return nil, nil
		}
		wishes[i] = wish{c, w.descending}
	}
	a, ordered := t.choose(p, wishes, limit)
	if !ordered {
		return nil, nil
	}
	return plan.NewStaticIndexedAccessForTableNode(ctx, n, a.lookup())
}

// beforeProject names the order's columns as they are called below a projection. It
// gives false if one of them is computed there.
func beforeProject(n *plan.Project, order []namedWish) ([]namedWish, bool) {
	below := make([]namedWish, len(order))
	for i, w := range order {
		found := false
		for _, e := range n.Projections {
			name := ""
			if alias, ok := e.(*expression.Alias); ok {
				name, e = alias.Name(), alias.Child
			}
			g, ok := e.(*expression.GetField)
			if ok && name == "" {
				name = g.Name()
			}
			if !strings.EqualFold(name, w.column) {
				continue
			}
			if !ok || found {
				return nil, false // computed, or two columns of one name
			}
			below[i], found = namedWish{g.Name(), w.descending}, true
		}
		if !found {
			return nil, false
		}
	}
	return below, true
}
