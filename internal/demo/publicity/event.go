package publicity

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// event is one event before it becomes a row. Days are zero until they have come.
type event struct {
	id                                                    int64
	day                                                   time.Time // planned, and held if it was
	created, approved, held, reported, verified, finished time.Time
	status, venue, form, theme                            int
	talk                                                  bool // one of the talks the 2023 report counts
}

// huodongColumns are the columns of the events table, in the order row writes them.
func huodongColumns() []legacy.Column {
	return []legacy.Column{
		{Name: "id", Type: "int", NotNull: true, Comment: "主键"},
		{Name: "huodongbianhao", Type: "varchar(30)", Comment: "活动编号"},
		{Name: "wenjianhao", Type: "varchar(60)", Comment: "文件号"},
		{Name: "huodongmingcheng", Type: "varchar(200)", Comment: "活动名称"},
		{Name: "huodongjianjie", Type: "longtext", Comment: "活动简介"},
		{Name: "changsuo_types", Type: "int", Comment: "场所类型"},
		{Name: "xingshi_types", Type: "int", Comment: "活动形式"},
		{Name: "zhuti_types", Type: "int", Comment: "活动主题"},
		{Name: "zhuangtai_types", Type: "int", Comment: "活动状态 1计划 2审批 3待开展 4已开展 5取消"},
		{Name: "zhubanbumen", Type: "varchar(200)", Comment: "主办部门"},
		{Name: "zhubanzhenjie", Type: "varchar(200)", Comment: "主办镇街"},
		{Name: "xiebandanwei", Type: "varchar(500)", Comment: "协办单位"},
		{Name: "zhenjie", Type: "varchar(60)", Comment: "所在镇街"},
		{Name: "cunshe", Type: "varchar(60)", Comment: "村社"},
		{Name: "didian", Type: "varchar(200)", Comment: "地点"},
		{Name: "xuanjiangren", Type: "varchar(200)", Comment: "宣讲人"},
		{Name: "lvshizhanghao", Type: "varchar(50)", Comment: "律师账号"}, // the licence, whatever the comment says
		{Name: "lianxiren", Type: "varchar(50)", Comment: "联系人"},
		{Name: "lianxidianhua", Type: "varchar(50)", Comment: "联系电话"},
		{Name: "jihuashijian", Type: "varchar(30)", Comment: "计划时间"},
		{Name: "chuangjianshijian", Type: "datetime", NotNull: true, Default: "'0000-00-00 00:00:00'", Comment: "创建时间"},
		{Name: "shenpishijian", Type: "varchar(8)", Comment: "审批时间"},
		{Name: "huodongshijian", Type: "varchar(50)", Comment: "活动时间"},
		{Name: "shangbaoshijian", Type: "varchar(50)", Comment: "上报时间"},
		{Name: "heshishijian", Type: "datetime", NotNull: true, Default: "'0000-00-00 00:00:00'", Comment: "核实时间"},
		{Name: "banjieriqi", Type: "date", Comment: "办结日期"},
		{Name: "canjiarenshu", Type: "varchar(50)", Comment: "参加人数"},
		{Name: "xianshangrenci", Type: "varchar(50)", Comment: "线上人次"},
		{Name: "zhaopianshu", Type: "int", Comment: "照片数"},
		{Name: "shifoujifen", Type: "varchar(4)", Comment: "是否计分"},
		{Name: "defen", Type: "varchar(20)", Comment: "得分"},
		{Name: "quxiaoyuanyin", Type: "varchar(200)", Comment: "取消原因"},
		{Name: "beizhu", Type: "varchar(255)", Charset: "latin1", Comment: "备注"},
		{Name: "jihua_id", Type: "int", Default: "0", Comment: "计划"},
		{Name: "huodong_delete", Type: "int", Default: "1", Comment: "逻辑删除 1:未删除 2:已删除"},
	}
}

