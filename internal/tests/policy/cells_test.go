package policy

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

// truth is what stands in the records, as whoever may see everything sees it for a reason.
type truth struct {
	records map[string]map[string]map[string]any // by kind and id: the plain fields
	persons map[string]map[string]any            // by id: number and names
	// whole are numbers, and names that may be a person's, which masks change.
	whole    map[string]bool
	personal map[string]model.Personal // by field with its type
}

func (d *desk) truth() *truth {
	d.Helper()
	t := &truth{records: map[string]map[string]map[string]any{}, persons: map[string]map[string]any{},
		whole: map[string]bool{}, personal: map[string]model.Personal{}}
	for _, p := range model.Personals() {
		t.personal[p.Name()] = p
	}
	schema := d.schemaOf("administrator")
	for _, kind := range kinds() {
		t.records[kind] = d.records(schema, "administrator", kind, true)
		for _, record := range t.records[kind] {
			for name, p := range personals(kind) {
				for _, text := range texts(record[name]) {
					isOrganization := p.Kind == model.PersonalName && utf8.RuneCountInString(text) > 4
					if p.Kind.IsMasked() && p.Kind != model.PersonalAddress && masked(p.Kind, text) != text &&
						!isOrganization {
						t.whole[text] = true
					}
				}
			}
		}
		if list, f := listOf(schema, kind), schema.Types[kind].Fields.ForName("person"); list != nil && f != nil {
			a := d.ask("administrator", fmt.Sprintf(
				`{ list: %s(first: 200) { nodes { person { id residentId name names } } } }`, list.Name), nil, true)
			for _, node := range a.Data["list"].(map[string]any)["nodes"].([]any) {
				if p, ok := node.(map[string]any)["person"].(map[string]any); ok {
					t.persons[p["id"].(string)] = p
				}
			}
		}
	}
	return t
}

// checker compares what one role is served with the truth and the policy.
type checker struct {
	*desk
	*truth
	role   *access.Role
	schema *ast.Schema
	why    bool
	path   string         // by which what is looked at was reached
	seen   map[string]int // cells compared, by path
	found  map[string]bool
	met    map[string]bool // personal fields of the answer
}

// sees tells whether the role is shown a personal field whole now.
func (c *checker) sees(p model.Personal) bool { return c.why && c.role.MayUnmask(p.Name()) }

// served is what a field should be served as.
func (c *checker) served(p model.Personal, value any) any {
	if p.Kind == "" || !p.Kind.IsMasked() || p.Kind == model.PersonalAddress || c.sees(p) {
		return value
	}
	switch value := value.(type) {
	case string:
		return masked(p.Kind, value)
	case []any:
		list := make([]any, len(value))
		for i, v := range value {
			list[i] = c.served(p, v)
		}
		return list
	}
	return value
}

func (c *checker) wrong(format string, args ...any) {
	c.Helper()
	if text := fmt.Sprintf(format, args...); !c.found[text] {
		c.found[text] = true
		if len(c.found) < 30 {
			c.Errorf("%s (reason: %t) by %s: %s", c.role.Name, c.why, c.path, text)
		}
	}
}

