package metrics

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

func schema(t *testing.T) *ast.Schema {
	t.Helper()
	s, err := gqlparser.LoadSchema(&ast.Source{Name: "test.graphqls", Input: `
		scalar Date
		scalar Money
		input DateRange { from: Date before: Date }
		input IntRange { from: Int before: Int }
		enum Colour { RED BLUE }
		input BoxFilter { madeOn: DateRange size: IntRange colour: [Colour!] town: [String!] isNew: Boolean and: [BoxFilter!] or: [BoxFilter!] not: BoxFilter }
		type Box { price: Money madeOn: Date soldOn: Date }
		type BoxGroup { redShare: Int price: Int }
		type Query { boxes(filter: BoxFilter): Box }
	`})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// shipped is that file as one that ships.
func shipped(metric string) yamlfile.Layers {
	return yamlfile.Layers{Shipped: []yamlfile.Source{{Name: "test.yaml", Data: []byte(file(metric))}}}
}

// file is a file with one record and the given metric.
func file(metric string) string {
	return `system: legal-aid
records:
  Box: {list: boxes, town: town, measures: {redShare: {rate: redShare}}}
metrics:
  - {name: redShare, version: 1, label: 红, english: red, definition: 红的, definitionEnglish: red ones, source: here, record: Box,
     of: "{madeOn: {from: $from, before: $before}}", filter: "{colour: [RED]}"}
` + metric
}

func TestLiteral(t *testing.T) {
	book, err := Parse(schema(t), shipped(""))
	if err != nil {
		t.Fatal(err)
	}
	from, _ := model.NewDate(2023, 1, 1)
	m := book.Metric("redShare")
	for _, tt := range []struct{ name, got, want string }{
		{"variables", m.Filter.String(), "{and: [{madeOn: {from: $from, before: $before}}, {colour: [RED]}]}"},
		{"half-open", m.Filter.Text(model.DateRange{From: &from}),
			`{and: [{madeOn: {from: "2023-01-01"}}, {colour: [RED]}]}`},
		{"all time", m.Filter.Text(model.DateRange{}), "{and: [{madeOn: {}}, {colour: [RED]}]}"},
		{"place", m.Of.Any("town", []string{"a\"b"}).Text(model.DateRange{}), `{town: ["a\"b"]}`},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, tt.got, tt.want)
		}
	}
	f := m.Filter.Filter(model.DateRange{From: &from})
	if days := f.And[0].And[0].Days; days == nil || *days.From != from || days.Before != nil ||
		f.And[1].And[0].Any[0] != "RED" {
		t.Errorf("%+v", f)
	}
}

func TestFindings(t *testing.T) {
	for _, tt := range []struct{ name, metric, want string }{
		{"twice",
			"  - {name: redShare, version: 1, label: a, english: a, definition: a, definitionEnglish: a, source: a, record: Box, filter: \"{isNew: true}\"}",
			"test.yaml:7: redShare is defined twice"},
		{"unknown field",
			"  - {name: x, version: 1, label: a, english: a, definition: a, definitionEnglish: a, source: a, record: Box, filter: \"{weight: 1}\"}",
			"test.yaml:7: filter of boxes: Field \"weight\" is not defined"},
		{"unknown value",
			"  - {name: x, version: 1, label: a, english: a, definition: a, definitionEnglish: a, source: a, record: Box, filter: \"{colour: [GREEN]}\"}",
			"GREEN"},
		{"a day",
			"  - {name: x, version: 1, label: a, english: a, definition: a, definitionEnglish: a, source: a, record: Box, filter: '{madeOn: {from: \"2023-01-01\"}}'}",
			"states its days by $from and $before"},
		{"no version, no source",
			"  - {name: x, label: a, english: a, definition: a, definitionEnglish: a, record: Box, filter: \"{isNew: true}\"}",
			"test.yaml:7: the metric lacks version\ntest.yaml:7: the metric lacks source"},
		{"unknown record",
			"  - {name: x, version: 1, label: a, english: a, definition: a, definitionEnglish: a, source: a, record: Crate, filter: \"{isNew: true}\"}",
			"records has no \"Crate\""},
		{"unknown sum",
			"  - {name: x, version: 1, label: a, english: a, definition: a, definitionEnglish: a, source: a, record: Box, sum: weight, filter: \"{isNew: true}\"}",
			"Box has no field weight"},
		{"unknown reason",
			"  - {name: x, version: 1, label: a, english: a, definition: a, definitionEnglish: a, source: a, record: Box, filter: \"{isNew: true}\", excluded: {LOST: \"{isNew: true}\"}}",
			"\"LOST\" is no ExclusionReason"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse(schema(t), shipped(tt.metric+"\n"))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
}

// TestSite: metrics of a site's replace those that ship, or are laid over them by name.
func TestSite(t *testing.T) {
	metric := func(name, version, more string) string {
		return "  - {name: " + name + ", version: " + version +
			", label: 甲, english: a, definition: 甲, definitionEnglish: a, source: s, record: Box, filter: \"{colour: [BLUE]}\"" + more + "}\n"
	}
	const rate = `, of: "{isNew: true}"`
	for _, tt := range []struct{ name, site, names, want string }{
		{"adds", "extend: true\nmetrics:\n" + metric("blue", "1", ""), "redShare blue", ""},
		{"takes the place", "extend: true\nmetrics:\n" + metric("redShare", "2", rate), "redShare", ""},
		{"takes the place of all", "metrics:\n" + metric("redShare", "2", rate) + metric("blue", "1", ""),
			"redShare blue", ""},
		{"without a higher version", "extend: true\nmetrics:\n" + metric("redShare", "1", rate), "",
			"site.yaml:3: redShare takes the place of a definition of version 1: give it a higher one"},
		{"removes what a statistic shows", "extend: true\nmetrics: [{name: redShare, filter: ~}]", "",
			`site.yaml:2: redShare: "redShare" is no rate of Box`},
		{"leaves out what a statistic shows", "metrics:\n" + metric("blue", "1", ""), "",
			`site.yaml:2: redShare: "redShare" is no rate of Box`},
		{"records", "records: {Box: {list: boxes}}\nmetrics: []", "",
			"site.yaml:1: records is no matter of a site's file, which has metrics: what statistics there are is part of the graph"},
		{"unknown field", "extend: true\nmetrics:\n" + metric("blue", "1", "") + metric("heavy", "1", `, sum: weight`),
			"", "site.yaml:4: heavy: Box has no field weight"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := shipped("")
			files.Site = &yamlfile.Source{Name: "site.yaml", Data: []byte(tt.site)}
			book, err := Parse(schema(t), files)
			if err != nil {
				if err.Error() != tt.want {
					t.Errorf("%v, want %s", err, tt.want)
				}
				return
			}
			var names []string
			for _, m := range book.List {
				names = append(names, m.Name)
			}
			if got := strings.Join(names, " "); got != tt.names || tt.want != "" {
				t.Errorf("%s, want %s%s", got, tt.names, tt.want)
			}
		})
	}
}
