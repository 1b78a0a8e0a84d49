package legalaid

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// matter is what really happened in one case; the row tells it in the system's words.
// Steps that were never taken are zero, steps after world.End are not recorded.
type matter struct {
	row       int
	person    *world.Person
	lawyer    int // index into World.Lawyers, -1 for a handler without licence or none
	handler   string
	kind      string
	source    string
	cause     string
	old       bool // of the system before 2022
	urgent    bool
	refused   bool
	moved     bool // transferred to another centre
	consulted bool // never got beyond a consultation
	supplied  bool // more material was asked for
	cut       bool // terminated

	received, accepted, decided, assigned, closed, filed, reviewed, paid, archived time.Time
}

// caseSheet is the table of cases with what lies behind its rows.
type caseSheet struct {
	*sheet
	matters []*matter
}

// cases invents the cases and their applicants, one applicant row an application.
func (b *builder) cases() (*caseSheet, *sheet) {
	cases := &caseSheet{sheet: b.sheet("flyz_ajxx", "援助案件信息", caseColumns(), []string{"aj_id"},
		[]string{"ajbh"}, []string{"slrq"}, []string{"jdrq"}, []string{"bjrq"}, []string{"szxz"}, []string{"zyzh"}, []string{"sqr_id"})}
	applicants := b.sheet("flyz_sqr", "申请人信息", applicantColumns(), []string{"sqr_id"}, []string{"zjhm"})

	days := b.span(casesAYear)
	older := b.days(world.Day(2011, 1, 1), world.Day(2022, 1, 1), (len(days)+24)/25)
	serials := map[string]int{}
	for i, day := range append(older, days...) {
		m := b.matter(day, i < len(older))
		m.row = cases.add()
		cases.matters = append(cases.matters, m)
		id := int64(500001 + i)
		cases.set(m.row, "aj_id", int64(10001+i))
		cases.set(m.row, "sqr_id", id)
		b.writeCase(cases.sheet, m, serials)
		b.applicant(applicants, m, id)
	}
	return cases, applicants
}

// matter invents the course of a case that came in on the day.
func (b *builder) matter(day time.Time, old bool) *matter {
	m := &matter{old: old, received: day, lawyer: -1}
	for m.person == nil || m.person.Birth.AddDate(14, 0, 0).After(day) {
		m.person = b.person()
	}
	m.source = b.draw([]weighted{{"1", 64}, {"2", 30}, {"3", 6}})
	switch m.source {
	case "1":
		m.kind = b.draw([]weighted{{"02", 58}, {"05", 24}, {"03", 4}, {"04", 1}, {"01", 13}})
	case "2":
		m.kind = "01"
	default:
		m.kind = b.draw([]weighted{{"01", 70}, {"02", 30}})
	}
	switch m.kind {
	case "02":
		m.cause = b.draw([]weighted{{"05", 25}, {"04", 22}, {"07", 35}, {"02", 5}, {"03", 3}, {"06", 3}, {"08", 1}, {"99", 6}})
	case "03":
		m.cause = b.draw([]weighted{{"02", 60}, {"99", 40}})
	case "04":
		m.cause = "01"
	case "05":
		m.cause = b.draw([]weighted{{"05", 90}, {"07", 10}})
	}
	m.urgent = m.source == "1" && b.chance(40)
	m.consulted = !old && m.source == "1" && b.chance(5)
	m.supplied = m.source == "1" && b.chance(50)
	m.refused = m.source == "1" && b.chance(65)
	m.moved = !m.refused && b.chance(10)
	m.cut = !m.refused && !m.moved && b.chance(25)
	b.course(m)
	if !m.assigned.IsZero() {
		b.assign(m)
	}
	return m
}

