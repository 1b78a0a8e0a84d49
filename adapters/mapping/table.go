package mapping

import (
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// What findings about mappings are made of.
type (
	Source   = yamlfile.Source // one mapping file: the one of the system, or a site's overlay
	Pos      = yamlfile.Pos
	Finding  = yamlfile.Finding  // one mistake in a mapping file
	Findings = yamlfile.Findings // everything wrong with a mapping; the error that Parse gives
)

// File is one system's checked mapping.
type File struct {
	System  string            // "legal-aid"
	Records map[string]*Table // by GraphQL type name

	reader *yamlfile.Reader // finds the lines of the files
}

// Finding is a mistake that shows only in the database, at a place of the files.
func (f *File) Finding(at Pos, format string, args ...any) Finding {
	return f.reader.Finding(at, format, args...)
}

// Table maps one kind of record onto one legacy table.
type Table struct {
	Record string      // GraphQL type name, "LegalAidCase"
	Name   string      // legacy table; "" when Select is set
	Select string      // constant sub-select used instead of a table
	Key    []string    // key columns, never empty
	Keep   []Condition // rows that are served: all must hold
	Drop   []Condition // rows that are not served: none may hold (totals rows of a spreadsheet)
	Fields []*Field    // in file order
	Orders []Order     // what the record's lists can be ordered by, in file order; the first is the default
	Steps  []Step      // days of which one cannot lie before the other, in file order

	Bands map[string]Bands // by the field that the graph has bands of, which may be another record's

	// Unrecorded are the fields that an overlay has removed: the graph has them, the site has
	// not. They have no column, of their cells only the kind, and mean nothing in any row.
	Unrecorded []*Field
	// IsAbsent says that an overlay has removed the whole record: Select is then an empty
	// one, and all fields are unrecorded.
	IsAbsent bool

	Pos    Pos // where the table or the select is named
	KeyPos Pos // where the key is
}

// Field finds a field by its name, see Field.Is; nil where neither the mapping nor those
// below it have it.
func (t *Table) Field(name string) *Field {
	for _, list := range [][]*Field{t.Fields, t.Unrecorded} {
		for _, f := range list {
			if f.Is(name) {
				return f
			}
		}
	}
	return nil
}

// Condition holds for a row whose column has one of the values, given as the database
// compares them (in the column's charset); nil stands for SQL NULL.
type Condition struct {
	Column string
	Values []*string
	Pos    Pos // where the column is named
}

// Field maps one GraphQL field onto one column.
type Field struct {
	Name       string // GraphQL path below the record: "acceptedOn", "fees.notary"
	Column     string // "" where the site does not record the field
	Native     bool   // day, instant: the column is a DATE or DATETIME, so the database compares it as such
	Sorted     bool   // day, instant in text: the site vouches that text order is date order
	Refers     string // record or entity the value refers to, "Person", "Lawyer"; "" for plain values
	Twin       string // column with the label of an enum code, checked against Spec.Labels; "" when there is none
	Spec       cell.Spec
	Dictionary *Dictionary // code table in the database; nil when Spec.Values is all there is
	Pos        Pos         // where its column is named: the base file, or the overlay that moved it
	TwinPos    Pos         // where its twin's column is
	Codes      Pos         // where its codes are; the zero Pos when it has none
}

// IsRecorded tells whether a column holds the field.
func (f *Field) IsRecorded() bool { return f.Column != "" }

// Is tells whether the field has the name: its path, or the path as one word, by which
// filters and dimensions call it: satisfactionRating for satisfaction.rating.
func (f *Field) Is(name string) bool {
	if f.Name == name {
		return true
	}
	within, rest, nested := strings.Cut(f.Name, ".")
	after, ok := strings.CutPrefix(name, within)
	return nested && ok && after == strings.ToUpper(rest[:1])+rest[1:]
}

// Dictionary is a code table of the legacy database, read once.
type Dictionary struct {
	Table string            // sys_dict_data
	Code  string            // column with the code
	Label string            // column with the label
	Where map[string]string // which rows belong to this enum: column -> value as the database compares it
	// label as the database stores it -> enum value; a label not listed is like an unlisted code
	Labels map[string]string
	Pos    Pos // where it begins
}

// Order is one way to order a record's lists.
type Order struct {
	Name  string // enum value of the GraphQL order input, "ACCEPTED_ON"
	Field string // field name
}
