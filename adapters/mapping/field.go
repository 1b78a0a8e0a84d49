package mapping

import (
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
)

// field reads one field of a record and checks it against the graph. charset is what
// the record declares for its texts.
func (r *reader) field(record string, at *entry, charset string) *Field {
	n := at.value
	before := len(r.found)
	r.known(n, "column", "cell", "refers", "native", "sorted", "twin", "dictionary", "layouts", "empty", "values",
		"else", "separator", "positional", "unit", "charset", "markup", "from", "before")

	f := &Field{Name: at.key.text, Pos: r.pos(at.key)}
	if e := n.get("column"); e == nil {
		r.add(n.missing("column", at.key), "%s needs a column", f.Name)
	} else {
		f.Column, f.Pos = r.column(e), r.pos(e.value)
	}
	if e := n.get("charset"); e != nil {
		if charset = r.text(e); charset == "none" {
			charset = ""
		}
	}
	kind, kindKnown := r.kind(at)
	f.Spec = cell.Spec{
		Kind:       kind,
		Layouts:    r.codes(n.get("layouts")),
		Empty:      r.codes(n.get("empty")),
		Values:     r.meanings(n.get("values"), kind),
		Else:       r.text(n.get("else")),
		Separator:  r.text(n.get("separator")),
		Positional: r.flag(n.get("positional")),
		Unit:       r.text(n.get("unit")),
		Charset:    charset,
		Markup:     r.flag(n.get("markup")),
		From:       r.bound(n.get("from")),
		Before:     r.bound(n.get("before")),
	}
	for _, e := range []*entry{n.get("values"), n.get("dictionary")} {
		if e != nil {
			f.Codes = r.pos(e.value)
		}
	}
	f.Native = r.flag(n.get("native"))
	f.Sorted = r.flag(n.get("sorted"))
	r.twin(f, n.get("twin"))
	f.Dictionary = r.dictionary(n.get("dictionary"), charset)
	f.Refers = relation(kind)
	if e := n.get("refers"); e != nil {
		if f.Refers = r.text(e); f.Refers != "" && !r.schema.record(f.Refers) {
			r.add(e.value, "refers to an unknown record %q%s", f.Refers, suggest(f.Refers, r.schema.records()))
		}
	}

	if t, why := r.schema.field(record, f.Name); why != "" {
		r.add(at.key, "%s", why)
	} else if kindKnown && len(r.found) == before {
		r.inGraph(record, at, f, t)
	}
	if kindKnown {
		r.agree(at, f)
	}
	if len(r.found) == before {
		r.codec(at, f)
	}
	return f
}

// kind reads the kind of cell.
func (r *reader) kind(at *entry) (kind string, known bool) {
	e := at.value.get("cell")
	if e == nil {
		r.add(at.value.missing("cell", at.key), "%s needs a cell: how its column is written%s", at.key.text, suggest("", cell.Kinds()))
		return "", false
	}
	kind = r.text(e)
	if kind == "" {
		return "", false
	}
	if known = slices.Contains(cell.Kinds(), kind); !known {
		r.add(e.value, "unknown cell %q%s", kind, suggest(kind, cell.Kinds()))
	}
	return kind, known
}

// meanings reads a map from raw texts to enum values, or to true and false for a bool,
// where they need no quotes.
func (r *reader) meanings(e *entry, kind string) map[string]string {
	if e == nil || !r.dict(e) {
		return nil
	}
	meanings := make(map[string]string, len(e.value.entries))
	for _, e := range e.value.entries {
		code := r.code(e.key)
		switch {
		case kind == "bool" && e.value.shape == leaf && e.value.tag == "!!bool":
			meanings[code] = strings.ToLower(e.value.text)
		case kind == "bool":
			word := r.text(e)
			if word != "" && word != "true" && word != "false" {
				r.add(e.value, "%q means true or false, not %q", code, word)
			}
			meanings[code] = word
		default:
			meanings[code] = r.text(e)
		}
	}
	return meanings
}

