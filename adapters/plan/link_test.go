package plan

import (
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
)

// TestLinkQuestionMark: question marks in the mapping's select, its names and constants
// are no placeholders.
func TestLinkQuestionMark(t *testing.T) {
	codec, err := cell.New(cell.Spec{Kind: "text"}, env)
	if err != nil {
		t.Fatal(err)
	}
	field := func(name, column string) *mapping.Field {
		return &mapping.Field{Name: name, Column: column, Spec: cell.Spec{Kind: "text"}}
	}
	table := func(m *mapping.Table) *Table {
		return &Table{Mapping: m, Codecs: map[string]cell.Codec{m.Fields[0].Name: codec}}
	}
	const constant = "SELECT * FROM a /* ? */ WHERE xm <> '?'"
	other := table(&mapping.Table{Record: "Applicant", Select: constant, Key: []string{"id?"},
		Fields: []*mapping.Field{field("sex", "xb?")},
		Keep:   []mapping.Condition{{Column: "sc", Values: []*string{new("0?"), nil}}},
		Drop:   []mapping.Condition{{Column: "xm", Values: []*string{new("?")}}}})
	cases := table(&mapping.Table{Record: "Case", Name: "aj", Key: []string{"aj_id"},
		Fields: []*mapping.Field{field("applicant", "sqr?")},
		Keep:   []mapping.Condition{{Column: "zt", Values: []*string{new("1")}}}})
	cases.Link("applicantSex", cases.Mapping.Fields[0], other, "sex")

	q := cases.Tally(Tally{Dimensions: []Dimension{{Field: cases.Field("applicantSex")}}})
	const want = "(SELECT `xb?` FROM (" + constant +
		") AS t WHERE (`sc` = '0?' OR `sc` IS NULL) AND NOT IFNULL(`xm` = '?', 0) AND `id?` = `aj`.`sqr?` LIMIT 1)"
	if !strings.Contains(q.SQL, want) {
		t.Errorf("got %s\nwant in it %s", q.SQL, want)
	}
	if len(q.Args) != 1 || q.Args[0] != "1" {
		t.Errorf("arguments %v", q.Args)
	}
}