// course dates the steps by the limits of the Legal Aid Law: decision within 7 days
// (Art. 43, without the time for added material), assignment within 3, file within 30
// days of the end; a few are late.
func (b *builder) course(m *matter) {
	if m.consulted {
		return
	}
	m.accepted = workday(m.received.AddDate(0, 0, b.r.IntN(3)))
	m.decided = m.accepted.AddDate(0, 0, b.lag(0, 7, 30, 15))
	if m.supplied {
		m.decided = m.decided.AddDate(0, 0, 5+b.r.IntN(15))
	}
	if m.urgent {
		m.decided = m.accepted
	}
	if m.refused || m.moved {
		m.closed = m.decided
		return
	}
	m.assigned = m.decided.AddDate(0, 0, b.lag(0, 3, 40, 9))
	if m.cut {
		m.closed = workday(m.assigned.AddDate(0, 0, 10+b.r.IntN(50)))
		return
	}
	length := 30 + b.r.IntN(210)
	if m.kind == "01" {
		length = 20 + b.r.IntN(100)
	}
	m.closed = workday(m.assigned.AddDate(0, 0, length))
	m.filed = workday(m.closed.AddDate(0, 0, b.lag(4, 28, 50, 70)))
	checked := m.filed
	if b.chance(300) {
		m.reviewed = workday(m.filed.AddDate(0, 0, 10+b.r.IntN(30)))
		checked = m.reviewed
	}
	m.paid = workday(checked.AddDate(0, 0, b.lag(8, 30, 60, 45)))
	m.archived = workday(m.paid.AddDate(0, 0, 20+b.r.IntN(40)))
}

// lag takes from to limit days, or in so many of a thousand cases up to late days.
func (b *builder) lag(from, limit, latePerMille, late int) int {
	if b.chance(latePerMille) {
		return limit + 1 + b.r.IntN(late-limit)
	}
	return from + b.r.IntN(limit-from+1)
}

// assign finds a handling person: mostly a lawyer, some take many cases; one in twelve is
// a grassroots legal worker without a lawyer's licence.
func (b *builder) assign(m *matter) {
	if b.chance(80) {
		m.handler = b.person().Name
		return
	}
	n := len(b.w.Lawyers)
	m.lawyer = min(b.r.IntN(n), b.r.IntN(n))
	m.handler = b.w.Lawyers[m.lawyer].Name
}

// status is the state by the last step taken.
func (m *matter) status() string {
	switch {
	case m.consulted:
		return "05"
	case !happened(m.accepted) && m.source == "2":
		return "11"
	case !happened(m.accepted):
		return "10"
	case !happened(m.decided) && m.supplied:
		return "12"
	case !happened(m.decided):
		return "15"
	case m.refused:
		return "30"
	case m.moved:
		return "35"
	case !happened(m.assigned):
		return "20"
	case !happened(m.closed) && !happened(m.assigned.AddDate(0, 0, 3)):
		return "21"
	case !happened(m.closed):
		return "22"
	case m.cut:
		return "40"
	case !happened(m.filed):
		return "50"
	case !happened(m.reviewed) && !happened(m.paid):
		return "60"
	case !happened(m.paid):
		return "70"
	case !happened(m.archived):
		return "80"
	}
	return "90"
}

// subjects are the words for a cause in titles.
func subjects(cause string) []string {
	switch cause {
	case "01":
		return []string{"国家赔偿"}
	case "02":
		return []string{"社会保险待遇", "社会救助给付"}
	case "03":
		return []string{"抚恤金给付"}
	case "04":
		return []string{"赡养费纠纷", "抚养费纠纷", "扶养费纠纷"}
	case "05":
		return []string{"追索劳动报酬", "劳动合同纠纷", "确认劳动关系"}
	case "06":
		return []string{"申请认定民事行为能力"}
	case "07":
		return []string{"机动车交通事故责任纠纷", "工伤保险待遇纠纷", "医疗损害责任纠纷", "提供劳务者受害责任纠纷"}
	case "08":
		return []string{"环境污染责任纠纷"}
	case "99":
		return []string{"离婚纠纷", "民间借贷纠纷", "房屋租赁合同纠纷"}
	}
	return []string{"刑事辩护"} // the charge is nothing for a title
}

