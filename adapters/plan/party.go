package plan

import "strconv"

// Party is a question for rows of a child table that name somebody: texts of some fields,
// of at most so many rows for which a predicate holds.
type Party struct {
	Table  *Table
	Fields []string // mapped fields of one table, as many of each party
	Where  Predicate
	Limit  int
}

// Parties renders the questions as one statement. Its first column is the index of the
// party, then come the raw texts of its fields, all in the connection's collation: the
// tables of a UNION may not differ in that.
func Parties(parties []Party) Statement {
	var b builder
	for i, p := range parties {
		if i > 0 {
			b.write(" UNION ALL ")
		}
		if len(parties) > 1 {
			b.write("(")
		}
		b.write("SELECT " + strconv.Itoa(i) + " AS `_party`")
		for at, name := range p.Fields {
			b.write(", CAST(" + quote(p.Table.Field(name).Column) + " AS CHAR) AS " + quote("_t"+strconv.Itoa(at)))
		}
		b.from(p.Table.Mapping)
		b.where(p.Table.Mapping, []Predicate{p.Where})
		b.orderBy(p.Table, Order{}, false)
		b.write(" LIMIT " + strconv.Itoa(p.Limit))
		if len(parties) > 1 {
			b.write(")")
		}
	}
	return b.statement()
}
