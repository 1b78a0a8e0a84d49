package conformance

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/identity"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// settled compares the filters that take further statements, on parties and on findings,
// with the same filters in Go over all decoded rows.
func settled(t *testing.T, s *adapters.Set) {
	t.Run("party", func(t *testing.T) { everyParty(t, s) })
	t.Run("hasDataIssue", func(t *testing.T) {
		everyDataIssue(t, s)
	})
	t.Run("combined", func(t *testing.T) { combined(t, s.LegalAidCases) })
	t.Run("statements", func(t *testing.T) { statements(t, s) })
}

// matches expects a filter to find the wanted keys, and the count to agree.
func matches[T any, R record[T]](t *testing.T, what string, source *adapters.Source[T], filter any, want []string) {
	t.Helper()
	got := list[T, R](t, source, filter)
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s, -go +filter\n%.1500s", what, diff)
	}
	if n, exact, err := source.Count(t.Context(), filter); err != nil || !exact || n != len(want) {
		t.Errorf("%s: Count = %d, %v, %v; want %d", what, n, exact, err, len(want))
	}
}

func issues[T any, R record[T], F any](t *testing.T, source *adapters.Source[T], asks func(*bool) *F) {
	t.Helper()
	rows := all(t, source)
	want := map[bool][]string{}
	for _, row := range rows {
		dirty := len(R(row).DataIssues()) > 0
		want[dirty] = append(want[dirty], R(row).Key())
	}
	for _, dirty := range []bool{true, false} {
		matches[T, R](t, fmt.Sprint(source.Kind().Record, " ", dirty), source, asks(&dirty), want[dirty])
	}
}

