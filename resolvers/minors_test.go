package resolvers_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/resolvers"
)

// TestMinorsAreHidden looks at every place where a minor's name or number may stand.
func TestMinorsAreHidden(t *testing.T) {
	w := demotest.World(t, scale)
	systems := demo.Systems(w)
	r := demotest.Resolver(t, w, systems, demotest.Embedded(t, systems))
	g, raw := newGateway(r), readRaw(w, systems)
	type row struct{ Name, ResidentID *string }
	seen := map[string]int{}
	for _, p := range w.Persons {
		isMinor := p.Birth.AddDate(18, 0, 0).Format("2006-01-02") >= r.Today().String()
		if len(raw.systemsOf[p.ID]) == 0 || !isMinor {
			continue
		}
		a := ask[struct {
			Person *struct {
				row
				Names                       []string
				IsMinor                     bool
				LegalAidApplications        []row
				DutyLawyerHelps             []row
				ReconsiderationApplicants   []row
				ReconsiderationThirdParties []row
				NotarialApplicants          []row
			}
		}](t, g, `query($id: ResidentNumber!) { person(residentId: $id) {
			name residentId names isMinor
			legalAidApplications { name residentId } dutyLawyerHelps { name: recipientName residentId }
			reconsiderationApplicants { name residentId } reconsiderationThirdParties { name residentId } notarialApplicants { name residentId }
		} }`, map[string]any{"id": p.ID})
		one := a.data.Person
		if a.errors != nil || one == nil || !one.IsMinor {
			t.Fatalf("%+v, %v", one, a.errors)
		}
		for place, rows := range map[string][]row{
			"person": {one.row}, "aid": one.LegalAidApplications, "duty": one.DutyLawyerHelps,
			"applicant":   one.ReconsiderationApplicants,
			"third party": one.ReconsiderationThirdParties, "notarial": one.NotarialApplicants,
		} {
			for _, row := range rows {
				seen[place]++
				if row.ResidentID == nil || *row.ResidentID != strings.Repeat("*", 18) || row.Name != nil &&
					*row.Name != "***" {
					t.Errorf("%s shows something of a minor", place)
				}
			}
		}
		if text := fmt.Sprint(one.Names); strings.Trim(text, "[* ]") != "" {
			t.Error("names show something of a minor")
		}
	}
	for _, place := range []string{"person", "aid", "notarial"} {
		if seen[place] == 0 {
			t.Errorf("the demo has no minor to look at: %s", place)
		}
	}
}

// TestMinorPartiesAreHidden looks at the parties of reconsideration, where the demo has no
// minors, and at who acts for a recipient.
func TestMinorPartiesAreHidden(t *testing.T) {
	r := &resolvers.Resolver{Today: func() model.Date { return model.Date{Year: 2024, Month: 7, Day: 1} }}
	name, minor, adult := model.PersonName("欧阳小红"), model.ResidentNumber("330199201206150026"),
		model.ResidentNumber("330199197202290145")
	for _, test := range []struct {
		number      *model.ResidentNumber
		name, shown string
	}{{&minor, "***", strings.Repeat("*", 18)}, {&adult, "欧阳**", "330***********0145"}, {nil, "欧阳**", "<nil>"}} {
		var got []any
		add := func(name []*model.PersonName, err error) func([]*model.ResidentNumber, error) {
			return func(number []*model.ResidentNumber, errNumber error) {
				if err != nil || errNumber != nil {
					t.Fatal(err, errNumber)
				}
				got = append(got, name[0], number[0])
			}
		}
		applicant := []*model.ReconsiderationApplicant{{Name: &name, ResidentID: test.number}}
		add(r.ReconsiderationApplicant().Name(t.Context(),
			applicant))(r.ReconsiderationApplicant().ResidentID(t.Context(), applicant))
		third := []*model.ReconsiderationThirdParty{{Name: &name, ResidentID: test.number}}
		add(r.ReconsiderationThirdParty().Name(t.Context(),
			third))(r.ReconsiderationThirdParty().ResidentID(t.Context(), third))
		recipient := []*model.LegalAidApplicant{{AgentName: &name, AgentResidentID: test.number}}
		add(r.LegalAidApplicant().AgentName(t.Context(), recipient))(r.LegalAidApplicant().AgentResidentID(t.Context(),
			recipient))
		helped := []*model.DutyLawyerHelp{{RecipientName: &name, ResidentID: test.number}}
		add(r.DutyLawyerHelp().RecipientName(t.Context(), helped))(r.DutyLawyerHelp().ResidentID(t.Context(), helped))
		want := strings.TrimSpace(strings.Repeat(test.name+" "+test.shown+" ", 4))
		if text := strings.Trim(fmt.Sprint(got...), "[]"); text != want {
			t.Errorf("shown: %s, want %s", text, want)
		}
	}
}

// TestNumbersAreResolved: a field with the number of a person who may be a minor, and the
// name that goes with it, must not be read straight from the row.
func TestNumbersAreResolved(t *testing.T) {
	root := reflect.TypeFor[graph.ResolverRoot]()
	resolved := func(object, field string) bool {
		m, ok := root.MethodByName(object)
		if !ok {
			return false
		}
		for i := range m.Type.Out(0).NumMethod() {
			if strings.EqualFold(m.Type.Out(0).Method(i).Name, field) {
				return true
			}
		}
		return false
	}
	found := 0
	for name, d := range graph.Schema().Types {
		if d.Kind != ast.Object || name == "Person" { // which hides by itself
			continue
		}
		for _, f := range d.Fields {
			if f.Type.Name() != "ResidentNumber" {
				continue
			}
			found++
			owner := map[string]string{"agentResidentId": "agentName"}[f.Name]
			if owner == "" {
				owner = "name"
			}
			if d.Fields.ForName(owner) == nil {
				owner = "recipientName"
			}
			for _, field := range []string{f.Name, owner} {
				if d.Fields.ForName(field) == nil || !resolved(name, field) {
					t.Errorf("%s.%s is no resolver: nothing hides a minor's", name, field)
				}
			}
		}
	}
	if found < 6 {
		t.Errorf("only %d numbers in the schema", found)
	}
}
