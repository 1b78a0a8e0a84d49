package adapters

import (
	"context"
	"database/sql"
	"strings"
	"unicode/utf8"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// partiesCap bounds the records that a condition on parties may lead to. They are named by
// key in the statement that asks for the page: an IN list of keys is what every MySQL
// looks up by index, where the sub-select that would spare the first statement is run row
// by row on 5.5.
const partiesCap = 8000

// role is one way in which somebody is a party of a record: a kind of row that names them,
// and how the record is found from there.
type role struct {
	lead func(ctx context.Context, argument string, p plan.Party, r role) ([]string, error) // Source.lead of the rows
	link string                                                                             // field of the row that refers to the record; "" for its own key
	via  string                                                                             // field of the record that link gives values of; "" for its key
	// Fields of the row; "" where it does not record that.
	resident, code, name string
}

// setParties says who is a party of which records. Agents, handlers and lawyers are not,
// nor are events of publicity about anybody.
func (s *Set) setParties() {
	s.LegalityReviews.roles = []role{roleIn(s.LegalityReviews, role{code: "counterpartyCreditCode", name: "counterparty"})}
	party := role{link: "reconsiderationCase", resident: "residentId", code: "creditCode", name: "organizationName"}
	s.ReconsiderationCases.roles = []role{roleIn(s.ReconsiderationApplicants, party), roleIn(s.ReconsiderationThirdParties, party)}
	s.LegalAidCases.roles = []role{roleIn(s.LegalAidCases, role{code: "opponentCreditCode"})}
	if s.LegalAidCases.Records("applicant") {
		s.LegalAidCases.roles = append([]role{roleIn(s.LegalAidApplicants, role{via: "applicant", resident: "residentId"})}, s.LegalAidCases.roles...)
	}
	s.DutyLawyerHelps.roles = []role{roleIn(s.DutyLawyerHelps, role{resident: "residentId"})}
	s.NotarialMatters.roles = []role{roleIn(s.NotarialApplicants, role{link: "matter", resident: "residentId", code: "creditCode", name: "organizationName"})}
}

// roleIn is the role of those whom the rows name, without what the site does not record of
// them: all of it where it does not record which record a row belongs to.
func roleIn[T any](rows *Source[T], r role) role {
	r.lead = rows.lead
	for _, field := range []*string{&r.resident, &r.code, &r.name} {
		if !rows.Records(r.link) || !rows.Records(*field) {
			*field = ""
		}
	}
	return r
}

// answers tells whether the role's rows record all that is asked.
func (r role) answers(p plan.Party) bool {
	return (p.Resident == "" || r.resident != "") && (p.Code == "" || r.code != "") && (p.Name == "" || r.name != "")
}

// mostNameRunes bounds the beginning of a name.
const mostNameRunes = 100

// canonicalParty brings a client's condition on parties into canonical form, and tells all
// that is wrong with it, never repeating a value.
func (s *Source[T]) canonicalParty(argument string, p plan.Party) (canonical plan.Party, faults []error) {
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
				return fault.Input(at, "is no valid resident number; it has 18 characters with a right check digit, or the 15 digits of before 1999")
			}
			return nil
		}},
		{"creditCode", p.Code, func(r role) string { return r.code }, func(at string) error {
			code, ok := cell.NormalizeCreditCode(p.Code)
			if canonical.Code = code; !ok {
				return fault.Input(at, "is no unified social credit code of 18 characters and no organisation code of nine, or its check character is wrong")
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
			faults = append(faults, fault.Input(at, "a %s does not record it of its parties; leave it out", s.kind.Record))
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

// party is the condition that a record has such a party: its key, or what refers to the
// party, is one of those that the rows naming parties lead to. p is canonical.
func (s *Source[T]) party(ctx context.Context, argument string, p plan.Party) (plan.Filter, error) {
	choice := plan.Filter{Or: []plan.Filter{{Keys: []string{}}}} // nobody
	for _, r := range s.roles {
		if !r.answers(p) {
			continue
		}
		found, err := r.lead(ctx, argument, p, r)
		if err != nil {
			return plan.Filter{}, err
		}
		if r.via != "" {
			choice.Or = append(choice.Or, plan.Filter{Field: r.via, Any: found})
		} else {
			choice.Or = append(choice.Or, plan.Filter{Keys: found})
		}
	}
	return choice, nil
}

// lead gives what the rows that name a party refer to, each once; see role. More than
// partiesCap are LIMIT_EXCEEDED, never a short answer.
func (s *Source[T]) lead(ctx context.Context, argument string, p plan.Party, r role) ([]string, error) {
	table, err := s.ready(ctx)
	if err != nil {
		return nil, err
	}
	var where []plan.Predicate
	if p.Resident != "" {
		where = append(where, table.Keyed(table.Field(r.resident), spellingsOf(table, r.resident, p.Resident)))
	}
	if p.Code != "" {
		where = append(where, table.OfOrganization(r.code, []string{p.Code}))
	}
	if p.Name != "" {
		named, err := s.where(table, plan.Filter{Field: r.name, Text: &plan.TextMatch{Prefix: &p.Name}})
		if err != nil {
			return nil, err
		}
		where = append(where, named...)
	}
	if physical := s.catalog.table(ctx, table.Mapping.Name); physical != nil && physical.Judge(table, where, plan.Order{}) == plan.FilterScans {
		return nil, fault.Limit(string(s.kind.System), argument, "no index finds it among about %s %s records; ask the administrators for one. 约 %[1]s 条当事人记录无索引可用，请联系管理员建立索引。",
			thousands(physical.Rows), s.kind.Record)
	}
	project := plan.Project(table, func(field string) bool {
		return field == r.link && r.link != "" || p.Resident != "" && field == r.resident || p.Code != "" && field == r.code
	})
	statement := table.List(plan.List{Project: project, Where: where, Limit: partiesCap + 1})
	found := map[string]bool{}
	keys := []string{}
	rows := 0
	err = s.read(ctx, table, statement, project, 0, func(row *T, _ []sql.RawBytes) {
		rows++
		// The database lets some more through, those that its collation takes for equal.
		if p.Resident != "" && !s.holds(row, r.resident, func(v string) bool { return v == p.Resident }) {
			return
		}
		if p.Code != "" && !s.holds(row, r.code, func(v string) bool { return isCodeOf(v, p.Code) }) {
			return
		}
		for _, key := range s.keysOf(row, r.link) {
			if !found[key] {
				found[key] = true
				keys = append(keys, key)
			}
		}
	})
	if err == nil && rows > partiesCap {
		err = fault.Limit(string(s.kind.System), argument, "more than %s parties match; give a longer name, or a number or code. 匹配的当事人超过 %[1]s 个，请输入更长的名称，或证件号、代码。", thousands(partiesCap))
	}
	return keys, err
}

// holds tells whether a row's field has a value for which is holds.
func (s *Source[T]) holds(row *T, field string, is func(string) bool) bool {
	for _, v := range s.keysOf(row, field) {
		if is(v) {
			return true
		}
	}
	return false
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
