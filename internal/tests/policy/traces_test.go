package policy

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/graph"
)

// TestNoTraces: nothing that tells of the graph itself, of systems, figures, enums, saved queries,
// reports, tells a role of a kind of record that it may never see.
func TestNoTraces(t *testing.T) {
	d := open(t)
	looked := 0
	for _, role := range d.policy.Roles() {
		var hidden []string // kinds and the root fields that list them
		for _, kind := range kinds() {
			if !role.Hides(kind, "") {
				continue
			}
			hidden = append(hidden, kind)
			if list := listOf(graph.Schema(), kind); list != nil {
				hidden = append(hidden, list.Name)
			}
		}
		texts := map[string]string{}
		for _, query := range []string{
			`{ systems { system name unrecorded } }`,
			`{ metrics { name label definition definitionEnglish list filter denominatorFilter } }`,
			`{ annualReport(year: 2023) { figures { name label source filter } } }`,
			`{ enumLabels(enum: "System") { value label } }`,
			`{ dataQuality { record field rule count } }`,
			`{ __schema { types { name description fields { name } enumValues { name } inputFields { name } } } }`,
			`{ caseload(groupBy: [SYSTEM]) { groups { key { value label } } } }`,
		} {
			texts[query] = d.ask(role.Name, query, nil, false).text
		}
		for _, path := range []string{"/schema.graphql", "/playground/queries", "/reports", "/whoami"} {
			_, texts[path] = d.fetch(role.Name, http.MethodGet, path, "", false, "")
		}
		for _, name := range hidden {
			word := regexp.MustCompile(`\b` + name + `\b`)
			for asked, text := range texts {
				looked++
				if found := word.FindStringIndex(text); found != nil {
					t.Errorf("%s learns of %s by %s: …%s…", role.Name, name, asked,
						text[max(0, found[0]-60):min(len(text), found[1]+60)])
				}
			}
		}
	}
	if looked < 100 {
		t.Errorf("%d texts and names: the test tells nothing", looked)
	}
}

// TestIntrospectionByItself: what gqlgen's own executor answers, of which the audit learns no
// person, holds no data.
func TestIntrospectionByItself(t *testing.T) {
	d := open(t)
	for _, query := range []string{
		`{ __schema { queryType { name } } towns { code } }`,
		`query { ...F } fragment F on Query { __type(name: "Town") { name } ... on Query { towns { code } } }`,
	} {
		if a := d.ask("administrator", query, nil, false); a.Data != nil || len(a.Errors) != 1 {
			t.Errorf("%s: %.300s", query, a.text)
		}
	}
	if a := d.ask("administrator", `{ __typename __schema { queryType { name } } }`, nil, false); len(a.Errors) > 0 {
		t.Errorf("%.300s", a.text)
	}
}

// TestSaving: who may not save queries for everybody is told so.
func TestSaving(t *testing.T) {
	d := open(t)
	for _, role := range d.policy.Roles() {
		_, text := d.fetch(role.Name, http.MethodGet, "/playground/queries", "", false, "")
		if saves := strings.Contains(text, `"saving":true`); saves != role.Save {
			t.Errorf("%s may save: %t", role.Name, saves)
		}
		status, _ := d.fetch(role.Name, http.MethodPut, "/playground/queries/"+url.PathEscape("mine"),
			`{"name":"mine","title":"镇街","query":"{ towns { code } }"}`, false, "")
		if (status == http.StatusNoContent) != role.Save {
			t.Errorf("%s saves a query: %d", role.Name, status)
		}
	}
}

// TestHiddenFigures: nothing is counted or added up of a field that a role may never see.
func TestHiddenFigures(t *testing.T) {
	d := open(t)
	sum := func(role string) any {
		t.Helper()
		a := d.ask(role, `{ legalAidCaseStats(groupBy: []) { total { count subsidy { sum } recovered { sum } } } }`, nil, false)
		total := a.Data["legalAidCaseStats"].(map[string]any)["total"].(map[string]any)
		if total["count"] == float64(0) || total["recovered"] == nil {
			t.Fatalf("%s: %.300s", role, a.text)
		}
		return total["subsidy"]
	}
	if sum("administrator") == nil || sum("town-clerk") != nil { // whose policy hides LegalAidCase.subsidy
		t.Error("the clerk is told the sum of what is hidden, or nobody is")
	}
}

// TestUnknownAid: who sees not all cases of aid is not told that somebody was granted none.
func TestUnknownAid(t *testing.T) {
	d := open(t)
	answers := map[string]map[any]int{} // how often each was given, by role
	for _, role := range []string{"administrator", "town-clerk"} {
		a := d.ask(role, `{ legalAidCases(first: 200) { nodes { applicant { person { wasGrantedAid } } } } }`, nil, false)
		answers[role] = map[any]int{}
		for _, node := range a.Data["legalAidCases"].(map[string]any)["nodes"].([]any) {
			if applicant, ok := node.(map[string]any)["applicant"].(map[string]any); ok && applicant["person"] != nil {
				answers[role][applicant["person"].(map[string]any)["wasGrantedAid"]]++
			}
		}
	}
	if answers["administrator"][false] == 0 || answers["administrator"][nil] > 0 || answers["town-clerk"][true] == 0 ||
		answers["town-clerk"][false] > 0 {
		t.Errorf("%v", answers)
	}
}
