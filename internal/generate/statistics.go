package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/format"
	"os"
	"strings"
	"text/template"

	"github.com/99designs/gqlgen/codegen/templates"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Where the statistics of each kind of record are defined, and what is written from that.
const (
	statisticsSchema = "graph/schema/stats.graphqls"
	statisticsModel  = "graph/model/stats.generated.go"
)

// statistics writes the schema and the models of the statistics of each kind of record,
// before gqlgen reads them.
func statistics() error {
	names, err := folders()
	if err != nil {
		return err
	}
	var kinds []counted
	for _, name := range names {
		path := "adapters/" + name + "/figures.yaml"
		data, err := os.ReadFile(path)
		if errors.Is(err, os.ErrNotExist) {
			continue // it has none
		}
		if err != nil {
			return err
		}
		of, err := kindsOf(yamlfile.Source{Name: path, Data: data})
		if err != nil {
			return err
		}
		kinds = append(kinds, of...)
	}
	var sdl, model bytes.Buffer
	if err := schemaOfStatistics.Execute(&sdl, kinds); err != nil {
		return err
	}
	if err := modelOfStatistics.Execute(&model, kinds); err != nil {
		return err
	}
	source, err := format.Source(model.Bytes())
	if err != nil {
		return err
	}
	if err := os.WriteFile(statisticsSchema, sdl.Bytes(), 0o644); err != nil {
		return err
	}
	return os.WriteFile(statisticsModel, source, 0o644)
}

// counted is one kind of record as its statistics show it.
type counted struct {
	Record                  string // GraphQL type
	English, Short, Chinese string // what a number of them is called
	Dimensions              []dimension
	Measures                []measure
}

type dimension struct{ Name, Label string }

type measure struct{ Field, Type, Go, English, Chinese string }

// Stats is the root field.
func (c counted) Stats() string { return strings.ToLower(c.Record[:1]) + c.Record[1:] + "Stats" }

// kindsOf reads the kinds in file order. What else stands in the file package metrics checks.
func kindsOf(file yamlfile.Source) (kinds []counted, err error) {
	var r yamlfile.Reader
	top := r.Dict(r.Read(file, "it needs records"), "the file", "system", "records", "metrics")
	for _, e := range top.Entries("records") {
		kinds = append(kinds, kindOf(&r, e))
	}
	return kinds, r.Err()
}

func kindOf(r *yamlfile.Reader, e *yamlfile.Entry) counted {
	d := r.Dict(e.Value, e.Key.Text, "of", "persons", "list", "town", "department", "dimensions", "days", "measures")
	of := r.Dict(d.Get("of"), "of", "english", "short", "chinese")
	c := counted{Record: e.Key.Text, English: of.Text("english"), Short: of.Text("short"), Chinese: of.Text("chinese")}
	for _, dim := range d.Entries("dimensions") {
		c.Dimensions = append(c.Dimensions, dimension{dim.Key.Text, dim.Value.Text})
	}
	for _, field := range d.Entries("days") {
		english, chinese, _ := strings.Cut(field.Value.Text, " · ")
		for _, unit := range []struct{ name, english, chinese string }{
			{"DAY", "day", "日"}, {"WEEK", "ISO week", "周"}, {"MONTH", "month", "月"},
			{"QUARTER", "quarter", "季度"}, {"YEAR", "year", "年"},
		} {
			c.Dimensions = append(c.Dimensions, dimension{
				screaming(strings.TrimSuffix(field.Key.Text, "On")) + "_" + unit.name,
				english + ", by " + unit.english + " · " + chinese + "按" + unit.chinese,
			})
		}
	}
	for _, field := range d.Entries("measures") {
		c.Measures = append(c.Measures, measureOf(r, field))
	}
	return c
}

func measureOf(r *yamlfile.Reader, e *yamlfile.Entry) measure {
	field := e.Key.Text
	how := r.Dict(e.Value, field, "rate", "sum", "money", "days", "workdays", "is")
	english, chinese, _ := strings.Cut(how.Text("is"), " · ")
	m := measure{Field: field, Type: "DayStatistics", Go: fmt.Sprintf("*DayStatistics { return g.Days[%q] }", field),
		English: english, Chinese: chinese}
	switch {
	case how.Has("rate"):
		m.Type, m.Go = "Rate", fmt.Sprintf("*Rate { return g.Rates[%q] }", field)
		m.English += " (metric " + how.Text("rate") + ")"
	case how.Has("money"):
		m.Type, m.Go = "MoneySum", fmt.Sprintf("*MoneySum { return g.money(%q) }", field)
	case how.Has("sum"):
		m.Type, m.Go = "NumberSum", fmt.Sprintf("*NumberSum { return g.number(%q) }", field)
	}
	return m
}

