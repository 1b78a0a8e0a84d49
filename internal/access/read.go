package access

import (
	"maps"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// reader reads one policy file.
type reader struct {
	yamlfile.Reader
	fields  map[string][]string // of each type of the graph
	systems map[string]model.System
}

// Bounds of a role's numbers.
const (
	mostPersons  = 100_000
	mostSuppress = 1000
)

func (r *reader) policy(root *yamlfile.Node) *Policy {
	p := &Policy{}
	d := r.Dict(root, "a policy", "anonymous", "roles")
	if !d.IsMap() {
		return p
	}
	entries := d.Entries("roles")
	if len(entries) == 0 {
		r.Add(root.Pos, "the policy has no roles: without one nobody may see anything")
	}
	for _, e := range entries {
		p.roles = append(p.roles, r.role(e))
	}
	if d.Has("anonymous") {
		name := d.Text("anonymous")
		if p.anonymous = p.Role(name); p.anonymous == nil && name != "" {
			r.Add(d.At("anonymous"), "there is no role %s%s", name, yamlfile.Suggest(name, names(p)))
		}
		if role := p.anonymous; role != nil && (role.Lookup || role.Unmasks()) {
			r.Add(d.At("anonymous"),
				"the role of anonymous callers may neither look up persons nor see anything whole: nobody could answer for it")
		}
	}
	return p
}

func names(p *Policy) (list []string) {
	for _, role := range p.roles {
		list = append(list, role.Name)
	}
	return list
}

func (r *reader) role(e *yamlfile.Entry) *Role {
	role := &Role{Name: e.Key.Text, hidden: map[string]bool{}, shown: map[string]bool{}, plain: map[string]bool{}}
	d := r.Dict(e.Value, "a role", "label", "members", "systems", "rows", "hide", "show", "unmask", "figuresOnly",
		"suppressBelow", "lookup", "limits", "introspection", "export", "save")
	if !d.IsMap() {
		return role
	}
	role.Label = d.Text("label")
	role.Members = r.members(d)
	role.systems = r.seen(d)
	role.rows = r.rows(d)
	for _, n := range r.named(d, "hide") {
		if r.isDeclared(n) {
			role.hidden[n.Text] = true
		}
	}
	for _, kind := range model.Kinds() {
		if !role.Sees(kind.System) {
			role.hidden[kind.Record] = true
		}
	}
	r.choose(d, "show", role.shown, "a text or a sensitive field",
		func(p model.Personal) bool { return !p.Kind.IsMasked() })
	for _, p := range model.Personals() {
		if !p.Kind.IsMasked() && !role.shown[p.Name()] {
			role.hidden[p.Name()] = true
		}
	}
	r.choose(d, "unmask", role.plain, "a name, number or phone, which are masked",
		func(p model.Personal) bool { return p.Kind.IsMasked() && p.Kind != model.PersonalAddress })
	role.FiguresOnly = d.Bool("figuresOnly", false)
	if d.Has("suppressBelow") {
		role.SuppressBelow = d.Int("suppressBelow", 0, mostSuppress)
	}
	r.lookup(d, role)
	if n := d.Get("limits"); n != nil {
		role.Limits = r.limits(n)
	}
	role.WithoutSchema = !d.Bool("introspection", true)
	role.Export, role.Save = d.Bool("export", false), d.Bool("save", false)
	if role.FiguresOnly && (role.Lookup || role.Unmasks()) {
		r.Add(e.Key.Pos, "%s sees figures only, and so can neither look up persons nor see anything whole", role.Name)
	}
	return role
}

// members reads the claims of a role's members.
func (r *reader) members(d yamlfile.Dict) map[string][]string {
	members := map[string][]string{}
	for _, claim := range d.Entries("members") {
		members[claim.Key.Text] = r.Texts(claim.Value, claim.Key.Text)
	}
	return members
}

// seen reads the systems; nil for all.
func (r *reader) seen(d yamlfile.Dict) map[model.System]bool {
	if !d.Has("systems") {
		return nil
	}
	seen := map[model.System]bool{}
	for _, n := range d.Items("systems") {
		system, known := r.systems[n.Text]
		if !known {
			r.Add(n.Pos, "%q is no system%s", n.Text,
				yamlfile.Suggest(n.Text, slices.Sorted(maps.Keys(r.systems))))
		}
		seen[system] = true
	}
	return seen
}

func (r *reader) rows(d yamlfile.Dict) *ownership {
	if !d.Has("rows") {
		return nil
	}
	by := r.Dict(d.Get("rows"), "rows", "towns", "departments", "handlers")
	if by.IsMap() && !by.Has("towns") && !by.Has("departments") && !by.Has("handlers") {
		r.Add(d.At("rows"), "rows of nobody: give towns, departments or handlers, or leave rows out for all rows")
	}
	return &ownership{r.values(by, "towns"), r.values(by, "departments"), r.values(by, "handlers")}
}

func (r *reader) values(d yamlfile.Dict, key string) (v values) {
	n := d.Get(key)
	if n == nil {
		return v
	}
	if n.Kind != yamlfile.Map {
		v.list = d.Texts(key)
		return v
	}
	from := r.Dict(n, key, "claim")
	if from.IsMap() && from.Needs("claim") {
		v.claim = from.Text("claim")
	}
	return v
}

// named are the items of a list of names.
func (r *reader) named(d yamlfile.Dict, key string) []*yamlfile.Node {
	if !d.Has(key) {
		return nil
	}
	return d.Items(key)
}

// isDeclared tells whether the graph has a type, or a field with its type.
func (r *reader) isDeclared(n *yamlfile.Node) bool {
	typ, field, isField := strings.Cut(n.Text, ".")
	fields, known := r.fields[typ]
	switch {
	case !known:
		r.Add(n.Pos, "%q is no type of the graph%s", typ, yamlfile.Suggest(typ, slices.Sorted(maps.Keys(r.fields))))
	case isField && !slices.Contains(fields, field):
		r.Add(n.Pos, "%s has no field %s%s", typ, field, yamlfile.Suggest(field, fields))
		return false
	}
	return known
}

// choose reads a list of personal fields, or "all" of those that may stand in it.
func (r *reader) choose(d yamlfile.Dict, key string, into map[string]bool, what string,
	may func(model.Personal) bool) {
	n := d.Get(key)
	if n == nil {
		return
	}
	choices := map[string]bool{}
	for _, p := range model.Personals() {
		if may(p) {
			choices[p.Name()] = true
		}
	}
	if n.IsSingle() && n.Text == "all" {
		maps.Copy(into, choices)
		return
	}
	for _, item := range d.Items(key) {
		if !r.isDeclared(item) {
			continue
		}
		if !choices[item.Text] {
			r.Add(item.Pos, "%q is not %s: leave it out of %s", item.Text, what, key)
		}
		into[item.Text] = true
	}
}

// limits reads the limits of a role. A page is no smaller than one for which no size is given.
func (r *reader) limits(at *yamlfile.Node) Limits {
	d := r.Dict(at, "limits", "cost", "depth", "first", "perSecond", "atOnce")
	if d.IsMap() && d.Has("atOnce") && !d.Has("perSecond") {
		r.Add(d.At("atOnce"), "atOnce is for perSecond, which is not here: write it too")
	}
	return Limits{
		Cost: d.Int("cost", 1000, 1_000_000_000), Depth: d.Int("depth", 5, 100), First: d.Int("first", 20, 200),
		PerSecond: d.Int("perSecond", 1, 10_000), AtOnce: d.Int("atOnce", 1, 100_000),
	}
}

func (r *reader) lookup(d yamlfile.Dict, role *Role) {
	n := d.Get("lookup")
	if n == nil {
		return
	}
	if n.Kind != yamlfile.Map {
		role.Lookup = d.Bool("lookup", false)
		return
	}
	limits := r.Dict(n, "lookup", "personsPerHour", "personsPerDay")
	role.Lookup = limits.IsMap()
	role.PersonsPerHour = limits.Int("personsPerHour", 1, mostPersons)
	role.PersonsPerDay = limits.Int("personsPerDay", 1, mostPersons)
}
