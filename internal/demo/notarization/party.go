package notarization

import (
	"strings"
)

// A reference to a row that does not exist adds this to an id.
const missing = 700000000

// parties makes the rows of everyone who takes part in the matter.
func (b *office) parties(m *matter) {
	b.party(m, "applicant", m.company)
	if m.company < 0 && b.chance(110) {
		m.person = b.person()
		b.party(m, "applicant", -1)
	}
	if b.chance(60) {
		m.person = b.person()
		b.party(m, "agent", -1)
	}
	if m.kind.code == "jc" && b.chance(500) {
		m.person = b.person()
		b.party(m, "interested", -1)
	}
}

// party makes one row; company is the enterprise, or -1 for a person.
func (b *office) party(m *matter, role any, company int) {
	row := b.users.next()
	id := int64(len(b.users.list)) + 500000
	found := func(field, rule string) { b.found(m.served, "NotarialApplicant", id, field, rule) }
	person := b.shared(m.person)
	row[0], row[1], row[2], row[3] = id, m.id, "P", role
	row[4], row[9], row[10] = person.name, person.phone, person.home
	row[11] = int64(1)
	if !m.served {
		row[11] = int64(0)
	}
	if company >= 0 {
		row[2], row[6] = "E", "营业执照"
		if b.plants.unknownParty.due() {
			row[2] = "G"
			found("partyKind", "UNKNOWN_CODE")
		}
		row[5], row[8] = b.text(b.w.Companies[company].Name), b.creditCode(b.w.Companies[company].CreditCode, found)
		row[10] = b.pick(nil, nil, "-", "杭州市萧山区经济技术开发区")
	} else {
		row[6] = b.pick("身份证", "身份证", "身份证", "身份证", "身份证", "身份证", "居民身份证")
		if b.chance(10) {
			row[6] = nil
		}
		row[7] = b.documentNumber(row, m.person, found)
		if row[6] != "护照" && row[6] != "台胞证" && b.plants.unknownDocument.due() {
			row[6] = "户口簿"
			found("documentKind", "UNKNOWN_CODE")
		}
	}
	if b.plants.lostName.due() {
		row[4] = string([]rune(person.name.(string))[:1]) + "?"
		found("name", "LOST_CHARACTERS")
	}
	switch {
	case b.plants.noPhone.due():
		row[9] = b.pick("打不通", "同上")
		found("phone", "NOT_A_NUMBER")
	case b.chance(20):
		row[9] = b.pick("无", "-", nil)
	case b.chance(10):
		row[9] = "0571-8263" + person.phone.(string)[7:]
	}
	if b.chance(40) {
		row[10] = b.pick(nil, "无")
	}
	if b.plants.orphanUser.due() {
		row[1] = m.id + missing
		found("matter", "ORPHAN_LINK")
	}
}

// documentNumber writes a person's number the way forms, spreadsheets and clerks do.
func (b *office) documentNumber(row []any, person int, found func(field, rule string)) any {
	id := b.w.Persons[person].ID
	switch {
	case b.plants.badID.due():
		found("residentId", "BAD_CHECKSUM")
		if id[17] == '0' {
			return id[:17] + "1"
		}
		return id[:17] + "0"
	case b.plants.noID.due():
		found("residentId", "NOT_AN_IDENTIFIER")
		return b.pick("111111111111111111", "户口本上", "33019919")
	case b.plants.noBirthday.due():
		found("residentId", "NOT_AN_IDENTIFIER")
		return id[:10] + "13" + id[12:]
	case b.plants.passport.due():
		found("residentId", "OTHER_DOCUMENT")
		row[6] = b.pick("护照", "护照", "台胞证", "身份证")
		return string("EGKT"[b.r.IntN(4)]) + id[9:17]
	}
	switch n := b.r.IntN(200); {
	case n < 2:
		return strings.ToLower(id)
	case n < 4:
		return "'" + id
	case n < 6:
		return id[:6] + " " + id[6:14] + " " + id[14:]
	case n < 7:
		return widen(id)
	case n < 10 && id[6:8] == "19":
		return id[:6] + id[8:17]
	case n < 12:
		return b.pick("无", "不详", "0", nil)
	}
	return b.shared(person).id
}

// creditCode writes an enterprise's code.
func (b *office) creditCode(code string, found func(field, rule string)) any {
	switch {
	case b.plants.badCredit.due():
		found("creditCode", "BAD_CHECKSUM")
		if code[17] == '0' {
			return b.text(code[:17] + "1")
		}
		return b.text(code[:17] + "0")
	case b.plants.registration.due():
		found("creditCode", "NOT_AN_IDENTIFIER")
		return b.text("33018100000" + code[12:16])
	}
	switch n := b.r.IntN(60); {
	case n < 2:
		return b.text(code[8:16] + "-" + code[16:17])
	case n < 3:
		return b.text(code[8:17])
	case n < 4:
		return b.pick("无", nil)
	}
	return b.text(code)
}

// widen writes digits and letters full-width.
func widen(s string) string {
	return strings.Map(func(r rune) rune { return r - '!' + '！' }, s)
}