// Positions of the columns that other tables and the tests of this package look at.
const (
	idAt          = 0
	numberAt      = 1
	venueAt       = 5
	formAt        = 6
	themeAt       = 7
	statusAt      = 8
	createdAt     = 20
	heldAt        = 22
	eventDeleteAt = 34
)

// events invents the events table, and tells which events there are for the tables that
// refer to them.
func (s *scribe) events(items []planItem) (*legacy.Table, []event) {
	t := &legacy.Table{
		Name: "huodong", Comment: "普法活动", Columns: huodongColumns(), Primary: []string{"id"},
		Indexes: [][]string{{"huodongbianhao"}, {"chuangjianshijian"}, {"shenpishijian"}, {"zhenjie"}, {"zhubanbumen"}, {"jihua_id"}, {"lvshizhanghao"}},
	}
	events := s.timelines()
	byYear := map[int][]planItem{}
	for _, item := range items {
		byYear[item.year] = append(byYear[item.year], item)
	}
	serials := map[int]int{}
	talks := map[int64]bool{}
	for i := range events {
		e := &events[i]
		e.id = int64(1001 + i)
		serials[e.created.Year()]++
		t.Rows = append(t.Rows, s.eventRow(e, serials[e.created.Year()], byYear[e.created.Year()]))
		if e.talk {
			talks[e.id] = true
		}
	}
	s.forgetCreation(t)
	s.deletedTwins(t)
	s.spoilEvents(t, talks)
	return t, events
}

// timelines invents what the events are and when their steps were taken, in the order in
// which they were registered.
func (s *scribe) timelines() []event {
	w := s.w
	half := w.N(eventsAYear / 2)
	var events []event
	for range w.N(olderEvents) {
		e := event{day: s.eventDay(world.Day(2016, 3, 1), world.Start)}
		s.plan(&e, world.Day(2016, 1, 4))
		events = append(events, e)
	}
	for range half {
		e := event{day: s.eventDay(world.Start, world.Day(2023, 1, 1))}
		s.plan(&e, world.Start)
		events = append(events, e)
	}
	full, talks := w.N(eventsAYear), w.N(talksIn2023)
	for i := range full {
		e := event{day: s.eventDay(world.Day(2023, 1, 1), world.Day(2024, 1, 1)), talk: i < talks}
		s.plan(&e, world.Day(2023, 1, 1))
		if e.talk {
			e.venue, e.form, e.theme = 1+i%eightEntries, lecture, xiThought
		} else if e.form == lecture && e.theme == xiThought && !e.held.IsZero() {
			e.theme = constitution // or it would be one talk more
		}
		events = append(events, e)
	}
	for range half { // some of them are still to come when the demo's time ends
		e := event{day: s.eventDay(world.Day(2024, 1, 1), world.End.AddDate(0, 0, 45))}
		s.plan(&e, world.Day(2024, 1, 1))
		events = append(events, e)
	}
	slices.SortStableFunc(events, func(a, b event) int { return a.created.Compare(b.created) })
	return events
}

// eventDay takes a day in [from, before), more likely one on which publicity happens.
func (s *scribe) eventDay(from, before time.Time) time.Time {
	for {
		if day := world.DayBetween(s.r, from, before); s.chance(likelihood(day)) {
			return day
		}
	}
}

