package dataset

import (
	"iter"
	"math/rand/v2"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Hooks are what a file cannot say. The zero value has none.
type Hooks struct {
	Sources map[string]Source           // for each of which rows are made, by the name in each
	Values  map[string]func(r *Row) any // by the name in use
	Steps   map[string]func(run *Run)   // by the name behind go in steps
}

// Source gives the names that are set for each row. It is asked for the next row when the one
// before is written, so that both draw from one source of chance in turn.
type Source struct {
	Gives []string // the names, all of them set for every row; nil is NULL. Where cells is set, they are the row.
	Rows  func(run *Run) iter.Seq[map[string]any]
}

// Database invents the database that the file describes. The error is yamlfile.Findings.
func Database(w *world.World, file yamlfile.Source, hooks Hooks) (*legacy.Database, error) {
	f, err := parse(file, hooks)
	if err != nil {
		return nil, err
	}
	run := &Run{
		World: w, Rand: w.Rand(f.seed), file: f, db: &legacy.Database{Name: f.schema, Charset: f.charset},
		counts: map[string]int{}, cells: map[cellText]any{}, written: map[cellText]string{},
		tables: map[string]*filling{}, bytes: latin1(),
	}
	for _, t := range f.tables {
		run.add(t)
	}
	for _, s := range f.steps {
		s(run)
	}
	return run.db, nil
}

// Must is Database for a file that is part of the program.
func Must(w *world.World, file yamlfile.Source, hooks Hooks) *legacy.Database {
	db, err := Database(w, file, hooks)
	if err != nil {
		panic(err)
	}
	return db
}

// Run is one database while it is made.
type Run struct {
	World *world.World
	Rand  *rand.Rand

	file    *description
	db      *legacy.Database
	counts  map[string]int
	cells   map[cellText]any    // cells by their text, shared by all rows
	written map[cellText]string // texts of latin1 cells, by how they are stored
	tables  map[string]*filling
	bytes   map[rune]byte // what latin1 shows -> the byte
}

// Table gives a table with the rows made so far.
func (run *Run) Table(name string) *legacy.Table { return run.tables[name].Table }

// Report enters a finding about a row into the ledger.
func (run *Run) Report(table string, row int, field, rule string) {
	f := run.tables[table]
	run.db.Ledger = append(run.db.Ledger, legacy.Dirt{Record: f.plan.record, Key: f.key(row), Field: field, Rule: rule})
}

// Reported tells whether the ledger has a finding about the row.
func (run *Run) Reported(table string, row int) bool {
	f := run.tables[table]
	for _, d := range run.db.Ledger {
		if d.Record == f.plan.record && d.Key == f.key(row) {
			return true
		}
	}
	return false
}

// Cell gives the text of a cell; nil for NULL.
func (run *Run) Cell(table string, row int, column string) any {
	return run.tables[table].cell(row, column)
}

// Set writes a cell.
func (run *Run) Set(table string, row int, column string, value any) {
	run.tables[table].set(row, column, value)
}

// Make makes a value of the file by its name, one in which nothing is named that a row sets.
func (run *Run) Make(name string) any { return (*run.file.values[name])(&Row{Run: run}) }

// Row is what is set while a row is made: the names of its source, of let, and its columns.
type Row struct {
	*Run
	names map[string]any
	outer *Row // nil at the outside
}

// Get gives what a name stands for; nil is NULL.
func (r *Row) Get(name string) any {
	for at := r; at != nil; at = at.outer {
		if v, ok := at.names[name]; ok {
			return v
		}
	}
	panic("dataset: nothing is set for " + name + " in " + r.file.schema)
}

// within gives the row with more names set.
func (r *Row) within(names map[string]any) *Row { return &Row{Run: r.Run, names: names, outer: r} }
