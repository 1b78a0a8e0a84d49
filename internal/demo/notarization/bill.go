package notarization

import (
	"strconv"
	"strings"
)

// bill makes the row of the table order, in which each amount is written in its own way.
func (b *office) bill(m *matter) {
	if m.accepted == none || m.accepted >= b.now-1 {
		return
	}
	if b.plants.orphanFee.due() {
		m.row[caseOrder] = m.id + missing
		b.found(m.served, "NotarialMatter", m.id, "fee", "ORPHAN_LINK")
		return
	}
	row := b.orders.next()
	id := int64(len(b.orders.list)) + 200000
	found := func(field, rule string) { b.found(m.served, "NotarialFee", id, field, rule) }
	m.row[caseOrder] = id
	row[0], row[1] = id, m.id
	fee := [...]int{80, 80, 100, 120, 200, 200, 400, 500, 800, 1000}[b.r.IntN(10)]
	if m.kind.economic || m.kind.code == "jc" {
		fee = [...]int{400, 600, 1000, 1500, 2000, 3000, 5000, 12000}[b.r.IntN(8)]
	}
	copies, translation, courier := 20*m.copies, 0, 0
	row[2] = b.yuan(fee)
	if b.plants.feeWord.due() {
		row[2] = b.pick("面议", "按件")
		found("notary", "NOT_A_NUMBER")
	}
	row[3] = b.text(strconv.Itoa(copies) + ".00")
	row[4] = b.pick(nil, int64(0))
	if m.row[caseUseLanguage] != nil && m.abroad >= 0 {
		translation = 80 + 20*b.r.IntN(12)
		row[4] = int64(translation * 100)
	}
	switch {
	case b.plants.courierWord.due():
		row[5] = "到付"
		found("courier", "NOT_A_NUMBER")
	case b.chance(250):
		courier = [...]int{12, 15, 20}[b.r.IntN(3)]
		row[5] = b.text(strconv.Itoa(courier) + "元")
	case b.chance(300):
		row[5] = "自取"
	}
	reduction := b.reduction(m, row, fee, found)
	total := fee + copies + translation + courier - reduction
	fraction := "000"
	if b.plants.totalFraction.due() {
		fraction = "005"
		found("total", "NUMBER_OUT_OF_RANGE")
	}
	row[8] = b.text(strconv.Itoa(total) + "." + fraction + strings.Repeat("0", 27))
	b.payment(m, row, found)
	if b.plants.orphanOrder.due() {
		b.orphanBill(row)
	}
}

// reduction takes something off the fee and gives the amount.
func (b *office) reduction(m *matter, row []any, fee int, found func(field, rule string)) int {
	if !b.chance(50) {
		if b.chance(200) {
			row[6] = "无"
		}
		return 0
	}
	amount := fee
	if b.chance(500) {
		amount = fee / 2
	} else {
		m.fullFree = true
	}
	row[6] = b.yuan(amount)
	if b.plants.reductionWord.due() {
		row[6] = "全免"
		found("reduction", "NOT_A_NUMBER")
	}
	row[7] = b.pick("法律援助", "低保", "高龄遗嘱", "烈属")
	if b.plants.unknownReduction.due() {
		row[7] = "领导批示"
		found("reductionReason", "UNKNOWN_CODE")
	}
	return amount
}

// payment says whether and when the bill was paid.
func (b *office) payment(m *matter, row []any, found func(field, rule string)) {
	row[9], row[10] = int64(0), "未缴"
	paid := b.cal.after(m.accepted, 1)
	switch {
	case m.status == "待支付" || m.issued == none && b.chance(400):
	case m.fullFree:
		row[10] = "免缴"
	default:
		row[9], row[10] = b.cal.millis(paid, b.r.IntN(8)), "已缴"
		if m.refused || m.withdrew {
			row[10] = "已退"
		}
		if b.plants.secondsPaid.due() {
			row[9] = b.cal.millis(paid, 0) / 1000
			found("paidOn", "DATE_OUT_OF_RANGE")
		}
	}
	if b.plants.unknownPayment.due() {
		row[10] = "挂账"
		found("payment", "UNKNOWN_CODE")
	}
}

// orphanBill copies a bill for a matter that does not exist.
func (b *office) orphanBill(like []any) {
	row := b.orders.next()
	copy(row, like)
	id := int64(len(b.orders.list)) + 200000
	row[0], row[1] = id, like[1].(int64)+missing
	row[2], row[4], row[5], row[6], row[7], row[9], row[10] = b.yuan(200), nil, nil, nil, nil, int64(0), "未缴"
	row[8] = b.text("240." + strings.Repeat("0", 30))
	b.found(true, "NotarialFee", id, "matter", "ORPHAN_LINK")
}

// yuan writes an amount the way people type it.
func (b *office) yuan(amount int) any {
	plain := strconv.Itoa(amount)
	grouped := plain
	if len(plain) > 3 {
		grouped = plain[:len(plain)-3] + "," + plain[len(plain)-3:]
	}
	switch b.r.IntN(8) {
	case 0:
		return b.text(plain)
	case 1:
		return b.text(plain + ".00")
	case 2:
		return b.text("￥" + grouped + ".00")
	case 3:
		if amount >= 1000 && amount%100 == 0 {
			return b.text(strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(float64(amount)/10000, 'f', 2, 64),
				"0"), ".") + "万")
		}
	}
	return b.text(grouped + "元")
}
