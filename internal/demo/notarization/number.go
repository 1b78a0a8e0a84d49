package notarization

import (
	"strconv"
	"strings"
)

// numberOf gives an accepted matter its number: one for each certificate, so that a
// matter with several has a range.
func (b *office) numberOf(m *matter) {
	if m.accepted == none {
		if b.chance(300) {
			m.row[caseNumber] = "无"
		}
		return
	}
	m.year = b.cal.at(m.accepted).Year()
	m.group = "民"
	switch {
	case m.region != "domestic":
		m.group = "外"
	case m.row[caseClass] == "economic":
		m.group = "经"
	}
	if m.year < 2015 { // the older form tells home from abroad within the civil ones
		m.group = map[string]string{"民": "民内", "外": "民外", "经": "经内"}[m.group]
	}
	count := 1
	if b.chance(40) {
		count = 2 + b.r.IntN(4)
	}
	if !m.served { // a deleted one gave its number back
		m.row[caseNumber] = "无"
		return
	}
	run := series{m.year, m.group}
	m.first = b.serials[run] + 1
	m.last = m.first + count - 1
	b.serials[run] = m.last
	m.number = b.number(m.year, m.group, m.first, m.last)
	m.row[caseNumber] = m.number
	switch {
	case b.plants.unnumbered.due():
		m.row[caseNumber] = b.pick("待编号", "补号")
		b.found(m.served, "NotarialMatter", m.id, "numberKey", "UNREADABLE_NUMBER")
	case b.plants.noSerial.due():
		m.row[caseNumber] = b.text("(" + strconv.Itoa(m.year) + ")浙杭萧证" + m.group + "字第号")
		b.found(m.served, "NotarialMatter", m.id, "numberKey", "UNREADABLE_NUMBER")
	}
}

// number writes a number or range, a few in another of the spellings that mean the same.
func (b *office) number(year int, group string, first, last int) any {
	open, end, blank, ordinal, width := "(", ")", "", "第", 1
	switch b.r.IntN(60) {
	case 0:
		open, end = "（", "）"
	case 1:
		open, end = "〔", "〕"
	case 2:
		open, end = "[", "]"
	case 3:
		open, end = "【", "】"
	case 4:
		width = 5
	case 5:
		blank = " "
	case 6:
		ordinal = ""
	}
	text := make([]byte, 0, 64)
	text = append(text, open...)
	text = strconv.AppendInt(text, int64(year), 10)
	text = append(text, end...)
	text = append(text, blank...)
	text = append(text, "浙杭萧证"...)
	text = append(text, group...)
	text = append(text, "字"...)
	text = append(text, ordinal...)
	text = append(text, blank...)
	text = append(text, padded(first, width)...)
	if last > first {
		text = append(text, '-')
		text = append(text, padded(last, width)...)
	}
	text = append(text, blank...)
	return string(append(text, "号"...))
}

func padded(n, width int) string {
	digits := strconv.Itoa(n)
	return strings.Repeat("0", max(0, width-len(digits))) + digits
}
