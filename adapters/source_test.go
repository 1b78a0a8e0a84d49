package adapters_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/demo/engine"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/page"
	"github.com/bureaugraph/bureaugraph/internal/selection"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

const tinySDL = `
scalar Date
scalar PersonName
interface Node { id: ID! }
type Query { matters: [Matter!]! rounds: [Round!]! }
type Town implements Node { id: ID! }
type DataIssue { field: String }
type Matter implements Node {
  id: ID!
  number: String
  status: Status
  statusLabel: String
  kind: Kind
  acceptedOn: Date
  town: Town
  applicant: PersonName
  handlers: [String!]!
  isUrgent: Boolean
  fees: Fees
  rounds: [Round!]!
  dataIssues: [DataIssue!]!
}
type Fees { notary: Int copies: Int }
type Round implements Node { id: ID! matter: Matter no: Int }
enum Status { APPLIED GRANTED OTHER }
enum Kind { CIVIL CRIMINAL }
enum MatterOrderField { ACCEPTED_ON NUMBER }
`

const tinyMapping = `
system: tiny
records:
  Matter:
    table: biz_matter
    key: [id]
    keep: {del: ["0", null]}
    fields:
      number:     {column: ajbh, cell: text}
      status:     {column: zt, cell: enum, values: {"10": APPLIED, "1": APPLIED, "20": GRANTED}, else: OTHER, twin: {column: ztjs, labels: {"10": 待审, "20": 通过}}}
      kind:       {column: lx, cell: enum, dictionary: {table: dict, code: dm, label: mc, where: {lb: "1"}, labels: {民事: CIVIL, 刑事: CRIMINAL}}}
      acceptedOn: {column: slrq, cell: day, native: true, empty: ["0000-00-00"]}
      town:       {column: szxz, cell: town}
      applicant:  {column: sqr, cell: personName}
      handlers:   {column: cbr, cell: list, separator: ","}
      isUrgent:   {column: sfjj, cell: bool, values: {"1": true, "0": false}}
      fees.notary: {column: gzf, cell: int}
      fees.copies: {column: fbf, cell: int}
    orders: {ACCEPTED_ON: acceptedOn, NUMBER: number}
  Round:
    table: biz_round
    key: [matter_id, no]
    fields:
      matter: {column: matter_id, cell: key, refers: Matter}
      no:     {column: no, cell: int}
`

type (
	Matter struct {
		model.Row
		Number     *string
		Status     *string
		Kind       *string
		AcceptedOn *model.Date
		TownRef    *string
		Applicant  *model.PersonName
		Handlers   []string
		IsUrgent   *bool
		Fees       *Fees
	}
	Fees  struct{ Notary, Copies *int }
	Round struct {
		model.Row
		MatterRef *string
		No        *int
	}
	MatterFilter struct {
		Number     *model.TextFilter `json:"number,omitempty"`
		Status     []string          `json:"status,omitempty"`
		AcceptedOn *model.DateRange  `json:"acceptedOn,omitempty"`
		Town       []string          `json:"town,omitempty"`
		IsUrgent   *bool             `json:"isUrgent,omitempty"`
		And        []*MatterFilter   `json:"and,omitempty"`
		Or         []*MatterFilter   `json:"or,omitempty"`
		Not        *MatterFilter     `json:"not,omitempty"`
	}
	MatterOrder struct {
		By        string
		Direction model.OrderDirection
	}
)

func (Matter) Needs() map[string][]string {
	return map[string][]string{"statusLabel": {"status"}, "rounds": nil}
}

// fixture is a tiny system on the embedded engine.
type fixture struct {
	matters *adapters.Source[Matter]
	rounds  *adapters.Source[Round]
	schema  *ast.Schema
	dict    *atomic.Int64 // how often the dictionary was asked for on the wire
}

// wire counts the statements about the dictionary.
type wire struct {
	net.Conn
	dict *atomic.Int64
}

