package publicity

import (
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// afterthoughts are what towns handed in on paper when the year's figures had been
// counted: of some nobody knows any more in which year, or of what kind, they were. They
// may belong to the yearly report, which has to say so. They do not follow the scale.
func (s *scribe) afterthoughts(events, plan, honours *legacy.Table) {
	s.lateTalks(events)
	s.lateParts(plan)
	s.lateHonours(honours)
}

// note enters a finding, if there is one, into the ledger.
func (s *scribe) note(record, key, field, rule string) {
	if rule != "" {
		s.ledger = append(s.ledger, legacy.Dirt{Record: record, Key: key, Field: field, Rule: rule})
	}
}

// lateTalks appends talks on rule-of-law thought, without number and day of registration.
func (s *scribe) lateTalks(t *legacy.Table) {
	for i, late := range []struct {
		column      int
		cell        any
		field, rule string
	}{
		{heldAt, "0000-00-00", "heldOn", "ZERO_DATE"},
		{heldAt, "无", "heldOn", "UNREADABLE_DATE"},
		{heldAt, "2023-02-30", "heldOn", "IMPOSSIBLE_DATE"},
		{heldAt, "", "heldOn", ""},
		{themeAt, int64(99), "theme", "UNKNOWN_CODE"},
		{formAt, nil, "form", ""},
	} {
		day := world.Day(2023, 5+i, 16)
		e := event{
			id: int64(1001 + len(t.Rows)), talk: true, status: reported, venue: 1 + i, form: lecture, theme: xiThought,
			created: day, day: day, approved: day, held: day, reported: day,
		}
		row := s.eventRow(&e, 1, nil)
		row[numberAt], row[createdAt], row[late.column] = "", zeroDateTime, late.cell
		t.Rows = append(t.Rows, row)
		s.note("PublicityEvent", eventKey(row), late.field, late.rule)
	}
}

// lateParts appends parts of the mid-term evaluation.
func (s *scribe) lateParts(t *legacy.Table) {
	for i, late := range []struct {
		column      int
		cell        any
		field, rule string
	}{
		{planYearAt, nil, "year", ""},
		{planYearAt, int64(0), "year", "NUMBER_OUT_OF_RANGE"},
		{planDoneAt, "基本", "isDone", "NOT_A_FLAG"},
	} {
		a := assignment{2023, midtermEvaluation, 0, "“八五”普法中期自评（补报）", "", s.w.Towns.List[i].Code, world.Day(2023, 8, 31)}
		row := s.planRow(int64(len(t.Rows)+1), 0, a)
		row[planNumberAt], row[late.column] = "", late.cell
		t.Rows = append(t.Rows, row)
		s.note("PublicityPlanItem", planKey(row), late.field, late.rule)
	}
}

// lateHonours appends honours of 2023 below the sheet's last note. The sheet's key is year
// and number.
func (s *scribe) lateHonours(t *legacy.Table) {
	for i, late := range []struct {
		award
		column      int
		cell        any
		field, rule string
	}{
		{award{level: "省级", kind: "民主法治村（社区）"}, honourYearAt, "", "year", ""},
		{award{level: "市级", kind: "法治教育基地"}, honourYearAt, "无", "year", "NOT_A_NUMBER"},
		{award{level: "省级", kind: "民主法治村（社区）"}, honourNewAt, "待核", "isNew", "NOT_A_FLAG"},
		{award{level: "市级", kind: "法治教育基地"}, honourLevelAt, "市级以上", "level", "UNKNOWN_CODE"},
	} {
		row := s.honourRow(2023, 101+i, late.award, world.Day(2023, 11, 20), 40+i)
		row[late.column], row[honourGrantedAt] = late.cell, "/"
		t.Rows = append(t.Rows, row)
		s.note("PublicityHonour", honourKey(row), late.field, late.rule)
	}
}
