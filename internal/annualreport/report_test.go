package annualreport

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// schema has kinds of records of the graph, with some of their fields.
func schema(t *testing.T) *ast.Schema {
	t.Helper()
	s, err := gqlparser.LoadSchema(&ast.Source{Name: "test.graphqls", Input: `
		scalar Date
		input DateRange { from: Date before: Date }
		enum Level { CITY PROVINCE OTHER }
		type PublicityHonour { year: Int level: Level grantedOn: Date isNew: Boolean title: String id: ID }
		type PublicityHonourConnection { nodes: [PublicityHonour!]! }
		input PublicityHonourFilter { year: [Int!] level: [Level!] grantedOn: DateRange isNew: Boolean }
		enum Team { ELDERLY WOMEN OTHER }
		type Lawyer { helperTeams: [Team!] asianGamesVenue: String isInTalentPool: Boolean }
		input LawyerFilter { helperTeams: [Team!] }
		type KunpengService { year: Int creditCode: String }
		type Query {
			publicityHonours(first: Int, filter: PublicityHonourFilter): PublicityHonourConnection
			lawyers(filter: LawyerFilter): [Lawyer!]
			kunpengServices(year: Int): [KunpengService!]
			lawyersOf(town: String!): [Lawyer!]
			lawyer: Lawyer
		}
	`})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func source(name, text string) yamlfile.Source {
	return yamlfile.Source{Name: name, Data: []byte(text)}
}

const shipped = `chapter: 2
figures:
  provincial: {label: 省级, unit: 个, list: publicityHonours, conditions: {year: $year, level: PROVINCE, isNew: true}}
  granted: {label: 命名, unit: 个, list: publicityHonours, conditions: {level: [CITY, PROVINCE], grantedOn: $year}}
  newShare: {label: 新增, unit: "%", list: publicityHonours, conditions: {year: $year}, share: isNew}
`

const others = `chapter: 1
figures:
  enterprises: {label: 企业, unit: 家, list: kunpengServices, conditions: {year: $year}, distinct: creditCode}
  teams: {label: 帮帮团, unit: 支, list: lawyers, distinct: helperTeams}
  venues: {label: 场馆, unit: 个, list: lawyers, conditions: {isInTalentPool: true}, distinct: asianGamesVenue, emptyIsNo: [isInTalentPool, asianGamesVenue], years: [2023]}
`

func parsed(t *testing.T, site string) (*Report, error) {
	t.Helper()
	files := yamlfile.Layers{Shipped: []yamlfile.Source{source("a.yaml", shipped), source("b.yaml", others)}}
	if site != "" {
		files.Site = new(source("site.yaml", site))
	}
	return Parse(schema(t), files)
}

// records are tables of the tests.
type records map[string]*boxes

func (r records) of(record string) Table { return r[record] }

// boxes is a table of the tests.
type boxes struct {
	system model.System
	rows   []box
	lacks  []string
	fails  error
	reads  *[]string
}

func (b *boxes) Kind() *model.Kind { return &model.Kind{System: b.system} }

func (b *boxes) Lacks(fields ...string) (lacking []string) {
	for _, f := range fields {
		if slices.Contains(b.lacks, f) {
			lacking = append(lacking, f)
		}
	}
	return lacking
}

func (b *boxes) Each(_ context.Context, fields []string, each func(Record)) error {
	*b.reads = append(*b.reads, strings.Join(fields, " "))
	for _, row := range b.rows {
		each(row)
	}
	return b.fails
}

func cells(pairs ...string) map[string][]string {
	m := map[string][]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = strings.Fields(pairs[i+1])
	}
	return m
}

// lines writes a report: name, value, remarks, filter.
func lines(r *model.AnnualReport) (list []string) {
	for _, f := range r.Figures {
		line := f.Name + " -"
		if f.Value != nil {
			line = fmt.Sprint(f.Name, " ", *f.Value)
		}
		for _, remark := range f.Remarks {
			line += fmt.Sprint(" ", remark.Rule, ":", remark.Count)
		}
		list = append(list, line+" "+f.Filter)
	}
	return list
}

