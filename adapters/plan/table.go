// Package plan turns a question about one mapped table into one SQL statement. It is
// pure: a statement is a value that tests print and compare, and somebody else runs it.
//
// # What is exact
//
// A filter in SQL finds the rows that the same filter finds among the decoded cells, and
// a list runs in the order of the decoded values; tests compare the two on real servers.
// What a codec reads and no spelling foresees, blanks of all kinds, fractions of zeros, is
// asked of the server and then looked for like the rest, see Search.
// Exceptions, each for the sake of an index or of a statement of sane length:
//
//   - Such cells that came after the server was last asked are read, and not yet found.
//   - Of a column with more than 2,000 of them the first 2,000 are found.
//   - Keys are looked up as the column's collation compares; who reads the rows tells them apart.
//   - Of a column of which nothing is known, or which may be a number, numbers are compared
//     as the column compares them, and trailing blanks are as it has them.
//   - What stands for a lost character, U+FFFD, is equal to none where the charset lacks it.
//   - In a large table a bare DATE column, sorted text and serial numbers run in their own
//     order: what is no day stands where its text does. A placeholder that the mapping
//     declares does not.
//   - Names in a list are compared without blanks. Texts with markup are compared with it.
//
// # SQL
//
// Only syntax that MySQL 5.5 knows is used: no window functions, no common table
// expressions, no LATERAL, no JSON. Identifiers are quoted, values are arguments,
// constants come from the checked mapping. One builder makes the predicate of list,
// count, tally and pages, so a row that a list hides is never counted.
package plan

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
)

// Table is a mapped table whose codecs are ready.
type Table struct {
	Mapping *mapping.Table
	Codecs  map[string]cell.Codec // by field name; every mapped field has one
	Twins   map[string]*cell.Twin // by field name; fields with a label column

	linked      []*mapping.Field // of records that this table's rows refer to; see Link
	linkedTypes map[string]Type  // by column, of the linked fields that are known to be text or whole numbers

	// linkedMeanings is the SQL of what a linked field means, where that is its column.
	linkedMeanings map[*mapping.Field]string

	// Types are those of the columns, by lower-case name; nil where the server has told
	// nothing. Statements about other columns are right for whatever they turn out to be, and
	// cost a little more.
	Types map[string]Type

	strays     map[*mapping.Field]*strays // of columns that the server was asked about, see Learn
	disordered map[*mapping.Field]bool
	// Apart says how rows are told apart.
	Apart Apart

	// Made keeps what is rendered once for all statements; nil keeps nothing.
	Made *Made

	within []Predicate // under which rows are served besides, see Within
}

// Made keeps what was rendered for a table. It is safe for concurrent use.
type Made struct {
	rendered  sync.Map // of days and numbers: *mapping.Field -> the SQL of what it means
	referring sync.Map // of towns and departments: target -> Predicate
}

// Within is the table of those rows only for which the predicates hold too: for whoever asks
// it, the others do not exist.
func (t *Table) Within(predicates ...Predicate) *Table {
	within := *t
	within.within = slices.Concat(t.within, predicates)
	return &within
}

// meaning is the SQL expression of what a field of days or numbers means, as opposed to
// how its column writes it; NULL where that is nothing.
func (t *Table) meaning(f *mapping.Field) string {
	if !f.IsRecorded() {
		return null
	}
	if text, ok := t.linkedMeanings[f]; ok {
		return text
	}
	if t.Made != nil {
		if text, ok := t.Made.rendered.Load(f); ok {
			return text.(string)
		}
	}
	var text string
	switch f.Spec.Kind {
	case "int", "decimal":
		text = numberExpression(t.universal(f))
	case "money":
		text = moneyExpression(t.universal(f))
	default:
		text = isoDay(t.universal(f))
	}
	text = t.withArms(f, text)
	if t.Made != nil {
		t.Made.rendered.Store(f, text)
	}
	return text
}

