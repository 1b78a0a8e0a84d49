package adapters

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/mask"
)

// Searched names the fields of a record that a search looks at. None holds the name of a
// person.
type Searched struct {
	Keys          []string // normalised numbers, equal to the text whatever its spelling
	Numbers       []string // numbers as written, which begin with the text
	Titles        []string // which begin with the text, or contain it
	Organizations []string // names, which contain the text
	Rosters       []Roster // child tables with further names of organisations
}

// Hit is one record that a search found.
type Hit[T any] struct {
	Row   *T // nil where the database found a row that does not hold the text once decoded
	Match model.SearchMatch
	Field string      // which matched
	On    *model.Date // the order within one kind of match
	Place SearchPlace
}

// SearchPlace is where a hit stands in its system's list: a search goes on behind it.
type SearchPlace struct {
	Match int     `json:"m"` // index of the kind of match
	Value *string `json:"v"` // raw sort value; nil for NULL
	Key   string  `json:"k"` // the record's place, see model.Row
}

// Hits is one system's part of a page.
type Hits[T any] struct {
	List []Hit[T]
	More bool // the list goes on behind the last hit
	// IsCut tells that more organisations take part in records under such a name than are
	// looked at, so that records may be missing.
	IsCut bool
}

// Search finds at most limit records by number, title or organisation, each once: best
// kind of match first, then newest. It is one statement, a limited select for each kind
// of match, and where the names of parties stand in child tables one more before it.
func Search[T any](ctx context.Context, s *Source[T], text string, in Searched, limit int,
	after *SearchPlace) (found Hits[T], err error) {
	table, err := s.visible(ctx)
	if err != nil || s.mapped.IsAbsent {
		return found, err
	}
	in = s.searchable(in)
	var parties map[string]string
	if parties, found.IsCut, err = s.listed(ctx, in.Rosters, text); err != nil {
		return found, err
	}
	received := table.Field("receivedOn")
	arms, matches, err := s.arms(table, text, in, slices.Sorted(maps.Keys(parties)), after)
	if err != nil || len(arms) == 0 {
		return found, err
	}
	want := s.want(ctx)
	looked := slices.Concat(in.Keys, in.Numbers, in.Titles, in.Organizations, []string{received.Name})
	list := plan.List{
		Project: plan.Project(table, func(name string) bool { return want(name) || slices.Contains(looked, name) }),
		Order:   plan.Order{Field: received, Desc: true},
		Limit:   limit + 1,
	}
	numbering := make([]*likes, len(arms))
	for i := range arms {
		numbering[i] = numbered(table, false)
		if arms[i].After == nil || numbering[i] == nil {
			continue
		}
		_, numbering[i], _ = position(table, after.Value, after.Key, false)
		list.Limit = limit + 1 + numbering[i].more()
	}
	byArm := make([][]Hit[T], len(arms))
	at := 1 + len(list.Project.Columns)
	err = s.read(ctx, table, table.Pages(list, arms), list.Project, 1, func(row *T, cells []sql.RawBytes) {
		arm, _ := strconv.Atoi(string(cells[0]))
		if l := numbering[arm]; l != nil && !l.take(s.entry(row).row()) {
			return
		}
		hit := Hit[T]{Match: model.AllSearchMatch[matches[arm]],
			Place: SearchPlace{Match: matches[arm], Key: s.entry(row).row().Place()}}
		if cells[at] != nil {
			hit.Place.Value = new(string(cells[at]))
		}
		record := s.entry(row)
		hit.On = record.Day(received.Name)
		if hit.Field = in.matched(hit.Match, text, record); hit.Field == "" &&
			hit.Match == model.SearchMatchOrganization {
			hit.Field = parties[s.entry(row).row().Key()]
		}
		if hit.Field != "" {
			hit.Row = row
		}
		byArm[arm] = append(byArm[arm], hit)
	})
	if err != nil {
		return found, err
	}
	for _, arm := range byArm {
		if found.More = len(arm) > limit; found.More { // what follows stands behind rows that were not read
			found.List = append(found.List, arm[:limit]...)
			break
		}
		found.List = append(found.List, arm...)
	}
	return found, nil
}

// searchable is what the site records of the fields that a search looks at.
func (s *store) searchable(in Searched) Searched {
	recorded := func(fields []string) []string {
		return slices.DeleteFunc(slices.Clone(fields), func(f string) bool { return !s.Records(f) })
	}
	in.Keys, in.Numbers, in.Titles, in.Organizations = recorded(in.Keys), recorded(in.Numbers), recorded(in.Titles),
		recorded(in.Organizations)
	in.Rosters = slices.DeleteFunc(slices.Clone(in.Rosters), func(r Roster) bool { return !r.Source.tells(r) })
	return in
}

