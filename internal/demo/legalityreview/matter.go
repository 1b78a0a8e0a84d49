package legalityreview

import (
	"strconv"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// Codes of the dictionary that the generator reasons about.
const (
	document    = "1"
	decision    = "2"
	enforcement = "3"
	agreement   = "4"
	contract    = "5"
	village     = "6"
	other       = "9"

	lawful       = "1"
	afterChanges = "2"
	unlawful     = "3"
	outOfScope   = "4"
	incomplete   = "5"
)

// course is how one matter went; a zero time did not happen before the demo's end.
type course struct {
	submissions []submission
	material    time.Time // complete
	accepted    time.Time
	opinion     time.Time
	withdrawn   time.Time
	feedback    time.Time
	decided     time.Time
	published   time.Time
	upward      time.Time
	filed       time.Time
	archived    time.Time
}

// submission is one round: sent in, and perhaps sent back.
type submission struct{ on, back time.Time }

// matter invents one matter with its rounds.
func (g *generator) matter(i int, a arrival) {
	l := g.matters.add()
	id := int64(10001 + i)
	l.set("matter_id", id)
	town, department := g.drafter(i, a)
	kind := g.kind(town != "", a)
	urgent := a.document == nil && g.chance(12)
	opinion := g.opinion(a)
	c := g.course(a, kind, urgent, opinion)

	l.set("del_flag", "0")
	if i%97 == 50 {
		l.set("del_flag", nil) // before the scaffold had a default
	}
	l.set("create_by", account(g.r.IntN(40)))
	if a.trial {
		l.set("create_by", "test01")
	}
	received := clock(g, a.on)
	l.set("create_time", received)
	l.set("receive_time", received)
	l.set("submit_date", letterDate(g.r, a.on.AddDate(0, 0, -g.r.IntN(3))))
	l.set("matter_type", kind)
	if kind == document && a.on.Year() < 2018 {
		l.set("matter_type", "10")
	} else if kind == contract && a.on.Year() < 2018 {
		l.set("matter_type", "11")
	}
	l.set("urgent_level", "0")
	if urgent {
		l.set("urgent_level", world.Pick(g.r, []string{"1", "1", "1", "2"}))
	}
	g.parties(l, town, department, kind, a)
	g.subject(l, town, department, kind, a)
	g.reviewer(l, town, department, kind, a, c)
	g.outcome(l, kind, opinion, c)
	g.dates(l, kind, a, c)
	if kind == document || kind == decision && g.chance(40) {
		g.published(l, town, department, kind, a, c, opinion)
	}
	if a.document != nil {
		g.bridge[len(g.matters.table.Rows)-1] = true
	}
	if !a.trial {
		g.writeRounds(id, l, opinion, c)
	}
}

// drafter takes the town (seven in sixteen) or the department that sends the matter in.
// Every other town is the next in turn, so that each of them appears at any scale.
func (g *generator) drafter(i int, a arrival) (town, department string) {
	switch {
	case a.document != nil:
		return "", a.document.Department
	case i%16 < 7 && a.on.Year() >= 2018:
		if g.turn++; g.turn%2 == 0 {
			return g.w.Towns.List[g.turn/2%len(g.w.Towns.List)].Code, ""
		}
		return g.w.AnyTown(g.r), ""
	}
	return "", world.Pick(g.r, g.active[a.on.Year()])
}

// kind takes the kind of matter; towns sign contracts, departments decide on penalties.
func (g *generator) kind(fromTown bool, a arrival) string {
	p := g.r.IntN(100)
	weights := [...]int{7, 8, 22, 18, 28, 0, 17}
	switch {
	case a.document != nil:
		return document
	case fromTown:
		weights = [...]int{3, 7, 10, 20, 36, 8, 16}
	case a.on.Year() < 2018:
		weights = [...]int{45, 0, 0, 0, 40, 0, 15}
	}
	for i, kind := range [...]string{document, decision, enforcement, agreement, contract, village, other} {
		if p -= weights[i]; p < 0 {
			return kind
		}
	}
	return other
}

func (g *generator) opinion(a arrival) string {
	p := g.r.IntN(100)
	switch {
	case a.document != nil && a.document.Lawful:
		return lawful
	case a.document != nil:
		return afterChanges
	case p < 45:
		return lawful
	case p < 91:
		return afterChanges
	case p < 94:
		return unlawful
	case p < 97:
		return outOfScope
	}
	return incomplete
}

// workdays is how many working days the review takes from complete material: 5 to 15 for
// a normative document (国办发〔2018〕115号), at least 7 for a major decision, about 5 for
// the rest, and some are late.
func (g *generator) workdays(kind string, urgent bool) int {
	late := g.chance(5)
	switch {
	case kind == document && late:
		return 16 + g.r.IntN(8)
	case kind == document:
		return 5 + g.r.IntN(9)
	case kind == decision && late:
		return 15 + g.r.IntN(6)
	case kind == decision:
		return 7 + g.r.IntN(6)
	case urgent:
		return 1 + g.r.IntN(3)
	case late:
		return 6 + g.r.IntN(6)
	}
	return 1 + g.r.IntN(5)
}

// course invents the dates of a matter and cuts them off where the demo ends.
func (g *generator) course(a arrival, kind string, urgent bool, opinion string) course {
	var c course
	on := a.on
	for {
		s := submission{on: on}
		last := len(c.submissions) == 2 || !g.chance(13)
		if !last {
			s.back = g.cal.after(on, 1+g.r.IntN(2))
			on = g.cal.after(s.back, 1+g.r.IntN(5))
		}
		c.submissions = append(c.submissions, s)
		if last {
			break
		}
	}
	c.material = g.cal.after(on, g.r.IntN(2))
	c.accepted = g.cal.after(c.material, g.r.IntN(2))
	if a.document == nil && g.chance(2) {
		c.withdrawn = g.cal.after(c.accepted, 1)
	} else {
		c.opinion = g.cal.after(c.material, g.workdays(kind, urgent))
		if c.opinion.Before(c.accepted) {
			c.opinion = c.accepted
		}
		if opinion == lawful || opinion == afterChanges || opinion == unlawful {
			c.feedback = g.cal.after(c.opinion, 1+g.r.IntN(5))
		}
		if opinion == lawful || opinion == afterChanges {
			c.decided = g.cal.after(c.feedback, 1+g.r.IntN(10))
			c.published = g.cal.after(c.decided, g.r.IntN(4))
		}
	}
	if a.document != nil {
		c.published = a.document.PublishedOn
		c.decided = g.cal.back(c.published.AddDate(0, 0, -g.r.IntN(4)))
		if c.decided.Before(c.feedback) {
			c.feedback = c.decided
		}
		if c.feedback.Before(c.opinion) {
			c.opinion = c.feedback
		}
	}
	if !c.decided.IsZero() && (kind == document || kind == decision || kind == agreement) {
		c.upward = c.published.AddDate(0, 0, 1+g.r.IntN(14))
		if g.chance(6) {
			c.upward = c.upward.AddDate(0, 0, 15+g.r.IntN(20))
		}
		c.filed = g.cal.after(c.upward, 1+g.r.IntN(8))
	}
	if ended := latest(c.withdrawn, c.opinion, c.feedback, c.decided, c.filed); !ended.IsZero() {
		c.archived = g.cal.after(ended, 10+g.r.IntN(40))
	}
	c.cut(world.End)
	return c
}

// cut removes what has not happened yet.
func (c *course) cut(end time.Time) {
	for i, s := range c.submissions {
		if !s.on.Before(end) {
			c.submissions = c.submissions[:i]
			break
		}
		if !s.back.Before(end) {
			c.submissions[i].back = time.Time{}
		}
	}
	for _, t := range []*time.Time{
		&c.material, &c.accepted, &c.opinion, &c.withdrawn, &c.feedback, &c.decided,
		&c.published, &c.upward, &c.filed, &c.archived,
	} {
		if !t.Before(end) {
			*t = time.Time{}
		}
	}
}

func latest(times ...time.Time) time.Time {
	var last time.Time
	for _, t := range times {
		if t.After(last) {
			last = t
		}
	}
	return last
}

// clock writes a day with a time of day in office hours.
func clock(g *generator, d time.Time) string {
	return d.Add(time.Duration(9*3600+g.r.IntN(8*3600)) * time.Second).Format(time.DateTime)
}

// parties writes who sent the matter in.
func (g *generator) parties(l line, town, department, kind string, a arrival) {
	p := g.person()
	l.set("contact_name", p.Name)
	switch g.r.IntN(20) {
	case 0:
		l.set("contact_phone", "/")
	case 1:
		l.set("contact_phone", fullWidth("0571-8")+p.Phone[4:])
	case 2, 3, 4:
		l.set("contact_phone", "0571-8"+p.Phone[4:])
	default:
		l.set("contact_phone", p.Phone)
	}
	if town != "" {
		l.set("draft_dept_id", g.deptID[town])
		l.set("draft_town_name", world.Pick(g.r, g.names[town]))
		l.set("draft_org_name", g.w.Towns.ByCode(town).Name+"人民政府")
		if strings.HasSuffix(g.w.Towns.ByCode(town).Name, "街道") {
			l.set("draft_org_name", g.w.Towns.ByCode(town).Name+"办事处")
		}
		l.set("area_code", town)
		if old := g.w.Towns.ByCode(town).OldCodes; len(old) > 0 && g.chance(15) {
			l.set("area_code", world.Pick(g.r, old))
		}
		l.set("issue_org_name", l.get("draft_org_name"))
		return
	}
	name := world.Pick(g.r, g.names[department])
	l.set("draft_dept_id", g.deptID[department])
	l.set("draft_dept_name", name)
	l.set("draft_org_name", name)
	switch g.r.IntN(10) {
	case 0:
	case 1:
		l.set("area_code", "330109000")
	default:
		l.set("area_code", "330109")
	}
	switch {
	case a.document != nil && strings.HasPrefix(a.document.Number, "萧政办"):
		l.set("issue_org_name", "杭州市萧山区人民政府办公室")
	case a.document != nil || kind == decision:
		l.set("issue_org_name", "杭州市萧山区人民政府")
	default:
		l.set("issue_org_name", g.w.Departments.ByCode(department).Name)
	}
}

// reviewer writes who reviewed the matter: the centre what the district issues, towns
// and departments the rest of theirs.
func (g *generator) reviewer(l line, town, department, kind string, a arrival, c course) {
	prefix, body, staff, chief := "萧合审", "1", g.centre, g.chief
	l.set("review_org_name", "区合法性审查中心")
	switch {
	case a.on.Year() < 2018:
		prefix = "萧法审字"
		l.set("review_org_name", "区政府法制办")
	case town != "" && kind != decision && kind != document:
		t := g.w.Towns.ByCode(town)
		short := strings.TrimSuffix(t.JudicialOffice, "司法所")
		prefix, body, staff = short+"合审", "2", g.staff[town]
		chief = staff[0]
		l.set("review_org_name", "萧山区"+t.JudicialOffice)
		l.set("review_office_name", t.JudicialOffice)
	case town == "" && (kind == enforcement || kind == contract) && g.chance(70):
		prefix, body, staff = "萧"+strings.TrimPrefix(g.short(department), "区")+"法审", "3", g.staff[department]
		chief = staff[0]
		l.set("review_org_name", g.short(department)+"政策法规科")
	}
	l.set("review_org_type", body)
	if c.accepted.IsZero() {
		return
	}
	year := c.accepted.Year()
	serial := g.next(prefix, year)
	l.set("review_no", fileNumber(g.r, prefix, year, serial))
	if a.on.Year() < 2018 {
		l.set("review_no", prefix+"["+strconv.Itoa(year)+"]第"+strconv.Itoa(serial)+"号")
	}
	if c.opinion.IsZero() && g.chance(10) {
		l.set("review_no", "待编号")
	}
	l.set("reviewer_name", world.Pick(g.r, staff))
	if g.chance(3) {
		l.set("reviewer_name", " "+l.text("reviewer_name")+"　")
	}
	if !c.opinion.IsZero() {
		l.set("approver_name", chief)
	}
	if kind == agreement || kind == contract || kind == decision || g.chance(10) {
		g.adviser(l)
	}
}

// short is the department's first alias, as its own staff say it.
func (g *generator) short(department string) string {
	names := g.names[department]
	return names[min(1, len(names)-1)]
}

// adviser writes the lawyer who advised, if any: by licence and name, or by name only.
func (g *generator) adviser(l line) {
	lawyer := g.w.Lawyers[g.r.IntN(min(60, len(g.w.Lawyers)))]
	switch p := g.r.IntN(10); {
	case p < 5:
		l.set("adviser_licence", lawyer.Licence)
		l.set("adviser_name", lawyer.Name)
	case p < 7:
		l.set("adviser_name", lawyer.Name)
	case p < 8:
		l.set("adviser_licence", "无")
		l.set("adviser_name", "无")
	}
}

// subject writes what the matter is about.
func (g *generator) subject(l line, town, department, kind string, a arrival) {
	place := "萧山区"
	if town != "" {
		place = g.w.Towns.ByCode(town).Name
	}
	var title string
	project := world.Pick(g.r,
		[]string{"道路提升改造", "河道整治", "老旧小区改造", "安置房建设", "农贸市场改造", "学校扩建", "亚运环境整治", "工业园区开发", "停车场建设", "垃圾分类"})
	switch kind {
	case document:
		subject := world.Pick(g.r,
			[]string{"户外广告设置管理", "专项资金使用管理", "农村集体资产管理", "出租房屋管理", "科技创新扶持", "文明养犬", "小微园区管理", "建筑垃圾处置", "政府投资项目管理"})
		title = "关于印发《" + place + subject + "办法》的通知（送审稿）"
		l.set("matter_summary", "规范"+subject+"的适用范围、职责分工和办理程序。")
	case decision:
		title = "关于" + place + project + "项目的重大行政决策草案"
		l.set("matter_summary", "确定"+project+"项目的实施范围、资金安排和社会风险防范措施。")
	case enforcement:
		party := g.company()
		title = "对" + party.Name + world.Pick(g.r, []string{"违法建设", "超标排污", "虚假宣传", "安全生产违法", "违法占地"}) + "行为拟作出行政处罚决定"
	case agreement, contract:
		g.counterparty(l)
		if kind == agreement {
			title = place + world.Pick(g.r, []string{"征收补偿协议", "国有土地使用权出让协议", "特许经营协议", "招商引资协议", "保障性住房租赁协议"})
			l.set("matter_summary", "约定补偿标准、履行期限和违约责任。")
		} else {
			title = place + project + world.Pick(g.r, []string{"采购合同", "施工合同", "技术服务合同", "房屋租赁合同", "委托管理合同"})
		}
	case village:
		title = place + world.Pick(g.r, []string{"新兴", "东风", "光明", "永兴", "湖滨", "梅林", "金星"}) + "村村规民约（修订稿）"
	default:
		title = "关于" + place + project + "有关涉法问题的法律意见"
	}
	if a.document != nil {
		title = a.document.Title
		if a.annex {
			title = "附件：" + strings.TrimSuffix(strings.TrimPrefix(title, "关于印发"), "的通知") + "实施细则"
		}
	}
	if a.trial {
		title = "测试" + title
	}
	l.set("matter_title", title)
}

// counterparty writes the other side of a contract and the amount.
func (g *generator) counterparty(l line) {
	company := g.company()
	l.set("party_name", company.Name)
	l.set("party_code", company.CreditCode)
	switch g.r.IntN(25) {
	case 0:
		l.set("party_code", company.CreditCode[8:16]+"-"+company.CreditCode[16:17])
	case 1:
		l.set("party_code", "无")
	case 2:
		l.set("party_code", nil)
	}
	amount := 100 + g.r.IntN(20000)
	if g.chance(10) {
		amount *= 20
	}
	l.set("contract_amount", amountText(g.r, amount))
}

// outcome writes opinion, problems and adoption.
func (g *generator) outcome(l line, kind, opinion string, c course) {
	l.set("submit_times", float64(max(1, len(c.submissions))))
	if kind == document || kind == decision {
		l.set("comment_days", world.Pick(g.r, []string{"7", "10", "030", "30", "30", "30", "３０", "45"}))
		l.set("fair_review_flag", world.Pick(g.r, []string{"是", "是", "是", "否", "1", "0"}))
	}
	if c.opinion.IsZero() {
		return
	}
	l.set("review_opinion", opinion)
	if !g.chance(5) { // some forms left the copy of the label blank
		l.set("review_opinion_name", opinionLabel(opinion))
	}
	switch opinion {
	case afterChanges:
		l.set("problem_types", g.problems(1+g.r.IntN(3), 2, 7))
	case unlawful:
		l.set("problem_types", g.problems(1+g.r.IntN(2), 1, 4))
	}
	if c.feedback.IsZero() {
		return
	}
	adoption, p := "1", g.r.IntN(100)
	if opinion == afterChanges && p < 14 {
		adoption = "2"
	} else if opinion != lawful && p < 18 {
		adoption = "3"
		l.set("not_adopt_reason", world.Pick(g.r, []string{"已由区政府常务会议专题研究决定", "相关条款系上级文件统一要求", "双方已就该条款另行协商一致"}))
	}
	l.set("adopt_type", adoption)
}

func opinionLabel(opinion string) string {
	i, _ := strconv.Atoi(opinion)
	return [...]string{"", "合法", "修改后合法", "不合法", "不属于审查范围", "材料不齐退回"}[i]
}

// problems is a check-box group from..to as a comma list, sometimes with commas around.
func (g *generator) problems(n, from, to int) string {
	first := from + g.r.IntN(to-from+1-(n-1))
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Itoa(first + i))
	}
	if g.chance(15) {
		return "," + b.String() + ","
	}
	return b.String()
}

