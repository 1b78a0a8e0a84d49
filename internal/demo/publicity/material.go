package publicity

import (
	"strconv"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// materials invents what was handed out at the events that were held.
func (s *scribe) materials(events []event) *legacy.Table {
	t := &legacy.Table{
		Name: "cailiao", Comment: "宣传资料", Primary: []string{"id"}, Engine: "MyISAM",
		Indexes: [][]string{{"huodong_id"}},
		Columns: []legacy.Column{
			{Name: "id", Type: "int", NotNull: true, Comment: "主键"},
			{Name: "huodong_id", Type: "int", Comment: "活动"},
			{Name: "cailiaomingcheng", Type: "varchar(200)", Comment: "资料名称"},
			{Name: "cailiao_types", Type: "int", Comment: "资料类型"},
			{Name: "shuliang", Type: "varchar(20)", Comment: "数量"},
			{Name: "danwei", Type: "varchar(20)", Comment: "单位"}, // unit of measure, not 单位 as a body
			{Name: "jine", Type: "varchar(50)", Comment: "金额"},
			{Name: "fafangriqi", Type: "varchar(20)", Comment: "发放日期"},
			{Name: "cailiao_delete", Type: "int", Default: "1", Comment: "逻辑删除 1:未删除 2:已删除"},
		},
	}
	names := [...]struct{ name, unit string }{{"普法宣传册", "本"}, {"法律知识折页", "份"}, {"主题海报", "张"}, {"《民法典》读本", "册"}, {"普法环保袋", "个"}}
	for i := range events {
		e := &events[i]
		if e.held.IsZero() || e.form == media {
			continue
		}
		for range s.r.IntN(3) {
			kind := s.r.IntN(len(names))
			flag := int64(1)
			if s.chance(1) {
				flag = 2
			}
			t.Rows = append(t.Rows, []any{
				int64(len(t.Rows) + 1), e.id, names[kind].name, int64(kind + 1),
				s.number(10 * s.between(2, 120)), names[kind].unit, s.amount(), s.handedOut(e.held), flag,
			})
		}
	}
	s.spoilMaterials(t)
	return t
}

// amount writes yuan in the ways the column has seen.
func (s *scribe) amount() any {
	yuan := s.between(1, 60) * 50
	text := strconv.Itoa(yuan)
	switch s.r.IntN(12) {
	case 0:
		return nil
	case 1:
		return "免费"
	case 2:
		return text + "元"
	case 3:
		return "￥" + text + ".50"
	case 4:
		return widen(text)
	case 5:
		return strconv.Itoa(yuan/1000+1) + "," + pad4(yuan % 1000)[1:] + "元"
	case 6:
		return "0." + strconv.Itoa(s.between(1, 9)) + "万元"
	}
	return text
}

func (s *scribe) handedOut(day time.Time) any {
	switch s.r.IntN(6) {
	case 0:
		return "0000-00-00"
	case 1:
		return day.Format("2006.1.2")
	case 2:
		return nil
	}
	return day.Format(time.DateOnly)
}

func (s *scribe) spoilMaterials(t *legacy.Table) {
	key := func(row []any) string { return strconv.FormatInt(row[0].(int64), 10) }
	p := s.planter("PublicityMaterial", t, key, func(row []any, _ string) bool { return row[len(row)-1] != int64(1) })
	p.plant("huodong_id", "event", "ORPHAN_LINK", int64(900001), int64(900002), int64(900003))
	p.plant("cailiao_types", "kind", "UNKNOWN_CODE", int64(9), int64(77))
	p.plant("shuliang", "quantity", "NOT_A_NUMBER", "若干", "500份")
	p.plant("shuliang", "quantity", "NUMBER_OUT_OF_RANGE", "-20", "12.5")
	p.plant("jine", "cost", "NOT_A_NUMBER", "约500", "待结算")
	p.plant("jine", "cost", "NUMBER_OUT_OF_RANGE", "12.345")
	p.plant("fafangriqi", "handedOutOn", "UNREADABLE_DATE", "活动当天", "5月")
	p.plant("fafangriqi", "handedOutOn", "IMPOSSIBLE_DATE", "2023-04-31")
	p.plant("cailiaomingcheng", "name", "LOST_CHARACTERS", "湖?村普法手册")
}
