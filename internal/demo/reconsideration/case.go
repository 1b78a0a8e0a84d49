package reconsideration

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// migrated writes a case of the former system, received on the day.
func (b *builder) migrated(r *rand.Rand, on time.Time, serial int) {
	a := b.act(r, on, serial)
	c := oldCourse(r, on)
	year := strconv.Itoa(on.Year())
	row, p, id := b.caseRow(r, a, c)
	row.set("AJBH", "萧政复字["+year+"]第"+strconv.Itoa(serial)+"号")
	row.set("SJLY", "O")
	row.set("GLLY_OLD", a.formerField)
	row.put("JAFS_OLD", c.outcome)
	if c.outcome != "" {
		row.set("JDSH", "萧政复决字["+year+"]第"+strconv.Itoa(serial)+"号")
	}
	b.applicants(r, id, p)
}

// add writes a case received on the day with all that belongs to it. forced is an outcome
// the case must have, with a document that passed review; "" leaves all to chance.
func (b *builder) add(r *rand.Rand, on time.Time, serial int, forced string) {
	a := b.act(r, on, 100+serial)
	document := b.document(r, on, &a, forced != "")
	outcome := forced
	if document != nil && forced == "" && chance(r, 45) { // such cases go badly more often
		outcome = weighted(r, []choice[string]{{upheld, 45}, {requestDismissed, 15}, {revoked, 20},
			{confirmedUnlawful, 12}, {orderedToPerform, 8}})
	}
	c := newCourse(r, on, outcome, a.summaryFits(), !on.Before(committeeFounded))
	year := strconv.Itoa(on.Year())

	row, p, id := b.caseRow(r, a, c)
	number := "萧政复〔" + year + "〕" + strconv.Itoa(serial) + "号"
	if chance(r, 5) {
		number = numberSpelling(r, number)
	}
	if c.status != received || chance(r, 60) {
		row.set("AJBH", number)
	}
	row.set("SJLY", "N")
	row.set("GLLY", a.field)
	row.put("JAFS", c.outcome)
	switch {
	case c.outcome != "" && ends(c.outcome):
		row.set("TZSH", "萧政复终〔"+year+"〕"+strconv.Itoa(serial)+"号")
	case c.outcome != "":
		row.set("JDSH", "萧政复决〔"+year+"〕"+strconv.Itoa(serial)+"号")
	case c.status == rejected || !c.refused.IsZero():
		row.set("TZSH", "萧政复不受〔"+year+"〕"+strconv.Itoa(serial)+"号")
	}
	b.attach(r, row, c, a, document)

	first := b.applicants(r, id, p)
	if !c.copySent.IsZero() && (a.matter == "16" || a.matter == "08" || chance(r, 8)) && chance(r, 70) {
		row.set("DSRXM", b.thirdParty(r, id, c))
	}
	b.hearings(r, id, c)
	row.set("SFSS", map[bool]string{true: "T", false: "F"}[b.lawsuits(r, id, first, c)])
	row.set("SFYJS", map[bool]string{true: "1", false: "0"}[b.letter(r, id, a, c)])
	if chance(r, 2) {
		b.deletedTwin(row)
	}
}