// plan invents the rest of an event around its day: what it is, and the steps that were
// taken before the demo's time ends. Nothing was registered before the given day.
func (s *scribe) plan(e *event, from time.Time) {
	e.venue, e.form, e.theme = s.venue(), s.form(), s.theme(e.day)
	if year := world.Day(e.day.Year(), 1, 1); from.Before(year) {
		from = year // numbers begin anew each year
	}
	e.created = workday(e.day.AddDate(0, 0, -s.between(3, 40)))
	if e.created.Before(from) {
		e.created = from.AddDate(0, 0, s.r.IntN(1+int(e.day.Sub(from).Hours()/24)))
	}
	if !e.created.Before(world.End) {
		e.created = world.End.AddDate(0, 0, -s.between(1, 25))
	}
	steps := []struct {
		status int
		day    *time.Time
		after  int // days after the step before
	}{
		{approved, &e.approved, s.between(1, 4)},
		{held, &e.held, 0},
		{reported, &e.reported, s.between(1, 10)},
		{verified, &e.verified, s.between(3, 20)},
		{counted, &e.finished, s.between(5, 60)},
	}
	if !e.talk && s.chance(3) {
		e.status, e.finished = cancelled, earlier(workday(e.day.AddDate(0, 0, -1)), world.End.AddDate(0, 0, -1))
		if e.finished.Before(e.created) {
			e.finished = e.created
		}
		return
	}
	last := len(steps)
	if s.chance(4) { // nobody went on with these
		last = s.between(2, 4)
	}
	e.status = planned
	at := e.created
	for _, step := range steps[:last] {
		at = workday(at.AddDate(0, 0, step.after))
		switch step.status {
		case approved:
			at = earlier(at, e.day)
		case held:
			at = e.day
		}
		if !at.Before(world.End) {
			break
		}
		e.status, *step.day = step.status, at
	}
	if e.status == approved && e.day.Sub(world.End) < 20*24*time.Hour {
		e.status = scheduled
	}
}

func (s *scribe) venue() int {
	return weighted(s.r.IntN(100), government, 12, village, 20, community, 22, school, 15, enterprise, 14, army, 3, airport, 3, online, 5, youthForum, 4, religious, 2)
}

func (s *scribe) form() int {
	return weighted(s.r.IntN(100), lecture, 34, consultDesk, 22, contest, 7, media, 10, exhibition, 7, nightMarket, 6, training, 8, openDay, 6)
}

// theme follows the season: the Civil Code in May, the Constitution in early December, the
// Asian Games before and during them in autumn 2023.
func (s *scribe) theme(day time.Time) int {
	switch {
	case day.Month() == time.May && s.chance(60):
		return civilCode
	case (day.Month() == time.December && day.Day() < 8) && s.chance(75):
		return constitution
	case day.Year() == 2023 && day.Month() >= time.July && day.Month() <= time.October && s.chance(45):
		return asianGames
	}
	return weighted(s.r.IntN(100), xiThought, 10, constitution, 12, civilCode, 16, antiFraud, 18, labour, 12, minors, 14, businessEnv, 10, otherTheme, 8)
}

// weighted takes the code whose share, in percent, n falls into.
func weighted(n int, codesAndShares ...int) int {
	for i := 0; i < len(codesAndShares); i += 2 {
		if n -= codesAndShares[i+1]; n < 0 {
			return codesAndShares[i]
		}
	}
	return codesAndShares[0]
}

// eventRow writes one event.
func (s *scribe) eventRow(e *event, serial int, items []planItem) []any {
	town := world.Pick(s.r, s.w.Towns.List)
	place, hamlet := s.place(e.venue, town.Name)
	speakers, licence := s.speakers(e)
	contact := s.person()
	remark := any(nil)
	if s.chance(20) {
		remark = legacy.Mojibake(world.Pick(s.r, remarks), "utf8")
	}
	row := []any{
		e.id,
		s.eventNumber(e.created.Year(), serial),
		s.noticeNumber(e.created.Year()),
		s.title(e.venue, e.form, e.theme, hamlet),
		s.filledIn(70, s.summary(e.venue, e.form, e.theme)),
		int64(e.venue), int64(e.form), int64(e.theme), int64(e.status),
		nil, nil, // the organiser, below
		s.coOrganisers(e.created.Year()),
		s.townOf(e.venue, town.Code),
		s.filledIn(100, hamlet),
		place,
		speakers, licence,
		contact.Name, s.filledIn(90, contact.Phone),
		s.plannedDate(e.day),
		s.stamp(e.created),
		dayOr(e.approved, "20060102", "00000000"),
		s.heldText(e),
		s.reportedText(e.reported),
		zeroDateTime, // verified, below
		dayOr(e.finished, time.DateOnly, nil),
		nil, nil, nil, nil, nil, nil, // what was reported, below
		remark,
		s.planItemOf(items),
		int64(1),
	}
	if s.chance(45) {
		row[10] = s.w.TownSpelling(s.r, town.Code)
	} else {
		row[9] = s.w.DepartmentSpelling(s.r, s.department(e.created.Year()))
	}
	if !e.verified.IsZero() {
		row[24] = s.stamp(e.verified)
	}
	if !e.reported.IsZero() {
		row[26], row[27], row[28] = s.reach(e)
	}
	switch e.status {
	case counted:
		row[29], row[30] = world.Pick(s.r, []string{"是", "是", "是", "1", "Y"}), s.score()
	case verified:
		row[29] = world.Pick(s.r, []string{"否", "0"})
	case cancelled:
		row[29], row[31] = "否", world.Pick(s.r, reasons)
	}
	return row
}

