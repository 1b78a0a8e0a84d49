package plan

import (
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
)

// Physical is what a server says of one table, its own estimates included.
type Physical struct {
	Rows int64 // about
	// Large is how many rows a question may look at without an index. A table with no more
	// answers everything.
	Large int64
	// IsView says that the table is a view: all that is known are the types of its columns.
	IsView bool
	// Clustered says that every index ends in the primary key (InnoDB), so that it also
	// orders rows that are the same to it.
	Clustered bool
	Indexes   []Index
	Types     map[string]Type // of all columns, by lower-case name
}

// Index is one index that a range of values can be looked up in.
type Index struct {
	Primary  bool
	Unique   bool
	Columns  []string // in their order
	Distinct int64    // values of the first column, about; 0 is not known
	// Prefix says that only the beginning of a text is in the index: it finds rows, and does
	// not order them.
	Prefix bool
}

// Indexes asks a server for the indexes of all tables of its database: table, index,
// column, the values up to this column (NULL: not known), the length of a prefix (NULL:
// the whole column), 0 for a unique index, in the order of table, index and column.
func Indexes() Statement {
	return Statement{SQL: "SELECT `TABLE_NAME`, `INDEX_NAME`, `COLUMN_NAME`, `CARDINALITY`, `SUB_PART`, `NON_UNIQUE` FROM `information_schema`.`STATISTICS`" +
		" WHERE `TABLE_SCHEMA` = DATABASE() AND `INDEX_TYPE` = 'BTREE' ORDER BY `TABLE_NAME`, `INDEX_NAME`, `SEQ_IN_INDEX`"}
}

// Tables asks a server for the tables of its database: name, storage engine, rows. A view
// has neither.
func Tables() Statement {
	return Statement{SQL: "SELECT `TABLE_NAME`, `ENGINE`, `TABLE_ROWS` FROM `information_schema`.`TABLES` WHERE `TABLE_SCHEMA` = DATABASE()"}
}

// Types asks a server for the columns of its database: table, column, type and ZEROFILL, the
// character set the server takes texts to be in and their collation (both NULL for others), and YES
// where it may be NULL.
func Types() Statement {
	return Statement{SQL: "SELECT `TABLE_NAME`, `COLUMN_NAME`, IF(`COLUMN_TYPE` LIKE '%zerofill%', CONCAT(`DATA_TYPE`, ' zerofill'), `DATA_TYPE`), `CHARACTER_SET_NAME`, `COLLATION_NAME`, `IS_NULLABLE` FROM `information_schema`.`COLUMNS`" +
		" WHERE `TABLE_SCHEMA` = DATABASE()"}
}

// TypeOf reads what a line of Types says of a column, behind its name.
func TypeOf(typ, charset, collation, nullable []byte) Type {
	lower := func(cell []byte) string { return strings.ToLower(string(cell)) }
	t := Type{NotNull: string(nullable) == "NO"}
	t.Name, _, t.IsFilled = strings.Cut(lower(typ), " ")
	switch t.Name {
	case "enum", "set":
		t.IsList = true
		fallthrough
	case "char", "varchar", "tinytext", "text", "mediumtext", "longtext":
		t.Charset, t.Collation = lower(charset), lower(collation)
	case "tinyint", "smallint", "mediumint", "int", "bigint":
		t.IsWhole = true
	default:
		t.isOther = true
	}
	return t
}

// service is what indexes do for a condition, from worst to best.
type service int

const (
	unserved  service = iota // every row is looked at
	served                   // an index finds the rows; they may be most of the table
	selective                // an index finds the rows, and they are few
	untouched                // a condition that takes little away: others decide
)

// index finds an index that begins with the column; nil when there is none.
func (p *Physical) index(column string) *Index {
	for i := range p.Indexes {
		if strings.EqualFold(p.Indexes[i].Columns[0], column) {
			return &p.Indexes[i]
		}
	}
	return nil
}

// Verdict says whether a list is answered.
type Verdict int

// The verdicts.
const (
	Allowed     Verdict = iota
	FilterScans         // a condition makes the server look at every row
	OrderScans          // the server would sort the whole table
)

// Judge decides whether a list may be read. In a large table every condition, and the
// order, needs an index, unless a condition leaves few rows: an indexed value that few rows
// share, or an indexed range with both its ends.
func (p *Physical) Judge(t *Table, where []Predicate, o Order) Verdict {
	if p.Rows <= p.Large {
		return Allowed
	}
	switch all(where).service(p) {
	case selective:
		return Allowed
	case unserved:
		return FilterScans
	}
	if ordered, _ := p.Orders(t, o); !ordered {
		return OrderScans
	}
	return Allowed
}

