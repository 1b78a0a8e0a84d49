package policy

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/audit"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/fanout"
	"github.com/bureaugraph/bureaugraph/internal/signin"
)

// belonging is what a kind's @scope declares.
type belonging struct {
	public                       bool
	towns, departments, handlers []string
	of, record, by, parent       string // parent is the kind to which `of` refers
}

// declared reads from the SDL to whom the rows of each kind belong.
func declared(t *testing.T) map[string]belonging {
	t.Helper()
	files, err := filepath.Glob("../../../graph/schema/*.graphqls")
	if err != nil || len(files) == 0 {
		t.Fatal("no schema: ", err)
	}
	var sources []*ast.Source
	for _, file := range append(files, "../../../graph/declarations.graphqls") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: file, Input: string(text)})
	}
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]belonging{}
	for name, def := range schema.Types {
		scope := def.Directives.ForName("scope")
		if scope == nil {
			continue
		}
		texts := func(argument string) (list []string) {
			if a := scope.Arguments.ForName(argument); a != nil {
				for _, c := range a.Value.Children {
					list = append(list, c.Value.Raw)
				}
			}
			return list
		}
		text := func(argument string) string {
			if a := scope.Arguments.ForName(argument); a != nil {
				return a.Value.Raw
			}
			return ""
		}
		b := belonging{public: text("public") == "true", towns: texts("towns"), departments: texts("departments"),
			handlers: texts("handlers"), of: text("of"), record: text("record"), by: text("by")}
		if b.of != "" {
			b.parent = def.Fields.ForName(b.of).Type.Name()
		}
		kinds[name] = b
	}
	return kinds
}

// kept are the keys of the rows of each kind that belong to somebody: told from what the cells
// mean, without a statement. nil for a kind is all rows.
type kept map[string]map[string]bool

// keeping works out which rows belong to towns, departments and handlers.
func keeping(scopes map[string]belonging, rows map[string][]audit.Row, towns, departments, handlers []string) kept {
	all := kept{}
	var keep func(kind string) map[string]bool
	keep = func(kind string) map[string]bool {
		if mine, done := all[kind]; done {
			return mine
		}
		b := scopes[kind]
		if b.public {
			all[kind] = nil
			return nil
		}
		mine := map[string]bool{}
		all[kind] = mine
		has := func(r audit.Row, fields, values []string) bool {
			return slices.ContainsFunc(fields,
				func(f string) bool { return slices.Contains(values, textOf(r.Cells[f])) })
		}
		for _, r := range rows[kind] {
			if has(r, b.towns, towns) || has(r, b.departments, departments) || has(r, b.handlers, handlers) ||
				b.of != "" && keep(b.parent)[textOf(r.Cells[b.of])] {
				mine[r.Key] = true
			}
		}
		if b.record != "" {
			owners := keep(b.record)
			for _, r := range rows[b.record] {
				if owners[r.Key] {
					mine[textOf(r.Cells[b.by])] = true
				}
			}
		}
		return mine
	}
	for kind := range scopes {
		keep(kind)
	}
	return all
}

func textOf(value any) string {
	if text, ok := value.(*string); ok {
		return *text
	}
	return ""
}

// most is the value that most rows of a kind have in a field.
func most(rows []audit.Row, field string) string {
	counts := map[string]int{}
	for _, r := range rows {
		if text := textOf(r.Cells[field]); text != "" {
			counts[text]++
		}
	}
	return slices.MaxFunc(slices.Sorted(maps.Keys(counts)), func(a, b string) int { return counts[a] - counts[b] })
}

// volatile is what differs from answer to answer.
var volatile = regexp.MustCompile(`"milliseconds":\d+|"request":"[^"]*"|\b[A-Z2-7]{26}\b|` +
	`\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?[^"<]*|\b\d{8}-\d{4,6}\b`)