// filledIn gives the text in so many of a hundred cases, else NULL; "" is NULL too.
func (s *scribe) filledIn(percent int, text string) any {
	if text == "" || !s.chance(percent) {
		return nil
	}
	return text
}

func dayOr(day time.Time, layout string, none any) any {
	if day.IsZero() {
		return none
	}
	return day.Format(layout)
}

// eventNumber writes PF-2023-0123; a few are typed in lower case or full width.
func (s *scribe) eventNumber(year, serial int) string {
	number := "PF-" + strconv.Itoa(year) + "-" + pad4(serial)
	switch s.r.IntN(100) {
	case 0:
		return strings.ToLower(number)
	case 1:
		return widen(number)
	}
	return number
}

func (s *scribe) noticeNumber(year int) any {
	switch n := s.r.IntN(100); {
	case n < 18:
		return s.spell("萧普办", year, s.between(1, 40))
	case n < 20:
		return "无"
	case n < 50:
		return ""
	}
	return nil
}

// coOrganisers writes none to three units, with stray commas now and then.
func (s *scribe) coOrganisers(year int) any {
	n := s.r.IntN(4)
	if n == 0 {
		return world.Pick(s.r, []any{nil, "", "无"})
	}
	var names []string
	for range n {
		switch s.r.IntN(3) {
		case 0:
			names = append(names, world.Pick(s.r, helpers))
		case 1:
			names = append(names, s.w.Towns.ByCode(s.w.AnyTown(s.r)).Name)
		default:
			names = append(names, s.w.DepartmentSpelling(s.r, s.department(year)))
		}
	}
	text := strings.Join(names, world.Pick(s.r, []string{",", ",", "，", "、"}))
	if s.chance(6) {
		text += ","
	}
	if s.chance(3) {
		text = "," + text
	}
	return text
}

// townOf writes where an event takes place; what happens at the airport or online is
// often in no town.
func (s *scribe) townOf(venue int, code string) any {
	switch {
	case venue == airport && s.chance(70):
		return "萧山国际机场"
	case venue == online && s.chance(50):
		return "线上"
	case s.chance(3):
		return "区级"
	}
	return s.w.TownSpelling(s.r, code)
}

// speakers writes who speaks at a lecture or training, with the licence when one of them
// is a lawyer.
func (s *scribe) speakers(e *event) (names, licence any) {
	if e.form != lecture && e.form != training {
		return nil, nil
	}
	if s.chance(5) {
		return "待定", nil
	}
	var list []string
	for range s.between(1, 3) {
		list = append(list, s.person().Name)
	}
	if s.chance(30) {
		l := world.Pick(s.r, s.w.Lawyers)
		list[0] = l.Name
		switch number := l.Licence; s.r.IntN(20) {
		case 0:
			licence = "'" + number
		case 1:
			licence = widen(number)
		default:
			licence = number
		}
	}
	return strings.Join(list, world.Pick(s.r, []string{",", "、", "，", ";"})), licence
}

