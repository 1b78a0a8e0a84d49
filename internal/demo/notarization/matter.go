package notarization

import (
	"slices"
	"strconv"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// Yearly volume of matters at scale 1, and how many rows of earlier systems are left.
const (
	yearly = 15000
	older  = 900
)

// inventMatters makes the matters in the order in which they came in.
func (b *office) inventMatters() {
	for _, period := range []struct {
		from, before time.Time
		count        int
	}{
		{world.Day(2011, 1, 4), world.Day(2022, 1, 1), b.w.N(older)},
		{world.Start, world.Day(2023, 1, 1), b.w.N(yearly / 2)},
		{world.Day(2023, 1, 1), world.Day(2024, 1, 1), b.w.N(yearly)},
		{world.Day(2024, 1, 1), world.End, b.w.N(yearly / 2)},
	} {
		kunpeng := 0
		for i, received := range b.arrivals(dayOf(period.from), dayOf(period.before), period.count) {
			if b.plants.deleted.due() { // entered by mistake and deleted
				b.invent(received, true, -1)
			}
			enterprise := -1
			if period.from.Year() == 2023 && kunpeng < kunpengEnterprises &&
				i >= (kunpeng+1)*period.count/(kunpengEnterprises+1) {
				enterprise = kunpeng
				kunpeng++
			}
			b.invent(received, false, enterprise)
		}
	}
}

// arrivals draws so many days, busy and quiet months alike, few of them at weekends.
func (b *office) arrivals(from, before day, count int) []day {
	busy := [...]int{70, 75, 105, 100, 98, 102, 118, 115, 104, 88, 100, 108} // spring festival, summer visas
	days := make([]day, 0, count)
	for len(days) < count {
		d := from + day(b.r.IntN(int(before-from)))
		if b.r.IntN(118) >= busy[b.cal.at(d).Month()-1] || !b.cal.isWorkday(d) && b.r.IntN(10) > 0 {
			continue
		}
		days = append(days, d)
	}
	slices.Sort(days)
	return days
}

// matter is one matter while its rows are being made.
type matter struct {
	id       int64
	served   bool // false for a deleted one
	row      []any
	kind     kind
	abroad   int // destination, -1 for use at home
	person   int
	company  int // index of the applying enterprise, -1 for a person
	online   bool
	door     bool
	number   any // as certificates show it; nil when there is none
	first    int // serial numbers
	last     int
	group    string // series of the number
	year     int
	region   any
	copies   int
	fullFree bool // bill waived
	course
}

// course is what became of a matter and when; none for what did not happen (yet).
type course struct {
	received, accepted, supplemented, supplementedTo, verifying, verifyingTo, approved, issued, delivered, closed,
	archived day

	status            string
	refused, withdrew bool
}

// invent makes one matter and all that hangs on it. enterprise is the Kunpeng enterprise
// that must be the applicant, or negative.
func (b *office) invent(received day, deleted bool, enterprise int) {
	m := &matter{id: int64(len(b.cases.list)) + 100001, served: !deleted, abroad: -1, company: -1}
	m.row = b.cases.next()
	m.row[caseID] = m.id
	m.row[caseOrder], m.row[caseDeleted] = int64(0), int64(0)
	switch {
	case deleted:
		m.row[caseDeleted] = int64(1)
	case b.chance(60):
		m.row[caseDeleted] = nil
	}
	b.subject(m, enterprise)
	m.course = b.run(m, received, enterprise >= 0)
	b.describe(m)
	b.dates(m)
	b.flags(m)
	b.numberOf(m)
	b.staff(m)
	if deleted {
		b.party(m, "applicant", m.company)
		return
	}
	b.parties(m)
	b.bill(m)
	b.certify(m)
	b.particulars(m)
	if enterprise >= 0 {
		b.kunpeng[enterprise] = m
	}
}

// subject decides what the matter is about and who applies.
func (b *office) subject(m *matter, enterprise int) {
	n := b.r.IntN(b.weights)
	for _, k := range b.kinds {
		if n -= k.weight; n < 0 {
			m.kind = k
			break
		}
	}
	if enterprise >= 0 { // what the services for Kunpeng enterprises are about
		code := []string{"zscq", "ht", "bqzj", "qzzx", "gszc"}[enterprise%5]
		m.kind = b.kinds[slices.IndexFunc(b.kinds, func(k kind) bool { return k.code == code })]
		m.company = enterprise % len(b.w.Companies)
	} else if m.kind.economic && b.chance(800) || b.chance(15) {
		m.company = b.r.IntN(len(b.w.Companies))
	}
	m.person = b.person()
	if m.kind.abroad && b.chance(850) || !m.kind.economic && b.chance(40) {
		m.abroad = b.r.IntN(len(b.destinations))
	}
	m.door = b.chance(35)
	m.online = !m.door && b.chance(250)
	m.copies = 1 + b.r.IntN(4)
}

// run lets the matter take its course: 15 working days from acceptance to certificate,
// without the time for more material and verification; three in a hundred are late.
func (b *office) run(m *matter, received day, certain bool) course {
	c := course{received: received, accepted: none, supplemented: none, supplementedTo: none, verifying: none,
		verifyingTo: none, approved: none, issued: none, delivered: none, closed: none, archived: none}
	past := func(d day) bool { return d != none && d < b.now }
	fate := b.r.IntN(1000)
	if certain {
		fate = 999
	}
	switch {
	case fate < 15: // came to ask, never came back
		c.status = "咨询中"
		if over := received + 30; past(over) {
			c.status, c.closed, c.withdrew = "已取消", over, true
		}
		return c
	case fate < 23:
		c.status = "待审核"
		if over := b.cal.after(received, 2+b.r.IntN(3)); past(over) {
			c.status, c.closed, c.refused = "不予受理", over, true
		}
		return c
	case fate < 38:
		c.status = "待审核"
		if over := b.cal.after(received, 1+b.r.IntN(6)); past(over) {
			c.status, c.closed, c.withdrew = "已取消", over, true
		}
		return c
	}
	c.status = "待审核"
	c.accepted = b.cal.after(received, [...]int{0, 0, 0, 0, 0, 0, 1, 1, 2, 3}[b.r.IntN(10)])
	if !past(c.accepted) {
		c.accepted = none
		return c
	}
	ready := c.accepted
	if b.chance(60) {
		c.supplemented, c.supplementedTo = c.accepted, c.accepted+1+day(b.r.IntN(20))
		ready = c.supplementedTo
	}
	if b.chance(70) || m.kind.code == "jc" && b.chance(150) {
		c.verifying = b.cal.after(ready, 2)
		c.verifyingTo = c.verifying + 5 + day(b.r.IntN(21))
		ready = c.verifyingTo
	}
	work := 1 + b.r.IntN(10)
	if b.chance(30) {
		work = 16 + b.r.IntN(14)
	}
	if certain {
		work = 2
	}
	c.approved, c.issued = b.cal.after(ready, work-1), b.cal.after(ready, work)
	c.delivered = c.issued + day(b.r.IntN(12))
	c.closed, c.archived = c.delivered, c.delivered+20+day(b.r.IntN(71))
	switch {
	case fate < 44: // refused after review
		c.refused, c.closed = true, c.issued
	case fate < 56:
		c.withdrew, c.closed = true, c.issued+30+day(b.r.IntN(150))
	}
	if c.refused || c.withdrew {
		c.approved, c.issued, c.delivered = none, none, none
		c.archived = c.closed + 20
	}
	switch {
	case past(c.archived) && !c.refused && !c.withdrew:
		c.status = "已归档"
	case past(c.closed) && c.refused:
		c.status = "已驳回"
	case past(c.closed) && c.withdrew:
		c.status = "已终止"
	case past(c.delivered):
		c.status = "已完成"
	case past(c.issued):
		c.status = "待领取"
	case past(c.verifying) && !past(c.verifyingTo):
		c.status = "核实中"
	case past(c.supplemented) && !past(c.supplementedTo):
		c.status = "容缺受理"
	case c.accepted >= b.now-2:
		c.status = "已受理"
	case past(c.approved):
		c.status = "出证中"
	default:
		c.status = world.Pick(b.r, []string{"审查中", "待确认", "待支付", "拟稿中", "审批中"})
	}
	for _, d := range []*day{&c.supplementedTo, &c.verifying, &c.verifyingTo, &c.approved, &c.issued, &c.delivered,
		&c.closed, &c.archived} {
		if !past(*d) {
			*d = none
		}
	}
	if c.closed == none {
		c.refused, c.withdrew = false, false
	}
	if c.verifying == none {
		c.verifyingTo = none
	}
	return c
}

// describe fills in what the matter is about.
func (b *office) describe(m *matter) {
	title := m.kind.label + "公证"
	m.region = "domestic"
	m.row[caseMatterCode] = b.text(m.kind.code)
	if m.abroad >= 0 {
		to := b.destinations[m.abroad]
		m.region = to.region
		title += "（用于" + to.country.(string) + "）"
		m.row[caseUseCountry], m.row[caseUseLanguage] = to.country, to.language
	} else if b.chance(100) {
		m.row[caseUseCountry], m.row[caseUseLanguage] = "-", "-"
	}
	m.row[caseDescribe] = b.text(title)
	if m.kind.code == "bqzj" && b.plants.unknownMatter.due() {
		m.row[caseMatterCode], m.row[caseDescribe] = b.pick("sjcz", "wlbq"), "数据存证"
		b.found(m.served, "NotarialMatter", m.id, "type", "UNKNOWN_CODE")
	}
	if b.plants.lostTitle.due() {
		m.row[caseDescribe] = "公证事\uFFFD"
		b.found(m.served, "NotarialMatter", m.id, "title", "LOST_CHARACTERS")
	}
	m.row[caseRegion] = m.region
	m.row[caseClass] = "civil"
	if m.kind.economic || m.company >= 0 {
		m.row[caseClass] = "economic"
	}
	m.row[caseStatus] = b.text(m.status)
	if b.plants.unknownStatus.due() {
		m.row[caseStatus] = "退件重办"
		b.found(m.served, "NotarialMatter", m.id, "status", "UNKNOWN_CODE")
	}
	switch {
	case b.plants.unknownChannel.due():
		m.row[caseChannel] = b.pick("邮寄", "99")
		b.found(m.served, "NotarialMatter", m.id, "channel", "UNKNOWN_CODE")
	case m.door:
		m.row[caseChannel] = "上门"
	case m.online && m.kind.code == "bqzj":
		m.row[caseChannel] = "在线存证"
	case m.online:
		m.row[caseChannel] = b.pick("在线", "公众号")
	default:
		m.row[caseChannel] = b.pick("窗口", "窗口", "窗口", "窗口", "窗口", "大厅", "窗口 ", nil)
	}
	town := b.w.Persons[m.person].Town
	if m.company >= 0 {
		town = b.w.Companies[m.company].Town
	}
	m.row[caseTown] = b.townText(town)
	switch {
	case b.plants.unknownTown.due():
		m.row[caseTown] = b.pick("330109118", "330109119", "330109401", "330109999", "区外", "义蓬街道")
		b.found(m.served, "NotarialMatter", m.id, "town", "UNKNOWN_TOWN")
	case b.chance(15):
		m.row[caseTown] = nil
	}
}

// dates fills in the days, each column in its own way.
func (b *office) dates(m *matter) {
	row, slot := m.row, b.r.IntN(8)
	row[caseWhen] = b.cal.clock(m.received, slot)
	switch {
	case b.plants.zeroReceived.due():
		row[caseWhen] = "0000-00-00 00:00:00"
		b.found(m.served, "NotarialMatter", m.id, "receivedOn", "ZERO_DATE")
	case b.plants.openReceived.due():
		row[caseWhen] = "1900-01-01 00:00:00"
		b.found(m.served, "NotarialMatter", m.id, "receivedOn", "DATE_OUT_OF_RANGE")
	}
	row[caseAcceptTime] = b.millis(m, m.accepted, &b.plants.secondsAccepted, "acceptedOn")
	row[caseDeliverTime] = b.millis(m, m.delivered, &b.plants.secondsDelivered, "deliveredOn")
	for i, d := range [...]day{m.supplemented, m.supplementedTo, m.verifying, m.verifyingTo} {
		row[caseSupplementStart+i] = "0000-00-00"
		if d != none {
			row[caseSupplementStart+i] = b.cal.text(time.DateOnly, d)
		}
	}
	if m.verifying != none && m.verifyingTo == none {
		row[caseVerifyEnd] = "9999-12-31"
	}
	b.approval(m)
	if m.issued != none {
		row[caseIssueDate] = b.cal.text(time.DateOnly, m.issued)
	}
	switch {
	case m.closed != none:
		row[caseClosedAt] = b.cal.clock(m.closed, slot)
	case b.plants.openClosed.due():
		row[caseClosedAt] = "9999-12-31 23:59:59"
		b.found(m.served, "NotarialMatter", m.id, "closedOn", "DATE_OUT_OF_RANGE")
	case b.chance(200):
		row[caseClosedAt] = "0000-00-00 00:00:00"
	case b.chance(100):
		row[caseClosedAt] = "9999-12-31 00:00:00"
	}
	if m.archived == none {
		return
	}
	row[caseArchiveDate] = b.cal.text("20060102", m.archived)
	switch {
	case b.plants.impossibleArchived.due():
		row[caseArchiveDate] = strconv.Itoa(b.cal.at(m.archived).Year()) + "0231"
		b.found(m.served, "NotarialMatter", m.id, "archivedOn", "IMPOSSIBLE_DATE")
	case b.plants.zeroArchived.due():
		row[caseArchiveDate] = "00000000"
		b.found(m.served, "NotarialMatter", m.id, "archivedOn", "ZERO_DATE")
	}
}

// millis writes a day as milliseconds, 0 for none; where the program that wrote it
// counted in seconds, it lies in January 1970.
func (b *office) millis(m *matter, d day, seconds *every, field string) any {
	if d == none {
		return int64(0)
	}
	at := b.cal.millis(d, b.r.IntN(8))
	if seconds.due() {
		b.found(m.served, "NotarialMatter", m.id, field, "DATE_OUT_OF_RANGE")
		return at / 1000
	}
	return at
}

// approval writes the day of approval as it was typed.
func (b *office) approval(m *matter) {
	if m.approved == none {
		return
	}
	cell := &m.row[caseApproveDate]
	year := strconv.Itoa(b.cal.at(m.approved).Year())
	switch {
	case b.plants.impossibleApproved.due():
		*cell = year + "-02-30"
		b.found(m.served, "NotarialMatter", m.id, "approvedOn", "IMPOSSIBLE_DATE")
	case b.plants.unreadableApproved.due():
		*cell = b.pick("3月中旬", "补办", "同受理日")
		b.found(m.served, "NotarialMatter", m.id, "approvedOn", "UNREADABLE_DATE")
	case b.plants.distantApproved.due():
		*cell = "1" + b.cal.text("2006/01/02", m.approved).(string)[1:]
		b.found(m.served, "NotarialMatter", m.id, "approvedOn", "DATE_OUT_OF_RANGE")
	default:
		layouts := [...]string{"2006-01-02", "2006-01-02", "2006-01-02", "2006-01-02", "2006-1-2", "2006-1-2",
			"2006/01/02", "2006.1.2", "2006年1月2日", "2006年01月02日（补）", "20060102"}
		*cell = b.cal.text(layouts[b.r.IntN(len(layouts))], m.approved)
	}
}

// flags fills in the yes-or-no columns and the reasons behind them.
func (b *office) flags(m *matter) {
	row := m.row
	flag := func(yes bool) any {
		if yes {
			return int64(1)
		}
		return int64(0)
	}
	row[casePendingMaterial] = flag(m.supplemented != none)
	switch {
	case b.plants.noFlagProvince.due():
		row[caseProvinceWide] = int64(9)
		b.found(m.served, "NotarialMatter", m.id, "isProvinceWide", "NOT_A_FLAG")
	case b.chance(970):
		row[caseProvinceWide] = flag(m.kind.listed && b.chance(300))
	}
	switch {
	case b.plants.noFlagDoor.due():
		row[caseDoorToDoor] = b.pick("待定", "X")
		b.found(m.served, "NotarialMatter", m.id, "isDoorToDoor", "NOT_A_FLAG")
	case m.door:
		row[caseDoorToDoor] = b.pick("Y", "Y", "是", "Ｙ")
	default:
		row[caseDoorToDoor] = b.pick("N", "N", "N", "否", nil)
	}
	if m.door {
		row[caseVisitReason] = b.pick("高龄", "高龄", "残疾", "患病")
		if m.company >= 0 {
			row[caseVisitReason] = "企业"
		}
		if b.plants.unknownVisit.due() {
			row[caseVisitReason] = "路远"
			b.found(m.served, "NotarialMatter", m.id, "visitReason", "UNKNOWN_CODE")
		}
	}
	if m.kind.code == "bqzj" && b.chance(250) {
		row[caseJudicialTask] = b.pick("取证", "送达", "执行查控", "破产清点")
		if b.plants.unknownTask.due() {
			row[caseJudicialTask] = "代管"
			b.found(m.served, "NotarialMatter", m.id, "judicialTask", "UNKNOWN_CODE")
		}
	}
	row[caseRefuseCode] = int64(0)
	if m.refused {
		row[caseRefuseCode] = int64(1 + b.r.IntN(9))
		if b.plants.unknownRefusal.due() {
			row[caseRefuseCode] = int64(99)
			b.found(m.served, "NotarialMatter", m.id, "refusalReason", "UNKNOWN_CODE")
		}
	}
	if m.withdrew {
		row[caseTerminateReason] = b.pick("撤回", "撤回", "超期", "死亡或终止", "阻挠", "其他")
		if b.plants.unknownTermination.due() {
			row[caseTerminateReason] = "不详"
			b.found(m.served, "NotarialMatter", m.id, "terminationReason", "UNKNOWN_CODE")
		}
	}
	row[caseCopies] = b.copies(m.served, "NotarialMatter", m.id, m.copies, &b.plants.copiesWord)
	if b.plants.copiesDate.due() && row[caseCopies] != "若干" {
		row[caseCopies] = b.cal.text("20060102", m.received)
		b.found(m.served, "NotarialMatter", m.id, "copies", "NUMBER_OUT_OF_RANGE")
	}
}

// copies writes a number of copies as typed.
func (b *office) copies(served bool, record string, id int64, n int, word *every) any {
	switch {
	case word.due():
		b.found(served, record, id, "copies", "NOT_A_NUMBER")
		return "若干"
	case b.chance(20):
		return b.text("0" + strconv.Itoa(n))
	case b.chance(10):
		return [...]any{"０", "１", "２", "３", "４"}[n]
	}
	return b.digits[n]
}

// staff fills in who handles the matter.
func (b *office) staff(m *matter) {
	row, old := m.row, m.received < b.now-800
	row[caseGroup] = int64(officeMain)
	n := b.r.IntN(len(b.licences))
	switch {
	case old:
		row[caseGroup] = int64(officeFormer)
	case n == 2 || n == 4: // left the office
		n++
	}
	if !old && n%6 == 5 {
		row[caseGroup] = int64(officeBranch)
	}
	if m.accepted != none {
		row[caseNotary] = b.licences[n]
		if b.chance(600) {
			row[caseAssistant] = b.assistants[b.r.IntN(len(b.assistants))]
		}
	} else if b.chance(500) {
		row[caseNotary] = "0"
	}
	if m.accepted != none && b.plants.orphanNotary.due() {
		row[caseNotary] = "浙A-9901-1998"
		b.found(m.served, "NotarialMatter", m.id, "notary", "ORPHAN_LINK")
	}
	if b.plants.orphanOffice.due() {
		row[caseGroup] = int64(9)
		b.found(m.served, "NotarialMatter", m.id, "office", "ORPHAN_LINK")
	}
	if row[caseAssistant] != nil && b.plants.lostAssistant.due() {
		row[caseAssistant] = "张?军、李明"
		b.found(m.served, "NotarialMatter", m.id, "assistants", "LOST_CHARACTERS")
	}
	if m.approved == none {
		return
	}
	row[caseApprover] = b.notaryNames[b.r.IntN(4)]
	if b.plants.lostApprover.due() {
		row[caseApprover] = b.pick("俞?", "来?明")
		b.found(m.served, "NotarialMatter", m.id, "approver", "LOST_CHARACTERS")
	}
}
