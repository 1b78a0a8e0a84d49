package plan

import (
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
)

// builder collects SQL text and the arguments of its placeholders in step.
type builder struct {
	sql  strings.Builder
	args []any
	// inline tells which values are written out as literals instead of becoming arguments;
	// nil writes out none.
	inline func(v any) bool
}

func (b *builder) statement() Statement { return Statement{SQL: b.sql.String(), Args: b.args} }

// write appends text as it is.
func (b *builder) write(text string) { b.sql.WriteString(text) }

// ident appends a quoted identifier.
func (b *builder) ident(name string) { b.write(quote(name)) }

// arg appends a placeholder with its value, or the value itself.
func (b *builder) arg(v any) {
	if b.inline != nil && b.inline(v) {
		b.write(literal(v))
		return
	}
	b.write("?")
	b.args = append(b.args, v)
}

// text appends a placeholder for a text as it is.
func (b *builder) text(v string) { b.arg(v) }

// list appends (?, ?, ...), each placeholder by arg.
func list[T any](b *builder, values []T, arg func(*builder, T)) {
	b.write("(")
	join(b, values, ", ", func(v T) { arg(b, v) })
	b.write(")")
}

// join renders the items with a separator between them.
func join[T any](b *builder, items []T, separator string, render func(T)) {
	for i, item := range items {
		if i > 0 {
			b.write(separator)
		}
		render(item)
	}
}

// quote quotes an identifier; the mapping's checks have refused backquotes. What has
// some is the SQL of a linked field, see Table.Link, and stands as it is.
func quote(name string) string {
	if name == "" { // a field that the site does not record
		return null
	}
	if strings.IndexByte(name, '`') >= 0 {
		return name
	}
	return "`" + name + "`"
}

// from appends the table or the mapping's constant sub-select.
func (b *builder) from(t *Table) {
	b.write(" FROM ")
	if t.Mapping.Select != "" {
		b.write("(" + t.Mapping.Select + ") AS t")
		return
	}
	b.ident(t.Mapping.Name)
}

// where appends the conditions under which a row is served, and the given ones.
func (b *builder) where(t *Table, predicates []Predicate) {
	separator := " WHERE "
	and := func() {
		b.write(separator)
		separator = " AND "
	}
	for _, c := range t.Mapping.Keep {
		and()
		b.condition(c, t.column(c.Column))
	}
	for _, c := range t.Mapping.Drop {
		and()
		b.write("NOT IFNULL(")
		b.condition(c, t.column(c.Column))
		b.write(", 0)")
	}
	for _, p := range slices.Concat(t.within, predicates) {
		and()
		p.render(b)
	}
}

// condition appends "the column has one of the values", NULL among them.
func (b *builder) condition(c mapping.Condition, typ Type) {
	var texts []string
	orNull := false
	for _, v := range c.Values {
		if v == nil {
			orNull = true
		} else {
			texts = append(texts, *v)
		}
	}
	column := cells{column: c.Column, typ: typ}
	if typ.IsWhole {
		texts = wholes(texts)
	}
	values := column.held(texts)
	if !orNull && len(values) == 0 {
		b.write("0 = 1")
	}
	if orNull && len(values) > 0 {
		b.write("(")
		defer b.write(")")
	}
	if len(values) > 0 {
		oneOf(b, quote(c.Column), values, column.arg)
	}
	if orNull {
		if len(values) > 0 {
			b.write(" OR ")
		}
		b.ident(c.Column)
		b.write(" IS NULL")
	}
}
