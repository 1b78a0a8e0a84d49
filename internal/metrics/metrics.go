// Package metrics holds the definitions of the figures the bureau reports (统计口径): which
// rows each of them counts, by which law or return. The definitions are data, checked
// against the schema at start; one filter counts a figure and lists its rows, so the two
// cannot disagree. The package is pure.//
// A figures.yaml has the system it is of, and:
//
//	records: for each kind of record its list, the filter fields for town and department, and
//	  its statistics, from which internal/generate writes their schema:
//	  of          what a number of such records is called
//	  persons     true where natural persons stand behind the records, so that small counts tell
//	              of them: a deployment may suppress these
//	  dimensions  NAME: English · 中文. The name is that of the field, of which the filter has a
//	              condition of the same name: DRAFTING_UNIT of draftingUnit, AUDIENCE_BAND the
//	              size band of audience. SATISFACTION_RATING is of satisfaction.rating
//	  days        day fields; each makes five dimensions: RECEIVED_DAY, _WEEK, _MONTH ...
//	  measures    {rate: metric}, {sum: field}, {money: field}, {days: [from, to]} or
//	              {workdays: [from, to]}; is: English · 中文
//	metrics: filter and of are GraphQL literals of the record's filter. $from and $before are
//	  the period's bounds; one that is not given leaves the range open. A rate is the share of
//	  filter among of; a metric with sum adds up that field over the rows of filter.
//	  excluded: rows that belong here but cannot be placed, and why.
//
// A change of meaning raises the version.
//
// A site's reference/figures.yaml has metrics of its own, which take the place of all that ship
// or, with extend: true, are laid over them by their names; ~ behind filter removes one.
package metrics

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

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
	Filter Condition
	Of     *Condition // of a rate: the rows below the line; nil for others
	Part   Condition  // of a rate: the filter without Of, as the definition states it
	// Excluded are the rows that belong to the figure and cannot be placed although all that
	// is entered can be read, and why; for all that is left out see Doubts.
	Excluded map[model.ExclusionReason]Condition
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

// Only is the book with some of the definitions.
func (b *Book) Only(keeps func(m *Metric) bool) *Book {
	part := &Book{Records: b.Records, byName: map[string]*Metric{}}
	for _, m := range b.List {
		if keeps(m) {
			part.List, part.byName[m.Name] = append(part.List, m), m
		}
	}
	return part
}

// Parse reads the definitions of the systems and checks them against the schema. A site's file
// has metrics only: what statistics there are is part of the graph. The error is
// yamlfile.Findings, all of them.
func Parse(schema *ast.Schema, files yamlfile.Layers) (*Book, error) {
	p := &parser{schema: schema}
	book := &Book{Records: map[string]*Record{}, byName: map[string]*Metric{}}
	var measures []func() // rates name metrics, which name records
	layers := p.Layers(files, "it needs system, records and metrics", "system", "records", "metrics")
	for _, top := range layers.Shipped {
		system := model.System(strings.ToUpper(strings.ReplaceAll(top.Text("system"), "-", "_")))
		if !system.IsValid() {
			p.Add(top.At("system"), "system %q is none of the schema", top.Text("system"))
		}
		for _, e := range top.Entries("records") {
			record, d := p.record(e, system)
			if book.Records[record.Name] != nil {
				p.Add(e.Key.Pos, "records: %s is there twice", record.Name)
			}
			book.Records[record.Name] = record
			measures = append(measures, func() { p.measures(book, record, d, layers.Site) })
		}
	}
	for _, key := range []string{"system", "records"} {
		if layers.Site.Has(key) {
			p.Add(layers.Site.At(key),
				"%s is no matter of a site's file, which has metrics: what statistics there are is part of the graph",
				key)
		}
	}
	if err := p.Err(); err != nil {
		return nil, err
	}
	for _, item := range layers.Items("metrics", yamlfile.ByKey("name"), "filter") {
		m := p.metric(item, book)
		if m == nil {
			continue
		}
		if book.byName[m.Name] != nil {
			p.Add(item.Pos, "%s is defined twice", m.Name)
		}
		book.byName[m.Name] = m
		book.List = append(book.List, m)
	}
	p.versions(layers, book)
	for _, read := range measures {
		read()
	}
	if err := p.Err(); err != nil {
		return nil, err
	}
	return book, nil
}

// versions demands that a definition which takes the place of one that ships has a higher
// version: whoever compares figures must see that they mean something else.
func (p *parser) versions(layers yamlfile.Layered, book *Book) {
	own := map[string]*yamlfile.Node{}
	if at := layers.Site.Get("metrics"); at != nil {
		for _, item := range at.Items {
			own[yamlfile.ByKey("name")(item)] = item
		}
	}
	for _, file := range layers.Shipped {
		for _, item := range file.Items("metrics") {
			name, version := item.Get("name"), item.Get("version")
			site := own[yamlfile.ByKey("name")(item)]
			if site == nil || name == nil || version == nil {
				continue
			}
			shipped, err := strconv.Atoi(version.Value.Text)
			if m := book.byName[name.Value.Text]; err == nil && m != nil && m.Version <= shipped {
				p.Add(site.Pos, "%s takes the place of a definition of version %d: give it a higher one", m.Name,
					shipped)
			}
		}
	}
}

