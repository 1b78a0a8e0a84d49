package adapters

import (
	"context"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// judge refuses a list of a large table that no index serves, with a LIMIT_EXCEEDED fault
// that says what would help. parent is the predicate of a nested list, which may help and
// cannot harm: its relation is the mapping's, not the client's; nil where there is none.
func (s *store) judge(ctx context.Context, q *question, parent plan.Predicate) error {
	physical := s.catalog.table(ctx, q.table.Mapping.Name)
	if physical == nil {
		return nil
	}
	verdict := physical.Judge(q.table, q.list.Where, q.list.Order)
	if verdict != plan.Allowed && parent != nil {
		verdict = min(verdict, physical.Judge(q.table, append([]plan.Predicate{parent}, q.list.Where...), q.list.Order))
	}
	if verdict == plan.Allowed {
		return nil
	}
	english, chinese := help(physical, q.table, q.input)
	argument, why, reason := "filter", "no index serves it", "该筛选条件无索引可用"
	if verdict == plan.OrderScans {
		argument, why, reason = "orderBy", "no index serves "+q.order, "按 "+q.order+" 排序无索引可用"
	}
	return fault.Limit(string(s.kind.System), argument, "%s, and %s has about %s records; %s. %s，而记录约 %s 条；%s。",
		why, s.kind.Record, thousands(physical.Rows), english, reason, thousands(physical.Rows), chinese)
}

// help says in both languages what a filter of the input's type could add.
func help(physical *plan.Physical, table *plan.Table, input any) (english, chinese string) {
	ranges, values := physical.Help(table)
	types := inputFields(input)
	if types != nil {
		ranges = slices.DeleteFunc(ranges,
			func(f string) bool { return types[f] != reflect.TypeFor[*model.DateRange]() })
		values = slices.DeleteFunc(values, func(f string) bool {
			return types[f] == nil || types[f] == reflect.TypeFor[*bool]()
		})
	}
	for i, f := range values {
		if types[f] == reflect.TypeFor[*model.TextFilter]() {
			values[i] += ".equals"
		}
	}
	var en, zh []string
	if len(ranges) > 0 {
		en = append(en, strings.Join(ranges, " or ")+" with both from and before")
		zh = append(zh, strings.Join(ranges, "、")+"（同时给出 from 和 before）")
	}
	if len(values) > 0 {
		en = append(en, strings.Join(values, " or "))
		zh = append(zh, strings.Join(values, "、"))
	}
	if en == nil {
		return "no condition of this list has an index that would help: ask the administrators for one",
			"本列表没有可用的索引条件，请联系管理员建立索引"
	}
	return "filter by " + strings.Join(en, ", or by ") + " as well", "请同时按 " + strings.Join(zh, "，或 ") + " 筛选"
}

// inputFields gives the fields of a filter input by their names; input may be a nil pointer.
func inputFields(input any) map[string]reflect.Type {
	t := reflect.TypeOf(input)
	if t == nil {
		return nil
	}
	fields := map[string]reflect.Type{}
	for f := range t.Elem().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		fields[name] = f.Type
	}
	return fields
}

// thousands writes a number with commas.
func thousands(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// OrderReport is an order of a list that no index serves well.
type OrderReport struct {
	System        model.System
	Record, Order string // LegalAidCase, DECIDED_ON
	Table, Column string // of the legacy database
	Rows          int64  // about
	// IsComputed says that the column's texts do not run in the order of what they mean: no
	// index on it would help, only `sorted: true` in the mapping of a column that is clean.
	IsComputed bool
	// TiesOnly says that there is an index, and that it leaves rows of the same value
	// unordered, so that the server sorts the range of each page.
	TiesOnly bool
}

// learn has the source's server tell of its tables, unless it has.
func (s *store) learn(ctx context.Context) { s.catalog.table(ctx, s.mapped.Name) }

// orderReports looks at each order of the source's lists; none where the server tells
// nothing of the table.
func (s *store) orderReports(ctx context.Context) (reports []OrderReport, err error) {
	table, err := s.ready(ctx)
	if err != nil {
		return nil, err
	}
	physical := s.catalog.table(ctx, table.Mapping.Name)
	if physical == nil {
		return nil, nil
	}
	for _, o := range table.Mapping.Orders {
		f := table.Field(o.Field)
		ordered, ties := physical.Orders(table, plan.Order{Field: f})
		if ordered && ties {
			continue
		}
		reports = append(reports, OrderReport{
			System: s.kind.System, Record: s.kind.Record, Order: o.Name, Table: table.Mapping.Name, Column: f.Column,
			Rows: physical.Rows, IsComputed: !table.MadeOf(f), TiesOnly: ordered,
		})
	}
	return reports, nil
}
