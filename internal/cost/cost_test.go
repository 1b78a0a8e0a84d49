package cost

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

const sdl = `
type Query {
  towns(first: Int = 200): [Town!]!
  cases(first: Int, last: Int, after: String, filter: CaseFilter): CaseConnection!
  case(number: String!): Case
  nodes(ids: [ID!]!): [Case]!
  version: String
  report: [Remark!]!
  caseStats(groupBy: [String!]!): CaseStats
}
interface Node { id: ID! }
input CaseFilter { town: [String!] from: String or: [CaseFilter!] }
type Town { name: String cases(first: Int, last: Int, filter: CaseFilter): CaseConnection! }
type CaseConnection { nodes: [Case!]! edges: [CaseEdge!]! totalCount: Int }
type CaseEdge { cursor: String node: Case! }
type Case implements Node { id: ID! number: String town: Town remarks: [Remark!]! next: Case }
type Remark { text: String }
type CaseStats { groups: [Group!]! }
type Group { count: Int }
`

func model(t testing.TB) *Model {
	t.Helper()
	schema := gqlparser.MustLoadSchema(&ast.Source{Name: "pages.graphqls", Input: sdl})
	return New(schema, map[string]Kind{"Query.report": ReadsTables, "Query.caseStats": DoesFigures},
		map[string]int{"Case": 3, "Remark": 5})
}

