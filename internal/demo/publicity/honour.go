package publicity

import (
	"strconv"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// award is so many honours of one kind that one level conferred in one year.
type award struct {
	level, kind string
	count       int
}

// awardsOf lists a year's honours. Those of 2023 above the district are the figures of
// the yearly report.
func (s *scribe) awardsOf(year int) []award {
	const (
		base  = "法治教育基地"
		point = "公民法治素养观测点"
		home  = "民主法治村（社区）"
	)
	if year == 2023 {
		return []award{
			{"省级", base, 1}, {"省级", point, 1}, {"省级", home, 11},
			{"市级", base, 5},
			{"区级", base, 3}, {"区级", home, 6},
		}
	}
	awards := []award{{"省级", home, s.between(1, 6)}, {"市级", home, s.between(2, 5)}, {"市级", base, s.r.IntN(3)}, {"区级", base, s.between(1, 3)}}
	if year%4 == 1 || year == 2024 {
		awards = append(awards, award{"国家级", home, s.between(1, 2)})
	}
	if year >= 2022 {
		awards = append(awards, award{"市级", point, 2})
	}
	return awards
}

// Positions in the sheet.
const (
	honourNumberAt  = 0
	honourYearAt    = 1
	honourLevelAt   = 3
	honourKindAt    = 4
	honourGrantedAt = 8
	honourNewAt     = 10
)

// honours invents the sheet of honours from 2008 to 2024 as it was imported: no key, all
// varchar(255), a totals row after each year, the header repeated where a second sheet
// was pasted below the first, and a note. Its length does not follow the scale.
func (s *scribe) honours() *legacy.Table {
	t := &legacy.Table{Name: "荣誉", Comment: "荣誉台账（Excel导入）", Engine: "MyISAM", Indexes: [][]string{{"年份"}}}
	var header []any
	for _, name := range []string{"序号", "年份", "荣誉名称", "级别", "类别", "单位名称", "所在镇街", "命名单位", "命名时间", "文号", "是否新增", "联系人", "联系电话", "备注"} {
		t.Columns = append(t.Columns, legacy.Column{Name: name, Type: "varchar(255)"})
		header = append(header, name)
	}
	spared := map[string]bool{}
	for year := 2008; year <= 2024; year++ {
		if year == 2016 {
			t.Rows = append(t.Rows, header)
		}
		number := 0
		for _, a := range s.awardsOf(year) {
			on := s.awardDay(year)
			serial := s.between(1, 60)
			for range a.count {
				number++
				row := s.honourRow(year, number, a, on, serial)
				t.Rows = append(t.Rows, row)
				if year == 2023 {
					spared[honourKey(row)] = true
				}
			}
		}
		total := make([]any, len(t.Columns))
		total[honourNumberAt], total[2] = "合计", strconv.Itoa(number)
		t.Rows = append(t.Rows, total)
	}
	note := make([]any, len(t.Columns))
	note[2] = "注：2019年前数据由镇街补报"
	t.Rows = append(t.Rows, note)
	s.spoilHonours(t, spared)
	return t
}

func honourKey(row []any) string {
	return row[honourYearAt].(string) + "|" + row[honourNumberAt].(string)
}

// awardDay is when a level announces a year's honours, always within that year.
func (s *scribe) awardDay(year int) time.Time {
	if year == 2024 {
		return world.DayBetween(s.r, world.Day(2024, 3, 1), world.Day(2024, 6, 20))
	}
	return world.DayBetween(s.r, world.Day(year, 5, 1), world.Day(year, 12, 28))
}

// honourRow writes one honour.
func (s *scribe) honourRow(year, number int, a award, on time.Time, serial int) []any {
	town := world.Pick(s.r, s.w.Towns.List)
	contact := s.person()
	name := world.Pick(s.r, villageNames)
	holder, kind := name+"法治文化公园", a.kind
	switch a.kind {
	case "民主法治村（社区）":
		holder = name + "村"
		kind = world.Pick(s.r, []string{kind, "民主法治村"})
		if s.chance(35) {
			holder, kind = name+"社区", world.Pick(s.r, []string{a.kind, "民主法治社区"})
		}
	case "公民法治素养观测点":
		holder = name + "社区法治驿站"
		kind = world.Pick(s.r, []string{kind, "法治素养观测点"})
	default:
		kind = world.Pick(s.r, []string{kind, "普法教育基地", "法治宣传教育基地"})
	}
	issuer, prefix := "杭州市萧山区普法办", "萧普办"
	switch a.level {
	case "国家级":
		issuer, prefix = "司法部、民政部", "司发通"
	case "省级":
		issuer, prefix = "浙江省司法厅、浙江省民政厅", "浙司"
	case "市级":
		issuer, prefix = "杭州市普法办", "杭普办"
	}
	level := a.level
	if s.chance(20) {
		level = level[:len(level)-len("级")] // 省 for 省级
	}
	isNew := "是"
	if year != 2023 && s.chance(25) {
		isNew = world.Pick(s.r, []string{"否", "复核"})
	} else if s.chance(15) {
		isNew = world.Pick(s.r, []string{"新增", "√"})
	}
	row := []any{
		strconv.Itoa(number), strconv.Itoa(year),
		a.level + a.kind,
		level, kind, holder,
		s.w.TownSpelling(s.r, town.Code),
		issuer, s.awardDate(on), s.spell(prefix, year, serial), isNew,
		contact.Name, contact.Phone,
		nil,
	}
	if s.chance(5) {
		row[6] = "区属"
	}
	if s.chance(8) {
		row[12] = "/"
	}
	return row
}

// awardDate writes a day as sheets hold them: often as the serial of an unformatted cell.
func (s *scribe) awardDate(on time.Time) string {
	switch s.r.IntN(4) {
	case 0:
		return on.Format("2006.1.2")
	case 1:
		return on.Format("2006年1月2日")
	case 2:
		return on.Format("2006/1/2")
	}
	return strconv.Itoa(int(on.Sub(world.Day(1899, 12, 30)).Hours() / 24))
}

// spoilHonours plants the dirt; the honours of 2023 stay clean.
func (s *scribe) spoilHonours(t *legacy.Table, spared map[string]bool) {
	p := s.planter("PublicityHonour", t, honourKey, func(row []any, _ string) bool {
		number, _ := row[honourNumberAt].(string)
		return number == "" || number == "合计" || number == "序号" || spared[honourKey(row)]
	})
	p.plant("级别", "level", "UNKNOWN_CODE", "街道级", "区级以下")
	p.plant("类别", "kind", "UNKNOWN_CODE", "枫桥式司法所", "先进集体")
	p.plant("所在镇街", "town", "UNKNOWN_TOWN", "义蓬镇", "钱塘区")
	p.plant("命名时间", "grantedOn", "UNREADABLE_DATE", "2019年12月", "年底")
	p.plant("命名时间", "grantedOn", "IMPOSSIBLE_DATE", "2021.2.30", "2018年11月31日")
	p.plant("命名时间", "grantedOn", "DATE_OUT_OF_RANGE", "2018", "1900/1/1") // a year read as a serial lies in 1905
	p.plant("是否新增", "isNew", "NOT_A_FLAG", "待核", "×")
	p.plant("单位名称", "holder", "LOST_CHARACTERS", "湖?村", "河?桥社区")
	p.plant("联系人", "contactName", "LOST_CHARACTERS", "陈?", "王?")
	p.plant("联系电话", "contactPhone", "NOT_A_NUMBER", "同上", "见备注")
}