// form is the form of aid that goes with a kind of case.
func (b *builder) form(kind string) string {
	switch kind {
	case "01":
		return "03"
	case "05":
		return "07"
	case "02":
		return b.draw([]weighted{{"04", 80}, {"05", 12}, {"02", 8}})
	}
	return "04"
}

// groups are the recipient groups of a person in a matter.
func (b *builder) groups(m *matter) []string {
	var groups []string
	p := m.person
	switch {
	case p.Birth.AddDate(18, 0, 0).After(m.received):
		groups = append(groups, "01")
	case !p.Birth.AddDate(60, 0, 0).After(m.received):
		groups = append(groups, "02")
	}
	if b.chance(50) {
		groups = append(groups, "03")
	}
	if !p.Male && b.chance(600) {
		groups = append(groups, "04")
	}
	if m.cause == "05" && b.chance(750) {
		groups = append(groups, "05")
	}
	if b.chance(25) {
		groups = append(groups, "06")
	}
	if m.source == "1" && b.chance(300) {
		groups = append(groups, "07")
	}
	return groups
}

// team is the helper team for the groups.
func (b *builder) team(m *matter, groups []string) string {
	if m.kind == "01" {
		return "6"
	}
	byGroup := map[string]string{"01": "1", "02": "2", "03": "3", "04": "1", "05": "5", "06": "4"}
	for _, g := range groups {
		if team := byGroup[g]; team != "" && b.chance(800) {
			return team
		}
	}
	return ""
}

// writeCase writes the row of a matter.
func (b *builder) writeCase(s *sheet, m *matter, serials map[string]int) {
	row := m.row
	set := func(column string, value any) { s.set(row, column, value) }
	town := m.person.Town
	p := b.place(town)

	subject := world.Pick(b.r, subjects(m.cause))
	set("zx_id", int64(1))
	set("ajbh", b.number(m, serials))
	set("ajmc", b.text(surname(m.person.Name)+"某"+subject+"案"))
	if m.kind != "01" {
		set("aymc", b.text(subject))
	}
	b.placed(s, row, "szxz", town)
	if m.source == "1" && b.chance(550) {
		set("gzzmc", p.station)
	}
	kind := m.kind
	if m.old && m.received.Year() < 2019 && kind < "04" {
		kind = kind[1:] // one digit before 2019
	}
	b.code(s, row, "ajlx", kindCodes, kind)
	b.code(s, row, "ajly", sourceCodes, m.source)
	b.code(s, row, "yzfs", formCodes, b.form(m.kind))
	b.code(s, row, "ay", causeCodes, m.cause)
	b.writeGroups(s, m)
	b.writeOpponent(s, m)
	b.writeNotice(s, m)
	set("sfjj", b.flag(m.urgent, "1", "0", "Y", "N"))
	if m.source == "1" {
		set("sfmsc", b.text(b.draw([]weighted{{"0", 60}, {"1", 35}, {"2", 5}})))
	}
	b.writeDates(s, m)

	status := m.status()
	if m.old && m.received.Year() < 2019 {
		status = map[bool]string{true: "3", false: "4"}[m.refused]
	}
	b.code(s, row, "zt", statusCodes, status)
	b.writeHandler(s, m)
	b.writeEnd(s, m)
	set("lrr", b.text(world.Pick(b.r, []string{"zxgly", "lpsfs", "glsfs", "ckts01", "ckts02"})))
	set("sc_bz", b.kept())
}

// kept is the soft-delete flag of a row that is served: 0, or NULL in rows of old programs.
func (b *builder) kept() any {
	if b.chance(30) {
		return nil
	}
	return "0"
}

// flag writes a yes or no in one of the two pairs of words that a column uses.
func (b *builder) flag(yes bool, first, firstNo, second, secondNo string) any {
	if b.chance(150) {
		first, firstNo = second, secondNo
	}
	if yes {
		return b.text(first)
	}
	return b.text(firstNo)
}

