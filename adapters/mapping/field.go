package mapping

import (
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// field reads one field of a record and checks it against the graph. charset is what
// the record declares for its texts.
func (r *reader) field(record string, at *yamlfile.Entry, charset string) *Field {
	n := at.Value
	before := r.Found()
	r.known(n, "column", "cell", "refers", "native", "sorted", "twin", "dictionary", "layouts", "empty", "values",
		"else", "separator", "positional", "unit", "charset", "markup", "from", "before")

	f := &Field{Name: at.Key.Text, Pos: at.Key.Pos}
	if e := n.Get("column"); e == nil {
		r.Add(r.missing(n, "column", at.Key).Pos, "%s needs a column", f.Name)
	} else {
		f.Column, f.Pos = r.column(e), e.Value.Pos
	}
	if e := n.Get("charset"); e != nil {
		if charset = r.text(e); charset == "none" {
			charset = ""
		}
	}
	kind, kindKnown := r.kind(at)
	f.Spec = cell.Spec{
		Kind:       kind,
		Layouts:    r.codes(n.Get("layouts")),
		Empty:      r.codes(n.Get("empty")),
		Values:     r.meanings(n.Get("values"), kind),
		Else:       r.text(n.Get("else")),
		Separator:  r.text(n.Get("separator")),
		Positional: r.flag(n.Get("positional")),
		Unit:       r.text(n.Get("unit")),
		Charset:    charset,
		Markup:     r.flag(n.Get("markup")),
		From:       r.bound(n.Get("from")),
		Before:     r.bound(n.Get("before")),
	}
	for _, e := range []*yamlfile.Entry{n.Get("values"), n.Get("dictionary")} {
		if e != nil {
			f.Codes = e.Value.Pos
		}
	}
	f.Native = r.flag(n.Get("native"))
	f.Sorted = r.flag(n.Get("sorted"))
	r.twin(f, n.Get("twin"))
	f.Dictionary = r.dictionary(n.Get("dictionary"), charset)
	f.Refers = relation(kind)
	if e := n.Get("refers"); e != nil {
		if f.Refers = r.text(e); f.Refers != "" && !r.schema.record(f.Refers) {
			r.Add(e.Value.Pos, "refers to an unknown record %q%s", f.Refers,
				yamlfile.Suggest(f.Refers, r.schema.records()))
		}
	}

	if t, why := r.schema.field(record, f.Name); why != "" {
		r.Add(at.Key.Pos, "%s", why)
	} else if kindKnown && r.Found() == before {
		r.inGraph(record, at, f, t)
	}
	if kindKnown {
		r.agree(at, f)
	}
	if r.Found() == before {
		r.codec(at, f)
	}
	return f
}

// kind reads the kind of cell.
func (r *reader) kind(at *yamlfile.Entry) (kind string, known bool) {
	e := at.Value.Get("cell")
	if e == nil {
		r.Add(r.missing(at.Value,
			"cell", at.Key).Pos, "%s needs a cell: how its column is written%s", at.Key.Text,
			yamlfile.Suggest("", cell.Kinds()))
		return "", false
	}
	kind = r.text(e)
	if kind == "" {
		return "", false
	}
	if known = slices.Contains(cell.Kinds(), kind); !known {
		r.Add(e.Value.Pos, "unknown cell %q%s", kind, yamlfile.Suggest(kind, cell.Kinds()))
	}
	return kind, known
}

// meanings reads a map from raw texts to enum values, or to true and false for a bool,
// where they need no quotes.
func (r *reader) meanings(e *yamlfile.Entry, kind string) map[string]string {
	if e == nil || !r.dict(e) {
		return nil
	}
	meanings := make(map[string]string, len(e.Value.Entries))
	for _, e := range e.Value.Entries {
		code := r.Code(e.Key)
		switch {
		case kind == "bool" && e.Value.Kind == yamlfile.Bool:
			meanings[code] = strings.ToLower(e.Value.Text)
		case kind == "bool":
			word := r.text(e)
			if word != "" && word != "true" && word != "false" {
				r.Add(e.Value.Pos, "%q means true or false, not %q", code, word)
			}
			meanings[code] = word
		default:
			meanings[code] = r.text(e)
		}
	}
	return meanings
}

// twin reads the column that shows the labels of an enum's codes.
func (r *reader) twin(f *Field, e *yamlfile.Entry) {
	if e == nil || !r.dict(e) {
		return
	}
	r.known(e.Value, "column", "labels")
	if column := e.Value.Get("column"); column == nil {
		r.Add(r.missing(e.Value, "column", e.Key).Pos, "twin needs a column")
	} else {
		f.Twin, f.TwinPos = r.column(column), column.Value.Pos
	}
	labels := e.Value.Get("labels")
	if labels == nil {
		r.Add(r.missing(e.Value, "labels", e.Key).Pos, "twin needs labels: which text stands beside which code")
		return
	}
	f.Spec.Labels = r.meanings(labels, "enum")
}

// dictionary reads where the code table is. charset is that of the field: one database,
// one habit.
func (r *reader) dictionary(e *yamlfile.Entry, charset string) *Dictionary {
	if e == nil || !r.dict(e) {
		return nil
	}
	n := e.Value
	r.known(n, "table", "code", "label", "where", "labels")
	for _, key := range []string{"table", "code", "label", "labels"} {
		if n.Get(key) == nil {
			r.Add(r.missing(n, key, e.Key).Pos, "dictionary needs %s", key)
		}
	}
	d := &Dictionary{
		Pos:    e.Value.Pos,
		Table:  r.column(n.Get("table")),
		Code:   r.column(n.Get("code")),
		Label:  r.column(n.Get("label")),
		Labels: map[string]string{},
	}
	if labels := n.Get("labels"); labels != nil && r.dict(labels) {
		for _, e := range labels.Value.Entries {
			d.Labels[r.stored(e.Key, charset)] = r.text(e)
		}
	}
	if where := n.Get("where"); where != nil && r.dict(where) {
		d.Where = make(map[string]string, len(where.Value.Entries))
		for _, e := range where.Value.Entries {
			d.Where[r.identifier(e.Key, "column")] = r.stored(e.Value, charset)
		}
	}
	return d
}

// inGraph checks that the field's cells give what the graph says, down to enum values.
func (r *reader) inGraph(record string, at *yamlfile.Entry, f *Field, t fieldType) {
	n := at.Value
	if why := r.schema.misfit(record+"."+f.Name, t, f.Spec.Kind, f.Refers); why != "" {
		place := n.Get("cell").Value
		if e := n.Get("refers"); e != nil {
			place = r.Later(place, e.Value)
		}
		r.Add(place.Pos, "%s", why)
		return
	}
	if t.values == nil {
		return
	}
	check := func(e *yamlfile.Entry) {
		if e != nil && !slices.Contains(t.values, e.Value.Text) {
			r.Add(e.Value.Pos, "unknown value %q for %s%s", e.Value.Text, t.name,
				yamlfile.Suggest(e.Value.Text, t.values))
		}
	}
	for _, e := range all(n.Get("values")) {
		check(e)
	}
	if e := n.Get("dictionary"); e != nil {
		for _, e := range all(e.Value.Get("labels")) {
			check(e)
		}
	}
	check(n.Get("else"))
}

// all lists the entries of the dict behind e; none when e is nil.
func all(e *yamlfile.Entry) []*yamlfile.Entry {
	if e == nil {
		return nil
	}
	return e.Value.Entries
}

// agree checks what the options of a field say about each other, as far as its codec
// does not know them.
func (r *reader) agree(at *yamlfile.Entry, f *Field) {
	n, kind := at.Value, f.Spec.Kind
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
		if e := n.Get(option.name); e != nil && !option.applies {
			r.Add(r.Later(e.Key, n.Get("cell").Value).Pos, "%s does not apply to cell %s", option.name, kind)
		}
	}

	layouts, native := n.Get("layouts"), n.Get("native")
	switch {
	case dated && f.Native && layouts != nil:
		r.Add(r.Later(native.Key, layouts.Key).Pos,
			"%s is native, a DATE or DATETIME column, and has layouts: leave one out", f.Name)
	case dated && !f.Native && layouts == nil:
		blamed := r.missing(n, "layouts", r.missing(n, "native", at.Key))
		r.Add(blamed.Pos, "%s needs layouts, or native: true for a DATE or DATETIME column", f.Name)
	}
	if e := n.Get("sorted"); dated && f.Sorted && (len(f.Spec.Layouts) != 1 || !sortable(f.Spec.Layouts[0])) {
		r.Add(e.Key.Pos,
			"sorted wants exactly one zero-padded layout, year first, such as 20060102 or 2006-01-02 15:04:05")
	}
	if d, v := n.Get("dictionary"), n.Get("values"); d != nil && v != nil {
		r.Add(r.Later(d.Key, v.Key).Pos, "%s has both dictionary and values: leave one out", f.Name)
	}
	if e := n.Get("twin"); e != nil && f.Dictionary == nil && f.Spec.Values != nil {
		for _, label := range all(e.Value.Get("labels")) {
			if _, ok := f.Spec.Values[label.Key.Text]; !ok && label.Key.Kind == yamlfile.Text {
				r.Add(label.Key.Pos, "twin has a label for code %q, which values does not list", label.Key.Text)
			}
		}
	}
	r.bounds(n, kind)
}

// bounds checks that from and before are days or numbers, and in order.
func (r *reader) bounds(n *yamlfile.Node, kind string) {
	from, before := n.Get("from"), n.Get("before")
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
	for _, e := range []*yamlfile.Entry{from, before} {
		if e != nil && e.Value.IsSingle() && e.Value.Kind != yamlfile.Null && !readable(e.Value.Text) {
			r.Add(e.Value.Pos, "%s %q is not %s", e.Key.Text, e.Value.Text, want)
			good = false
		}
	}
	if good && from != nil && before != nil && from.Value.Text != "" && before.Value.Text != "" &&
		order(from.Value.Text, before.Value.Text) >= 0 {
		r.Add(r.Later(from.Value, before.Value).Pos,
			"from %s does not come before %s: no value is accepted", from.Value.Text, before.Value.Text)
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
func (r *reader) codec(at *yamlfile.Entry, f *Field) {
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
	place := at.Value.Get("cell").Value
	word, _, _ := strings.Cut(err.Error(), " ")
	if e := at.Value.Get(word); e != nil {
		place = r.Later(place, e.Value)
	}
	r.Add(place.Pos, "%s", err)
}