func TestEstimate(t *testing.T) {
	m := model(t)
	tests := []struct {
		query         string
		variables     map[string]any
		records, cost int
	}{
		{`{version}`, nil, 1, 0},
		{`{report {text}}`, nil, Tables, Tables},
		{`{version case(number: "1") {number} report {text}}`, nil, Tables + 1, Tables + 1 + Statement},
		{`{case(number: "1") {number}}`, nil, 1, 1 + Statement},
		{`{case(number: "1") {number town {name}}}`, nil, 2, 2 + Statement},
		{`{case(number: "1") {next {next {number}}}}`, nil, 3, 3 + 3*Statement},
		{`{case(number: "1") {remarks {text}}}`, nil, 11, 11 + Statement},
		{`{cases {nodes {number}}}`, nil, 20, 20 + Statement},
		{`{cases(first: 50) {totalCount nodes {number town {name}}}}`, nil, 100, 100 + Count + Statement},
		{`{towns(first: 5) {cases(first: 2) {totalCount ...T}}} fragment T on CaseConnection {nodes {number}}`, nil, 15, 15 + 5*Count + Statement},
		{`{cases(last: 7) {edges {cursor node {number}}}}`, nil, 7, 7 + Statement},
		{`query($n: Int) {cases(first: $n) {nodes {number}}}`, map[string]any{"n": int64(30)}, 30, 30 + Statement},
		{`query($n: Int) {cases(first: $n) {nodes {number}}}`, map[string]any{"n": 30.0}, 30, 30 + Statement},
		{`query($n: Int) {cases(first: $n) {nodes {number}}}`, map[string]any{"n": nil}, 20, 20 + Statement},
		{`query($n: Int) {cases(first: $n) {nodes {number}}}`, nil, 20, 20 + Statement},
		{`{nodes(ids: ["1", "2", "3"]) {number town {name}}}`, nil, 6, 6 + 3 + Statement},
		{`query($ids: [ID!]!) {nodes(ids: $ids) {number}}`, map[string]any{"ids": []any{"1", "2"}}, 2, 2 + 2 + Statement},
		{`query($ids: [ID!]!) {nodes(ids: $ids) {number}}`, map[string]any{"ids": []string{"1"}}, 1, 1 + 1 + Statement},
		{`{cases(first: -3) {nodes {number}}}`, nil, 1, 1 + Statement},
		{`{cases(first: 1000000) {nodes {number}}}`, nil, 200, 200 + Statement},
		{`{towns {name cases(first: 10) {nodes {number}}}}`, nil, 220, 220 + Statement},
		{`{towns(first: 5) {cases(first: 2, filter: {town: ["1", "2"], from: "3"}) {nodes {number}}}}`, nil,
			15, 15 + 5*3*Condition + Statement},
		{`query($f: CaseFilter!) {a: cases(first: 1, filter: $f) {nodes {number}} b: cases(first: 1, filter: {or: [$f, $f]}) {nodes {number}}}`,
			map[string]any{"f": map[string]any{"town": []any{"1", "2", "3"}}}, 2, 2 + 9*Condition + 2*Statement},
		{`{caseStats(groupBy: []) {groups {count}}}`, nil, 11, 11 + Figures},
		{`{a: caseStats(groupBy: ["X"]) {groups {count}} b: caseStats(groupBy: []) {groups {count}}}`, nil, 22,
			22 + 2*Figures + 1},
		{`{a: cases(first: 5) {...P} b: cases(first: 5) {...P}} fragment P on CaseConnection {nodes {... on Case {town {name}}}}`,
			nil, 20, 20 + 2*Statement},
		{`{towns(first: 200) {cases(first: 200) {nodes {town {cases(first: 200) {nodes {number}}}}}}}`, nil,
			200 + 2*40_000 + 8_000_000, 200 + 2*40_000 + 8_000_000 + 2*Statement},
	}
	for _, tt := range tests {
		document, err := gqlparser.LoadQueryWithRules(m.schema, tt.query, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := m.Estimate(document.Operations[0], tt.variables)
		if got.Records != tt.records || got.Cost != tt.cost {
			t.Errorf("%s: records %d, cost %d; want %d, %d", tt.query, got.Records, got.Cost, tt.records, tt.cost)
		}
	}
}

// TestSystems: an operation asks the systems of all its types, wherever they stand.
func TestSystems(t *testing.T) {
	m := model(t)
	for query, want := range map[string]uint64{
		`{version towns {name}}`:                    0,
		`{case(number: "1") {number}}`:              1 << 3,
		`{cases {totalCount}}`:                      1 << 3,
		`{caseStats(groupBy: []) {groups {count}}}`: 1 << 3,
		`{report {text}}`:                           1 << 5,
		`{towns {...F}} fragment F on Town {cases {nodes {remarks {text}}}}`: 1<<3 | 1<<5,
	} {
		document, err := gqlparser.LoadQueryWithRules(m.schema, query, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Estimate(document.Operations[0], nil).Systems; got != want {
			t.Errorf("%s asks %b, want %b", query, got, want)
		}
	}
}

// TestPage tells the largest page that is asked for by a number, also one out of range.
func TestPage(t *testing.T) {
	m := model(t)
	for _, tt := range []struct {
		query, field string
		page         int
	}{
		{`{cases {nodes {number}}}`, "", 0},
		{`{cases(first: 3) {nodes {town {cases(last: 90) {totalCount}}}}}`, "cases", 90},
		{`{towns(first: 500) {name}}`, "towns", 500},
	} {
		document, err := gqlparser.LoadQueryWithRules(m.schema, tt.query, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Estimate(document.Operations[0], nil); got.Page != tt.page || got.Field != tt.field {
			t.Errorf("%s: page %d of %q, want %d of %q", tt.query, got.Page, got.Field, tt.page, tt.field)
		}
	}
}

// repeated joins n parts.
func repeated(n int, part func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(part(i))
	}
	return b.String()
}

// nested is a query with n fields inside fields.
func nested(n int) string {
	return "{" + strings.Repeat("case{", n-1) + "number" + strings.Repeat("}", n)
}

// TestShapeEdges has each limit at its edge: n is allowed, n+1 is refused, by that limit alone.
func TestShapeEdges(t *testing.T) {
	alias := func(i int) string { return fmt.Sprintf(" a%d:version", i) }
	limits := Limits{Depth: 7, Fields: 60, Aliases: 30, SameField: 9, RootFields: 8, Fragments: 6, Spreads: 10,
		Directives: 12, Name: 64}.WithDefaults()
	for _, tt := range []struct {
		limit string
		most  int
		query func(n int) string
	}{
		{"depth", 7, nested},
		{"depth", 7, func(n int) string { return "{...F} fragment F on Query " + nested(n) }},
		{"fields", 60, func(n int) string {
			return "{case(number:\"1\"){" + repeated(n-1, func(int) string { return " number" }) + "}}"
		}},
		{"fields", 60, func(n int) string { // each counted at its places
			return "{a:case(number:\"1\"){...F} b:case(number:\"1\"){...F number}}" +
				" fragment F on Case {" + strings.Repeat(" number", (n-3)/2) + "}"
		}},
		{"aliases", 30, func(n int) string {
			names := []string{"version", "x", "y", "z", "u", "v", "w"}
			one := func(i int) string { return fmt.Sprintf(" a%d:%s", i, names[i%7]) }
			return "{case(number:\"1\"){" + repeated(n, one) + "}}"
		}},
		{"sameField", 9, func(n int) string { return "{case(number:\"1\"){" + repeated(n, alias) + "}}" }},
		{"sameField", 9, func(n int) string { // spread over fragments, inline ones too
			return "{case(number:\"1\"){" + repeated(n-2, alias) + "... on Case{x:version} ...F}}" +
				" fragment F on Case {y:version}"
		}},
		{"rootFields", 8, func(n int) string { return "{" + strings.Repeat(" version", n) + "}" }},
		{"rootFields", 8, func(n int) string {
			return "{...F ...F} fragment F on Query {" + strings.Repeat(" version", (n+1)/2) + "}"
		}},
		{"fragments", 6, func(n int) string {
			one := func(i int) string { return fmt.Sprintf(" fragment F%d on Query {version}", i) }
			return "{version}" + repeated(n, one)
		}},
		{"spreads", 10, func(n int) string {
			return "{case(number:\"1\"){number" + strings.Repeat(" ...F ...{number}", n/2) +
				strings.Repeat(" ...F", n%2) + "}} fragment F on Case {number}"
		}},
		{"directives", 12, func(n int) string { return "{version" + strings.Repeat(" @skip(if:true)", n) + "}" }},
		{"directives", 12, func(n int) string {
			return "query @a {version} fragment F on Query @b {version" + strings.Repeat(" @c", n-2) + "}"
		}},
		{"nameBytes", 64, func(n int) string { return "{" + strings.Repeat("n", n) + "}" }},
		{"nameBytes", 64, func(n int) string { return "{a(x:{" + strings.Repeat("n", n) + ":1})}" }},
		{"nameBytes", 64, func(n int) string { return "{a(x:" + strings.Repeat("N", n) + ")}" }},
		{"nameBytes", 64, func(n int) string { return "query " + strings.Repeat("N", n) + "{a}" }},
		{"nameBytes", 64, func(n int) string { return "query($" + strings.Repeat("n", n) + ":Int){a}" }},
		{"nameBytes", 64, func(n int) string { return "{a @" + strings.Repeat("n", n) + "}" }},
		{"nameBytes", 64, func(n int) string { return "{..." + strings.Repeat("n", n) + "}" }},
	} {
		for _, n := range []int{tt.most, tt.most + 1} {
			if tt.limit == "rootFields" && strings.Contains(tt.query(n), "...F") && n%2 == 1 {
				n++ // pairs
			}
			if strings.Contains(tt.query(n), "b:case") {
				n = n/2*2 + 1 // pairs and three
				if n == tt.most+1 {
					n -= 2
				}
			}
			document, err := parser.ParseQuery(&ast.Source{Input: tt.query(n)})
			if err != nil {
				t.Fatalf("%s: %v", tt.query(n), err)
			}
			var over []string
			for _, e := range limits.Shape(ShapeOf(document)) {
				over = append(over, e.Limit)
			}
			want := []string(nil)
			if n > tt.most {
				want = []string{tt.limit}
			}
			if !slices.Equal(over, want) {
				t.Errorf("%s with %d: over %v, want %v: %s", tt.limit, n, over, want, tt.query(n))
			}
		}
	}
}

// TestEstimateEdges has cost, page and introspection at their edges.
func TestEstimateEdges(t *testing.T) {
	m := model(t)
	for _, tt := range []struct {
		limit   string
		limits  Limits
		allowed Estimate
		refused Estimate
	}{
		{"cost", Limits{Cost: 100}, Estimate{Cost: 100}, Estimate{Cost: 101}},
		{"first", Limits{Page: 50}, Estimate{Page: 50}, Estimate{Page: 51, Field: "cases"}},
		{"first", Limits{}, Estimate{Page: 100_000}, Estimate{}},
		{"introspection", Limits{}, Estimate{Introspection: 2 * m.Usual}, Estimate{Introspection: 2*m.Usual + 1}},
	} {
		if over := tt.limits.Estimate(tt.allowed, m.Usual); over != nil {
			t.Errorf("%s: %+v is refused: %v", tt.limit, tt.allowed, over)
		}
		if tt.refused == (Estimate{}) {
			continue
		}
		if over := tt.limits.Estimate(tt.refused, m.Usual); len(over) != 1 || over[0].Limit != tt.limit ||
			strings.Contains(over[0].Sentence, "%!") {
			t.Errorf("%s: %+v is over %v", tt.limit, tt.refused, over)
		}
	}
}

// TestIntrospection: what tools ask for is allowed, more than twice of it is not, however it is
// asked for.
func TestIntrospection(t *testing.T) {
	m := model(t)
	full := "types{fields{args{type{name}} type{name}} inputFields{type{name}} enumValues{name}}"
	for _, tt := range []struct {
		query   string
		allowed bool
	}{
		{usualQuery, true},
		{`{__type(name: "Query") {name fields {name args {name type {name}}}}}`, true},
		{`{__schema {types {name}}}`, true},
		{`{version}`, true},
		{"{__schema{" + repeated(10, func(i int) string { return fmt.Sprintf(" a%d:%s", i, full) }) + "}}", false},
		{"{" + repeated(10, func(i int) string { return fmt.Sprintf(" a%d:__schema{%s}", i, full) }) + "}", false},
		{"{" + repeated(60, func(i int) string {
			return fmt.Sprintf(` a%d:__type(name:"Query"){fields{args{type{fields{name}}}}}`, i)
		}) + "}", false},
		{"{" + repeated(60, func(i int) string { return fmt.Sprintf(` a%d:__type(name:"Query"){...F}`, i) }) +
			"} fragment F on __Type {fields{args{type{fields{name}}}}}", false},
	} {
		document, err := gqlparser.LoadQueryWithRules(m.schema, tt.query, nil)
		if err != nil {
			t.Fatal(err)
		}
		over := Limits{}.Estimate(m.Estimate(document.Operations[0], nil), m.Usual)
		if (len(over) == 0) != tt.allowed {
			t.Errorf("%.80s: %v", tt.query, over)
		}
	}
}

// TestBombs: what multiplies is weighed in a walk over the text. Without the memory of fragments
// none of these would end in the age of the universe.
func TestBombs(t *testing.T) {
	m := model(t)
	chain := func(n int, body string) string { // each fragment spreads the one before twice
		return repeated(n, func(i int) string {
			return fmt.Sprintf(" fragment F%d on Case {next{...F%d} again:next{...F%[2]d}}", i+1, i)
		}) + " fragment F0 on Case {" + body + "}"
	}
	for name, query := range map[string]string{
		"fragments":            "{case(number:\"1\"){...F100}}" + chain(100, "number"),
		"fragments of lists":   "{case(number:\"1\"){...F100}}" + chain(100, "town{cases(first:200){nodes{number}}}"),
		"wide fragments":       "{case(number:\"1\"){" + strings.Repeat("...F60 ", 400) + "}}" + chain(60, "number"),
		"cycle":                "{case(number:\"1\"){...A}} fragment A on Case {next{...B}} fragment B on Case {next{...A}}",
		"fragment of itself":   "{case(number:\"1\"){...A}} fragment A on Case {...A}",
		"unknown fragment":     "{case(number:\"1\"){...A}}",
		"duplicate fragment":   "{case(number:\"1\"){...A}} fragment A on Case {number} fragment A on Case {id}",
		"unused":               "{version}" + chain(200, "number"),
		"of the introspection": "{__schema{types{...T}}} fragment T on __Type {" + strings.Repeat("ofType{", 90) + "name" + strings.Repeat("}", 90) + "}",
	} {
		document, err := parser.ParseQuery(&ast.Source{Input: query})
		if err != nil {
			t.Fatal(err)
		}
		s := ShapeOf(document)
		if s.Fields < 1 || s.Fields > ceiling {
			t.Errorf("%s: %+v", name, s)
		}
		if name == "fragments" && (s.Fields != ceiling || s.Depth != 102) {
			t.Errorf("%s: %+v", name, s)
		}
		if name == "cycle" || name == "fragment of itself" {
			continue // the model weighs valid documents
		}
		valid, errs := gqlparser.LoadQueryWithRules(m.schema, query, nil)
		if len(errs) == 0 {
			if e := m.Estimate(valid.Operations[0], nil); e.Cost < 0 || e.Records < 1 {
				t.Errorf("%s: %+v", name, e)
			}
		}
	}
}

// TestMeasured: a limit that is only measured still ends where the gateway could not bear it.
func TestMeasured(t *testing.T) {
	l := Limits{Measure: true, Depth: 5}.WithDefaults()
	much := Shape{Depth: 90, Fields: 19_000, Aliases: 1_000_000, RootFields: 5000, Directives: 4000}
	if over := l.Bearable().Shape(much); over != nil {
		t.Errorf("measured and refused: %v", over)
	}
	if over := l.Bearable().Shape(Shape{Fields: 20_001}); len(over) != 1 {
		t.Errorf("unbearable: %v", over)
	}
}

// TestWithin: limits of a role that it does not have are the deployment's.
func TestWithin(t *testing.T) {
	all := Limits{Cost: 100, Depth: 9, Fields: 50}
	if got := all.Within(Limits{}); got != all {
		t.Errorf("without any: %+v", got)
	}
	want := Limits{Cost: 7, Depth: 6, Fields: 50, Page: 5}
	if got := all.Within(Limits{Cost: 7, Depth: 6, Page: 5}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// FuzzCost: whatever parses is weighed, without a panic and within the ceiling; what a document
// weighs does not depend on the order of its fragments.
func FuzzCost(f *testing.F) {
	for _, seed := range []string{usualQuery, nested(20), `{version}`, `{a:version ...F} fragment F on Query {...F version}`,
		`query($f: CaseFilter, $n: Int) {towns {cases(first: $n, filter: {or: [$f]}) {nodes {number} totalCount}}}`,
		`{cases(first: 99999999999999999999) {nodes {number}}}`, `{...{...on Query@skip(if:true){nodes(ids:[1,"2",$x]){id}}}}`,
		"{\u4e34: version}", `{__type(name: "Query") {fields {args {type {ofType {name}}}}}}`} {
		f.Add(seed)
	}
	m := model(f)
	f.Fuzz(func(t *testing.T, query string) {
		document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: query}, 5000)
		if err != nil {
			return
		}
		s := ShapeOf(document)
		if s.Depth < 0 || s.Fields < 0 || s.Fields > ceiling || s.Aliases > s.Fields || s.RootFields > s.Fields ||
			s.Name > len(query) {
			t.Fatalf("%+v", s)
		}
		slices.Reverse(document.Fragments)
		names := map[string]bool{}
		for _, f := range document.Fragments {
			names[f.Name] = true
		}
		if len(slices.Collect(maps.Keys(names))) == len(document.Fragments) && !hasCycle(document) {
			if again := ShapeOf(document); again != s {
				t.Fatalf("in another order of fragments %+v, not %+v", again, s)
			}
		}
		valid, errs := gqlparser.LoadQueryWithRules(m.schema, query, nil)
		if len(errs) > 0 {
			return
		}
		for _, op := range valid.Operations {
			e := m.Estimate(op, map[string]any{"n": int64(7), "f": map[string]any{"town": []any{"1"}}})
			if e.Cost < 0 || e.Cost > ceiling || e.Records < 1 || e.Records > ceiling || e.Introspection < 0 {
				t.Fatalf("%+v", e)
			}
		}
	})
}

// hasCycle tells whether a fragment leads to itself: what it weighs then depends on where the walk
// enters the cycle, and validation refuses it.
func hasCycle(document *ast.QueryDocument) bool {
	busy, done := map[string]bool{}, map[string]bool{}
	var leads func(set ast.SelectionSet) bool
	leads = func(set ast.SelectionSet) bool {
		for _, selection := range set {
			switch selection := selection.(type) {
			case *ast.Field:
				if leads(selection.SelectionSet) {
					return true
				}
			case *ast.InlineFragment:
				if leads(selection.SelectionSet) {
					return true
				}
			case *ast.FragmentSpread:
				definition := document.Fragments.ForName(selection.Name)
				if busy[selection.Name] {
					return true
				}
				if definition == nil || done[selection.Name] {
					continue
				}
				busy[selection.Name] = true
				if leads(definition.SelectionSet) {
					return true
				}
				busy[selection.Name], done[selection.Name] = false, true
			}
		}
		return false
	}
	for _, op := range document.Operations {
		if leads(op.SelectionSet) {
			return true
		}
	}
	return false
}