// dates writes the steps and the state they amount to.
func (g *generator) dates(l line, kind string, a arrival, c course) {
	at := func(column string, t time.Time) {
		if !t.IsZero() {
			l.set(column, clock(g, t))
		}
	}
	at("material_time", c.material)
	at("accept_time", c.accepted)
	at("finish_time", latest(c.opinion, c.withdrawn))
	at("file_time", c.filed)
	l.set("archive_time", zeroTime)
	at("archive_time", c.archived)
	if !c.opinion.IsZero() {
		l.set("opinion_date", c.opinion.Format(time.DateOnly))
	}
	if !c.feedback.IsZero() {
		l.set("feedback_date", typedDate(g.r, c.feedback))
	}
	if !c.decided.IsZero() {
		l.set("decide_date", decidedDate(g.r, c.decided))
	}
	if last := latest(c.accepted, c.opinion, c.feedback, c.decided, c.filed, c.archived); !last.IsZero() {
		l.set("update_by", account(g.r.IntN(40)))
		l.set("update_time", clock(g, last))
	}
	l.set("status", g.status(a, c))
}

func (g *generator) status(a arrival, c course) string {
	switch {
	case !c.archived.IsZero() && a.on.Year() < 2018:
		return "20"
	case !c.withdrawn.IsZero():
		return "99"
	case !c.archived.IsZero():
		return "13"
	case !c.filed.IsZero():
		return "12"
	case !c.decided.IsZero():
		return "11"
	case !c.feedback.IsZero():
		return "10"
	case !c.opinion.IsZero():
		return "9"
	case !c.accepted.IsZero():
		return world.Pick(g.r, []string{"4", "5", "6", "6", "6", "7", "71", "8"})
	case len(c.submissions) > 0 && !c.submissions[len(c.submissions)-1].back.IsZero():
		return "3"
	case !c.material.IsZero():
		return "2"
	}
	return world.Pick(g.r, []string{"1", "2"})
}

