package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/codegen/templates"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Where the graph is declared.
const (
	declarations = "graph/declarations.graphqls"
	schemaFiles  = "graph/schema/*.graphqls"
)

// declared is the schema as it is written, with what it declares to the program.
type declared struct {
	schema  *ast.Schema
	sources []*ast.Source // of what is served
	kinds   []*kind       // by system, then in file order
	byName  map[string]*kind
	written []string // files of resolvers
}

// kind is one kind of stored record.
type kind struct {
	*ast.Definition
	Set    string // field of adapters.Set
	System string // Go name of the system: "LegalAid"
	order  int    // of the system
	key    string // field by which records of other kinds refer to it; "" for its row's key
	mapped map[string]bool
	refers map[string]string // of mapped fields
	role   *role
	links  links
	scope  *scope
}

// scope is to whom a kind's rows belong; see @scope.
type scope struct {
	IsPublic                     bool
	Towns, Departments, Handlers []string
	Of, Record, By               string
}

// role is what a kind's rows say of parties; see @role.
type role struct {
	Of, Record, By                       string
	Resident, Person, Code, Organization string
	WhenField, WhenValue                 string
}

// link is a field of the one record that another refers to; see @link.
type link struct{ Name, Via, Field, AgeOn string }

type links []link

// has tells whether a field that refers to another record has a link to a field there; "" is the
// record itself.
func (l links) has(via, field string) bool {
	return slices.ContainsFunc(l, func(l link) bool { return l.Via == via && l.Field == field && l.AgeOn == "" })
}

// isRecord tells whether the kind is its system's case.
func (k *kind) isRecord() bool { return slices.Contains(k.Interfaces, "Record") }

// has tells whether the type has the field.
func (k *kind) has(field string) bool { return k.Fields.ForName(field) != nil }

// declare reads the declarations from the files. All that is wrong with them is told.
func declare() (*declared, error) {
	paths, err := filepath.Glob(schemaFiles)
	if err != nil {
		return nil, err
	}
	var written []*ast.Source
	for _, path := range append([]string{declarations}, paths...) {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		written = append(written, &ast.Source{Name: path, Input: string(text)})
	}
	tables, err := readTables()
	if err != nil {
		return nil, err
	}
	return declaredIn(written, tables)
}

// declaredIn reads schema documents, of which the first has the directives, and what the
// mappings say of the kinds.
func declaredIn(written []*ast.Source, tables map[string]*table) (*declared, error) {
	schema, err := gqlparser.LoadSchema(written...)
	if err != nil {
		return nil, err
	}
	d := &declared{schema: schema, byName: map[string]*kind{}}
	ours := map[string]bool{}
	for name, directive := range schema.Directives {
		if directive.Position != nil && directive.Position.Src.Name == written[0].Name {
			ours[name] = true
		}
	}
	for _, s := range written[1:] { // by a name that no file of the package has: gqlgen then writes the text itself
		d.sources = append(d.sources,
			&ast.Source{Name: strings.TrimPrefix(s.Name, "graph/"), Input: strip(s.Input, ours)})
	}
	var c complaints
	d.readKinds(tables, &c)
	d.check(&c)
	return d, c.err()
}

