package plan

import "strconv"

// Roster is a question for rows of a child table that name somebody: texts of some fields,
// of at most so many rows for which a predicate holds.
type Roster struct {
	Table  *Table
	Fields []string // mapped fields of one table, as many of each roster
	Where  Predicate
	Limit  int
}

// Rosters renders the questions as one statement. Its first column is the index of the
// roster, then come the raw texts of its fields, all in the connection's collation: the
// tables of a UNION may not differ in that.
func Rosters(rosters []Roster) Statement {
	var b builder
	for i, r := range rosters {
		if i > 0 {
			b.write(" UNION ALL ")
		}
		if len(rosters) > 1 {
			b.write("(")
		}
		b.write("SELECT " + strconv.Itoa(i) + " AS `_roster`")
		for at, name := range r.Fields {
			b.write(", CAST(" + quote(r.Table.Field(name).Column) + " AS CHAR) AS " + quote("_t"+strconv.Itoa(at)))
		}
		b.from(r.Table)
		b.where(r.Table, []Predicate{r.Where})
		b.keyOrder(r.Table)
		b.write(" LIMIT " + strconv.Itoa(r.Limit))
		if len(rosters) > 1 {
			b.write(")")
		}
	}
	return b.statement()
}
