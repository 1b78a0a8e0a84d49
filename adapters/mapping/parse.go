package mapping

import (
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
)

// Parse reads a system's mapping and the site's overlays, each laid over what stands
// below it, and checks the result against the graph. The error is Findings, all of
// them; the File is then nil.
//
// env holds the reference data that the cells town and department need to be checked.
func Parse(base Source, overlays []Source, schema Schema, env cell.Env) (*File, error) {
	r := &reader{
		report: report{sources: append([]Source{base}, overlays...)},
		schema: schema,
		env:    env,
	}
	root := r.tree(0)
	if root == nil && len(r.found) == 0 {
		r.add(&node{}, "the file is empty: a mapping begins with system: and records:")
	}
	for i := range overlays {
		top := r.tree(i + 1)
		if top == nil || root == nil {
			continue // an overlay of comments only changes nothing
		}
		r.sameSystem(root, top)
		root = r.overlay(root, top, "")
	}
	if root == nil {
		return nil, r.err()
	}
	if len(overlays) > 0 {
		r.below, _ = Parse(base, nil, schema, env) // what is wrong with it is found below as well
	}
	file := r.file(root)
	if err := r.err(); err != nil {
		return nil, err
	}
	file.complete(r.below)
	return file, nil
}

// reader turns the merged tree into a File and reports what is wrong with it. Its
// methods go on after a finding, with an empty value for what could not be read.
type reader struct {
	report
	schema Schema
	env    cell.Env
	below  *File // the base without overlays; nil without overlays, and where it is wrong
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
func (r *reader) sameSystem(root, top *node) {
	below, above := root.get("system"), top.get("system")
	if below != nil && above != nil && below.value.text != above.value.text {
		r.add(above.key, "this overlay is for system %q, the mapping below for %q", above.value.text, below.value.text)
	}
}

func (r *reader) file(root *node) *File {
	r.known(root, "system", "charset", "records")
	file := &File{Records: map[string]*Table{}, report: report{sources: r.sources}}
	if e := root.get("system"); e == nil {
		r.add(root.missing("system", &node{}), "system is missing: name it as in system: legal-aid")
	} else if file.System = r.text(e); file.System != "" && !systemName(file.System) {
		r.add(e.value, "system %q is no name: use lower-case words joined by -, as in legal-aid", file.System)
	}
	charset := r.charset(root, "")
	records := root.get("records")
	if records == nil {
		r.add(root.missing("records", &node{}), "records is missing: a mapping describes at least one kind of record")
		return file
	}
	if !r.dict(records) {
		return file
	}
	for _, e := range records.value.entries {
		name := e.key.text
		if !r.schema.record(name) {
			r.add(e.key, "unknown record %q%s", name, suggest(name, r.schema.records()))
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
func (r *reader) charset(n *node, inherited string) string {
	e := n.get("charset")
	if e == nil {
		return inherited
	}
	charset := r.text(e)
	if charset == "none" {
		return ""
	}
	if _, err := cell.New(cell.Spec{Kind: "text", Charset: charset}, r.env); err != nil {
		r.add(e.value, "%s", err)
	}
	return charset
}

func (r *reader) table(at *entry, charset string) *Table {
	n := at.value
	r.known(n, "table", "select", "key", "keep", "drop", "charset", "fields", "orders")
	t := &Table{Record: at.key.text}

	table, sub := n.get("table"), n.get("select")
	switch {
	case table == nil && sub == nil:
		r.add(n.missing("table", n.missing("select", at.key)), "%s needs a table or a select", t.Record)
	case table != nil && sub != nil:
		r.add(latest(table.key, sub.key), "%s has both table and select: leave one out", t.Record)
	case table != nil:
		t.Name, t.Pos = r.column(table), r.pos(table.value)
	default:
		t.Select, t.Pos = r.subSelect(sub), r.pos(sub.value)
	}

	if e := n.get("key"); e == nil {
		r.add(n.missing("key", at.key), "%s needs a key, as in key: [id]", t.Record)
	} else if r.list(e) {
		t.KeyPos = r.pos(e.value)
		for _, column := range e.value.items {
			t.Key = append(t.Key, r.identifier(column, "key"))
		}
	}
	charset = r.charset(n, charset)
	t.Keep = r.conditions(n.get("keep"), charset)
	t.Drop = r.conditions(n.get("drop"), charset)

	fields := n.get("fields")
	if fields == nil {
		r.add(n.missing("fields", at.key), "%s needs fields", t.Record)
		return t
	}
	if !r.dict(fields) {
		return t
	}
	for _, e := range fields.value.entries {
		if r.dict(e) {
			t.Fields = append(t.Fields, r.field(t.Record, e, charset))
		}
	}
	t.Orders = r.orders(at, fields.value)
	return t
}

// subSelect reads the constant statement that stands in the place of a table.
func (r *reader) subSelect(e *entry) string {
	text := strings.TrimSpace(r.text(e))
	word, _, _ := strings.Cut(strings.ReplaceAll(text, "\n", " "), " ")
	switch {
	case text == "":
	case strings.ContainsRune(text, 0):
		r.add(e.value, "select contains a NUL character")
	case !strings.EqualFold(word, "select"):
		r.add(e.value, "select is not a SELECT statement")
	case strings.HasSuffix(text, ";"):
		r.add(e.value, "select ends in a semicolon, but stands inside a larger statement: leave it out")
	}
	return text
}

// conditions reads keep or drop: per column the values that hold.
func (r *reader) conditions(e *entry, charset string) []Condition {
	if e == nil || !r.dict(e) {
		return nil
	}
	var conditions []Condition
	for _, e := range e.value.entries {
		c := Condition{Column: r.identifier(e.key, "column"), Pos: r.pos(e.value)}
		if !r.list(e) {
			continue
		}
		for _, item := range e.value.items {
			if item.null() {
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
func (r *reader) orders(at *entry, fields *node) []Order {
	record := at.key.text
	known := r.schema.orders(record)
	e := at.value.get("orders")
	if e == nil {
		if known != nil && (r.below == nil || r.below.Records[record] == nil) {
			r.add(at.value.missing("orders", at.key), "%s needs orders: the graph orders its lists by %s", record, strings.Join(known, ", "))
		}
		return nil
	}
	if known == nil {
		r.add(e.key, "orders do not apply to %s: the graph has no enum %sOrderField", record, record)
		return nil
	}
	if e.value.shape == dict && len(e.value.entries) == 0 && len(e.value.removed) > 0 {
		return nil // the lists run by key
	}
	if !r.dict(e) {
		return nil
	}
	var orders []Order
	for _, e := range e.value.entries {
		o := Order{Name: e.key.text, Field: r.text(e)}
		if !slices.Contains(known, o.Name) {
			r.add(e.key, "unknown order %q for %s%s", o.Name, record, suggest(o.Name, known))
		}
		field := fields.get(o.Field)
		switch {
		case o.Field == "":
		case field == nil && r.had(record, o.Field):
			continue // goes with its field
		case field == nil:
			r.add(fields.missing(o.Field, e.value), "order %s names %q, which %s does not map%s", o.Name, o.Field, record, suggest(o.Field, fields.keys()))
		case field.value.get("cell") != nil:
			kind := field.value.get("cell").value.text
			if g, ok := fits(kind); ok && g.list {
				r.add(e.value, "order %s names %s, whose cell %s has no order", o.Name, o.Field, kind)
			}
		}
		orders = append(orders, o)
	}
	return orders
}
