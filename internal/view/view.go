// Package view cuts a schema down to what somebody may see of it: types, fields, arguments and
// enum values that are hidden, and all that means nothing without them. It is pure, and names
// no type of the graph.
package view

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Hidden says what is left out.
type Hidden struct {
	// Kinds are the kinds of records. Theirs are also the types whose names begin with one: the
	// pages, filters and statistics of a kind.
	Kinds []string
	// Types tells of an object type whether it is hidden; of a kind with Figures too, which keeps
	// what is counted of it. nil hides none.
	Types, Figures func(name string) bool
	// Fields tells of a field of an object type whether it is hidden; nil hides none.
	Fields func(typ, field string) bool
	// Inputs tells of a scalar whether nobody may ask by it: arguments and inputs of it are hidden.
	// nil hides none.
	Inputs func(scalar string) bool
	// Values tells of an enum's value whether it is hidden; nil hides none.
	Values func(enum, value string) bool
}

// Of gives the schema without what is hidden. The given one is not changed.
func Of(schema *ast.Schema, hidden Hidden) *ast.Schema {
	c := cutter{hidden: hidden, whole: schema, types: map[string]*ast.Definition{}}
	for name, def := range schema.Types {
		if !c.isHidden(def) {
			c.types[name] = c.own(def)
		}
	}
	for c.pass() {
	}
	c.collect()
	return c.schema()
}

// cutter is one cut at work.
type cutter struct {
	hidden Hidden
	whole  *ast.Schema
	types  map[string]*ast.Definition // that are left
}

// isHidden tells whether a type goes whatever else goes.
func (c *cutter) isHidden(def *ast.Definition) bool {
	if def.BuiltIn {
		return false
	}
	if c.hidden.Types != nil && c.hidden.Types(def.Name) {
		return true
	}
	kind := c.kindOf(def.Name)
	return kind != "" && kind != def.Name && c.hidden.Types != nil && c.hidden.Types(kind) &&
		(c.hidden.Figures == nil || c.hidden.Figures(kind))
}

// kindOf is the kind to which a type belongs by its name: the longest that it begins with.
func (c *cutter) kindOf(name string) (kind string) {
	for _, k := range c.hidden.Kinds {
		rest, ok := strings.CutPrefix(name, k)
		isWord := rest == "" || rest[0] >= 'A' && rest[0] <= 'Z'
		if ok && isWord && len(k) > len(kind) {
			kind = k
		}
	}
	return kind
}

// own is a copy of a definition without its hidden fields and values.
func (c *cutter) own(def *ast.Definition) *ast.Definition {
	copied := *def
	copied.Fields, copied.EnumValues = nil, nil
	for _, f := range def.Fields {
		if def.Kind == ast.Object && c.hidden.Fields != nil && c.hidden.Fields(def.Name, f.Name) ||
			def.Kind == ast.InputObject && (c.asksHidden(def, f.Name) || c.isClosed(f.Type)) ||
			slices.ContainsFunc(f.Arguments,
				func(a *ast.ArgumentDefinition) bool { return c.isClosed(a.Type) && a.Type.NonNull }) {
			continue
		}
		field := *f
		field.Arguments = slices.DeleteFunc(slices.Clone(f.Arguments),
			func(a *ast.ArgumentDefinition) bool { return c.isClosed(a.Type) })
		copied.Fields = append(copied.Fields, &field)
	}
	for _, v := range def.EnumValues {
		if c.hidden.Values != nil && c.hidden.Values(def.Name, v.Name) || c.namesHidden(def.Name, v.Name) {
			continue
		}
		copied.EnumValues = append(copied.EnumValues, v)
	}
	copied.Interfaces, copied.Types = slices.Clone(def.Interfaces), slices.Clone(def.Types)
	return &copied
}

// asksHidden tells whether an input asks by a hidden field of the kind that it belongs to.
func (c *cutter) asksHidden(def *ast.Definition, field string) bool {
	kind := c.kindOf(def.Name)
	return kind != "" && c.hidden.Fields != nil && c.hidden.Fields(kind, field)
}

// isClosed tells whether nobody may ask by values of a type.
func (c *cutter) isClosed(t *ast.Type) bool {
	return c.hidden.Inputs != nil && c.hidden.Inputs(t.Name())
}

// buckets are the ends by which the values of dimensions cut a field's values into spans.
var buckets = []string{"_DAY", "_WEEK", "_MONTH", "_QUARTER", "_YEAR", "_BAND"}

