package adapters

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// partiesCap bounds the records that a condition on parties may lead to. They are named by
// key in the statement that asks for the page: an IN list of keys is what every MySQL
// looks up by index, where the sub-select that would spare the first statement is run row
// by row on 5.5.
const partiesCap = 8000

// role is one way in which somebody is a party of a record: a kind of row that names them,
// and how the record is found from there.
type role struct {
	// settler.lead of the rows
	lead func(ctx context.Context, argument string, parties []filter.Party, r role) ([][]string, error)
	// field of the row that refers to the record; "" for its own key
	link string
	// field of the record that link gives values of; "" for its key
	via string
	// Fields of the row; "" where it does not record that.
	resident, code, name string
}

// isFor adds a way in which somebody is a party of the records; one of which the site does
// not record how the record is found from there adds none.
func (s *store) isFor(r role) {
	if r.via == "" || s.Records(r.via) {
		s.roles = append(s.roles, r)
	}
}

// roleIn is the role of those whom the rows name, without what the site does not record of
// them: all of it where it does not record which record a row belongs to.
func roleIn[T any](rows *Source[T], r role) role {
	r.lead = rows.settler.lead
	for _, field := range []*string{&r.resident, &r.code, &r.name} {
		if !rows.Records(r.link) || !rows.Records(*field) {
			*field = ""
		}
	}
	return r
}

// answers tells whether the role's rows record all that is asked.
func (r role) answers(p filter.Party) bool {
	return (p.Resident == "" || r.resident != "") && (p.Code == "" || r.code != "") && (p.Name == "" || r.name != "")
}

// mostNameRunes bounds the beginning of a name.
const mostNameRunes = 100

// canonicalParty brings a client's condition on parties into canonical form, and tells all
// that is wrong with it, never repeating a value.
func (s *settler) canonicalParty(argument string, p filter.Party) (canonical filter.Party, faults []error) {
	canonical.Name = strings.TrimSpace(p.Name)
	asked := 0
	for _, part := range []struct {
		name, value string
		field       func(role) string
		check       func(at string) error // what is wrong with the value given there
	}{
		{"residentId", p.Resident, func(r role) string { return r.resident }, func(at string) error {
			number, ok := cell.NormalizeResidentID(p.Resident)
			if canonical.Resident = number; !ok {
				return fault.Input(at,
					"is no valid resident number; it has 18 characters with a right check digit, or the 15 digits of before 1999")
			}
			return nil
		}},
		{"creditCode", p.Code, func(r role) string { return r.code }, func(at string) error {
			code, ok := cell.NormalizeCreditCode(p.Code)
			if canonical.Code = code; !ok {
				return fault.Input(at,
					"is no unified social credit code of 18 characters and no organisation code of nine, or its check character is wrong")
			}
			return nil
		}},
		{"name", p.Name, func(r role) string { return r.name }, func(at string) error {
			if n := utf8.RuneCountInString(canonical.Name); n < 2 || n > mostNameRunes {
				return fault.Input(at, "give 2 to %d characters, not %d", mostNameRunes, n)
			}
			return nil
		}},
	} {
		if part.value == "" {
			continue
		}
		asked++
		at := argument + "." + part.name
		if recorded := recordedBy(s.roles, part.field); !recorded {
			faults = append(faults,
				fault.Input(at, "a %s does not record it of its parties; leave it out", s.kind.Record))
		} else if wrong := part.check(at); wrong != nil {
			faults = append(faults, wrong)
		}
	}
	if asked == 0 {
		faults = append(faults, fault.Input(argument, "give residentId, creditCode or name"))
	}
	return canonical, faults
}

func recordedBy(roles []role, field func(role) string) bool {
	for _, r := range roles {
		if field(r) != "" {
			return true
		}
	}
	return false
}

// parties gives for each condition on parties in the filters, in canonical form, the
// condition that stands for it: the record's key, or what refers to the party, is one of
// those that the rows naming parties lead to. One statement a role finds all of them. The
// filters have been checked.
func (s *settler) parties(ctx context.Context, filters []filter.Filter) (map[filter.Party]filter.Filter, error) {
	var asked []filter.Party
	first := "" // where the first of them stands
	for _, f := range filters {
		_, _ = filter.Rewrite(f, "filter", func(at string, f filter.Filter) (filter.Filter, error) {
			if f.Party == nil {
				return f, nil
			}
			if asked == nil {
				first = at
			}
			if p, _ := s.canonicalParty(at, *f.Party); !slices.Contains(asked, p) {
				asked = append(asked, p)
			}
			return f, nil
		})
	}
	choices := make(map[filter.Party]filter.Filter, len(asked))
	for _, p := range asked {
		choices[p] = filter.Filter{Or: []filter.Filter{{Keys: []string{}}}} // nobody
	}
	for _, r := range s.roles {
		answered := slices.DeleteFunc(slices.Clone(asked), func(p filter.Party) bool { return !r.answers(p) })
		if len(answered) == 0 {
			continue
		}
		found, err := r.lead(ctx, first, answered, r)
		if err != nil {
			return nil, err
		}
		for i, p := range answered {
			choice := choices[p]
			if r.via != "" {
				choice.Or = append(choice.Or, filter.Filter{Field: r.via, Any: found[i]})
			} else {
				choice.Or = append(choice.Or, filter.Filter{Keys: found[i]})
			}
			choices[p] = choice
		}
	}
	return choices, nil
}

