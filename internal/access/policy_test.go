package access

import (
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// fields are those of the tests' graph.
var fields = map[string][]string{
	"LegalAidApplicant": {"name", "residentId", "phone", "address", "monthlyIncome"},
	"LegalAidCase":      {"subsidy", "town"},
	"LegalityReview":    {"summary"},
}

func parsed(text string) (*Policy, error) {
	return Parse(yamlfile.Source{Name: "policy.yaml", Data: []byte(text)}, fields)
}

// TestFindings: what is wrong with a policy is told with its place, all of it.
func TestFindings(t *testing.T) {
	for _, test := range []struct{ name, policy, want string }{
		{"nothing", "", "the file is empty: it needs roles"},
		{"no roles", "roles: {}", "policy.yaml:1: the policy has no roles"},
		{"an unknown key", "roles: {a: {colour: red}}", "policy.yaml:1: "},
		{"an unknown system", "roles:\n  a: {systems: [LEGAL_AIDS]}", "policy.yaml:2: \"LEGAL_AIDS\" is no system; did you mean LEGAL_AID?"},
		{"an unknown type", "roles:\n  a: {hide: [LegalAidCases]}", "policy.yaml:2: \"LegalAidCases\" is no type of the graph"},
		{"an unknown field", "roles:\n  a: {hide: [LegalAidCase.subsidies]}", "policy.yaml:2: LegalAidCase has no field subsidies"},
		{"a field that is not masked", "roles:\n  a: {unmask: [LegalAidCase.subsidy]}",
			"policy.yaml:2: \"LegalAidCase.subsidy\" is not a name, number or phone"},
		{"an address", "roles:\n  a: {unmask: [LegalAidApplicant.address]}", "policy.yaml:2: \"LegalAidApplicant.address\" is not"},
		{"a name that is shown", "roles:\n  a: {show: [LegalAidApplicant.name]}",
			"policy.yaml:2: \"LegalAidApplicant.name\" is not a text or a sensitive field"},
		{"rows of nobody", "roles:\n  a: {rows: {}}", "policy.yaml:2: rows of nobody"},
		{"an anonymous role that is none", "anonymous: b\nroles: {a: {}}", "policy.yaml:1: there is no role b"},
		{"anonymous lookups", "anonymous: a\nroles: {a: {lookup: true}}", "policy.yaml:1: the role of anonymous callers"},
		{"figures and lookups", "roles:\n  a: {figuresOnly: true, lookup: true}", "policy.yaml:2: a sees figures only"},
		{"a limit", "roles:\n  a: {limits: {cost: 1}}", "policy.yaml:2: cost must be a whole number from 1000"},
		{"a page smaller than the usual", "roles:\n  a: {limits: {first: 19}}", "policy.yaml:2: first must be a whole number from 20 to 200"},
		{"a burst of nothing", "roles:\n  a: {limits: {atOnce: 9}}", "policy.yaml:2: atOnce is for perSecond"},
		{"an unknown limit", "roles:\n  a: {limits: {dept: 9}}", "policy.yaml:2: unknown key \"dept\" in limits; did you mean depth?"},
		{"a bound", "roles:\n  a: {lookup: {personsPerHour: 0}}", "policy.yaml:2: personsPerHour must be a whole number from 1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := parsed(test.policy)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v\nwant %s", err, test.want)
			}
		})
	}
	_, err := parsed("roles:\n  a: {systems: [X], export: maybe}\n  b: {hide: [Y]}")
	for _, want := range []string{`"X" is no system`, "export must be true or false", `"Y" is no type`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v lacks %s", err, want)
		}
	}
}

