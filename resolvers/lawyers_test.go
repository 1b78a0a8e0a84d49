package resolvers_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// linked is a list of records as JSON has it.
type linked []struct{ ID string }

// lines shows the records, "adviser LegalityReview:12" a record.
func (l linked) lines(place string) []string {
	var lines []string
	for _, n := range l {
		record, key, _ := model.DecodeID(n.ID)
		lines = append(lines, place+" "+record+":"+key)
	}
	return lines
}

// testLawyers walks over the register: every lawyer reaches every row that holds the
// licence, and no other.
func testLawyers(t *testing.T, g gateway, raw *rawData) {
	type page struct{ Nodes linked }
	type lawyers struct {
		Lawyers struct {
			Nodes []struct {
				Licence                                                          string
				LegalAidCases, DutyLawyerHelps, LegalityReviews, PublicityEvents page
				ReconsiderationClients, LegalAidChangesFrom, LegalAidChangesTo   linked
			}
			PageInfo struct {
				HasNextPage bool
				EndCursor   *string
			}
		}
	}
	const query = `query($after: String) { lawyers(first: 100, after: $after) { nodes { licence
		legalAidCases(first: 200) { nodes { id } } dutyLawyerHelps(first: 200) { nodes { id } } legalityReviews(first: 200) { nodes { id } } publicityEvents(first: 200) { nodes { id } }
		reconsiderationClients { id } legalAidChangesFrom { id } legalAidChangesTo { id } } pageInfo { hasNextPage endCursor } } }`
	kinds := map[string]int{}
	var after *string
	for {
		a := ask[lawyers](t, g, query, map[string]any{"after": after})
		if a.errors != nil {
			t.Fatal(a.errors)
		}
		want := map[string]int{"LEGAL_AID": 5, "LEGALITY_REVIEW": 1, "PUBLICITY": 1, "RECONSIDERATION": 1}
		if after == nil {
			want = a.statements // and the dictionaries
		}
		if diff := cmp.Diff(want, a.statements); diff != "" {
			t.Errorf("statements: -want +got\n%s", diff)
		}
		for _, l := range a.data.Lawyers.Nodes {
			got := slices.Concat(l.LegalAidCases.Nodes.lines("lawyer"), l.DutyLawyerHelps.Nodes.lines("lawyer"),
				l.LegalityReviews.Nodes.lines("adviser"), l.PublicityEvents.Nodes.lines("lawyer"),
				l.ReconsiderationClients.lines("agentLawyer"), l.LegalAidChangesFrom.lines("formerLawyer"),
				l.LegalAidChangesTo.lines("newLawyer"))
			slices.Sort(got)
			if diff := cmp.Diff(slices.Sorted(slices.Values(raw.ofLawyers[l.Licence])), got); diff != "" {
				t.Errorf("%s: -rows +found\n%s", l.Licence, diff)
			}
			for kind, list := range map[string]int{
				"legalAidCases": len(l.LegalAidCases.Nodes), "dutyLawyerHelps": len(l.DutyLawyerHelps.Nodes),
				"legalityReviews": len(l.LegalityReviews.Nodes), "publicityEvents": len(l.PublicityEvents.Nodes),
				"reconsiderationClients": len(l.ReconsiderationClients),
				"legalAidChangesFrom":    len(l.LegalAidChangesFrom), "legalAidChangesTo": len(l.LegalAidChangesTo),
			} {
				kinds[kind] += list
			}
		}
		if !a.data.Lawyers.PageInfo.HasNextPage {
			break
		}
		after = a.data.Lawyers.PageInfo.EndCursor
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		if kinds[kind] == 0 {
			t.Errorf("the demo leaves %s untested", kind)
		}
	}
}

// testLawFirms expects of every firm the cases that were assigned to it.
func testLawFirms(t *testing.T, g gateway, raw *rawData) {
	type firms struct {
		LawFirms []struct {
			ID            string
			LegalAidCases struct {
				TotalCount int
				Nodes      []struct {
					ID   string
					Firm struct{ ID string }
				}
			}
		}
	}
	a := ask[firms](t, g, `{ lawFirms { id legalAidCases(first: 200) { totalCount nodes { id firm { id } } } } }`, nil)
	if a.errors != nil {
		t.Fatal(a.errors)
	}
	// firms, their cases, the counts, and back
	if diff := cmp.Diff(map[string]int{"LEGAL_AID": 4}, a.statements); diff != "" {
		t.Errorf("statements: -want +got\n%s", diff)
	}
	cases := 0
	for _, firm := range a.data.LawFirms {
		_, key, _ := model.DecodeID(firm.ID)
		var got []string
		for _, c := range firm.LegalAidCases.Nodes {
			if c.Firm.ID != firm.ID {
				t.Errorf("a case of firm %s leads back to another", key)
			}
			record, id, _ := model.DecodeID(c.ID)
			got = append(got, record+":"+id)
		}
		slices.Sort(got)
		want := slices.Sorted(slices.Values(raw.ofFirms[key]))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("firm %s: -rows +cases\n%s", key, diff)
		}
		if firm.LegalAidCases.TotalCount != len(want) {
			t.Errorf("firm %s: %d cases in all, want %d", key, firm.LegalAidCases.TotalCount, len(want))
		}
		cases += len(got)
	}
	if cases == 0 {
		t.Error("the demo leaves cases of firms untested")
	}
}