// forget drops what keep kept.
func (t *Table) forget(f *mapping.Field) {
	if t.Made != nil {
		t.Made.rendered.Delete(f)
	}
}

// Restricted is the table of another mapping of the same rows, with fewer fields. Linked fields
// are not part of it.
func (t *Table) Restricted(m *mapping.Table) *Table {
	return &Table{
		Mapping: m, Codecs: maps.Clone(t.Codecs), Twins: t.Twins, Types: t.Types,
		strays: maps.Clone(t.strays), disordered: t.disordered, Apart: t.Apart, Made: new(Made),
	}
}

// Field finds a field by its name, see mapping.Field.Is; nil when the record has none. One
// that the site does not record is found, and is NULL in every row.
func (t *Table) Field(name string) *mapping.Field {
	if f := t.Mapping.Field(name); f != nil {
		return f
	}
	for _, f := range t.linked {
		if f.Is(name) {
			return f
		}
	}
	return nil
}

// null is the SQL of a field that the site does not record.
const null = "NULL"

// Statement is one SQL statement, ready to send.
type Statement struct {
	SQL  string
	Args []any
}

// Type is what a server says of a column; the zero value is a type of which nothing is
// known.
type Type struct {
	Name      string // "varchar", "float" ...; "" where nothing is known
	Charset   string // of a text, as the server calls it; "" for others
	Collation string // of a text
	IsList    bool   // a text of an ENUM or SET column
	IsWhole   bool   // an integer of any size
	IsFilled  bool   // a number shown with leading zeros, ZEROFILL
	NotNull   bool

	isOther bool // known to be neither text nor integer
}

// column is what is known of a column.
func (t *Table) column(name string) Type {
	if typ, ok := t.linkedTypes[name]; ok {
		return typ
	}
	if typ, ok := t.Types[strings.ToLower(name)]; ok || t.Types == nil || strings.IndexByte(name, '`') >= 0 {
		return typ
	}
	return Type{isOther: true}
}

// constants are texts as they are best compared with a column of the type: numbers with
// numbers, which spares the server a conversion a row. Texts for such a column come out
// of wholes.
func (t Type) constants(texts []string) []any {
	list := make([]any, len(texts))
	for i, text := range texts {
		list[i] = text
		if !t.IsWhole {
			continue
		}
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			list[i] = n
		} else if n, err := strconv.ParseUint(text, 10, 64); err == nil {
			list[i] = n
		}
	}
	return list
}

// Projection says which columns a statement reads and where each field finds its cell.
type Projection struct {
	Columns []string // key columns first, then each wanted column once; the digest is SQL
	Apart   []int    // indexes of the columns, or the digest, that tell rows apart
	Cells   []Cell   // the wanted fields, in mapping order
}

// Cell is one wanted field's place in a row.
type Cell struct {
	Field *mapping.Field
	At    int // index into Projection.Columns
	Twin  int // index of the label column; -1 when the field has none
}

// Project chooses the columns behind the wanted fields; want gets field paths.
func Project(t *Table, want func(field string) bool) *Projection {
	p := &Projection{Columns: append([]string(nil), t.Mapping.Key...)}
	if t.IsVouched() {
		for _, column := range t.apartColumns() {
			p.Apart = append(p.Apart, p.column(column))
		}
	} else {
		p.Apart = []int{p.column(t.digest() + " AS " + quote(digestColumn))}
	}
	for _, f := range t.Mapping.Fields {
		if !want(f.Name) {
			continue
		}
		c := Cell{Field: f, At: p.column(f.Column), Twin: -1}
		if f.Twin != "" {
			c.Twin = p.column(f.Twin)
		}
		p.Cells = append(p.Cells, c)
	}
	return p
}

// column gives the column's index, adding it when it is new.
func (p *Projection) column(name string) int {
	for i, c := range p.Columns {
		if c == name {
			return i
		}
	}
	p.Columns = append(p.Columns, name)
	return len(p.Columns) - 1
}
