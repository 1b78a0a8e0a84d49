package plan

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/tests/golden"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// `go test ./adapters/plan -run Golden -update` rewrites the golden files.
var update = flag.Bool("update", false, "rewrite golden files")

// mapped is a record of testdata/mapping.yaml.
func mapped(t testing.TB, record string) *Table {
	t.Helper()
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphqls", Input: string(read("schema.graphqls"))})
	if err != nil {
		t.Fatal(err)
	}
	file, err := mapping.Parse(mapping.Source{Name: "mapping.yaml", Data: read("mapping.yaml")}, nil,
		mapping.SchemaOf(schema), env)
	if err != nil {
		t.Fatal(err)
	}
	table := &Table{Mapping: file.Records[record], Codecs: map[string]cell.Codec{}}
	for _, f := range table.Mapping.Fields {
		if table.Codecs[f.Name], err = cell.New(f.Spec, env); err != nil {
			t.Fatal(err)
		}
	}
	return table
}

// sheet collects statements under headings, for one golden file.
type sheet struct{ strings.Builder }

func (s *sheet) add(t *testing.T, heading string, q Statement) {
	t.Helper()
	if n := strings.Count(q.SQL, "?"); n != len(q.Args) { // the driver counts them so
		t.Errorf("%s: %d question marks, %d arguments", heading, n, len(q.Args))
	}
	text := q.SQL
	for _, word := range []string{" FROM ", " WHERE ", " ORDER BY ", " GROUP BY ", " LIMIT ", " UNION ALL ", " CASE ",
		" WHEN "} {
		text = strings.ReplaceAll(text, word, "\n"+word[1:])
	}
	fmt.Fprintf(s, "-- %s\n%s;\n", heading, text)
	if len(q.Args) > 0 {
		args := make([]string, len(q.Args))
		for i, a := range q.Args {
			args[i] = fmt.Sprintf("%#v", a)
		}
		fmt.Fprintf(s, "-- %s\n", strings.Join(args, " "))
	}
	s.WriteString("\n")
}

// golden compares the sheet with testdata/name.sql, or writes it.
func (s *sheet) golden(t *testing.T, name string) {
	t.Helper()
	golden.Check(t, filepath.Join("testdata", name+".sql"), s.String(), *update)
}

// wanting projects the named fields.
func wanting(t *Table, fields ...string) *Projection {
	return Project(t, func(name string) bool {
		return strings.Contains(" "+strings.Join(fields, " ")+" ",
			" "+name+" ")
	})
}

