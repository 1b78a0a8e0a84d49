package policy

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/identity"
)

// candidates are the numbers of somebody of whom the division, the year of birth and the sex are
// known and the masked number is seen: every day of the year on which the check digit fits.
func candidates(known string) (list []string) {
	year, _ := strconv.Atoi(known[6:10])
	for day := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() == year; day = day.AddDate(0, 0, 1) {
		body := known[:6] + day.Format("20060102") + known[14:17]
		if identity.ResidentCheck(body) == known[17] {
			list = append(list, body+known[17:])
		}
	}
	return list
}

// victim is the number of an adult in the records, whom most kinds know.
func (m *material) victim() string {
	for _, number := range m.numbers {
		if year, _ := strconv.Atoi(number[6:10]); year > 1940 && year < 2000 {
			return number
		}
	}
	return ""
}

// probe is a request that somebody makes of a number, or of several.
type probe struct {
	name string
	ask  func(numbers ...string) question
	// byNumber says that it asks by what is declared to be a person's number.
	byNumber bool
}

// probes are all places of a schema that take a text, one by one: arguments, parts of filters,
// cursors, ids, of the roots and of what stands below a town.
func probes(q questioner) (list []probe) {
	field := func(parent string, f *ast.FieldDefinition, wrap string) {
		for _, a := range f.Arguments {
			others := ""
			for _, o := range f.Arguments {
				if o.Name != a.Name && o.Type.NonNull && o.DefaultValue == nil {
					others += fmt.Sprintf(" %s: %s", o.Name, append(q.values(o.Name, o.Type, 2), "[]")[0])
				}
			}
			call := fmt.Sprintf("%s(%s: $v%s) %s", f.Name, a.Name, others, q.few(f))
			query := fmt.Sprintf("query($v: %s) { "+wrap+" }", a.Type, call)
			for path, value := range q.places(a.Name, a.Type, 3) {
				list = append(list, probe{parent + f.Name + "." + path, func(numbers ...string) question {
					return question{query: query, variables: map[string]any{"v": value(numbers[0])}}
				}, strings.HasSuffix(path, "residentId")})
			}
		}
	}
	for _, f := range q.schema.Query.Fields {
		if !strings.HasPrefix(f.Name, "__") {
			field("", f, "%s")
		}
	}
	for _, f := range q.schema.Types["Town"].Fields {
		field("town.", f, `town(code: "330109105") { %s }`)
	}
	return list
}

// places are the texts inside a value of a type: for each how a value with a number in it looks.
func (q questioner) places(name string, t *ast.Type, depth int) map[string]func(number string) any {
	found := map[string]func(string) any{}
	if t.Elem != nil {
		for path, value := range q.places(name, t.Elem, depth) {
			found[path] = func(n string) any { return []any{value(n)} }
		}
		return found
	}
	def := q.def(t)
	switch {
	case slices.Contains([]string{"String", "ID", "ResidentNumber", "PersonName", "Phone"}, t.NamedType):
		found[name] = func(n string) any { return n }
	case def.Kind == ast.InputObject && depth > 0:
		for _, f := range def.Fields {
			below := depth - 1
			if q.def(f.Type) == def && depth > 1 {
				below = 1 // a filter in or, not: its own texts only
			}
			for path, value := range q.places(f.Name, f.Type, below) {
				found[name+"."+path] = func(n string) any { return map[string]any{f.Name: value(n)} }
			}
		}
	}
	return found
}