// published writes the document a matter led to.
func (g *generator) published(l line, town, department, kind string, a arrival, c course, opinion string) {
	l.set("doc_state", "0")
	if c.published.IsZero() {
		return
	}
	year := c.published.Year()
	prefix, serial := "", 0
	switch {
	case a.document != nil:
		prefix, year, serial = splitNumber(a.document.Number)
		l.set("unified_code", a.document.Unified)
		if g.chance(5) {
			l.set("unified_code", strings.ToLower(a.document.Unified))
		}
	case town != "":
		prefix = strings.TrimSuffix(g.w.Towns.ByCode(town).JudicialOffice, "司法所") + "政发"
	default:
		prefix = "萧" + strings.TrimPrefix(g.short(department), "区") + "发"
	}
	if a.document == nil {
		serial = g.next(prefix, year)
		if kind == document {
			n := g.next("AXSD", year)
			unit := 10 + g.deptID[town+department]%80
			l.set("unified_code",
				"AXSD"+strconv.FormatInt(unit, 10)+"-"+strconv.Itoa(year)+"-"+strconv.Itoa(10000 + n)[1:])
		}
	}
	l.set("doc_no", fileNumber(g.r, prefix, year, serial))
	l.set("publish_date", publishedDate(g.r, c.published))
	l.set("public_flag", world.Pick(g.r, []string{"Y", "Y", "Y", "Y", "N"}))
	if !c.upward.IsZero() {
		l.set("record_date", c.upward.Format("20060102"))
	}
	until := c.published.AddDate(5, 0, 0)
	if g.chance(12) {
		until = c.published.AddDate(2, 0, 0) // on trial
	}
	switch p := g.r.IntN(20); {
	case p < 12:
		l.set("valid_until", until.Format(time.DateOnly))
	case p < 16:
		l.set("valid_until", "9999-12-31")
	case p < 18:
		l.set("valid_until", "3000-01-01")
	}
	l.set("doc_state", "2")
	switch {
	case c.published.After(world.End.AddDate(0, 0, -30)):
		l.set("doc_state", "1")
	case until.Before(world.End) && l.text("valid_until") < "2100":
		l.set("doc_state", "4")
	case g.chance(4):
		l.set("doc_state", "5")
	case g.chance(4):
		l.set("doc_state", "3")
	}
}