// caseRow writes what migrated and newer cases have in common.
func (b *builder) caseRow(r *rand.Rand, a act, c course) (row, party, string) {
	p := b.party(r, a.matter)
	id := b.id(c.received)
	row := b.cases.row()
	row.set("AJID", id)
	row.set("AJMC", "不服"+a.name+matterLabel(a.matter)+"案")
	row.set("SFSC", alive(r))
	b.channel(r, row, c)

	row.set("FYSX", a.matter)
	row.set("BZWLX", map[bool]string{true: a.inaction, false: "00"}[a.inaction != ""])
	row.set("SQQX", requests(r, a.matter))
	row.set("SQRLX", map[bool]string{true: "2", false: "1"}[p.company != nil])
	row.set("SQRXM", p.name())
	row.set("SQRS", countSpelling(r, p.count))
	row.set("SFQT", world.Pick(r, map[bool][]string{true: {"是", "1"}, false: {"否", "0", "否"}}[p.count > 5]))
	if p.count > 5 {
		row.set("DBR", names(p.people[:between(r, 1, 5)], "、"))
	}
	row.set("BSQRDM", a.unitCode)
	row.set("BSQRMC", a.name)
	row.set("BSQRLX", a.respondentKind)
	if a.department != "" {
		row.set("BSQRBM", b.w.DepartmentSpelling(r, a.department))
	}
	if a.town != "" {
		row.set("BSQRZJ", authoritySpelling(r, b.w.Towns.ByCode(a.town)))
	}
	switch {
	case a.town != "":
		row.set("SZZJ", b.w.TownSpelling(r, a.town))
	case chance(r, 90):
		row.set("SZZJ", b.w.TownSpelling(r, p.town()))
	}
	switch {
	case a.number == "":
		row.set("XWWH", world.Pick(r, []string{"无", "/", ""}))
	default:
		row.set("XWWH", numberSpelling(r, a.number))
	}
	done := days(c.received, -between(r, 5, 58))
	row.day("XZXWRQ", done,
		world.Pick(r, []string{"2006-01-02", "2006-01-02", "2006年1月2日", "2006-01", "2006年1月", "2006"}))
	known := later(done, days(c.received, -between(r, 3, 50)))
	if chance(r, 4) {
		row.set("ZXRQ", world.Pick(r, []string{"不详", "1900-01-01"}))
	} else {
		row.day("ZXRQ", known, world.Pick(r, []string{"2006-1-2", "2006-1-2", "2006年1月2日", "20060102"}))
	}
	if a.fine > 0 {
		row.set("FKJE", decimal(a.fine))
	}
	b.dates(r, row, c)
	b.handling(r, row, c)
	row.set("AJSS", "申请人"+p.name()+"不服"+a.name+"作出的"+matterLabel(a.matter)+"，申请行政复议。")
	if c.outcome == confirmedUnlawful && chance(r, 40) || a.matter == "07" && !c.decided.IsZero() {
		row.set("PCJE", amount(r, 100*between(r, 5, 900)))
	} else if chance(r, 6) {
		row.set("PCJE", world.Pick(r, []string{"无", "/", ""}))
	}
	return row, p, id
}

// channel writes how the application came in.
func (b *builder) channel(r *rand.Rand, row row, c course) {
	channel := weighted(r, []choice[string]{{"1", 30}, {"2", 25}, {"3", 34}, {"4", 10}, {"9", 1}})
	if c.received.Before(world.Start) {
		channel = world.Pick(r, []string{"1", "2"})
	}
	row.set("SQFS", channel)
	switch channel {
	case "3":
		id := "ZJFY" + c.received.Format("20060102") + fmt.Sprintf("%05d", len(b.online.Rows)+1)
		row.set("WWID", id)
		copied := b.online.row()
		copied.set("WWID", id)
		copied.set("AJID", row.cells[0].(string))
		copied.day("SQRQ", c.received, "2006/01/02")
		copied.set("ZT", map[bool]string{true: "待办理", false: "已结案"}[c.closed.IsZero()])
	case "4":
		row.number("JSD_ID", float64(b.firstPoint+r.IntN(len(b.w.Towns.List))))
	default:
		row.number("JSD_ID", 0)
	}
}

// requests is the check-box group of what the applicant asks for.
func requests(r *rand.Rand, matter string) string {
	boxes := []string{"0", "0", "0", "0", "0"}
	switch {
	case matter == "12" || matter == "15" && chance(r, 50):
		boxes[3] = "1"
	case chance(r, 12):
		boxes[2] = "1"
	default:
		boxes[0] = "1"
	}
	if chance(r, 6) {
		boxes[1] = "1"
	}
	if matter == "07" || chance(r, 6) {
		boxes[4] = "1"
	}
	return strings.Join(boxes, ", ")
}

