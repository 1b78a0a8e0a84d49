package annualreport

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// lastChapter is where figures stand whose place nobody says.
const lastChapter = 99

// The years of which there are reports.
const (
	FirstYear = 2000
	LastYear  = 2099
)

// theYear stands in a file, and in what a figure counts, for the report's year; nextYear in the
// latter for the one after it.
const (
	theYear  = "$year"
	nextYear = "$next"
)

// Parse reads the definitions. Lists, fields and values must be those of the schema, and the
// fields stored. The error is yamlfile.Findings, all of them.
func Parse(schema *ast.Schema, files yamlfile.Layers) (*Report, error) {
	p := &parser{schema: schema}
	layers := p.Layers(files, "it needs figures", "chapter", "figures")
	chapters := map[string]int{} // of figures that ship, by name
	for _, file := range layers.Below() {
		for _, e := range entries(file.Get("figures")) {
			if chapters[e.Key.Text] != 0 {
				p.Add(e.Key.Pos, "the figure %s is defined twice", e.Key.Text)
			}
			chapters[e.Key.Text] = cmp.Or(p.chapter(file), lastChapter)
		}
	}
	for _, file := range layers.Files() {
		file.Needs("figures")
	}
	report := &Report{}
	for _, e := range layers.Entries("figures") {
		chapter := cmp.Or(chapters[e.Key.Text], p.chapter(layers.Site), lastChapter)
		if f := p.figure(e, chapter); f != nil {
			report.figures = append(report.figures, f)
		}
	}
	if err := p.Err(); err != nil {
		return nil, err
	}
	slices.SortStableFunc(report.figures, func(a, b *Figure) int { return cmp.Compare(a.chapter, b.chapter) })
	return report, nil
}

// entries are those of a map; none of what is none, which is reported where it is read.
func entries(n *yamlfile.Node) []*yamlfile.Entry {
	if n == nil {
		return nil
	}
	return n.Entries
}

// parser gathers findings and goes on after each.
type parser struct {
	yamlfile.Reader
	schema *ast.Schema
}

// chapter reads a place; 0 when it is absent.
func (p *parser) chapter(d yamlfile.Dict) int { return d.Int("chapter", 1, lastChapter) }

// figure reads a definition; nil where too little of it can be read.
func (p *parser) figure(e *yamlfile.Entry, chapter int) *Figure {
	name := e.Key.Text
	d := p.Dict(e.Value, name,
		"label", "unit", "list", "conditions", "share", "distinct", "emptyIsNo", "years", "chapter")
	if !d.Needs("label", "unit", "list") {
		return nil
	}
	root, record := p.list(d)
	if record == nil {
		return nil
	}
	f := &Figure{
		Name: name, Record: record.Name, label: d.Text("label"), unit: d.Text("unit"),
		share: d.Text("share"), distinct: d.Text("distinct"), emptyIsNo: d.Texts("emptyIsNo"),
		years: p.years(d), chapter: cmp.Or(p.chapter(d), chapter),
	}
	said := &listing{root: root, schema: p.schema}
	for _, e := range d.Entries("conditions") {
		c := p.condition(record, e, said, slices.Contains(f.emptyIsNo, e.Key.Text))
		if c.isYear && slices.ContainsFunc(f.conditions, func(other condition) bool { return other.isYear }) {
			p.Add(e.Key.Pos, "%s: another field places the record in a year already", c.field)
		}
		f.conditions = append(f.conditions, c)
	}
	if f.share != "" {
		if of, ok := p.field(record, f.share, d.At("share")); ok && of.typ != "Boolean" {
			p.Add(d.At("share"), "%s: a share is of a yes or no, and %s is %s", name, f.share, of)
		}
		said.add(f.share, "true")
	}
	if f.distinct != "" {
		f.distinctOf, _ = p.field(record, f.distinct, d.At("distinct"))
		if f.share != "" {
			p.Add(d.At("distinct"), "%s: a figure is a share, or a number of values: leave share or distinct out", name)
		}
		if f.distinctOf.enum != nil && !said.has(f.distinct) {
			said.add(f.distinct, f.distinctOf.known()...)
		}
	}
	for _, item := range p.Items(d.Get("emptyIsNo"), "emptyIsNo") {
		if !slices.Contains(f.fields(), item.Text) {
			p.Add(item.Pos, "%s: emptyIsNo names %s, which the figure does not read", name, item.Text)
		}
	}
	f.filter = said.String()
	return f
}

// list finds the root field and the type of record that it lists; nil, which is reported, for
// a field that lists none.
func (p *parser) list(d yamlfile.Dict) (*ast.FieldDefinition, *ast.Definition) {
	lists := map[string]string{} // by root field
	for _, f := range p.schema.Query.Fields {
		of := f.Type.Name()
		if t := p.schema.Types[of]; f.Type.Elem == nil && t.Fields.ForName("nodes") != nil {
			of = t.Fields.ForName("nodes").Type.Name()
		} else if f.Type.Elem == nil {
			continue
		}
		// One that must be asked for something lists a part of the records only.
		isPart := slices.ContainsFunc(f.Arguments, func(a *ast.ArgumentDefinition) bool {
			return a.Type.NonNull && a.DefaultValue == nil
		})
		if !isPart && model.CellsOf(of) != nil {
			lists[f.Name] = of
		}
	}
	name := d.Text("list")
	if of := lists[name]; of != "" {
		return p.schema.Query.Fields.ForName(name), p.schema.Types[of]
	}
	p.Add(d.At("list"), "%q is no root field that lists records%s", name,
		yamlfile.Suggest(name, slices.Sorted(maps.Keys(lists))))
	return nil, nil
}

