package plan

import (
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/keytext"
)

// Apart says how rows are told apart that an order holds for the same: every page goes on
// behind one row, and no row may be lost or come twice. The zero value trusts the
// mapping's key.
type Apart struct {
	// Columns are those of a unique index without NULL, of types that compare as they are
	// read. nil is the mapping's key, unless Digest is given.
	Columns []string
	// Digest are the columns by which rows are told apart where the server vouches for no
	// key: by a digest of their bytes. Rows with the same digest are the same in every one.
	Digest []string
}

// digestColumn names the digest in a list's columns.
const digestColumn = "_apart"

// ApartOf says how the rows of a mapped table are told apart by what its server says of it;
// nil is nothing: the table is a view or a sub-select, or the server does not tell.
func ApartOf(t *mapping.Table, p *Physical) Apart {
	if p != nil && p.IsKey(t.Key) {
		return Apart{Columns: t.Key}
	}
	if p != nil {
		if x := p.unique(nil); x != nil {
			return Apart{Columns: x.Columns}
		}
	}
	var a Apart
	add := func(column string) {
		if column == "" || p != nil && p.Types[strings.ToLower(column)] == (Type{}) {
			return // a column that the server does not know is an error of those only who ask for it
		}
		if !slices.Contains(a.Digest, column) {
			a.Digest = append(a.Digest, column)
		}
	}
	for _, column := range t.Key {
		add(column)
	}
	for _, f := range t.Fields {
		add(f.Column)
		add(f.Twin)
	}
	return a
}

// IsKey tells whether the columns hold a unique index, have no NULL in any of them, and
// compare as they are read.
func (p *Physical) IsKey(columns []string) bool {
	return p.unique(columns) != nil && !slices.ContainsFunc(columns,
		func(c string) bool { return !p.Types[strings.ToLower(c)].isExact() })
}

// HasUnique tells whether a unique index lies within the columns.
func (p *Physical) HasUnique(columns []string) bool {
	return slices.ContainsFunc(p.Indexes, func(x Index) bool {
		return x.Unique && !slices.ContainsFunc(x.Columns, func(c string) bool {
			return !slices.ContainsFunc(columns, func(k string) bool { return strings.EqualFold(k, c) })
		})
	})
}

// Shape asks for the columns of a mapped table and for no row.
func Shape(t *mapping.Table) Statement {
	var b builder
	b.write("SELECT *")
	b.from(&Table{Mapping: t})
	b.write(" LIMIT 0")
	return b.statement()
}

// Compares tells whether the columns are of types that compare as they are read, so that a
// page can go on behind a row by them.
func (p *Physical) Compares(columns []string) bool {
	return p != nil &&
		!slices.ContainsFunc(columns, func(c string) bool { return !p.Types[strings.ToLower(c)].compares() })
}

// SharedKey asks for one row if the key of a mapped table is NULL or the same in several of
// its rows.
func SharedKey(t *mapping.Table) Statement {
	var b builder
	b.write("SELECT 1")
	table := &Table{Mapping: t}
	b.from(table)
	b.where(table, nil)
	b.write(" GROUP BY ")
	join(&b, t.Key, ", ", b.ident)
	b.write(" HAVING COUNT(*) > 1")
	for _, column := range t.Key {
		b.write(" OR COUNT(" + quote(column) + ") = 0")
	}
	b.write(" LIMIT 1")
	return b.statement()
}

// unique finds a unique index whose columns are all exact and among the given ones, or
// anywhere with nil; the primary one if it can. It is nil when there is none.
func (p *Physical) unique(among []string) *Index {
	var found *Index
	for i, x := range p.Indexes {
		fits := x.Unique && !slices.ContainsFunc(x.Columns, func(c string) bool {
			outside := among != nil && !slices.ContainsFunc(among,
				func(a string) bool { return strings.EqualFold(a, c) })
			return outside || !p.Types[strings.ToLower(c)].isExact()
		})
		if fits && (found == nil || x.Primary) {
			found = &p.Indexes[i]
		}
	}
	return found
}

// isExact tells whether the column has no NULL, and its values compare with the texts they
// are read as: a FLOAT of 0.1 is not equal to '0.1', an ENUM is sorted by its number and
// compared by its text.
func (t Type) isExact() bool {
	return t.NotNull && t.compares()
}

func (t Type) compares() bool {
	return t.IsWhole || t.Charset != "" && !t.IsList || t.Name == "decimal"
}

// IsVouched tells whether the server vouches that no two rows are the same.
func (t *Table) IsVouched() bool { return t.Apart.Digest == nil }

// apart are the SQL texts by which a list's rows are told apart, as its ORDER BY names them.
func (t *Table) apart() []string {
	if !t.IsVouched() {
		return []string{quote(digestColumn)}
	}
	var texts []string
	for _, c := range t.apartColumns() {
		texts = append(texts, quote(c))
	}
	return texts
}

func (t *Table) apartColumns() []string {
	if t.Apart.Columns == nil {
		return t.Mapping.Key
	}
	return t.Apart.Columns
}

// digest is the SQL of the digest: of bytes, since a collation takes different texts for
// equal, and an ORDER BY leaves such rows in any order.
func (t *Table) digest() string {
	parts := make([]string, len(t.Apart.Digest))
	for i, column := range t.Apart.Digest {
		parts[i] = "IFNULL(HEX(CAST(" + quote(column) + " AS BINARY)), 'N')"
	}
	return "SHA1(CONCAT_WS(',', " + strings.Join(parts, ", ") + "))"
}

// Position is the place behind which a list goes on: a row's sort value, and its place, see
// model.Row; ok is false for a place that no row of the table has.
func (t *Table) Position(value *string, place string) (at *Position, ok bool) {
	n := digestParts
	if t.IsVouched() {
		n = len(t.apartColumns())
	}
	parts, ok := keytext.Split(place, n)
	if !ok {
		return nil, false
	}
	at = &Position{Value: value}
	for _, p := range parts {
		if p == nil {
			return nil, false
		}
		at.Key = append(at.Key, *p)
	}
	return at, true
}

// compared appends a value that is compared with a column of those that tell rows apart.
func (t *Table) compared(b *builder, column, value string) {
	typ := t.column(column)
	if typ.Name == "decimal" { // a text would be compared as a double
		b.write("CAST(")
		b.arg(value)
		b.write(" AS DECIMAL(65, 30))")
		return
	}
	b.arg(typ.constants([]string{value})[0])
}

// Placed is the predicate that a row is one of those at the places, see keytext.Join. Rows
// that are the same in every column share their digest, and this predicate.
func (t *Table) Placed(places []string) Predicate {
	if t.IsVouched() {
		return t.keyed(t.apartColumns(), places)
	}
	p := placed{digest: t.digest()}
	for _, place := range places {
		p.values = append(p.values, DigestOf(place))
	}
	return p
}

// DigestOf is the digest in the place of a row, whether it is numbered or not.
func DigestOf(place string) string {
	if parts, ok := keytext.Split(place, digestParts); ok && parts[0] != nil {
		return *parts[0]
	}
	return place
}

// digestParts are those of a place where rows are told apart by digest: the digest, and
// the number of the row among its likes.
const digestParts = 2

type placed struct {
	digest string
	values []string
}

func (p placed) render(b *builder) {
	if len(p.values) == 0 {
		b.write("0 = 1")
		return
	}
	oneOf(b, p.digest, p.values, (*builder).text)
}

func (placed) service(*Physical) service { return unserved }