// object compares the fields of one object.
func (c *checker) object(typ string, fields map[string]any, shown map[string]bool) {
	c.Helper()
	get := func(name string) (any, bool) {
		if v, ok := fields[name]; ok {
			return v, true
		}
		v, ok := fields[typ+"_"+name]
		return v, ok
	}
	id, _ := get("id")
	key, _ := id.(string)
	record := c.truth.records[typ][key]
	for given, value := range fields {
		name := strings.TrimPrefix(given, typ+"_")
		p := c.personal[typ+"."+name]
		if p.Kind != "" && p.Kind.IsMasked() && p.Kind != model.PersonalAddress && texts(value) != nil {
			c.met[p.Name()] = true
		}
		if p.Kind != "" && c.sees(p) {
			for _, text := range texts(value) {
				shown[text] = true
			}
		}
		if c.role.Hides(typ, name) && value != nil && c.schema.Types["Record"].Fields.ForName(name) == nil {
			c.wrong("%s.%s is hidden, and served", typ, name)
		}
		switch want, known := record[name]; {
		case known && isPlain(value):
			c.seen[c.path]++
			if c.role.Hides(typ, name) {
				want = nil
			}
			if want = c.served(p, want); !reflect.DeepEqual(value, want) {
				c.wrong("%s.%s is %v, want %v", typ, name, value, want)
			}
		case typ == "Person" && p.Kind != "" && c.persons[key] != nil:
			c.seen[c.path]++
			all := texts(c.served(p, c.persons[key]["names"]))
			if name == "residentId" {
				all = texts(c.served(p, c.persons[key]["residentId"]))
			}
			for _, text := range texts(value) {
				if !slices.Contains(all, text) {
					c.wrong("Person.%s is %v, want one of %v", name, text, all)
				}
			}
		}
	}
}

// isPlain tells a value, or a list of values, from an object.
func isPlain(value any) bool {
	switch value := value.(type) {
	case map[string]any:
		return false
	case []any:
		return !slices.ContainsFunc(value, func(v any) bool { return !isPlain(v) })
	}
	return true
}

// walk compares every object of an answer, and gathers its texts.
func (c *checker) walk(value any, shown, all map[string]bool) {
	c.Helper()
	switch value := value.(type) {
	case string:
		all[value] = true
	case []any:
		for _, item := range value {
			c.walk(item, shown, all)
		}
	case map[string]any:
		if typ, ok := value["__typename"].(string); ok {
			c.object(typ, value, shown)
		}
		for _, item := range value {
			c.walk(item, shown, all)
		}
	}
}

// answer looks at all of an answer: what stands in its objects, and that nothing else of it, its
// errors, extensions and headers, holds a number or a name.
func (c *checker) answer(path, text string, header http.Header) {
	c.Helper()
	c.path = path
	var value map[string]any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		c.wrong("%v: %.200s", err, text)
		return
	}
	shown, all := map[string]bool{}, map[string]bool{}
	c.met = map[string]bool{}
	c.walk(value, shown, all)
	extensions, _ := value["extensions"].(map[string]any)
	for field := range c.met {
		isWhole := c.sees(c.personal[field])
		if slices.Contains(texts(extensions["masked"]), field) == isWhole ||
			slices.Contains(texts(extensions["unmasked"]), field) != isWhole {
			c.wrong("extensions tell wrongly whether %s is masked", field)
		}
	}
	for text := range all {
		if c.whole[text] && !shown[text] {
			c.wrong("%q stands in the answer, and is nowhere to be shown whole", text)
		}
	}
	c.silent(text+fmt.Sprint(header), shown)
}

// silent looks for numbers in a text that are not among those shown.
func (c *checker) silent(text string, shown map[string]bool) {
	c.Helper()
	for _, run := range numeral.FindAllString(text, -1) {
		if c.whole[run] && !shown[run] {
			c.wrong("somebody's number stands in it")
		}
	}
}

// numeral is what may be a number of a person.
var numeral = regexp.MustCompile(`\d[\d-]{5,}[\dXx]`)

// kindOfPath is what a question asks by, for the count.
func kindOfPath(q question) string {
	switch {
	case strings.Contains(q.query, "nodes(ids"):
		return "nodes"
	case strings.Contains(q.query, " person("):
		return "person"
	case strings.Contains(q.query, " organization("):
		return "organization"
	case strings.Contains(q.query, " search("):
		return "search"
	case strings.Contains(q.query, "records(first"):
		return "nested, timelines"
	case strings.Contains(q.query, "groups {"):
		return "statistics"
	case strings.Contains(q.query, "(first: 200)"):
		return "list"
	}
	return "relations"
}

