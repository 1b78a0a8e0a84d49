package notarization

import (
	"fmt"
	"strconv"
)

// particulars makes the name-value rows of the matter. Those of wills and of visits are
// not served.
func (b *office) particulars(m *matter) {
	switch m.kind.code {
	case "bqzj", "zscq":
		b.particular(m, "evidencePlatform", b.pick("浙江公证存证平台", "司法链", "湘湖公证云"), "string")
		if b.chance(300) {
			b.particular(m, "hash", fmt.Sprintf("%016x%016x", b.r.Uint64(), b.r.Uint64()), "string")
			b.particular(m, "fileCount", b.digits[1+b.r.IntN(9)], "number")
		}
	case "yz", "yzbg":
		b.particular(m, "willContent", "本人名下房产由长子继承", "string")
		b.particular(m, "willBeneficiary", b.shared(b.person()).name, "string")
	case "xl", "xw":
		if b.chance(300) {
			b.particular(m, "school", b.pick("浙江大学", "杭州师范大学", "浙江工业大学", "萧山中学"), "string")
			b.particular(m, "graduatedOn", b.text(strconv.Itoa(1995+b.r.IntN(28))+"-06-30"), "date")
		}
	}
	if m.door {
		b.particular(m, "visitAddress", b.shared(m.person).home, "string")
		b.particular(m, "contactPhone", b.shared(m.person).phone, "string")
	}
	if m.abroad >= 0 && b.chance(100) {
		b.particular(m, "deliverProvince", b.pick("浙江省", "上海市", "江苏省"), "string")
	}
	if m.accepted != none && b.chance(8) {
		b.particular(m, "mediationTransferNumber", fmt.Sprintf("萧调移〔%d〕%d号", m.year, 1+b.r.IntN(400)), "string")
	}
	if m.fullFree && b.chance(400) {
		b.particular(m, "legalAidNumber", fmt.Sprintf("浙萧援民〔%d〕%d号", m.year, 1+b.r.IntN(1500)), "string")
	}
}

func (b *office) particular(m *matter, name, value, valueType any) {
	row := b.extras.next()
	id := int64(len(b.extras.list)) + 9000
	row[0], row[1], row[2], row[3], row[4] = id, m.id, name, value, valueType
	if name == "evidencePlatform" && b.plants.lostExtra.due() {
		row[3] = "湘?公证云"
		b.found(m.served, "NotarialExtra", id, "value", "LOST_CHARACTERS")
	}
	if name == "evidencePlatform" && b.plants.orphanExtra.due() {
		row[1] = m.id + missing
		b.found(m.served, "NotarialExtra", id, "matter", "ORPHAN_LINK")
	}
}