// dates writes every step, planned and real.
func (b *builder) dates(r *rand.Rand, row row, c course) {
	one := func(layouts ...string) string { return world.Pick(r, layouts) }
	row.day("SDRQ", c.received, "2006-01-02")
	row.day("DJRQ", c.entered, one("2006/01/02", "2006/01/02", "2006.1.2", "20060102150405"))
	row.day("BZTZRQ", c.supplementRequested, one("2006-01-02", "2006/1/2"))
	row.day("BZQX", c.supplementDue, "2006-01-02")
	row.day("BZRQ", c.supplemented, one("2006-01-02", "2006/1/2"))
	if !c.supplementRequested.IsZero() && c.supplemented.IsZero() {
		row.set("BZRQ", "未补正")
	}
	row.day("SLQX", c.acceptanceDue, "2006-01-02")
	row.day("SLRQ", c.accepted, one("2006-1-2", "2006-01-02", "2006-01-02", "20060102", "2006年1月2日"))
	if !c.refused.IsZero() && c.status != settledBefore {
		reason := weighted(r,
			[]choice[string]{{"1", 6}, {"2", 14}, {"3", 22}, {"4", 6}, {"5", 16}, {"6", 8}, {"7", 26}, {"9", 2}})
		row.set("BYSLYY", reason)
		if reason == "7" {
			row.set("BSFW", weighted(r,
				[]choice[string]{{"1", 4}, {"2", 4}, {"3", 14}, {"4", 40}, {"5", 18}, {"6", 10}, {"7", 8}, {"9", 2}}))
		}
	}
	row.day("FSRQ", c.copySent, one("2006-1-2", "2006.1.2"))
	row.day("DFQX", c.answerDue, "2006-01-02")
	answered := one("2006-1-2", "2006-01-02", "2006年01月02日", "20060102")
	if chance(r, 3) {
		answered = "2006年01月02日（补充）"
	}
	row.day("BSQRDFU_RQ", c.answered, answered)
	row.day("TQYJRQ", c.viewsHeard, one("2006-01-02", "2006.01.02"))
	if !c.viewsHeard.IsZero() {
		row.set("TQYJFS", one("1, 0, 0, 0", "0, 1, 0, 0", "0, 1, 0, 0", "0, 0, 1, 0", "0, 1, 0, 1"))
	}
	row.set("SFTZ", map[bool]string{true: one("Y", "是"), false: one("N", "N", "否", "")}[!c.hearing.IsZero()])
	row.set("SFZXWYH", map[bool]string{true: "Y", false: "N"}[!c.committee.IsZero()])
	row.day("CXZHRQ", c.converted, "2006-01-02")
	row.day("ZZQSRQ", c.suspendedFrom, one("2006-01-02", "2006年1月2日"))
	row.day("ZZJSRQ", c.suspendedTo, one("2006-01-02", "2006年1月2日"))
	switch {
	case c.suspendedFrom.IsZero():
		row.set("ZZQSRQ", one("", "", "0000-00-00"))
	case c.suspendedTo.IsZero():
		row.set("ZZJSRQ", one("9999-12-31", "0000-00-00"))
	}
	if !c.suspendedFrom.IsZero() {
		row.set("ZZYY", one("需以其他案件审理结果为依据", "申请人死亡，待确定继承人", "规范性文件附带审查", "当事人申请调解", "法律适用问题请示"))
	}
	row.day("YQRQ", c.extended, one("2006-01-02", "20060102"))
	row.day("YQZ", c.extendedTo, one("2006-01-02", "20060102"))
	row.day("SLJZRQ", c.decisionDue, one("2006-01-02", "2006-01-02", "2006-01-02", "excel"))
	if c.decisionDue.IsZero() && chance(r, 30) {
		row.set("SLJZRQ", "3000-01-01")
	}
	row.day("JDRQ", c.decided, one("2006-01-02", "2006-01-02", "2006年1月2日", "2006-01-02 15:04:05.0"))
	if !c.decided.IsZero() {
		row.day("SONGDRQ_YJ", workdays(c.decided, 5), "2006-01-02")
	}
	row.day("SONGDRQ", c.served, one("2006/01/02", "2006/01/02", "2006-01-02 15:04:05.0"))
	row.day("LXQX", c.performanceDue, "2006-01-02")
	row.day("LXRQ", c.performed, one("2006-01-02", "2006.1.2"))
	row.set("JASJ", "0000-00-00 00:00:00")
	if !c.closed.IsZero() {
		row.set("JASJ", moment(r, c.closed))
		row.day("JARQ_LR", days(c.closed, r.IntN(4)), one("2006-01-02", "2006.1.2", "20060102"))
	}
	row.day("GDRQ", c.archived, one("2006-01-02", "2006-01-02", "2006-01-02", "chinese"))
	row.set("SPCX", c.procedure)
	if c.procedure == "" { // the former system knew one procedure and did not write it
		row.set("SPCX", "")
	}
	row.set("ZT", c.status)
	row.set("CJSJ", moment(r, c.entered))
	row.day("XGRQ", later(c.entered, c.closed), "2006-01-02 15:04:05.0")
}

