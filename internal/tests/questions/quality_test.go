package questions

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

// TestDataQuality expects one finding for each record, field and rule of the ledgers,
// with its count, and nothing else.
func TestDataQuality(t *testing.T) {
	d := newDistrict(t, scale)
	url := gateway(t, d.systems, demotest.Embedded(t, d.systems))
	planted := map[string]int{}
	for _, s := range d.systems {
		for _, dirt := range s.Database.Ledger {
			planted[fmt.Sprint(s.System, " ", dirt.Record, " ", dirt.Field, " ", dirt.Rule)]++
		}
	}
	for _, test := range []struct{ name, arguments string }{
		{"all systems", ""},
		{"one system", "(system: LEGALITY_REVIEW)"},
		{"one rule", "(rule: ORPHAN_LINK)"},
		{"reversed dates", "(rule: REVERSED_DATES)"},
		{"repeated numbers", "(rule: DUPLICATE_NUMBER)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer := node{ask(t, url,
				[]byte("{ dataQuality"+test.arguments+" { system record field rule count share recordsRead isComplete samples { id } } }"), []byte("{}"))}
			got := map[string]int{}
			for _, f := range answer.list("data", "dataQuality") {
				n := 0
				_, _ = fmt.Sscan(f.text("count"), &n)
				got[f.text("system")+" "+f.text("record")+" "+f.text("field")+" "+f.text("rule")] = n
				if samples := len(f.list("samples")); samples == 0 || samples > 5 || samples > n {
					t.Errorf("%s.%s: %d samples of %d", f.text("record"), f.text("field"), samples, n)
				}
				if want := fmt.Sprint(len(d.records[f.text("record")])); f.text("recordsRead") != want ||
					f.text("isComplete") != "true" {
					t.Errorf("%s: %s of %s records read", f.text("record"), f.text("recordsRead"), want)
				}
			}
			want := maps.Clone(planted)
			if test.arguments != "" {
				for at := range want {
					if _, asked := got[at]; !asked && !fits(at, test.arguments) {
						delete(want, at)
					}
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-planted +answered\n%.3000s", diff)
			}
			if len(got) == 0 {
				t.Error("nothing found")
			}
		})
	}
}

// fits tells whether a planted kind of dirt is asked for.
func fits(planted, arguments string) bool {
	var system, record, field, rule string
	_, _ = fmt.Sscan(planted, &system, &record, &field, &rule)
	return slices.Contains([]string{"(system: " + system + ")", "(rule: " + rule + ")"}, arguments)
}

// TestDocument joins the systems by the number of a document, in any spelling, and back
// by its Node id.
func TestDocument(t *testing.T) {
	d := newDistrict(t, scale)
	url := gateway(t, d.systems, demotest.Embedded(t, d.systems))
	var number string
	for _, c := range d.of("ReconsiderationCase", is("isAttachedReviewRequested", "true")) {
		if n := c.text("attachedDocumentKey"); len(d.of("LegalityReview", refers("documentNumberKey", n))) > 0 {
			number = n
		}
	}
	const fields = `{ id number spellings legalityReviews { number document { number } } reconsiderationCasesAttached { number attachedDocument { id } } reconsiderationCasesChallenging { number } }`
	query := []byte("query($number: String!) { document(number: $number) " + fields + " }")
	canonical := node{ask(t, url, query, []byte(`{"number": "`+number+`"}`))}.at("data", "document")
	if canonical.text("number") != number {
		t.Fatalf("asked for %s, got %v", number, canonical)
	}
	text := func(n node) string { return n.text("number") }
	for _, test := range []struct{ field, record, key string }{
		{"legalityReviews", "LegalityReview", "documentNumberKey"},
		{"reconsiderationCasesAttached", "ReconsiderationCase", "attachedDocumentKey"},
		{"reconsiderationCasesChallenging", "ReconsiderationCase", "challengedDocumentKey"},
	} {
		if diff := cmp.Diff(each(d.of(test.record, refers(test.key, number)), cells("number")),
			each(canonical.list(test.field), text)); diff != "" {
			t.Errorf("%s: -computed +answered\n%s", test.field, diff)
		}
	}
	if len(canonical.list("spellings")) == 0 {
		t.Error("no spellings")
	}
	spelled := node{ask(t, url, query, []byte(`{"number": " `+number[:len(number)-len("号")]+`"}`))}.at("data",
		"document")
	if diff := cmp.Diff(canonical.value, spelled.value); diff != "" {
		t.Errorf("another spelling: -canonical +got\n%s", diff)
	}
	byID := node{ask(t, url, []byte(`query($id: ID!) { node(id: $id) { ... on Document `+fields+` } }`),
		[]byte(`{"id": "`+canonical.text("id")+`"}`))}.at("data", "node")
	if diff := cmp.Diff(canonical.value, byID.value); diff != "" {
		t.Errorf("by id: -canonical +got\n%s", diff)
	}
	if unknown := (node{ask(t, url, query, []byte(`{"number": "无此发〔2023〕9999号"}`))}); unknown.at("data",
		"document").value != nil {
		t.Errorf("an unknown document is %v", unknown)
	}
}

// TestBadInput expects one clear error for each wrong argument.
func TestBadInput(t *testing.T) {
	d := newDistrict(t, scale)
	url := gateway(t, d.systems, demotest.Embedded(t, d.systems))
	for _, test := range []struct{ name, query, field string }{
		{"number without a year", `{ document(number: "萧政发12号") { id } }`, "document"},
		{"year out of range", `{ annualReport(year: 1999) { year } }`, "annualReport"},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer := node{post(t, url, []byte(test.query), []byte("{}"))}
			errors := answer.list("errors")
			if len(errors) != 1 || errors[0].text("extensions", "code") != "BAD_INPUT" ||
				answer.at("data", test.field).value != nil {
				t.Errorf("%v", answer.value)
			}
		})
	}
}

// TestSystemDown expects a system that cannot be reached to be left out with an error,
// and the others to answer.
func TestSystemDown(t *testing.T) {
	d := newDistrict(t, scale)
	without := slices.DeleteFunc(slices.Clone(d.systems),
		func(s demo.System) bool { return s.System == model.SystemPublicity })
	url := gateway(t, without, demotest.Embedded(t, without))
	answer := node{post(t, url, []byte(`{
		dataQuality(rule: ORPHAN_LINK) { system }
		annualReport(year: 2023) { figures { name value system } }
	}`), []byte("{}"))}
	systems := map[string]bool{}
	for _, f := range answer.list("data", "dataQuality") {
		systems[f.text("system")] = true
	}
	if systems["PUBLICITY"] || !systems["LEGAL_AID"] || !systems["RECONSIDERATION"] {
		t.Errorf("findings of %v", systems)
	}
	for _, f := range answer.list("data", "annualReport", "figures") {
		if isDown := f.text("system") == "PUBLICITY"; isDown != (f.text("value") == "") {
			t.Errorf("%s of %s is %q", f.text("name"), f.text("system"), f.text("value"))
		}
	}
	errors := answer.list("errors")
	if len(errors) == 0 {
		t.Error("no error names the system")
	}
	for _, e := range errors {
		if e.text("extensions", "code") != "SOURCE_UNAVAILABLE" || e.text("extensions", "system") != "PUBLICITY" {
			t.Errorf("%v", e.value)
		}
	}
}
