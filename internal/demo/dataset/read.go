package dataset

import (
	"maps"
	"slices"
	"strconv"

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
		share: share{part: 1, whole: 100}, names: map[string]bool{},
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

func keysOf[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
