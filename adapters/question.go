package adapters

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// question is a checked Ask.
type question struct {
	table *plan.Table
	list  plan.List
	size  int
	back  bool
	order string // names the order in cursors
	edges bool
	likes *likes // as they are before the first row; nil where rows are told apart by a key
	input any    // the client's filter
}

// place is the raw sort value of a row; nil for NULL, for an order by key alone, and
// where no cursor is wanted.
func (q *question) place(cells []sql.RawBytes, at int) *string {
	if q.list.Order.Field == nil || q.list.Unplaced || cells[at] == nil {
		return nil
	}
	return new(string(cells[at]))
}

// question checks what a list was asked. All that is wrong with the arguments is said at
// once, before anything is read.
func (s *settler) question(ctx context.Context, ask Ask) (*question, error) {
	table, err := s.visible(ctx)
	if err != nil {
		return nil, err
	}
	q := &question{table: table, edges: ask.Edges, input: ask.Filter}
	var wrong []error
	by, direction := orderOf(ask.Order)
	if ask.IsDefault && s.orders[by] == nil {
		by = ""
	}
	if by == "" && len(s.mapped.Orders) > 0 {
		by = s.mapped.Orders[0].Name
	}
	if by != "" {
		switch q.list.Order.Field = s.orders[by]; {
		case q.list.Order.Field != nil:
		case len(s.orders) == 0:
			wrong = append(wrong, fault.Input("orderBy",
				"this system records nothing that its lists can be ordered by; leave %s out", by))
		default:
			wrong = append(wrong, fault.Input("orderBy", "this system cannot order by %s; it can by %s", by,
				strings.Join(slices.Sorted(maps.Keys(s.orders)), ", ")))
		}
	}
	q.list.Order.Desc = direction != model.OrderDirectionAsc
	q.order = by + " DESC"
	if !q.list.Order.Desc {
		q.order = by + " ASC"
	}
	window, err := ask.Window(q.order)
	wrong = append(wrong, err)
	q.size, q.back = window.Size, window.Backward
	q.list.Reverse = window.Backward
	q.list.Limit = window.Size + 1
	if ask.Nodes {
		q.list.Limit, q.list.Unplaced = window.Size, true
	}
	q.likes = numbered(table, window.Backward)
	if c := window.Cursor; c != nil {
		key, known := s.kind.Unhide(c.Key)
		value := c.Value
		if known && value != nil {
			var plain string
			plain, known = s.kind.Unhide(*value)
			value = &plain
		}
		ok := false
		if known {
			q.list.After, q.likes, ok = position(table, value, key, window.Backward)
		}
		if !ok {
			wrong = append(wrong, fault.Input(window.CursorName(), "is no cursor of this list"))
		} else if q.likes != nil {
			q.list.Limit += q.likes.more()
		}
	}
	filter := filter.Of(ask.Filter)
	wrong = append(wrong, s.unrecorded("filter", filter)...)
	if q.list.Where, err = s.predicates(ctx, table, filter, ask.Filter, wrong...); err != nil {
		return nil, err
	}
	q.list.Project = plan.Project(table, s.want(ctx))
	return q, nil
}
