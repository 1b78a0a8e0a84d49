package publicity

import (
	"strconv"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// trainings invents courses and exams. Their table was made last, in utf8mb4, and keeps
// the rare characters that the others lost.
func (s *scribe) trainings(events []event) *legacy.Table {
	const wide = "utf8mb4"
	t := &legacy.Table{
		Name: "peixun", Comment: "法治培训考试", Primary: []string{"id"},
		Indexes: [][]string{{"peixunbianhao"}, {"kaishishijian"}, {"huodong_id"}, {"zhenjie"}},
		Columns: []legacy.Column{
			{Name: "id", Type: "bigint", NotNull: true, Comment: "主键"},
			{Name: "peixunbianhao", Type: "varchar(30)", Charset: wide, Comment: "培训编号"},
			{Name: "peixunmingcheng", Type: "varchar(180)", Charset: wide, Comment: "培训名称"},
			{Name: "peixun_types", Type: "int", Comment: "培训类型"},
			{Name: "duixiang_types", Type: "int", Comment: "培训对象"},
			{Name: "zhubandanwei", Type: "varchar(180)", Charset: wide, Comment: "主办单位"},
			{Name: "zhenjie", Type: "varchar(60)", Charset: wide, Comment: "镇街"},
			{Name: "jiangshi", Type: "varchar(180)", Charset: wide, Comment: "讲师"},
			{Name: "kaishishijian", Type: "datetime", NotNull: true, Default: "'0000-00-00 00:00:00'", Comment: "开始时间"},
			{Name: "jieshushijian", Type: "datetime", NotNull: true, Default: "'9999-12-31 00:00:00'", Comment: "结束时间"},
			{Name: "xueshi", Type: "decimal(65,30)", Comment: "学时"},
			{Name: "yingdaorenshu", Type: "varchar(20)", Charset: wide, Comment: "应到人数"},
			{Name: "shidaorenshu", Type: "varchar(20)", Charset: wide, Comment: "实到人数"},
			{Name: "kaoshirenshu", Type: "varchar(20)", Charset: wide, Comment: "考试人数"},
			{Name: "hegerenshu", Type: "varchar(20)", Charset: wide, Comment: "合格人数"},
			{Name: "pingjunfen", Type: "varchar(20)", Charset: wide, Comment: "平均分"},
			{Name: "huodong_id", Type: "bigint", Comment: "活动"},
			{Name: "peixun_delete", Type: "int", Default: "1", Comment: "逻辑删除 1:未删除 2:已删除"},
		},
	}
	half := s.w.N(trainingsAYear / 2)
	serials := map[int]int{}
	add := func(n int, from, before time.Time) {
		for range n {
			day := workday(world.DayBetween(s.r, from, before))
			serials[day.Year()]++
			t.Rows = append(t.Rows, s.trainingRow(int64(len(t.Rows)+1), serials[day.Year()], day, events))
		}
	}
	add(half, world.Start, world.Day(2022, 12, 30))
	add(s.w.N(trainingsAYear), world.Day(2023, 1, 3), world.Day(2023, 12, 29))
	add(half, world.Day(2024, 1, 2), world.Day(2024, 6, 28))
	s.spoilTrainings(t)
	return t
}

// trainingTitles name courses by their target, whose codes are the positions from 1.
var trainingTitles = [...]string{"领导干部法治专题", "行政执法人员综合法律知识", "法律明白人业务", "法治副校长履职", "企业经营管理人员合规"}

// trainingRow writes one course or exam. About one in eight belonged to an event.
func (s *scribe) trainingRow(id int64, serial int, day time.Time, events []event) []any {
	kind, target := course, s.r.IntN(len(trainingTitles))
	if s.chance(30) {
		kind = exam
	}
	invited := s.between(20, 220)
	attended := invited * s.between(70, 100) / 100
	row := []any{
		id,
		"PX-" + strconv.Itoa(day.Year()) + "-" + pad4(serial),
		trainingTitles[target] + []string{course: "培训班", exam: "考试"}[kind],
		int64(kind), int64(target + 1),
		s.w.DepartmentSpelling(s.r, s.department(day.Year())),
		"区级",
		s.lecturers(kind),
		day.Format(time.DateOnly) + " 09:00:00",
		day.AddDate(0, 0, s.r.IntN(3)).Format(time.DateOnly) + " 17:00:00",
		strconv.Itoa(s.between(2, 24)) + "." + world.Pick(s.r, []string{"0", "5"}) + strings.Repeat("0", 29),
		s.number(invited), s.number(attended),
		nil, nil, nil, // the exam, below
		int64(0),
		int64(1),
	}
	if s.chance(60) {
		row[6] = s.w.TownSpelling(s.r, s.w.AnyTown(s.r))
	}
	if s.chance(10) {
		row[9] = "9999-12-31 00:00:00" // nobody entered the end
	}
	if kind == exam || s.chance(40) {
		passed := attended * s.between(80, 100) / 100
		row[13], row[14], row[15] = s.number(attended), s.number(passed), strconv.Itoa(s.between(70, 95))+"."+strconv.Itoa(s.r.IntN(100))
	}
	if s.chance(12) {
		row[16] = world.Pick(s.r, events).id
	}
	return row
}

// lecturers writes who taught; an exam has nobody.
func (s *scribe) lecturers(kind int) any {
	switch {
	case kind == exam:
		return nil
	case s.chance(2):
		return "陈\U0002C71F" // a character outside the 3-byte range
	}
	names := s.person().Name
	if s.chance(30) {
		names += world.Pick(s.r, []string{"、", ","}) + world.Pick(s.r, s.w.Lawyers).Name
	}
	return names
}

func (s *scribe) spoilTrainings(t *legacy.Table) {
	key := func(row []any) string { return strconv.FormatInt(row[0].(int64), 10) }
	p := s.planter("PublicityTraining", t, key, func([]any, string) bool { return false })
	p.plant("peixun_types", "kind", "UNKNOWN_CODE", int64(3))
	p.plant("duixiang_types", "target", "UNKNOWN_CODE", int64(11), int64(99))
	p.plant("zhubandanwei", "organiser", "UNKNOWN_DEPARTMENT", "区委党校", "区普法办")
	p.plant("zhenjie", "town", "UNKNOWN_TOWN", "河庄镇", "各镇街")
	p.plant("jieshushijian", "endsOn", "DATE_OUT_OF_RANGE", "1900-01-01 00:00:00")
	p.plant("yingdaorenshu", "invited", "NOT_A_NUMBER", "全体", "约80")
	p.plant("shidaorenshu", "attended", "NOT_A_NUMBER", "应到尽到")
	p.plant("pingjunfen", "averageScore", "NOT_A_NUMBER", "良好")
	p.plant("pingjunfen", "averageScore", "NUMBER_OUT_OF_RANGE", "850")
	p.plant("hegerenshu", "passed", "NUMBER_OUT_OF_RANGE", "-3")
	p.plant("xueshi", "hours", "NUMBER_OUT_OF_RANGE", "-1."+strings.Repeat("0", 30), "2000."+strings.Repeat("0", 30))
	p.plant("huodong_id", "event", "ORPHAN_LINK", int64(900011), int64(900012))
}