func surname(name string) string {
	r, size := utf8.DecodeRuneInString(name)
	if (r == '欧' || r == '诸') && utf8.RuneCountInString(name) > 2 {
		_, second := utf8.DecodeRuneInString(name[size:])
		size += second
	}
	return name[:size]
}

// number gives the case number, once the case was accepted: 浙萧援民〔2023〕123号, with the
// brackets and zeros that clerks vary, or (2019)萧法援民字第0123号 before 2022.
func (b *builder) number(m *matter, serials map[string]int) any {
	if !happened(m.accepted) {
		return ""
	}
	letter := map[string]string{"01": "刑", "02": "民", "03": "行", "04": "赔", "05": "民"}[m.kind]
	year := strconv.Itoa(m.accepted.Year())
	if m.old {
		serials["o"+letter+year]++
		return b.once(fmt.Sprintf("(%s)萧法援%s字第%04d号", year, letter, serials["o"+letter+year]))
	}
	if m.source == "2" {
		letter += "通"
	}
	serials[letter+year]++
	prefix, serial := "浙萧援"+letter, strconv.Itoa(serials[letter+year])
	switch b.r.IntN(60) {
	case 0:
		return b.once(prefix + "[" + year + "]" + serial + "号")
	case 1:
		return b.once(prefix + "(" + year + ")第" + serial + "号")
	case 2:
		return b.once(prefix + "（" + year + "）" + serial + "号")
	case 3:
		return b.once(prefix + "【" + year + "】" + serial + "号")
	case 4:
		return b.once(prefix + "〔" + year + "〕" + strings.Repeat("0", max(0, 4-len(serial))) + serial + "号")
	case 5:
		return b.once(prefix + "字〔" + year + "〕第" + serial + "号")
	}
	return b.once(prefix + "〔" + year + "〕" + serial + "号")
}

// writeGroups writes the recipient groups as a list with bars, some before and behind.
func (b *builder) writeGroups(s *sheet, m *matter) {
	groups := b.groups(m)
	labels := make([]string, len(groups))
	for i, g := range groups {
		labels[i] = groupCodes[g]
	}
	list := strings.Join(groups, "|")
	if list != "" && b.chance(200) {
		list = "|" + list + "|"
	}
	s.set(m.row, "rqlb", b.text(list))
	s.set(m.row, "rqlbjs", b.text(strings.Join(labels, "|")))
	team := b.team(m, groups)
	b.code(s, m.row, "bbt", teamCodes, team)
	if team == "" && b.chance(300) {
		s.set(m.row, "bbt", "0")
	}
}

// writeOpponent writes the other side of a civil matter: an employer with its credit code,
// its old organisation code or none, or a person.
func (b *builder) writeOpponent(s *sheet, m *matter) {
	switch {
	case m.kind == "01":
		s.set(m.row, "dfdsr", b.text(world.Pick(b.r, []string{"", "", "无", "/"})))
	case m.kind == "05" || m.cause == "05" || m.cause == "07" && b.chance(500):
		c := world.Pick(b.r, b.w.Companies)
		s.set(m.row, "dfdsr", b.text(c.Name))
		s.set(m.row, "dfxydm", b.text(creditSpelling(b.r, c.CreditCode, m.old)))
	default:
		s.set(m.row, "dfdsr", b.text(b.person().Name))
		s.set(m.row, "dfxydm", b.text(world.Pick(b.r, []string{"", "", "无", "0"})))
	}
}

// creditSpelling writes a credit code as it may stand in a cell; before 2015 it was the
// organisation code with a dash.
func creditSpelling(r *rand.Rand, code string, old bool) string {
	switch n := r.IntN(100); {
	case old || n < 5:
		return code[8:16] + "-" + code[16:17]
	case n < 10:
		return strings.ToLower(code)
	case n < 30:
		return ""
	}
	return code
}