// arms gives the selects of a search from a place on, and the kind of match of each. They
// are disjoint: a record is found by its best match only. keys are those of the records
// that an organisation of the name takes part in.
func (s *store) arms(table *plan.Table, text string, in Searched, keys []string,
	after *SearchPlace) (arms []plan.Parent, matches []int, err error) {
	var better []filter.Filter
	for i, match := range model.AllSearchMatch {
		asked, any := in.filter(match, text)
		if match == model.SearchMatchOrganization && len(keys) > 0 {
			asked.Or, any = append(asked.Or, filter.Filter{Keys: keys}), true
		}
		if !any {
			continue
		}
		arm := asked
		if len(better) > 0 {
			arm = filter.Filter{And: []filter.Filter{asked}, Not: &filter.Filter{Or: slices.Clone(better)}}
		}
		better = append(better, asked)
		if after != nil && i < after.Match {
			continue
		}
		p := plan.Parent{}
		if p.Where, err = table.Compile("text", arm, s.env); err != nil {
			return nil, nil, err
		}
		if after != nil && i == after.Match {
			var ok bool
			if p.After, _, ok = position(table, after.Value, after.Key, false); !ok {
				return nil, nil, fault.Input("after", "is no cursor of this search")
			}
		}
		arms, matches = append(arms, p), append(matches, i)
	}
	return arms, matches, nil
}

// fields are those that a kind of match looks at.
func (in Searched) fields(match model.SearchMatch) []string {
	switch match {
	case model.SearchMatchNumber:
		return in.Keys
	case model.SearchMatchNumberPrefix:
		return in.Numbers
	case model.SearchMatchOrganization:
		return in.Organizations
	}
	return in.Titles
}

// filter is the condition of one kind of match; any is false when the record has no
// field for it, or the text is no number.
func (in Searched) filter(match model.SearchMatch, text string) (f filter.Filter, any bool) {
	number, isNumber := cell.NormalizeNumber(text)
	if match == model.SearchMatchNumber && !isNumber {
		return f, false
	}
	if isText := match != model.SearchMatchNumber && match != model.SearchMatchNumberPrefix; isText &&
		mask.MayProbe(text) {
		return f, false // AXSD00-2023-0003 is looked for among numbers only
	}
	for _, field := range in.fields(match) {
		switch match {
		case model.SearchMatchNumber:
			f.Or = append(f.Or, filter.Filter{Field: field, Any: []string{number}})
		case model.SearchMatchNumberPrefix:
			for _, spelling := range bracketings(text) {
				for _, cased := range casings(spelling) {
					f.Or = append(f.Or, filter.Filter{Field: field, Text: &filter.TextMatch{Prefix: &cased}})
				}
			}
		case model.SearchMatchTitlePrefix:
			for _, cased := range casings(text) {
				f.Or = append(f.Or, filter.Filter{Field: field, Text: &filter.TextMatch{Prefix: &cased}})
			}
		default:
			for _, cased := range casings(text) {
				f.Or = append(f.Or, filter.Filter{Field: field, Text: &filter.TextMatch{Contains: &cased}})
			}
		}
	}
	return f, len(f.Or) > 0
}

// matched names the field of a decoded record that a kind of match found; "" when none
// holds the text: in GBK the bytes of two characters may hold a third.
func (in Searched) matched(match model.SearchMatch, text string, record entry) string {
	number, _ := cell.NormalizeNumber(text)
	for _, field := range in.fields(match) {
		switch value := record.Value(field); match {
		case model.SearchMatchNumber:
			if value == number {
				return field
			}
		default:
			if strings.Contains(plain(value), plain(text)) {
				return field
			}
		}
	}
	return ""
}

// brackets are the pairs that clerks put round the year of a number.
const brackets = "〔〕()[]（）【】［］"

// bracketings writes a text with brackets in each kind of them.
func bracketings(text string) []string {
	if !strings.ContainsAny(text, brackets) {
		return []string{text}
	}
	var spellings []string
	for pair := range slices.Chunk([]rune(brackets), 2) {
		spellings = append(spellings, strings.Map(func(r rune) rune {
			if i := slices.Index([]rune(brackets), r); i >= 0 {
				return pair[i%2]
			}
			return r
		}, text))
	}
	return spellings
}

// casings writes a text as it is, in capitals and in small letters, for a filter compares
// exactly; one without Latin letters once.
func casings(text string) []string {
	spellings := []string{text}
	for _, cased := range []string{strings.ToUpper(text), strings.ToLower(text)} {
		if !slices.Contains(spellings, cased) {
			spellings = append(spellings, cased)
		}
	}
	return spellings
}

// plain makes texts comparable the way collations do: without case, width and the kind of
// bracket.
func plain(text string) string {
	return strings.ToLower(width.Fold.String(strings.Map(func(r rune) rune {
		if i := slices.Index([]rune(brackets), r); i >= 0 {
			return rune("()"[i%2])
		}
		return r
	}, text)))
}