func (s *scribe) heldText(e *event) any {
	if e.held.IsZero() {
		return world.Pick(s.r, []any{nil, "", "待定"})
	}
	return s.freeDate(e.held)
}

// reportedText writes the day of the report, some with a note.
func (s *scribe) reportedText(day time.Time) any {
	switch {
	case day.IsZero():
		return nil
	case s.chance(80):
		return s.stamp(day) + ".0"
	case s.chance(50):
		return s.stamp(day)
	case s.chance(70):
		return day.Format("2006年1月2日")
	}
	return day.Format("2006年01月02日") + "（补报）"
}

// reach writes how many people an event reached, on the spot and online, and how many
// photographs show them.
func (s *scribe) reach(e *event) (audience, onlineReach, photos any) {
	n := s.between(20, 160)
	switch e.form {
	case nightMarket, consultDesk:
		n = s.between(80, 900)
	case exhibition, contest:
		n = s.between(60, 2400)
	}
	if e.venue == online || e.form == media {
		onlineReach = s.number(s.between(400, 60000))
	}
	return s.number(n), onlineReach, int64(s.between(2, 12))
}

// score writes points between 60 and 100.
func (s *scribe) score() string {
	text := strconv.Itoa(s.between(60, 99))
	if s.chance(40) {
		text += ".5"
	}
	return text
}

func (s *scribe) planItemOf(items []planItem) any {
	if len(items) == 0 || s.chance(40) {
		return int64(0)
	}
	return world.Pick(s.r, items).id
}

// forgetCreation gives the oldest rows no creation time: the column was added later.
func (s *scribe) forgetCreation(t *legacy.Table) {
	for _, row := range t.Rows[:2] {
		row[createdAt] = zeroDateTime
	}
}

// deletedTwins are events that were entered twice and then deleted; many are talks, which
// would spoil the yearly figure if they were counted.
func (s *scribe) deletedTwins(t *legacy.Table) {
	for range s.w.N(deletedEvents) {
		row := slices.Clone(world.Pick(s.r, t.Rows))
		row[idAt], row[eventDeleteAt] = int64(1001+len(t.Rows)), int64(2)
		if s.chance(20) {
			row[heldAt] = "2023-02-30"
		}
		t.Rows = append(t.Rows, row)
	}
}