// TestRoles: who has which role, and what that lets them see.
func TestRoles(t *testing.T) {
	p, err := parsed(`
anonymous: visitor
roles:
  officer:
    members: {groups: [aid, aid-head], sub: [zhang]}
    systems: [LEGAL_AID]
    rows: {towns: {claim: town}, departments: [JYJ], handlers: {claim: licence}}
    hide: [LegalAidCase.subsidy]
    unmask: [LegalAidApplicant.name]
    lookup: {personsPerHour: 3}
  second: {members: {groups: [aid, second]}}
  visitor: {figuresOnly: true}
`)
	if err != nil {
		t.Fatal(err)
	}
	of := func(claims map[string][]string) string {
		if r := p.Of(&Principal{Claims: claims}); r != nil {
			return r.Name
		}
		return ""
	}
	for want, claims := range map[string]map[string][]string{
		"officer": {"groups": {"other", "aid"}}, "second": {"groups": {"second"}}, "": {"groups": {"nobody"}},
	} {
		if got := of(claims); got != want {
			t.Errorf("%v has the role %q, want %q", claims, got, want)
		}
	}
	if p.Of(nil).Name != "visitor" || of(map[string][]string{"sub": {"zhang"}}) != "officer" {
		t.Error("nobody is no visitor, or a subject is no member")
	}
	r := p.Role("officer")
	rows := r.RowsOf(&Principal{Claims: map[string][]string{"town": {"1", "2"}}})
	if len(rows.Towns) != 2 || len(rows.Departments) != 1 || rows.Handlers != nil {
		t.Errorf("%+v", rows)
	}
	for name, hides := range map[[2]string]bool{
		{"LegalAidCase", "subsidy"}: true, {"LegalAidCase", "town"}: false, {"LegalAidCase", ""}: false,
		{"NotarialMatter", ""}: true, {"NotarialMatter", "fee"}: true, // of another system
		{"LegalAidApplicant", "monthlyIncome"}: true, // sensitive, and not shown
	} {
		if r.Hides(name[0], name[1]) != hides {
			t.Errorf("%v is hidden: %t", name, !hides)
		}
	}
	inside, err := parsed("roles:\n  a: {hide: [LegalAidCase.town]}")
	if err != nil || !inside.Role("a").Hides("LegalAidCase", "town.code") ||
		inside.Role("a").Hides("LegalAidCase", "townhall") {
		t.Errorf("%v: what a hidden field holds is seen, or another field is hidden", err)
	}
	if !r.MayUnmask("LegalAidApplicant.name") || r.MayUnmask("LegalAidApplicant.phone") || r.PersonsPerHour != 3 {
		t.Errorf("%+v", r)
	}
}

// TestDisclosure: what was shown is kept, once a field.
func TestDisclosure(t *testing.T) {
	d := Disclose(func(field string) bool { return field == "A.b" })
	for range 2 {
		if !d.Shows("A.b") || d.Shows("A.a") {
			t.Error("the wrong field is shown whole")
		}
	}
	masked, whole := d.Fields()
	if strings.Join(masked, " ") != "A.a" || strings.Join(whole, " ") != "A.b" {
		t.Error(masked, whole)
	}
	var none *Disclosure
	if masked, whole := none.Fields(); none.Shows("A.b") || masked != nil || whole != nil {
		t.Error("no disclosure shows something")
	}
}

// TestRoleLimits: a role has limits of its own, and says them.
func TestRoleLimits(t *testing.T) {
	p, err := parsed("roles:\n" +
		"  a: {limits: {cost: 5000, depth: 8, first: 50, perSecond: 3, atOnce: 9}, introspection: false}\n  b: {}")
	if err != nil {
		t.Fatal(err)
	}
	a, b := p.Role("a"), p.Role("b")
	want := Limits{Cost: 5000, Depth: 8, First: 50, PerSecond: 3, AtOnce: 9}
	if a.Limits != want || !a.WithoutSchema {
		t.Errorf("%+v, want %+v", a.Limits, want)
	}
	if b.Limits != (Limits{}) || b.WithoutSchema {
		t.Errorf("without limits: %+v", b.Limits)
	}
	said := strings.Join(a.Says(), "\n")
	for _, want := range []string{
		"at most cost of a request 5000, depth 8, pages of 50, 3 requests a second, 9 at once · 上限：单次开销 5000 点，嵌套 8 层，每页 50 条，每秒 3 次，突发 9 次",
		"sees no schema · 不可查询数据结构",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%s lacks %s", said, want)
		}
	}
	if said := strings.Join(b.Says(), "\n"); strings.Contains(said, "上限") || strings.Contains(said, "schema") {
		t.Errorf("limits of a role that has none: %s", said)
	}
}
