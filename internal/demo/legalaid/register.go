package legalaid

import (
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// firms writes the register of law firms.
func (b *builder) firms() *sheet {
	s := b.sheet("flyz_lsswsjg", "律师事务所机构", []column{
		{"jg_id", "int", "", "机构ID"},
		{"jgmc", "varchar(100)", "", "机构名称"},
		{"tyshxydm", "varchar(40)", "", "统一社会信用代码"},
		{"yzyxkzh", "varchar(40)", "", "原执业许可证号"},
		{"zyzt", "varchar(2)", "", "执业状态"},
		{"zyztjs", "varchar(20)", "", "执业状态解释"},
		{"szxz", "varchar(40)", "", "所在镇街"},
		{"szxzjs", "varchar(60)", "", "所在镇街解释"},
		{"szxzlj", "varchar(100)", "", "所在镇街路径"},
		{"szxzqc", "varchar(200)", "", "所在镇街全称"},
		{"cjsj", "datetime", "", "创建时间"},
		{"sc_bz", "char(1)", "", "删除标志"},
	}, []string{"jg_id"})

	for i, firm := range b.w.Firms {
		row := s.add()
		s.set(row, "jg_id", int64(i+1))
		s.set(row, "jgmc", b.text(firm.Name))
		s.set(row, "tyshxydm", firm.CreditCode)
		s.set(row, "yzyxkzh", firm.OldLicence)
		b.code(s, row, "zyzt", firmStateCodes, "1")
		b.placed(s, row, "szxz", b.w.AnyTown(b.r))
		s.set(row, "cjsj", b.clock(world.Day(2019, 5, 6)))
		s.set(row, "sc_bz", "0")
	}
	row := s.add() // entered twice by mistake, then deleted
	copy(s.Rows[row], s.Rows[0])
	s.set(row, "jg_id", int64(len(b.w.Firms)+1))
	s.set(row, "sc_bz", "1")
	return s
}

// lawyers writes the register of lawyers, with the service corps of the Asian Games and the
// talent pool at exactly the sizes of the 2023 report.
func (b *builder) lawyers() *sheet {
	s := b.sheet("flyz_ls", "律师信息", []column{
		{"zyzh", "varchar(20)", "", "执业证号"},
		{"xm", "varchar(50)", "", "姓名"},
		{"jg_id", "int", "'0'", "机构ID"},
		{"lslx", "varchar(2)", "", "律师类型"},
		{"lslxjs", "varchar(20)", "", "律师类型解释"},
		{"xb", "varchar(2)", "", "性别 0男 1女"},
		{"xbjs", "varchar(10)", "", "性别解释"},
		{"lxdh", "varchar(30)", "", "联系电话"},
		{"zyzt", "varchar(2)", "", "执业状态 1正常 2停止 3注销"},
		{"zyztjs", "varchar(20)", "", "执业状态解释"},
		{"sczyrq", "date", "'0000-00-00'", "首次执业日期"},
		{"bbt", "varchar(20)", "", "帮帮团,多值|分隔"},
		{"yyfwt", "varchar(2)", "", "亚运服务团"},
		{"yyfwtjs", "varchar(40)", "", "亚运服务团解释"},
		{"yycg", "varchar(60)", "", "亚运场馆"},
		{"sfrck", "varchar(2)", "", "是否人才库"},
		{"cjsj", "datetime", "", "创建时间"},
		{"sc_bz", "char(1)", "", "删除标志"},
	}, []string{"zyzh"}, []string{"jg_id"})

	venues := map[string]string{"1": "临浦体育馆", "2": "瓜沥文体中心", "3": "萧山体育中心", "4": "浙师大萧山校区体育馆", "5": "杭州奥体中心"}
	rank := b.r.Perm(len(b.w.Lawyers)) // who was selected, and for what
	for i, lawyer := range b.w.Lawyers {
		row := s.add()
		selected := rank[i] < asianGamesLawyers
		s.set(row, "zyzh", lawyer.Licence)
		s.set(row, "xm", b.text(lawyer.Name))
		s.set(row, "jg_id", int64(lawyer.Firm+1))
		b.code(s, row, "lslx", lawyerKindCodes, string(lawyer.Kind))
		sex := "1"
		if lawyer.Male {
			sex = "0"
		}
		b.code(s, row, "xb", lawyerSexCodes, sex)
		s.set(row, "lxdh", world.Pick(b.r, []string{"137", "136", "159"})+strconv.Itoa(10000000+b.r.IntN(90000000)))
		state := "1"
		if !selected && b.chance(80) {
			state = b.draw([]weighted{{"2", 1}, {"3", 1}})
		}
		b.code(s, row, "zyzt", lawyerStateCodes, state)
		year, _ := strconv.Atoi(lawyer.Licence[5:9])
		s.set(row, "sczyrq", iso(world.DayBetween(b.r, world.Day(year, 1, 1), world.Day(year+1, 1, 1))))
		if b.chance(50) {
			s.set(row, "sczyrq", "0000-00-00")
		}
		s.set(row, "bbt", b.text(b.teams(i)))
		s.set(row, "yyfwt", world.Pick(b.r, []string{"", "0"}))
		if selected {
			corps := strconv.Itoa(1 + rank[i]%len(corpsCodes))
			b.code(s, row, "yyfwt", corpsCodes, corps)
			s.set(row, "yycg", b.text(venues[corps]))
		}
		s.set(row, "sfrck", world.Pick(b.r, []any{"0", "0", nil}))
		if rank[i]%4 == 1 && rank[i]/4 < talentPoolLawyers {
			s.set(row, "sfrck", "1")
		}
		s.set(row, "cjsj", b.clock(world.Day(2019, 5, 7)))
		s.set(row, "sc_bz", b.kept())
	}
	row := s.add() // moved to another province
	copy(s.Rows[row], s.Rows[1])
	s.set(row, "zyzh", "13301199910999999")
	s.set(row, "sc_bz", "1")
	return s
}

// teams lists the helper teams of the i-th lawyer; the first six see to it that each team
// has somebody.
func (b *builder) teams(i int) string {
	if i < len(teamCodes) {
		return "|" + strconv.Itoa(i+1) + "|"
	}
	if b.chance(600) {
		return ""
	}
	teams := []string{strconv.Itoa(1 + b.r.IntN(len(teamCodes)))}
	if second := strconv.Itoa(1 + b.r.IntN(len(teamCodes))); second != teams[0] && b.chance(300) {
		teams = append(teams, second)
	}
	return "|" + strings.Join(teams, "|") + "|"
}
