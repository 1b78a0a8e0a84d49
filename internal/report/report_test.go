package report

import (
	_ "embed"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// The schema and the cases are read by playground/src/flatten.test.ts too: both must
// flatten alike.
//
//go:embed testdata/flatten.graphqls
var tiny string

//go:embed testdata/flatten.json
var flattened []byte

func source(text string) *ast.Source { return &ast.Source{Name: "test", Input: text} }

func schema(t testing.TB) *ast.Schema {
	t.Helper()
	s, err := gqlparser.LoadSchema(source(tiny))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func plan(t testing.TB, query string, variables map[string]any, labels Labels, mode Mode) *Plan {
	t.Helper()
	s := schema(t)
	document, errs := gqlparser.LoadQueryWithRules(s, query, nil)
	if errs != nil {
		t.Fatal(errs)
	}
	return New(s, document, document.Operations[0], variables, labels, mode)
}

// shape is a table as a test writes it.
type shape struct {
	Name, Label string
	Labels      []string
	Names       []string
	Repeats     []string   // names of the columns that count once for several rows
	Levels      []string   // the lists whose items give rows
	Rows        [][]string // with "=" before what the row repeats
	Records     int
}

func shapes(t testing.TB, p *Plan, answer string) []shape {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(answer))
	decoder.UseNumber()
	var data map[string]any
	if err := decoder.Decode(&data); err != nil {
		t.Fatal(err)
	}
	var list []shape
	for _, table := range p.Tables {
		one := shape{Name: table.Name, Label: table.Label}
		for _, c := range table.Columns {
			one.Labels = append(one.Labels, c.Label)
			one.Names = append(one.Names, c.Name)
			if c.Repeats {
				one.Repeats = append(one.Repeats, c.Name)
			}
		}
		for _, l := range table.Levels[1:] {
			one.Levels = append(one.Levels, l.Name+" "+l.Label)
		}
		reader := table.Reader()
		err := reader.Read(data, func(row []Cell) error {
			var texts []string
			for i, cell := range row {
				text := table.Columns[i].Text(cell, true)
				if reader.Repeated(i) {
					text = "=" + text
				}
				texts = append(texts, text)
			}
			one.Rows = append(one.Rows, texts)
			return nil
		})
		one.Records = reader.Records
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, one)
	}
	return list
}

func TestFlatten(t *testing.T) {
	var cases []struct {
		Name, Query string
		Variables   map[string]any
		Labels      Labels
		Answer      json.RawMessage
		Tables      []shape
	}
	if err := json.Unmarshal(flattened, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			got := shapes(t, plan(t, c.Query, c.Variables, c.Labels, AsAsked), string(c.Answer))
			if diff := cmp.Diff(c.Tables, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestWithheld(t *testing.T) {
	for _, c := range []struct {
		name, fields, groups string
		want                 int
	}{
		{"told", "suppressed share { value }",
			`{"suppressed": true, "share": null}, {"suppressed": false, "share": {"value": null}}`, 1},
		{"told twice", "suppressed count", `{"suppressed": true, "count": null}`, 1},
		{"by the count", "count", `{"count": null}, {"count": 0}, {"count": 7}`, 1},
		{"not asked", "share { value }", `{"share": {"value": null}}`, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			reader := plan(t, "{ stats(groupBy: TOWN) { groups { "+c.fields+" } } }", nil, nil,
				AsAsked).Tables[0].Reader()
			var data map[string]any
			if err := json.Unmarshal([]byte(`{"stats": {"groups": [`+c.groups+`]}}`), &data); err != nil {
				t.Fatal(err)
			}
			if err := reader.Read(data, func([]Cell) error { return nil }); err != nil {
				t.Fatal(err)
			}
			if reader.Withheld != c.want {
				t.Errorf("withheld %d, want %d", reader.Withheld, c.want)
			}
		})
	}
}