// writeNotice writes what concerns notices by judicial organs.
func (b *builder) writeNotice(s *sheet, m *matter) {
	organ, names := "", map[string]string{
		"1": "杭州市萧山区人民法院", "2": "杭州市萧山区人民检察院", "3": "杭州市公安局萧山区分局", "4": "杭州市萧山区看守所",
	}
	switch m.source {
	case "2":
		organ = b.draw([]weighted{{"1", 55}, {"2", 25}, {"3", 20}})
	case "3":
		organ = b.draw([]weighted{{"1", 30}, {"3", 20}, {"4", 50}})
	}
	b.code(s, m.row, "tzjg", organCodes, organ)
	if organ == "" && b.chance(300) {
		s.set(m.row, "tzjg", "0")
	}
	s.set(m.row, "tzjgmc", b.text(names[organ]))
	if m.kind != "01" {
		return
	}
	mandatory := m.source == "2" && b.chance(850)
	word := "否"
	if mandatory {
		word = "是"
		ground := b.draw([]weighted{{"2", 30}, {"3", 25}, {"4", 35}, {"6", 2}, {"9", 8}})
		if m.person.Birth.AddDate(18, 0, 0).After(m.received) {
			ground = "1"
		}
		b.code(s, m.row, "qzbhsy", groundCodes, ground)
	}
	s.set(m.row, "sfqzbh", b.text(word))
}

// writeDates writes the steps, each column in its own layouts.
func (b *builder) writeDates(s *sheet, m *matter) {
	set := func(column string, value any) { s.set(m.row, column, value) }
	switch n := b.r.IntN(100); {
	case n < 60:
		set("sqrq", loose(m.received))
	case n < 78:
		set("sqrq", compact(m.received))
	case n < 88:
		set("sqrq", slashed(m.received))
	case n < 94:
		set("sqrq", m.received.Format("2006.1.2"))
	default:
		set("sqrq", b.once(m.received.Format("2006年1月2日")))
	}
	set("slrq", "0000-00-00")
	if happened(m.accepted) {
		set("slrq", iso(m.accepted))
	}
	set("jdrq", "")
	if happened(m.decided) {
		set("jdrq", compact(m.decided))
	}
	set("zprq", world.Pick(b.r, []string{"", "", "/"}))
	if happened(m.assigned) {
		layout := world.Pick(b.r, []string{"2006-1-2", "2006-1-2", "2006-1-2", "2006/1/2", "20060102"})
		set("zprq", m.assigned.Format(layout))
	}
	switch {
	case happened(m.closed):
		set("bjrq", b.clock(m.closed))
	case b.chance(300):
		set("bjrq", "0000-00-00 00:00:00")
	}
	set("jjrq", world.Pick(b.r, []string{"0000-00-00", "9999-12-31"}))
	if happened(m.filed) {
		set("jjrq", iso(m.filed))
	}
	if happened(m.paid) {
		switch n := b.r.IntN(20); {
		case n < 14:
			set("btffrq", loose(m.paid))
		case n < 17:
			set("btffrq", b.once(m.paid.Format("2006年1月2日")))
		default:
			set("btffrq", serial(m.paid))
		}
	} else if b.chance(300) {
		set("btffrq", b.text("未发"))
	}
	set("cjsj", b.clock(m.received))
	if m.old && b.chance(100) {
		set("cjsj", "0000-00-00 00:00:00") // brought over from the system before
	}
	set("xgsj", s.get(m.row, "cjsj"))
}

// writeHandler writes lawyer and firm: by licence, before 2022 mostly by name alone.
func (b *builder) writeHandler(s *sheet, m *matter) {
	s.set(m.row, "jg_id", int64(0))
	s.set(m.row, "zyzh", world.Pick(b.r, []string{"", "", "0"}))
	if !happened(m.assigned) {
		return
	}
	s.set(m.row, "lsxm", b.text(m.handler))
	if m.lawyer < 0 || m.old && b.chance(700) {
		return
	}
	lawyer := b.w.Lawyers[m.lawyer]
	licence := lawyer.Licence
	if b.chance(8) {
		licence = "'" + licence
	}
	s.set(m.row, "zyzh", b.text(licence))
	firm := lawyer.Firm
	if b.chance(60) { // moved since
		firm = b.r.IntN(len(b.w.Firms))
	}
	s.set(m.row, "jg_id", int64(firm+1))
}

