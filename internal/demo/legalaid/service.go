package legalaid

import (
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// consultations invents consultations by telephone, at windows and online.
func (b *builder) consultations() *sheet {
	s := b.sheet("flyz_zx", "法律咨询", []column{
		{"zx_id", "int", "", "咨询ID"},
		{"zxsj", "datetime", "'0000-00-00 00:00:00'", "咨询时间"},
		{"zxfs", "varchar(2)", "", "咨询方式"},
		{"zxfsjs", "varchar(20)", "", "咨询方式解释"},
		{"zxsx", "varchar(4)", "", "咨询事项"},
		{"szxz", "varchar(40)", "", "所在镇街"},
		{"zxr", "varchar(50)", "", "咨询人"},
		{"lxdh", "varchar(30)", "", "联系电话"},
		{"sc", "varchar(10)", "", "时长(分钟)"},
		{"sfydsq", "varchar(2)", "", "是否引导申请"},
	}, []string{"zx_id"}, []string{"zxsj"}, []string{"szxz"})

	minutes := make([]any, 60)
	for i := range minutes {
		minutes[i] = strconv.Itoa(i + 1)
	}
	for _, day := range b.span(consultationsAYear) {
		row := s.add()
		p := b.person()
		s.set(row, "zx_id", int64(row+1))
		s.set(row, "zxsj", b.clock(day))
		channel := b.draw([]weighted{{"1", 58}, {"2", 18}, {"3", 12}, {"4", 10}, {"5", 1}, {"9", 1}})
		b.code(s, row, "zxfs", channelCodes, channel)
		s.set(row, "zxsx", b.text(b.draw([]weighted{
			{"01", 27}, {"02", 21}, {"03", 6}, {"04", 9}, {"05", 14}, {"06", 8}, {"07", 4}, {"08", 5}, {"09", 3}, {"99", 3},
		})))
		switch {
		case b.chance(850):
			s.set(row, "szxz", b.townCell(p.Town))
		case b.chance(500):
			s.set(row, "szxz", b.text(world.Pick(b.r, []string{"外地", "0"})))
		}
		switch {
		case channel == "2" || channel == "3":
			s.set(row, "zxr", b.text(p.Name))
		case b.chance(300):
			s.set(row, "zxr", b.text(world.Pick(b.r, []string{"匿名", "不详"})))
		}
		if channel != "5" && b.chance(800) {
			s.set(row, "lxdh", b.phone(p.Phone))
		}
		s.set(row, "sc", minutes[min(b.r.IntN(60), b.r.IntN(60))])
		s.set(row, "sfydsq", b.flag(b.chance(70), "Y", "N", "Y", "N"))
	}
	return s
}

// dutyHelps invents help by duty lawyers: two of three witness a plea agreement.
func (b *builder) dutyHelps() *sheet {
	s := b.sheet("flyz_zbls", "值班律师法律帮助", []column{
		{"zb_id", "int", "", "值班帮助ID"},
		{"bzrq", "date", "'0000-00-00'", "帮助日期"},
		{"zbcs", "varchar(2)", "", "值班场所"},
		{"zbcsjs", "varchar(40)", "", "值班场所解释"},
		{"bznr", "varchar(40)", "", "帮助内容,多值|分隔"},
		{"sfrzrf", "varchar(4)", "", "是否认罪认罚见证"},
		{"zyzh", "varchar(60)", "", "值班律师执业证号"},
		{"lsxm", "varchar(50)", "", "值班律师姓名"},
		{"dsr", "varchar(50)", "", "当事人"},
		{"sfzh", "varchar(60)", "", "身份证号"},
		{"bt_fen", "int", "", "补贴(分)"},
		{"cjsj", "datetime", "", "创建时间"},
		{"sc_bz", "char(1)", "", "删除标志"},
	}, []string{"zb_id"}, []string{"bzrq"}, []string{"zyzh"})

	for _, day := range b.span(dutyHelpsAYear) {
		row := s.add()
		p := b.person()
		for p.Birth.AddDate(14, 0, 0).After(day) {
			p = b.person()
		}
		s.set(row, "zb_id", int64(row+1))
		s.set(row, "bzrq", iso(day))
		b.code(s, row, "zbcs", dutyCodes, b.draw([]weighted{{"1", 20}, {"2", 45}, {"3", 25}, {"4", 10}}))
		witnessed := b.chance(650)
		services := []string{"1"}
		for _, choice := range []weighted{{"2", 200}, {"3", 80}, {"4", 150}, {"5", 250}, {"6", 220}} {
			if b.chance(choice.weight) {
				services = append(services, choice.code)
			}
		}
		word := "否"
		if witnessed {
			services = append(services, "7")
			word = "是"
		}
		s.set(row, "bznr", b.text(strings.Join(services, "|")))
		s.set(row, "sfrzrf", b.text(word))
		lawyer := b.w.Lawyers[b.r.IntN(len(b.w.Lawyers))]
		s.set(row, "lsxm", b.text(lawyer.Name))
		switch n := b.r.IntN(100); {
		case n < 6: // by name only
			s.set(row, "zyzh", b.text(world.Pick(b.r, []string{"", "0", "无"})))
		case n < 8:
			s.set(row, "zyzh", b.text(widened(lawyer.Licence)))
		default:
			s.set(row, "zyzh", b.text(lawyer.Licence))
		}
		s.set(row, "dsr", b.text(p.Name))
		s.set(row, "sfzh", b.residentID(p, false))
		s.set(row, "bt_fen", int64(20000))
		s.set(row, "cjsj", b.clock(day))
		s.set(row, "sc_bz", b.kept())
	}
	return s
}
