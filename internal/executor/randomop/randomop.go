// Package randomop makes random operations from a schema, to compare executors with: with
// variables and defaults, fragments, aliases, merged fields, @skip and @include, inline
// fragments on interfaces, and arguments that are sometimes refused. Most are valid; the
// few that are not, for instance because two fields of one name differ, are for the
// caller to drop.
package randomop

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Options steer the operations.
type Options struct {
	// Depth bounds the nesting of fields. 0 means 6.
	Depth int
	// Fields is about how many fields are selected. 0 means 30.
	Fields int
	// Samples are values that lead somewhere, by the argument's name, "licence", or by the
	// type of its field too, "Lawyer.id".
	Samples map[string][]string
}

// Operation is a query with the variables of its one operation, as JSON would give them.
type Operation struct {
	Query     string
	Variables map[string]any
}

// String gives the query and its variables, for messages.
func (o Operation) String() string {
	variables, _ := json.Marshal(o.Variables) // never fails: they are like JSON
	return o.Query + string(variables)
}

// New makes an operation; the same seed gives the same one.
func New(schema *ast.Schema, options Options, seed uint64) Operation {
	if options.Depth == 0 {
		options.Depth = 6
	}
	if options.Fields == 0 {
		options.Fields = 30
	}
	g := &generator{schema: schema, options: options, r: rand.New(rand.NewPCG(seed, 0)), variables: map[string]any{}}
	body := g.selection(schema.Query, options.Depth)
	var query strings.Builder
	query.WriteString("query Random")
	if len(g.declared) > 0 {
		query.WriteString("(" + strings.Join(g.declared, ", ") + ")")
	}
	query.WriteString(" " + body + "\n")
	for _, f := range g.fragments {
		query.WriteString(f.text + "\n")
	}
	return Operation{Query: query.String(), Variables: g.variables}
}

// generator is one operation in the making.
type generator struct {
	schema    *ast.Schema
	options   Options
	r         *rand.Rand
	declared  []string // `$v1: Int = 3`
	variables map[string]any
	fragments []fragment
	aliases   int
	fields    int // selected so far
}

// fragment is a named fragment; its depth tells where it may be used again.
type fragment struct {
	name, on, text string
	depth          int
}

func (g *generator) chance(percent int) bool { return g.r.IntN(100) < percent }

func pick[T any](g *generator, items []T) T { return items[g.r.IntN(len(items))] }

// selection writes a selection set on a type.
func (g *generator) selection(on *ast.Definition, depth int) string {
	var parts []string
	for range 1 + g.r.IntN(3) {
		switch {
		case g.chance(8):
			parts = append(parts, g.alias(10)+"__typename"+g.directives())
		case g.chance(12):
			parts = append(parts, g.inline(on, depth))
		case g.chance(10):
			parts = append(parts, g.spread(on, depth))
		default:
			parts = append(parts, g.field(on, depth))
		}
	}
	return "{ " + strings.Join(parts, " ") + " }"
}

// field writes a field, sometimes twice with different selections, which must be merged.
func (g *generator) field(on *ast.Definition, depth int) string {
	if g.fields++; g.fields > g.options.Fields {
		depth = 1
	}
	var fields []*ast.FieldDefinition
	for _, f := range on.Fields {
		isLeaf := g.schema.Types[f.Type.Name()].IsLeafType()
		if !strings.HasPrefix(f.Name, "__") && (isLeaf || depth > 1) {
			fields = append(fields, f)
			if !isLeaf && on != g.schema.Query {
				fields = append(fields, f, f, f) // relations are what there is to learn from
			}
		}
	}
	if len(fields) == 0 {
		return "__typename"
	}
	f := pick(g, fields)
	alias := g.alias(25)
	if len(f.Arguments) > 0 {
		alias = g.alias(100) // the same field with other arguments would not merge
	}
	head := alias + f.Name + g.arguments(f) + g.directives()
	returned := g.schema.Types[f.Type.Name()]
	if returned.IsLeafType() {
		return head
	}
	text := head + " " + g.selection(returned, depth-1)
	if g.chance(12) {
		text += " " + head + " " + g.selection(returned, depth-1)
	}
	return text
}

func (g *generator) alias(percent int) string {
	if !g.chance(percent) {
		return ""
	}
	g.aliases++
	return fmt.Sprintf("a%d: ", g.aliases)
}

// narrowed gives a type that a fragment on the type may name.
func (g *generator) narrowed(on *ast.Definition) *ast.Definition {
	if on.IsAbstractType() && g.chance(80) {
		possible := g.schema.GetPossibleTypes(on) // with interfaces that implement this one
		narrower := slices.DeleteFunc(slices.Clone(possible),
			func(d *ast.Definition) bool { return !d.IsAbstractType() })
		if len(narrower) > 0 && g.chance(25) {
			return pick(g, narrower)
		}
		return pick(g, possible)
	}
	if len(on.Interfaces) > 0 && g.chance(40) {
		return g.schema.Types[pick(g, on.Interfaces)]
	}
	return on
}

func (g *generator) inline(on *ast.Definition, depth int) string {
	narrow := g.narrowed(on)
	condition := "on " + narrow.Name
	if narrow == on && g.chance(50) {
		condition = ""
	}
	return "... " + condition + g.directives() + " " + g.selection(narrow, depth)
}