// testLawyerMatches expects a match where, and only where, the link leads to a lawyer.
func testLawyerMatches(t *testing.T, g gateway) {
	type link struct {
		Lawyer     *struct{ Licence string }
		Match      *struct{ Rule, Confidence any }
		LawyerName *string
	}
	type page struct{ Nodes []link }
	a := ask[struct {
		Aid, Duty, Reviews, Events page
		Cases                      struct {
			Nodes []struct{ Applicants []link }
		}
	}](t, g, `{
		aid: legalAidCases(first: 200) { nodes { lawyer { licence } match: lawyerMatch { rule confidence } lawyerName } }
		duty: dutyLawyerHelps(first: 200) { nodes { lawyer { licence } match: lawyerMatch { rule confidence } } }
		reviews: legalityReviews(first: 200) { nodes { lawyer: adviser { licence } match: adviserMatch { rule confidence } } }
		events: publicityEvents(first: 200) { nodes { lawyer { licence } match: lawyerMatch { rule confidence } } }
		cases: reconsiderationCases(first: 200) { nodes { applicants { lawyer: agentLawyer { licence } match: agentLawyerMatch { rule confidence } } } }
	}`, nil)
	if a.errors != nil {
		t.Fatal(a.errors)
	}
	var applicants []link
	for _, c := range a.data.Cases.Nodes {
		applicants = append(applicants, c.Applicants...)
	}
	byName := 0
	for kind, links := range map[string][]link{"aid": a.data.Aid.Nodes, "duty": a.data.Duty.Nodes,
		"reviews": a.data.Reviews.Nodes, "events": a.data.Events.Nodes, "applicants": applicants} {
		matched := 0
		for _, l := range links {
			switch {
			case l.Lawyer == nil && l.Match != nil, l.Lawyer != nil && l.Match == nil:
				t.Errorf("%s: lawyer %v, match %v", kind, l.Lawyer, l.Match)
			case l.Match != nil:
				matched++
				if l.Match.Rule != "LICENCE" || l.Match.Confidence != 1. {
					t.Errorf("%s: match %v", kind, *l.Match)
				}
			case l.LawyerName != nil:
				byName++
			}
		}
		if matched == 0 {
			t.Errorf("%s: no match among %d", kind, len(links))
		}
	}
	if byName == 0 {
		t.Error("the demo leaves names without a licence untested")
	}
}

// testLawyer finds a lawyer by any spelling of the licence.
func testLawyer(t *testing.T, g gateway, raw *rawData) {
	type lawyer struct{ Lawyer *struct{ Licence string } }
	const query = `query($licence: String!) { lawyer(licence: $licence) { licence } }`
	register := ask[struct {
		Lawyers struct{ Nodes []struct{ Licence string } }
	}](t, g, `{ lawyers(first: 1) { nodes { licence } } }`, nil)
	licence := register.data.Lawyers.Nodes[0].Licence
	for _, spelling := range []string{licence, wide(licence), " " + licence[:5] + " " + licence[5:], "'" + licence} {
		if a := ask[lawyer](t, g, query, map[string]any{"licence": spelling}); a.errors != nil ||
			a.data.Lawyer == nil || a.data.Lawyer.Licence != licence {
			t.Errorf("%q: %v, %v", spelling, a.data.Lawyer, a.errors)
		}
	}
	for _, none := range []string{"", licence[1:], licence + "0", raw.shared(1)[0].ID, "张三"} {
		if a := ask[lawyer](t, g, query, map[string]any{"licence": none}); len(a.errors) != 1 ||
			a.errors[0].Extensions["code"] != "BAD_INPUT" {
			t.Errorf("%q: %v", none, a.errors)
		}
	}
	if a := ask[lawyer](t, g, query, map[string]any{"licence": "13301190010000001"}); a.errors != nil ||
		a.data.Lawyer != nil {
		t.Errorf("nobody's licence gives %v, %v", a.data.Lawyer, a.errors)
	}
}
