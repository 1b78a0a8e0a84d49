package report

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// tables gives the tables of one field at the root; what is single goes to the overview.
// A single object with lists gives a table for each of them, with its own values beside
// the list's; objects among them, such as the total of statistics, go to the overview.
func (b *builder) tables(root part, overview *Table, mode Mode) []*Table {
	if !root.holdsRecords() {
		overview.parts = append(overview.parts, root)
		return nil
	}
	label := root.words[0]
	if root.list {
		return []*Table{newTable(root.key, label, root, mode)}
	}
	var values, lists, objects []part
	for _, p := range root.parts {
		switch {
		case p.holdsRecords():
			lists = append(lists, p)
		case p.kind == branch:
			objects = append(objects, p)
		default:
			values = append(values, p)
		}
	}
	var tables []*Table
	for _, list := range lists {
		one := root
		one.parts = append(slices.Clone(values), list)
		if len(lists) == 1 {
			tables = append(tables, newTable(root.key, label, one, mode))
			continue
		}
		if !list.wraps {
			one.parts[len(values)].drop = 2 // the table's name need not be repeated in each header
		}
		tables = append(tables, newTable(root.key+"."+list.key, list.words[len(list.words)-1], one, mode))
	}
	if len(objects) > 0 {
		rest := root
		rest.parts, rest.drop = objects, 1
		overview.parts = append(overview.parts, rest)
	}
	return tables
}

// newTable makes a table of one part at the root.
func newTable(name, label string, root part, mode Mode) *Table {
	t := &Table{Name: name, Label: label, parts: []part{root}}
	own := &t.parts[0] // on the way down to the list
	for path := []string{own.key}; !own.list; path = append(path, own.key) {
		t.Field = own.field
		own.parts = slices.Clone(own.parts)
		list := -1
		for i, p := range own.parts {
			switch {
			case p.holdsRecords() && list >= 0:
				t.bind(1)
				return t // several lists, which follow one another
			case p.holdsRecords():
				list = i
			}
		}
		if own.parts[list].list {
			for i, p := range own.parts {
				if p.field.Name == "totalCount" || p.field.Name == "totalCountAtLeast" {
					own.parts[i].kind = total
				}
			}
			own.isOwn = true
			if mode == WholeList && pages(own.field.Definition) {
				t.page, own.cut = path, ""
			}
		}
		own = &own.parts[list]
	}
	if t.Field == nil {
		t.Field = root.field
	}
	t.bind(1)
	return t
}

// pages is whether a field's list can be read page by page.
func pages(field *ast.FieldDefinition) bool {
	return strings.HasSuffix(field.Type.Name(), "Connection") && field.Arguments.ForName("first") != nil &&
		field.Arguments.ForName("after") != nil
}

// bind gives the table its columns, in the order of the selection, and each part its
// place in a row. drop is how many words the table's own name takes off the headers.
func (t *Table) bind(drop int) {
	t.Levels = []Level{{Label: t.Label}}
	t.parts = t.collect(t.parts, drop, 0)
	for _, c := range t.Columns {
		c.Repeats = slices.ContainsFunc(t.Levels[1:], func(l Level) bool { return l.Around == c.level })
	}
	slices.SortStableFunc(t.Columns, func(a, b *Column) int { return a.order - b.order })
	slots := map[*Column]int{}
	for i, c := range t.Columns {
		slots[c] = i
	}
	place(t.parts, slots)
	names := map[string]int{}
	for _, c := range t.Columns {
		c.Name = strings.Join(c.path, ".")
		names[c.Name]++
	}
	for _, c := range t.Columns {
		if names[c.Name] > 1 {
			c.Name = c.key // such as nodes and edges of one connection
		}
	}
}

// collect copies the parts and their columns into the table. level is that of the record
// whose parts they are.
func (t *Table) collect(parts []part, drop, level int) []part {
	parts = slices.Clone(parts)
	add := func(c *Column, drop int) *Column {
		own := *c
		own.level = level
		own.Label = strings.Join(without(c.words, drop), " · ")
		if t.Name != Overview {
			own.path = without(c.path, 1)
		}
		t.Columns = append(t.Columns, &own)
		return &own
	}
	for i := range parts {
		p := &parts[i]
		drop := max(drop, p.drop)
		switch p.kind {
		case leaf, notes:
			p.column = add(p.column, drop)
		case bucket:
			p.bucket = slices.Clone(p.bucket)
			if t.Name == Overview {
				p.bucket = nil // of a total, which is of no group
			}
			for j, c := range p.bucket {
				p.bucket[j] = add(c, 0)
			}
		case branch:
			p.level = level
			if p.list {
				p.level = len(t.Levels)
				own := Level{Around: level, Label: strings.Join(without(p.words, drop), " · ")}
				if len(p.path) > 1 && t.Name != Overview {
					own.Name = strings.Join(p.path[1:], ".")
				}
				t.Levels = append(t.Levels, own)
			}
			p.parts = t.collect(p.parts, drop, p.level)
		}
	}
	return parts
}

// without takes the first words off, but never all of them.
func without(words []string, drop int) []string {
	if drop < len(words) {
		return words[drop:]
	}
	return words[len(words)-1:]
}

// place tells each part where its columns stand.
func place(parts []part, slots map[*Column]int) {
	for i := range parts {
		p := &parts[i]
		switch p.kind {
		case leaf, notes:
			p.slot = slots[p.column]
		case bucket:
			p.slots = map[string]int{}
			for _, c := range p.bucket {
				p.slots[c.path[len(c.path)-1]] = slots[c]
			}
		case branch:
			place(p.parts, slots)
		}
	}
}
