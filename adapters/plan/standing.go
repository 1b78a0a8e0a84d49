package plan

import (
	"maps"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// standing is the predicate of what stands in a field's cell. Of kinds whose cells SQL
// cannot tell apart by it, such as names, none is Unreadable.
func (t *Table) standing(f *mapping.Field, c filter.Standing) Predicate {
	if !f.IsRecorded() {
		return either{}
	}
	filled := func(nothing string) Predicate {
		return written{field: t.universal(f), cells: t.cells(f), nothing: nothing}
	}
	switch {
	case isDay(f) && c == filter.Unreadable:
		return all{filled(nothing(f)), not{something{t.meaning(f)}}}
	case isDay(f):
		return filled(nothing(f))
	case c == filter.Filled:
		return filled("^" + blank(f) + "*$")
	}
	switch f.Spec.Kind {
	case "enum", "bool":
		return unlisted{field: f, cells: t.cells(f), values: t.listed(f)}
	case "enums":
		if !f.Spec.Positional {
			return otherItem{field: t.exactly(f), values: t.listed(f)}
		}
	}
	return either{}
}

// listed are the raw texts that the field's codec knows, placeholders included.
func (t *Table) listed(f *mapping.Field) []string {
	var list []string
	for _, e := range f.Spec.Empty {
		list = append(list, forms(f, e)...)
	}
	for _, code := range slices.Sorted(maps.Keys(f.Spec.Values)) {
		list = append(list, forms(f, code)...)
	}
	if known := t.strays[f]; known != nil {
		for _, value := range slices.Sorted(maps.Keys(known.byValue)) {
			if value != "" {
				list = append(list, known.byValue[value]...)
			}
		}
	}
	return list
}

// blank is the pattern of one blank.
func blank(f *mapping.Field) string {
	alternatives := []string{"[[:space:]]"}
	for _, b := range encodedAll(f, []string{"\u3000", "\u00a0"}) {
		alternatives = append(alternatives, regexpQuote(b))
	}
	return "(" + strings.Join(alternatives, "|") + ")"
}

// nothing is the pattern of a cell of days that holds nothing: blanks, or a zero date in
// any layout.
func nothing(f *mapping.Field) string {
	signs := []string{"[-/.:[:space:]]"}
	for _, layout := range f.Spec.Layouts {
		if layout == "chinese" || isSerial(layout) {
			continue
		}
		for _, k := range tokensOf(layout) {
			if text := strings.Trim(k.text, "-/.: "); k.part == 0 && text != "" &&
				!slices.Contains(signs, regexpQuote(encoded(f, text))) {
				signs = append(signs, regexpQuote(encoded(f, text)))
			}
		}
	}
	sign := "(" + strings.Join(signs, "|") + ")"
	return "^(" + blank(f) + "*|" + sign + "*0(0|" + strings.Join(signs, "|") + ")*)$"
}

// written holds where a cell's text does not match the pattern of what is nothing, and is
// no placeholder.
type written struct {
	field   *mapping.Field // with a column in which any text can be looked for
	cells   cells
	nothing string
}

func (p written) render(b *builder) {
	column := quote(p.field.Column)
	empty := encodedAll(p.field, p.field.Spec.Empty)
	if isDay(p.field) && isNative(p.field) {
		text := "CAST(" + column + " AS CHAR)"
		b.write("(" + column + " IS NOT NULL AND LEFT(" + text + ", 10) NOT IN ")
		list(b, []string{"", "0000-00-00"}, (*builder).text)
		if len(empty) > 0 {
			b.write(" AND " + text + " NOT IN ")
			list(b, empty, (*builder).text)
		}
		b.write(")")
		return
	}
	text := "TRIM(CAST(" + column + " AS CHAR))" // whatever the column's type
	b.write("(" + text + " NOT REGEXP " + sqlText(p.nothing))
	if empty = p.cells.held(empty); len(empty) > 0 {
		b.write(" AND TRIM(" + p.cells.exact() + ") NOT IN ")
		list(b, empty, p.cells.exactArg)
	}
	b.write(")")
}

func isDay(f *mapping.Field) bool {
	return slices.Contains([]string{"day", "instant", "partialDay"}, f.Spec.Kind)
}