func district() (records, *[]string) {
	reads := &[]string{}
	return records{
		"PublicityHonour": {system: model.SystemPublicity, reads: reads, rows: []box{
			{cells("year", "2023", "level", "PROVINCE", "isNew", "true", "grantedOn", "2023-05-04"), nil},
			{cells("year", "2023", "level", "OTHER", "isNew", "false", "grantedOn", "2022-05-04"),
				found("level", model.DataIssueRuleUnknownCode)},
			{cells("level", "PROVINCE", "isNew", "true"), nil},
			{cells("year", "2023", "level", "CITY", "grantedOn", "2023-01-01"), nil},
		}},
		"KunpengService": {system: model.SystemNotarization, reads: reads, rows: []box{
			{cells("year", "2023", "creditCode", "A"), nil}, {cells("year", "2023", "creditCode", "A"), nil},
			{cells("year", "2023"), nil}, {cells("creditCode", "B"), nil},
		}},
		"Lawyer": {system: model.SystemLegalAid, reads: reads, rows: []box{
			{cells("helperTeams", "WOMEN OTHER", "isInTalentPool", "true", "asianGamesVenue", "X"),
				found("helperTeams", model.DataIssueRuleUnknownCode)},
			{cells("isInTalentPool", "true"), nil},
			{nil, nil},
		}},
	}, reads
}

func TestReport(t *testing.T) {
	book, err := parsed(t, "")
	if err != nil {
		t.Fatal(err)
	}
	const (
		provincial = `publicityHonours(filter: {year: [2023], level: [PROVINCE], isNew: true})`
		granted    = `publicityHonours(filter: {level: [CITY, PROVINCE], grantedOn: {from: "2023-01-01", before: "2024-01-01"}})`
		share      = `publicityHonours(filter: {year: [2023], isNew: true})`
		teams      = `lawyers(filter: {helperTeams: [ELDERLY, WOMEN]})`
	)
	tables, reads := district()
	report, failures := book.Of(t.Context(), 2023, tables.of)
	if diff := cmp.Diff([]string{
		"enterprises 1 UNDATED:1 UNMATCHED:1 kunpengServices(year: 2023)",
		"teams 1 UNMATCHED:1 " + teams,
		"venues 1 lawyers",
		"provincial 1 UNDATED:1 " + provincial,
		"granted 2 UNDATED:1 " + granted,
		"newShare 50 UNDATED:1 UNMATCHED:1 " + share,
	}, lines(report)); diff != "" || failures != nil {
		t.Errorf("-want +got\n%s%v", diff, failures)
	}
	if diff := cmp.Diff([]string{"year creditCode", "helperTeams", "isInTalentPool asianGamesVenue",
		"year level isNew level grantedOn year isNew"}, *reads); diff != "" {
		t.Errorf("readings: -want +got\n%s", diff)
	}
	if report, _ := book.Of(t.Context(), 2024, tables.of); len(report.Figures) != 5 {
		t.Errorf("figures of 2024: %q", lines(report))
	}
}

