package plan

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// judged is a table of a million rows: the columns of day, status and number have
// indexes, those of text, town and other do not.
func judged(t testing.TB) (*Table, *Physical) {
	t.Helper()
	fields := []*mapping.Field{
		{Name: "day", Column: "Day_C", Native: true, Spec: cell.Spec{Kind: "day", Empty: []string{"0000-00-00"}}},
		{Name: "placed", Column: "day_c", Native: true, Spec: cell.Spec{Kind: "day", Empty: []string{"1990-01-01"}}},
		{Name: "sorted", Column: "sorted_c", Sorted: true, Spec: cell.Spec{Kind: "day", Layouts: []string{"20060102"}}},
		{Name: "mixed", Column: "mixed_c", Spec: cell.Spec{Kind: "day", Layouts: []string{"2006-1-2", "20060102"}}},
		{Name: "bare", Column: "bare_c", Native: true, Spec: cell.Spec{Kind: "day"}},
		{Name: "status", Column: "status_c", Spec: cell.Spec{Kind: "enum",
			Values: map[string]string{"10": "OPEN", "20": "CLOSED"}, Else: "OTHER"}},
		{Name: "number", Column: "number_c", Spec: cell.Spec{Kind: "text"}},
		{Name: "numberKey", Column: "number_c", Spec: cell.Spec{Kind: "caseNumber"}},
		{Name: "title", Column: "title_c", Spec: cell.Spec{Kind: "text", Empty: []string{"无"}}},
		{Name: "town", Column: "town_c", Spec: cell.Spec{Kind: "town"}},
		{Name: "id", Column: "id", Spec: cell.Spec{Kind: "key"}},
		{Name: "fine", Column: "fine_c", Spec: cell.Spec{Kind: "money", Unit: "yuan"}},
	}
	table := &Table{Mapping: &mapping.Table{Record: "Row", Name: "rows", Key: []string{"id"}, Fields: fields},
		Codecs: map[string]cell.Codec{}}
	for _, f := range fields {
		var err error
		if table.Codecs[f.Name], err = cell.New(f.Spec, env); err != nil {
			t.Fatal(err)
		}
	}
	table.Types = map[string]Type{}
	for _, text := range []string{"sorted_c", "mixed_c", "status_c", "number_c", "title_c", "town_c"} {
		table.Types[text] = Type{Charset: "utf8", Collation: "utf8_general_ci"}
	}
	return table, &Physical{Rows: 1_000_000, Large: 50_000, Clustered: true, Indexes: []Index{
		{Primary: true, Columns: []string{"ID"}, Distinct: 1_000_000},
		{Columns: []string{"day_c"}, Distinct: 4000},
		{Columns: []string{"sorted_c"}, Distinct: 4000},
		{Columns: []string{"mixed_c"}, Distinct: 4000},
		{Columns: []string{"status_c", "day_c"}, Distinct: 12},
		{Columns: []string{"number_c"}, Distinct: 0, Prefix: true},
		{Columns: []string{"fine_c"}},
	}}
}

