package questions

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

// figure is one figure of the annual report, computed from the rows.
type figure struct {
	name  string
	value string // "" for a share of nothing
	left  leftOut
}

// leftOut is how many records a figure leaves out although they may belong to it.
type leftOut struct{ undated, unmatched int }

// remarks are what the report must say of them.
func (l leftOut) remarks() string {
	text := ""
	if l.undated > 0 {
		text += fmt.Sprintf("UNDATED:%d ", l.undated)
	}
	if l.unmatched > 0 {
		text += fmt.Sprintf("UNMATCHED:%d ", l.unmatched)
	}
	return strings.TrimSpace(text)
}

// remarked are the remarks of a figure in an answer.
func remarked(figure node) string {
	return each2(figure.list("remarks"), func(r node) string { return r.text("rule") + ":" + r.text("count") })
}

// claim is what a record of a figure says of itself, and when it leaves that open.
type claim struct{ holds, open func(row) bool }

// claims is a claim that a field has one of the values. It is open where nothing usable
// stands in the field, or a code that was planted because nobody knows it.
func (d *district) claims(record, field string, values ...string) claim {
	unknown := d.planted(record, field, "UNKNOWN_CODE")
	return claim{is(field, values...), func(r row) bool { return r.text(field) == "" || unknown(r) }}
}

// marks is a claim by a field that is only filled in where something holds: open are cells
// that were planted because nobody can read them.
func (d *district) marks(record, field string, values ...string) claim {
	return claim{is(field, values...), d.planted(record, field, "UNKNOWN_CODE", "NOT_A_FLAG")}
}

// planted is the condition that the ledger has one of the rules for a field.
func (d *district) planted(record, field string, rules ...string) func(row) bool {
	keys := map[string]bool{}
	for _, s := range d.systems {
		for _, dirt := range s.Database.Ledger {
			if dirt.Record == record && dirt.Field == field && slices.Contains(rules, dirt.Rule) {
				keys[dirt.Key] = true
			}
		}
	}
	return func(r row) bool { return keys[r.Key] }
}

// leaves counts the records of a kind that a figure leaves out: those that leave the year,
// or of that year a claim, open while nothing they do say speaks against them.
func (d *district) leaves(record string, year claim, claims ...claim) leftOut {
	all, possible := []func(row) bool{year.holds}, []func(row) bool{}
	for _, c := range claims {
		all = append(all, c.holds)
		possible = append(possible, func(r row) bool { return c.holds(r) || c.open(r) })
	}
	return leftOut{
		undated:   len(d.of(record, append(possible, year.open)...)),
		unmatched: len(d.of(record, append(possible, year.holds)...)) - len(d.of(record, all...)),
	}
}

// share is a part of a hundred, "" of nothing.
func share(part, all []row) string {
	if len(all) == 0 {
		return ""
	}
	return fmt.Sprint(len(part) * 100 / len(all))
}