// TestCells: for every field of every kind, as every role, through every path that reaches it,
// what is served is what the policy says: lists, relations, nodes, persons, organisations,
// timelines, searches, statistics, files, reports; and no error, header or extension holds more.
func TestCells(t *testing.T) {
	d := serving(t, demo.Systems(demotest.World(t, 0.02)), mapping.Source(demo.Policy()), demo.Identities())
	truth, m := d.truth(), d.learnAll()
	d.saveReports()
	total, fields := map[string]int{}, 0
	var mu sync.Mutex // of total and fields
	t.Run("roles", func(t *testing.T) {
		for _, role := range d.policy.Roles() {
			t.Run(role.Name, func(t *testing.T) {
				t.Parallel()
				mine := *d
				mine.T = t
				c := &checker{desk: &mine, truth: truth, role: role, schema: mine.schemaOf(role.Name),
					seen: map[string]int{}, found: map[string]bool{}}
				c.questions(m)
				c.files()
				mu.Lock()
				defer mu.Unlock()
				for path, n := range c.seen {
					total[path] += n
				}
				for _, kind := range kinds() {
					if def := c.schema.Types[kind]; def != nil {
						fields += len(def.Fields)
					}
				}
			})
		}
	})
	sum := 0
	for _, n := range total {
		sum += n
	}
	for _, path := range []string{"list", "relations", "nodes", "person", "nested, timelines", "search", "CSV", "XLSX",
		"report"} {
		if total[path] == 0 {
			t.Errorf("nothing was looked at by %s", path)
		}
	}
	t.Logf("%d fields of %d kinds as %d roles; %d cells compared: %v", fields, len(kinds()), len(d.policy.Roles()), sum, total)
}

// questions looks at the answers of all questions but those that differ in a filter only, of which
// it takes some.
func (c *checker) questions(m *material) {
	c.Helper()
	for i, q := range (questioner{c.schema, m, true}).all() {
		isDeep, isFigures := strings.Contains(q.query, "__typename"), strings.Contains(q.query, "groups {")
		if q.accept != "" || q.path != "" || strings.Contains(q.query, "(last: 3)") ||
			(!isDeep || isFigures) && i%24 != 0 {
			continue
		}
		for _, c.why = range []bool{false, true} {
			path := kindOfPath(q)
			if c.why && (!c.role.Unmasks() || path != "list" && path != "nodes" && path != "person") {
				continue
			}
			_, header, text := c.putFor(c.role.Name, q, c.why)
			c.answer(path, text, header)
		}
	}
}

// saveReports saves a report of every kind.
func (d *desk) saveReports() {
	d.Helper()
	schema := d.schemaOf("administrator")
	for _, kind := range kinds() {
		list := listOf(schema, kind)
		if list == nil {
			continue
		}
		name := reportOf(kind)
		body, err := json.Marshal(map[string]any{"name": name, "title": kind,
			"query": fmt.Sprintf("{ %s { nodes { %s } } }", list.Name, strings.Join(d.common(kind), " "))})
		if err != nil {
			d.Fatal(err)
		}
		status, text := d.fetch("administrator", http.MethodPut, "/playground/queries/"+name, string(body), false, "")
		if status != http.StatusNoContent {
			d.Fatalf("%s is not saved: %d %s", name, status, text)
		}
	}
}

func reportOf(kind string) string { return "all-" + strings.ToLower(kind) }

// common are the plain fields of a kind that every role of the demo sees who sees the kind.
func (d *desk) common(kind string) (list []string) {
	d.Helper()
	for _, name := range strings.Fields(leaves(d.schemaOf("administrator"), kind)) {
		isHidden := func(r *access.Role) bool { return !r.Hides(kind, "") && r.Hides(kind, name) }
		if !slices.ContainsFunc(d.policy.Roles(), isHidden) {
			list = append(list, name)
		}
	}
	return list
}

