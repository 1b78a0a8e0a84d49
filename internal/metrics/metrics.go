// Package metrics holds the definitions of the figures the bureau reports (统计口径): which
// rows each of them counts, by which law or return. The definitions are data, checked
// against the schema at start; one filter counts a figure and lists its rows, so the two
// cannot disagree. The package is pure.
package metrics

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
	"gopkg.in/yaml.v3"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

//go:embed metrics.yaml
var embedded []byte

// Book is all definitions of a site.
type Book struct {
	List    []*Metric          // in file order
	Records map[string]*Record // by GraphQL type name
	byName  map[string]*Metric
}

// Metric is one definition.
type Metric struct {
	Name              string
	Version           int // from 1; rises with every change of meaning
	Label, English    string
	Definition        string // Chinese
	DefinitionEnglish string
	Source            string // law, rule or return
	Record            *Record
	Kind              model.MetricKind
	Sum               string // field that is added up; "" when rows are counted
	NeedsFrom         bool   // the period's first day must be given
	// Filter is the rows that count; of a rate they are also among Of.
	Filter Literal
	Of     *Literal // of a rate: the rows below the line; nil for others
	Part   Literal  // of a rate: the filter without Of, as the definition states it
	// Excluded are the rows that belong to the figure and cannot be placed although all that
	// is entered can be read, and why; for all that is left out see Doubts.
	Excluded map[model.ExclusionReason]Literal
}

// Record is what definitions share that are about one kind of record.
type Record struct {
	Name       string // GraphQL type
	System     model.System
	List       string // root field that lists the records
	Town       string // filter field; "" when the kind has none
	Department string // filter field; "" when the kind has none
	Persons    bool   // natural persons stand behind the records
	Measures   []Measure
}

// Measure is one figure of a kind's statistics; exactly one of Rate, Sum, Days and
// Workdays is set.
type Measure struct {
	Name     string   // field of the group
	Rate     *Metric  // a rate among each group's rows
	Sum      string   // field that is added up
	Days     []string // two day fields
	Workdays []string // two day fields; only working days between them count
}

// Metric finds a definition; nil when there is none of the name.
func (b *Book) Metric(name string) *Metric { return b.byName[name] }

// Embedded reads the definitions that come with the program.
func Embedded(schema *ast.Schema) (*Book, error) { return Parse("metrics.yaml", embedded, schema) }

// Parse reads definitions and checks them against the schema; name stands in errors. All
// findings are told at once, with file and line.
func Parse(name string, data []byte, schema *ast.Schema) (*Book, error) {
	var file struct {
		Records map[string]struct {
			System, List, Town, Department string
			Persons                        bool
			Of, Dimensions, Days           yaml.Node // internal/generate makes schema of them
			Measures                       yaml.Node
		}
		Metrics []entry
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(&file); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	p := &parser{name: name, schema: schema}
	book := &Book{Records: map[string]*Record{}, byName: map[string]*Metric{}}
	for _, record := range slices.Sorted(maps.Keys(file.Records)) {
		r := file.Records[record]
		book.Records[record] = &Record{Name: record, System: model.System(r.System), List: r.List, Town: r.Town, Department: r.Department, Persons: r.Persons}
		if def := schema.Types[record]; def == nil {
			p.add(0, "records: %s is no type of the schema", record)
		} else if schema.Query.Fields.ForName(r.List) == nil {
			p.add(0, "records: %s: list %q is no field of the query type", record, r.List)
		}
		if !book.Records[record].System.IsValid() {
			p.add(0, "records: %s: system %q is no System", record, r.System)
		}
	}
	if p.err() != nil {
		return nil, p.err()
	}
	for _, e := range file.Metrics {
		m := p.metric(e, book)
		if m == nil {
			continue
		}
		if book.byName[m.Name] != nil {
			p.add(e.Name.Line, "%s is defined twice", m.Name)
		}
		book.byName[m.Name] = m
		book.List = append(book.List, m)
	}
	for _, record := range slices.Sorted(maps.Keys(file.Records)) {
		measures := file.Records[record].Measures
		p.measures(book, book.Records[record], &measures)
	}
	return book, p.err()
}

// entry is one metric of the file.
type entry struct {
	Name                       yaml.Node
	Version                    int
	Label, English             string
	Definition                 string
	DefinitionEnglish          string `yaml:"definitionEnglish"`
	Source, Record, Sum, Needs string
	Filter, Of                 yaml.Node
	Excluded                   map[string]yaml.Node
}

// parser collects findings.
type parser struct {
	name   string
	schema *ast.Schema
	found  []error
}

func (p *parser) add(line int, format string, args ...any) {
	where := p.name
	if line > 0 {
		where = fmt.Sprintf("%s:%d", p.name, line)
	}
	p.found = append(p.found, fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...)))
}

