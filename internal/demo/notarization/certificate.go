package notarization

import (
	"strconv"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// certify makes the certificates of an issued matter: a range in one row, or a row each.
func (b *office) certify(m *matter) {
	if m.issued == none {
		return
	}
	var certificate []any
	if m.first == m.last || b.chance(500) {
		certificate = b.certificate(m, m.number)
	} else {
		for serial := m.first; serial <= m.last; serial++ {
			certificate = b.certificate(m, b.number(m.year, m.group, serial, serial))
		}
	}
	if m.issued < b.now-60 && b.chance(6) {
		b.reexamine(m, certificate)
	}
}

// certificate makes one row and gives it back.
func (b *office) certificate(m *matter, number any) []any {
	row := b.certificates.next()
	id := int64(len(b.certificates.list)) + 300000
	found := func(field, rule string) { b.found(m.served, "NotarialCertificate", id, field, rule) }
	row[0], row[1], row[2], row[4], row[6] = id, m.id, number, m.region, "valid"
	year := strconv.Itoa(b.cal.at(m.issued).Year())
	switch {
	case b.plants.impossibleIssued.due():
		row[3] = b.pick("二〇二三年二月三十日", year+"-6-31")
		found("issuedOn", "IMPOSSIBLE_DATE")
	case b.plants.distantIssued.due():
		row[3] = b.pick("2203-03-15", "3000-01-01")
		found("issuedOn", "DATE_OUT_OF_RANGE")
	case b.plants.unknownIssued.due():
		row[3] = b.pick("原件遗失", "见卷宗")
		found("issuedOn", "UNREADABLE_DATE")
	default:
		layouts := [...]string{"chinese", "chinese", "chinese", "chinese", "2006年1月2日", "2006年01月02日（补发）", "2006-01-02",
			"2006-1-2", "2006-01-02 15:04:05.0", "20060102", "excel"}
		row[3] = b.cal.text(layouts[b.r.IntN(len(layouts))], m.issued)
	}
	if b.plants.unreadableCertificate.due() {
		row[2] = b.pick("见卷宗", "萧证民字", "(2023)")
		found("numberKey", "UNREADABLE_NUMBER")
	}
	row[5] = b.copies(m.served, "NotarialCertificate", id, m.copies, &b.plants.copiesCertificate)
	if b.plants.unknownCertificate.due() {
		row[6] = "lost"
		found("status", "UNKNOWN_CODE")
	}
	if b.plants.orphanCertificate.due() {
		row[1] = m.id + missing
		found("matter", "ORPHAN_LINK")
	}
	return row
}

// reexamine asks for a re-examination within a year of issue; it takes up to 30 days.
func (b *office) reexamine(m *matter, certificate []any) {
	requested := m.issued + 10 + day(b.r.IntN(300))
	if requested >= b.now {
		return
	}
	row := b.reexaminations.next()
	id := int64(len(b.reexaminations.list)) + 400
	spoilt := false
	found := func(field, rule string) {
		spoilt = true
		b.found(m.served, "NotarialReexamination", id, field, rule)
	}
	row[0], row[1], row[2], row[3] = id, m.id, certificate[0], b.cal.clock(requested, b.r.IntN(8))
	status := "复查中"
	if decided := requested + 4 + day(b.r.IntN(26)); decided < b.now {
		result := world.Pick(b.r, []string{"维持", "维持", "更正", "补正", "撤销"})
		status = map[string]string{"维持": "复查维持", "更正": "已更正", "补正": "已更正", "撤销": "已撤销"}[result]
		row[4] = b.cal.text([...]string{"2006-01-02", "2006-1-2", "2006/1/2", "20060102"}[b.r.IntN(4)], decided)
		row[5] = result
		switch {
		case certificate[6] == "lost":
		case status == "已更正":
			certificate[6] = "corrected"
		case status == "已撤销":
			certificate[6] = "revoked"
		}
		if b.plants.unreadableDecided.due() {
			row[4] = "已答复"
			found("decidedOn", "UNREADABLE_DATE")
		}
		if b.plants.unknownOutcome.due() {
			row[5] = "转诉讼"
			found("outcome", "UNKNOWN_CODE")
		}
	} else {
		row[4] = b.pick("未定", nil)
	}
	if m.row[caseStatus] != "退件重办" {
		m.row[caseStatus] = status
	}
	if b.plants.orphanReexamined.due() {
		row[2] = certificate[0].(int64) + missing
		found("certificate", "ORPHAN_LINK")
	}
	if b.plants.orphanReexamination.due() {
		row[1] = m.id + missing
		found("matter", "ORPHAN_LINK")
	}
	if b.plants.zeroRequested.due() {
		row[3] = "0000-00-00 00:00:00"
		found("requestedOn", "ZERO_DATE")
	}
	if !spoilt && len(b.reexaminations.list)%4 == 1 { // nobody decided it, long after it was due
		row[4], row[5] = "未定", nil
	}
}