// annualFigures computes the report's figures without a gateway.
func (d *district) annualFigures(year int) []figure {
	anyYear := claim{func(row) bool { return true }, func(row) bool { return false }}
	number := func(record string) claim { return d.claims(record, "year", fmt.Sprint(year)) }
	day := func(field string) claim {
		return claim{in(field, year), func(r row) bool { return r.text(field) == "" }}
	}
	distinct := func(field string, rows []row) string {
		values := map[string]bool{}
		for _, r := range rows {
			if v, isList := r.Cells[field].([]string); isList {
				for _, item := range v {
					values[item] = true
				}
			} else if v := r.text(field); v != "" {
				values[v] = true
			}
		}
		delete(values, "OTHER")
		return fmt.Sprint(len(values))
	}
	count := func(rows []row) string { return fmt.Sprint(len(rows)) }

	venues := []string{"GOVERNMENT", "VILLAGE", "COMMUNITY", "SCHOOL", "ENTERPRISE", "ARMY", "AIRPORT", "ONLINE"}
	states := []string{"HELD", "REPORTED", "VERIFIED", "COUNTED"}
	figures := []figure{{"publicityTalks",
		count(d.of("PublicityEvent", in("heldOn", year), is("form", "LECTURE"), is("theme", "XI_RULE_OF_LAW_THOUGHT"),
			is("venue", venues...), is("status", states...))),
		d.leaves("PublicityEvent", day("heldOn"), d.claims("PublicityEvent", "form", "LECTURE"),
			d.claims("PublicityEvent", "theme", "XI_RULE_OF_LAW_THOUGHT"),
			d.claims("PublicityEvent", "venue", venues...), d.claims("PublicityEvent", "status", states...)),
	}}
	for _, honour := range [][3]string{
		{"provincialEducationBases", "PROVINCIAL", "EDUCATION_BASE"},
		{"provincialObservationPoints", "PROVINCIAL", "LITERACY_OBSERVATION_POINT"},
		{"provincialDemocraticVillages", "PROVINCIAL", "DEMOCRATIC_VILLAGE"},
		{"municipalEducationBases", "MUNICIPAL", "EDUCATION_BASE"},
	} {
		figures = append(figures, figure{honour[0],
			count(d.of("PublicityHonour", is("year", fmt.Sprint(year)), is("level", honour[1]), is("kind", honour[2]),
				is("isNew", "true"))),
			d.leaves("PublicityHonour", number("PublicityHonour"), d.claims("PublicityHonour", "level", honour[1]),
				d.claims("PublicityHonour", "kind", honour[2]), d.claims("PublicityHonour", "isNew", "true")),
		})
	}
	midterm := []func(row) bool{is("year", fmt.Sprint(year)), is("kind", "MIDTERM_EVALUATION")}
	listed := is("isListed", "true")
	figures = append(figures,
		figure{"midtermEvaluationDone",
			share(d.of("PublicityPlanItem", append(midterm, is("isDone", "true"))...),
				d.of("PublicityPlanItem", append(midterm, is("isDone", "true", "false"))...)),
			d.leaves("PublicityPlanItem", number("PublicityPlanItem"),
				d.claims("PublicityPlanItem", "kind", "MIDTERM_EVALUATION"),
				d.claims("PublicityPlanItem", "isDone", "true", "false"))},
		figure{"kunpengEnterprises",
			distinct("creditCode", d.of("KunpengService", is("year", fmt.Sprint(year)))),
			d.leaves("KunpengService", number("KunpengService"), claim{
				func(r row) bool { return r.text("creditCode") != "" },
				func(r row) bool { return r.text("creditCode") == "" },
			})},
		figure{"provinceWideShare",
			share(d.of("NotarialServiceItem", listed, is("isProvinceWide", "true")),
				d.of("NotarialServiceItem", listed, is("isProvinceWide", "true", "false"))),
			d.leaves("NotarialServiceItem", anyYear, d.claims("NotarialServiceItem", "isListed", "true"),
				d.claims("NotarialServiceItem", "isProvinceWide", "true", "false"))},
	)
	for _, facility := range [][2]string{
		{"reconsiderationCommittees", "COMMITTEE"}, {"reconsiderationStations", "SERVICE_STATION"},
		{"reconsiderationContests", "CONTEST"},
	} {
		figures = append(figures, figure{facility[0],
			count(d.of("ReconsiderationFacility", is("kind", facility[1]), in("openedOn", year))),
			d.leaves("ReconsiderationFacility", day("openedOn"),
				d.claims("ReconsiderationFacility", "kind", facility[1])),
		})
	}
	unknownTeam := len(d.of("Lawyer", d.planted("Lawyer", "helperTeams", "UNKNOWN_CODE")))
	figures = append(figures,
		figure{"legalAidHelperTeams", distinct("helperTeams", d.of("Lawyer")), leftOut{unmatched: unknownTeam}})
	if year != 2023 {
		return figures
	}
	corps := []string{"LINPU", "GUALI", "CHENGXIANG", "NINGWEI", "YINGFENG", "AIRPORT"}
	selected := d.of("Lawyer", is("asianGamesCorps", corps...))
	left := d.leaves("Lawyer", anyYear, d.marks("Lawyer", "asianGamesCorps", corps...))
	return append(figures,
		figure{"asianGamesLawyers", count(selected), left},
		figure{"asianGamesCorps", distinct("asianGamesCorps", selected), left},
		figure{"asianGamesVenues", distinct("asianGamesVenue", selected), left},
		figure{"talentPool", count(d.of("Lawyer", is("isInTalentPool", "true"))),
			d.leaves("Lawyer", anyYear, d.marks("Lawyer", "isInTalentPool", "true"))},
	)
}

// TestAnnualReportRemarks compares figures and remarks of several years with those
// computed from the rows, and expects each figure that dirt can be planted for to leave
// something out in one of them.
func TestAnnualReportRemarks(t *testing.T) {
	d := newDistrict(t, scale)
	compareReports(t, d, gateway(t, d.systems, demotest.Embedded(t, d.systems)))
}

