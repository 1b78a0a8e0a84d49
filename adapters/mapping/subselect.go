package mapping

import (
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// subSelect reads the constant statement that stands in the place of a table. It may only read, and
// it must stand between brackets without leaving them.
func (r *reader) subSelect(e *yamlfile.Entry) string {
	text := strings.TrimSpace(r.text(e))
	if text == "" {
		return ""
	}
	tokens, broken := lex(text)
	switch {
	case strings.ContainsRune(text, 0):
		r.Add(e.Value.Pos, "select contains a NUL character")
	case broken != "":
		r.Add(e.Value.Pos, "select %s", broken)
	case len(tokens) == 0 || !tokens[0].is("SELECT"):
		r.Add(e.Value.Pos, "select is not a SELECT statement")
	default:
		for _, because := range forbidden(tokens) {
			r.Add(e.Value.Pos, "select %s", because)
		}
	}
	return text
}

// Schemas lists the schemas that a select names, each once, as in FROM other.table; without those it
// reads that of its connection.
func Schemas(sub string) (names []string) {
	tokens, _ := lex(sub)
	note := func(t token) {
		if !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, t.text) }) {
			names = append(names, t.text)
		}
	}
	// A bracket of FROM: whether tables stand in it, and whether the next name is one.
	type bracket struct{ selects, tables, next bool }
	open := []bracket{{}}
	for i, t := range tokens {
		in := &open[len(open)-1]
		dotted := t.isName() && at(tokens, i+1).is(".") && at(tokens, i+2).isName() && !at(tokens, i-1).is(".")
		switch {
		case dotted && (at(tokens, i+3).is(".") || at(tokens, i+3).is("(")): // schema.table.column, schema.function()
			note(t)
			in.next = false
		case t.is("FROM"):
			in.tables, in.next = in.selects, in.selects // else it is that of EXTRACT(… FROM …)
		case t.is("JOIN"), t.is("STRAIGHT_JOIN"):
			in.next = in.tables
		case t.is(","):
			in.next = in.tables
		case t.is("SELECT"):
			*in = bracket{selects: true}
		case slices.ContainsFunc(endOfTables, t.is):
			in.tables, in.next = false, false
		case t.is("("):
			inner := bracket{tables: in.next, next: in.next}
			in.next = false
			open = append(open, inner)
		case t.is(")"):
			if len(open) > 1 {
				open = open[:len(open)-1]
			}
		case t.isName() && in.next:
			if dotted {
				note(t)
			}
			in.next = false
		}
	}
	return names
}

// endOfTables are the words that end the tables of FROM.
var endOfTables = []string{"WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "UNION", "EXCEPT", "INTERSECT", "WINDOW"}

// functions that wait, lock, count, read files of the server, or run programs there.
var functions = []string{"SLEEP", "BENCHMARK", "GET_LOCK", "RELEASE_LOCK", "RELEASE_ALL_LOCKS", "LOAD_FILE",
	"MASTER_POS_WAIT", "SOURCE_POS_WAIT", "MASTER_GTID_WAIT", "WAIT_FOR_EXECUTED_GTID_SET",
	"WAIT_UNTIL_SQL_THREAD_AFTER_GTIDS", "NEXTVAL", "SETVAL", "SYS_EXEC", "SYS_EVAL", "SYS_SET"}

// forbidden says what a select may not do: write, wait, lock, or end the brackets around it.
func forbidden(tokens []token) (because []string) {
	depth := 0
	for i, t := range tokens {
		next, after := at(tokens, i+1), at(tokens, i+2)
		switch {
		case t.is(";"):
			because = append(because, "has a semicolon, but stands inside a larger statement: leave it out")
		case t.is("("):
			depth++
		case t.is(")"):
			if depth--; depth < 0 {
				return append(because, "closes a bracket that it does not open")
			}
		case t.is("INTO"):
			because = append(because, "has INTO, which writes: a mapping only reads")
		case t.is("FOR") && (next.is("UPDATE") || next.is("SHARE")),
			t.is("LOCK") && next.is("IN") && after.is("SHARE"):
			because = append(because, "locks rows, for which clerks would wait: leave out "+t.text+" "+next.text)
		case t.is("PROCEDURE"):
			because = append(because, "has PROCEDURE: a mapping only reads")
		case t.is("NEXT") && next.is("VALUE"):
			because = append(because, "counts a sequence on: a mapping only reads")
		case t.isName() && next.is("(") && slices.ContainsFunc(functions, t.names):
			because = append(because, "calls "+strings.ToUpper(t.text)+", which does more than read")
		}
	}
	if depth > 0 {
		because = append(because, "opens a bracket that it does not close")
	}
	return because
}
