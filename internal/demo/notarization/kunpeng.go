package notarization

import (
	"strconv"
	"strings"
	"time"
)

// kunpengEnterprises is how many Kunpeng enterprises had a one-to-one service in 2023, as
// the report of that year counts them by credit code.
const kunpengEnterprises = 15

// inventKunpeng makes the one-to-one services: a trial in 2022, all enterprises in 2023,
// and the first of 2024. The years stand in a decimal column. The last services were noted
// on paper, and it is lost in which year or for whom they were.
func (b *office) inventKunpeng() {
	topics := strings.Fields("知识产权 国际贸易,知识产权 存证、知识产权 金融人事 知识产权，贸易 证据保全 国际贸易 人事")
	add := func(year, enterprise int, on string, caseID int64) int64 {
		company := b.w.Companies[enterprise%len(b.w.Companies)] // a tiny demo has fewer
		id := int64(len(b.kunpengRows) + 1)
		b.kunpengRows = append(b.kunpengRows, []any{
			id, strconv.Itoa(year) + "." + strings.Repeat("0", 30), company.Name, company.CreditCode,
			topics[enterprise%len(topics)], on, b.licences[(5+enterprise)%len(b.licences)], caseID,
		})
		return id
	}
	for i := range 4 {
		id := add(2022, i*3, "2022-11-1"+strconv.Itoa(i), 0)
		row := b.kunpengRows[id-1]
		if i%2 == 0 {
			row[4] = "知识产权,其他服务"
			b.found(true, "KunpengService", id, "topics", "UNKNOWN_CODE")
		} else {
			row[7] = id + missing
			b.found(true, "KunpengService", id, "matter", "ORPHAN_LINK")
		}
	}
	for i := range kunpengEnterprises {
		m := b.kunpeng[i]
		add(2023, i, b.cal.at(m.received).Format(time.DateOnly), m.id)
	}
	for i := range 6 {
		add(2024, i*2, "2024-0"+strconv.Itoa(1+i)+"-18", 0)
	}
	b.kunpengRows[add(2023, 3, "2023-12-18", 0)-1][1] = nil
	b.kunpengRows[add(2023, 11, "2023-12-19", 0)-1][3] = ""
	for i := range 2 {
		id := add(0, 7+i, "0000-00-00", 0)
		b.found(true, "KunpengService", id, "year", "NUMBER_OUT_OF_RANGE")
		b.found(true, "KunpengService", id, "servedOn", "ZERO_DATE")
		id = add(2023, 13+i, "2023-12-2"+strconv.Itoa(i), 0)
		b.kunpengRows[id-1][3] = "办理中"
		b.found(true, "KunpengService", id, "creditCode", "NOT_AN_IDENTIFIER")
	}
}
