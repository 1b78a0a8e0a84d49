package filter_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// TestOneMeaning: what a client's input means, its text means too, so that the filter that an
// answer shows lists the rows that were counted.
func TestOneMeaning(t *testing.T) {
	from, to, yes, text := model.Money(100), model.Money(2_000_050), true, "50%_'\"\\ 临浦"
	two := 2
	type input = model.LegalAidCaseFilter
	for name, in := range map[string]*input{
		"nothing":  {},
		"enums":    {Kind: []model.LegalAidKind{model.LegalAidKindCivil, model.LegalAidKindOther}},
		"no value": {Kind: []model.LegalAidKind{}},
		"money":    {Recovered: &model.MoneyRange{From: &from, To: &to}},
		"open":     {Recovered: &model.MoneyRange{}},
		"flags":    {HasDataIssue: &yes, Overdue: new(false)},
		"texts":    {Title: &model.TextFilter{Equals: []string{text, ""}, Prefix: &text, Contains: &text}},
		"places":   {Town: []string{"临浦镇", "330109100"}},
		"whole":    {ApplicantAge: &model.IntRange{From: &two}},
		"nested": {
			And: []*input{{Overdue: &yes}, {}},
			Or:  []*input{{Town: []string{"x"}}, {Not: &input{Overdue: &yes}}},
			Not: &input{Or: []*input{{HasDataIssue: &yes}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			written := filter.Text(in)
			if written == "" {
				written = "{}"
			}
			l, wrong := filter.ParseLiteral(graph.Schema(), "legalAidCases", written)
			if wrong != nil {
				t.Fatalf("%s: %v", written, wrong)
			}
			if diff := cmp.Diff(bare(filter.Of(in)), bare(l.Filter(model.DateRange{}))); diff != "" {
				t.Errorf("%s: -input +text\n%s", written, diff)
			}
		})
	}
}

// bare is a filter without the places in a client's input, which a text has not got.
func bare(f filter.Filter) filter.Filter {
	f.At = ""
	for _, list := range []*[]filter.Filter{&f.And, &f.Or} {
		var parts []filter.Filter
		for _, part := range *list {
			parts = append(parts, bare(part))
		}
		*list = parts
	}
	if f.Not != nil {
		f.Not = new(bare(*f.Not))
	}
	return f
}
