package legalaid

import (
	"strconv"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// leastChildren is how many objections and changes there are at the smallest scales, so
// that every kind of dirt finds its rows.
const leastChildren = 14

// objections invents objections (Legal Aid Law Art. 49) to refusals and terminations: the
// bureau decides within 5 days, mostly; some go on to reconsideration.
func (b *builder) objections(cases *caseSheet) *sheet {
	s := b.sheet("flyz_yy", "异议审查", []column{
		{"yy_id", "int", "", "异议ID"},
		{"aj_id", "int", "'0'", "案件ID"},
		{"yylx", "varchar(2)", "", "异议类型 1不予援助 2终止援助"},
		{"yylxjs", "varchar(20)", "", "异议类型解释"},
		{"tcrq", "varchar(30)", "", "提出日期"},
		{"scrq", "varchar(30)", "", "审查日期"},
		{"scjg", "varchar(2)", "", "审查结果 1维持 2责令改正 3撤回"},
		{"scjgjs", "varchar(20)", "", "审查结果解释"},
		{"fyah", "varchar(60)", "", "复议案号"},
		{"cjsj", "datetime", "", "创建时间"},
		{"sc_bz", "char(1)", "", "删除标志"},
	}, []string{"yy_id"}, []string{"aj_id"})

	var open []*matter
	for _, m := range cases.matters {
		if (m.refused || m.cut) && happened(m.closed) {
			open = append(open, m)
		}
	}
	for _, m := range b.some(open, 300) {
		raised := m.closed.AddDate(0, 0, 1+b.r.IntN(20))
		if !happened(raised) {
			continue
		}
		row := s.add()
		s.set(row, "yy_id", int64(row+1))
		s.set(row, "aj_id", cases.get(m.row, "aj_id"))
		against := "1"
		if m.cut {
			against = "2"
		}
		b.code(s, row, "yylx", againstCodes, against)
		s.set(row, "tcrq", b.looseOrChinese(raised))
		s.set(row, "cjsj", b.clock(raised))
		s.set(row, "sc_bz", b.kept())
		decided := raised.AddDate(0, 0, b.lag(1, 5, 80, 12))
		if !happened(decided) {
			s.set(row, "scrq", "0000-00-00")
			s.set(row, "scjg", "0")
			b.code(cases.sheet, m.row, "zt", statusCodes, "31")
			continue
		}
		s.set(row, "scrq", b.looseOrChinese(decided))
		outcome := b.draw([]weighted{{"1", 70}, {"2", 22}, {"3", 8}})
		b.code(s, row, "scjg", outcomeCodes, outcome)
		switch {
		case outcome == "1" && b.chance(400):
			year, serial := strconv.Itoa(decided.Year()), strconv.Itoa(1+b.r.IntN(900))
			s.set(row, "fyah", b.once(world.Pick(b.r, []string{
				"萧政复〔" + year + "〕" + serial + "号", "萧政复[" + year + "]" + serial + "号", "萧政复（" + year + "）第" + serial + "号",
			})))
		case b.chance(300):
			s.set(row, "fyah", b.text("无"))
		}
	}
	return s
}

// changes invents changes of the handling person while a case is in progress.
func (b *builder) changes(cases *caseSheet) *sheet {
	s := b.sheet("flyz_gh", "更换承办人", []column{
		{"gh_id", "int", "", "更换ID"},
		{"aj_id", "int", "'0'", "案件ID"},
		{"ghrq", "date", "'0000-00-00'", "更换日期"},
		{"ghyy", "varchar(2)", "", "更换原因"},
		{"ghyyjs", "varchar(40)", "", "更换原因解释"},
		{"yzyzh", "varchar(30)", "", "原承办人执业证号"},
		{"ylsxm", "varchar(50)", "", "原承办人姓名"},
		{"xzyzh", "varchar(30)", "", "现承办人执业证号"},
		{"xlsxm", "varchar(50)", "", "现承办人姓名"},
		{"cjsj", "datetime", "", "创建时间"},
		{"sc_bz", "char(1)", "", "删除标志"},
	}, []string{"gh_id"}, []string{"aj_id"})

	var open []*matter
	for _, m := range cases.matters {
		if !m.old && m.lawyer >= 0 && happened(m.assigned.AddDate(0, 0, 12)) {
			open = append(open, m)
		}
	}
	for _, m := range b.some(open, 30) {
		changed := workday(m.assigned.AddDate(0, 0, 4+b.r.IntN(6)))
		row := s.add()
		s.set(row, "gh_id", int64(row+1))
		s.set(row, "aj_id", cases.get(m.row, "aj_id"))
		s.set(row, "ghrq", iso(changed))
		b.code(s, row, "ghyy", changeCodes, b.draw([]weighted{{"1", 30}, {"2", 15}, {"3", 35}, {"4", 15}, {"9", 5}}))
		former := b.w.Lawyers[b.r.IntN(len(b.w.Lawyers))]
		s.set(row, "yzyzh", former.Licence)
		s.set(row, "ylsxm", b.text(former.Name))
		s.set(row, "xzyzh", b.w.Lawyers[m.lawyer].Licence)
		s.set(row, "xlsxm", b.text(m.handler))
		if b.chance(150) { // by a grassroots legal worker
			s.set(row, "yzyzh", b.text(world.Pick(b.r, []string{"", "0", "无"})))
		}
		s.set(row, "cjsj", b.clock(changed))
		s.set(row, "sc_bz", b.kept())
		if s := m.status(); s == "22" && b.chance(500) {
			b.code(cases.sheet, m.row, "zt", statusCodes, "23")
		}
	}
	return s
}

// forgotten leaves some objections without a decision, long after it was due.
func (b *builder) forgotten(objections *sheet) {
	spoilt := map[string]bool{}
	for _, d := range b.db.Ledger {
		if d.Record == "LegalAidObjection" {
			spoilt[d.Key] = true
		}
	}
	clean := 0
	for row := range objections.Rows {
		if spoilt[objections.key(row)] {
			continue
		}
		if clean++; clean%4 != 1 {
			continue
		}
		objections.set(row, "scrq", "0000-00-00")
		objections.set(row, "scjg", "0")
		objections.set(row, "scjgjs", nil)
		objections.set(row, "fyah", nil)
	}
}

// some takes so many of a thousand matters, at least leastChildren, in order.
func (b *builder) some(from []*matter, perMille int) []*matter {
	n := min(len(from), max(leastChildren, len(from)*perMille/1000))
	taken := make([]*matter, 0, n)
	for i, m := range from { // selection sampling keeps the order
		if b.r.IntN(len(from)-i) < n-len(taken) {
			taken = append(taken, m)
		}
	}
	return taken
}

// looseOrChinese writes a day in one of the two layouts of the objections' columns.
func (b *builder) looseOrChinese(day time.Time) any {
	if b.chance(250) {
		return b.once(day.Format("2006年1月2日"))
	}
	return loose(day)
}