func compiled(t testing.TB, table *Table, f filter.Filter) Predicate {
	t.Helper()
	p, err := table.Compile("filter", f, env)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestGoldenList(t *testing.T) {
	table := mapped(t, "Matter")
	project := wanting(table, "number", "status")
	order := func(field string, desc bool) Order { return Order{Field: table.Field(field), Desc: desc} }
	at := func(value *string) *Position { return &Position{Value: value, Key: []string{"77"}} }
	var s sheet
	for _, q := range []struct {
		name string
		list List
	}{
		{"by key", List{}},
		{"by key, next page", List{After: at(nil)}},
		{"newest first", List{Order: order("acceptedOn", true)}},
		{"newest first, next page", List{Order: order("acceptedOn", true), After: at(new("2023-03-15"))}},
		{"newest first, next page among those without a date", List{Order: order("acceptedOn", true), After: at(nil)}},
		{"newest first, last page", List{Order: order("acceptedOn", true), Reverse: true}},
		{"newest first, page before", List{Order: order("acceptedOn", true), Reverse: true,
			After: at(new("2023-03-15"))}},
		{"newest first, page before those without a date",
			List{Order: order("acceptedOn", true), Reverse: true, After: at(nil)}},
		{"oldest first, next page", List{Order: order("acceptedOn", false), After: at(new("2023-03-15"))}},
		{"by number, next page", List{Order: order("number", false), After: at(new("A-1"))}},
		{"by a date in text", List{Order: order("heldOn", true)}},
		{"by a date in sorted text, next page", List{Order: order("decidedOn", true), After: at(new("20230315"))}},
		{"by a date in dirty text, next page", List{Order: order("receivedOn", true), After: at(new("2023-03-15"))}},
		{"by a date in dirty text, next page among those without",
			List{Order: order("receivedOn", true), After: at(nil)}},
		{"by a date with an open end, next page", List{Order: order("validUntil", false),
			After: at(new("2023-03-15"))}},
		{"by a number, next page", List{Order: order("year", true), After: at(new("2023"))}},
		{"by a number, next page among those without", List{Order: order("year", true), After: at(nil)}},
	} {
		q.list.Project, q.list.Limit = project, 21
		s.add(t, q.name, table.List(q.list))
	}
	round := mapped(t, "Round")
	everything := Project(round, func(string) bool { return true })
	s.add(t, "composite key, next page", round.List(List{Project: everything, After: &Position{Key: []string{"7", "2"}},
		Limit: 21}))
	s.add(t, "composite key, page before", round.List(List{Project: everything,
		After: &Position{Key: []string{"7", "2"}}, Reverse: true, Limit: 21}))
	s.add(t, "composite key, by a column, next page",
		round.List(List{Project: everything, Order: Order{Field: round.Field("remark"), Desc: true},
			After: &Position{Value: new("x"), Key: []string{"7", "2"}}, Limit: 21}))
	leftover := mapped(t, "Leftover")
	s.add(t, "sub-select", leftover.List(List{Project: Project(leftover, func(string) bool { return true }),
		Limit: 21}))
	s.golden(t, "list")
}

func TestGoldenParents(t *testing.T) {
	table := mapped(t, "Matter")
	q := List{Project: wanting(table, "number"), Order: Order{Field: table.Field("acceptedOn"), Desc: true}, Limit: 11,
		Where: []Predicate{compiled(t, table, filter.Filter{Field: "isUrgent", Flag: new(true)})}}
	parents := []Parent{
		{Where: compiled(t, table, filter.Filter{Field: "lawyer", Any: []string{"13301201810123456"}})},
		{Where: compiled(t, table, filter.Filter{Field: "lawyer", Any: []string{"13301201910654321"}})},
	}
	var s sheet
	s.add(t, "pages of two parents", table.Pages(q, parents))
	s.add(t, "page of one parent", table.Pages(q, parents[:1]))
	s.add(t, "counts of two parents", table.Counts(q.Where, 10001, parents))
	s.add(t, "count", table.Count(q.Where, 10001))
	s.add(t, "count of all", table.Count(nil, 10001))
	s.add(t, "by key", table.ByKey(q.Project, table.Keyed(nil, []string{"1", "2"}), 20001))
	s.add(t, "by reference", table.ByKey(q.Project, table.Keyed(table.Field("lawyer"), []string{"13301201810123456"}),
		20001))
	s.add(t, "by text key", table.ByKey(q.Project, table.Keyed(nil, []string{"a-1"}), 20001))
	round := mapped(t, "Round")
	s.add(t, "by composite key; a key of another shape is nowhere",
		round.ByKey(wanting(round), round.Keyed(nil, []string{"7|1", "7|2", "8"}), 20001))
	s.golden(t, "parents")
}

func TestGoldenTally(t *testing.T) {
	table := mapped(t, "Matter")
	of := func(field string, unit Unit) Dimension { return Dimension{Field: table.Field(field), Unit: unit} }
	var s sheet
	s.add(t, "by code", table.Tally(Tally{Where: nil, Dimensions: []Dimension{of("status", Raw)}}))
	s.add(t, "by town and month", table.Tally(Tally{Where: nil,
		Dimensions: []Dimension{of("town", Raw), of("acceptedOn", Month)}}))
	s.add(t, "by year of a date in text", table.Tally(Tally{Where: []Predicate{compiled(t, table,
		filter.Filter{Field: "town", Any: []string{"临浦镇"}})}, Dimensions: []Dimension{of("decidedOn", Year)}}))
	s.add(t, "by day of an epoch", table.Tally(Tally{Where: nil, Dimensions: []Dimension{of("paidOn", Day)}}))
	s.add(t, "by text the server misreads", table.Tally(Tally{Where: nil, Dimensions: []Dimension{of("title", Raw)}}))
	within := func(field, from, before string) []Predicate {
		return []Predicate{compiled(t, table, filter.Filter{Field: field,
			Days: &filter.Days{From: date(from), Before: date(before)}})}
	}
	s.add(t, "by month of a year: its days are readable",
		table.Tally(Tally{Where: within("acceptedOn", "2023-01-01", "2024-01-01"),
			Dimensions: []Dimension{of("acceptedOn", Month)}}))
	s.add(t, "by month of another day's year", table.Tally(Tally{Where: within("validUntil", "2023-01-01",
		"2024-01-01"), Dimensions: []Dimension{of("acceptedOn", Month)}}))
	s.add(t, "by year where a placeholder is in the range",
		table.Tally(Tally{Where: within("validUntil", "1980-01-01", "2024-01-01"),
			Dimensions: []Dimension{of("validUntil", Year)}}))
	table.Types = map[string]Type{"del_flag": {IsWhole: true}, "zt": {IsWhole: true},
		"szxz": {Charset: "utf8", Collation: "utf8_general_ci"}}
	s.add(t, "of columns known to be numbers", table.Tally(Tally{Where: []Predicate{compiled(t, table,
		filter.Filter{Field: "status", Any: []string{"APPLIED", "REFUSED"}})},
		Dimensions: []Dimension{of("status", Raw)}}))
	s.golden(t, "tally")
}

// A field of the record that a row refers to is a sub-select, in groups and in filters.
func TestGoldenLink(t *testing.T) {
	table, person := mapped(t, "Round"), mapped(t, "Matter")
	via := table.Field("matter")
	table.Link("matterStatus", via, person, "status")
	table.Link("matterTitle", via, person, "title")
	table.Link("matterAcceptedOn", via, person, "acceptedOn")
	of := func(field string, unit Unit) Dimension { return Dimension{Field: table.Field(field), Unit: unit} }
	var s sheet
	s.add(t, "by a code of another record", table.Tally(Tally{Dimensions: []Dimension{of("matterStatus", Raw)}}))
	s.add(t, "by text of another record, which the server misreads",
		table.Tally(Tally{Dimensions: []Dimension{of("matterTitle", Raw)}}))
	s.add(t, "by month of another record's day", table.Tally(Tally{Dimensions: []Dimension{of("matterAcceptedOn",
		Month)}}))
	s.add(t, "where another record has a code", table.Count([]Predicate{compiled(t, table,
		filter.Filter{Field: "matterStatus", Any: []string{"GRANTED", "OTHER"}})}, 10001))
	s.golden(t, "link")
}

func TestGoldenFilter(t *testing.T) {
	table := mapped(t, "Matter")
	any := func(field string, values ...string) filter.Filter { return filter.Filter{Field: field, Any: values} }
	text := func(field string, m filter.TextMatch) filter.Filter { return filter.Filter{Field: field, Text: &m} }
	in2023 := &filter.Days{From: date("2023-01-01"), Before: date("2024-01-01")}
	var s sheet
	for _, q := range []struct {
		name   string
		filter filter.Filter
	}{
		{"everything", filter.Filter{}},
		{"code", any("status", "GRANTED")},
		{"codes, one of them a word", any("status", "APPLIED", "REFUSED")},
		{"unlisted codes", any("status", "OTHER")},
		{"a code, or an unlisted one", any("status", "GRANTED", "OTHER")},
		{"no value", any("status")},
		{"a code that may be a bit", any("opinion", "UNLAWFUL")},
		{"item of a list of codes", any("groups", "MINOR", "WOMAN")},
		{"unlisted item", any("groups", "OTHER")},
		{"an item, or an unlisted one", any("groups", "MINOR", "OTHER")},
		{"tick of a group", any("channels", "MINOR", "WORKER")},
		{"name in a list", any("handlers", "王_二")},
		{"flag", filter.Filter{Field: "isUrgent", Flag: new(true)}},
		{"no flag", filter.Filter{Field: "isUrgent", Flag: new(false)}},
		{"town with villages", any("town", "临浦镇")},
		{"town by old code", any("town", "330109109")},
		{"department", any("department", departmentCode())},
		{"case number in any spelling", any("documentKey", "AXSD00－2023－0003")},
		{"reference", any("lawyer", "13301201810123456")},
		{"number", any("year", "2023", "2024")},
		{"text", text("number", filter.TextMatch{Equals: []string{"A-1", "7"}})},
		{"text prefix", text("number", filter.TextMatch{Prefix: new(`50%_|\'x`)})},
		{"text contents", text("number", filter.TextMatch{Contains: new("临浦")})},
		{"all text conditions", text("number", filter.TextMatch{Equals: []string{"A"}, Prefix: new("A"),
			Contains: new("A")})},
		{"text the server misreads", text("title", filter.TextMatch{Equals: []string{"张三"}, Prefix: new("张")})},
		{"text the charset lacks", text("title", filter.TextMatch{Contains: new("𠮷")})},
		{"text with markup", text("summary", filter.TextMatch{Equals: []string{"张三"}})},
		{"day of a DATE", filter.Filter{Field: "acceptedOn", Days: in2023}},
		{"day of a DATE with placeholders, any", filter.Filter{Field: "validUntil", Days: &filter.Days{}}},
		{"day of sorted text", filter.Filter{Field: "decidedOn", Days: in2023}},
		{"day of dirty text", filter.Filter{Field: "receivedOn", Days: &filter.Days{From: date("2023-03-15")}}},
		{"day outside the accepted range", filter.Filter{Field: "enteredOn",
			Days: &filter.Days{Before: date("2011-01-01")}}},
		{"instant", filter.Filter{Field: "changedAt", Days: &filter.Days{Before: date("2023-03-15")}}},
		{"and, or, not", filter.Filter{
			And: []filter.Filter{any("status", "GRANTED"),
				{Or: []filter.Filter{any("town", "330109100"), any("lawyer", "13301201810123456")}}},
			Not: &filter.Filter{And: []filter.Filter{any("opinion", "LAWFUL"), any("year", "2023")}},
		}},
		{"or of nothing", filter.Filter{Or: []filter.Filter{}, And: []filter.Filter{{}}}},
	} {
		s.add(t, q.name, table.Count([]Predicate{compiled(t, table, q.filter)}, 10001))
	}
	s.golden(t, "filter")
}

// departmentCode is the first department of the reference data.
func departmentCode() string {
	_, departments := places()
	return departments.List[0].Code
}

func TestGoldenExpressions(t *testing.T) {
	table := mapped(t, "Matter")
	var s sheet
	for _, f := range table.Mapping.Fields {
		switch f.Spec.Kind {
		case "day", "instant", "partialDay", "int", "decimal", "money":
			layouts := strings.Join(f.Spec.Layouts, " ")
			s.add(t, "order by "+f.Name+": "+f.Spec.Kind+" "+layouts, Statement{SQL: sortKeyOf(table, f).expression})
		}
	}
	for _, f := range table.Mapping.Fields {
		if k := f.Spec.Kind; (k == "day" || k == "instant") && table.asStored(f) {
			s.add(t, "group by "+f.Name, Statement{SQL: isoDay(f)})
		}
	}
	s.golden(t, "expressions")
}

func TestGoldenDictionary(t *testing.T) {
	var s sheet
	s.add(t, "dictionary", Dictionary(&mapping.Dictionary{Table: "sys_dict_data", Code: "dict_value",
		Label: "dict_label", Where: map[string]string{"status": "0", "dict_type": "hf_status"}}))
	s.add(t, "dictionary of its own table", Dictionary(&mapping.Dictionary{Table: "d", Code: "c", Label: "l"}))
	s.golden(t, "dictionary")
}

// TestBadInput holds every sentence a client can get for a wrong filter.
func TestBadInput(t *testing.T) {
	table := mapped(t, "Matter")
	for _, test := range []struct {
		name   string
		filter filter.Filter
		want   string
	}{
		{"unmapped field", filter.Filter{Field: "colour", Any: []string{"red"}},
			"filter.colour: this system does not record it"},
		{"unknown town", filter.Filter{Field: "town", Any: []string{"火星镇"}},
			`filter.town: "火星镇" is no town or street of the reference data; see towns { code name }`},
		{"unknown department", filter.Filter{Field: "department", Any: []string{"x"}},
			`filter.department: "x" is no department of the reference data; see departments { code name }`},
		{"unreadable number", filter.Filter{Field: "documentKey", Any: []string{"12"}},
			`filter.documentKey: "12" is no document or case number; write it like 萧政复〔2023〕12号`},
		{"no number", filter.Filter{Field: "year", Any: []string{"last"}}, `filter.year: "last" is no whole number`},
		{"empty range", filter.Filter{Field: "acceptedOn",
			Days: &filter.Days{From: date("2023-03-15"), Before: date("2023-03-15")}},
			"filter.acceptedOn: from 2023-03-15 must lie before 2023-03-15"},
		{"deep", filter.Filter{Or: []filter.Filter{{Not: &filter.Filter{And: []filter.Filter{{Field: "colour"}}}}}},
			"filter.colour: this system does not record it"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := table.Compile("filter", test.filter, env)
			if f := fault.Of(err); f == nil || f.Code != fault.BadInput || f.Message != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestYears(t *testing.T) {
	for _, test := range []struct{ first, last, want string }{
		{"1949-10-01", "2099-12-31", "(1949|19[5-9][0-9]|20[0-9][0-9])"},
		{"2011-01-01", "2029-12-31", "(201[1-9]|202[0-9])"},
		{"2023-01-01", "2023-12-31", "(2023)"},
		{"1900-01-01", "2100-01-01", "(19[0-9][0-9]|20[0-9][0-9]|2100)"},
		{"1000-01-01", "9999-12-31", "([1-9][0-9][0-9][0-9])"},
	} {
		if got := years(test.first, test.last); got != test.want {
			t.Errorf("years(%s, %s) = %s, want %s", test.first, test.last, got, test.want)
		}
	}
}

func TestProject(t *testing.T) {
	table := mapped(t, "Round")
	p := wanting(table, "matter")
	if diff := cmp.Diff([]string{"matter_id", "no"}, p.Columns); diff != "" {
		t.Errorf("a key column is read once (-want +got):\n%s", diff)
	}
	if len(p.Cells) != 1 || p.Cells[0].At != 0 || p.Cells[0].Twin != -1 {
		t.Errorf("cells: %+v", p.Cells)
	}
}

func BenchmarkList(b *testing.B) {
	table := mapped(b, "Matter")
	q := List{Project: Project(table, func(string) bool { return true }),
		Order: Order{Field: table.Field("acceptedOn"), Desc: true},
		After: &Position{Value: new("2023-03-15"), Key: []string{"77"}}, Limit: 21}
	b.ReportAllocs()
	for b.Loop() {
		table.List(q)
	}
}

func BenchmarkListByDirtyDate(b *testing.B) {
	table := mapped(b, "Matter")
	q := List{Project: Project(table, func(string) bool { return true }),
		Order: Order{Field: table.Field("receivedOn"), Desc: true},
		After: &Position{Value: new("2023-03-15"), Key: []string{"77"}}, Limit: 21}
	b.ReportAllocs()
	for b.Loop() {
		table.List(q)
	}
}

// BenchmarkPages renders the first page of each of the 22 towns, filters included.
func BenchmarkPages(b *testing.B) {
	table := mapped(b, "Matter")
	towns, _ := places()
	q := List{Project: wanting(table, "number", "status"), Order: Order{Field: table.Field("acceptedOn"), Desc: true},
		Limit: 11}
	b.ReportAllocs()
	for b.Loop() {
		parents := make([]Parent, 22)
		for i := range parents {
			parents[i].Where = compiled(b, table, filter.Filter{Field: "town", Any: []string{towns.List[i].Code}})
		}
		table.Pages(q, parents)
	}
}

func TestGoldenRosters(t *testing.T) {
	table := mapped(t, "Matter")
	var s sheet
	roster := Roster{Table: table, Fields: []string{"number", "status"},
		Where: compiled(t, table, filter.Filter{Field: "number", Text: &filter.TextMatch{Contains: new("公司")}}),
		Limit: 3}
	s.add(t, "one child table", Rosters([]Roster{roster}))
	s.add(t, "two child tables", Rosters([]Roster{roster, roster}))
	s.golden(t, "rosters")
}

func TestGoldenPeriods(t *testing.T) {
	table := mapped(t, "Matter")
	var days []string
	for _, f := range table.Mapping.Fields {
		if f.Spec.Kind == "day" {
			days = append(days, f.Name)
		}
	}
	first, err := model.ParseDate("2024-02-01")
	if err != nil {
		t.Fatal(err)
	}
	allowed := &filter.Lengths{First: first, Days: []int{7, 20, 19}, Weekday: [7]int{7, 7, 7, 7, 7, 9, 8}}
	var s sheet
	for _, p := range []struct {
		heading string
		period  filter.Period
	}{
		{"in time", filter.Period{Done: days[1], Most: allowed}},
		{"too late", filter.Period{Done: days[1], Beyond: allowed}},
		{"too late, no day of the calendar known", filter.Period{Done: days[1],
			Beyond: &filter.Lengths{Weekday: allowed.Weekday}}},
		{"done", filter.Period{Done: days[1]}},
	} {
		s.add(t, p.heading, table.Count([]Predicate{compiled(t, table,
			filter.Filter{Field: days[0], Period: &p.period})}, 10))
	}
	s.golden(t, "periods")
}
