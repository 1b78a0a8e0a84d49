package dataset

import (
	"regexp"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// table is a table of the file.
type table struct {
	name, comment, engine, record string
	primary, key                  []string
	indexes                       [][]string
	columns                       []column
	// what a row draws, in order; also names that are no columns
	steps  []binding
	fixed  [][]value                 // rows that stand in the file
	each   func(*Run) iterator       // what rows are made for; nil for none
	spare  value                     // true for a row that stays clean
	spared []string                  // in these columns; nil is all
	served map[string]*regexp.Regexp // what columns hold in rows that the gateway serves
	copies []copied
	dirt   []dirt
	late   []late
	given  []binding // what is set for all of them
	with   string
	like   string // whose columns, and whose first rows, this one has
	first  func(w *world.World, rows int) int
}

// column is a column of the file.
type column struct {
	name string
	sql  legacy.Column
}

// copied are rows entered twice, or once more by mistake.
type copied struct {
	of   int // the number of the row; 0 for any
	rows func(*world.World) int
	set  []binding
}

// late is a row that is made when all others are.
type late struct {
	names []binding
	set   []binding
	finds [][2]string // field and rule
}

func (f *reading) table(e *yamlfile.Entry) *table {
	t := &table{name: e.Key.Text}
	d := f.Dict(e.Value, "the table", "comment", "engine", "primary", "indexes", "columns", "let", "last", "rows",
		"each",
		"codes", "times", "spans", "yearly", "with", "like", "first", "record", "key", "served", "spare", "spared",
		"copies",
		"dirt", "late")
	t.comment, t.engine = d.Text("comment"), d.Text("engine")
	t.record, t.with, t.like = d.Text("record"), d.Text("with"), d.Text("like")
	t.primary = d.Texts("primary")
	t.key = t.primary
	if d.Has("key") {
		t.key = d.Texts("key")
	}
	for _, index := range d.Items("indexes") {
		t.indexes = append(t.indexes, f.Texts(index, "the index"))
	}
	if t.like != "" {
		f.alike(t, d)
		return t
	}
	for _, b := range d.Entries("let") {
		t.steps = append(t.steps, binding{b.Key.Text, f.value(b.Value)})
	}
	for _, c := range d.Entries("columns") {
		f.column(t, c)
	}
	for _, name := range d.Texts("last") {
		at := slices.IndexFunc(t.steps, func(b binding) bool { return b.name == name })
		if at < 0 {
			f.Add(d.At("last"), "%s has no value %s to draw last", t.name, name)
			continue
		}
		b := t.steps[at]
		t.steps = append(slices.Delete(t.steps, at, at+1), b)
	}
	for _, name := range slices.Concat(t.key, slices.Concat(t.indexes...)) {
		if !t.has(name) {
			f.Add(e.Key.Pos, "%s has no column %s", t.name, name)
		}
	}
	for _, row := range d.Items("rows") {
		var cells []value
		for _, cell := range f.Items(row, "the row") {
			cells = append(cells, f.value(cell))
		}
		if len(cells) != len(t.columns) {
			f.Add(row.Pos, "the row has %d cells, the table %d columns", len(cells), len(t.columns))
		}
		t.fixed = append(t.fixed, cells)
	}
	t.each = f.each(d)
	t.served = f.conditions(d.Get("served"), t, "")
	if d.Has("spare") {
		t.spare, t.spared = f.value(d.Get("spare")), d.Texts("spared")
	}
	for _, n := range d.Items("copies") {
		c := f.Dict(n, "the copies", "of", "rows", "set")
		times := f.scaled(c.Get("rows"), "rows")
		t.copies = append(t.copies, copied{c.Int("of", 1, 1<<20), times, f.settings(t, c.Get("set"))})
	}
	for _, n := range d.Items("dirt") {
		t.dirt = append(t.dirt, f.dirt(t, n))
	}
	if d.Has("late") {
		l := f.Dict(d.Get("late"), "late", "given", "rows")
		for _, e := range l.Entries("given") {
			t.given = append(t.given, f.given(e))
		}
		for _, n := range l.Items("rows") {
			t.late = append(t.late, f.late(t, n))
		}
	}
	return t
}

func (f *reading) alike(t *table, d yamlfile.Dict) {
	t.first = func(*world.World, int) int { return 0 }
	if n := d.Get("first"); n != nil && strings.HasSuffix(n.Text, "%") {
		s := f.shareOf(n)
		t.first = func(_ *world.World, rows int) int { return rows * s.part / s.whole }
	} else if n != nil {
		first := f.scaled(n, "first")
		t.first = func(w *world.World, rows int) int { return min(first(w), rows) }
	}
	at := slices.IndexFunc(f.tables, func(other *table) bool { return other.name == t.like })
	if at < 0 {
		f.Add(d.At("like"), "no table above is called %s", t.like)
		return
	}
	t.columns = f.tables[at].columns
}

func (t *table) has(name string) bool {
	return slices.ContainsFunc(t.columns, func(c column) bool { return c.name == name })
}

// column reads a column: as in CREATE TABLE, but for its name and comment.
func (f *reading) column(t *table, e *yamlfile.Entry) {
	d := f.Dict(e.Value, "the column", "sql", "comment", "is")
	d.Needs("sql")
	c := legacy.Column{Name: e.Key.Text, Comment: d.Text("comment")}
	kind := d.Text("sql")
	kind, c.Charset, _ = strings.Cut(kind, " charset ")
	kind, c.Default, _ = strings.Cut(kind, " default ")
	c.Type, c.NotNull = strings.CutSuffix(kind, " not null")
	t.columns = append(t.columns, column{c.Name, c})
	if e.Value.Get("is") != nil {
		t.steps = append(t.steps, binding{c.Name, f.value(e.Value.Get("is").Value)})
	}
}

// settings reads what is set in some columns.
func (f *reading) settings(t *table, n *yamlfile.Node) (set []binding) {
	for _, e := range f.Entries(n, "set") {
		if !t.has(e.Key.Text) {
			f.Add(e.Key.Pos, "%s has no column %s", t.name, e.Key.Text)
		}
		set = append(set, binding{e.Key.Text, f.value(e.Value)})
	}
	return set
}

// conditions reads what cells must hold: an expression for that of the column itself, or one for
// each of several columns.
func (f *reading) conditions(n *yamlfile.Node, t *table, own string) map[string]*regexp.Regexp {
	if n == nil {
		return nil
	}
	conditions := map[string]*regexp.Regexp{}
	compile := func(column string, n *yamlfile.Node) {
		expression, err := regexp.Compile(n.Text)
		if err != nil {
			f.Add(n.Pos, "no regular expression: %v", err)
		}
		if !t.has(column) {
			f.Add(n.Pos, "%s has no column %s", t.name, column)
		}
		conditions[column] = expression
	}
	if n.IsSingle() {
		compile(own, n)
		return conditions
	}
	for _, e := range f.Entries(n, "a condition") {
		compile(e.Key.Text, e.Value)
	}
	return conditions
}

func (f *reading) late(t *table, n *yamlfile.Node) late {
	var l late
	for _, e := range f.Entries(n, "the row") {
		switch e.Key.Text {
		case "set":
			l.set = f.settings(t, e.Value)
		case "finds":
			for _, found := range f.Entries(e.Value, "finds") {
				l.finds = append(l.finds, [2]string{found.Key.Text, found.Value.Text})
			}
		default:
			l.names = append(l.names, f.given(e))
		}
	}
	return l
}

// given reads what is set for a row that stands in the file; a day is one.
func (f *reading) given(e *yamlfile.Entry) binding {
	if e.Value.Kind == yamlfile.Day {
		day := f.day(e.Value, e.Key.Text)
		return binding{e.Key.Text, func(*Row) any { return day }}
	}
	return binding{e.Key.Text, f.value(e.Value)}
}