// writeEnd writes refusal, termination, result, quality, money and what the recipient said.
func (b *builder) writeEnd(s *sheet, m *matter) {
	row := m.row
	if m.refused && happened(m.decided) {
		b.code(s, row, "bzyy", refusalCodes, b.draw([]weighted{{"1", 50}, {"2", 30}, {"3", 15}, {"9", 5}}))
		return
	}
	if !happened(m.closed) || m.moved {
		return
	}
	if m.cut {
		b.code(s, row, "zzyy", endCodes, b.draw([]weighted{{"1", 3}, {"2", 2}, {"3", 1}, {"4", 10}, {"5", 30}, {"6", 30}, {"7", 20}, {"9", 4}}))
		return
	}
	result := b.draw([]weighted{{"01", 24}, {"02", 26}, {"03", 8}, {"04", 32}, {"05", 8}, {"99", 2}})
	if m.kind == "01" {
		result = b.draw([]weighted{{"08", 80}, {"06", 9}, {"07", 1}, {"99", 10}})
	}
	b.code(s, row, "jg", resultCodes, result)
	if m.kind != "01" && (result == "01" || result == "02" || result == "04") && b.chance(850) {
		s.set(row, "hsje", b.amount())
	} else if b.chance(200) {
		s.set(row, "hsje", b.text(world.Pick(b.r, []string{"无", "-", "0"})))
	}
	if happened(m.reviewed) {
		b.code(s, row, "zldj", qualityCodes, b.draw([]weighted{{"1", 22}, {"2", 48}, {"3", 27}, {"4", 3}}))
	} else if b.chance(300) {
		s.set(row, "zldj", "0")
	}
	if happened(m.paid) {
		s.set(row, "bt_fen", int64(50000+2500*b.r.IntN(100)))
	}
	if called := workday(m.closed.AddDate(0, 0, 5+b.r.IntN(25))); happened(called) && b.chance(400) {
		b.code(s, row, "myd", ratingCodes, b.draw([]weighted{{"1", 62}, {"2", 30}, {"3", 6}, {"4", 2}}))
		s.set(row, "mydf", b.text(strconv.Itoa(70+b.r.IntN(31))))
		s.set(row, "hfrq", loose(called))
		if b.chance(200) {
			s.set(row, "hfrq", b.clock(called)+".0")
		}
	}
}

// amount writes money in yuan the ways clerks do.
func (b *builder) amount() any {
	yuan := 1000 + b.r.IntN(90000)
	plain := strconv.Itoa(yuan)
	switch n := b.r.IntN(20); {
	case n < 10:
		return plain
	case n < 13:
		return plain + fmt.Sprintf(".%02d", b.r.IntN(100))
	case n < 16:
		return b.once(grouped(yuan) + "元")
	case n < 17:
		return b.once("￥" + grouped(yuan) + ".00")
	case n < 19:
		return b.text(strconv.Itoa(1+b.r.IntN(20)) + "万")
	}
	return b.text(fmt.Sprintf("%d.%d万元", 1+b.r.IntN(20), 1+b.r.IntN(9)))
}

// grouped writes an amount below a million with a comma.
func grouped(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}