func (w wire) Write(b []byte) (int, error) {
	if bytes.Contains(b, []byte("FROM `dict`")) {
		w.dict.Add(1)
	}
	return w.Conn.Write(b)
}

func tinyDatabase(rows int) *legacy.Database {
	matters := &legacy.Table{
		Name: "biz_matter",
		Columns: []legacy.Column{{Name: "id", Type: "int", NotNull: true}, {Name: "ajbh", Type: "varchar(40)"},
			{Name: "zt", Type: "varchar(4)"}, {Name: "ztjs", Type: "varchar(20)"},
			{Name: "lx", Type: "varchar(4)"}, {Name: "slrq", Type: "date"}, {Name: "szxz", Type: "varchar(40)"},
			{Name: "sqr", Type: "varchar(40)"}, {Name: "cbr", Type: "varchar(60)"},
			{Name: "sfjj", Type: "varchar(4)"}, {Name: "gzf", Type: "int"}, {Name: "fbf", Type: "int"},
			{Name: "del", Type: "char(1)"}, {Name: "big", Type: "text"}},
		Primary: []string{"id"}, Indexes: [][]string{{"slrq"}, {"szxz"}, {"ajbh"}},
		Rows: [][]any{
			{int64(1), "A-1", "10", "待审", "01", "2023-03-15", "330109105", "张三", "王一,王二", "1", int64(5), nil, "0", "x"},
			{int64(2), "A-2", "1", "", "02", "2023-03-15", "临浦镇", "李?", "王一", "0", nil, nil, nil, "x"},
			{int64(3), "A-3", "20", "待审", "99", "2023-04-01", "330109105001", "", "", "x", nil, int64(2), "0", "x"},
			{int64(4), "A-4", "77", "?", nil, "0000-00-00", "火星镇", "王五", " 王二 , ,王一", nil, nil, nil, "0", "x"},
			{int64(5), "A-5", nil, nil, "01", nil, "330109113", nil, nil, "1", nil, nil, "0", "x"},
			{int64(6), "A-6", "10", "", "01", "2024-01-01", "330109113", nil, nil, "1", nil, nil, "1", "x"}, // deleted
		},
	}
	for i := range rows {
		matters.Rows = append(matters.Rows, []any{int64(100 + i), fmt.Sprintf("B-%05d", i),
			[]string{"10", "20", "77"}[i%3], "", "01",
			fmt.Sprintf("2022-%02d-%02d", 1+i%12, 1+i%28), []string{"330109100", "330109101", "330109102"}[i%3], "张三",
			"王一", "1", int64(i), nil, "0", strings.Repeat("长", 200)})
	}
	return &legacy.Database{Name: "tiny", Charset: "utf8mb4", Tables: []*legacy.Table{
		matters,
		{Name: "biz_round", Columns: []legacy.Column{{Name: "matter_id", Type: "int", NotNull: true},
			{Name: "no", Type: "int", NotNull: true}}, Primary: []string{"matter_id", "no"},
			Rows: [][]any{{int64(1), int64(1)}, {int64(1), int64(2)}, {int64(2), int64(1)}, {int64(9), int64(1)}}},
		{Name: "dict", Columns: []legacy.Column{{Name: "lb", Type: "varchar(4)"}, {Name: "dm", Type: "varchar(4)"},
			{Name: "mc", Type: "varchar(20)"}},
			Rows: [][]any{{"1", "01", "民事"}, {"1", "02", "刑事"}, {"1", "03", "其他"}, {"2", "99", "民事"}}},
	}}
}

