// Package policy asks the demo as each of its roles, by every path that leads to a field, and
// compares what is served with what the policy says. What it asks is derived from the schema, so
// that a new kind is asked for without a line here.
package policy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/audit"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/server"
	"github.com/bureaugraph/bureaugraph/internal/signin"
	"github.com/bureaugraph/bureaugraph/internal/tests/serve"
)

// desk is a gateway with the demo's policy, and the means to ask it.
type desk struct {
	*testing.T
	url    string
	policy *access.Policy
	audit  string // its directory
}

// lockedBuffer is a log that several requests write.
type lockedBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

// open is a gateway over the demo, with its policy and its identities.
func open(t *testing.T) *desk {
	t.Helper()
	return serving(t, demo.Systems(demotest.World(t, scale)), mapping.Source(demo.Policy()), demo.Identities())
}

// scale is how much of a district's work the tests ask about.
const scale = 0.03

// serving is a gateway over systems with a policy, and identities for its roles.
func serving(t *testing.T, systems []demo.System, policy mapping.Source, identities *signin.Demo) *desk {
	t.Helper()
	c := serve.Config(t, systems, demotest.Embedded(t, systems))
	parsed, err := server.ParsePolicy(policy)
	if err != nil {
		t.Fatal(err)
	}
	c.Access.Demo = identities // one for each role, of its name
	c.Access.Policy = &policy
	c.Limits.Tokens, c.Limits.Operation.Fields, c.Limits.Operation.Cost = 50_000, 20_000, 50_000_000
	c.Library = config.Library{Directory: t.TempDir(), Save: true}
	c.Audit = config.Audit{Directory: t.TempDir(), Key: c.PersonKey} // without which nothing is shown whole
	log := &lockedBuffer{}
	t.Cleanup(func() { discreet(t, log.String(), systems) }) // after the gateway is closed
	s := serve.Gateway(t, c, slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	return &desk{t, s.URL(), parsed, c.Audit.Directory}
}

// discreet looks in a log for anything personal that the systems' records hold, whatever was asked.
func discreet(t *testing.T, log string, systems []demo.System) {
	t.Helper()
	w := demotest.World(t, 0.01) // whose towns and departments are those of every world
	files, known := demotest.Files(t, w), map[string]bool{}
	for _, s := range systems {
		for kind, rows := range audit.Decoded(s.Database, files[s.System],
			cell.Env{Towns: w.Towns, Departments: w.Departments, Divisions: w.Towns}) {
			for name, p := range personals(kind) {
				if p.Kind == model.PersonalAddress || !p.Kind.IsMasked() {
					continue
				}
				for _, row := range rows {
					if text := wordOf(row.Cells[name]); utf8.RuneCountInString(text) > 1 {
						known[text] = true
					}
				}
			}
		}
	}
	if len(known) < 100 || len(log) < 100 {
		t.Errorf("%d personal values and a log of %d bytes tell nothing", len(known), len(log))
	}
	for value := range known {
		if strings.Contains(log, value) {
			t.Errorf("the log holds %q", value)
			return
		}
	}
}

// wordOf is the text behind a cell's value, a name, a number or a phone; "" for a list, or none.
func wordOf(value any) string {
	if v := reflect.ValueOf(value); v.Kind() == reflect.Pointer && v.Elem().Kind() == reflect.String {
		return v.Elem().String()
	}
	return ""
}

// reason is why the tests want to see something whole.
var reason = url.PathEscape("核对演示数据")

// fetch sends a request as a role; a reason is given when why is true.
func (d *desk) fetch(role, method, path, body string, why bool, accept string) (int, string) {
	d.Helper()
	status, _, text := d.exchange(role, method, path, body, why, accept)
	return status, text
}

// exchange is fetch with the headers of the answer.
func (d *desk) exchange(role, method, path, body string, why bool, accept string) (int, http.Header, string) {
	d.Helper()
	r, err := http.NewRequestWithContext(d.Context(), method, d.url+path, strings.NewReader(body))
	if err != nil {
		d.Fatal(err)
	}
	r.Header.Set("X-Demo-Identity", role)
	r.Header.Set("Content-Type", "application/json")
	if accept != "" {
		r.Header.Set("Accept", accept)
	}
	if why {
		r.Header.Set("X-Access-Reason", reason)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		d.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		d.Fatal(err)
	}
	return response.StatusCode, response.Header, string(text)
}

// answer is what a query gives.
type answer struct {
	Data   map[string]any
	Errors []struct {
		Message    string
		Extensions map[string]any
	}
	Extensions struct {
		Masked   []string
		Unmasked []string
	}
	text string
}

func (d *desk) ask(role, query string, variables map[string]any, why bool) (a answer) {
	d.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		d.Fatal(err)
	}
	_, a.text = d.fetch(role, http.MethodPost, "/graphql", string(body), why, "")
	if err := json.Unmarshal([]byte(a.text), &a); err != nil {
		d.Fatalf("%s: %v: %.300s", query, err, a.text)
	}
	return a
}