// steady is an answer without what differs each time: a workbook by what its parts hold.
func steady(t *testing.T, text string) string {
	t.Helper()
	if !strings.HasPrefix(text, "PK") {
		return volatile.ReplaceAllString(text, "…")
	}
	book, err := zip.NewReader(bytes.NewReader([]byte(text)), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	parts := slices.SortedFunc(slices.Values(book.File),
		func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	for _, part := range parts { // which the library writes in any order
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s\n%s\n", part.Name, volatile.ReplaceAllString(string(content), "…"))
	}
	return b.String()
}

// everything makes TestAbsentRows ask each question as each role, which takes minutes; otherwise
// the roles share the questions.
var everything = flag.Bool("everything", false, "ask every question as every role")

// share is of how many questions each role asks one.
const share = 16

// TestAbsentRows: a row outside the scope does not exist: whatever is asked, the bytes of the
// answer, its errors, counts, cursors and numbers of rows read are those of a gateway on databases
// in which all these rows were really deleted.
func TestAbsentRows(t *testing.T) {
	w := demotest.World(t, 0.02)
	systems, files, scopes := demo.Systems(w), demotest.Files(t, w), declared(t)
	env := cell.Env{Towns: w.Towns, Departments: w.Departments, Divisions: w.Towns}
	rows := map[string][]audit.Row{}
	for _, s := range systems {
		maps.Copy(rows, audit.Decoded(s.Database, files[s.System], env))
	}
	lawyer, notary := most(rows["LegalAidCase"], "lawyer"), most(rows["NotarialMatter"], "notary")
	department := most(rows["LegalityReview"], "draftingUnit")
	type scoped struct{ towns, departments, handlers []string }
	roles := map[string]scoped{
		"town-clerk": {towns: []string{"330109105"}},
		"town":       {towns: []string{"330109105", "330109106"}},
		"department": {departments: []string{department}},
		"handler":    {handlers: []string{lawyer, notary}},
	}
	text := string(demo.Policy().Data)
	identities := demo.Identities()
	for _, name := range slices.Sorted(maps.Keys(roles)) {
		if name == "town-clerk" { // the demo's own
			continue
		}
		r := roles[name]
		text += fmt.Sprintf("\n  %s:\n    members: {groups: [%[1]s]}\n    rows: {towns: [%s], departments: [%s], handlers: [%s]}\n"+
			"    show: all\n    unmask: all\n    lookup: true\n    export: true\n", name, strings.Join(r.towns, ", "),
			strings.Join(r.departments, ", "), strings.Join(r.handlers, ", "))
		identities.Identities = append(identities.Identities,
			signin.DemoIdentity{Name: name, Claims: map[string][]string{"groups": {name}}})
	}
	policy := mapping.Source{Name: "policy.yaml", Data: []byte(text)}
	whole := serving(t, systems, policy, identities)
	m := whole.learnAll()
	orphans := whole.orphans("administrator")
	if len(orphans) == 0 {
		t.Error("no orphans: that none is told wrongly shows nothing")
	}
	for at, name := range slices.Sorted(maps.Keys(roles)) {
		r := roles[name]
		t.Run(name, func(t *testing.T) {
			mine := keeping(scopes, rows, r.towns, r.departments, r.handlers)
			deleted, left, gone := slices.Clone(systems), 0, 0
			for i, s := range systems {
				isGone := func(kind string, row audit.Row) bool {
					if mine[kind] == nil && scopes[kind].public || mine[kind][row.Key] {
						left++
						return false
					}
					gone++
					return true
				}
				deleted[i].Database = audit.Without(s.Database, files[s.System], env, isGone)
			}
			full := &desk{t, whole.url, whole.policy, whole.audit}
			for link := range full.orphans(name) {
				if !orphans[link] {
					t.Errorf("%s is said to lead to no record, and leads to one of somebody else", link)
				}
			}
			cut := serving(t, deleted, policy, identities)
			asked, differ := 0, 0
			for i, q := range (questioner{full.schemaOf(name), m, false}).all() {
				if !*everything && !q.isFirst && i%share != at*share/len(roles) {
					continue
				}
				asked++
				here, there := bothSteadily(full, cut, name, q)
				if here == there {
					continue
				}
				if differ++; differ < 12 {
					t.Errorf("%s\n%v\n%s\nwithout these rows\n%s", q, q.variables, around(here, there),
						around(there, here))
				}
			}
			t.Logf("%d rows are seen, %d others were deleted; %d questions, %d answers differ", left, gone, asked, differ)
		})
	}
}

// steadily is an answer, with status and headers, without what differs each time.
func (d *desk) steadily(role string, q question) string {
	d.Helper()
	status, header, text := d.put(role, q)
	if strings.Contains(text, "GRAPHQL_VALIDATION_FAILED") {
		d.Fatalf("%s\n%.600s", q, text)
	}
	for _, name := range []string{"Date", "X-Request-Id", "Content-Length"} {
		header.Del(name)
	}
	return fmt.Sprintf("%d %v %s", status, header, steady(d.T, text))
}

// bothSteadily asks two gateways at once. How many statements parts of one query share depends on
// which of them are ready at the same moment: answers that differ in it alone are alike.
func bothSteadily(one, other *desk, role string, q question) (a, b string) {
	one.Helper()
	var asking fanout.Group
	asking.Go(func() { a = one.steadily(role, q) })
	b = other.steadily(role, q)
	if err := asking.Wait(); err != nil {
		one.Fatal(err)
	}
	if a != b {
		a, b = statements.ReplaceAllString(a, "…"), statements.ReplaceAllString(b, "…")
	}
	return a, b
}

// statements is how many there were, and what is reckoned of them; rows are compared.
var statements = regexp.MustCompile(`"statements":\d+|"actual":\d+|X-Cost-Actual:\[\d+\]`)

// around is a text about where it begins to differ from another.
func around(text, other string) string {
	at := 0
	for at < min(len(text), len(other)) && text[at] == other[at] {
		at++
	}
	return strings.ToValidUTF8(text[max(0, at-200):min(len(text), at+300)], "")
}

// orphans are the links that a role is told to lead to no record, on the records themselves, of which
// data quality must tell as many.
func (d *desk) orphans(role string) map[string]bool {
	d.Helper()
	const rule = "ORPHAN_LINK"
	links, counts := map[string]bool{}, map[string]int{}
	schema := d.schemaOf(role)
	for _, kind := range kinds() {
		def := schema.Types[kind]
		if def == nil || def.Fields.ForName("dataIssues") == nil {
			continue
		}
		for id, record := range d.selected(schema, role, kind, "id dataIssues { field rule }", false) {
			for _, i := range record["dataIssues"].([]any) {
				if issue := i.(map[string]any); issue["rule"] == rule {
					links[fmt.Sprintf("%s.%s of %s", kind, issue["field"], id)] = true
					counts[fmt.Sprintf("%s.%s", kind, issue["field"])]++
				}
			}
		}
	}
	told := map[string]int{}
	for _, f := range d.ask(role, "{ dataQuality { record field rule count } }", nil, false).Data["dataQuality"].([]any) {
		if finding := f.(map[string]any); finding["rule"] == rule {
			told[fmt.Sprintf("%s.%s", finding["record"], finding["field"])] = int(finding["count"].(float64))
		}
	}
	for link := range told { // of kinds without a list only data quality tells
		if kind, _, _ := strings.Cut(link, "."); listOf(schema, kind) == nil {
			delete(told, link)
		}
	}
	if diff := cmp.Diff(counts, told); diff != "" {
		d.Errorf("%s: orphans -of records +of data quality\n%s", role, diff)
	}
	return links
}
