package mapping

import (
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Parse reads a system's mapping and the site's overlays, each laid over what stands
// below it, and checks the result against the graph. The error is Findings, all of
// them; the File is then nil.
//
// env holds the reference data that the cells town and department need to be checked.
func Parse(base Source, overlays []Source, schema Schema, env cell.Env) (*File, error) {
	r := &reader{
		Reader:  yamlfile.Reader{ShowLines: true},
		schema:  schema,
		env:     env,
		whole:   &yamlfile.Node{Pos: Pos{File: base.Name}},
		removed: map[*yamlfile.Node][]*yamlfile.Node{},
	}
	root := r.tree(base, "a mapping begins with system: and records:")
	for _, overlay := range overlays {
		top := r.tree(overlay, "") // one of comments only changes nothing
		if top == nil || root == nil {
			continue
		}
		r.sameSystem(root, top)
		root = r.overlay(root, top, "")
	}
	if root == nil {
		return nil, r.Err()
	}
	if len(overlays) > 0 {
		r.below, _ = Parse(base, nil, schema, env) // what is wrong with it is found below as well
	}
	file := r.file(root)
	if err := r.Err(); err != nil {
		return nil, err
	}
	file.complete(r.below)
	return file, nil
}

// reader turns the merged tree into a File and reports what is wrong with it. Its
// methods go on after a finding, with an empty value for what could not be read.
type reader struct {
	yamlfile.Reader
	schema  Schema
	env     cell.Env
	whole   *yamlfile.Node                      // the place of what the base lacks as a whole
	removed map[*yamlfile.Node][]*yamlfile.Node // by map: keys by which overlays have removed an entry
	// the base without overlays; nil without overlays, and where it is wrong
	below *File
}

// tree reads one file; nil when it is empty, or wrong, which is reported.
func (r *reader) tree(source Source, empty string) *yamlfile.Node {
	root := r.Read(source, empty)
	if root == nil {
		return nil
	}
	if root.Kind != yamlfile.Map {
		r.Add(root.Pos, "a mapping file is a map that begins with system: and records:, not %s",
			root.Kind)
		return nil
	}
	return root
}

// had tells whether the base maps the field, which an overlay has removed then.
func (r *reader) had(record, field string) bool {
	if r.below == nil {
		return false
	}
	t := r.below.Records[record]
	return t != nil && slices.ContainsFunc(t.Fields, func(f *Field) bool { return f.Name == field })
}

// sameSystem refuses an overlay that was written for another system.
func (r *reader) sameSystem(root, top *yamlfile.Node) {
	below, above := root.Get("system"), top.Get("system")
	if below != nil && above != nil && below.Value.Text != above.Value.Text {
		r.Add(above.Key.Pos, "this overlay is for system %q, the mapping below for %q", above.Value.Text,
			below.Value.Text)
	}
}

func (r *reader) file(root *yamlfile.Node) *File {
	r.known(root, "system", "charset", "records")
	file := &File{Records: map[string]*Table{}, reader: &r.Reader}
	if e := root.Get("system"); e == nil {
		r.Add(r.missing(root, "system", r.whole).Pos, "system is missing: name it as in system: legal-aid")
	} else if file.System = r.text(e); file.System != "" && !systemName(file.System) {
		r.Add(e.Value.Pos, "system %q is no name: use lower-case words joined by -, as in legal-aid", file.System)
	}
	charset := r.charset(root, "")
	records := root.Get("records")
	if records == nil {
		r.Add(r.missing(root, "records", r.whole).Pos,
			"records is missing: a mapping describes at least one kind of record")
		return file
	}
	if !r.dict(records) {
		return file
	}
	for _, e := range records.Value.Entries {
		name := e.Key.Text
		if !r.schema.record(name) {
			r.Add(e.Key.Pos, "unknown record %q%s", name, yamlfile.Suggest(name, r.schema.records()))
			continue
		}
		if r.dict(e) {
			file.Records[name] = r.table(e, charset)
		}
	}
	return file
}

// systemName tells whether a name is made of lower-case words joined by one dash.
func systemName(name string) bool {
	for word := range strings.SplitSeq(name, "-") {
		if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") != "" {
			return false
		}
	}
	return true
}

// charset reads the charset that a file or record declares for its columns; inherited
// when it declares none.
func (r *reader) charset(n *yamlfile.Node, inherited string) string {
	e := n.Get("charset")
	if e == nil {
		return inherited
	}
	charset := r.text(e)
	if charset == "none" {
		return ""
	}
	if _, err := cell.New(cell.Spec{Kind: "text", Charset: charset}, r.env); err != nil {
		r.Add(e.Value.Pos, "%s", err)
	}
	return charset
}