// Help names fields by which a filter would leave few rows: those of days by a range,
// others by a value.
func (p *Physical) Help(t *Table) (ranges, values []string) {
	for _, f := range t.Mapping.Fields {
		switch f.Spec.Kind {
		case "day", "instant", "partialDay":
			if t.asStored(f) && p.index(f.Column) != nil {
				ranges = append(ranges, f.Name)
			}
		case "int", "decimal", "money", "enums", "list": // computed from the column
		default:
			if t.in(f, []string{"1"}).service(p) == selective {
				values = append(values, f.Name)
			}
		}
	}
	return ranges, values
}

// Orders tells whether an index brings the table's rows in the order of a field. ties tells
// whether it also orders those that are the same: without that the server sorts the rows
// of a page's range, as it must on MyISAM.
func (p *Physical) Orders(t *Table, o Order) (ordered, ties bool) {
	wanted := t.apartColumns()
	if !t.IsVouched() && o.isByKey() {
		return false, false
	}
	if !o.isByKey() {
		k := o.key(t)
		if !k.bare {
			return false, false
		}
		wanted = append([]string{o.Field.Column}, slices.DeleteFunc(slices.Clone(wanted),
			func(key string) bool { return key == o.Field.Column })...)
	}
	for _, x := range p.Indexes {
		if x.Prefix || !strings.EqualFold(x.Columns[0], wanted[0]) {
			continue
		}
		ordered = true
		ties = ties || t.IsVouched() && begins(p.columns(x), wanted)
	}
	return ordered, ties
}

// columns are what an index holds, in its order.
func (p *Physical) columns(x Index) []string {
	if !p.Clustered || x.Primary {
		return x.Columns
	}
	for _, y := range p.Indexes {
		if y.Primary {
			return slices.Concat(x.Columns, y.Columns)
		}
	}
	return x.Columns
}

func begins(columns, wanted []string) bool {
	return len(columns) >= len(wanted) && slices.EqualFunc(columns[:len(wanted)], wanted, strings.EqualFold)
}

func (p in) service(t *Physical) service {
	n := len(p.values) + len(p.patterns)
	if n == 0 {
		return selective // nothing is in an empty list
	}
	x := t.index(p.column)
	switch {
	case x == nil, !p.isComparable(slices.Concat(p.values, p.patterns)),
		slices.ContainsFunc(p.patterns, func(pattern string) bool { return !hasBeginning(pattern) }):
		return unserved
	case x.Distinct > 0 && int64(n) > t.Large*x.Distinct/max(t.Rows, 1): // Rows/Distinct rows share a value
		return served
	}
	return selective
}

func (p like) service(t *Physical) service {
	if !hasBeginning(p.pattern) || t.index(p.column) == nil || !p.isComparable([]string{p.pattern}) {
		return unserved
	}
	return served // how many rows begin so is not known
}

// hasBeginning tells whether a pattern begins with a text, where an index finds it.
func hasBeginning(pattern string) bool {
	return pattern != "" && pattern[0] != '%' && pattern[0] != '_'
}

func (p between) service(t *Physical) service {
	switch {
	case t.index(p.column) == nil:
		return unserved
	case p.isBounded:
		return selective
	}
	return served
}

func (p all) service(t *Physical) service {
	worst := untouched
	for _, q := range p {
		s := q.service(t)
		if s == selective {
			return selective
		}
		worst = min(worst, s)
	}
	return worst
}

func (p either) service(t *Physical) service {
	worst := selective
	for _, q := range p {
		s := q.service(t)
		if s == untouched {
			return untouched // it holds everywhere, and so does the whole
		}
		worst = min(worst, s)
	}
	return worst
}

func (f fragment) service(t *Physical) service { return f.of.service(t) }

func (trim) service(*Physical) service   { return untouched }
func (*gap) service(*Physical) service   { return untouched } // asks nothing itself
func (beyond) service(*Physical) service { return untouched } // where a page begins is not asked by a filter

// Conditions on what a cell means, and on what it is not, are looked at row by row.
func (unlisted) service(*Physical) service   { return unserved }
func (item) service(*Physical) service       { return unserved }
func (otherItem) service(*Physical) service  { return unserved }
func (flagged) service(*Physical) service    { return unserved }
func (except) service(*Physical) service     { return unserved }
func (existing) service(*Physical) service   { return unserved }
func (days) service(*Physical) service       { return unserved }
func (period) service(*Physical) service     { return unserved }
func (something) service(*Physical) service  { return unserved }
func (numbers) service(*Physical) service    { return unserved }
func (wholeRange) service(*Physical) service { return unserved }
func (amounts) service(*Physical) service    { return unserved }
func (computed) service(*Physical) service   { return unserved }
func (upTo) service(*Physical) service       { return unserved }
func (written) service(*Physical) service    { return unserved }
func (not) service(*Physical) service        { return unserved }

// MadeOf tells whether a field's own column is compared, so that an index on it could
// serve an order or a range; the text of days in several layouts is computed from it.
func (t *Table) MadeOf(f *mapping.Field) bool { return Order{Field: f}.key(t).bare }