func caseColumns() []column {
	return []column{
		{"aj_id", "int", "", "案件ID"},
		{"zx_id", "int", "", "援助中心ID"},
		{"ajbh", "varchar(60)", "", "案件编号"},
		{"ajmc", "varchar(200)", "", "案件名称"},
		{"szxz", "varchar(40)", "", "受理镇街"},
		{"szxzjs", "varchar(60)", "", "受理镇街解释"},
		{"szxzlj", "varchar(100)", "", "受理镇街路径"},
		{"szxzqc", "varchar(200)", "", "受理镇街全称"},
		{"gzzmc", "varchar(100)", "", "工作站名称"},
		{"ajlx", "varchar(4)", "", "案件类型 01刑事 02民事 03行政 04国家赔偿 05劳动仲裁"},
		{"ajlxjs", "varchar(40)", "", "案件类型解释"},
		{"ajly", "varchar(4)", "", "案件来源 1申请 2通知 3转交"},
		{"ajlyjs", "varchar(40)", "", "案件来源解释"},
		{"yzfs", "varchar(4)", "", "援助方式"},
		{"yzfsjs", "varchar(40)", "", "援助方式解释"},
		{"ay", "varchar(4)", "", "援助事项"},
		{"ayjs", "varchar(60)", "", "援助事项解释"},
		{"aymc", "varchar(100)", "", "案由"},
		{"rqlb", "varchar(60)", "", "人群类别,多值|分隔"},
		{"rqlbjs", "varchar(200)", "", "人群类别解释"},
		{"bbt", "varchar(4)", "", "帮帮团"},
		{"bbtjs", "varchar(40)", "", "帮帮团解释"},
		{"sqr_id", "int", "'0'", "申请人ID"},
		{"dfdsr", "varchar(100)", "", "对方当事人"},
		{"dfxydm", "varchar(40)", "", "对方信用代码"},
		{"tzjg", "varchar(4)", "", "通知机关"},
		{"tzjgjs", "varchar(40)", "", "通知机关解释"},
		{"tzjgmc", "varchar(100)", "", "通知机关名称"},
		{"sfqzbh", "varchar(4)", "", "是否强制辩护"},
		{"qzbhsy", "varchar(4)", "", "强制辩护事由"},
		{"qzbhsyjs", "varchar(60)", "", "强制辩护事由解释"},
		{"sfjj", "varchar(4)", "", "是否紧急"},
		{"sfmsc", "varchar(4)", "", "是否免审查 0否 1是 2不予免审"},
		{"sqrq", "varchar(30)", "", "申请日期"},
		{"slrq", "date", "'0000-00-00'", "受理日期"},
		{"jdrq", "varchar(8)", "", "决定日期"},
		{"zprq", "varchar(20)", "", "指派日期"},
		{"bjrq", "datetime", "", "办结日期"},
		{"jjrq", "date", "'0000-00-00'", "交卷日期"},
		{"btffrq", "varchar(30)", "", "补贴发放日期"},
		{"zt", "varchar(4)", "", "状态 10待审 20通过 30驳回 40撤销"},
		{"ztjs", "varchar(40)", "", "状态解释"},
		{"zyzh", "varchar(30)", "", "承办人执业证号"},
		{"lsxm", "varchar(50)", "", "承办人姓名"},
		{"jg_id", "int", "'0'", "承办机构ID"},
		{"bzyy", "varchar(4)", "", "不予援助原因"},
		{"bzyyjs", "varchar(60)", "", "不予援助原因解释"},
		{"zzyy", "varchar(4)", "", "终止原因"},
		{"zzyyjs", "varchar(60)", "", "终止原因解释"},
		{"jg", "varchar(4)", "", "办理结果"},
		{"jgjs", "varchar(40)", "", "办理结果解释"},
		{"zldj", "varchar(4)", "", "质量等级"},
		{"zldjjs", "varchar(40)", "", "质量等级解释"},
		{"bt_fen", "int", "", "补贴(分)"},
		{"hsje", "varchar(30)", "", "挽回损失金额(元)"},
		{"myd", "varchar(4)", "", "满意度"},
		{"mydjs", "varchar(40)", "", "满意度解释"},
		{"mydf", "varchar(10)", "", "满意度得分"},
		{"hfrq", "varchar(30)", "", "回访日期"},
		{"lrr", "varchar(30)", "", "录入人"},
		{"cjsj", "datetime", "", "创建时间"},
		{"xgsj", "datetime", "", "修改时间"},
		{"sc_bz", "char(1)", "", "删除标志 0正常 1删除"},
	}
}