// gathered are probes that ask for several numbers at once, or not by GraphQL at all.
func gathered() []probe {
	csv := "text/csv"
	return []probe{
		{"aliases", func(numbers ...string) question {
			var b strings.Builder
			for i, n := range numbers {
				fmt.Fprintf(&b, " a%d: search(text: %q) { nodes { field } }", i, n)
			}
			return question{query: "{" + b.String() + " }"}
		}, false},
		{"person by aliases", func(numbers ...string) question {
			var heads, b strings.Builder
			variables := map[string]any{}
			for i, n := range numbers {
				fmt.Fprintf(&heads, " $n%d: ResidentNumber!", i)
				fmt.Fprintf(&b, " a%d: person(residentId: $n%[1]d) { id }", i)
				variables[fmt.Sprint("n", i)] = n
			}
			return question{query: "query(" + heads.String() + ") {" + b.String() + " }", variables: variables}
		}, true},
		{"person in the text of the query", func(numbers ...string) question {
			return question{query: fmt.Sprintf(`{ person(residentId: %q) { id } }`, numbers[0])}
		}, true},
		{"nodes", func(numbers ...string) question {
			return question{query: `query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, variables: map[string]any{"ids": numbers}}
		}, false},
		{"or", func(numbers ...string) question {
			var or []any
			for _, n := range numbers {
				or = append(or, map[string]any{"title": map[string]any{"contains": n}})
			}
			return question{query: `query($f: LegalAidCaseFilter) { legalAidCases(filter: $f) { totalCount nodes { id } } }`,
				variables: map[string]any{"f": map[string]any{"or": or}}}
		}, false},
		{"part of the number", func(numbers ...string) question {
			return question{query: `query($t: String!) { search(text: $t) { nodes { field } } }`,
				variables: map[string]any{"t": numbers[0][4:14]}}
		}, false},
		{"a file", func(numbers ...string) question {
			return question{accept: csv, query: `query($f: LegalAidCaseFilter) { legalAidCases(first: 5, filter: $f) { nodes { id } } }`,
				variables: map[string]any{"f": map[string]any{"title": map[string]any{"contains": numbers[0]}}}}
		}, false},
		{"the address", func(numbers ...string) question {
			return question{method: http.MethodGet, path: "/graphql?query=" + url.QueryEscape(
				fmt.Sprintf(`{ search(text: %q) { nodes { field } } }`, numbers[0]))}
		}, false},
		{"a report", func(numbers ...string) question {
			return question{method: http.MethodGet, path: "/reports/person.json?residentId=" + numbers[0]}
		}, false},
	}
}

// TestEnumeration: who sees a masked number and knows of the person the division, the year of
// birth and the sex has some thirty numbers left. Whatever they ask, by every place of their
// schema that takes a text, is answered to the byte alike for the right number and the others;
// but for a role with the right to look persons up, which TestLookups bounds.
func TestEnumeration(t *testing.T) {
	d := open(t)
	m := d.learnAll()
	victim := m.victim()
	list := candidates(victim)
	if len(list) < 20 || !slices.Contains(list, victim) {
		t.Fatalf("%d candidates of %s", len(list), victim)
	}
	others := slices.DeleteFunc(slices.Clone(list), func(n string) bool { return n == victim })
	answers := map[string]int{} // to how many questions, by role
	confirmed := 0
	for _, role := range d.policy.Roles() {
		q := questioner{d.schemaOf(role.Name), m, false}
		about := func(p probe, numbers ...string) string {
			answers[role.Name]++
			status, header, text := d.put(role.Name, p.ask(numbers...))
			// The length is that of milliseconds, too, which have one digit or two.
			for _, name := range []string{"Date", "X-Request-Id", "Content-Length"} {
				header.Del(name)
			}
			for _, n := range slices.Concat(numbers, []string{numbers[0][4:14]}) {
				text = strings.ReplaceAll(text, n, "NUMBER")
			}
			return fmt.Sprintf("%d %v %s", status, header, steady(t, text))
		}
		for _, p := range slices.Concat(probes(q), gathered()) {
			if p.byNumber && role.Lookup {
				continue
			}
			right := about(p, victim, others[1], others[2])
			for _, other := range []string{others[0], others[len(others)-1]} {
				if wrong := about(p, other, others[1], others[2]); right != wrong {
					confirmed++
					t.Errorf("%s confirms a number by %s:\n%s\n%s", role.Name, p.name, around(right, wrong),
						around(wrong, right))
				}
			}
		}
		if role.Lookup {
			continue
		}
		answer := ""
		for _, number := range list { // all of them, as an attacker would
			for _, p := range probes(q)[:1] {
				if text := about(p, number); answer == "" {
					answer = text
				} else if text != answer {
					t.Errorf("%s learns something of %s", role.Name, p.name)
				}
			}
			of := d.ask(role.Name, `query($n: ResidentNumber!) { person(residentId: $n) { id } }`, map[string]any{"n": number}, true)
			if of.Data != nil || len(of.Errors) == 0 {
				t.Errorf("%s asks by a number", role.Name)
			}
		}
	}
	t.Logf("%d candidates; answers by role: %v; %d confirmed", len(list), answers, confirmed)
}

// TestLookups: a role with the right to look persons up asks for so many an hour, found or not,
// and each is in the audit.
func TestLookups(t *testing.T) {
	d := open(t)
	m := d.learnAll()
	victim := m.victim()
	list := slices.DeleteFunc(candidates(victim), func(n string) bool { return n == victim })
	for _, p := range demo.Identities().Identities {
		role := d.policy.Role(p.Name)
		if role == nil || !role.Lookup || role.PersonsPerHour == 0 {
			continue
		}
		answered, refused := 0, 0
		for i := range role.PersonsPerHour + 5 { // the person is the last
			number := list[i%len(list)]
			if i >= len(list) {
				number = strings.Replace(m.numbers[i], victim, m.numbers[0], 1)
			}
			if i == role.PersonsPerHour+4 {
				number = victim
			}
			a := d.ask(role.Name, `query($n: ResidentNumber!) { person(residentId: $n) { id } }`, map[string]any{"n": number}, true)
			switch {
			case len(a.Errors) == 0:
				answered++
			case a.Errors[0].Extensions["code"] == "LIMIT_EXCEEDED":
				refused++
			default:
				t.Errorf("%.300s", a.text)
			}
		}
		if answered != role.PersonsPerHour || refused != 5 {
			t.Errorf("%s asked for %d persons, was refused %d", role.Name, answered, refused)
		}
		tokens, lines := map[string]bool{}, 0
		for _, line := range d.audited() {
			if len(line.Lookups) == 1 && slices.Contains(line.Roles, role.Name) {
				tokens[line.Lookups[0]] = true
				lines++
			}
		}
		if lines < answered || len(tokens) < answered {
			t.Errorf("%d lookups of %d persons are in the audit, of %d", lines, len(tokens), answered)
		}
		t.Logf("%s: %d answered, %d refused, %d lines of %d persons in the audit", role.Name, answered, refused, lines, len(tokens))
	}
}

// line is what the tests read of a line of the audit.
type line struct {
	Roles, Lookups, Unmasked []string
}

// audited reads the audit once the last of the requests is in it.
func (d *desk) audited() (lines []line) {
	d.Helper()
	// A line of which somebody waits is behind all others: those are on the disk with it.
	if a := d.ask("administrator", `{ legalAidCases(first: 1) { nodes { applicant { name } } } }`, nil, true); len(a.Errors) > 0 {
		d.Fatal(a.text)
	}
	files, err := filepath.Glob(filepath.Join(d.audit, "*.jsonl"))
	if err != nil {
		d.Fatal(err)
	}
	for _, file := range slices.Sorted(slices.Values(files)) {
		text, err := os.ReadFile(file)
		if err != nil {
			d.Fatal(err)
		}
		for row := range strings.Lines(string(text)) {
			var one line
			if err := json.Unmarshal([]byte(row), &one); err != nil {
				d.Fatal(err)
			}
			lines = append(lines, one)
		}
	}
	return lines
}