// readKinds finds the kinds and what the mappings say of them.
func (d *declared) readKinds(tables map[string]*table, c *complaints) {
	systems := d.schema.Types["System"].EnumValues
	for _, name := range sortedKeys(tables) {
		if def := d.schema.Types[name]; def == nil || def.Directives.ForName("kind") == nil {
			c.add(&ast.Position{Src: &ast.Source{Name: tables[name].file}, Line: tables[name].line},
				"%s is no type that the schema declares a @kind", name)
		}
	}
	for _, def := range d.schema.Types {
		directive := def.Directives.ForName("kind")
		if directive == nil {
			continue
		}
		table := tables[def.Name]
		if table == nil {
			c.add(def.Position, "%s is a @kind, but no mapping.yaml of the systems in %s has it", def.Name, systemsList)
			continue
		}
		k := &kind{
			Definition: def, Set: plural(def.Name), System: table.system, key: text(directive, "key"),
			mapped: map[string]bool{}, refers: map[string]string{},
		}
		k.order = slices.IndexFunc(systems,
			func(v *ast.EnumValueDefinition) bool { return v.Name == screamed(k.System) })
		if k.order < 0 {
			c.add(def.Position, "%s is of the system %s, which the enum System lacks", def.Name, screamed(k.System))
		}
		for name, refers := range table.fields {
			k.mapped[name] = true
			if refers != "" {
				k.refers[name] = refers
			}
		}
		if r := def.Directives.ForName("role"); r != nil {
			k.role = &role{
				Of: text(r, "of"), Record: text(r, "record"), By: text(r, "by"), Resident: text(r, "resident"),
				Person: text(r, "person"), Code: text(r, "code"), Organization: text(r, "organization"),
			}
			if when := r.Arguments.ForName("when"); when != nil && len(when.Value.Children) == 1 {
				k.role.WhenField, k.role.WhenValue = when.Value.Children[0].Name, when.Value.Children[0].Value.Raw
			}
		}
		if o := def.Directives.ForName("scope"); o != nil {
			k.scope = &scope{
				IsPublic: text(o, "public") == "true",
				Towns:    texts(o, "towns"), Departments: texts(o, "departments"), Handlers: texts(o, "handlers"),
				Of: text(o, "of"), Record: text(o, "record"), By: text(o, "by"),
			}
		}
		for _, l := range def.Directives.ForNames("link") {
			k.links = append(k.links, link{text(l, "name"), text(l, "via"), text(l, "field"), text(l, "ageOn")})
		}
		d.kinds = append(d.kinds, k)
		d.byName[def.Name] = k
	}
	slices.SortFunc(d.kinds, func(a, b *kind) int {
		return cmp.Or(a.order-b.order, strings.Compare(a.Position.Src.Name, b.Position.Src.Name),
			a.Position.Start-b.Position.Start)
	})
}

// table is what a mapping says of one kind.
type table struct {
	file, system string
	line         int
	fields       map[string]string // what each refers to; "" for nothing
}

func readTables() (map[string]*table, error) {
	names, err := folders()
	if err != nil {
		return nil, err
	}
	tables := map[string]*table{}
	for _, name := range names {
		path := "adapters/" + name + "/mapping.yaml"
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		var r yamlfile.Reader // package mapping reads the file strictly; here it is looked at only
		root := r.Read(yamlfile.Source{Name: path, Data: data}, "it needs system and records")
		if err := r.Err(); err != nil {
			return nil, err
		}
		system, records := root.Get("system"), root.Get("records")
		if system == nil || records == nil {
			return nil, fmt.Errorf("%s: it needs system and records", path)
		}
		for _, record := range records.Value.Entries {
			t := &table{file: path, line: record.Key.Pos.Line,
				system: templates.ToGo(strings.ReplaceAll(system.Value.Text, "-", "_")), fields: map[string]string{}}
			if fields := record.Value.Get("fields"); fields != nil {
				for _, f := range fields.Value.Entries {
					t.fields[f.Key.Text] = ""
					if refers := f.Value.Get("refers"); refers != nil {
						t.fields[f.Key.Text] = refers.Value.Text
					}
				}
			}
			tables[record.Key.Text] = t
		}
	}
	return tables, nil
}

// text is a string argument of a directive; "" when it is not given.
func text(d *ast.Directive, name string) string {
	if d == nil {
		return ""
	}
	if a := d.Arguments.ForName(name); a != nil && a.Value.Kind != ast.NullValue {
		return a.Value.Raw
	}
	return ""
}

// texts are the values of an argument that is a list, or one value in the place of a list; none
// when it is not given.
func texts(d *ast.Directive, name string) (list []string) {
	a := d.Arguments.ForName(name)
	if a == nil {
		return nil
	}
	if a.Value.Kind != ast.ListValue {
		return []string{a.Value.Raw}
	}
	for _, c := range a.Value.Children {
		list = append(list, c.Value.Raw)
	}
	return list
}

// plural is the name of several of a kind.
func plural(name string) string {
	if stem, ok := strings.CutSuffix(name, "y"); ok && !strings.ContainsAny(stem[len(stem)-1:], "aeiou") {
		return stem + "ies"
	}
	for _, hiss := range []string{"s", "x", "z", "ch", "sh"} {
		if strings.HasSuffix(name, hiss) {
			return name + "es"
		}
	}
	return name + "s"
}

// screamed is the enum value of a Go name: LEGAL_AID of LegalAid.
func screamed(name string) string { return strings.TrimPrefix(screaming(name), "_") }

// goName is the Go name of a field.
func goName(field string) string { return templates.ToGo(field) }
