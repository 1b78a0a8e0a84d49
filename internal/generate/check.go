package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// complaints gathers what is wrong with declarations, so that all of it is told at once.
type complaints []complaint

type complaint struct {
	file string
	line int
	text string
}

func (c *complaints) add(at *ast.Position, format string, args ...any) {
	*c = append(*c, complaint{at.Src.Name, at.Line, fmt.Sprintf(format, args...)})
}

// err is nil where nothing is wrong.
func (c complaints) err() error {
	slices.SortFunc(c, func(a, b complaint) int {
		return cmp.Or(strings.Compare(a.file, b.file), a.line-b.line, strings.Compare(a.text, b.text))
	})
	var errs []error
	for _, one := range slices.Compact(c) {
		errs = append(errs, fmt.Errorf("%s:%d: %s", one.file, one.line, one.text))
	}
	return errors.Join(errs...)
}

// check tells of declarations that name what is not there, or say what nothing follows from.
func (d *declared) check(c *complaints) {
	for _, k := range d.kinds {
		for name := range k.mapped {
			if base, _, _ := strings.Cut(name, "."); !k.has(base) {
				c.add(k.Position, "%s has no field %s, which its mapping has", k.Name, base)
			}
		}
		for _, f := range k.Fields {
			d.checkRelation(c, k, f)
		}
		d.stored(c, k.Position, "@kind", k, k.key)
		d.checkRole(c, k)
		d.checkScope(c, k)
		for _, l := range k.links {
			d.stored(c, k.Position, "@link", k, l.Via, l.AgeOn)
			if other := d.related(k, l.Via); other == nil {
				c.add(k.Position, "@link %s: %s.%s leads to no kind", l.Name, k.Name, l.Via)
			} else {
				d.stored(c, k.Position, "@link", other, l.Field)
			}
			if l.AgeOn != "" && !(k.links.has(l.Via, l.Field) && k.links.has(l.Via, "")) {
				c.add(k.Position, "@link %s: an age needs a link to its number and one to nothing but the row", l.Name)
			}
		}
	}
	for _, def := range d.schema.Types {
		for _, f := range def.Fields {
			d.checkField(c, def, f)
		}
	}
}

// checkRelation tells of a relation to one object that nothing is said of.
func (d *declared) checkRelation(c *complaints, k *kind, f *ast.FieldDefinition) {
	name := f.Type.Name()
	isRelation := f.Type.Elem == nil && (name == "Town" || name == "Department" || d.byName[name] != nil)
	isSaid := k.mapped[f.Name] || f.Directives.ForName("via") != nil || f.Directives.ForName("reads") != nil
	if isRelation && !isSaid {
		c.add(f.Position,
			"%s.%s leads to a %s by no column of the mapping; say by which by @via, or what it reads by @reads", k.Name,
			f.Name, name)
	}
}

// stored tells of fields that a kind does not store; "" is none.
func (d *declared) stored(c *complaints, at *ast.Position, what string, k *kind, fields ...string) {
	for _, f := range fields {
		if f != "" && !k.mapped[f] {
			c.add(at, "%s names %s.%s, which the mapping lacks", what, k.Name, f)
		}
	}
}

// related is the kind that a field of a kind leads to; nil for none.
func (d *declared) related(k *kind, field string) *kind {
	if f := k.Fields.ForName(field); f != nil {
		return d.byName[f.Type.Name()]
	}
	return nil
}

func (d *declared) checkRole(c *complaints, k *kind) {
	r := k.role
	if r == nil {
		return
	}
	d.stored(c, k.Position, "@role", k, r.Of, r.Resident, r.Person, r.Code, r.Organization, r.WhenField)
	switch {
	case r.Of != "" && d.related(k, r.Of) == nil:
		c.add(k.Position, "@role: %s.%s leads to no kind", k.Name, r.Of)
	case (r.Record == "") != (r.By == ""):
		c.add(k.Position, "@role: record and by belong together")
	case r.Record != "" && d.byName[r.Record] == nil:
		c.add(k.Position, "@role: %s is no kind", r.Record)
	case r.Record != "":
		d.stored(c, k.Position, "@role", d.byName[r.Record], r.By)
	}
	if r.Person != "" && r.Resident == "" {
		c.add(k.Position, "@role: a person is told by resident and person, and resident is missing")
	}
	if r.WhenField != "" {
		d.checkCondition(c, k)
	}
}

