package server

import (
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/statistics"
)

// file is a file of a site.
func file(name, text string) *mapping.Source {
	return &mapping.Source{Name: name, Data: []byte(text)}
}

// own is a site that changes something of everything.
func own(c config.Config) config.Config {
	c.Reference = config.Reference{
		Towns:       file("towns.yaml", `{extend: true, towns: [{code: "330109105", name: 临浦新镇}]}`),
		Departments: file("departments.yaml", "{extend: true, departments: [{code: grid, name: 网格中心}]}"),
		Calendar:    file("calendar.yaml", "{extend: true, years: {2027: {source: 国办发明电〔2026〕1号, off: [2027-01-01]}}}"),
		Deadlines: file("deadlines.yaml",
			"{extend: true, rules: [{record: LegalAidCase, step: SUBSIDY, limits: ~}]}"),
		Figures: file("figures.yaml", `extend: true
metrics:
  - {name: legalityReviewsInTown, version: 1, label: 甲, english: a, definition: 甲, definitionEnglish: a, source: 乙, record: LegalityReview, filter: "{}"}
  - {name: publicityHonours, filter: ~}
`),
		AnnualReport: file("annualreport.yaml", `extend: true
figures:
  publicityTalks: ~
  asianGamesLawyers: ~
  towns: {label: 开展普法的镇街, unit: 个, list: publicityEvents, conditions: {heldOn: $year}, distinct: town, chapter: 1}
  hearings: {label: 听证, unit: 场, list: reconsiderationHearings, conditions: {heldOn: $year}}
`),
	}
	c.Overlays = map[model.System]mapping.Source{
		model.SystemPublicity: *file("publicity.yaml",
			"records: {PublicityEvent: {bands: {audience: [0, 1000]}}}"),
		model.SystemReconsideration: *file("reconsideration.yaml",
			"records: {ReconsiderationHearing: {fields: {heldOn: ~}}}"),
	}
	return c
}

// TestSite: what is a site's own shows in the graph.
func TestSite(t *testing.T) {
	s, _ := start(t, own(reachable(t)))
	get := func(query string, path ...string) (got any) {
		t.Helper()
		data, faults := ask(t, s, query)
		if faults != nil {
			t.Fatalf("%s: %v", query, faults)
		}
		got = data
		for _, key := range path {
			got = got.(map[string]any)[key]
		}
		return got
	}
	names := func(list any, key string) (names []string) {
		for _, item := range list.([]any) {
			names = append(names, item.(map[string]any)[key].(string))
		}
		return names
	}
	if name := get(`{ town(code: "临浦新镇") { code } }`, "town", "code"); name != "330109105" {
		t.Errorf("town %v", name)
	}
	if departments := names(get(`{ departments { code } }`, "departments"), "code"); !slices.Contains(departments,
		"grid") || !slices.Contains(departments, "justice") {
		t.Errorf("departments %q", departments)
	}
	if metrics := names(get(`{ metrics { name } }`, "metrics"), "name"); !slices.Contains(metrics,
		"legalityReviewsInTown") ||
		slices.Contains(metrics, "publicityHonours") || !slices.Contains(metrics, "publicityEvents") {
		t.Errorf("metrics %q", metrics)
	}
	if value := get(`{ metric(name: "legalityReviewsInTown") { numerator } }`, "metric",
		"numerator"); value.(float64) == 0 {
		t.Errorf("the site's metric is %v", value)
	}
	bands := get(`{ publicityEventStats(groupBy: [AUDIENCE_BAND], fillEmpty: true) { groups { key { value } } } }`,
		"publicityEventStats", "groups")
	var values []any
	for _, group := range bands.([]any) {
		values = append(values, group.(map[string]any)["key"].([]any)[0].(map[string]any)["value"])
	}
	if diff := cmp.Diff([]any{"0-999", "1000+"}, values[:2]); diff != "" {
		t.Errorf("bands -want +got\n%s", diff)
	}
	report := get(`{ annualReport(year: 2023) { figures { name value filter } } }`, "annualReport", "figures")
	if diff := cmp.Diff([]string{
		"provincialEducationBases", "provincialObservationPoints", "provincialDemocraticVillages",
		"municipalEducationBases", "midtermEvaluationDone", "towns",
		"kunpengEnterprises", "provinceWideShare", "reconsiderationCommittees", "reconsiderationStations",
		"reconsiderationContests",
		"legalAidHelperTeams", "asianGamesCorps", "asianGamesVenues", "talentPool", "hearings",
	}, names(report, "name")); diff != "" {
		t.Errorf("report -want +got\n%s", diff)
	}
	list := report.([]any)
	if towns := list[5].(map[string]any); towns["value"].(float64) < 2 ||
		towns["filter"] != `publicityEvents(filter: {heldOn: {from: "2023-01-01", before: "2024-01-01"}})` {
		t.Errorf("%v", towns)
	}
	// over a field that the site does not record
	if hearings := list[len(list)-1].(map[string]any); hearings["value"] != nil {
		t.Errorf("%v", hearings)
	}
	if !slices.ContainsFunc(s.UnknownFigures(), func(f statistics.Unknown) bool {
		return f.Name == "hearings" && slices.Equal(f.Lacks, []string{"heldOn"})
	}) {
		t.Errorf("figures without a value: %+v", s.UnknownFigures())
	}
}

// TestSiteFindings: what is wrong with the files of a site is told at once, with file and line.
func TestSiteFindings(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*config.Config)
		want   []string
	}{
		{"all files", func(c *config.Config) {
			c.Reference = config.Reference{
				Calendar: file("calendar.yaml", "extend: true\nyears:\n  2027: {}"),
				Deadlines: file("deadlines.yaml",
					"extend: true\nrules:\n  - {record: LegalAidCas, step: SUBSIDY, start: [a], done: [a], limits: []}"),
				Figures: file("figures.yaml", "extend: true\nmetrics: [{name: x}]"),
				AnnualReport: file("annualreport.yaml",
					"extend: true\nfigures:\n  x: {label: 甲, unit: 个, list: lawyers, distinct: nam}"),
			}
			c.Overlays[model.SystemPublicity] = *file("publicity.yaml", "records: {PublicityEvent: {bands: ~}}")
		}, []string{
			"publicity.yaml:1: PublicityEvent needs bands for the dimension AUDIENCE_BAND",
			"calendar.yaml:3: 2027 needs its source", "deadlines.yaml:3: \"LegalAidCas\" is no record of the graph",
			"figures.yaml:2: the metric lacks version",
			"annualreport.yaml:3: Lawyer has no field \"nam\"",
		}},
		{"places", func(c *config.Config) {
			c.Reference = config.Reference{Towns: file("towns.yaml", "extend: true\ntowns: [{name: x}]"),
				Departments: file("departments.yaml", "extend: true\ndepartments: [{code: x, nam: y}]")}
		}, []string{"towns.yaml:2: the town lacks code", "departments.yaml:2: unknown key \"nam\" in the department"}},
		{"ages by the year", func(c *config.Config) {
			c.Overlays[model.SystemLegalAid] = *file("legal-aid.yaml",
				"records:\n  LegalAidCase:\n    bands: {applicantAge: [0, 18, 20, 35]}")
		}, []string{"legal-aid.yaml:3: the band of applicantAge from 18 to 19 has less than 10 years"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := config.Config{Overlays: map[model.System]mapping.Source{}}
			test.change(&c)
			_, err := New(c, slog.New(slog.DiscardHandler))
			for _, want := range test.want {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("lacks %s:\n%v", want, err)
				}
			}
		})
	}
}