// mostParties bounds the different parties of one filter, which one statement finds.
const mostParties = parentsPerStatement

// lead gives what the rows that name each party refer to, each once; see role. More than
// partiesCap rows are LIMIT_EXCEEDED, never a short answer.
func (s *settler) lead(ctx context.Context, argument string, parties []filter.Party, r role) ([][]string, error) {
	table, err := s.visible(ctx)
	if err != nil {
		return nil, err
	}
	named := make([]plan.Parent, len(parties))
	for i, p := range parties {
		if named[i].Where, err = s.naming(table, p, r); err != nil {
			return nil, err
		}
	}
	physical := s.catalog.table(ctx, table.Mapping.Name)
	for _, parent := range named {
		if physical != nil && physical.Judge(table, []plan.Predicate{parent.Where}, plan.Order{}) == plan.FilterScans {
			return nil, fault.Limit(string(s.kind.System), argument,
				"no index finds it among about %s %s records; ask the administrators for one. 约 %[1]s 条当事人记录无索引可用，请联系管理员建立索引。",
				thousands(physical.Rows), s.kind.Record)
		}
	}
	byResident := slices.ContainsFunc(parties, func(p filter.Party) bool { return p.Resident != "" })
	byCode := slices.ContainsFunc(parties, func(p filter.Party) bool { return p.Code != "" })
	project := plan.Project(table, func(field string) bool {
		return field == r.link && r.link != "" || byResident && field == r.resident || byCode && field == r.code
	})
	statement := table.Pages(plan.List{Project: project, Limit: partiesCap + 1}, named)
	found := make([]map[string]bool, len(parties))
	keys := make([][]string, len(parties))
	for i := range parties {
		found[i], keys[i] = map[string]bool{}, []string{}
	}
	rows := 0
	many := fault.Limit(string(s.kind.System), argument,
		"more than %s parties match; give a longer name, or a number or code. 匹配的当事人超过 %[1]s 个，请输入更长的名称，或证件号、代码。",
		thousands(partiesCap))
	err = s.rows.entries(ctx, table, statement, project, 1, func(e entry, cells []sql.RawBytes) error {
		if rows++; rows > partiesCap {
			return many
		}
		i, _ := strconv.Atoi(string(cells[0]))
		p := parties[i]
		// The database lets some more through, those that its collation takes for equal.
		if p.Resident != "" && !e.holds(r.resident, func(v string) bool { return v == p.Resident }) {
			return nil
		}
		if p.Code != "" && !e.holds(r.code, func(v string) bool { return isCodeOf(v, p.Code) }) {
			return nil
		}
		for _, key := range e.keys(r.link) {
			if !found[i][key] {
				found[i][key] = true
				keys[i] = append(keys[i], key)
			}
		}
		return nil
	})
	return keys, err
}

// naming is the predicate of the rows that name a party in a role.
func (s *store) naming(table *plan.Table, p filter.Party, r role) (plan.Predicate, error) {
	var where []plan.Predicate
	if p.Resident != "" {
		where = append(where, table.Keyed(table.Field(r.resident), spellingsOf(table, r.resident, p.Resident)))
	}
	if p.Code != "" {
		where = append(where, table.OfOrganization(r.code, []string{p.Code}))
	}
	if p.Name != "" {
		named, err := s.where(table, filter.Filter{Field: r.name, Text: &filter.TextMatch{Prefix: &p.Name}})
		if err != nil {
			return nil, err
		}
		where = append(where, named...)
	}
	return plan.All(where), nil
}

// isCodeOf tells whether a recorded code is of the organisation that is asked for: a code
// of 18 characters is recorded as it is, or as the organisation code in it; one of nine
// also as any unified code round it.
func isCodeOf(recorded, asked string) bool {
	if len(asked) == 18 {
		return recorded == asked || recorded == cell.OrganizationCode(asked)
	}
	return cell.OrganizationCode(recorded) == asked
}

func spellingsOf(table *plan.Table, field, canonical string) []string {
	texts, _ := table.Codecs[field].Spell(canonical)
	return texts
}
