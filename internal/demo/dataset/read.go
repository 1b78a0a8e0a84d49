package dataset

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// description is a file that was read.
type description struct {
	schema, charset, latin1, seed string
	shuffled                      bool
	months                        []int
	values                        map[string]*value
	tables                        []*table
	steps                         []func(*Run)
}

// reading is the reading of one file.
type reading struct {
	yamlfile.Reader
	description
	hooks Hooks
	codes map[string]codes
	names map[string]bool // that are set in one row or another
	share share
}

func parse(file yamlfile.Source, hooks Hooks) (*description, error) {
	f := &reading{
		hooks: hooks, codes: map[string]codes{}, description: description{values: map[string]*value{}},
		share: share{least: 2, part: 10, whole: 1000}, names: map[string]bool{},
	}
	for _, name := range []string{"row", "old", "day", "firm", "lawyer", "town", "list", "code", "label"} {
		f.names[name] = true // without a let
	}
	f.ShowLines = true
	root := f.Read(file, "it needs tables")
	d := f.Dict(root, "the file", "database", "charset", "latin1", "seed", "months", "share", "draw", "codes", "values",
		"tables", "steps")
	d.Needs("database", "charset", "seed", "tables")
	f.schema, f.charset, f.seed = d.Text("database"), d.Text("charset"), d.Text("seed")
	f.latin1 = d.Word("latin1", "gbk", "utf8")
	f.shuffled = d.Word("draw", "in order", "shuffled") == "shuffled"
	if d.Has("share") {
		f.share = f.shareOf(d.Get("share"))
	}
	for _, n := range d.Items("months") {
		f.months = append(f.months, f.integer(n, "a month's weight"))
	}
	if f.months != nil && len(f.months) != 12 {
		f.Add(d.At("months"), "months are twelve weights")
	}
	for _, e := range d.Entries("codes") {
		f.codes[e.Key.Text] = f.codesOf(e.Value)
	}
	f.nameAll(root)
	for _, e := range d.Entries("values") {
		f.values[e.Key.Text] = new(value)
		if f.names[e.Key.Text] {
			f.Add(e.Key.Pos, "%s is the name of a value, and set in rows too: give one another name", e.Key.Text)
		}
	}
	for _, e := range d.Entries("values") {
		*f.values[e.Key.Text] = f.value(e.Value)
	}
	for _, e := range d.Entries("tables") {
		f.tables = append(f.tables, f.table(e))
	}
	f.readSteps(d)
	if err := f.Err(); err != nil {
		return nil, err
	}
	return &f.description, nil
}

// codes are a list of codes and their labels.
type codes struct {
	order  []string
	labels map[string]string
}

// codesOf reads codes with their labels, or labels alone, whose codes count from 1.
func (f *reading) codesOf(n *yamlfile.Node) codes {
	c := codes{labels: map[string]string{}}
	if n.Kind == yamlfile.List {
		for i, label := range f.Texts(n, "the codes") {
			c.order = append(c.order, strconv.Itoa(i+1))
			c.labels[c.order[i]] = label
		}
		return c
	}
	for _, e := range f.Entries(n, "the codes") {
		c.order = append(c.order, e.Key.Text)
		c.labels[e.Key.Text] = e.Value.Text
	}
	return c
}

// nameAll gathers the names that rows set, wherever in the file.
func (f *reading) nameAll(n *yamlfile.Node) {
	for _, source := range f.hooks.Sources {
		for _, name := range source.Gives {
			f.names[name] = true
		}
	}
	var walk func(n *yamlfile.Node)
	walk = func(n *yamlfile.Node) {
		if n == nil {
			return
		}
		for _, item := range n.Items {
			walk(item)
		}
		for _, e := range n.Entries {
			switch word := e.Key.Text; {
			case word == "let" || word == "columns" || word == "given":
				for _, name := range e.Value.Keys() {
					f.names[name] = true
				}
			case n.Get("use") != nil && word != "use", n.Get("set") != nil && word != "set":
				f.names[word] = true
			}
			walk(e.Value)
		}
	}
	walk(n)
}

// table is a table of the file.
type table struct {
	name, comment, engine, record string
	primary, key                  []string
	indexes                       [][]string
	columns                       []column
	steps                         []binding                 // what a row draws, in order; also names that are no columns
	fixed                         [][]value                 // rows that stand in the file
	each                          func(*Run) iterator       // what rows are made for; nil for none
	spare                         value                     // true for a row that stays clean
	spared                        []string                  // in these columns; nil is all
	served                        map[string]*regexp.Regexp // what columns hold in rows that the gateway serves
	copies                        []copied
	dirt                          []dirt
	late                          []late
	given                         []binding // what is set for all of them
	with                          string
	like                          string // whose columns, and whose first rows, this one has
	first                         func(w *world.World, rows int) int
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
	d := f.Dict(e.Value, "the table", "comment", "engine", "primary", "indexes", "columns", "let", "last", "rows", "each",
		"codes", "times", "spans", "yearly", "with", "like", "first", "record", "key", "served", "spare", "spared", "copies",
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

// readSteps reads in which order tables are filled and spoilt; each by itself in the order of the
// file, and what comes late last, where the file does not say.
func (f *reading) readSteps(d yamlfile.Dict) {
	do := map[string]func(name string) func(*Run){
		"fill":  func(name string) func(*Run) { return func(run *Run) { run.tables[name].fill() } },
		"spoil": func(name string) func(*Run) { return func(run *Run) { run.tables[name].spoil(false) } },
		"copy":  func(name string) func(*Run) { return func(run *Run) { run.tables[name].copy() } },
		"late":  func(name string) func(*Run) { return func(run *Run) { run.tables[name].late() } },
		"go":    func(name string) func(*Run) { return func(run *Run) { f.hooks.Steps[name](run) } },
	}
	if !d.Has("steps") {
		for _, t := range f.tables {
			f.steps = append(f.steps, do["fill"](t.name), do["copy"](t.name), do["spoil"](t.name))
		}
		for _, t := range f.tables {
			f.steps = append(f.steps, do["late"](t.name))
		}
		return
	}
	for _, n := range d.Items("steps") {
		verb, name, _ := strings.Cut(n.Text, " ")
		known := slices.ContainsFunc(f.tables, func(t *table) bool { return t.name == name })
		if verb == "go" {
			known = f.hooks.Steps[name] != nil
		}
		if do[verb] == nil || !known {
			f.Add(n.Pos, "a step is fill, copy, spoil or late and a table, or go and a step of the hooks, not %q", n.Text)
			continue
		}
		f.steps = append(f.steps, do[verb](name))
	}
}

// share is how many rows are spoilt: part in whole, some at least.
type share struct{ least, part, whole int }

// shareOf reads 1% or 5‰.
func (f *reading) shareOf(n *yamlfile.Node) share {
	s := share{least: 2, whole: 100}
	written, ok := strings.CutSuffix(n.Text, "%")
	if !ok {
		written, ok = strings.CutSuffix(n.Text, "‰")
		s.whole = 1000
	}
	part, err := strconv.Atoi(written)
	if err != nil || !ok {
		f.Add(n.Pos, "a share is written as 1%% or 5‰, not %q", n.Text)
	}
	s.part = part
	return s
}

func keysOf[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// span is rows on days from one to before another.
type span struct {
	rows         func(*world.World) int
	from, before time.Time
}