func tiny(t testing.TB, rows int) *fixture {
	t.Helper()
	server, err := engine.Start(t.Context(), "127.0.0.1:0", []*legacy.Database{tinyDatabase(rows)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	cfg, err := mysql.ParseDSN("root@tcp(" + server.Addr() + ")/tiny")
	if err != nil {
		t.Fatal(err)
	}
	asked := new(atomic.Int64)
	cfg.Net = "counted" + server.Addr()[strings.IndexByte(server.Addr(), ':')+1:]
	mysql.RegisterDialContext(cfg.Net, func(ctx context.Context, addr string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", addr)
		return wire{conn, asked}, err
	})
	t.Cleanup(func() { mysql.DeregisterDialContext(cfg.Net) })
	db, err := database.Open("TINY", cfg, database.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	f := tinyOn(t, db)
	f.dict = asked
	return f
}

func tinyOn(t testing.TB, db *database.DB) *fixture {
	t.Helper()
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "tiny.graphqls", Input: tinySDL})
	if err != nil {
		t.Fatal(err)
	}
	towns, departments, err := reference.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	env := cell.Env{Towns: towns, Departments: departments, Divisions: towns}
	file, err := mapping.Parse(mapping.Source{Name: "tiny.yaml", Data: []byte(tinyMapping)}, nil,
		mapping.SchemaOf(schema), env)
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{schema: schema}
	if f.matters, err = adapters.NewSource[Matter](db, "TINY", file.Records["Matter"], env); err != nil {
		t.Fatal(err)
	}
	if f.rounds, err = adapters.NewSource[Round](db, "TINY", file.Records["Round"], env); err != nil {
		t.Fatal(err)
	}
	return f
}

// selecting gives a context whose operation selects the fields, and its log.
func (f *fixture) selecting(t testing.TB, query string) (context.Context, *sources.Log) {
	t.Helper()
	doc, err := gqlparser.LoadQueryWithRules(f.schema, query, nil)
	if err != nil {
		t.Fatal(err)
	}
	log := sources.New(true)
	ctx := selection.With(t.Context(), selection.Of(f.schema, doc.Operations[0]))
	return sources.With(ctx, log), log
}

func numbers(matters []*Matter) string {
	list := make([]string, len(matters))
	for i, m := range matters {
		list[i] = *m.Number
	}
	return strings.Join(list, " ")
}

func TestListPages(t *testing.T) {
	f := tiny(t, 0)
	ask := adapters.Ask{Args: page.Args{First: new(2)}, Count: true}
	for _, want := range []struct {
		numbers     string
		next, first bool
	}{{"A-3 A-2", true, true}, {"A-1 A-4", true, false}, {"A-5", false, false}} {
		c, err := f.matters.List(t.Context(), ask)
		if err != nil {
			t.Fatal(err)
		}
		if numbers(c.Nodes) != want.numbers || c.HasNext != want.next || c.HasPrevious == want.first ||
			*c.TotalCount != 5 {
			t.Errorf("%s, next %v, previous %v, total %d; want %+v", numbers(c.Nodes), c.HasNext, c.HasPrevious,
				*c.TotalCount, want)
		}
		ask.After = c.PageInfo().EndCursor
	}
	var before *string
	for _, want := range []string{"A-4 A-5", "A-2 A-1", "A-3"} {
		c, err := f.matters.List(t.Context(), adapters.Ask{Args: page.Args{Last: new(2), Before: before}})
		if err != nil {
			t.Fatal(err)
		}
		if numbers(c.Nodes) != want || c.HasPrevious != (want != "A-3") || c.HasNext != (before != nil) {
			t.Errorf("%s, next %v, previous %v; want %s", numbers(c.Nodes), c.HasNext, c.HasPrevious, want)
		}
		before = c.PageInfo().StartCursor
	}
}

func TestListOrders(t *testing.T) {
	f := tiny(t, 0)
	for _, test := range []struct {
		order *MatterOrder
		want  string
	}{
		{nil, "A-3 A-2 A-1 A-4 A-5"},
		{&MatterOrder{By: "ACCEPTED_ON", Direction: model.OrderDirectionAsc}, "A-5 A-4 A-1 A-2 A-3"},
		{&MatterOrder{By: "NUMBER", Direction: model.OrderDirectionDesc}, "A-5 A-4 A-3 A-2 A-1"},
		{&MatterOrder{Direction: model.OrderDirectionAsc}, "A-5 A-4 A-1 A-2 A-3"},
	} {
		ask := adapters.Ask{}
		if test.order != nil {
			ask.Order = test.order
		}
		c, err := f.matters.List(t.Context(), ask)
		if err != nil {
			t.Fatal(err)
		}
		if got := numbers(c.Nodes); got != test.want {
			t.Errorf("%+v: %s, want %s", test.order, got, test.want)
		}
	}
}

func TestCursors(t *testing.T) {
	f := tiny(t, 0)
	c, err := f.matters.List(t.Context(), adapters.Ask{})
	if err != nil {
		t.Fatal(err)
	}
	if c.Nodes[1].Cursor() != "" {
		t.Error("a cursor nobody asked for")
	}
	if c, err = f.matters.List(t.Context(), adapters.Ask{Edges: true}); err != nil {
		t.Fatal(err)
	}
	for i, m := range c.Nodes { // the rest of the list starts behind each
		rest, err := f.matters.List(t.Context(), adapters.Ask{Args: page.Args{After: new(m.Cursor())}})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := numbers(rest.Nodes), numbers(c.Nodes[i+1:]); got != want {
			t.Errorf("behind %s: %s, want %s", *m.Number, got, want)
		}
	}
}

func TestFilters(t *testing.T) {
	f := tiny(t, 0)
	march := &model.DateRange{From: day(t, "2023-03-01"), Before: day(t, "2023-04-01")}
	for _, test := range []struct {
		name   string
		filter *MatterFilter
		want   string
	}{
		{"none", nil, "A-3 A-2 A-1 A-4 A-5"},
		{"empty", &MatterFilter{}, "A-3 A-2 A-1 A-4 A-5"},
		{"codes", &MatterFilter{Status: []string{"APPLIED"}}, "A-2 A-1"},
		{"no codes", &MatterFilter{Status: []string{}}, ""},
		{"unlisted", &MatterFilter{Status: []string{"OTHER"}}, "A-4"},
		{"town in any spelling", &MatterFilter{Town: []string{"临浦镇"}}, "A-3 A-2 A-1"},
		{"days", &MatterFilter{AcceptedOn: march}, "A-2 A-1"},
		{"flag", &MatterFilter{IsUrgent: new(false)}, "A-2"},
		{"text", &MatterFilter{Number: &model.TextFilter{Prefix: new("A-"), Contains: new("3")}}, "A-3"},
		{"two fields", &MatterFilter{Status: []string{"APPLIED"}, IsUrgent: new(true)}, "A-1"},
		{"or", &MatterFilter{Or: []*MatterFilter{{Status: []string{"GRANTED"}}, {IsUrgent: new(true)}}}, "A-3 A-1 A-5"},
		{"not", &MatterFilter{Not: &MatterFilter{Status: []string{"APPLIED"}}}, "A-3 A-4 A-5"},
		{"and", &MatterFilter{And: []*MatterFilter{{AcceptedOn: march}, {Not: &MatterFilter{IsUrgent: new(true)}}}},
			"A-2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			ask := adapters.Ask{Count: true}
			if test.filter != nil {
				ask.Filter = test.filter
			}
			c, err := f.matters.List(t.Context(), ask)
			if err != nil {
				t.Fatal(err)
			}
			if got := numbers(c.Nodes); got != test.want || *c.TotalCount != len(c.Nodes) {
				t.Errorf("%s of %d, want %s", got, *c.TotalCount, test.want)
			}
			n, exact, err := f.matters.Count(t.Context(), ask.Filter)
			if err != nil || !exact || n != len(c.Nodes) {
				t.Errorf("Count = %d, %v, %v", n, exact, err)
			}
		})
	}
}