// schemaOf is the schema that a role is given.
func (d *desk) schemaOf(role string) *ast.Schema {
	d.Helper()
	_, text := d.fetch(role, http.MethodGet, "/schema.graphql", "", false, "")
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: role, Input: text})
	if err != nil {
		d.Fatalf("%s: %v", role, err)
	}
	return schema
}

// leaves selects all plain fields of a type.
func leaves(schema *ast.Schema, typ string) string {
	var fields []string
	for _, f := range schema.Types[typ].Fields {
		def := schema.Types[f.Type.Name()]
		isLeaf := def.Kind == ast.Scalar || def.Kind == ast.Enum
		if len(f.Arguments) == 0 && isLeaf && !strings.HasPrefix(f.Name, "__") {
			fields = append(fields, f.Name)
		}
	}
	return strings.Join(fields, " ")
}

// listOf is the root field that lists the records of a kind in a schema; nil when there is none.
func listOf(schema *ast.Schema, kind string) *ast.FieldDefinition {
	for _, f := range schema.Query.Fields {
		if f.Type.Name() == kind+"Connection" {
			return f
		}
	}
	return nil
}

// records gives all records of a kind that a role sees, with all their plain fields, by id.
func (d *desk) records(schema *ast.Schema, role, kind string, why bool) map[string]map[string]any {
	d.Helper()
	if listOf(schema, kind) == nil {
		return nil
	}
	return d.selected(schema, role, kind, leaves(schema, kind), why)
}

// selected gives of all records of a kind that a role sees what is selected, the id among it, by id.
func (d *desk) selected(schema *ast.Schema, role, kind, selection string, why bool) map[string]map[string]any {
	d.Helper()
	list := listOf(schema, kind)
	if list == nil {
		return nil
	}
	found := map[string]map[string]any{}
	for after := any(nil); ; {
		a := d.ask(role, fmt.Sprintf("query($after: String) { list: %s(first: 200, after: $after) { nodes { %s } pageInfo { hasNextPage endCursor } } }",
			list.Name, selection), map[string]any{"after": after}, why)
		if len(a.Errors) > 0 {
			d.Fatalf("%s %s: %.300s", role, kind, a.text)
		}
		page := a.Data["list"].(map[string]any)
		for _, node := range page["nodes"].([]any) {
			record := node.(map[string]any)
			found[record["id"].(string)] = record
		}
		info := page["pageInfo"].(map[string]any)
		if info["hasNextPage"] != true {
			return found
		}
		after = info["endCursor"]
	}
}

func kinds() (names []string) {
	for _, k := range model.Kinds() {
		names = append(names, k.Record)
	}
	return names
}

// personals are the masked personal fields of a kind, by name.
func personals(kind string) map[string]model.Personal {
	fields := map[string]model.Personal{}
	for _, p := range model.Personals() {
		if p.Type == kind {
			fields[p.Field] = p
		}
	}
	return fields
}

// TestSchemas: a role's schema has just the fields that the policy lets it ever see.
func TestSchemas(t *testing.T) {
	d := open(t)
	whole := graph.Schema()
	checked := 0
	for _, role := range d.policy.Roles() {
		schema := d.schemaOf(role.Name)
		for _, kind := range kinds() {
			def := schema.Types[kind]
			if (role.Hides(kind, "") || role.FiguresOnly) && def != nil {
				t.Errorf("%s sees %s", role.Name, kind)
			}
			for _, f := range whole.Types[kind].Fields {
				checked++
				has := def != nil && def.Fields.ForName(f.Name) != nil
				isForced := whole.Types["Record"].Fields.ForName(f.Name) != nil // by the interface
				if has && role.Hides(kind, f.Name) && !isForced {
					t.Errorf("%s sees %s.%s", role.Name, kind, f.Name)
				}
			}
		}
		for _, system := range model.AllSystem {
			if has := schema.Types["System"].EnumValues.ForName(string(system)) != nil; has != role.Sees(system) {
				t.Errorf("%s: %s is in the schema: %t", role.Name, system, has)
			}
		}
		a := d.ask(role.Name, `{ __schema { types { name fields { name } } } }`, nil, false)
		for _, typ := range a.Data["__schema"].(map[string]any)["types"].([]any) {
			if name := typ.(map[string]any)["name"].(string); schema.Types[name] == nil {
				t.Errorf("introspection tells %s of %s", role.Name, name)
			}
		}
	}
	t.Logf("%d fields as %d roles", checked, len(d.policy.Roles()))
}