// drafts are matters typed in and not sent yet: no dates, and the column's zero default
// where they would have come in.
func (g *generator) drafts() {
	for range g.w.N(60) {
		town := g.w.AnyTown(g.r)
		l := g.matters.add()
		l.set("matter_id", int64(10000+len(g.matters.table.Rows)))
		l.set("del_flag", "0")
		l.set("create_by", account(g.r.IntN(40)))
		l.set("create_time", clock(g, g.arrivalDay(world.Day(2024, 5, 1), world.End)))
		l.set("receive_time", zeroTime)
		l.set("archive_time", zeroTime)
		l.set("status", "0")
		l.set("matter_type", other)
		l.set("urgent_level", "0")
		a := arrival{on: world.Day(2024, 6, 1)}
		g.parties(l, town, "", other, a)
		g.subject(l, town, "", other, a)
	}
}

// deletedTwins are matters entered twice, the second copy deleted: not served.
func (g *generator) deletedTwins() {
	originals := len(g.matters.table.Rows)
	for range g.w.N(160) {
		i := g.r.IntN(originals)
		twin := g.matters.copy(g.matters.row(i))
		twin.set("matter_id", int64(10000+len(g.matters.table.Rows)))
		twin.set("del_flag", "2")
		if g.chance(20) {
			twin.set("submit_date", "2023-02-30") // dirt nobody sees
		}
	}
}
