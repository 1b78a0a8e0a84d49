package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// The schema and the cases are those of playground/src/flatten.test.ts: both must flatten
// alike.
const tiny = `
"Cases. 案件列表。"
type Query { "Cases. 案件列表。" cases(first: Int, after: String, status: State): CaseConnection "Towns. 镇街。" towns: [Town!]! "Town. 镇街。" town(code: String): Town "Statistics. 统计。" stats(groupBy: [Dimension!]!): Stats }
type CaseConnection { "Count. 总数。" totalCount: Int totalCountAtLeast: Int nodes: [Case!]! edges: [CaseEdge!]! pageInfo: PageInfo! }
type CaseEdge { cursor: String node: Case }
type PageInfo { hasNextPage: Boolean! endCursor: String }
type Case { id: ID! "Number. 案号。" number: String "State. 状态，可空。" state: State "States. 历次状态。" states: [State!] "Fee. 费用。" fee: Money "Town. 镇街。" town: Town "Who. 当事人。" people: [Person!] "Urgent. 是否紧急。" urgent: Boolean "Day. 日期。" day: Date "Issues. 数据问题。" dataIssues: [DataIssue!] }
type DataIssue { field: String rule: String }
type Person { "Name. 姓名。" name: PersonName "Phone. 电话。" phone: Phone }
type Town { "Name. 名称。" name: String "Code. 代码。" code: String "Cases. 案件。" cases(first: Int, after: String): CaseConnection "Old. 旧案件。" old(first: Int, after: String): CaseConnection }
type Stats { groups: [Group!]! "All. 合计。" total: Group! "Left out. 未计入。" excluded: [Excluded!]! }
type Excluded { "Why. 原因。" reason: String "Rows. 行数。" count: Int }
type Group { key: [Key!]! "Count. 数量。" count: Int "Share. 比率。" share: Rate }
type Rate { "Value. 比值。" value: Int "Of. 分母。" of: Int }
type Key { dimension: String value: String label: String }
enum State { "Open · 在办" OPEN "Closed · 已结（含撤回）" CLOSED }
enum Dimension { "Town · 镇街" TOWN "Year · 年度" YEAR }
scalar PersonName scalar Phone scalar Money scalar Date
`

func source(text string) *ast.Source { return &ast.Source{Name: "test", Input: text} }

