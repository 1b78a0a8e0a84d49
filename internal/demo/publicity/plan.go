package publicity

import (
	"strconv"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// planItem is what events need to know of an item of a year's plan.
type planItem struct {
	id   int64
	year int
}

// assignment is one plan item before it becomes a row. Either department or town answers
// for it; both are canonical codes.
type assignment struct {
	year             int
	kind, theme      int
	title            string
	department, town string
	due              time.Time
}

// Positions in the plan table.
const (
	planNumberAt  = 1
	planYearAt    = 3
	planKindAt    = 5
	planPercentAt = 11
	planDoneAt    = 12
)

// planItems invents the yearly plans of 2021 to 2024. Their number does not follow the
// scale: there are as many as there are units. The mid-term evaluation of the eighth
// five-year plan is part of 2023's, with every unit's share done in full.
func (s *scribe) planItems() (*legacy.Table, []planItem) {
	t := &legacy.Table{
		Name: "jihua", Comment: "年度普法计划", Primary: []string{"id"}, Engine: "MyISAM",
		Indexes: [][]string{{"jihuabianhao"}, {"niandu"}, {"jiezhiriqi"}},
		Columns: []legacy.Column{
			{Name: "id", Type: "int", NotNull: true, Comment: "主键"},
			{Name: "jihuabianhao", Type: "varchar(30)", Comment: "计划编号"},
			{Name: "wenjianhao", Type: "varchar(60)", Comment: "文件号"},
			{Name: "niandu", Type: "int", Comment: "年度"},
			{Name: "jihuamingcheng", Type: "varchar(200)", Comment: "计划名称"},
			{Name: "jihua_types", Type: "int", Comment: "计划类型"},
			{Name: "zhuti_types", Type: "int", Comment: "主题"},
			{Name: "zerendanwei", Type: "varchar(200)", Comment: "责任单位"},
			{Name: "zerenzhenjie", Type: "varchar(200)", Comment: "责任镇街"},
			{Name: "jihuachangci", Type: "varchar(20)", Comment: "计划场次"},
			{Name: "wanchengchangci", Type: "varchar(20)", Comment: "完成场次"},
			{Name: "wanchenglv", Type: "varchar(20)", Comment: "完成率"},
			{Name: "shifouwancheng", Type: "varchar(4)", Comment: "是否完成"},
			{Name: "jihuashijian", Type: "varchar(30)", Comment: "计划时间"},
			{Name: "jiezhiriqi", Type: "varchar(10)", Comment: "截止日期"},
			{Name: "wanchengriqi", Type: "varchar(30)", Comment: "完成日期"},
			{Name: "jihua_delete", Type: "int", Default: "1", Comment: "逻辑删除 1:未删除 2:已删除"},
		},
	}
	var items []planItem
	spared := map[string]bool{}
	for year := 2021; year <= 2024; year++ {
		for i, a := range s.assignments(year) {
			id := int64(len(t.Rows) + 1)
			t.Rows = append(t.Rows, s.planRow(id, i+1, a))
			items = append(items, planItem{id, year})
			if a.kind == midtermEvaluation {
				spared[strconv.FormatInt(id, 10)] = true
			}
		}
	}
	for range 3 { // withdrawn
		row := append([]any(nil), t.Rows[s.r.IntN(len(t.Rows))]...)
		row[0], row[len(row)-1], row[planPercentAt] = int64(len(t.Rows)+1), int64(2), "待报"
		t.Rows = append(t.Rows, row)
	}
	s.spoilPlan(t, spared)
	return t, items
}

// assignments lists what a year's plan asks of whom.
func (s *scribe) assignments(year int) []assignment {
	end := world.Day(year, 12, 31)
	var list []assignment
	for _, town := range s.w.Towns.List {
		list = append(list,
			assignment{year, annualTask, 0, town.Name + strconv.Itoa(year) + "年法治宣传教育工作", "", town.Code, end},
			assignment{year, annualTask, otherTheme, "“法律明白人”培育", "", town.Code, world.Day(year, 10, 31)})
	}
	for _, unit := range s.unitsOf(year) {
		name := s.w.Departments.ByCode(unit).Name
		list = append(list, assignment{year, responsibilityList, 0, name + "普法责任清单", unit, "", end})
		if s.chance(50) {
			list = append(list, assignment{year, responsibilityList, weighted(s.r.IntN(100), businessEnv, 40, labour, 30, antiFraud, 30), "以案释法专项宣传", unit, "", world.Day(year, 11, 30)})
		}
	}
	for _, day := range []struct {
		title      string
		theme      int
		month, day int
	}{
		{"“三八”妇女维权周", otherTheme, 3, 8}, {"“3·15”消费者权益日", businessEnv, 3, 15}, {"“4·15”全民国家安全教育日", otherTheme, 4, 15},
		{"民法典宣传月", civilCode, 5, 31}, {"“6·26”国际禁毒日", otherTheme, 6, 26}, {"“八一”送法进军营", otherTheme, 8, 1},
		{"“12·4”国家宪法日暨宪法宣传周", constitution, 12, 7},
	} {
		list = append(list, assignment{year, keyDay, day.theme, day.title, "justice", "", world.Day(year, day.month, day.day)})
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
		list = append(list, assignment{2023, midtermEvaluation, 0, "“八五”普法中期自评（" + town.Name + "）", "", town.Code, world.Day(2023, 8, 31)})
	}
	for _, unit := range []string{"education", "public-security", "market-regulation", "human-resources", "civil-affairs", "health", "urban-management", "natural-resources"} {
		list = append(list, assignment{2023, midtermEvaluation, 0, "“八五”普法中期自评（部门）", unit, "", world.Day(2023, 8, 31)})
	}
	return list
}

// planRow writes one item.
func (s *scribe) planRow(id int64, serial int, a assignment) []any {
	year := a.year
	row := []any{
		id,
		"JH-" + strconv.Itoa(year) + "-" + pad4(serial),
		s.spell("萧普办", year, 5),
		int64(year),
		a.title,
		int64(a.kind), int64(a.theme),
		nil, nil, // who answers for it, below
		nil, nil, nil, nil, // how far it is, below
		s.planTime(a.due),
		a.due.Format(time.DateOnly),
		nil,
		int64(1),
	}
	if a.town != "" {
		row[8] = s.w.TownSpelling(s.r, a.town)
	} else {
		row[7] = s.w.DepartmentSpelling(s.r, a.department)
	}
	if a.kind == annualTask && s.chance(3) {
		row[14] = "9999-12-31" // open
	}
	want := s.between(2, 24)
	percent := s.between(82, 99)
	switch {
	case a.kind == midtermEvaluation, a.kind == keyDay && a.due.Before(world.End), year < 2024 && s.chance(70):
		percent = 100
	case year == 2024:
		percent = s.between(10, 70)
	}
	row[9], row[10] = s.number(want), s.number(want*percent/100)
	row[planPercentAt] = strconv.Itoa(percent)
	if percent < 100 && s.chance(50) {
		row[planPercentAt] = strconv.Itoa(percent) + ".5"
	}
	row[12] = "否"
	if percent == 100 {
		done := a.due.AddDate(0, 0, -s.r.IntN(25))
		row[12], row[15] = "是", done.Format(world.Pick(s.r, []string{"2006-01-02", "2006-1-2", "2006年1月2日"}))
	}
	return row
}

func (s *scribe) planTime(due time.Time) any {
	switch s.r.IntN(5) {
	case 0:
		return "全年"
	case 1:
		return due.Format("2006")
	case 2:
		return due.Format("2006年1月")
	case 3:
		return nil
	}
	return due.Format("2006-01")
}

func planKey(row []any) string { return strconv.FormatInt(row[0].(int64), 10) }

// spoilPlan plants the dirt; the mid-term evaluation stays clean.
func (s *scribe) spoilPlan(t *legacy.Table, spared map[string]bool) {
	p := s.planter("PublicityPlanItem", t, planKey, func(row []any, _ string) bool {
		return spared[planKey(row)] || row[len(row)-1] != int64(1)
	})
	p.plant("wenjianhao", "documentNumberKey", "UNREADABLE_NUMBER", "萧普办", "另行发文")
	p.plant("jihua_types", "kind", "UNKNOWN_CODE", int64(9))
	p.plant("zhuti_types", "theme", "UNKNOWN_CODE", int64(21))
	p.plant("zerendanwei", "department", "UNKNOWN_DEPARTMENT", "区委宣传部", "各部门")
	p.plant("zerenzhenjie", "town", "UNKNOWN_TOWN", "各镇街", "义蓬镇")
	p.plant("jihuachangci", "plannedEvents", "NOT_A_NUMBER", "不少于12场", "若干")
	p.plant("wanchengchangci", "doneEvents", "NOT_A_NUMBER", "12场")
	p.plant("wanchenglv", "percentDone", "NOT_A_NUMBER", "100%", "八成")
	p.plant("wanchenglv", "percentDone", "NUMBER_OUT_OF_RANGE", "850")
	p.plant("shifouwancheng", "isDone", "NOT_A_FLAG", "基本")
	p.plant("jihuashijian", "plannedFor", "UNREADABLE_DATE", "一季度", "贯穿全年")
	p.plant("wanchengriqi", "doneOn", "IMPOSSIBLE_DATE", "2023-11-31", "2022年2月29日")
	p.plant("wanchengriqi", "doneOn", "UNREADABLE_DATE", "年底前")
}