func TestJudgeFilter(t *testing.T) {
	table, physical := judged(t)
	period := &filter.Days{From: date("2023-01-01"), Before: date("2024-01-01")}
	since := &filter.Days{From: date("2023-01-01")}
	open := filter.Filter{Field: "status", Any: []string{"OPEN"}}
	contains := filter.Filter{Field: "title", Text: &filter.TextMatch{Contains: new("诉")}}
	inPeriod := filter.Filter{Field: "day", Days: period}
	for _, test := range []struct {
		name   string
		filter filter.Filter
		want   service
	}{
		{"nothing asked", filter.Filter{}, untouched},
		{"bounded period", inPeriod, selective},
		{"bounded period of sorted text", filter.Filter{Field: "sorted", Days: period}, selective},
		{"open period", filter.Filter{Field: "day", Days: since}, served},
		{"period with a placeholder in it", filter.Filter{Field: "placed",
			Days: &filter.Days{Before: date("2023-01-01")}}, served},
		{"any readable day", filter.Filter{Field: "day", Days: &filter.Days{}}, served},
		{"period without an index", filter.Filter{Field: "bare", Days: period}, unserved},
		{"period of text in several layouts, indexed or not", filter.Filter{Field: "mixed", Days: period}, unserved},
		{"value that many rows share", open, served},
		{"value that is not listed", filter.Filter{Field: "status", Any: []string{"OTHER"}}, unserved},
		{"no value at all", filter.Filter{Field: "town", Any: []string{}}, selective},
		{"value without an index", filter.Filter{Field: "town", Any: []string{"临浦镇"}}, unserved},
		{"number", filter.Filter{Field: "numberKey", Any: []string{"萧政复〔2023〕12号"}}, selective},
		{"text that equals", filter.Filter{Field: "number", Text: &filter.TextMatch{Equals: []string{"x"}}}, selective},
		{"text that begins so", filter.Filter{Field: "number", Text: &filter.TextMatch{Prefix: new("萧政复")}}, served},
		{"text that begins with a wildcard taken literally",
			filter.Filter{Field: "number", Text: &filter.TextMatch{Prefix: new("%x")}}, served},
		{"text that contains", filter.Filter{Field: "number", Text: &filter.TextMatch{Contains: new("政复")}}, unserved},
		{"amount, indexed or not", filter.Filter{Field: "fine", Amount: &filter.Amount{}}, unserved},
		{"keys", filter.Filter{Keys: []string{"1", "2"}}, selective},
		{"scan within a period", filter.Filter{And: []filter.Filter{contains, inPeriod}}, selective},
		{"scan beside an open period", filter.Filter{And: []filter.Filter{contains, {Field: "day", Days: since}}},
			unserved},
		{"two served ones", filter.Filter{And: []filter.Filter{open, {Field: "day", Days: since}}}, served},
		{"or of two selective ones", filter.Filter{Or: []filter.Filter{inPeriod, {Keys: []string{"1"}}}}, selective},
		{"or with a scan", filter.Filter{Or: []filter.Filter{inPeriod, contains}}, unserved},
		{"or with a served one", filter.Filter{Or: []filter.Filter{inPeriod, open}}, served},
		{"or with nothing asked", filter.Filter{Or: []filter.Filter{inPeriod, {}}}, untouched},
		{"not", filter.Filter{Not: &inPeriod}, unserved},
		{"not, within a period", filter.Filter{Field: "day", Days: period, Not: &open}, selective},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, err := table.Compile("filter", test.filter, env)
			if err != nil {
				t.Fatal(err)
			}
			if got := p.service(physical); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

func TestJudge(t *testing.T) {
	table, physical := judged(t)
	by := func(field string) Order { return Order{Field: table.Field(field), Desc: true} }
	where := func(f filter.Filter) []Predicate { return []Predicate{compiled(t, table, f)} }
	period := where(filter.Filter{Field: "day", Days: &filter.Days{From: date("2023-01-01"),
		Before: date("2023-02-01")}})
	scan := where(filter.Filter{Field: "title", Text: &filter.TextMatch{Contains: new("诉")}})
	open := where(filter.Filter{Field: "status", Any: []string{"OPEN"}})
	for _, test := range []struct {
		name  string
		rows  int64
		where []Predicate
		order Order
		want  Verdict
	}{
		{"small table", 50_000, scan, by("bare"), Allowed},
		{"indexed order alone", 50_001, nil, by("day"), Allowed},
		{"order by the key alone", 50_001, nil, Order{}, Allowed},
		{"order without an index", 50_001, nil, by("bare"), OrderScans},
		{"order of text in several layouts", 50_001, nil, by("mixed"), OrderScans},
		{"order of days with a placeholder above them", 50_001, nil, by("placed"), OrderScans},
		{"order by day as it is read", 50_001, nil, Order{Field: table.Field("day"), ByDay: true}, OrderScans},
		{"order by the beginning of a text", 50_001, nil, by("number"), OrderScans},
		{"order by an amount", 50_001, nil, by("fine"), OrderScans},
		{"order without an index, within a period", 1_000_000, period, by("bare"), Allowed},
		{"order without an index, beside a common value", 1_000_000, open, by("bare"), OrderScans},
		{"common value in indexed order", 1_000_000, open, by("day"), Allowed},
		{"scan in indexed order", 1_000_000, scan, by("day"), FilterScans},
		{"scan within a period", 1_000_000, append(scan, period...), by("day"), Allowed},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := *physical
			p.Rows = test.rows
			if got := p.Judge(table, test.where, test.order); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

func TestOrders(t *testing.T) {
	table, physical := judged(t)
	unclustered := *physical
	unclustered.Clustered = false
	for _, test := range []struct {
		field    string
		physical *Physical
		want     string
	}{
		{"day", physical, "true true"},
		{"day", &unclustered, "true false"},
		{"", &unclustered, "true true"},
		{"bare", physical, "false false"},
		{"id", &unclustered, "true true"}, // the key itself
		{"number", physical, "false false"},
		{"status", physical, "true false"}, // status, day, id
	} {
		ordered, ties := test.physical.Orders(table, Order{Field: table.Field(test.field)})
		if got := fmt.Sprint(ordered, " ", ties); got != test.want {
			t.Errorf("%s, clustered %v: %s, want %s", test.field, test.physical.Clustered, got, test.want)
		}
	}
}

func TestHelp(t *testing.T) {
	table, physical := judged(t)
	ranges, values := physical.Help(table)
	if diff := cmp.Diff([][]string{{"day", "placed", "sorted"}, {"number", "numberKey", "id"}},
		[][]string{ranges, values}); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestWholes(t *testing.T) {
	got := wholes([]string{"7", "007", "7.0", "0", "-0.00", "-3", "-003", "7.5", "７", "x", "", "20140102030405067890",
		"1.", "7"})
	if want := []string{"7", "0", "-3", "20140102030405067890"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