func (g *generator) spread(on *ast.Definition, depth int) string {
	for _, f := range g.fragments {
		if f.on == on.Name && f.depth <= depth && g.chance(50) {
			return "... " + f.name + g.directives()
		}
	}
	narrow := g.narrowed(on)
	body := g.selection(narrow, depth) // may add fragments of its own, never this one
	f := fragment{name: fmt.Sprintf("F%d", len(g.fragments)+1), on: narrow.Name, depth: depth}
	f.text = "fragment " + f.name + " on " + narrow.Name + " " + body
	g.fragments = append(g.fragments, f)
	return "... " + f.name + g.directives()
}

func (g *generator) directives() string {
	if !g.chance(8) {
		return ""
	}
	text := ""
	for _, name := range []string{" @skip", " @include"} {
		if g.chance(55) {
			text += name + "(if: " + g.value(ast.NonNullNamedType("Boolean", nil), "if", 0, true) + ")"
		}
	}
	return text
}

// arguments writes some of a field's arguments: mostly those that go together.
func (g *generator) arguments(f *ast.FieldDefinition) string {
	percents := map[string]int{"first": 92, "last": 3, "before": 3, "after": 8, "filter": 25, "orderBy": 30, "id": 88,
		"number": 88}
	switch {
	case f.Arguments.ForName("last") != nil && g.chance(12):
		percents["first"], percents["last"], percents["after"], percents["before"] = 3, 92, 3, 8
	case g.chance(50):
		percents["id"] = 4
	default:
		percents["number"] = 4
	}
	var parts []string
	for _, a := range f.Arguments {
		percent, known := percents[a.Name]
		if a.Type.NonNull && a.DefaultValue == nil || !known && g.chance(50) || g.chance(percent) {
			name := a.Name
			if len(g.options.Samples[f.Type.Name()+"."+name]) > 0 {
				name = f.Type.Name() + "." + name
			}
			parts = append(parts, a.Name+": "+g.value(a.Type, name, 0, true))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// value writes a value of an input type, or declares a variable for it.
func (g *generator) value(t *ast.Type, name string, nested int, mayVary bool) string {
	if mayVary && g.chance(40) {
		v := fmt.Sprintf("v%d", len(g.declared)+1)
		declared := "$" + v + ": " + t.String()
		g.declared = append(g.declared, declared) // takes the number before values inside
		at := len(g.declared) - 1
		value := g.raw(t, name, nested)
		switch {
		case !t.NonNull && g.chance(10): // left out: the argument is as if not given
		case g.chance(15):
			g.declared[at] = declared + " = " + literal(value)
		default:
			g.variables[v] = plain(value)
		}
		return "$" + v
	}
	return literal(g.raw(t, name, nested))
}

// word is the name of an enum value.
type word string

// entry is one field of an input object.
type entry struct {
	name  string
	value any
}

// raw makes a value: nil, bool, json.Number, string, word, []any or []entry.
func (g *generator) raw(t *ast.Type, name string, nested int) any {
	if !t.NonNull && g.chance(3) {
		return nil
	}
	if t.Elem != nil {
		list := []any{}
		for range g.r.IntN(3) {
			list = append(list, g.raw(t.Elem, name, nested))
		}
		return list
	}
	def := g.schema.Types[t.Name()]
	switch def.Kind {
	case ast.Enum:
		return word(pick(g, def.EnumValues).Name)
	case ast.InputObject:
		return g.object(def, nested)
	}
	return g.scalar(def.Name, name)
}

func (g *generator) object(def *ast.Definition, nested int) []entry {
	object := []entry{}
	for _, f := range def.Fields {
		isRecursive := f.Type.Name() == def.Name
		if f.Type.NonNull && f.DefaultValue == nil || g.chance(12) && !(isRecursive && nested > 1) {
			object = append(object, entry{f.Name, g.raw(f.Type, f.Name, nested+1)})
		}
	}
	return object
}

func (g *generator) scalar(typeName, name string) any {
	if samples := g.options.Samples[name]; len(samples) > 0 && !g.chance(4) {
		return pick(g, samples)
	}
	switch typeName {
	case "Boolean":
		return g.chance(50)
	case "Int":
		if g.chance(2) {
			return json.Number(pick(g, []string{"-1", "201", "100000"}))
		}
		return json.Number(strconv.Itoa(1 + g.r.IntN(4)))
	case "Date":
		if g.chance(4) {
			return pick(g, []string{"2023-02-31", "soon", ""})
		}
		return fmt.Sprintf("20%02d-%02d-%02d", 20+g.r.IntN(6), 1+g.r.IntN(12), 1+g.r.IntN(28))
	case "ID":
		return pick(g, []string{"", "TGVnYWxBaWRDYXNlOjk5OTk5OQ", "nowhere"})
	}
	return pick(g, []string{"", "临浦", "2023", "a%_|\\\"'", "萧政发〔2023〕12号", "未知"})
}

// literal writes a value in GraphQL.
func literal(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case word:
		return string(v)
	case string:
		return strconv.Quote(v)
	case []any:
		parts := make([]string, len(v))
		for i, item := range v {
			parts[i] = literal(item)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case []entry:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = e.name + ": " + literal(e.value)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return fmt.Sprint(v)
}

// plain gives a value as JSON would.
func plain(v any) any {
	switch v := v.(type) {
	case word:
		return string(v)
	case []any:
		list := slices.Clone(v)
		for i, item := range list {
			list[i] = plain(item)
		}
		return list
	case []entry:
		object := map[string]any{}
		for _, e := range v {
			object[e.name] = plain(e.value)
		}
		return object
	}
	return v
}