func (p *parser) years(d yamlfile.Dict) (years []int) {
	for _, item := range d.Items("years") {
		year, err := strconv.Atoi(item.Text)
		if err != nil || year < FirstYear || year > LastYear {
			p.Add(item.Pos, "%q is no year from %d to %d", item.Text, FirstYear, LastYear)
		}
		years = append(years, year)
	}
	return years
}

// condition reads a field and its values, and has the list say them.
func (p *parser) condition(record *ast.Definition, e *yamlfile.Entry, said *listing, emptyIsNo bool) condition {
	c := condition{field: e.Key.Text, emptyIsNo: emptyIsNo}
	of, ok := p.field(record, c.field, e.Key.Pos)
	items := []*yamlfile.Node{e.Value}
	if e.Value.Kind == yamlfile.List {
		items = e.Value.Items
	}
	if len(items) == 0 {
		p.Add(e.Value.Pos, "%s names no value", c.field)
	}
	for _, item := range items {
		if !ok {
			continue
		}
		if item.Text == theYear && len(items) == 1 && (of.typ == "Date" || of.typ == "Int") {
			c.isYear = true
		} else if why := of.refuses(item); why != "" {
			p.Add(item.Pos, "%s: %s", c.field, why)
		}
		c.values = append(c.values, item.Text)
	}
	said.add(c.field, c.values...)
	return c
}

// field is what is known of a field that figures may read.
type field struct {
	typ    string // GraphQL type, of a list of its items
	isList bool
	enum   *ast.Definition // nil for other types
}

// field finds a stored field of the record; ok is false, which is reported, for what a figure
// cannot read.
func (p *parser) field(record *ast.Definition, name string, at yamlfile.Pos) (f field, ok bool) {
	cells := model.CellsOf(record.Name)
	of := record.Fields.ForName(name)
	switch {
	case of == nil:
		p.Add(at, "%s has no field %q%s", record.Name, name, yamlfile.Suggest(name, cells))
		return f, false
	case !slices.Contains(cells, name):
		p.Add(at, "figures do not read %s of %s%s", name, record.Name, yamlfile.Suggest(name, cells))
		return f, false
	}
	f = field{typ: of.Type.Name(), isList: of.Type.Elem != nil}
	if t := p.schema.Types[f.typ]; t != nil && t.Kind == ast.Enum {
		f.enum = t
	}
	return f, true
}

// known are the values of an enum that have a meaning of their own.
func (f field) known() (values []string) {
	for _, v := range f.enum.EnumValues {
		if v.Name != other {
			values = append(values, v.Name)
		}
	}
	return values
}

func (f field) String() string {
	if f.isList {
		return "a list of " + f.typ
	}
	return f.typ
}

// refuses says why a condition on the field cannot have the value; "" when it can.
func (f field) refuses(value *yamlfile.Node) string {
	switch {
	case !value.IsSingle():
		return "write a value, or a list of values"
	case f.enum != nil && f.enum.EnumValues.ForName(value.Text) == nil:
		return strconv.Quote(value.Text) + " is no value of " + f.typ + yamlfile.Suggest(value.Text, f.known())
	case f.typ == "Boolean" && value.Text != "true" && value.Text != "false":
		return "write true or false, not " + strconv.Quote(value.Text)
	case f.typ == "Int":
		if n, err := strconv.Atoi(value.Text); err != nil || strconv.Itoa(n) != value.Text {
			return "write a whole number, or $year, not " + strconv.Quote(value.Text)
		}
	case f.typ == "Date":
		return "a day is asked for by $year, the year of the report"
	case f.enum == nil && f.typ != "Boolean":
		return "a condition is on an enum, a number, or a yes or no, and not on " + f.String()
	}
	return ""
}

// listing writes what a figure counts as the root field that lists it.
type listing struct {
	root   *ast.FieldDefinition
	schema *ast.Schema
	filter []string // conditions of its filter
	others []string // its other arguments
	names  []string // the fields of both
}

// add says that a field has one of the values, where the list has a condition or an argument
// for it.
func (l *listing) add(field string, values ...string) {
	l.names = append(l.names, field)
	if filter := l.root.Arguments.ForName("filter"); filter != nil {
		if of := l.schema.Types[filter.Type.Name()].Fields.ForName(field); of != nil {
			if text := literal(of.Type, values); text != "" {
				l.filter = append(l.filter, field+": "+text)
			}
			return
		}
	}
	if of := l.root.Arguments.ForName(field); of != nil {
		if text := literal(of.Type, values); text != "" {
			l.others = append(l.others, field+": "+text)
		}
	}
}

func (l *listing) has(field string) bool { return slices.Contains(l.names, field) }

// literal is the values as an input of the type; "" where it cannot say them.
func literal(t *ast.Type, values []string) string {
	isYear := slices.Contains(values, theYear)
	switch {
	case t.Elem != nil:
		return "[" + strings.Join(values, ", ") + "]"
	case t.Name() == "DateRange" && isYear:
		return `{from: "` + theYear + `-01-01", before: "` + nextYear + `-01-01"}`
	case t.Name() == "IntRange" && isYear:
		return "{from: " + theYear + ", before: " + nextYear + "}"
	case (t.Name() == "Boolean" || t.Name() == "Int") && len(values) == 1:
		return values[0]
	}
	return ""
}

// String is the root field with its arguments.
func (l *listing) String() string {
	arguments := l.others
	if l.filter != nil {
		arguments = append([]string{"filter: {" + strings.Join(l.filter, ", ") + "}"}, arguments...)
	}
	if arguments == nil {
		return l.root.Name
	}
	return l.root.Name + "(" + strings.Join(arguments, ", ") + ")"
}