// twin reads the column that shows the labels of an enum's codes.
func (r *reader) twin(f *Field, e *entry) {
	if e == nil || !r.dict(e) {
		return
	}
	r.known(e.value, "column", "labels")
	if column := e.value.get("column"); column == nil {
		r.add(e.value.missing("column", e.key), "twin needs a column")
	} else {
		f.Twin, f.TwinPos = r.column(column), r.pos(column.value)
	}
	labels := e.value.get("labels")
	if labels == nil {
		r.add(e.value.missing("labels", e.key), "twin needs labels: which text stands beside which code")
		return
	}
	f.Spec.Labels = r.meanings(labels, "enum")
}

// dictionary reads where the code table is. charset is that of the field: one database,
// one habit.
func (r *reader) dictionary(e *entry, charset string) *Dictionary {
	if e == nil || !r.dict(e) {
		return nil
	}
	n := e.value
	r.known(n, "table", "code", "label", "where", "labels")
	for _, key := range []string{"table", "code", "label", "labels"} {
		if n.get(key) == nil {
			r.add(n.missing(key, e.key), "dictionary needs %s", key)
		}
	}
	d := &Dictionary{
		Pos:    r.pos(e.value),
		Table:  r.column(n.get("table")),
		Code:   r.column(n.get("code")),
		Label:  r.column(n.get("label")),
		Labels: map[string]string{},
	}
	if labels := n.get("labels"); labels != nil && r.dict(labels) {
		for _, e := range labels.value.entries {
			d.Labels[r.stored(e.key, charset)] = r.text(e)
		}
	}
	if where := n.get("where"); where != nil && r.dict(where) {
		d.Where = make(map[string]string, len(where.value.entries))
		for _, e := range where.value.entries {
			d.Where[r.identifier(e.key, "column")] = r.stored(e.value, charset)
		}
	}
	return d
}

// inGraph checks that the field's cells give what the graph says, down to enum values.
func (r *reader) inGraph(record string, at *entry, f *Field, t fieldType) {
	n := at.value
	if why := r.schema.misfit(record+"."+f.Name, t, f.Spec.Kind, f.Refers); why != "" {
		place := n.get("cell").value
		if e := n.get("refers"); e != nil {
			place = latest(place, e.value)
		}
		r.add(place, "%s", why)
		return
	}
	if t.values == nil {
		return
	}
	check := func(e *entry) {
		if e != nil && !slices.Contains(t.values, e.value.text) {
			r.add(e.value, "unknown value %q for %s%s", e.value.text, t.name, suggest(e.value.text, t.values))
		}
	}
	for _, e := range n.get("values").all() {
		check(e)
	}
	if e := n.get("dictionary"); e != nil {
		for _, e := range e.value.get("labels").all() {
			check(e)
		}
	}
	check(n.get("else"))
}

// all lists the entries of the dict behind e; none when e is nil.
func (e *entry) all() []*entry {
	if e == nil {
		return nil
	}
	return e.value.entries
}