// parser gathers findings and goes on after each.
type parser struct {
	yamlfile.Reader
	schema *ast.Schema
}

// record reads what a kind of record is, but for its measures. Of what stands beside them
// internal/generate makes schema.
func (p *parser) record(e *yamlfile.Entry, system model.System) (*Record, yamlfile.Dict) {
	name := e.Key.Text
	d := p.Dict(e.Value, name, "of", "persons", "list", "town", "department", "dimensions", "days", "measures")
	r := &Record{Name: name, System: system, List: d.Text("list"), Town: d.Text("town"),
		Department: d.Text("department"), Persons: d.Bool("persons", false)}
	if def := p.schema.Types[name]; def == nil {
		p.Add(e.Key.Pos, "records: %s is no type of the schema", name)
	} else if p.schema.Query.Fields.ForName(r.List) == nil {
		p.Add(d.At("list"), "records: %s: list %q is no field of the query type", name, r.List)
	}
	return r, d
}

func (p *parser) metric(item *yamlfile.Node, book *Book) *Metric {
	d := p.Dict(item, "the metric", "name", "version", "label", "english", "definition", "definitionEnglish",
		"source", "record", "sum", "needs", "filter", "of", "excluded")
	if !d.Needs("name", "version", "label", "english", "definition", "definitionEnglish", "source", "record",
		"filter") {
		return nil
	}
	m := &Metric{
		Name: d.Text("name"), Version: d.Int("version", 1, 1000), Label: d.Text("label"), English: d.Text("english"),
		Definition: d.Text("definition"), DefinitionEnglish: d.Text("definitionEnglish"), Source: d.Text("source"),
		Record: book.Records[d.Text("record")], Sum: d.Text("sum"), NeedsFrom: d.Word("needs", "from") == "from",
		Kind: model.MetricKindCount, Excluded: map[model.ExclusionReason]Condition{},
	}
	if m.Record == nil {
		p.Add(d.At("record"), "%s: records has no %q", m.Name, d.Get("record").Text)
		return nil
	}
	m.Filter = p.condition(d.Get("filter"), m.Record)
	if d.Has("of") {
		of := p.condition(d.Get("of"), m.Record)
		m.Of, m.Kind, m.Part = &of, model.MetricKindRate, m.Filter
		m.Filter.Literal = filter.And(of.Literal, m.Filter.Literal)
	}
	if m.Sum != "" {
		field := p.schema.Types[m.Record.Name].Fields.ForName(m.Sum)
		switch {
		case m.Of != nil:
			p.Add(d.At("sum"), "%s: a rate has no sum", m.Name)
		case field == nil:
			p.Add(d.At("sum"), "%s: %s has no field %s", m.Name, m.Record.Name, m.Sum)
		case field.Type.Name() == "Money":
			m.Kind = model.MetricKindMoney
		default:
			m.Kind = model.MetricKindNumber
		}
	}
	for _, e := range d.Entries("excluded") {
		reason := model.ExclusionReason(e.Key.Text)
		if !reason.IsValid() {
			p.Add(e.Key.Pos, "%s: %q is no ExclusionReason", m.Name, reason)
		}
		m.Excluded[reason] = p.condition(e.Value, m.Record)
	}
	return m
}

func (p *parser) measures(book *Book, record *Record, d, site yamlfile.Dict) {
	group := p.schema.Types[record.Name+"Group"]
	for _, e := range d.Entries("measures") {
		name := e.Key.Text
		how := p.Dict(e.Value, name, "rate", "sum", "money", "days", "workdays", "is")
		rate := how.Text("rate")
		m := Measure{Name: name, Rate: book.byName[rate], Sum: how.Text("sum") + how.Text("money"),
			Days: how.Texts("days"), Workdays: how.Texts("workdays")}
		if group == nil || group.Fields.ForName(name) == nil {
			p.Add(e.Key.Pos, "%sGroup has no field %s", record.Name, name)
		}
		switch {
		case rate != "":
			if m.Rate == nil || m.Rate.Of == nil || m.Rate.Record != record {
				at := how.At("rate")
				if site.IsMap() { // which removes it, leaves it out, or makes something else of it
					at = site.At("metrics")
				}
				p.Add(at, "%s: %q is no rate of %s", name, rate, record.Name)
			}
		case m.Sum == "" && len(m.Days) != 2 && len(m.Workdays) != 2:
			p.Add(e.Key.Pos, "%s needs a rate, a sum or two days", name)
		}
		for _, field := range append(slices.Concat(m.Days, m.Workdays), m.Sum) {
			if field != "" && p.schema.Types[record.Name].Fields.ForName(field) == nil {
				p.Add(e.Key.Pos, "%s: %s has no field %s", name, record.Name, field)
			}
		}
		record.Measures = append(record.Measures, m)
	}
}
