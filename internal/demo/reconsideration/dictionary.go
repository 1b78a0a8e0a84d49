package reconsideration

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// dictionaries writes the code tables. Unit codes are paths: 0609 is unit 09 of area 06.
func (b *builder) dictionaries() {
	entry := func(kind, code, label string, place int) {
		r := b.dictionary.row()
		r.set("ZDLX", kind)
		r.set("ZDDM", code)
		r.set("ZDMC", label)
		r.set("PX", decimal(place))
	}
	for i, label := range strings.Split("当面申请 邮寄申请 网上申请 基层受理点", " ") {
		entry("SQFS", fmt.Sprint(i+1), label, i+1)
	}
	entry("SQFS", "9", "其它", 9)
	for i, label := range strings.Split(matters, " ") {
		entry("FYSX", fmt.Sprintf("%02d", i+1), label, i+1)
	}
	for i, label := range []string{"维持", "撤销", "部分撤销", "变更"} { // another list, unfinished
		entry("JAFS", fmt.Sprintf("%02d", i+1), label, i+1)
	}

	unit := func(code, name string) {
		r := b.units.row()
		r.set("BMDM", code)
		r.put("SJBMDM", code[:len(code)-2])
		r.set("BMMC", name)
	}
	unit("06", "区级部门")
	for i, d := range b.w.Departments.List {
		b.unitCodes[d.Code] = fmt.Sprintf("06%02d", i+1)
		unit(b.unitCodes[d.Code], d.Name)
	}
	unit("07", "镇街")
	for i, town := range b.w.Towns.List {
		b.unitCodes[town.Code] = fmt.Sprintf("07%02d", i+1)
		unit(b.unitCodes[town.Code], town.Name)
	}
	user := b.accounts.row()
	user.set("USERID", "20100101000000000001")
	user.set("USERNAME", "管理员")
	user.set("PASSWD", "e10adc3949ba59abbe56e057f20f883e")
}

// matters are the labels of dictionary FYSX, in code order from 01.
const matters = "行政处罚 行政强制措施 行政强制执行 行政许可 自然资源确权 征收征用 行政赔偿 工伤认定 侵犯经营自主权 排除限制竞争 违法要求履行义务 不履行法定职责 社会保障 行政协议 政府信息公开 举报投诉处理 行政确认 其它"

// matterLabel is the label of a code of column FYSX.
func matterLabel(code string) string {
	return strings.Split(matters, " ")[int(code[0]-'0')*10+int(code[1]-'0')-1]
}

// decimal writes a whole number as a decimal(65,30) column shows it.
func decimal(n int) string { return fmt.Sprintf("%d.%030d", n, 0) }

// founding writes the committee, the stations and the points. In 2023 the committee was
// founded, the "5S" station opened and the district contest held, one each. Of what towns
// added afterwards the day, or what it is, was not asked.
func (b *builder) founding() {
	add := func(kind, name, town, opened string) {
		r := b.facilities.row()
		r.number("ZD_ID", float64(len(b.facilities.Rows)))
		r.set("LX", kind)
		r.set("MC", name)
		r.put("SZZJ", town)
		r.set("QYRQ", opened)
	}
	add("复议委员会", "杭州市萧山区人民政府行政复议委员会", "", committeeFounded.Format("2006-01-02"))
	add("服务站", "钱江世纪城“5S”行政复议服务站", "盈丰街道", "2023-06-28")
	add("知识竞赛", "萧山区行政复议法律知识竞赛", "", "2023-11-03")
	b.firstPoint = len(b.facilities.Rows) + 1
	for i, town := range b.w.Towns.List {
		add("基层受理点", town.JudicialOffice+"行政复议受理点", town.Name,
			world.Day(2021, 9, 1).AddDate(0, 0, 11*i).Format("2006-01-02"))
	}
	for _, late := range []struct {
		kind, name, town, opened string
		field                    string
		rule                     cell.Rule // "" for a blank, which is no finding
	}{
		{"知识竞赛", "瓜沥镇行政复议法知识竞赛", "瓜沥镇", "0000-00-00", "openedOn", cell.ZeroDate},
		{"知识竞赛", "机关干部行政复议知识竞赛", "", "2023-11-31", "openedOn", cell.ImpossibleDate},
		{"服务站", "空港行政复议服务站", "", "", "", ""},
		{"联络点", "商会行政复议联络点", "", "2023-09-12", "kind", cell.UnknownCode},
	} {
		add(late.kind, late.name, late.town, late.opened)
		if late.rule != "" {
			b.database.Ledger = append(b.database.Ledger, legacy.Dirt{
				Record: "ReconsiderationFacility", Key: strconv.Itoa(len(b.facilities.Rows)), Field: late.field,
				Rule: string(late.rule),
			})
		}
	}
}

var committeeFounded = world.Day(2023, 4, 18)