// agree checks what the options of a field say about each other, as far as its codec
// does not know them.
func (r *reader) agree(at *entry, f *Field) {
	n, kind := at.value, f.Spec.Kind
	dated := kind == "day" || kind == "instant"
	for _, option := range []struct {
		name    string
		applies bool
	}{
		{"native", dated},
		{"sorted", dated},
		{"twin", kind == "enum"},
		{"dictionary", kind == "enum" || kind == "enums"},
	} {
		if e := n.get(option.name); e != nil && !option.applies {
			r.add(latest(e.key, n.get("cell").value), "%s does not apply to cell %s", option.name, kind)
		}
	}

	layouts, native := n.get("layouts"), n.get("native")
	switch {
	case dated && f.Native && layouts != nil:
		r.add(latest(native.key, layouts.key), "%s is native, a DATE or DATETIME column, and has layouts: leave one out", f.Name)
	case dated && !f.Native && layouts == nil:
		r.add(n.missing("layouts", n.missing("native", at.key)), "%s needs layouts, or native: true for a DATE or DATETIME column", f.Name)
	}
	if e := n.get("sorted"); dated && f.Sorted && (len(f.Spec.Layouts) != 1 || !sortable(f.Spec.Layouts[0])) {
		r.add(e.key, "sorted wants exactly one zero-padded layout, year first, such as 20060102 or 2006-01-02 15:04:05")
	}
	if d, v := n.get("dictionary"), n.get("values"); d != nil && v != nil {
		r.add(latest(d.key, v.key), "%s has both dictionary and values: leave one out", f.Name)
	}
	if e := n.get("twin"); e != nil && f.Dictionary == nil && f.Spec.Values != nil {
		for _, label := range e.value.get("labels").all() {
			if _, ok := f.Spec.Values[label.key.text]; !ok && label.key.tag == "!!str" {
				r.add(label.key, "twin has a label for code %q, which values does not list", label.key.text)
			}
		}
	}
	r.bounds(n, kind)
}

// bounds checks that from and before are days or numbers, and in order.
func (r *reader) bounds(n *node, kind string) {
	from, before := n.get("from"), n.get("before")
	var order func(a, b string) int
	var readable func(string) bool
	var want string
	switch kind {
	case "day", "instant", "partialDay":
		want = "a day such as 2000-01-31"
		readable = func(text string) bool { _, err := time.Parse(time.DateOnly, text); return err == nil }
		order = strings.Compare
	case "int", "decimal", "money":
		want = "a plain number"
		readable = plainNumber
		order = func(a, b string) int {
			x, _ := new(big.Rat).SetString(a)
			y, _ := new(big.Rat).SetString(b)
			return x.Cmp(y)
		}
	default:
		return // the codec refuses bounds itself
	}
	good := true
	for _, e := range []*entry{from, before} {
		if e != nil && e.value.shape == leaf && !e.value.null() && !readable(e.value.text) {
			r.add(e.value, "%s %q is not %s", e.key.text, e.value.text, want)
			good = false
		}
	}
	if good && from != nil && before != nil && from.value.text != "" && before.value.text != "" &&
		order(from.value.text, before.value.text) >= 0 {
		r.add(latest(from.value, before.value), "from %s does not come before %s: no value is accepted", from.value.text, before.value.text)
	}
}

// plainNumber tells whether text is digits with at most one point and a leading minus.
func plainNumber(text string) bool {
	whole, part, point := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return digits(whole) && (!point || digits(part))
}

// sortable tells whether texts of a layout sort as their dates: zero-padded parts from
// the year down, at least to the day.
func sortable(layout string) bool {
	parts := []string{"2006", "01", "02", "15", "04", "05"}
	read := 0
	for layout != "" {
		switch {
		case read < len(parts) && strings.HasPrefix(layout, parts[read]):
			layout = layout[len(parts[read]):]
			read++
		case read == len(parts) && strings.Trim(layout, ".0") == "":
			layout = "" // a fraction of fixed length
		case layout[0] >= '0' && layout[0] <= '9':
			return false
		default:
			layout = layout[1:]
		}
	}
	return read >= 3
}

// codec asks the cell package whether it can read such cells.
func (r *reader) codec(at *entry, f *Field) {
	spec := f.Spec
	if f.Dictionary != nil {
		spec.Values = f.Dictionary.Labels // stands in for the codes, which are in the database
	}
	_, err := cell.New(spec, r.env)
	if err == nil {
		return
	}
	// The codec names the option it objects to first; the later of the two files is
	// the one to be mended.
	place := at.value.get("cell").value
	word, _, _ := strings.Cut(err.Error(), " ")
	if e := at.value.get(word); e != nil {
		place = latest(place, e.value)
	}
	r.add(place, "%s", err)
}