// checkScope tells of kinds of which nobody has said whose rows they are: without that a caller
// who may not see all rows would see all or none by chance.
func (d *declared) checkScope(c *complaints, k *kind) {
	s := k.scope
	if s == nil {
		c.add(k.Position, "%s lacks a @scope: say to which towns, departments, handlers or other record a row belongs, or that it is public", k.Name)
		return
	}
	fields := slices.Concat(s.Towns, s.Departments, s.Handlers)
	d.stored(c, k.Position, "@scope", k, append(fields, s.Of)...)
	isOwned := len(fields) > 0 || s.Of != "" || s.Record != ""
	switch {
	case s.IsPublic && isOwned:
		c.add(k.Position, "@scope: %s is public, and so belongs to nobody", k.Name)
	case !s.IsPublic && !isOwned:
		c.add(k.Position, "@scope: %s belongs to nobody, and so nobody would see it; say public: true of a register", k.Name)
	case (s.Record == "") != (s.By == ""):
		c.add(k.Position, "@scope: record and by belong together")
	case s.Of != "" && s.Record != "":
		c.add(k.Position, "@scope: give of, or record and by, not both")
	case s.Of != "" && d.related(k, s.Of) == nil:
		c.add(k.Position, "@scope: %s.%s leads to no kind", k.Name, s.Of)
	case s.Record != "" && d.byName[s.Record] == nil:
		c.add(k.Position, "@scope: %s is no kind", s.Record)
	case s.Record != "":
		d.stored(c, k.Position, "@scope", d.byName[s.Record], s.By)
	}
	for seen, at := map[string]bool{k.Name: true}, d.owner(k); at != nil; at = d.owner(at) {
		if seen[at.Name] {
			c.add(k.Position, "@scope: rows of %s belong to rows of %s, and these to them", k.Name, at.Name)
			return
		}
		seen[at.Name] = true
		if at.System != k.System {
			c.add(k.Position, "@scope: rows of %s belong to rows of %s, which are of another system", k.Name, at.Name)
		}
		if at.scope != nil && at.scope.IsPublic {
			c.add(k.Position, "@scope: rows of %s belong to rows of %s, which are public", k.Name, at.Name)
		}
	}
}

// owner is the kind to whose owners a kind's rows belong; nil for none.
func (d *declared) owner(k *kind) *kind {
	switch {
	case k.scope == nil:
		return nil
	case k.scope.Record != "":
		return d.byName[k.scope.Record]
	case k.scope.Of != "":
		return d.related(k, k.scope.Of)
	}
	return nil
}

// checkCondition checks what tells organisations from persons, for whom nobody may search.
func (d *declared) checkCondition(c *complaints, k *kind) {
	r := k.role
	if r.Of == "" || r.Person == "" || r.Code == "" || r.Organization == "" {
		c.add(k.Position, "@role: when is for rows that are searched, which needs of, person, code and organization")
		return
	}
	if f := k.Fields.ForName(r.WhenField); f != nil {
		if enum := d.schema.Types[f.Type.Name()]; enum.EnumValues.ForName(r.WhenValue) == nil {
			c.add(k.Position, "@role: when: %s.%s is never %s", k.Name, r.WhenField, r.WhenValue)
		}
	}
	if record := d.related(k, r.Of); record != nil && listOf(record, k) == "" {
		c.add(k.Position, "@role: when is for rows that %s lists, and no field of it does", record.Name)
	}
}

