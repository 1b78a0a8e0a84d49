package linkage

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

func TestDiffer(t *testing.T) {
	for _, test := range []struct {
		name  string
		names []model.PersonName
		want  bool
	}{
		{"none", nil, false},
		{"one", []model.PersonName{"王芳"}, false},
		{"the same", []model.PersonName{"王芳", "王芳"}, false},
		{"two persons", []model.PersonName{"王芳", "李强"}, true},
		{"the last of three", []model.PersonName{"王芳", "王芳", "李强"}, true},
	} {
		if got := differ(test.names); got != test.want {
			t.Errorf("%s: %t, want %t", test.name, got, test.want)
		}
	}
}

func TestHalved(t *testing.T) {
	for given, want := range map[model.Decimal]model.Decimal{
		"1": "0.5", "0.95": "0.475", "0": "0.0", "no number": "no number",
	} {
		if got := halved(given); got != want {
			t.Errorf("half of %s: %s, want %s", given, got, want)
		}
	}
}

func TestByFrequency(t *testing.T) {
	sights := []sight{{name: new("b")}, {name: new("a")}, {}, {name: new("c")}, {name: new("c")}, {name: new("a")}}
	if diff := cmp.Diff([]string{"a", "c", "b"}, byFrequency(sights, nameOf)); diff != "" {
		t.Errorf("most frequent first, then in the order of the sights (-want +got):\n%s", diff)
	}
	if got := byFrequency(nil, nameOf); got == nil || len(got) != 0 {
		t.Errorf("of no sights: %v, want an empty list", got)
	}
}

func TestUnifiedCode(t *testing.T) {
	for code, isUnified := range map[string]bool{"91330199MA27X0TK1L": true, "MA27X0TK1": false} {
		if got := unifiedCode(sight{code: &code}); (got != nil) != isUnified {
			t.Errorf("%s: %v", code, got)
		}
	}
	if unifiedCode(sight{}) != nil {
		t.Error("a sight without a code has one")
	}
}

func TestRankCandidates(t *testing.T) {
	of := func(firm string) *model.Lawyer { return &model.Lawyer{FirmRef: &firm} }
	a, b, c, free := of("1"), of("2"), of("2"), &model.Lawyer{}
	type ranked struct {
		lawyer     *model.Lawyer
		rule       model.IdentityRule
		confidence model.Decimal
	}
	byName := func(l *model.Lawyer, confidence model.Decimal) ranked {
		return ranked{l, model.IdentityRuleName, confidence}
	}
	byFirm := func(l *model.Lawyer, confidence model.Decimal) ranked {
		return ranked{l, model.IdentityRuleNameAndFirm, confidence}
	}
	for _, test := range []struct {
		name    string
		lawyers []*model.Lawyer
		firm    *string
		want    []ranked
	}{
		{"nobody", nil, new("1"), nil},
		{"one, no firm is named", []*model.Lawyer{a}, nil, []ranked{byName(a, "0.50")}},
		{"one of the firm", []*model.Lawyer{free, a}, new("1"), []ranked{byFirm(a, "0.90"), byName(free, "0.50")}},
		{"two of the firm share it", []*model.Lawyer{a, b, c}, new("2"),
			[]ranked{byName(a, "0.50"), byFirm(b, "0.45"), byFirm(c, "0.45")}},
		{"nobody of the firm", []*model.Lawyer{a, free}, new("9"), []ranked{byName(a, "0.25"), byName(free, "0.25")}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []ranked
			for _, candidate := range rankCandidates(test.lawyers, test.firm) {
				got = append(got, ranked{candidate.Lawyer, candidate.Rule, candidate.Confidence})
			}
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(ranked{}),
				cmp.Comparer(func(a, b *model.Lawyer) bool { return a == b })); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