func (p *parser) err() error { return errors.Join(p.found...) }

func (p *parser) metric(e entry, book *Book) *Metric {
	line := e.Name.Line
	m := &Metric{
		Name: e.Name.Value, Version: e.Version, Label: e.Label, English: e.English,
		Definition: e.Definition, DefinitionEnglish: e.DefinitionEnglish, Source: e.Source,
		Record: book.Records[e.Record], Sum: e.Sum, NeedsFrom: e.Needs == "from", Kind: model.MetricKindCount,
		Excluded: map[model.ExclusionReason]Literal{},
	}
	for _, text := range []struct{ name, value string }{
		{"name", m.Name}, {"label", m.Label}, {"english", m.English}, {"definition", m.Definition},
		{"definitionEnglish", m.DefinitionEnglish}, {"source", m.Source}, {"filter", e.Filter.Value},
	} {
		if text.value == "" {
			p.add(line, "%s needs %s", m.Name, text.name)
		}
	}
	if m.Version < 1 {
		p.add(line, "%s needs a version, from 1", m.Name)
	}
	if e.Needs != "" && e.Needs != "from" {
		p.add(line, "%s: needs is from or nothing, not %q", m.Name, e.Needs)
	}
	if m.Record == nil {
		p.add(line, "%s: records has no %q", m.Name, e.Record)
		return nil
	}
	m.Filter = p.literal(&e.Filter, m.Record)
	if e.Of.Value != "" {
		of := p.literal(&e.Of, m.Record)
		m.Of, m.Kind, m.Part = &of, model.MetricKindRate, m.Filter
		m.Filter = And(of, m.Filter)
	}
	if m.Sum != "" {
		field := p.schema.Types[m.Record.Name].Fields.ForName(m.Sum)
		switch {
		case m.Of != nil:
			p.add(line, "%s: a rate has no sum", m.Name)
		case field == nil:
			p.add(line, "%s: %s has no field %s", m.Name, m.Record.Name, m.Sum)
		case field.Type.Name() == "Money":
			m.Kind = model.MetricKindMoney
		default:
			m.Kind = model.MetricKindNumber
		}
	}
	for _, reason := range slices.Sorted(maps.Keys(e.Excluded)) {
		node := e.Excluded[reason]
		if !model.ExclusionReason(reason).IsValid() {
			p.add(node.Line, "%s: %q is no ExclusionReason", m.Name, reason)
		}
		m.Excluded[model.ExclusionReason(reason)] = p.literal(&node, m.Record)
	}
	return m
}

func (p *parser) measures(book *Book, record *Record, node *yaml.Node) {
	group := p.schema.Types[record.Name+"Group"]
	for i := 0; i+1 < len(node.Content); i += 2 {
		name, line := node.Content[i].Value, node.Content[i].Line
		var how struct {
			Rate, Sum, Money, Is string
			Days, Workdays       []string
		}
		if err := node.Content[i+1].Decode(&how); err != nil {
			p.add(line, "%s: %v", name, err)
			continue
		}
		how.Sum += how.Money
		m := Measure{Name: name, Rate: book.byName[how.Rate], Sum: how.Sum, Days: how.Days, Workdays: how.Workdays}
		if group == nil || group.Fields.ForName(name) == nil {
			p.add(line, "%sGroup has no field %s", record.Name, name)
		}
		switch {
		case how.Rate != "":
			if m.Rate == nil || m.Rate.Of == nil || m.Rate.Record != record {
				p.add(line, "%s: %q is no rate of %s", name, how.Rate, record.Name)
			}
		case how.Sum == "" && len(how.Days) != 2 && len(how.Workdays) != 2:
			p.add(line, "%s needs a rate, a sum or two days", name)
		}
		for _, field := range append(slices.Concat(how.Days, how.Workdays), how.Sum) {
			if field != "" && p.schema.Types[record.Name].Fields.ForName(field) == nil {
				p.add(line, "%s: %s has no field %s", name, record.Name, field)
			}
		}
		record.Measures = append(record.Measures, m)
	}
}