// namesHidden tells whether a value of an enum of a kind, of its dimensions or orders, is made
// of a hidden field.
func (c *cutter) namesHidden(enum, value string) bool {
	kind := c.kindOf(enum)
	def := c.whole.Types[kind]
	if kind == "" || kind == enum || def == nil || c.hidden.Fields == nil {
		return false
	}
	for _, f := range def.Fields {
		if !c.hidden.Fields(kind, f.Name) {
			continue
		}
		name := screaming(f.Name)
		t := c.whole.Types[f.Type.Name()]
		isInside := t.Kind == ast.Object && strings.HasPrefix(value, name+"_") // of a part of what the field holds
		if value == name || isInside || slices.ContainsFunc(buckets, func(end string) bool {
			return value == name+end || value == strings.TrimSuffix(name, "_ON")+end
		}) {
			return true
		}
	}
	return false
}

// screaming is ACCEPTED_ON of acceptedOn.
func screaming(name string) string {
	var b strings.Builder
	for _, r := range name {
		if r >= 'A' && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToUpper(b.String())
}

// carriers are the fields for whose sake a page, an edge or a result is there: without them it
// only tells how many there are.
var carriers = []string{"node", "nodes", "edges", "record"}

// pass takes away what refers to what is gone; it tells whether anything was.
func (c *cutter) pass() (changed bool) {
	for name, def := range c.types {
		if def.BuiltIn {
			continue
		}
		carried := false
		keep := func(list ast.FieldList) ast.FieldList {
			return slices.DeleteFunc(list, func(f *ast.FieldDefinition) bool {
				f.Arguments = slices.DeleteFunc(slices.Clone(f.Arguments),
					func(a *ast.ArgumentDefinition) bool { return !c.has(a.Type) && !a.Type.NonNull })
				gone := !c.has(f.Type) || slices.ContainsFunc(f.Arguments,
					func(a *ast.ArgumentDefinition) bool { return !c.has(a.Type) })
				carried = carried || gone && def.Kind == ast.Object && slices.Contains(carriers, f.Name)
				changed = changed || gone
				return gone
			})
		}
		def.Fields = keep(def.Fields)
		def.Interfaces = slices.DeleteFunc(def.Interfaces, func(i string) bool { return c.types[i] == nil })
		def.Types = slices.DeleteFunc(def.Types, func(t string) bool { return c.types[t] == nil })
		if carried && def != c.types[c.whole.Query.Name] || c.isEmpty(def) {
			delete(c.types, name)
			changed = true
		}
	}
	return changed
}

// isEmpty tells whether nothing is left of a type that must have something.
func (c *cutter) isEmpty(def *ast.Definition) bool {
	switch def.Kind {
	case ast.Object, ast.InputObject:
		return len(def.Fields) == 0
	case ast.Enum:
		return len(def.EnumValues) == 0
	case ast.Union:
		return len(def.Types) == 0
	case ast.Interface:
		return len(def.Fields) == 0 || len(c.possible(def)) == 0
	}
	return false
}

// possible are the object types that are left of an interface or a union.
func (c *cutter) possible(def *ast.Definition) (list []*ast.Definition) {
	for _, p := range c.whole.PossibleTypes[def.Name] {
		if left := c.types[p.Name]; left != nil {
			list = append(list, left)
		}
	}
	return list
}

func (c *cutter) has(t *ast.Type) bool { return c.types[t.Name()] != nil }

// collect drops what nothing leads to any more.
func (c *cutter) collect() {
	reached := map[string]bool{}
	var reach func(name string)
	reach = func(name string) {
		def := c.types[name]
		if def == nil || reached[name] {
			return
		}
		reached[name] = true
		for _, f := range def.Fields {
			reach(f.Type.Name())
			for _, a := range f.Arguments {
				reach(a.Type.Name())
			}
		}
		for _, i := range def.Interfaces {
			reach(i)
		}
		if def.Kind == ast.Interface || def.Kind == ast.Union {
			for _, p := range c.possible(def) {
				reach(p.Name)
			}
		}
	}
	reach(c.whole.Query.Name)
	for name, def := range c.types {
		if def.BuiltIn {
			reach(name)
		}
	}
	for _, d := range c.whole.Directives {
		for _, a := range d.Arguments {
			reach(a.Type.Name())
		}
	}
	for name := range c.types {
		if !reached[name] {
			delete(c.types, name)
		}
	}
}

// schema puts together what is left.
func (c *cutter) schema() *ast.Schema {
	s := *c.whole
	s.Types = c.types
	s.Query = c.types[c.whole.Query.Name]
	s.PossibleTypes, s.Implements = map[string][]*ast.Definition{}, map[string][]*ast.Definition{}
	for name, list := range c.whole.PossibleTypes {
		if c.types[name] == nil {
			continue
		}
		for _, p := range list {
			if left := c.types[p.Name]; left != nil {
				s.PossibleTypes[name] = append(s.PossibleTypes[name], left)
			}
		}
	}
	for name, list := range c.whole.Implements {
		if c.types[name] == nil {
			continue
		}
		for _, i := range list {
			if left := c.types[i.Name]; left != nil {
				s.Implements[name] = append(s.Implements[name], left)
			}
		}
	}
	return &s
}