// files compares files of every kind, and reports: each cell of a personal field, by the row's id.
func (c *checker) files() {
	c.Helper()
	const sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	for _, kind := range kinds() {
		list := listOf(c.schema, kind)
		if list == nil {
			continue
		}
		body, err := json.Marshal(map[string]any{"query": fmt.Sprintf("{ %s(first: 200) { nodes { %s } } }", list.Name,
			leaves(c.schema, kind))})
		if err != nil {
			c.Fatal(err)
		}
		for _, c.why = range []bool{false, true} {
			if c.why && !c.role.Unmasks() {
				continue
			}
			for _, f := range []struct{ path, method, address, body, accept string }{
				{"CSV", http.MethodPost, "/graphql?head=field", string(body), "text/csv"},
				{"XLSX", http.MethodPost, "/graphql?head=field", string(body), sheet},
				{"report", http.MethodGet, "/reports/" + reportOf(kind) + ".csv?head=field", "", ""},
				{"report", http.MethodGet, "/reports/" + reportOf(kind) + ".xlsx?head=field", "", ""},
				{"report", http.MethodGet, "/reports/" + reportOf(kind) + ".json", "", ""},
			} {
				c.path = f.path
				status, header, text := c.exchange(c.role.Name, f.method, f.address, f.body, c.why, f.accept)
				if !c.role.Export {
					if status != http.StatusForbidden {
						c.wrong("a file of %s: %d", kind, status)
					}
					continue
				}
				if status != http.StatusOK {
					c.wrong("a file of %s: %d %.200s", kind, status, text)
					continue
				}
				c.table(kind, rowsOf(c.T, text, header.Get("Content-Type")), header)
			}
		}
	}
}

// table compares the rows of a file, whose first has the names of the fields.
func (c *checker) table(kind string, rows [][]string, header http.Header) {
	c.Helper()
	shown, all := map[string]bool{}, strings.Builder{}
	at := slices.Index(rows[0], "id")
	for i, name := range rows[0] {
		if c.role.Hides(kind, name) && c.schema.Types["Record"].Fields.ForName(name) == nil {
			c.wrong("%s.%s is hidden, and a column", kind, name)
		}
		p := personals(kind)[name]
		for _, row := range rows[1:] {
			if i >= len(row) || at >= len(row) || c.truth.records[kind][row[at]] == nil {
				continue
			}
			all.WriteString(row[i] + "\n")
			if p.Kind == "" {
				continue
			}
			c.seen[c.path]++
			want := c.served(p, c.truth.records[kind][row[at]][name])
			if c.sees(p) {
				shown[row[i]] = true
			}
			isSame := row[i] == strings.Join(texts(want), "；") || row[i] == fmt.Sprint(want)
			if got := row[i]; !isSame && (got != "" || want != nil) {
				c.wrong("%s.%s is %v, want %v", kind, name, got, want)
			}
		}
	}
	c.silent(all.String()+fmt.Sprint(header), shown)
}

// rowsOf reads a file, the names of the fields first.
func rowsOf(t *testing.T, text, media string) (rows [][]string) {
	t.Helper()
	var err error
	switch {
	case strings.HasPrefix(media, "text/csv"):
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
		r.FieldsPerRecord = -1
		rows, err = r.ReadAll()
	case strings.HasPrefix(media, "application/json"):
		var answer struct{ Rows []map[string]any }
		err = json.Unmarshal([]byte(text), &answer)
		names := map[string]bool{}
		for _, row := range answer.Rows {
			for name := range row {
				names[name] = true
			}
		}
		head := slices.Sorted(maps.Keys(names))
		rows = [][]string{head}
		for _, row := range answer.Rows {
			cells := make([]string, len(head))
			for i, name := range head {
				if row[name] != nil {
					cells[i] = fmt.Sprint(row[name])
				}
			}
			rows = append(rows, cells)
		}
	default:
		var book *excelize.File
		if book, err = excelize.OpenReader(strings.NewReader(text)); err == nil {
			rows, err = book.GetRows(book.GetSheetList()[0])
		}
	}
	if err != nil || len(rows) == 0 {
		t.Fatalf("a file of %s has no rows: %v", media, err)
	}
	return rows
}
