package legalaid

import (
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// applicant writes the applicant's row of a matter.
func (b *builder) applicant(s *sheet, m *matter, id int64) {
	row := s.add()
	set := func(column string, value any) { s.set(row, column, value) }
	p := m.person
	set("sqr_id", id)
	set("xm", b.text(p.Name))
	sex := "2"
	if p.Male {
		sex = "1"
	}
	b.code(s, row, "xb", sexCodes, sex)
	b.code(s, row, "zjlx", documentCodes, "111")
	set("zjhm", b.residentID(p, m.old))
	set("csrq", p.Birth.Format("2006-01-02"))
	set("mz", b.text("汉族"))
	set("lxdh", b.phone(p.Phone))
	set("dz", b.once(p.Home))
	town := p.Town
	b.placed(s, row, "hjxz", town)
	if b.chance(80) { // from elsewhere
		set("hjxz", b.text(world.Pick(b.r, []string{"外地", "0", "无"})))
		set("hjxzjs", nil)
		set("hjxzlj", nil)
		set("hjxzqc", nil)
	}
	if m.source == "1" {
		b.code(s, row, "srsp", incomeCodes, b.draw([]weighted{{"1", 18}, {"2", 37}, {"3", 45}}))
		set("jtrk", b.text(b.familySize()))
		set("ysr", b.income())
	} else if b.chance(500) {
		set("srsp", "0")
	}
	minor := p.Birth.AddDate(18, 0, 0).After(m.received)
	if minor || b.chance(60) {
		agent := b.person()
		set("dlrxm", b.text(agent.Name))
		set("dlrzjhm", b.residentID(agent, m.old))
		relation := "委托代理人"
		if minor {
			relation = "监护人"
		}
		set("dlrgx", b.text(relation))
	} else if b.chance(200) {
		set("dlrxm", b.text("无"))
		set("dlrzjhm", b.text("无"))
	}
	set("cjsj", b.clock(m.received))
	set("sc_bz", b.kept())
}

// residentID writes a resident number in one of the forms that need no finding; the 15
// digits of before 1999 stand mostly in old rows.
func (b *builder) residentID(p *world.Person, old bool) any {
	id := p.ID
	if short := id[:6] + id[8:17]; id[6:8] == "19" && (old && b.chance(500) || b.chance(8)) {
		return short
	}
	switch n := b.r.IntN(200); {
	case n < 3:
		return "'" + id
	case n < 5:
		return b.once(widened(id))
	case n < 7:
		return id[:6] + " " + id[6:14] + " " + id[14:]
	case n < 10:
		return b.text(world.Pick(b.r, []string{"", "0", "无", "不详", strings.Repeat("1", 18)}))
	case strings.HasSuffix(id, "X") && n < 80:
		return strings.ToLower(id)
	}
	return b.text(id)
}

// widened writes ASCII in the full-width forms of an input method left in Chinese mode.
func widened(s string) string {
	return strings.Map(func(r rune) rune { return r - '!' + '！' }, s)
}

// phone writes a telephone number, some grouped, some missing.
func (b *builder) phone(number string) any {
	switch n := b.r.IntN(50); {
	case n < 2:
		return b.text(world.Pick(b.r, []string{"", "无", "0"}))
	case n < 3:
		return number[:3] + "-" + number[3:7] + "-" + number[7:]
	case n < 4:
		return "0571-8" + number[4:]
	}
	return number
}

func (b *builder) familySize() string {
	n := strconv.Itoa(1 + b.r.IntN(6))
	switch b.r.IntN(20) {
	case 0:
		return "00" + n
	case 1:
		return widened(n)
	case 2:
		return "不详"
	}
	return n
}

// income writes a monthly income in yuan.
func (b *builder) income() any {
	n := 400 + 50*b.r.IntN(60)
	switch b.r.IntN(12) {
	case 0:
		return b.text(strconv.Itoa(n) + "元")
	case 1:
		return b.text(grouped(n))
	case 2:
		return b.text("无")
	}
	return b.text(strconv.Itoa(n) + ".00")
}

func applicantColumns() []column {
	return []column{
		{"sqr_id", "int", "", "申请人ID"},
		{"xm", "varchar(50)", "", "姓名"},
		{"xb", "varchar(2)", "", "性别 1男 2女"},
		{"xbjs", "varchar(10)", "", "性别解释"},
		{"zjlx", "varchar(4)", "", "证件类型"},
		{"zjlxjs", "varchar(40)", "", "证件类型解释"},
		{"zjhm", "varchar(60)", "", "证件号码"},
		{"csrq", "varchar(20)", "", "出生日期"},
		{"mz", "varchar(20)", "", "民族"},
		{"lxdh", "varchar(40)", "", "联系电话"},
		{"dz", "varchar(200)", "", "住址"},
		{"hjxz", "varchar(40)", "", "户籍镇街"},
		{"hjxzjs", "varchar(60)", "", "户籍镇街解释"},
		{"hjxzlj", "varchar(100)", "", "户籍镇街路径"},
		{"hjxzqc", "varchar(200)", "", "户籍镇街全称"},
		{"srsp", "varchar(2)", "", "收入水平 1低保 2低收入 3普通"},
		{"srspjs", "varchar(20)", "", "收入水平解释"},
		{"jtrk", "varchar(10)", "", "家庭人口"},
		{"ysr", "varchar(20)", "", "人均月收入(元)"},
		{"dlrxm", "varchar(50)", "", "代理人姓名"},
		{"dlrzjhm", "varchar(60)", "", "代理人证件号码"},
		{"dlrgx", "varchar(40)", "", "代理人关系"},
		{"cjsj", "datetime", "", "创建时间"},
		{"sc_bz", "char(1)", "", "删除标志 0正常 1删除"},
	}
}
