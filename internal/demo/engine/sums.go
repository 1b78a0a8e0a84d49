package engine

import (
	"github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/go-mysql-server/sql/analyzer"
	"github.com/dolthub/go-mysql-server/sql/expression"
	"github.com/dolthub/go-mysql-server/sql/expression/function/aggregation"
	"github.com/dolthub/go-mysql-server/sql/plan"
	"github.com/dolthub/go-mysql-server/sql/transform"
	"github.com/dolthub/go-mysql-server/sql/types"
)

// MySQL gives an average this many decimals more than its argument has
// (div_precision_increment).
const averageDecimals = 4

// exactSums makes SUM and AVG of exact numbers exact. The planner declares every sum a
// double, and so would send 62462000.00 as 6.2462e+07.
func exactSums(_ *sql.Context, _ *analyzer.Analyzer, n sql.Node, _ *plan.Scope, _ analyzer.RuleSelector,
	_ *sql.QueryFlags) (sql.Node, transform.TreeIdentity, error) {
	exact := map[sql.ColumnId]sql.Type{}
	var err error
	transform.Inspect(n, func(n sql.Node) bool {
		group, ok := n.(*plan.GroupBy)
		if !ok {
			return true
		}
		for _, e := range group.SelectedExprs {
			var more uint8
			switch e.(type) {
			case *aggregation.Sum:
			case *aggregation.Avg:
				more = averageDecimals
			default:
				continue
			}
			id := e.(interface{ Id() sql.ColumnId }).Id()
			argument := e.Children()[0].Type()
			scale := uint8(0)
			if d, ok := argument.(sql.DecimalType); ok {
				scale = d.Scale()
			} else if !types.IsInteger(argument) {
				continue
			}
			scale = min(scale+more, types.DecimalTypeMaxScale)
			if exact[id], err = types.CreateColumnDecimalType(types.DecimalTypeMaxPrecision, scale); err != nil {
				return false
			}
		}
		return true
	})
	if err != nil || len(exact) == 0 {
		return n, transform.SameTree, err
	}
	return transform.NodeExprsWithOpaque(n, func(e sql.Expression) (sql.Expression, transform.TreeIdentity, error) {
		f, ok := e.(*expression.GetField)
		if !ok || f.Type() != types.Float64 || exact[f.Id()] == nil {
			return e, transform.SameTree, nil
		}
		typed := expression.NewGetFieldWithTable(int(f.Id()), int(f.TableId()), exact[f.Id()], f.Database(), f.Table(),
			f.Name(), f.IsNullable())
		return typed, transform.NewTree, nil
	})
}
