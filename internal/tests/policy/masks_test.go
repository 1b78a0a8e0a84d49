package policy

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// secrets are the values of personal fields that their masks change, by field with its type.
type secrets map[string]map[string]bool

func (s secrets) add(field, value string) {
	if s[field] == nil {
		s[field] = map[string]bool{}
	}
	s[field][value] = true
}

// numbers are the secrets that no other text holds by chance.
func (s secrets) numbers() (list []string) {
	for _, p := range model.Personals() {
		if p.Kind == model.PersonalNumber || p.Kind == model.PersonalPhone {
			for value := range s[p.Name()] {
				if len(value) >= 8 {
					list = append(list, value)
				}
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// masked is a personal value as everybody sees it.
func masked(kind model.PersonalKind, value string) string {
	switch kind {
	case model.PersonalName:
		return model.PersonName(value).Masked()
	case model.PersonalNumber:
		return model.ResidentNumber(value).Masked()
	}
	return model.Phone(value).Masked()
}

// texts are those of a field: one, or several of a list.
func texts(value any) (list []string) {
	switch value := value.(type) {
	case string:
		return []string{value}
	case []any:
		for _, item := range value {
			list = append(list, texts(item)...)
		}
	}
	return list
}

// learn reads all personal values as somebody who may see them whole, and compares them with
// what the same role is shown without a reason.
func (d *desk) learn() secrets {
	d.Helper()
	s := secrets{}
	schema := d.schemaOf("administrator")
	for _, kind := range kinds() {
		plain, shown := d.records(schema, "administrator", kind, true), d.records(schema, "administrator", kind, false)
		for id, record := range plain {
			for name, p := range personals(kind) {
				whole, hidden := texts(record[name]), texts(shown[id][name])
				if !p.Kind.IsMasked() || p.Kind == model.PersonalAddress {
					continue
				}
				if len(whole) != len(hidden) {
					d.Errorf("%s of %s has %d values, masked %d", name, id, len(whole), len(hidden))
					continue
				}
				for i := range whole {
					if want := masked(p.Kind, whole[i]); hidden[i] != want {
						d.Errorf("%s of %s is shown as %s, its mask is %s", name, id, hidden[i], want)
					}
					if hidden[i] != whole[i] {
						s.add(p.Name(), whole[i])
					}
				}
			}
		}
	}
	return s
}

// unmaskable are the fields that a role's member may see whole.
func (d *desk) unmaskable(role string) map[string]bool {
	fields := map[string]bool{}
	for _, p := range model.Personals() {
		fields[p.Name()] = d.policy.Role(role).MayUnmask(p.Name())
	}
	return fields
}

// walk looks at every personal field of an answer whose objects have their __typename.
func (d *desk) walk(s secrets, role string, may map[string]bool, value any, seen map[string]int) {
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			d.walk(s, role, may, item, seen)
		}
	case map[string]any:
		typ, _ := value["__typename"].(string)
		for name, item := range value {
			field := typ + "." + name
			if list := texts(item); s[field] != nil && list != nil {
				for _, text := range list {
					seen[field]++
					if s[field][text] && !may[field] {
						d.Errorf("%s sees %s whole", role, field)
					}
				}
			}
			d.walk(s, role, may, item, seen)
		}
	}
}

// TestMasks: through lists, relations, nodes, files, errors and the log, a personal field is
// shown whole only to who may see it so and gives a reason.
func TestMasks(t *testing.T) {
	d := open(t)
	s := d.learn()
	for _, p := range model.Personals() {
		isListed := listOf(graph.Schema(), p.Type) != nil
		if isListed && p.Kind.IsMasked() && p.Kind != model.PersonalAddress && len(s[p.Name()]) == 0 {
			t.Errorf("nothing of %s is masked: the test tells nothing of it", p.Name())
		}
	}
	looked, shown := 0, 0
	for _, role := range d.policy.Roles() {
		schema := d.schemaOf(role.Name)
		may := d.unmaskable(role.Name)
		for _, kind := range kinds() {
			list := listOf(schema, kind)
			if list == nil {
				continue
			}
			for _, query := range []string{
				fmt.Sprintf(`{ list: %s(first: 60) { nodes { __typename %s %s } } }`, list.Name, leaves(schema, kind),
					related(schema, kind)),
				fmt.Sprintf(`{ nodes(ids: $ids) { __typename ... on %s { %s %s } } }`, kind, leaves(schema, kind),
					related(schema, kind)),
			} {
				variables := map[string]any{}
				if strings.Contains(query, "$ids") {
					query = "query($ids: [ID!]!) " + query
					variables["ids"] = d.someIDs(role.Name, list)
				}
				for _, why := range []bool{false, true} {
					a := d.ask(role.Name, query, variables, why)
					if len(a.Errors) > 0 {
						t.Fatalf("%s %s: %.400s", role.Name, kind, a.text)
					}
					allowed, seen := may, map[string]int{}
					if !why {
						allowed = nil
					}
					d.walk(s, role.Name, allowed, a.Data, seen)
					looked += len(seen)
					for field := range seen {
						if told := slices.Contains(a.Extensions.Masked, field); told == (why && may[field]) {
							t.Errorf("%s: extensions.masked tells of %s: %t", role.Name, field, told)
						}
						if slices.Contains(a.Extensions.Unmasked, field) {
							shown++
						}
					}
				}
			}
		}
		d.files(role.Name, schema, s)
	}
	if shown == 0 {
		t.Error("nobody sees anything whole")
	}
	d.quiet(s, "the log", d.log.String())
	t.Logf("%d fields looked at, %d shown whole", looked, shown)
}

func (d *desk) someIDs(role string, list *ast.FieldDefinition) []any {
	d.Helper()
	a := d.ask(role, fmt.Sprintf(`{ list: %s(first: 20) { nodes { id } } }`, list.Name), nil, false)
	ids := []any{}
	for _, node := range a.Data["list"].(map[string]any)["nodes"].([]any) {
		ids = append(ids, node.(map[string]any)["id"])
	}
	return ids
}

// quiet tells of a number in a text.
func (d *desk) quiet(s secrets, what, text string) {
	d.Helper()
	for _, number := range s.numbers() {
		if strings.Contains(text, number) {
			d.Errorf("%s holds somebody's number", what)
			return
		}
	}
}

// files asks for each kind as CSV and as a workbook, and by an address that is wrong.
func (d *desk) files(role string, schema *ast.Schema, s secrets) {
	d.Helper()
	for _, kind := range kinds() {
		list := listOf(schema, kind)
		if list == nil {
			continue
		}
		query := fmt.Sprintf(`{ %s(first: 200) { nodes { %s } } }`, list.Name, leaves(schema, kind))
		body := fmt.Sprintf(`{"query":%q}`, query)
		status, text := d.fetch(role, http.MethodPost, "/graphql", body, false, "text/csv")
		if d.policy.Role(role).Export {
			if status != http.StatusOK {
				d.Errorf("%s: a file of %s: %d %.200s", role, kind, status, text)
			}
			d.quiet(s, fmt.Sprintf("the file of %s as %s", kind, role), text)
		} else if status != http.StatusForbidden {
			d.Errorf("%s has no right to files and gets one of %s: %d", role, kind, status)
		}
	}
	numbers := s.numbers()
	_, text := d.fetch(role, http.MethodGet, "/graphql?query="+url.QueryEscape(
		`{ search(text: "`+numbers[0]+`") { nodes { field } } }`), "", false, "")
	d.quiet(s, "an error", text)
}

// TestLookups: who has no right to look persons up cannot ask by a number at all, and is
// answered alike whether there is such a person.
func TestLookups(t *testing.T) {
	d := open(t)
	s := d.learn()
	known := ""
	for _, number := range s.numbers() {
		if n := model.ResidentNumber(number); n.IsResident() {
			known = number
			break
		}
	}
	asked := 0                          // questions that somebody with the right was answered
	const nobody = "330199199001011238" // of no division, and of nobody
	for _, role := range d.policy.Roles() {
		for _, query := range []string{
			`query($n: ResidentNumber!) { person(residentId: $n) { __typename } }`,
			`query($n: ResidentNumber!) { legalAidCases(filter: {party: {residentId: $n}}) { totalCount } }`,
			`query($n: ResidentNumber!) { legalAidCaseStats(groupBy: [], filter: {party: {residentId: $n}}) { total { count } } }`,
			`query($n: ResidentNumber!) { reconsiderationCases(filter: {party: {residentId: $n}}) { totalCount } }`,
		} {
			of, none := d.ask(role.Name, query, map[string]any{"n": known}, true),
				d.ask(role.Name, query, map[string]any{"n": nobody}, true)
			if role.Lookup {
				asked += 1 - len(of.Errors)
				continue
			}
			if of.Data != nil || len(of.Errors) == 0 {
				t.Errorf("%s asks by a number: %.300s", role.Name, of.text)
			}
			if fmt.Sprint(of.Errors) != fmt.Sprint(none.Errors) {
				t.Errorf("%s learns by %s whether a person exists", role.Name, query)
			}
		}
	}
	if asked == 0 {
		t.Error("nobody may look up anybody")
	}
}