// spoilEvents plants the dirt. The figure cells of talks stay clean.
func (s *scribe) spoilEvents(t *legacy.Table, talks map[int64]bool) {
	p := s.planter("PublicityEvent", t, eventKey, func(row []any, column string) bool {
		if row[eventDeleteAt] != int64(1) {
			return true
		}
		switch column {
		case "changsuo_types", "xingshi_types", "zhuti_types", "zhuangtai_types", "huodongshijian":
			return talks[row[idAt].(int64)]
		}
		return false
	})
	lose := func(old any) any { return loseCharacter(old.(string)) }
	p.plant("huodongshijian", "heldOn", "UNREADABLE_DATE", "3月15日上午", "2023年3月中旬", "2023-03-15至2023-03-16", "周五下午")
	p.plant("huodongshijian", "heldOn", "IMPOSSIBLE_DATE", "2023-02-30", "2023年6月31日", "2022/11/31", "20230431", "二〇二三年二月三十日")
	p.plant("huodongshijian", "heldOn", "ZERO_DATE", "0000-00-00", "00000000")
	p.plant("huodongshijian", "heldOn", "DATE_OUT_OF_RANGE", "1900-01-01", "2203-05-06", "9999-12-31")
	p.plant("shangbaoshijian", "reportedOn", "UNREADABLE_DATE", "昨天", "已报", "20230318093000")
	p.plant("shangbaoshijian", "reportedOn", "IMPOSSIBLE_DATE", "2023-02-29 10:00:00.0", "2023年9月31日")
	p.plant("heshishijian", "verifiedOn", "DATE_OUT_OF_RANGE", "1970-01-01 08:00:00", "9999-12-31 00:00:00")
	p.plant("banjieriqi", "closedOn", "ZERO_DATE", "0000-00-00")
	p.plant("banjieriqi", "closedOn", "DATE_OUT_OF_RANGE", "1900-01-01", "3000-01-01")
	p.plant("jihuashijian", "plannedFor", "UNREADABLE_DATE", "第二季度", "上半年", "3月")
	p.plant("jihuashijian", "plannedFor", "IMPOSSIBLE_DATE", "2023-13", "2023年6月31日")
	p.plant("zhuangtai_types", "status", "UNKNOWN_CODE", int64(99), int64(10))
	p.plant("changsuo_types", "venue", "UNKNOWN_CODE", int64(12), int64(99))
	p.plant("xingshi_types", "form", "UNKNOWN_CODE", int64(10), int64(-1))
	p.plant("zhuti_types", "theme", "UNKNOWN_CODE", int64(15), int64(99))
	p.plant("zhenjie", "town", "UNKNOWN_TOWN", "义蓬镇", "河庄镇", "红山农场", "大江东")
	p.plant("zhubanzhenjie", "organiserTown", "UNKNOWN_TOWN", "新湾镇", "前进街道")
	p.plant("zhubanbumen", "organiser", "UNKNOWN_DEPARTMENT", "区普法办", "团区委", "区总工会", "司法局普法科")
	p.plantShare(1, "huodongmingcheng", "title", "LOST_CHARACTERS", lose)
	p.plantShare(1, "cunshe", "village", "LOST_CHARACTERS", lose)
	p.plantShare(1, "lianxiren", "contactName", "LOST_CHARACTERS", func(old any) any {
		return string([]rune(old.(string))[:1]) + "?"
	})
	p.plant("xuanjiangren", "speakers", "LOST_CHARACTERS", "陈?明,王芳", "李敏、沈?娟")
	p.plant("lvshizhanghao", "lawyer", "NOT_AN_IDENTIFIER", "1330120181012345", "浙江湘湖律师事务所", "11111111111111111")
	p.plant("lianxidianhua", "contactPhone", "NOT_A_NUMBER", "同上", "见通讯录")
	p.plant("canjiarenshu", "audience", "NOT_A_NUMBER", "约300", "200余人", "300人", "若干")
	p.plant("canjiarenshu", "audience", "NUMBER_OUT_OF_RANGE", "-1", "99999999")
	p.plant("xianshangrenci", "onlineReach", "NOT_A_NUMBER", "1.2万", "2万+")
	p.plant("defen", "score", "NOT_A_NUMBER", "95分", "优秀")
	p.plant("defen", "score", "NUMBER_OUT_OF_RANGE", "955", "-5")
	p.plant("shifoujifen", "isCounted", "NOT_A_FLAG", "部分", "待定")
	p.plantShare(1, "beizhu", "remark", "LOST_CHARACTERS", func(any) any {
		text := world.Pick(s.r, remarks)
		return legacy.Latin1([]byte(text)[:len(text)-1]) // cut in the middle of a character
	})
	p.plantShare(6, "huodongjianjie", "summary", "MARKUP_REMOVED", func(old any) any { return marked(old.(string)) })
	p.plant("wenjianhao", "documentNumberKey", "UNREADABLE_NUMBER", "见附件", "萧普办5号", "萧普办〔〕12号")
	p.plant("jihua_id", "planItem", "ORPHAN_LINK", int64(90001), int64(90002), int64(90003))
}

func eventKey(row []any) string { return strconv.FormatInt(row[idAt].(int64), 10) }

// loseCharacter replaces a character between two others by the question mark that a
// 3-byte utf8 column keeps of a rare one.
func loseCharacter(text string) string {
	runes := []rune(text)
	at := len(runes) / 2
	for isHan := func(r rune) bool { return r >= 0x4E00 && r < 0xA000 }; !isHan(runes[at-1]) || !isHan(runes[at+1]); {
		at--
	}
	runes[at] = '?'
	return string(runes)
}