// TestUnknownAndHidden: a field that is hidden is refused like one that does not exist.
func TestUnknownAndHidden(t *testing.T) {
	d := open(t)
	for _, query := range []string{`{ %s(first: 1) { totalCount } }`, `{ towns(first: 1) { %s(first: 1) { totalCount } } }`} {
		hidden := d.ask("legal-aid-officer", fmt.Sprintf(query, "notarialMatters"), nil, false)
		unknown := d.ask("legal-aid-officer", fmt.Sprintf(query, "xotarialXatters"), nil, false)
		if len(hidden.Errors) != 1 || hidden.Errors[0].Message != strings.ReplaceAll(unknown.Errors[0].Message,
			"xotarialXatters", "notarialMatters") {
			t.Errorf("%q, and of what does not exist %q", hidden.Errors, unknown.Errors)
		}
	}
}

// TestRows: what a role sees of a kind is the same by every path, and nothing of the rest.
func TestRows(t *testing.T) {
	d := open(t)
	whole := d.schemaOf("administrator")
	seen := map[string]int{} // records, by role
	for _, role := range d.policy.Roles() {
		schema := d.schemaOf(role.Name)
		for _, kind := range kinds() {
			all := d.records(whole, "administrator", kind, false)
			if all == nil {
				continue
			}
			mine := d.records(schema, role.Name, kind, false)
			seen[role.Name] += len(mine)
			isAll := listOf(schema, kind) != nil && role.RowsOf(&access.Principal{}) == nil
			if isAll && len(mine) != len(all) {
				t.Errorf("%s sees %d of %d %s", role.Name, len(mine), len(all), kind)
			}
			if len(mine) < len(all) && schema.Types["Node"] != nil {
				d.hasNone(role.Name, slices.Collect(maps.Keys(all)), mine)
			}
			if list := listOf(schema, kind); list != nil {
				a := d.ask(role.Name, fmt.Sprintf(`{ list: %s(first: 1) { totalCount } }`, list.Name), nil, false)
				if n := a.Data["list"].(map[string]any)["totalCount"]; n != float64(len(mine)) {
					t.Errorf("%s: %v %s are counted, %d are seen", role.Name, n, kind, len(mine))
				}
			}
			if !role.FiguresOnly {
				d.counts(role.Name, schema, kind, len(mine))
			}
		}
	}
	t.Logf("records seen: %v", seen)
	if seen["leader"] != 0 || seen["town-clerk"] == 0 || seen["town-clerk"] > seen["administrator"]/5 ||
		seen["auditor"] < seen["administrator"]/2 {
		t.Error("the roles of the demo tell nothing")
	}
}

// hasNone asks for every record by id.
func (d *desk) hasNone(role string, ids []string, mine map[string]map[string]any) {
	d.Helper()
	for chunk := range slices.Chunk(ids, 100) {
		a := d.ask(role, `query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, map[string]any{"ids": chunk}, false)
		nodes, _ := a.Data["nodes"].([]any)
		for i, node := range nodes {
			if _, seen := mine[chunk[i]]; seen != (node != nil) {
				d.Errorf("%s: node %s is %v; it is in the list: %t", role, chunk[i], node, seen)
			}
		}
	}
}

// counts compares the statistics of a kind with its records.
func (d *desk) counts(role string, schema *ast.Schema, kind string, want int) {
	d.Helper()
	for _, f := range schema.Query.Fields {
		if f.Type.Name() != kind+"Stats" {
			continue
		}
		a := d.ask(role, fmt.Sprintf(`{ stats: %s(groupBy: []) { total { count } } }`, f.Name), nil, false)
		stats, _ := a.Data["stats"].(map[string]any)
		if stats == nil {
			d.Errorf("%s: %s: %.300s", role, f.Name, a.text)
			continue
		}
		if n := stats["total"].(map[string]any)["count"]; n != float64(want) {
			d.Errorf("%s: statistics count %v %s, %d are seen", role, n, kind, want)
		}
	}
}
