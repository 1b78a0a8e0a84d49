package adapters

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// Examine compares a system's mapping with its database: tables and columns that the
// server does not know, a select that does not stand inside a larger statement, keys that
// are not unique. Its findings name file and line. The error is the system's fault when it
// does not answer.
func Examine(ctx context.Context, db *database.DB, file *mapping.File) ([]mapping.Finding, error) {
	ctx = sources.With(ctx, nil)
	c := &catalog{db: db}
	physical, _, err := c.learn(ctx)
	if err != nil {
		return nil, err
	}
	e := &examiner{ctx: ctx, db: db, file: file, physical: physical, columns: map[string]map[string]plan.Type{}}
	q := plan.Types() // of views as well
	err = db.Query(ctx, q.SQL, q.Args, func(cells []sql.RawBytes) error {
		table := strings.ToLower(string(cells[0]))
		if e.columns[table] == nil {
			e.columns[table] = map[string]plan.Type{}
		}
		e.columns[table][strings.ToLower(string(cells[1]))] = plan.TypeOf(cells[2], cells[3], cells[4], cells[5])
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, record := range slices.Sorted(maps.Keys(file.Records)) {
		if err := e.table(file.Records[record]); err != nil {
			return e.findings, err
		}
	}
	slices.SortStableFunc(e.findings, func(a, b mapping.Finding) int {
		if a.Pos.File != b.Pos.File {
			return strings.Compare(a.Pos.File, b.Pos.File)
		}
		return a.Pos.Line - b.Pos.Line
	})
	return slices.Compact(e.findings), nil
}

// examiner gathers what is wrong with one mapping.
type examiner struct {
	ctx      context.Context
	db       *database.DB
	file     *mapping.File
	physical map[string]*plan.Physical
	columns  map[string]map[string]plan.Type // by table and column, in lower case
	findings []mapping.Finding
}

func (e *examiner) add(at mapping.Pos, format string, args ...any) {
	e.findings = append(e.findings, e.file.Finding(at, format, args...))
}

// table examines one record; the error is that of a server that does not answer.
func (e *examiner) table(t *mapping.Table) error {
	columns, place := e.columns[strings.ToLower(t.Name)], "table "+t.Name
	if t.Select != "" {
		place = "the select of " + t.Record
		names, err := e.db.Columns(e.ctx, plan.Shape(t).SQL)
		if f := fault.Of(err); f != nil && (f.Code == fault.SourceUnavailable || f.Code == fault.SourceTimeout) {
			return err
		} else if err != nil {
			e.add(t.Pos, "the server does not take %s inside a larger statement, where it stands between brackets: %s",
				place, database.Number(err))
			return nil
		}
		columns = map[string]plan.Type{}
		for _, name := range names {
			columns[strings.ToLower(name)] = plan.Type{}
		}
	}
	if columns == nil {
		e.add(t.Pos, "the database has no %s, which %s is read from", place, t.Record)
		e.dictionaries(t)
		return nil
	}
	has := func(column string) bool { _, ok := columns[strings.ToLower(column)]; return ok }
	look := func(at mapping.Pos, what, column string) {
		if column != "" && !has(column) {
			e.add(at, "%s has no column %s, which is %s of %s", place, column, what, t.Record)
		}
	}
	isWhole := true
	for _, column := range t.Key {
		look(t.KeyPos, "the key", column)
		isWhole = isWhole && has(column)
	}
	for _, c := range t.Keep {
		look(c.Pos, "a condition (keep)", c.Column)
	}
	for _, c := range t.Drop {
		look(c.Pos, "a condition (drop)", c.Column)
	}
	for _, f := range t.Fields {
		look(f.Pos, "field "+f.Name, f.Column)
		look(f.TwinPos, "the twin of field "+f.Name, f.Twin)
		if typ := columns[strings.ToLower(f.Column)]; f.Native && typ.Name != "" &&
			!slices.Contains([]string{"date", "datetime", "timestamp"}, typ.Name) {
			e.add(f.Pos, "field %s is said to be native, a DATE or DATETIME column, and %s.%s is %s", f.Name, t.Name,
				f.Column, typ.Name)
		}
	}
	e.dictionaries(t)
	if !isWhole {
		return nil
	}
	return e.key(t)
}

// key examines whether the key tells every row from every other.
func (e *examiner) key(t *mapping.Table) error {
	key := strings.Join(t.Key, ", ")
	if p := e.physical[strings.ToLower(t.Name)]; p != nil {
		switch {
		case !p.HasUnique(t.Key):
			e.add(t.KeyPos,
				"table %s has no unique index over the key of %s (%s): rows that share a key cannot be told apart by it", t.Name, t.Record, key)
		case slices.ContainsFunc(t.Key, func(c string) bool { return !p.Types[strings.ToLower(c)].NotNull }):
			e.add(t.KeyPos, "the key of %s (%s) may be NULL in table %s: rows without a key cannot be told apart by it",
				t.Record, key, t.Name)
		}
		return nil
	}
	// a view or a select has no index: its rows are counted
	q, shared := plan.SharedKey(t), false
	err := e.db.Query(e.ctx, q.SQL, q.Args, func([]sql.RawBytes) error { shared = true; return nil })
	if f := fault.Of(err); f != nil && f.Code == fault.SourceTimeout {
		e.add(t.KeyPos,
			"whether the key of %s (%s) is unique could not be found out in time: it is no table with an index",
			t.Record, key)
		return nil
	}
	if shared {
		e.add(t.KeyPos, "the key of %s (%s) is NULL or the same in several rows", t.Record, key)
	}
	return err
}

// dictionaries examines the code tables of the fields.
func (e *examiner) dictionaries(t *mapping.Table) {
	for _, f := range t.Fields {
		d := f.Dictionary
		if d == nil {
			continue
		}
		columns := e.columns[strings.ToLower(d.Table)]
		if columns == nil {
			e.add(d.Pos, "the database has no table %s, the dictionary of field %s", d.Table, f.Name)
			continue
		}
		for _, column := range append([]string{d.Code, d.Label}, slices.Sorted(maps.Keys(d.Where))...) {
			if _, ok := columns[strings.ToLower(column)]; !ok {
				e.add(d.Pos, "table %s has no column %s, which the dictionary of field %s names", d.Table, column,
					f.Name)
			}
		}
	}
}
