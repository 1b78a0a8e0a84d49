package reconsideration

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// hearings writes the hearing, the committee session and now and then an inquiry.
func (b *builder) hearings(r *rand.Rand, id string, c course) {
	add := func(kind string, notice, held time.Time, place string, people int) {
		if held.IsZero() {
			return
		}
		row := b.hearing.row()
		row.set("TZ_ID", b.id(held))
		row.set("AJID", id)
		row.set("TZLX", kind)
		row.day("TZTZRQ", notice, "2006-01-02")
		row.day("TZRQ", held, world.Pick(r, []string{"2006年1月2日", "2006-01-02 15:04:05.0", "2006-01-02"}))
		row.set("TZDD", place)
		row.set("ZCR", world.Pick(r, b.approvers))
		row.set("TZY", world.Pick(r, b.officers)+world.Pick(r, []string{",", "、"})+b.person(r).Name)
		row.set("CYRS", countSpelling(r, people))
		row.set("SFZX", world.Pick(r, []string{"0", "0", "0", "1"}))
	}
	add("听证", c.hearingNotice, c.hearing, "区行政争议调解中心听证室", between(r, 5, 22))
	add("委员会", time.Time{}, c.committee, "区司法局三楼会议室", between(r, 5, 9))
	if !c.answered.IsZero() && chance(r, 2) {
		add("现场调查", time.Time{}, days(c.answered, 1), "行为发生地", between(r, 3, 8))
	}
}

// lawsuits writes the lawsuits that followed the case and tells whether there is one.
// plaintiff is the first applicant.
func (b *builder) lawsuits(r *rand.Rand, id string, plaintiff float64, c course) bool {
	if c.served.IsZero() || ends(c.outcome) || !chance(r, 16) {
		return false
	}
	filed := days(c.served, between(r, 2, 15))
	if !filed.Before(world.End) {
		return false
	}
	joint := map[bool]string{true: "Y", false: "N"}[c.outcome == upheld]
	for level, instance := range []string{"一审", "二审", "再审"} {
		if !filed.Before(world.End) {
			break
		}
		judged := days(filed, between(r, 60, 180))
		row := b.lawsuit.row()
		row.set("SS_ID", b.id(filed))
		row.set("AJID", id)
		row.number("SQR_ID", plaintiff)
		row.set("SJ", world.Pick(r, []string{instance, instance, strconv.Itoa(level + 1)}))
		row.set("FYAH", fmt.Sprintf("（%d）浙%s行%s%d号", filed.Year(), []string{"0109", "01", ""}[level],
			[]string{"初", "终", "申"}[level], between(r, 10, 400)))
		row.set("FYMC", []string{"杭州市萧山区人民法院", "杭州市中级人民法院", "浙江省高级人民法院"}[level])
		row.day("LARQ", filed, world.Pick(r, []string{"2006-01-02", "2006/1/2"}))
		row.set("SFGTBG", joint)
		row.set("NOT_DELETE", "1")
		if !judged.Before(world.End) {
			break
		}
		row.day("CPRQ", judged, world.Pick(r, []string{"2006-01-02", "2006/1/2"}))
		result := weighted(r, []choice[string]{{"1", 55}, {"2", 15}, {"3", 6}, {"4", 6}, {"5", 3}, {"6", 15}})
		if level > 0 {
			result = weighted(r, []choice[string]{{"7", 85}, {"8", 9}, {"6", 6}})
		}
		lost := result == "3" || result == "4" || result == "5" || result == "8"
		row.set("CPJG", result)
		row.set("SFBS", map[bool]string{true: "败诉", false: "胜诉"}[lost])
		if result == "6" || !chance(r, []int{38, 10, 0}[level]) {
			break
		}
		filed = days(judged, between(r, 10, 30))
	}
	return true
}

// letter writes an opinion or suggestion letter, if the case gave reason for one, and
// tells whether it did.
func (b *builder) letter(r *rand.Rand, id string, a act, c course) bool {
	percent := 2
	if corrects(c.outcome) {
		percent = 38
	}
	if c.decided.IsZero() || a.department == "" && a.town == "" || !chance(r, percent) {
		return false
	}
	issued := workdays(c.decided, between(r, 0, 8))
	if !issued.Before(world.End) {
		return false
	}
	n := len(b.letters.Rows) + 1
	row := b.letters.row()
	row.set("YJS_ID", decimal(n))
	row.set("AJID", id)
	row.set("SFSC", alive(r))
	kind := world.Pick(r, []string{"意见书", "意见书", "建议书"})
	row.set("WSLX", kind)
	row.set("WSH", "萧政复"+string([]rune(kind)[:1])+"〔"+strconv.Itoa(issued.Year())+"〕"+strconv.Itoa(n)+"号")
	row.set("SWDW", a.name)
	if a.department != "" {
		row.set("SWBM", b.w.DepartmentSpelling(r, a.department))
	} else {
		row.set("SWZJ", authoritySpelling(r, b.w.Towns.ByCode(a.town)))
	}
	row.set("WTZY", world.Pick(r, []string{
		"未依法告知陈述申辩权利。", "送达程序不规范。", "法律适用错误，援引条款失效。", "超过法定期限作出处理。",
		"事实认定证据不足。", "答复内容未针对申请事项。", "裁量基准适用不当。",
	}))
	row.day("ZFRQ", issued, world.Pick(r, []string{"2006-01-02", "2006年1月2日"}))
	row.day("FKQX", days(issued, 60), "2006-01-02")
	late := chance(r, 10)
	reported := days(issued, between(r, 15, 58))
	if late {
		reported = days(issued, between(r, 61, 110))
	}
	switch {
	case !reported.Before(world.End):
	case chance(r, 12):
		row.set("FKRQ", world.Pick(r, []string{"未反馈", ""}))
	default:
		row.day("FKRQ", reported, world.Pick(r, []string{"2006-01-02", "2006.1.2"}))
	}
	return true
}
