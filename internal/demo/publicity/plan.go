package publicity

import (
	"iter"
	"strconv"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/dataset"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// Codes of jihua_types.
const (
	annualTask         = 1
	keyDay             = 2
	responsibilityList = 3
	midtermEvaluation  = 4
)

// assignment is one plan item before it becomes a row. Either department or town answers
// for it; both are canonical codes.
type assignment struct {
	year             int
	kind, theme      int
	title            string
	department, town string
	due              time.Time
}

// planRows gives the yearly plans of 2021 to 2024. Their number does not follow the scale:
// there are as many as there are units. The mid-term evaluation of the eighth five-year plan
// is part of 2023's, with every unit's share done in full; it counts for the yearly report.
func (s *scribe) planRows(run *dataset.Run) iter.Seq[map[string]any] {
	s.run, s.r = run, run.Rand
	return func(yield func(map[string]any) bool) {
		id := 0
		for year := 2021; year <= 2024; year++ {
			for i, a := range s.assignments(year) {
				id++
				s.items[year] = append(s.items[year], id)
				isCounted := a.kind == midtermEvaluation
				if !yield(map[string]any{
					"year": year, "serial": i + 1, "kind": a.kind, "theme": a.theme, "title": a.title, "due": a.due,
					"department": known(a.department), "town": known(a.town), "isCounted": isCounted,
					"isSure": isCounted || a.kind == keyDay && a.due.Before(world.End),
				}) {
					return
				}
			}
		}
	}
}

// known is a code, NULL for none.
func known(code string) any {
	if code == "" {
		return nil
	}
	return code
}

// assignments lists what a year's plan asks of whom.
func (s *scribe) assignments(year int) []assignment {
	end := world.Day(year, 12, 31)
	var list []assignment
	for _, town := range s.w.Towns.List {
		list = append(list,
			assignment{year, annualTask, 0, town.Name + strconv.Itoa(year) + "年法治宣传教育工作", "", town.Code, end},
			assignment{year, annualTask, 9, "“法律明白人”培育", "", town.Code, world.Day(year, 10, 31)})
	}
	for _, unit := range s.unitsOf(year) {
		name := s.w.Departments.ByCode(unit).Name
		list = append(list, assignment{year, responsibilityList, 0, name + "普法责任清单", unit, "", end})
		if s.chance(50) {
			list = append(list, assignment{year, responsibilityList, number(s.run.Make("listTheme")), "以案释法专项宣传", unit,
				"", world.Day(year, 11, 30)})
		}
	}
	for _, day := range []struct {
		title      string
		theme      int
		month, day int
	}{
		{"“三八”妇女维权周", 9, 3, 8}, {"“3·15”消费者权益日", 8, 3, 15}, {"“4·15”全民国家安全教育日", 9, 4, 15},
		{"民法典宣传月", 3, 5, 31}, {"“6·26”国际禁毒日", 9, 6, 26}, {"“八一”送法进军营", 9, 8, 1},
		{"“12·4”国家宪法日暨宪法宣传周", 2, 12, 7},
	} {
		list = append(list,
			assignment{year, keyDay, day.theme, day.title, "justice", "", world.Day(year, day.month, day.day)})
	}
	if year == 2023 {
		list = append(list, s.evaluation()...)
	}
	return list
}

// evaluation lists the parts of the mid-term evaluation of the eighth five-year plan.
func (s *scribe) evaluation() []assignment {
	var list []assignment
	for _, title := range []string{"“八五”普法中期评估方案", "“八五”普法中期自查报告", "“八五”普法中期评估迎检", "“八五”普法中期先进推荐"} {
		list = append(list, assignment{2023, midtermEvaluation, 0, title, "justice", "", world.Day(2023, 9, 30)})
	}
	for _, town := range s.w.Towns.List {
		list = append(list, assignment{2023, midtermEvaluation, 0, "“八五”普法中期自评（" + town.Name + "）", "", town.Code,
			world.Day(2023, 8, 31)})
	}
	for _, unit := range []string{"education", "public-security", "market-regulation", "human-resources",
		"civil-affairs", "health", "urban-management", "natural-resources"} {
		list = append(list, assignment{2023, midtermEvaluation, 0, "“八五”普法中期自评（部门）", unit, "", world.Day(2023, 8, 31)})
	}
	return list
}