func TestAnnualReportRemarksOnMariaDB(t *testing.T) {
	database := dbtest.MariaDB(t)
	d := newDistrict(t, scale)
	if err := fill.Fill(t.Context(), database.DSN(""), demo.Databases(d.systems),
		func(string, string, int) {}); err != nil {
		t.Fatal(err)
	}
	compareReports(t, d, gateway(t, d.systems, database.DSN("")))
}

// compareReports asks for several years.
func compareReports(t *testing.T, d *district, url string) {
	t.Helper()
	rules := map[string]bool{}
	for _, year := range []int{2021, 2022, 2023, 2024} {
		answer := node{ask(t, url,
			fmt.Appendf(nil, `{ annualReport(year: %d) { figures { name value remarks { rule count } } } }`, year),
			[]byte("{}"))}
		var computed, answered []string
		for _, f := range d.annualFigures(year) {
			computed = append(computed, joined(f.name, f.value, f.left.remarks()))
		}
		for _, f := range answer.list("data", "annualReport", "figures") {
			answered = append(answered, joined(f.text("name"), f.text("value"), remarked(f)))
			for _, r := range f.list("remarks") {
				rules[r.text("rule")+" "+f.text("name")] = true
			}
		}
		if diff := cmp.Diff(computed, answered); diff != "" {
			t.Errorf("%d: -computed from the rows +answered\n%s", year, diff)
		}
	}
	want := []string{
		"UNDATED kunpengEnterprises", "UNDATED midtermEvaluationDone", "UNDATED municipalEducationBases",
		"UNDATED provincialDemocraticVillages",
		"UNDATED publicityTalks", "UNDATED reconsiderationContests", "UNDATED reconsiderationStations",
		"UNMATCHED asianGamesCorps", "UNMATCHED asianGamesLawyers", "UNMATCHED asianGamesVenues",
		"UNMATCHED kunpengEnterprises",
		"UNMATCHED legalAidHelperTeams", "UNMATCHED midtermEvaluationDone", "UNMATCHED municipalEducationBases",
		"UNMATCHED provincialDemocraticVillages",
		"UNMATCHED provincialEducationBases",
		"UNMATCHED publicityTalks", "UNMATCHED reconsiderationCommittees", "UNMATCHED reconsiderationContests",
		"UNMATCHED reconsiderationStations",
		"UNMATCHED talentPool",
	}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(rules))); diff != "" {
		t.Errorf("remarked of some year: -want +got\n%s", diff)
	}
}

// TestAnnualReport expects the figures of the 2023 report at the demo's full size, and of
// each figure that a root field can list, as many records as the figure says.
func TestAnnualReport(t *testing.T) {
	d := newDistrict(t, 1)
	url := gateway(t, d.systems, demotest.Embedded(t, d.systems))
	answer := ask(t, url,
		[]byte(`{ annualReport(year: 2023) { figures { name value filter remarks { rule count } } } }`), []byte("{}"))
	got := map[string]string{}
	for _, f := range (node{answer}).list("data", "annualReport", "figures") {
		got[f.text("name")] = f.text("value")
		t.Run(f.text("name"), func(t *testing.T) {
			switch f.text("name") {
			case "publicityTalks", "provincialEducationBases", "provincialObservationPoints",
				"provincialDemocraticVillages",
				"municipalEducationBases", "asianGamesLawyers", "talentPool":
				list := ask(t, url, []byte("{ list: "+f.text("filter")+" { totalCount } }"), []byte("{}"))
				if n := (node{list}).text("data", "list", "totalCount"); n != f.text("value") {
					t.Errorf("%s lists %s records, the figure is %s", f.text("filter"), n, f.text("value"))
				}
			}
		})
	}
	want := map[string]string{
		"publicityTalks": "312", "provincialEducationBases": "1", "provincialObservationPoints": "1",
		"provincialDemocraticVillages": "11",
		"municipalEducationBases":      "5", "midtermEvaluationDone": "100", "kunpengEnterprises": "15",
		"provinceWideShare":         "100",
		"reconsiderationCommittees": "1", "reconsiderationStations": "1", "reconsiderationContests": "1",
		"legalAidHelperTeams": "6",
		"asianGamesLawyers":   "114", "asianGamesCorps": "6", "asianGamesVenues": "5", "talentPool": "55",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-report of 2023 +answered\n%s", diff)
	}
	sources, _ := json.Marshal(answer["extensions"])
	t.Logf("%s", sources)
}