func all[T any](t *testing.T, source *adapters.Source[T]) []*T {
	t.Helper()
	rows, err := source.All(t.Context(), filter.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// combined sets open conditions beside others, and under or and not.
func combined(t *testing.T, source *adapters.Source[model.LegalAidCase]) {
	yes := new(true)
	from, before := day(t, "2023-01-01"), day(t, "2023-07-01")
	within := &model.DateRange{From: &from, Before: &before}
	in := func(c *model.LegalAidCase) bool {
		return c.AcceptedOn != nil && c.AcceptedOn.Compare(from) >= 0 && c.AcceptedOn.Compare(before) < 0
	}
	dirty := func(c *model.LegalAidCase) bool { return len(c.DataIssues()) > 0 }
	rows := all(t, source)
	late := map[string]bool{}
	for i, d := range adapters.Deadline(source, rows) {
		late[rows[i].Key()] = d != nil && d.Overdue()
	}
	type f = model.LegalAidCaseFilter
	for name, test := range map[string]struct {
		filter *f
		holds  func(*model.LegalAidCase) bool
	}{
		"within a period": {&f{AcceptedOn: within, HasDataIssue: yes},
			func(c *model.LegalAidCase) bool { return in(c) && dirty(c) }},
		"not": {&f{AcceptedOn: within, Not: &f{HasDataIssue: yes}},
			func(c *model.LegalAidCase) bool { return in(c) && !dirty(c) }},
		"or": {&f{Or: []*f{{AcceptedOn: within}, {HasDataIssue: yes}}},
			func(c *model.LegalAidCase) bool { return in(c) || dirty(c) }},
		"overdue and dirty": {&f{Overdue: yes, HasDataIssue: yes},
			func(c *model.LegalAidCase) bool { return late[c.Key()] && dirty(c) }},
		"overdue or dirty": {&f{AcceptedOn: within, Or: []*f{{Overdue: yes}, {HasDataIssue: yes}}},
			func(c *model.LegalAidCase) bool { return in(c) && (late[c.Key()] || dirty(c)) }},
		"beside not": {&f{HasDataIssue: yes, Not: &f{AcceptedOn: within}},
			func(c *model.LegalAidCase) bool { return dirty(c) && !in(c) }},
		"nested": {&f{And: []*f{{AcceptedOn: within},
			{Or: []*f{{Not: &f{HasDataIssue: yes}}, {Overdue: yes}}}}},
			func(c *model.LegalAidCase) bool { return in(c) && (!dirty(c) || late[c.Key()]) }},
	} {
		var want []string
		for _, c := range rows {
			if test.holds(c) {
				want = append(want, c.Key())
			}
		}
		matches(t, name, source, test.filter, want)
	}
}

// statements: how many depends on the question alone.
func statements(t *testing.T, s *adapters.Set) {
	person := number(t, s)
	for _, test := range []struct {
		filter *model.LegalAidCaseFilter
		want   int
	}{
		{&model.LegalAidCaseFilter{}, 1},
		{&model.LegalAidCaseFilter{HasDataIssue: new(true)}, 2},
		{&model.LegalAidCaseFilter{Or: []*model.LegalAidCaseFilter{{HasDataIssue: new(true)},
			{Not: &model.LegalAidCaseFilter{HasDataIssue: new(true)}}}}, 2},
		{&model.LegalAidCaseFilter{Party: &model.PartyFilter{ResidentID: &person}}, 2},
	} {
		log := sources.New(true)
		if _, err := s.LegalAidCases.List(sources.With(t.Context(), log),
			adapters.Ask{Filter: test.filter}); err != nil {
			t.Fatal(err)
		}
		for _, e := range log.Entries() {
			if e.Statements != test.want {
				t.Errorf("%+v: %d statements, want %d", test.filter, e.Statements, test.want)
			}
		}
		for _, text := range log.SQL(string(model.SystemLegalAid)) {
			if strings.Contains(text, person.Reveal()) {
				t.Error("a statement's text holds the number")
			}
		}
	}
}

// number is the number of some applicant for legal aid.
func number(t *testing.T, s *adapters.Set) model.ResidentNumber {
	t.Helper()
	for _, a := range all(t, s.LegalAidApplicants) {
		if a.ResidentID.IsResident() {
			return *a.ResidentID
		}
	}
	t.Fatal("nobody has a number")
	return ""
}

// side is a party as one row names it.
type side struct {
	record               string // key of the record
	resident, code, name string
}

func sideOf(record *string, number *model.ResidentNumber, code, name *string) (s side) {
	for _, part := range []struct {
		from *string
		to   *string
	}{{record, &s.record}, {code, &s.code}, {name, &s.name}} {
		if part.from != nil {
			*part.to = *part.from
		}
	}
	if number.IsResident() {
		s.resident = number.Reveal()
	}
	return s
}

func askParties[T any, R record[T]](t *testing.T, source *adapters.Source[T], sides []side, recorded string,
	asks func(*model.PartyFilter) any) {
	t.Helper()
	kept := map[string]bool{} // a party's row may refer to a record that is not there
	for _, row := range all(t, source) {
		kept[R(row).Key()] = true
	}
	check := func(what string, p model.PartyFilter, holds func(side) bool) {
		t.Helper()
		found := map[string]bool{}
		for _, s := range sides {
			if kept[s.record] && holds(s) {
				found[s.record] = true
			}
		}
		matches[T, R](t, source.Kind().Record+" by "+what, source, asks(&p), slices.Collect(maps.Keys(found)))
		matches[T, R](t, source.Kind().Record+" by "+what+", negated", source, negated(asks(&p)),
			slices.DeleteFunc(slices.Collect(maps.Keys(kept)), func(k string) bool { return found[k] }))
	}
	asked := map[string]int{}
	for _, s := range sides {
		if s.resident != "" && asked["number"] < 5 {
			asked["number"]++
			check("a number", model.PartyFilter{ResidentID: new(model.ResidentNumber(s.resident))},
				func(o side) bool { return o.resident == s.resident })
			if asked["number"] == 1 && s.resident[6:8] == "19" {
				check("a number of 15 digits", model.PartyFilter{ResidentID: new(model.ResidentNumber(s.resident[:6] +
					s.resident[8:17]))}, func(o side) bool { return o.resident == s.resident })
			}
		}
		if s.code != "" && asked["code"] < 5 {
			asked["code"]++
			check("a code", model.PartyFilter{CreditCode: new(strings.ToLower(s.code))}, func(o side) bool {
				return o.code == s.code || len(s.code) == 18 && o.code == s.code[8:17] || len(s.code) == 9 &&
					cell.OrganizationCode(o.code) == s.code
			})
			organization := cell.OrganizationCode(s.code)
			check("an organisation code", model.PartyFilter{CreditCode: &organization},
				func(o side) bool { return o.code != "" && cell.OrganizationCode(o.code) == organization })
		}
		if runes := []rune(s.name); len(runes) >= 4 && asked["name"] < 5 {
			asked["name"]++
			for _, n := range []int{2, 4, len(runes)} {
				prefix := string(runes[:n])
				check("a name", model.PartyFilter{Name: &prefix},
					func(o side) bool { return strings.HasPrefix(o.name, prefix) })
			}
			if s.code != "" {
				check("name and code", model.PartyFilter{Name: new(string(runes[:2])), CreditCode: &s.code},
					func(o side) bool {
						return strings.HasPrefix(o.name, string(runes[:2])) &&
							(o.code == s.code || len(s.code) == 18 && o.code == s.code[8:17] || len(s.code) == 9 &&
								cell.OrganizationCode(o.code) == s.code)
					})
			}
		}
	}
	for _, kind := range []string{"number", "code", "name"} {
		if strings.Contains(recorded, kind) != (asked[kind] > 0) {
			t.Errorf("%s: %d parties asked for by %s", source.Kind().Record, asked[kind], kind)
		}
	}
	if asked["number"] > 0 {
		const nobody = "33019918510101123"
		check("the number of nobody", model.PartyFilter{ResidentID: new(model.ResidentNumber(nobody +
			string(identity.ResidentCheck(nobody))))}, func(side) bool { return false })
	}
}

// negated is the filter that the given one does not hold.
func negated(filter any) any {
	v := reflect.ValueOf(filter)
	not := reflect.New(v.Type().Elem())
	not.Elem().FieldByName("Not").Set(v)
	return not.Interface()
}

func day(t *testing.T, iso string) model.Date {
	t.Helper()
	d, err := model.ParseDate(iso)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