func day(t testing.TB, iso string) *model.Date {
	t.Helper()
	d, err := model.ParseDate(iso)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

// TestOnlyWantedColumns reads the statements: a selection costs its own columns, the key
// and the sort value.
func TestOnlyWantedColumns(t *testing.T) {
	f := tiny(t, 0)
	for _, test := range []struct{ name, query, columns string }{
		{"one field", "{ matters { number } }", "`id`, `ajbh`, `slrq` AS `_sort`"},
		{"id and type", "{ matters { id __typename } }", "`id`, `slrq` AS `_sort`"},
		{"code with its twin", "{ matters { status } }", "`id`, `zt`, `ztjs`, `slrq` AS `_sort`"},
		{"computed field", "{ matters { statusLabel } }", "`id`, `zt`, `ztjs`, `slrq` AS `_sort`"},
		{"part of a record", "{ matters { fees { notary } } }", "`id`, `gzf`, `fbf`, `slrq` AS `_sort`"},
		{"relation that starts at the key", "{ matters { rounds { no } } }", "`id`, `slrq` AS `_sort`"},
		{"relation", "{ matters { town { id } } }", "`id`, `szxz`, `slrq` AS `_sort`"},
		{"fragments", "{ matters { ...n ... on Matter { kind } } } fragment n on Matter { number }",
			"`id`, `ajbh`, `lx`, `slrq` AS `_sort`"},
		{"two places", "{ matters { number } rounds { matter { isUrgent } } }",
			"`id`, `ajbh`, `sfjj`, `slrq` AS `_sort`"},
		{"findings want everything", "{ matters { dataIssues { field } } }",
			"`id`, `ajbh`, `zt`, `ztjs`, `lx`, `slrq`, `szxz`, `sqr`, `cbr`, `sfjj`, `gzf`, `fbf`, `slrq` AS `_sort`"},
	} {
		t.Run(test.name, func(t *testing.T) {
			ctx, log := f.selecting(t, test.query)
			if _, err := f.matters.List(ctx, adapters.Ask{}); err != nil {
				t.Fatal(err)
			}
			statements := log.SQL("TINY")
			got, _, _ := strings.Cut(strings.TrimPrefix(statements[len(statements)-1], "SELECT "), " FROM")
			if got != test.columns {
				t.Errorf("read %s\nwant %s", got, test.columns)
			}
		})
	}
}

func TestPages(t *testing.T) {
	f := tiny(t, 0)
	ctx, log := f.selecting(t, "{ matters { number } }")
	pages, err := f.matters.Pages(ctx, "town", []string{"330109105", "330109113", "330109012", "330109105"},
		adapters.Ask{Args: page.Args{First: new(2)}, Count: true})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for town, c := range pages {
		got[town] = fmt.Sprint(numbers(c.Nodes), " next ", c.HasNext, " of ", *c.TotalCount)
	}
	want := map[string]string{"330109105": "A-3 A-2 next true of 3", "330109113": "A-5 next false of 1",
		"330109012": " next false of 0"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if n := log.Entries()[0].Statements; n != 2 { // pages, counts
		t.Errorf("%d statements", n)
	}
	next, err := f.matters.Pages(ctx, "town", []string{"330109105"},
		adapters.Ask{Args: page.Args{First: new(2), After: pages["330109105"].PageInfo().EndCursor}})
	if err != nil {
		t.Fatal(err)
	}
	if got := numbers(next["330109105"].Nodes); got != "A-1" {
		t.Errorf("next page: %s", got)
	}
}

// TestManyParents needs more than one UNION ALL.
func TestManyParents(t *testing.T) {
	f := tiny(t, 300)
	keys := make([]string, 0, 250)
	for i := range 250 {
		keys = append(keys, fmt.Sprint("330109", 100+i%3))
		keys = append(keys, fmt.Sprint(i))
	}
	pages, err := f.rounds.Pages(t.Context(), "matter", keys, adapters.Ask{Args: page.Args{First: new(1)}})
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for key, c := range pages {
		if len(c.Nodes) > 0 {
			found++
			if *c.Nodes[0].MatterRef != key {
				t.Errorf("%s got a round of %s", key, *c.Nodes[0].MatterRef)
			}
		}
	}
	if found != 3 || len(pages) != 253 {
		t.Errorf("%d of %d parents have rounds", found, len(pages))
	}
}

func TestByKey(t *testing.T) {
	f := tiny(t, 0)
	for _, test := range []struct {
		name, field string
		keys        []string
		want        map[string]string
	}{
		{"primary key", "", []string{"1", "3", "1", "999", "x"}, map[string]string{"1": "A-1", "3": "A-3"}},
		{"deleted rows are not served", "", []string{"6"}, map[string]string{}},
		{"field", "number", []string{"A-2", "A-9"}, map[string]string{"A-2": "A-2"}},
		{"collation", "number", []string{"a-2 ", "A-2"}, map[string]string{"a-2 ": "A-2", "A-2": "A-2"}},
		{"nothing asked", "", nil, map[string]string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			found, err := f.matters.ByKey(t.Context(), test.field, test.keys)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for k, rows := range found {
				got[k] = numbers(rows)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	t.Run("rows of a parent in key order", func(t *testing.T) {
		found, err := f.rounds.ByKey(t.Context(), "matter", []string{"2", "1", "7"})
		if err != nil {
			t.Fatal(err)
		}
		if len(found) != 2 || len(found["1"]) != 2 || *found["1"][0].No != 1 || *found["1"][1].No != 2 ||
			found["1"][1].Key() != "1|2" {
			t.Errorf("%v", found)
		}
	})
	t.Run("composite key", func(t *testing.T) {
		found, err := f.rounds.ByKey(t.Context(), "", []string{"1|2", "9|1", "9", "1|2|3"})
		if err != nil {
			t.Fatal(err)
		}
		if len(found) != 2 || *found["1|2"][0].No != 2 || found["9|1"] == nil {
			t.Errorf("%v", found)
		}
	})
	t.Run("unmapped field", func(t *testing.T) {
		if _, err := f.matters.ByKey(t.Context(), "colour", []string{"1"}); err == nil {
			t.Error("no error")
		}
	})
}

func TestManyKeys(t *testing.T) {
	f := tiny(t, 1500)
	var keys []string
	for i := range 1500 {
		keys = append(keys, fmt.Sprintf("B-%05d", i))
	}
	found, err := f.matters.ByKey(t.Context(), "number", keys)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != len(keys) {
		t.Errorf("%d of %d keys", len(found), len(keys))
	}
}

func TestCompositeKeyPages(t *testing.T) {
	f := tiny(t, 0)
	var keys []string
	var after *string
	for range 4 {
		c, err := f.rounds.List(t.Context(), adapters.Ask{Args: page.Args{First: new(1), After: after},
			Order: &MatterOrder{Direction: model.OrderDirectionAsc}})
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, c.Nodes[0].Key())
		after = c.PageInfo().EndCursor
	}
	if diff := cmp.Diff([]string{"1|1", "1|2", "2|1", "9|1"}, keys); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestDictionaryIsReadOnce(t *testing.T) {
	f := tiny(t, 0)
	ctx, log := f.selecting(t, "{ matters { kind } }")
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() {
			c, err := f.matters.List(ctx, adapters.Ask{})
			if err != nil {
				t.Error(err)
				return
			}
			var kinds []string
			for _, m := range c.Nodes {
				if m.Kind == nil {
					kinds = append(kinds, "-")
				} else {
					kinds = append(kinds, *m.Kind)
				}
			}
			if got := strings.Join(kinds, " "); got != "- CRIMINAL CIVIL - CIVIL" { // 99 is of another dictionary
				t.Errorf("kinds %s", got)
			}
		})
	}
	wg.Wait()
	if n := f.dict.Load(); n != 1 {
		t.Errorf("the dictionary was read %d times", n)
	}
	if n := log.Entries()[0].Statements; n != 5 {
		t.Errorf("%d statements on the requests' account: the dictionary is nobody's", n)
	}
}

func TestDataIssues(t *testing.T) {
	f := tiny(t, 0)
	ctx, log := f.selecting(t, "{ matters { number dataIssues { field } } }")
	c, err := f.matters.List(ctx, adapters.Ask{Order: &MatterOrder{By: "NUMBER", Direction: model.OrderDirectionAsc}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range c.Nodes {
		for _, i := range m.DataIssues() {
			raw := "hidden"
			if i.Raw != nil {
				raw = *i.Raw
			}
			got = append(got, strings.Join([]string{m.Key(), i.Field, string(i.Rule), string(i.Severity), raw}, " "))
		}
	}
	want := []string{
		"2 applicant LOST_CHARACTERS SUSPECT hidden",
		"3 status LABEL_MISMATCH SUSPECT hidden",
		"3 kind UNKNOWN_CODE DROPPED hidden",
		"3 isUrgent NOT_A_FLAG DROPPED hidden",
		"4 status UNKNOWN_CODE SUSPECT hidden",
		"4 town UNKNOWN_TOWN DROPPED hidden",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	entry := log.Entries()[0]
	if entry.Repaired != 3 || entry.Dropped != 3 || entry.Rows != 5 || entry.Statements != 1 {
		t.Errorf("log %+v", entry)
	}
	row := c.Nodes[0]
	if row.Fees == nil || *row.Fees.Notary != 5 || row.Fees.Copies != nil || c.Nodes[1].Fees != nil {
		t.Errorf("parts of a record: %+v, %+v", row.Fees, c.Nodes[1].Fees)
	}
	if diff := cmp.Diff([]string{"王二", "王一"}, c.Nodes[3].Handlers); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}
}

func TestBadInput(t *testing.T) {
	f := tiny(t, 0)
	c, err := f.matters.List(t.Context(), adapters.Ask{})
	if err != nil {
		t.Fatal(err)
	}
	byDate := c.PageInfo().EndCursor
	foreign := page.Cursor{Order: "ACCEPTED_ON DESC", Key: "\x00N"}.Encode() // NULL, which no key is
	for _, test := range []struct {
		name string
		ask  adapters.Ask
		want string
	}{
		{"too many", adapters.Ask{Args: page.Args{First: new(201)}}, "first: 201 is outside 1..200"},
		{"none", adapters.Ask{Args: page.Args{Last: new(0)}}, "last: 0 is outside 1..200"},
		{"both ends", adapters.Ask{Args: page.Args{First: new(1), Last: new(1)}},
			"last: give either first or last, not both"},
		{"garbled cursor", adapters.Ask{Args: page.Args{After: new("?")}},
			"after: is no cursor of this gateway; take endCursor or startCursor of a page"},
		{"cursor of another order", adapters.Ask{Args: page.Args{After: byDate}, Order: &MatterOrder{By: "NUMBER"}},
			"after: belongs to a list in another order (ACCEPTED_ON DESC); this one runs by NUMBER DESC"},
		{"cursor of another list", adapters.Ask{Args: page.Args{After: &foreign}}, "after: is no cursor of this list"},
		{"unknown order", adapters.Ask{Order: &MatterOrder{By: "COLOUR"}},
			"orderBy: this system cannot order by COLOUR; it can by ACCEPTED_ON, NUMBER"},
		{"unknown town", adapters.Ask{Filter: &MatterFilter{Town: []string{"火星镇"}}},
			`filter.town: "火星镇" is no town or street of the reference data; see towns { code name }`},
		{"empty range", adapters.Ask{Filter: &MatterFilter{AcceptedOn: &model.DateRange{From: day(t, "2023-02-01"),
			Before: day(t, "2023-01-01")}}}, "filter.acceptedOn: from 2023-02-01 must lie before 2023-01-01"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := f.matters.List(t.Context(), test.ask)
			if e := fault.Of(err); e == nil || e.Code != fault.BadInput || e.Message != test.want {
				t.Errorf("got %v\nwant %s", err, test.want)
			}
		})
	}
}

func TestAbsentSystem(t *testing.T) {
	f := tinyOn(t, nil)
	_, err := f.matters.List(t.Context(), adapters.Ask{})
	if e := fault.Of(err); e == nil || e.Code != fault.SourceUnavailable ||
		e.Message != "TINY is not part of this deployment" {
		t.Errorf("got %v", err)
	}
}

// TestSystemComesBack: a dictionary that could not be read is read by the next request.
func TestSystemComesBack(t *testing.T) {
	server, err := engine.Start(t.Context(), "127.0.0.1:0", []*legacy.Database{tinyDatabase(0)})
	if err != nil {
		t.Fatal(err)
	}
	addr := server.Addr()
	if err := server.Close(); err != nil {
		t.Fatal(err)
	}
	cfg, err := mysql.ParseDSN("root@tcp(" + addr + ")/tiny")
	if err != nil {
		t.Fatal(err)
	}
	db, err := database.Open("TINY", cfg, database.Options{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	f := tinyOn(t, db)
	if _, err := f.matters.List(t.Context(), adapters.Ask{}); fault.Of(err) == nil ||
		fault.Of(err).Code != fault.SourceUnavailable {
		t.Fatalf("got %v", err)
	}
	if server, err = engine.Start(t.Context(), addr, []*legacy.Database{tinyDatabase(0)}); err != nil {
		t.Skip("the port was taken by somebody else")
	}
	t.Cleanup(func() { _ = server.Close() })
	c, err := f.matters.List(t.Context(), adapters.Ask{})
	for end := time.Now().Add(time.Minute); err != nil && time.Now().Before(end); { // until it has been tried again
		c, err = f.matters.List(t.Context(), adapters.Ask{})
	}
	if err != nil || len(c.Nodes) != 5 {
		t.Errorf("%v, %v", c, err)
	}
}

func TestStructWithoutAPlace(t *testing.T) {
	type Wrong struct {
		model.Row
		Number string
	}
	table := &mapping.Table{Record: "Matter", Name: "t", Key: []string{"id"},
		Fields: []*mapping.Field{{Name: "number", Column: "ajbh", Spec: cell.Spec{Kind: "text"}}}}
	if _, err := adapters.NewSource[Wrong](nil, "TINY", table, cell.Env{}); err == nil ||
		!strings.Contains(err.Error(), "must be a pointer or a slice") {
		t.Errorf("got %v", err)
	}
	type Bare struct{ Number *string }
	if _, err := adapters.NewSource[Bare](nil, "TINY", table, cell.Env{}); err == nil ||
		!strings.Contains(err.Error(), "does not embed model.Row") {
		t.Errorf("got %v", err)
	}
	type Lacking struct{ model.Row }
	if _, err := adapters.NewSource[Lacking](nil, "TINY", table, cell.Env{}); err == nil ||
		!strings.Contains(err.Error(), "has no Go field for number") {
		t.Errorf("got %v", err)
	}
}

// BenchmarkList reads and decodes a page of 100 records of nine fields over the engine.
func BenchmarkList(b *testing.B) {
	f := tiny(b, 1000)
	ctx, _ := f.selecting(b,
		"{ matters { id number status kind acceptedOn town { id } applicant handlers isUrgent fees { notary } } }")
	ctx = sources.With(ctx, nil)
	ask := adapters.Ask{Args: page.Args{First: new(100)}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.matters.List(ctx, ask); err != nil {
			b.Fatal(err)
		}
	}
}
