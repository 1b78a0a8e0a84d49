package plan

import (
	"strings"
	"unicode/utf8"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
)

// Predicate is one condition of a WHERE clause.
type Predicate interface{ render(b *builder) }

// in holds where the column has one of the raw texts; no texts hold nowhere.
type in struct {
	column string
	values []string
	// prefixes are further texts the column may begin with, written as fixed-length
	// patterns: village codes below a town's code.
	patterns []string
}

func (p in) render(b *builder) {
	if len(p.values)+len(p.patterns) == 0 {
		b.write("0 = 1")
		return
	}
	if len(p.patterns) > 0 {
		b.write("(")
		defer b.write(")")
	}
	if len(p.values) > 0 {
		b.ident(p.column)
		if len(p.values) == 1 {
			b.write(" = ")
			b.arg(p.values[0])
		} else {
			b.write(" IN ")
			b.list(p.values)
		}
	}
	for i, pattern := range p.patterns {
		if i > 0 || len(p.values) > 0 {
			b.write(" OR ")
		}
		b.ident(p.column)
		b.write(" LIKE ")
		b.arg(pattern)
		b.write(" ESCAPE '|'")
	}
}

// unlisted holds where the column has something, and none of the raw texts: the rows
// whose code the table does not know.
type unlisted struct {
	column string
	values []string
}

func (p unlisted) render(b *builder) {
	b.write("(")
	b.ident(p.column)
	b.write(" IS NOT NULL AND ")
	b.ident(p.column)
	b.write(" NOT IN ")
	b.list(append([]string{""}, p.values...))
	b.write(")")
}

// item holds where a list column holds one of the raw items.
type item struct {
	column     string
	separators string // each character separates
	values     []string
}

func (p item) render(b *builder) {
	text := "REPLACE(" + quote(p.column) + ", ' ', '')"
	first, _ := utf8.DecodeRuneInString(p.separators)
	separator := string(first)
	for _, other := range p.separators[len(separator):] {
		text = "REPLACE(" + text + ", " + sqlText(string(other)) + ", " + sqlText(separator) + ")"
	}
	b.write("(")
	join(b, p.values, " OR ", func(v string) {
		b.write("CONCAT(" + sqlText(separator) + ", " + text + ", " + sqlText(separator) + ") LIKE ")
		b.arg("%" + escapeLike(separator+v+separator) + "%")
		b.write(" ESCAPE '|'")
	})
	b.write(")")
}

// flagged holds where one of the numbered check boxes of a column is ticked.
type flagged struct {
	column    string
	separator string
	numbers   []string
}

func (p flagged) render(b *builder) {
	b.write("(")
	join(b, p.numbers, " OR ", func(n string) {
		b.write("TRIM(SUBSTRING_INDEX(SUBSTRING_INDEX(" + quote(p.column) + ", ")
		b.arg(p.separator)
		b.write(", " + n + "), ")
		b.arg(p.separator)
		b.write(", -1)) = '1'")
	})
	b.write(")")
}

// like holds where the column matches a pattern that escapes by |.
type like struct {
	column  string
	pattern string
}

func (p like) render(b *builder) {
	b.ident(p.column)
	b.write(" LIKE ")
	b.arg(p.pattern)
	b.write(" ESCAPE '|'")
}

var likeEscaper = strings.NewReplacer("|", "||", "%", "|%", "_", "|_")

func escapeLike(s string) string { return likeEscaper.Replace(s) }

// between holds where an expression lies in a half-open range; an empty bound is open.
type between struct {
	expression   string
	from, before string
}

func (p between) render(b *builder) {
	if p.from != "" {
		b.write(p.expression + " >= ")
		b.arg(p.from)
	}
	if p.before != "" {
		if p.from != "" {
			b.write(" AND ")
		}
		b.write(p.expression + " < ")
		b.arg(p.before)
	}
}

// all holds where every predicate holds; either where at least one does; no predicates
// make all hold everywhere and either nowhere.
type (
	all    []Predicate
	either []Predicate
)

func (p all) render(b *builder) {
	if len(p) == 0 {
		b.write("1 = 1")
		return
	}
	b.write("(")
	join(b, p, " AND ", func(q Predicate) { q.render(b) })
	b.write(")")
}

func (p either) render(b *builder) {
	if len(p) == 0 {
		b.write("0 = 1")
		return
	}
	b.write("(")
	join(b, p, " OR ", func(q Predicate) { q.render(b) })
	b.write(")")
}

// not holds where the predicate does not, NULL included: "not granted" covers rows
// without a status.
type not struct{ Predicate }

func (p not) render(b *builder) {
	b.write("NOT IFNULL(")
	p.Predicate.render(b)
	b.write(", 0)")
}

// Keyed is the predicate that a field's cell is one of the raw texts, or, with a nil
// field, that the single-column key is; for a composite key the texts are keys with
// parts joined by "|".
func (t *Table) Keyed(field *mapping.Field, raw []string) Predicate {
	if field != nil {
		return in{column: field.Column, values: raw}
	}
	key := t.Mapping.Key
	if len(key) == 1 {
		return in{column: key[0], values: raw}
	}
	var alternatives either
	for _, text := range raw {
		parts := strings.Split(text, "|")
		if len(parts) != len(key) {
			continue
		}
		var row all
		for i, column := range key {
			row = append(row, in{column: column, values: parts[i : i+1]})
		}
		alternatives = append(alternatives, row)
	}
	return alternatives
}
