package questions

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

// figure is one figure of the annual report, computed from the rows.
type figure struct {
	name  string
	value int
}

// annualFigures computes the report's figures without a gateway.
func (d *district) annualFigures(year int) []figure {
	honours := func(level, kind string) int {
		return len(d.of("PublicityHonour", is("year", fmt.Sprint(year)), is("level", level), is("kind", kind), is("isNew", "true")))
	}
	distinct := func(field string, rows []row) int {
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
		return len(values)
	}
	midterm := d.of("PublicityPlanItem", is("year", fmt.Sprint(year)), is("kind", "MIDTERM_EVALUATION"), is("isDone", "true", "false"))
	midtermDone := d.of("PublicityPlanItem", is("year", fmt.Sprint(year)), is("kind", "MIDTERM_EVALUATION"), is("isDone", "true"))
	listed := d.of("NotarialServiceItem", is("isListed", "true"), is("isProvinceWide", "true", "false"))
	everywhere := d.of("NotarialServiceItem", is("isListed", "true"), is("isProvinceWide", "true"))
	opened := func(kind string) int {
		return len(d.of("ReconsiderationFacility", is("kind", kind), in("openedOn", year)))
	}
	selected := d.of("Lawyer", is("asianGamesCorps", "LINPU", "GUALI", "CHENGXIANG", "NINGWEI", "YINGFENG", "AIRPORT"))
	return []figure{
		{"publicityTalks", len(d.of("PublicityEvent", in("heldOn", year), is("form", "LECTURE"), is("theme", "XI_RULE_OF_LAW_THOUGHT"),
			is("venue", "GOVERNMENT", "VILLAGE", "COMMUNITY", "SCHOOL", "ENTERPRISE", "ARMY", "AIRPORT", "ONLINE"),
			is("status", "HELD", "REPORTED", "VERIFIED", "COUNTED")))},
		{"provincialEducationBases", honours("PROVINCIAL", "EDUCATION_BASE")},
		{"provincialObservationPoints", honours("PROVINCIAL", "LITERACY_OBSERVATION_POINT")},
		{"provincialDemocraticVillages", honours("PROVINCIAL", "DEMOCRATIC_VILLAGE")},
		{"municipalEducationBases", honours("MUNICIPAL", "EDUCATION_BASE")},
		{"midtermEvaluationDone", len(midtermDone) * 100 / len(midterm)},
		{"kunpengEnterprises", distinct("creditCode", d.of("KunpengService", is("year", fmt.Sprint(year))))},
		{"provinceWideShare", len(everywhere) * 100 / len(listed)},
		{"reconsiderationCommittees", opened("COMMITTEE")},
		{"reconsiderationStations", opened("SERVICE_STATION")},
		{"reconsiderationContests", opened("CONTEST")},
		{"legalAidHelperTeams", distinct("helperTeams", d.of("Lawyer"))},
		{"asianGamesLawyers", len(selected)},
		{"asianGamesCorps", distinct("asianGamesCorps", selected)},
		{"asianGamesVenues", distinct("asianGamesVenue", selected)},
		{"talentPool", len(d.of("Lawyer", is("isInTalentPool", "true")))},
	}
}

// TestAnnualReport expects the figures of the 2023 report at the demo's full size, and of
// each figure that a root field can list, as many records as the figure says.
func TestAnnualReport(t *testing.T) {
	d := newDistrict(t, 1)
	url := gateway(t, d.systems, demotest.Embedded(t, d.systems))
	answer := ask(t, url, []byte(`{ annualReport(year: 2023) { figures { name value filter remarks { rule count } } } }`), []byte("{}"))
	got := map[string]string{}
	for _, f := range (node{answer}).list("data", "annualReport", "figures") {
		got[f.text("name")] = f.text("value")
		t.Run(f.text("name"), func(t *testing.T) {
			switch f.text("name") {
			case "publicityTalks", "provincialEducationBases", "provincialObservationPoints", "provincialDemocraticVillages",
				"municipalEducationBases", "asianGamesLawyers", "talentPool":
				list := ask(t, url, []byte("{ list: "+f.text("filter")+" { totalCount } }"), []byte("{}"))
				if n := (node{list}).text("data", "list", "totalCount"); n != f.text("value") {
					t.Errorf("%s lists %s records, the figure is %s", f.text("filter"), n, f.text("value"))
				}
			}
		})
	}
	want := map[string]string{
		"publicityTalks": "312", "provincialEducationBases": "1", "provincialObservationPoints": "1", "provincialDemocraticVillages": "11",
		"municipalEducationBases": "5", "midtermEvaluationDone": "100", "kunpengEnterprises": "15", "provinceWideShare": "100",
		"reconsiderationCommittees": "1", "reconsiderationStations": "1", "reconsiderationContests": "1", "legalAidHelperTeams": "6",
		"asianGamesLawyers": "114", "asianGamesCorps": "6", "asianGamesVenues": "5", "talentPool": "55",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-report of 2023 +answered\n%s", diff)
	}
	sources, _ := json.Marshal(answer["extensions"])
	t.Logf("%s", sources)
}
