package adapters

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"unicode"

	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// rosterCap bounds the rows of one child table that a search looks at.
const rosterCap = 1000

// Roster is a child table that names organisations that take part in a record. Rows of
// persons are never looked at: see isOrganization.
type Roster struct {
	Source rosterSource // of the child table, in the record's own system
	Path   string       // of the name, from the record: "applicants.organizationName"
	Of     string       // field that refers to the record
	Kind   string       // field that tells persons from organisations
	Is     string       // its value for an organisation
	// The fields that tell who somebody is.
	Organization, Person, Code string
}

// rosterSource is a Source of any child table.
type rosterSource interface {
	roster(ctx context.Context, r Roster, text string) (plan.Roster, error)
	tells(r Roster) bool
}

// tells tells whether the site records what it takes to look at the rows: also what tells
// organisations from persons, who are never searched for.
func (s *store) tells(r Roster) bool {
	for _, f := range []string{r.Of, r.Kind, r.Organization, r.Person, r.Code} {
		if !s.Records(f) {
			return false
		}
	}
	return true
}

func (s *store) roster(ctx context.Context, r Roster, text string) (q plan.Roster, err error) {
	if q.Table, err = s.visible(ctx); err != nil {
		return q, err
	}
	q.Fields, q.Limit = []string{r.Of, r.Organization, r.Person, r.Code}, rosterCap+1
	var names []filter.Filter
	for _, cased := range casings(text) {
		names = append(names, filter.Filter{Field: r.Organization, Text: &filter.TextMatch{Contains: &cased}})
	}
	q.Where, err = q.Table.Compile("text",
		filter.Filter{And: []filter.Filter{{Field: r.Kind, Any: []string{r.Is}}}, Or: names}, s.env)
	return q, err
}

// listed finds the records that an organisation takes part in whose name holds the text:
// by key, with the path of the name. It is one statement however many child tables there
// are, none where there are none. cut tells that one of them has more such rows than are
// looked at.
func (s *store) listed(ctx context.Context, rosters []Roster,
	text string) (paths map[string]string, cut bool, err error) {
	if len(rosters) == 0 {
		return nil, false, nil
	}
	questions := make([]plan.Roster, len(rosters))
	for i, r := range rosters {
		if questions[i], err = r.Source.roster(ctx, r, text); err != nil {
			return nil, false, err
		}
	}
	paths = map[string]string{}
	rows := make([]int, len(rosters))
	statement := plan.Rosters(questions)
	err = s.db.Query(ctx, statement.SQL, statement.Args, func(cells []sql.RawBytes) error {
		i, err := strconv.Atoi(string(cells[0]))
		if err != nil {
			return err
		}
		if rows[i]++; rows[i] > rosterCap {
			cut = true
			return nil
		}
		read := func(at int) string {
			v, _ := questions[i].Table.Codecs[questions[i].Fields[at]].Decode(cells[at+1])
			switch v := v.(type) {
			case *string:
				return *v
			case *model.PersonName:
				return string(*v)
			}
			return ""
		}
		key, name := read(0), read(1)
		if key != "" && strings.Contains(plain(name), plain(text)) && isOrganization(name, read(2), read(3)) {
			paths[key] = rosters[i].Path
		}
		return nil
	})
	return paths, cut, err
}

// isOrganization tells whether a name in a column of organisations may be searched for.
// Names of natural persons may not, and clerks enter some there: names as short as a
// person's or without Chinese characters, names that hold the person's of the same row,
// and sole traders (个体户), who count as persons and have a code that begins with 92.
func isOrganization(name, person, code string) bool {
	if person != "" && strings.Contains(name, person) || strings.HasPrefix(code, "92") ||
		strings.ContainsAny(name, "·•") {
		return false
	}
	letters, isChinese := 0, false
	for _, r := range name {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters++
		}
		isChinese = isChinese || unicode.Is(unicode.Han, r)
	}
	return isChinese && letters > longestPersonName
}

// longestPersonName is that of a double surname with a given name of two characters.
const longestPersonName = 4