// TestReportWithout: what a system lacks or fails to tell is null, and no other figure.
func TestReportWithout(t *testing.T) {
	book, err := parsed(t, "")
	if err != nil {
		t.Fatal(err)
	}
	tables, _ := district()
	tables["PublicityHonour"].lacks = []string{"grantedOn"}
	tables["Lawyer"].fails = errors.New("silent")
	report, failures := book.Of(t.Context(), 2023, tables.of)
	var null []string
	for _, f := range report.Figures {
		if f.Value == nil {
			null = append(null, f.Name)
		}
	}
	// one for each reading
	if diff := cmp.Diff([]string{"teams", "venues", "granted"}, null); diff != "" || len(failures) != 2 {
		t.Errorf("-want +got\n%s%v", diff, failures)
	}
	if diff := cmp.Diff([]Unknown{{"granted", []string{"grantedOn"}}}, book.Unknown(tables.of)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestSite: a site's file replaces what ships, or is laid over it.
func TestSite(t *testing.T) {
	const own = "  own: {label: 自有, unit: 个, list: lawyers}\n"
	for _, test := range []struct{ name, file, want string }{
		{"replaces", "figures:\n" + own, "own"},
		{"adds", "extend: true\nfigures:\n" + own, "enterprises teams venues provincial granted newShare own"},
		{"adds in a chapter", "extend: true\nfigures:\n  own: {label: 自有, unit: 个, list: lawyers, chapter: 1}\n",
			"enterprises teams venues own provincial granted newShare"},
		{"adds a chapter", "extend: true\nchapter: 1\nfigures:\n" + own,
			"enterprises teams venues own provincial granted newShare"},
		{"replaces one", "extend: true\nfigures: {teams: {label: 队, unit: 个, list: lawyers}}",
			"enterprises teams venues provincial granted newShare"},
		{"removes", "extend: true\nfigures: {teams: ~, granted: ~}", "enterprises venues provincial newShare"},
	} {
		t.Run(test.name, func(t *testing.T) {
			book, err := parsed(t, test.file)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, f := range book.figures {
				names = append(names, f.Name)
				if test.name == "replaces one" && f.Name == "teams" && (f.label != "队" || f.distinct != "") {
					t.Errorf("not replaced as a whole: %+v", f)
				}
			}
			if diff := cmp.Diff(test.want, strings.Join(names, " ")); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestFindings has a bad file for every rule with its exact message.
func TestFindings(t *testing.T) {
	figure := func(more string) string {
		return "extend: true\nfigures:\n  x: {label: 甲, unit: 个, list: publicityHonours, " + more + "}"
	}
	for _, test := range []struct{ name, file, want string }{
		{"nothing in it", "# nothing yet", "site.yaml: the file is empty: it needs figures"},
		{"no figures", "extend: true", "site.yaml:1: the file lacks figures"},
		{"unknown key", figure("condition: {}"),
			`site.yaml:3: unknown key "condition" in x; did you mean conditions? Known: label, unit, list, conditions, share, distinct, emptyIsNo, years, chapter`},
		{"lacking", "figures: {x: {unit: 个}}", "site.yaml:1: x lacks label\nsite.yaml:1: x lacks list"},
		{"unknown list", "figures: {x: {label: 甲, unit: 个, list: lawers}}",
			`site.yaml:1: "lawers" is no root field that lists records; did you mean lawyers? Known: kunpengServices, lawyers, publicityHonours`},
		{"list of some", "figures: {x: {label: 甲, unit: 个, list: lawyersOf}}",
			`site.yaml:1: "lawyersOf" is no root field that lists records; did you mean lawyers? Known: kunpengServices, lawyers, publicityHonours`},
		{"unknown field", figure("conditions: {levl: CITY}"),
			"site.yaml:3: PublicityHonour has no field \"levl\"; did you mean level?"},
		{"field that is not stored", figure("distinct: id"), "site.yaml:3: figures do not read id of PublicityHonour"},
		{"unknown value", figure("conditions: {level: [CITY, COUNTRY]}"),
			`site.yaml:3: level: "COUNTRY" is no value of Level; known: CITY, PROVINCE`},
		{"no value", figure("conditions: {level: []}"), "site.yaml:3: level names no value"},
		{"no flag", figure("conditions: {isNew: yes}"), `site.yaml:3: isNew: write true or false, not "yes"`},
		{"no number", figure("conditions: {year: this}"),
			`site.yaml:3: year: write a whole number, or $year, not "this"`},
		{"a day", figure("conditions: {grantedOn: 2023-05-04}"),
			"site.yaml:3: grantedOn: a day is asked for by $year, the year of the report"},
		{"two years", figure("conditions: {year: $year, grantedOn: $year}"),
			"site.yaml:3: grantedOn: another field places the record in a year already"},
		{"a text", figure("conditions: {title: X}"),
			"site.yaml:3: title: a condition is on an enum, a number, or a yes or no, and not on String"},
		{"share of no flag", figure("share: level"), "site.yaml:3: x: a share is of a yes or no, and level is Level"},
		{"share and number", figure("share: isNew, distinct: level"),
			"site.yaml:3: x: a figure is a share, or a number of values: leave share or distinct out"},
		{"year of another age", figure("years: [23]"), `site.yaml:3: "23" is no year from 2000 to 2099`},
		{"empty cell of nothing", figure("emptyIsNo: [level]"),
			"site.yaml:3: x: emptyIsNo names level, which the figure does not read"},
		{"nothing to remove", "extend: true\nfigures: {xyz: ~}",
			"site.yaml:2: nothing to remove: what ships with the gateway has nothing of this name"},
		{"several at once", "extend: true\nfigures:\n  x: {unit: 个}\n  y: {label: 甲, unit: 个, list: z}",
			"site.yaml:3: x lacks label\nsite.yaml:3: x lacks list\n" +
				`site.yaml:4: "z" is no root field that lists records; known: kunpengServices, lawyers, publicityHonours`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := parsed(t, test.file)
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("%v\nwant %s", err, test.want)
			}
		})
	}
}