func schema(t testing.TB) *ast.Schema {
	t.Helper()
	s, err := gqlparser.LoadSchema(source(tiny))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func plan(t testing.TB, query string, variables map[string]any, mode Mode) *Plan {
	t.Helper()
	s := schema(t)
	document, errs := gqlparser.LoadQuery(s, query)
	if errs != nil {
		t.Fatal(errs)
	}
	return New(s, document, document.Operations[0], variables, mode)
}

// shape is a table as a test writes it.
type shape struct {
	Name, Label string
	Labels      []string
	Names       []string
	Rows        [][]string
}

func shapes(t testing.TB, p *Plan, answer string) []shape {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(answer))
	decoder.UseNumber()
	var data map[string]any
	if err := decoder.Decode(&data); err != nil {
		t.Fatal(err)
	}
	var list []shape
	for _, table := range p.Tables {
		one := shape{Name: table.Name, Label: table.Label}
		for _, c := range table.Columns {
			one.Labels = append(one.Labels, c.Label)
			one.Names = append(one.Names, c.Name)
		}
		err := table.Reader().Read(data, func(row []Cell) error {
			var texts []string
			for i, cell := range row {
				texts = append(texts, table.Columns[i].Text(cell, true))
			}
			one.Rows = append(one.Rows, texts)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, one)
	}
	return list
}

func TestFlatten(t *testing.T) {
	for name, c := range map[string]struct {
		query, answer string
		variables     map[string]any
		want          []shape
	}{
		"nested lists": {
			query: "{ cases { totalCount nodes { id number town { name } people { name phone } } } }",
			answer: `{"cases":{"totalCount":2,"nodes":[
				{"id":"1","number":"甲1","town":{"name":"临浦镇"},"people":[{"name":"张*","phone":null},{"name":"李*","phone":"138****1234"}]},
				{"id":"2","number":"甲2","town":null,"people":[]}]}}`,
			want: []shape{{"cases", "案件列表", []string{"id", "案号", "镇街", "当事人 · 姓名", "当事人 · 电话"},
				[]string{"id", "number", "town.name", "people.name", "people.phone"},
				[][]string{{"1", "甲1", "临浦镇", "张*", ""}, {"1", "甲1", "临浦镇", "李*", "138****1234"}, {"2", "甲2", "", "", ""}}}},
		},
		"sibling lists follow one another": {
			query: "{ towns { cases { nodes { number } } name old { nodes { number } } } }",
			answer: `{"towns":[{"name":"临浦镇","cases":{"nodes":[{"number":"1"},{"number":"2"}]},"old":{"nodes":[{"number":"3"}]}},
				{"name":"河上镇","cases":null,"old":{"nodes":[]}}]}`,
			want: []shape{{"towns", "镇街", []string{"案件 · 案号", "名称", "旧案件 · 案号"}, []string{"cases.number", "name", "old.number"},
				[][]string{{"1", "临浦镇", ""}, {"2", "临浦镇", ""}, {"", "临浦镇", "3"}, {"", "河上镇", ""}}}},
		},
		"an empty list is a table": {
			query: "{ cases { nodes { number } } }", answer: `{"cases":{"nodes":[]}}`,
			want: []shape{{"cases", "案件列表", []string{"案号"}, []string{"number"}, nil}},
		},
		"aliases and fragments": {
			query:  "{ all: cases { nodes { ...F ... on Case { no: number } } } } fragment F on Case { state states urgent dataIssues { field rule } }",
			answer: `{"all":{"nodes":[{"state":"OPEN","states":["OPEN","CLOSED"],"urgent":true,"dataIssues":[{"field":"fee","rule":"X"},{"field":"day","rule":"Y"}],"no":"甲1"}]}}`,
			want: []shape{{"all", "all", []string{"状态", "历次状态", "是否紧急", "数据问题", "no"}, []string{"state", "states", "urgent", "dataIssues", "no"},
				[][]string{{"在办", "在办；已结（含撤回）", "是", "fee X；day Y", "甲1"}}}},
		},
		"single figures are one row": {
			query: "{ a: cases(first: 1) { totalCount } b: cases { totalCount } }", answer: `{"a":{"totalCount":3},"b":{"totalCount":null}}`,
			want: []shape{{"overview", "概览", []string{"a", "b"}, []string{"a.totalCount", "b.totalCount"}, [][]string{{"3", ""}}}},
		},
		"each list of a root object": {
			query: "query($by: [Dimension!]!) { stats(groupBy: $by) { groups { key { dimension label } count share { value } } total { key { dimension label } count } excluded { reason count } } }",
			answer: `{"stats":{"groups":[{"key":[{"dimension":"TOWN","label":"临浦镇"},{"dimension":"YEAR","label":"2023"}],"count":4,"share":{"value":1}},
				{"key":[{"dimension":"TOWN","label":null},{"dimension":"YEAR","label":"2024"}],"count":2}],"total":{"key":[],"count":6},"excluded":[{"reason":"undated","count":1}]}}`,
			variables: map[string]any{"by": []any{"TOWN", "YEAR"}},
			want: []shape{
				{"stats.groups", "统计", []string{"镇街", "年度", "数量", "比率 · 比值"}, []string{"key.TOWN", "key.YEAR", "count", "share.value"}, [][]string{{"临浦镇", "2023", "4", "1"}, {"", "2024", "2", ""}}},
				{"stats.excluded", "未计入", []string{"原因", "行数"}, []string{"excluded.reason", "excluded.count"}, [][]string{{"undated", "1"}}},
				{"overview", "概览", []string{"合计 · 数量"}, []string{"stats.total.count"}, [][]string{{"6"}}},
			},
		},
		"lists of one object": {
			query:  "{ town { name cases { nodes { number } } old { totalCount nodes { number } } } }",
			answer: `{"town":{"name":"临浦镇","cases":{"nodes":[{"number":"1"}]},"old":{"totalCount":7,"nodes":[{"number":"2"}]}}}`,
			want: []shape{
				{"town.cases", "案件", []string{"名称", "案号"}, []string{"name", "cases.number"}, [][]string{{"临浦镇", "1"}}},
				{"town.old", "旧案件", []string{"名称", "案号"}, []string{"name", "old.number"}, [][]string{{"临浦镇", "2"}}},
			},
		},
		"nodes and edges": {
			query: "{ cases { nodes { number } edges { cursor node { number } } } }", answer: `{"cases":{"nodes":[{"number":"1"}],"edges":[{"cursor":"c","node":{"number":"1"}}]}}`,
			want: []shape{
				{"cases.nodes", "案件列表", []string{"案号"}, []string{"number"}, [][]string{{"1"}}},
				{"cases.edges", "案件列表", []string{"cursor", "案号"}, []string{"cursor", "number"}, [][]string{{"c", "1"}}},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := shapes(t, plan(t, c.query, c.variables, AsAsked), c.answer)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
