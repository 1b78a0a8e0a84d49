package mapping

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// String prints the mapping in one canonical form: records by name, everything else in
// file order, maps by key, and only what was declared. It is for people and for tests.
func (f *File) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "system %s\n", f.System)
	for _, name := range slices.Sorted(maps.Keys(f.Records)) {
		b.WriteString("\n")
		f.Records[name].print(&b)
	}
	return b.String()
}

func (t *Table) print(b *strings.Builder) {
	fmt.Fprintf(b, "%s\n", t.Record)
	if t.Select != "" {
		fmt.Fprintf(b, "  select %s\n", t.Select)
	} else {
		fmt.Fprintf(b, "  table %s\n", t.Name)
	}
	fmt.Fprintf(b, "  key %s\n", strings.Join(t.Key, ", "))
	for _, c := range t.Keep {
		fmt.Fprintf(b, "  keep %s\n", c)
	}
	for _, c := range t.Drop {
		fmt.Fprintf(b, "  drop %s\n", c)
	}
	for _, f := range t.Fields {
		f.print(b)
	}
	for _, o := range t.Orders {
		fmt.Fprintf(b, "  order %s by %s\n", o.Name, o.Field)
	}
	for _, s := range t.Steps {
		fmt.Fprintf(b, "  step %s, then %s\n", s.Earlier, s.Later)
	}
	for _, field := range slices.Sorted(maps.Keys(t.Bands)) {
		fmt.Fprintf(b, "  bands of %s from %d\n", field, t.Bands[field].From)
	}
}

// String gives `sc_bz in "0", NULL`.
func (c Condition) String() string {
	values := make([]string, len(c.Values))
	for i, v := range c.Values {
		values[i] = "NULL"
		if v != nil {
			values[i] = strconv.Quote(*v)
		}
	}
	return c.Column + " in " + strings.Join(values, ", ")
}

func (f *Field) print(b *strings.Builder) {
	fmt.Fprintf(b, "  %s = %s of %s (%s:%d)\n", f.Name, f.Spec.Kind, f.Column, f.Pos.File, f.Pos.Line)
	flag := func(name string, set bool) {
		if set {
			fmt.Fprintf(b, "    %s\n", name)
		}
	}
	word := func(name, text string) {
		if text != "" {
			fmt.Fprintf(b, "    %s %s\n", name, strconv.Quote(text))
		}
	}
	words := func(name string, texts []string) {
		if len(texts) > 0 {
			fmt.Fprintf(b, "    %s %q\n", name, texts)
		}
	}
	pairs := func(name string, m map[string]string) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			fmt.Fprintf(b, "    %s %q: %s\n", name, k, m[k])
		}
	}
	word("refers", f.Refers)
	flag("native", f.Native)
	flag("sorted", f.Sorted)
	words("layouts", f.Spec.Layouts)
	words("empty", f.Spec.Empty)
	word("from", f.Spec.From)
	word("before", f.Spec.Before)
	pairs("value", f.Spec.Values)
	if d := f.Dictionary; d != nil {
		fmt.Fprintf(b, "    dictionary %s, code %s, label %s\n", d.Table, d.Code, d.Label)
		pairs("where", d.Where)
		pairs("label", d.Labels)
	}
	word("else", f.Spec.Else)
	word("twin", f.Twin)
	pairs("twin label", f.Spec.Labels)
	word("separator", f.Spec.Separator)
	flag("positional", f.Spec.Positional)
	word("unit", f.Spec.Unit)
	word("charset", f.Spec.Charset)
	flag("markup", f.Spec.Markup)
}