// screaming writes opinionIssued as OPINION_ISSUED.
func screaming(name string) string {
	var b strings.Builder
	for _, r := range name {
		if r >= 'A' && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToUpper(b.String())
}

var schemaOfStatistics = template.Must(template.New("schema").Parse(`# Written by internal/generate from the figures.yaml of each system; DO NOT EDIT.
{{- range . }}

"What statistics of {{ .English }} can be grouped by. {{ .Chinese }}统计维度。"
enum {{ .Record }}Dimension {
{{- range .Dimensions }}
  "{{ .Label }}"
  {{ .Name }}
{{- end }}
}

"Statistics of {{ .English }}. {{ .Chinese }}统计。"
type {{ .Record }}Stats {
  "The groups: those with rows, in the order of their keys, unknown last; with fillEmpty also those without; with top the largest, largest first. 分组，按键排序，未知在后。"
  groups: [{{ .Record }}Group!]!
  "All {{ .Short }} of the filter, each once. 全部合计，每条只计一次。"
  total: {{ .Record }}Group!
  "The groups that top left out, taken together; null when it left out none. 未列出各组合计，无则为空。"
  rest: {{ .Record }}Group
  "Rows without a named bucket, and rows that are not part of a figure. 未计入的记录及原因。"
  excluded: [Exclusion!]!
  "The definitions behind the rates. 各比率的统计口径。"
  definitions: [MetricDefinition!]!
}

"One group of {{ .English }} with its figures. {{ .Chinese }}的一个分组。"
type {{ .Record }}Group {
  "One value for each dimension asked for; empty for totals. 各维度取值，合计为空列表。"
  key: [GroupKey!]!
  "How many {{ .Short }}; null where it is suppressed. 件数，不予显示时为空。"
  count: Int
  "Whether count, filter and figures are withheld because few persons stand behind the group, or behind another that they would give away; never unless the deployment wants it. 是否因人数过少（或可由此推出人数过少的组）而不予显示；须由部署启用。"
  suppressed: Boolean!
  "The filter that lists just these {{ .Short }}, as GraphQL text for the argument filter; null for what top left out, and where it is suppressed. 列出本组记录的筛选条件，其余合计及不予显示时为空。"
  filter: String
{{- range .Measures }}
  "{{ .English }}; null where it is suppressed. {{ .Chinese }}，不予显示时为空。"
  {{ .Field }}: {{ .Type }}
{{- end }}
}
{{- end }}

extend type Query {
{{- range . }}
  "Statistics of {{ .English }}. Null, with an error, while the system cannot be reached. {{ .Chinese }}统计。系统不可达时为空并报错。"
  {{ .Stats }}(
    "Dimensions, at most 4; none gives the total only. 维度，最多四个，为空只给合计。"
    groupBy: [{{ .Record }}Dimension!]!
    "Which {{ .Short }}; all when null. 筛选条件，为空取全部。"
    filter: {{ .Record }}Filter
    "Also groups without rows: every time bucket of the filter's range, or else between the first and the last; every town, enum value and band. 是否补全空组。"
    fillEmpty: Boolean = false
    "Only so many of the largest groups, 1 to 1000. 仅取最大的若干组，1至1000。"
    top: Int
  ): {{ .Record }}Stats @costs(as: FIGURES)
{{- end }}
}
`))

var modelOfStatistics = template.Must(template.New("model").Funcs(template.FuncMap{"go": templates.ToGo}).Parse(`// Code generated by internal/generate from the figures.yaml of each system; DO NOT EDIT.

package model

// The statistics of each kind of record.
type (
{{- range . }}
	// {{ .Record }}Stats is the statistics of {{ .English }}.
	{{ .Record }}Stats = Statistics[{{ .Record }}Group]
{{- end }}
)
{{ range . }}{{ $record := .Record }}
// {{ .Record }}Group is one group of {{ .English }}.
type {{ .Record }}Group struct{ Group }
{{ range .Measures }}
// {{ go .Field }}: {{ .English }}.
func (g *{{ $record }}Group) {{ go .Field }}() {{ .Go }}
{{ end }}{{ end }}`))