// checkField checks what is declared of one field of a type or filter.
func (d *declared) checkField(c *complaints, def *ast.Definition, f *ast.FieldDefinition) {
	k := d.byName[def.Name]
	for _, declaration := range f.Directives {
		at, what := declaration.Position, "@"+declaration.Name
		own := func(names ...string) {
			for _, name := range names {
				switch field := text(declaration, name); {
				case field == "":
				case k == nil:
					c.add(at, "%s: %s is for fields of a @kind, and %s is none", what, name, def.Name)
				default:
					d.stored(c, at, what, k, field)
				}
			}
		}
		switch declaration.Name {
		case "via":
			own("from", "written")
			d.checkVia(c, declaration, f)
		case "minor", "match":
			own("by", "of", "else")
			d.checkIdentity(c, declaration, k, f)
		case "candidates":
			own("lawyer", "name", "firm")
		case "unique":
			if k == nil || !k.mapped[f.Name] {
				c.add(at, "%s is for stored fields", what)
			}
		case "search":
			if k == nil || !k.isRecord() || !k.mapped[f.Name] {
				c.add(at, "%s is for stored fields of a Record", what)
			}
		case "reads":
			of := k
			if name := text(declaration, "of"); name != "" {
				of = d.byName[name]
			}
			if of == nil {
				c.add(at, "%s: %s is no kind", what, cmp.Or(text(declaration, "of"), def.Name))
				continue
			}
			d.stored(c, at, what, of, texts(declaration, "fields")...)
		case "onTime":
			if name, ok := strings.CutSuffix(def.Name, "Filter"); !ok || d.byName[name] == nil {
				c.add(at, "%s is for filters of a @kind", what)
			}
		}
	}
}

func (d *declared) checkVia(c *complaints, via *ast.Directive, f *ast.FieldDefinition) {
	name := f.Type.Name()
	of := d.byName[strings.TrimSuffix(name, "Connection")]
	switch {
	case of != nil:
		d.stored(c, via.Position, "@via", of, text(via, "field"))
		if text(via, "field") == "" && (f.Type.Elem != nil || of.Name != name) {
			c.add(via.Position, "@via: by which field of %s are they found?", of.Name)
		}
	case name != "Person" && name != "Organization" && name != "Document":
		c.add(via.Position, "@via is for relations, and %s is no kind, Person, Organization or Document", name)
	case text(via, "from") == "":
		c.add(via.Position, "@via: from which field is the %s known?", name)
	case name == "Document" && text(via, "written") == "":
		c.add(via.Position, "@via: in which field is the document's number written?")
	}
}

// checkIdentity checks what rests on numbers, codes and licences.
func (d *declared) checkIdentity(c *complaints, declaration *ast.Directive, k *kind, f *ast.FieldDefinition) {
	if k == nil {
		return // told already
	}
	typeOf := func(field string) string {
		if f := k.Fields.ForName(field); f != nil {
			return f.Type.Name()
		}
		return ""
	}
	if declaration.Name == "minor" {
		if by := text(declaration, "by"); typeOf(by) != "ResidentNumber" {
			c.add(declaration.Position, "@minor: %s.%s is no ResidentNumber", k.Name, by)
		}
		return
	}
	switch of := text(declaration, "of"); {
	case typeOf(of) == "ResidentNumber":
		if k.role == nil || k.role.Person == "" {
			c.add(declaration.Position, "@match of a resident number needs the name beside it: declare the @role of %s",
				k.Name)
		}
	case typeOf(of) != "String" && typeOf(of) != "Lawyer":
		c.add(declaration.Position, "@match: %s.%s is no number, code or lawyer", k.Name, of)
	}
	if other := text(declaration, "else"); other != "" && typeOf(other) != "String" {
		c.add(declaration.Position, "@match: %s.%s is no code", k.Name, other)
	}
}

// listOf is the field in which a record lists the rows of a kind; "" where it does not.
func listOf(record, rows *kind) string {
	for _, f := range record.Fields {
		if f.Type.Elem != nil && f.Type.Name() == rows.Name {
			return f.Name
		}
	}
	return ""
}