// moment is a time of a working day, as DATETIME columns show it.
func moment(r *rand.Rand, day time.Time) string {
	if day.IsZero() {
		return "0000-00-00 00:00:00"
	}
	return day.Add(time.Duration(between(r, 8*3600, 17*3600)) * time.Second).Format("2006-01-02 15:04:05")
}

// handling writes who handled and approved the case.
func (b *builder) handling(r *rand.Rand, row row, c course) {
	row.set("CBDWBM", b.unitCodes["justice"])
	row.set("CJR", world.Pick(r, b.officers))
	if c.accepted.IsZero() && c.refused.IsZero() {
		return
	}
	one := r.IntN(len(b.officers))
	two := (one + 1 + r.IntN(len(b.officers)-1)) % len(b.officers)
	separator := world.Pick(r, []string{",", ",", ",", "、", "，"})
	row.set("CHENGBANREM", b.officers[one]+separator+b.officers[two])
	at := c.accepted
	if at.IsZero() {
		at = c.refused
	}
	step := func(n, by string, on time.Time, remark string) {
		if on.IsZero() || !on.Before(world.End) {
			return
		}
		row.set("SPR"+n, by)
		row.day("SPRQ"+n, on, world.Pick(r, []string{"2006-1-2", "2006-1-2", "2006.1.2", "chinese"}))
		row.set("SPYJ"+n, remark)
	}
	step("1", b.approvers[0], at, "同意")
	if !c.decided.IsZero() {
		step("2", b.approvers[1], days(c.decided, -2), "拟同意，请领导审定")
		step("3", b.approvers[2], c.decided, "同意")
	}
}

func names(people []*world.Person, separator string) string {
	var all []string
	for _, p := range people {
		all = append(all, p.Name)
	}
	return strings.Join(all, separator)
}

// document takes the normative document a case is about, if any: its attached review is
// asked for, or it is challenged itself. An act based on it is often one of the unit that
// drafted it. must demands one that passed review as lawful.
func (b *builder) document(r *rand.Rand, on time.Time, a *act, must bool) *world.Document {
	if !must && !chance(r, 10) {
		return nil
	}
	var candidates []*world.Document
	for i := range b.w.Documents {
		d := &b.w.Documents[i]
		if _, known := b.officeOf(d.Department); d.PublishedOn.Before(days(on, -30)) && (!must || d.Lawful && known) {
			candidates = append(candidates, d)
		}
	}
	if len(candidates) == 0 {
		return nil
	}
	d := world.Pick(r, candidates)
	if o, ok := b.officeOf(d.Department); ok && (must || chance(r, 50)) {
		number := a.number
		*a = act{number: number}
		b.againstDepartment(r, on, a, o)
		if a.matter == "12" {
			a.inaction = "02"
		}
	}
	if !must && chance(r, 20) {
		a.number = d.Number // the document itself is challenged
	}
	return d
}

// attach writes the attached review of the document.
func (b *builder) attach(r *rand.Rand, row row, c course, a act, d *world.Document) {
	row.set("SFFDSC", world.Pick(r, []string{"0", "0", "无", ""}))
	if d == nil || a.number == d.Number {
		if chance(r, 3) {
			row.set("FDSCWH", "无")
		}
		return
	}
	row.set("SFFDSC", world.Pick(r, []string{"1", "有"}))
	number, title := d.Number, d.Title
	unreviewed := chance(r, 15)
	if unreviewed { // an old document that never went through review
		number = fmt.Sprintf("萧政发〔%d〕%d号", 2008+r.IntN(8), 20+r.IntN(60))
		title = "关于进一步加强管理的通知"
	}
	row.set("FDSCWH", numberSpelling(r, number))
	row.set("FDSCMC", title)
	if c.decided.IsZero() || ends(c.outcome) {
		return
	}
	bad := 10
	if unreviewed || !d.Lawful {
		bad = 45
	}
	switch {
	case chance(r, bad):
		row.set("FDSCJG", "2")
	case chance(r, 10):
		row.set("FDSCJG", "3")
	default:
		row.set("FDSCJG", "1")
	}
}

// deletedTwin enters the case a second time, deleted since; its dirt is nobody's business.
func (b *builder) deletedTwin(of row) {
	twin := b.cases.row()
	copy(twin.cells, of.cells)
	twin.set("AJID", b.id(world.Start))
	twin.set("SFSC", "1")
	twin.set("SLRQ", "0000-00-00")
	twin.set("ZT", "99")
}
