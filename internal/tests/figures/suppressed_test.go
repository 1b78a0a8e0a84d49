package figures

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/tests/serve"
)

// TestSuppressed asks the same figures of a gateway that withholds those of fewer than five
// persons, and of one that does not. What is shown is the same, no shown number of persons
// is small, and what a total minus the shown groups leaves does not tell a withheld one.
func TestSuppressed(t *testing.T) {
	const below = 5
	systems := demo.Systems(demotest.World(t, 0.05))
	dsn := demotest.Embedded(t, systems)
	serve := func(below int) string {
		c := serve.Config(t, systems, dsn)
		c.Today, c.SuppressBelow = &today, below
		return serve.Gateway(t, c, nil).URL()
	}
	plain, guarded := serve(0), serve(below)
	data := func(url, query string) map[string]any {
		t.Helper()
		a := ask(t, url, query)
		if len(a.Errors) > 0 {
			t.Fatalf("%v\n%s", a.Errors, query)
		}
		for _, answer := range a.Data {
			return answer.(map[string]any)
		}
		return nil
	}
	const group = `{ key { value } count suppressed filter grantRate { value numerator denominator } daysToDecide { average counted } subsidy { sum counted } }`
	withheld := 0
	for _, query := range []string{
		`{ legalAidCaseStats(groupBy: [TOWN]) { groups ` + group + ` total ` + group + ` rest ` + group +
			` excluded { reason of count } } }`,
		`{ legalAidCaseStats(groupBy: [APPLICANT_AGE_BAND, APPLICANT_SEX]) { groups ` + group + ` total ` + group +
			` rest ` + group + ` excluded { reason of count } } }`,
		`{ legalAidCaseStats(groupBy: [TOWN, APPLICANT_AGE_BAND, APPLICANT_SEX]) { groups ` + group + ` total ` +
			group + ` rest ` + group + ` excluded { reason of count } } }`,
		`{ legalAidCaseStats(groupBy: [TOWN, KIND], top: 7) { groups ` + group + ` total ` + group + ` rest ` + group +
			` excluded { reason of count } } }`,
		`{ legalAidCaseStats(groupBy: [RECEIVED_MONTH], fillEmpty: true) { groups ` + group + ` total ` + group +
			` rest ` + group + ` excluded { reason of count } } }`,
		`{ legalAidCaseStats(groupBy: [KIND], filter: {applicantAge: {from: 60}, applicantSex: [FEMALE]}) { groups ` +
			group + ` total ` + group + ` rest ` + group + ` excluded { reason of count } } }`,
	} {
		open, closed := data(plain, query), data(guarded, query)
		truth := map[string]map[string]any{}
		for _, g := range open["groups"].([]any) {
			truth[keyOf(g)] = g.(map[string]any)
		}
		sum, small, hidden := 0, 0, 0
		for _, g := range closed["groups"].([]any) {
			shown := g.(map[string]any)
			real := truth[keyOf(g)]
			if real == nil && !strings.Contains(query, "top") {
				t.Errorf("%s: no group %s without suppression", query, keyOf(g))
				continue
			}
			if shown["suppressed"].(bool) {
				withheld++
				for _, field := range []string{"count", "filter", "grantRate", "daysToDecide", "subsidy"} {
					if shown[field] != nil {
						t.Errorf("%s: %s of the withheld group %s is %v", query, field, keyOf(g), shown[field])
					}
				}
				if real != nil {
					hidden += number(real["count"])
					if n := number(real["count"]); n < below {
						small++
					}
				}
				continue
			}
			n := number(shown["count"])
			sum += n
			if n > 0 && n < below || real != nil && n != number(real["count"]) {
				t.Errorf("%s: group %s shows %d of %v", query, keyOf(g), n, real["count"])
			}
			for field, parts := range map[string][]string{"grantRate": {"numerator", "denominator"},
				"daysToDecide": {"counted"}, "subsidy": {"counted"}} {
				figure, isShown := shown[field].(map[string]any)
				if !isShown {
					continue
				}
				for _, part := range parts {
					if n := number(figure[part]); n > 0 && n < below {
						t.Errorf("%s: %s.%s of %s shows %d", query, field, part, keyOf(g), n)
					}
				}
			}
		}
		for _, e := range closed["excluded"].([]any) {
			x := e.(map[string]any)
			if n := number(x["count"]); x["reason"] != "SUPPRESSED" && n > 0 && n < below {
				t.Errorf("%s: %v", query, x)
			}
		}
		total := closed["total"].(map[string]any)
		if total["count"] == nil || strings.Contains(query, "top") || strings.Contains(query, "AGE_BAND") &&
			strings.Contains(query, "TOWN") {
			continue
		}
		if left := number(total["count"]) - sum; small > 0 &&
			(left < below || small == 1 && hidden == left && left < below+1) {
			t.Errorf("%s: the total leaves %d for %d small groups", query, left, small)
		}
	}
	if withheld < 50 {
		t.Errorf("only %d groups were withheld: the test shows little", withheld)
	}
	for _, name := range []string{"legalAidGrantRate", "legalAidSatisfactionRate"} {
		for month := 1; month < 12; month++ {
			query := fmt.Sprintf(`{ metric(name: %q, period: {from: "2023-%02d-01", before: "2023-%02d-01"}) { value numerator denominator suppressed excluded { reason count } } }`, name, month, month+1)
			open, closed := data(plain, query), data(guarded, query)
			n, d := number(open["numerator"]), number(open["denominator"])
			few := isFew(n) || isFew(d) || isFew(d-n)
			isShown := closed["value"] == open["value"] && closed["numerator"] == open["numerator"] &&
				closed["denominator"] == open["denominator"]
			if few != closed["suppressed"].(bool) || few && closed["numerator"] != nil || !few && !isShown {
				t.Errorf("%s: %v for %v", query, closed, open)
			}
		}
	}
	caseload := data(guarded,
		`{ caseload(groupBy: [TOWN, MONTH]) { groups { key { value } count received closed suppressed } total { count suppressed } excluded { reason count } } }`)
	for _, g := range caseload["groups"].([]any) {
		shown := g.(map[string]any)
		for _, field := range []string{"count", "received", "closed"} {
			if isHidden := shown["suppressed"].(bool); isHidden != (shown[field] == nil) || !isHidden &&
				isFew(number(shown[field])) {
				t.Errorf("caseload: %v", shown)
			}
		}
	}
}

func isFew(n int) bool { return n > 0 && n < 5 }

func keyOf(group any) string {
	var values []string
	for _, k := range group.(map[string]any)["key"].([]any) {
		values = append(values, fmt.Sprint(k.(map[string]any)["value"]))
	}
	return strings.Join(values, " ")
}

func number(v any) int {
	n, ok := v.(json.Number)
	if !ok {
		return 0
	}
	i, _ := n.Int64()
	return int(i)
}
