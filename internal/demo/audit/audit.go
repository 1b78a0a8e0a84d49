// Package audit reads an invented database through its mapping, cell by cell, the way
// the gateway does but without a server, and lists what the codecs complain about. The
// tests of the demo compare it with the ledger of planted dirt.
package audit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// Rules that no codec reports, since they are about more than one cell.
const (
	labelMismatch = string(cell.LabelMismatch)
	orphanLink    = "ORPHAN_LINK"
)

// Findings lists every finding about the served rows of the records that file maps: what
// codecs report, labels that disagree with their codes, and references within the system
// whose target is not served. It is sorted as Sort does. Records mapped by a sub-select
// are left out: only a server can evaluate one.
//
// It panics on a mapping that does not fit the database: both are constants of this
// program.
func Findings(db *legacy.Database, file *mapping.File, env cell.Env) legacy.Ledger {
	a := &auditor{db: db, file: file, env: env, targets: map[string]map[string]bool{}}
	for _, record := range file.Records {
		if record.Select == "" {
			a.record(record)
		}
	}
	return Sort(a.found)
}

// Sort orders a ledger by record, key, field and rule, in place, and gives it back.
func Sort(l legacy.Ledger) legacy.Ledger {
	slices.SortFunc(l, func(a, b legacy.Dirt) int {
		for _, c := range []int{strings.Compare(a.Record, b.Record), strings.Compare(a.Key, b.Key),
			strings.Compare(a.Field, b.Field)} {
			if c != 0 {
				return c
			}
		}
		return strings.Compare(a.Rule, b.Rule)
	})
	return l
}

// auditor is one run over one database.
type auditor struct {
	db      *legacy.Database
	file    *mapping.File
	env     cell.Env
	targets map[string]map[string]bool // "Record\x00kind of cell" -> what references may say
	found   legacy.Ledger
}

// record audits the served rows of one record kind.
func (a *auditor) record(record *mapping.Table) {
	rows := a.rows(record)
	fields := make([]field, len(record.Fields))
	for i, f := range record.Fields {
		fields[i] = a.field(rows.table, f)
	}
	for _, row := range rows.served {
		report := func(f field, rule string) {
			a.found = append(a.found, legacy.Dirt{Record: record.Record, Key: rows.key(row), Field: f.Name, Rule: rule})
		}
		for _, f := range fields {
			value, problem := f.codec.Decode(wire(f.at, row))
			if problem != nil {
				report(f, string(problem.Rule))
			}
			if f.twin != nil && f.twin.Disagrees(wire(f.at, row), wire(f.twinAt, row)) {
				report(f, labelMismatch)
			}
			if f.targets != nil &&
				slices.ContainsFunc(references(value), func(to string) bool { return !f.targets[collated(to)] }) {
				report(f, orphanLink)
			}
		}
	}
}

// field is a mapped field made ready for one table.
type field struct {
	*mapping.Field
	codec   cell.Codec
	at      position
	twin    *cell.Twin // nil when there is none
	twinAt  position
	targets map[string]bool // what its references may say, collated; nil when it refers to nothing here
}

// field makes a field ready. Dictionary tables are read from the database's own rows.
func (a *auditor) field(table *legacy.Table, f *mapping.Field) field {
	spec := f.Spec
	if f.Dictionary != nil {
		spec.Values = a.dictionary(f)
	}
	made := field{Field: f, codec: a.codec(spec), at: column(table, f.Column)}
	if f.Twin != "" {
		var err error
		if made.twin, err = cell.NewTwin(f.Spec); err != nil {
			panic(fmt.Sprintf("audit: %s.%s: %v", table.Name, f.Column, err))
		}
		made.twinAt = column(table, f.Twin)
	}
	if target := a.file.Records[f.Refers]; target != nil && target.Select == "" {
		made.targets = a.known(target, spec.Kind)
	}
	return made
}

func (a *auditor) codec(spec cell.Spec) cell.Codec {
	codec, err := cell.New(spec, a.env)
	if err != nil {
		panic(fmt.Sprintf("audit: %v", err))
	}
	return codec
}

// dictionary reads the code table of a field: code to enum value, by the label as the
// table stores it. Codes whose label the mapping does not know stay unlisted.
func (a *auditor) dictionary(f *mapping.Field) map[string]string {
	d := f.Dictionary
	table := a.table(d.Table)
	code, label := column(table, d.Code), column(table, d.Label)
	values := map[string]string{}
rows:
	for _, row := range table.Rows {
		for name, want := range d.Where {
			if got := wire(column(table, name), row); got == nil || collated(string(got)) != collated(want) {
				continue rows
			}
		}
		if value, known := d.Labels[strings.Trim(string(wire(label, row)), " ")]; known {
			values[strings.Trim(string(wire(code, row)), " ")] = value
		}
	}
	return values
}

// known lists what references in cells of a kind may say to reach a served row of the
// target: its key, or for identifiers such as licences the target's field of that kind.
func (a *auditor) known(target *mapping.Table, kind string) map[string]bool {
	id := target.Record + "\x00" + kind
	if a.targets[id] != nil {
		return a.targets[id]
	}
	known := map[string]bool{}
	a.targets[id] = known
	rows := a.rows(target)
	at, codec := column(rows.table, target.Key[0]), a.codec(cell.Spec{Kind: "key"})
	if kind != "key" && kind != "list" {
		i := slices.IndexFunc(target.Fields, func(f *mapping.Field) bool {
			return f.Spec.Kind == kind && f.Refers == ""
		})
		if i >= 0 {
			at, codec = column(rows.table, target.Fields[i].Column), a.codec(target.Fields[i].Spec)
		}
	}
	for _, row := range rows.served {
		value, _ := codec.Decode(wire(at, row))
		for _, text := range references(value) {
			known[collated(text)] = true
		}
	}
	return known
}

// references are the texts by which a decoded cell names other rows.
func references(value any) []string {
	switch v := value.(type) {
	case *string:
		return []string{*v}
	case []string:
		return v
	}
	return nil
}

// collated makes texts comparable as the databases compare them: without case and
// trailing blanks.
func collated(text string) string { return strings.ToLower(strings.TrimRight(text, " ")) }