func (r *reader) table(at *yamlfile.Entry, charset string) *Table {
	n := at.Value
	r.known(n, "table", "select", "key", "keep", "drop", "charset", "fields", "orders", "sequence", "bands")
	t := &Table{Record: at.Key.Text}

	table, sub := n.Get("table"), n.Get("select")
	switch {
	case table == nil && sub == nil:
		r.Add(r.missing(n, "table", r.missing(n, "select", at.Key)).Pos, "%s needs a table or a select", t.Record)
	case table != nil && sub != nil:
		r.Add(r.Later(table.Key, sub.Key).Pos, "%s has both table and select: leave one out", t.Record)
	case table != nil:
		t.Name, t.Pos = r.column(table), table.Value.Pos
	default:
		t.Select, t.Pos = r.subSelect(sub), sub.Value.Pos
	}

	if e := n.Get("key"); e == nil {
		r.Add(r.missing(n, "key", at.Key).Pos, "%s needs a key, as in key: [id]", t.Record)
	} else if r.list(e) {
		t.KeyPos = e.Value.Pos
		for _, column := range e.Value.Items {
			t.Key = append(t.Key, r.identifier(column, "key"))
		}
	}
	charset = r.charset(n, charset)
	t.Keep = r.conditions(n.Get("keep"), charset)
	t.Drop = r.conditions(n.Get("drop"), charset)

	fields := n.Get("fields")
	if fields == nil {
		r.Add(r.missing(n, "fields", at.Key).Pos, "%s needs fields", t.Record)
		return t
	}
	if !r.dict(fields) {
		return t
	}
	for _, e := range fields.Value.Entries {
		if r.dict(e) {
			t.Fields = append(t.Fields, r.field(t.Record, e, charset))
		}
	}
	t.Orders = r.orders(at, fields.Value)
	t.Steps = r.sequence(at, fields.Value)
	t.Bands = r.bands(at)
	return t
}

// conditions reads keep or drop: per column the values that hold.
func (r *reader) conditions(e *yamlfile.Entry, charset string) []Condition {
	if e == nil || !r.dict(e) {
		return nil
	}
	var conditions []Condition
	for _, e := range e.Value.Entries {
		c := Condition{Column: r.identifier(e.Key, "column"), Pos: e.Value.Pos}
		if !r.list(e) {
			continue
		}
		for _, item := range e.Value.Items {
			if item.Kind == yamlfile.Null {
				c.Values = append(c.Values, nil)
			} else {
				c.Values = append(c.Values, new(r.stored(item, charset)))
			}
		}
		conditions = append(conditions, c)
	}
	return conditions
}

// orders reads by which fields the lists of the record at the entry can be ordered.
func (r *reader) orders(at *yamlfile.Entry, fields *yamlfile.Node) []Order {
	record := at.Key.Text
	known := r.schema.orders(record)
	e := at.Value.Get("orders")
	if e == nil {
		if known != nil && (r.below == nil || r.below.Records[record] == nil) {
			r.Add(r.missing(at.Value,
				"orders", at.Key).Pos, "%s needs orders: the graph orders its lists by %s", record,
				strings.Join(known, ", "))
		}
		return nil
	}
	if known == nil {
		r.Add(e.Key.Pos, "orders do not apply to %s: the graph has no enum %sOrderField", record, record)
		return nil
	}
	if e.Value.Kind == yamlfile.Map && len(e.Value.Entries) == 0 && len(r.removed[e.Value]) > 0 {
		return nil // the lists run by key
	}
	if !r.dict(e) {
		return nil
	}
	var orders []Order
	for _, e := range e.Value.Entries {
		o := Order{Name: e.Key.Text, Field: r.text(e)}
		if !slices.Contains(known, o.Name) {
			r.Add(e.Key.Pos, "unknown order %q for %s%s", o.Name, record, yamlfile.Suggest(o.Name, known))
		}
		field := fields.Get(o.Field)
		switch {
		case o.Field == "":
		case field == nil && r.had(record, o.Field):
			continue // goes with its field
		case field == nil:
			r.Add(r.missing(fields, o.Field, e.Value).Pos,
				"order %s names %q, which %s does not map%s", o.Name, o.Field, record,
				yamlfile.Suggest(o.Field, fields.Keys()))
		case field.Value.Get("cell") != nil:
			kind := field.Value.Get("cell").Value.Text
			if g, ok := fits(kind); ok && g.list {
				r.Add(e.Value.Pos, "order %s names %s, whose cell %s has no order", o.Name, o.Field, kind)
			}
		}
		orders = append(orders, o)
	}
	return orders
}
