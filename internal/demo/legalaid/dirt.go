package legalaid

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// leastDirty is in how many rows each kind of dirt stands at least, at any scale that has
// so many rows.
const leastDirty = 2

// blot is one kind of dirt of one column.
type blot struct {
	column   string
	perMille int                // of the rows whose cell holds something
	value    func(row int) any  // what the cell holds instead
	also     func(row int)      // what else changes in the row; nil for nothing
	when     func(row int) bool // which rows; nil for those whose cell holds something
	rule     string             // what the gateway must report,
	fields   []string           // once for each of these fields
}

// spoil plants blots into a sheet and writes them into the ledger. A cell is spoilt once.
func (b *builder) spoil(s *sheet, record string, blots ...blot) {
	for _, k := range blots {
		var rows []int
		for row := range s.Rows {
			if s.dirty[cellAt{row, k.column}] || !s.served(row) {
				continue
			}
			if k.when != nil && k.when(row) || k.when == nil && s.has(row, k.column) {
				rows = append(rows, row)
			}
		}
		left := min(len(rows), max(leastDirty, len(rows)*k.perMille/1000))
		for i, row := range rows { // selection sampling keeps the order
			if b.r.IntN(len(rows)-i) >= left {
				continue
			}
			left--
			s.dirty[cellAt{row, k.column}] = true
			s.set(row, k.column, k.value(row))
			if k.also != nil {
				k.also(row)
			}
			for _, field := range k.fields {
				b.db.Ledger = append(b.db.Ledger, legacy.Dirt{Record: record, Key: s.key(row), Field: field, Rule: k.rule})
			}
		}
	}
}

// served tells whether the row is not deleted.
func (s *sheet) served(row int) bool {
	at, ok := s.at["sc_bz"]
	return !ok || s.Rows[row][at] != "1"
}

// oneOf gives cells with one of the texts.
func (b *builder) oneOf(texts ...string) func(int) any {
	return func(int) any { return b.text(world.Pick(b.r, texts)) }
}

// halved gives the cell cut off in the middle of its last Chinese character, as an older
// program did that counted bytes.
func (b *builder) halved(s *sheet, column string) func(int) any {
	return func(row int) any {
		raw := b.unmojibake(s.get(row, column).(string))
		return legacy.Latin1(raw[:len(raw)-1])
	}
}

// lost gives a name whose last character was none of the charset's.
func (b *builder) lost(s *sheet, column string) func(int) any {
	return func(row int) any {
		raw := b.unmojibake(s.get(row, column).(string))
		return legacy.Latin1(append(raw[:len(raw)-2:len(raw)-2], '?'))
	}
}

// unmojibake gives the bytes of a cell of GBK text.
func (b *builder) unmojibake(cell string) []byte {
	raw := make([]byte, 0, len(cell))
	for _, r := range cell {
		raw = append(raw, b.shown[r])
	}
	return raw
}

// latin1 tells which byte MySQL's latin1 shows as which character.
func latin1() map[rune]byte {
	shown := make(map[rune]byte, 256)
	for n := range 256 {
		for _, r := range legacy.Latin1([]byte{byte(n)}) {
			shown[r] = byte(n)
		}
	}
	return shown
}

// chinese tells whether the cell ends in a Chinese character, two bytes of GBK.
func (b *builder) chinese(s *sheet, column string, least int) func(int) bool {
	return func(row int) bool {
		cell, ok := s.get(row, column).(string)
		if !ok || cell == "" {
			return false
		}
		text, err := simplifiedchinese.GBK.NewDecoder().Bytes(b.unmojibake(cell))
		runes := []rune(string(text))
		return err == nil && len(runes) >= least && runes[len(runes)-1] >= 0x4E00
	}
}

// twin sets the label beside a code to that of another.
func (b *builder) twin(s *sheet, column string, table codes) func(int) {
	return func(row int) {
		own := table[s.get(row, column).(string)]
		var others []string
		for _, label := range table {
			if label != own {
				others = append(others, label)
			}
		}
		slices.Sort(others)
		s.set(row, column+"js", b.text(world.Pick(b.r, others)))
	}
}

// mismatch is a label that disagrees with its code.
func (b *builder) mismatch(s *sheet, field, column string, table codes, perMille int) blot {
	return blot{
		column: column, perMille: perMille, rule: "LABEL_MISMATCH", fields: []string{field},
		value: func(row int) any { return s.get(row, column) },
		also:  b.twin(s, column, table),
		when: func(row int) bool {
			code, _ := s.get(row, column).(string)
			return table[code] != ""
		},
	}
}

// unknown is a code that no table lists, with a label of its own.
func (b *builder) unknown(s *sheet, field, column, code, label string, perMille int) blot {
	return blot{
		column: column, perMille: perMille, rule: "UNKNOWN_CODE", fields: []string{field},
		value: func(int) any { return b.text(code) },
		also:  func(row int) { s.set(row, column+"js", b.text(label)) },
	}
}

// wrongCheck changes the check character of an identifier.
func wrongCheck(s *sheet, column string) func(int) any {
	return func(row int) any {
		id := s.get(row, column).(string)
		last := "3"
		if strings.HasSuffix(id, last) {
			last = "5"
		}
		return id[:len(id)-1] + last
	}
}

// long tells whether a cell holds an identifier of 18 plain characters.
func long(s *sheet, column string) func(int) bool {
	return func(row int) bool {
		id, _ := s.get(row, column).(string)
		return len(id) == 18 && id[0] >= '0' && id[0] <= '9' && id != strings.Repeat("1", 18) && !strings.Contains(id, " ")
	}
}

// missing gives ids that no row has.
func missing() func(int) any {
	return func(row int) any { return int64(9900001 + row) }
}

// gone gives licences that no lawyer of the register has.
func gone() func(int) any {
	return func(row int) any { return "1330220151" + strconv.Itoa(9000000+row) }
}

func (b *builder) dirtyCases(c *caseSheet) {
	s := c.sheet
	field := func(names ...string) []string { return names }
	b.spoil(s, "LegalAidCase",
		blot{column: "ajbh", perMille: 5, rule: "UNREADABLE_NUMBER", fields: field("numberKey"), value: b.oneOf("补录", "浙萧援民号", "待编号", "2023年第17号")},
		blot{column: "ajmc", perMille: 6, rule: "MARKUP_REMOVED", fields: field("title"),
			value: func(row int) any { return "<p>" + s.get(row, "ajmc").(string) + "&nbsp;</p>" }},
		blot{column: "ajmc", perMille: 5, rule: "LOST_CHARACTERS", fields: field("title"), value: b.halved(s, "ajmc"), when: b.chinese(s, "ajmc", 3)},
		blot{column: "ajmc", perMille: 5, rule: "LOST_CHARACTERS", fields: field("title"), value: b.oneOf("王?追索劳动报酬案", "?某离婚纠纷案", "来某?赡养费纠纷案")},
		blot{column: "gzzmc", perMille: 6, rule: "LOST_CHARACTERS", fields: field("workstation"), value: b.halved(s, "gzzmc")},
		blot{column: "szxz", perMille: 8, rule: "UNKNOWN_TOWN", fields: field("town"), value: b.oneOf("330109118", "义蓬镇", "河庄", "滨江区长河街道", "330108003")},
		b.unknown(s, "status", "zt", "45", "中止", 6),
		b.mismatch(s, "status", "zt", statusCodes, 8),
		b.unknown(s, "kind", "ajlx", "09", "仲裁", 5),
		b.mismatch(s, "kind", "ajlx", kindCodes, 6),
		b.unknown(s, "source", "ajly", "5", "网上", 5),
		b.unknown(s, "form", "yzfs", "10", "公证", 5),
		b.mismatch(s, "form", "yzfs", formCodes, 5),
		b.unknown(s, "cause", "ay", "21", "", 6),
		b.mismatch(s, "cause", "ay", causeCodes, 8),
		blot{column: "rqlb", perMille: 8, rule: "UNKNOWN_CODE", fields: field("recipientGroups"), value: b.oneOf("12", "04|11", "|02|15|")},
		b.mismatch(s, "helperTeam", "bbt", teamCodes, 5),
		blot{column: "dfdsr", perMille: 6, rule: "LOST_CHARACTERS", fields: field("opponentName"), value: b.lost(s, "dfdsr"), when: b.shortName(s, "dfdsr")},
		blot{column: "dfdsr", perMille: 5, rule: "LOST_CHARACTERS", fields: field("opponentName"), value: b.halved(s, "dfdsr"), when: b.chinese(s, "dfdsr", 2)},
		blot{column: "dfxydm", perMille: 10, rule: "BAD_CHECKSUM", fields: field("opponentCreditCode"), value: wrongCheck(s, "dfxydm"), when: long(s, "dfxydm")},
		blot{column: "dfxydm", perMille: 10, rule: "NOT_AN_IDENTIFIER", fields: field("opponentCreditCode"), value: b.oneOf("330181000012345", "3301812901234"), when: long(s, "dfxydm")},
		b.unknown(s, "notifyingOrgan", "tzjg", "7", "监委", 5),
		b.mismatch(s, "notifyingOrgan", "tzjg", organCodes, 5),
		blot{column: "sfqzbh", perMille: 8, rule: "NOT_A_FLAG", fields: field("isMandatoryDefence"), value: b.oneOf("待定", "不明")},
		b.unknown(s, "mandatoryGround", "qzbhsy", "8", "", 8),
		blot{column: "sfjj", perMille: 6, rule: "NOT_A_FLAG", fields: field("isUrgent"), value: b.oneOf("2", "X")},
		blot{column: "sfmsc", perMille: 6, rule: "NOT_A_FLAG", fields: field("isMeansTestWaived"), value: b.oneOf("9")},
		blot{column: "sqrq", perMille: 6, rule: "UNREADABLE_DATE", fields: field("receivedOn"), value: b.oneOf("2023-03", "3月15日", "不详", "去年底")},
		blot{column: "sqrq", perMille: 5, rule: "IMPOSSIBLE_DATE", fields: field("receivedOn"), value: b.oneOf("2023-2-30", "20230931", "2022.11.31")},
		blot{column: "sqrq", perMille: 5, rule: "DATE_OUT_OF_RANGE", fields: field("receivedOn"), value: b.oneOf("1900-1-1")},
		blot{column: "slrq", perMille: 6, rule: "DATE_OUT_OF_RANGE", fields: field("acceptedOn"), value: b.oneOf("1900-01-01"),
			when: func(row int) bool { return s.get(row, "slrq") != "0000-00-00" }},
		blot{column: "jdrq", perMille: 6, rule: "ZERO_DATE", fields: field("decidedOn"), value: b.oneOf("00000000")},
		blot{column: "zprq", perMille: 6, rule: "IMPOSSIBLE_DATE", fields: field("assignedOn"), value: b.oneOf("2023/2/29", "2022-13-5")},
		blot{column: "zprq", perMille: 5, rule: "UNREADABLE_DATE", fields: field("assignedOn"), value: b.oneOf("次日", "同上")},
		blot{column: "bjrq", perMille: 6, rule: "DATE_OUT_OF_RANGE", fields: field("closedOn"), value: b.oneOf("1900-01-01 00:00:00"),
			when: func(row int) bool { return s.has(row, "bjrq") && s.get(row, "bjrq") != "0000-00-00 00:00:00" }},
		blot{column: "jjrq", perMille: 5, rule: "DATE_OUT_OF_RANGE", fields: field("fileSubmittedOn"), value: b.oneOf("2203-05-18", "3000-01-01"),
			when: func(row int) bool { return s.get(row, "jjrq").(string)[0] == '2' }},
		blot{column: "btffrq", perMille: 5, rule: "UNREADABLE_DATE", fields: field("subsidyPaidOn"), value: b.oneOf("4月", "随下批")},
		blot{column: "btffrq", perMille: 5, rule: "IMPOSSIBLE_DATE", fields: field("subsidyPaidOn"), value: b.oneOf("2023-4-31")},
		blot{column: "zyzh", perMille: 6, rule: "NOT_AN_IDENTIFIER", fields: field("lawyer"), value: b.oneOf("1330120181012345", "330199197202290145"), when: licensed(s)},
		blot{column: "zyzh", perMille: 7, rule: "ORPHAN_LINK", fields: field("lawyer"), value: gone(), when: licensed(s)},
		blot{column: "lsxm", perMille: 5, rule: "LOST_CHARACTERS", fields: field("lawyerName"), value: b.lost(s, "lsxm"), when: b.shortName(s, "lsxm")},
		blot{column: "jg_id", perMille: 5, rule: "ORPHAN_LINK", fields: field("firm"), value: missing(),
			when: func(row int) bool { return s.get(row, "jg_id") != int64(0) }},
		blot{column: "sqr_id", perMille: 7, rule: "ORPHAN_LINK", fields: field("applicant"), value: missing()},
		b.unknown(s, "refusal", "bzyy", "6", "重复申请", 10),
		b.mismatch(s, "refusal", "bzyy", refusalCodes, 10),
		b.unknown(s, "termination", "zzyy", "8", "死亡", 10),
		b.unknown(s, "result", "jg", "10", "驳回起诉", 6),
		b.mismatch(s, "result", "jg", resultCodes, 6),
		blot{column: "zldj", perMille: 10, rule: "UNKNOWN_CODE", fields: field("quality"), value: b.oneOf("5"),
			also: func(row int) { s.set(row, "zldjjs", "") }, when: func(row int) bool { return s.has(row, "zldjjs") }},
		b.mismatch(s, "quality", "zldj", qualityCodes, 10),
		blot{column: "hsje", perMille: 8, rule: "NOT_A_NUMBER", fields: field("recovered"), value: b.oneOf("若干", "待执行", "三万")},
		blot{column: "hsje", perMille: 6, rule: "NUMBER_OUT_OF_RANGE", fields: field("recovered"), value: b.oneOf("-500", "1200.505")},
		b.unknown(s, "satisfaction.rating", "myd", "7", "", 8),
		b.mismatch(s, "satisfaction.rating", "myd", ratingCodes, 8),
		blot{column: "mydf", perMille: 8, rule: "NUMBER_OUT_OF_RANGE", fields: field("satisfaction.score"), value: b.oneOf("105", "980")},
		blot{column: "mydf", perMille: 8, rule: "NOT_A_NUMBER", fields: field("satisfaction.score"), value: b.oneOf("九十", "好")},
		blot{column: "hfrq", perMille: 8, rule: "UNREADABLE_DATE", fields: field("satisfaction.revisitedOn"), value: b.oneOf("已回访", "2023.06")},
	)
}

// licensed tells whether a case names its lawyer by licence.
func licensed(s *sheet) func(int) bool {
	return func(row int) bool { return s.has(row, "zyzh") && s.get(row, "zyzh") != "0" }
}

// shortName tells whether the cell is a person's name of two or three characters.
func (b *builder) shortName(s *sheet, column string) func(int) bool {
	long, short := b.chinese(s, column, 4), b.chinese(s, column, 2)
	return func(row int) bool { return short(row) && !long(row) }
}

func (b *builder) dirtyApplicants(s *sheet) {
	other := func(code string) func(int) { return func(row int) { b.code(s, row, "zjlx", documentCodes, code) } }
	b.spoil(s, "LegalAidApplicant",
		blot{column: "xm", perMille: 7, rule: "LOST_CHARACTERS", fields: []string{"name"}, value: b.lost(s, "xm"), when: b.shortName(s, "xm")},
		blot{column: "xm", perMille: 5, rule: "LOST_CHARACTERS", fields: []string{"name"}, value: b.halved(s, "xm")},
		b.unknown(s, "sex", "xb", "9", "未说明", 5),
		b.mismatch(s, "sex", "xb", sexCodes, 7),
		b.unknown(s, "documentKind", "zjlx", "001", "其他证件", 5),
		blot{column: "zjhm", perMille: 9, rule: "BAD_CHECKSUM", fields: []string{"residentId"}, value: wrongCheck(s, "zjhm"), when: long(s, "zjhm")},
		blot{column: "zjhm", perMille: 7, rule: "NOT_AN_IDENTIFIER", fields: []string{"residentId"}, value: b.oneOf("待补", "33019919", "330199199013010021"), when: long(s, "zjhm")},
		blot{column: "zjhm", perMille: 5, rule: "OTHER_DOCUMENT", fields: []string{"residentId"}, value: b.oneOf("E12345678", "G23456789"), also: other("414"), when: b.residentCard(s)},
		blot{column: "zjhm", perMille: 5, rule: "OTHER_DOCUMENT", fields: []string{"residentId"}, value: b.oneOf("南字1234567", "东字0234567"), also: other("114"), when: b.residentCard(s)},
		blot{column: "lxdh", perMille: 6, rule: "NOT_A_NUMBER", fields: []string{"phone"}, value: b.oneOf("空号", "保密")},
		blot{column: "dz", perMille: 5, rule: "LOST_CHARACTERS", fields: []string{"address"}, value: b.halved(s, "dz")},
		blot{column: "hjxz", perMille: 7, rule: "UNKNOWN_TOWN", fields: []string{"householdTown"}, value: b.oneOf("330109119", "新湾镇", "安徽省阜阳市")},
		b.unknown(s, "incomeLevel", "srsp", "4", "特困", 6),
		b.mismatch(s, "incomeLevel", "srsp", incomeCodes, 6),
		blot{column: "jtrk", perMille: 6, rule: "NOT_A_NUMBER", fields: []string{"familySize"}, value: b.oneOf("约3", "三口", "4人")},
		blot{column: "jtrk", perMille: 5, rule: "NUMBER_OUT_OF_RANGE", fields: []string{"familySize"}, value: b.oneOf("99", "0")},
		blot{column: "ysr", perMille: 6, rule: "NOT_A_NUMBER", fields: []string{"monthlyIncome"}, value: b.oneOf("低保", "不固定")},
		blot{column: "dlrzjhm", perMille: 8, rule: "BAD_CHECKSUM", fields: []string{"agentResidentId"}, value: wrongCheck(s, "dlrzjhm"), when: long(s, "dlrzjhm")},
	)
}

// residentCard tells whether an applicant's row has a plain resident number and no dirt in
// the kind of document, which other documents change too.
func (b *builder) residentCard(s *sheet) func(int) bool {
	plain := long(s, "zjhm")
	return func(row int) bool { return plain(row) && !s.dirty[cellAt{row, "zjlx"}] }
}

func (b *builder) dirtyChildren(objections, changes *sheet) {
	b.spoil(objections, "LegalAidObjection",
		blot{column: "aj_id", perMille: 15, rule: "ORPHAN_LINK", fields: []string{"legalAidCase"}, value: missing()},
		blot{column: "tcrq", perMille: 15, rule: "IMPOSSIBLE_DATE", fields: []string{"raisedOn"}, value: b.oneOf("2023-6-31")},
		blot{column: "scrq", perMille: 15, rule: "UNREADABLE_DATE", fields: []string{"decidedOn"}, value: b.oneOf("五日内", "2023-07")},
		b.unknown(objections, "outcome", "scjg", "5", "转送", 15),
		b.mismatch(objections, "against", "yylx", againstCodes, 15),
		blot{column: "fyah", perMille: 15, rule: "UNREADABLE_NUMBER", fields: []string{"reconsiderationNumberKey"}, value: b.oneOf("已申请复议", "复议中"),
			when: func(row int) bool { return objections.get(row, "scjg") == "1" }},
	)
	b.spoil(changes, "LegalAidLawyerChange",
		blot{column: "aj_id", perMille: 15, rule: "ORPHAN_LINK", fields: []string{"legalAidCase"}, value: missing()},
		blot{column: "ghrq", perMille: 15, rule: "DATE_OUT_OF_RANGE", fields: []string{"changedOn"}, value: b.oneOf("1900-01-01")},
		b.unknown(changes, "reason", "ghyy", "6", "回避", 15),
		b.mismatch(changes, "reason", "ghyy", changeCodes, 15),
		blot{column: "yzyzh", perMille: 15, rule: "ORPHAN_LINK", fields: []string{"formerLawyer"}, value: gone(),
			when: func(row int) bool { v, _ := changes.get(row, "yzyzh").(string); return len(v) == 17 }},
		blot{column: "xzyzh", perMille: 15, rule: "NOT_AN_IDENTIFIER", fields: []string{"newLawyer"}, value: b.oneOf("13301201810", "申请中")},
	)
}

func (b *builder) dirtyConsultations(s *sheet) {
	b.spoil(s, "LegalAidConsultation",
		blot{column: "zxsj", perMille: 2, rule: "DATE_OUT_OF_RANGE", fields: []string{"receivedOn", "receivedAt"}, value: b.oneOf("1900-01-01 00:00:00")},
		b.unknown(s, "channel", "zxfs", "8", "视频", 3),
		b.mismatch(s, "channel", "zxfs", channelCodes, 4),
		blot{column: "zxsx", perMille: 5, rule: "UNKNOWN_CODE", fields: []string{"topic"}, value: b.oneOf("10", "23")},
		blot{column: "szxz", perMille: 5, rule: "UNKNOWN_TOWN", fields: []string{"town"}, value: b.oneOf("330109121", "义蓬", "滨江", "绍兴柯桥")},
		blot{column: "zxr", perMille: 4, rule: "LOST_CHARACTERS", fields: []string{"callerName"}, value: b.oneOf("张?", "?建国", "李?芳")},
		blot{column: "zxr", perMille: 3, rule: "LOST_CHARACTERS", fields: []string{"callerName"}, value: b.halved(s, "zxr")},
		blot{column: "lxdh", perMille: 3, rule: "NOT_A_NUMBER", fields: []string{"phone"}, value: b.oneOf("保密", "无法显示")},
		blot{column: "sc", perMille: 4, rule: "NOT_A_NUMBER", fields: []string{"minutes"}, value: b.oneOf("约10", "半小时")},
		blot{column: "sc", perMille: 3, rule: "NUMBER_OUT_OF_RANGE", fields: []string{"minutes"}, value: b.oneOf("999", "-1")},
		blot{column: "sfydsq", perMille: 4, rule: "NOT_A_FLAG", fields: []string{"isReferredToAid"}, value: b.oneOf("1", "?")},
	)
}

func (b *builder) dirtyDutyHelps(s *sheet) {
	b.spoil(s, "DutyLawyerHelp",
		blot{column: "bzrq", perMille: 5, rule: "DATE_OUT_OF_RANGE", fields: []string{"helpedOn"}, value: b.oneOf("1900-01-01")},
		b.unknown(s, "place", "zbcs", "6", "监管中心", 6),
		b.mismatch(s, "place", "zbcs", dutyCodes, 6),
		blot{column: "bznr", perMille: 6, rule: "UNKNOWN_CODE", fields: []string{"services"}, value: b.oneOf("1|9", "9")},
		blot{column: "sfrzrf", perMille: 6, rule: "NOT_A_FLAG", fields: []string{"isPleaWitnessed"}, value: b.oneOf("待定")},
		blot{column: "zyzh", perMille: 6, rule: "NOT_AN_IDENTIFIER", fields: []string{"lawyer"}, value: b.oneOf("1330120181012345"), when: licensed(s)},
		blot{column: "zyzh", perMille: 6, rule: "ORPHAN_LINK", fields: []string{"lawyer"}, value: gone(), when: licensed(s)},
		blot{column: "dsr", perMille: 6, rule: "LOST_CHARACTERS", fields: []string{"recipientName"}, value: b.lost(s, "dsr"), when: b.shortName(s, "dsr")},
		blot{column: "sfzh", perMille: 8, rule: "BAD_CHECKSUM", fields: []string{"residentId"}, value: wrongCheck(s, "sfzh"), when: long(s, "sfzh")},
		blot{column: "sfzh", perMille: 6, rule: "NOT_AN_IDENTIFIER", fields: []string{"residentId"}, value: b.oneOf("待查", "自报"), when: long(s, "sfzh")},
		blot{column: "sfzh", perMille: 5, rule: "OTHER_DOCUMENT", fields: []string{"residentId"}, value: b.oneOf("H01234567", "PA1234567"), when: long(s, "sfzh")},
	)
}

// unclearMemberships gives lawyers that are in no team, no corps and not in the pool a code
// of a list that nobody has any more, so that the 2023 report has to leave them out.
func (b *builder) unclearMemberships(lawyers *sheet) {
	outside := func(row int) bool {
		corps, _ := lawyers.get(row, "yyfwt").(string)
		return strings.Trim(corps, "0") == "" && !lawyers.has(row, "bbt") && lawyers.get(row, "sfrck") != "1"
	}
	b.spoil(lawyers, "Lawyer",
		blot{column: "bbt", rule: "UNKNOWN_CODE", fields: []string{"helperTeams"}, value: b.oneOf("|7|", "|9|"), when: outside},
		blot{column: "yyfwt", rule: "UNKNOWN_CODE", fields: []string{"asianGamesCorps"}, value: b.oneOf("9"), when: outside,
			also: func(row int) { lawyers.set(row, "yyfwtjs", b.text("机动组")) }},
	)
}

// dirtyRegisters spares what the figures of the 2023 report and the joins of the other
// systems rest on: licences, credit codes, corps, teams and the talent pool.
func (b *builder) dirtyRegisters(lawyers, firms *sheet) {
	b.spoil(lawyers, "Lawyer",
		blot{column: "xm", perMille: 10, rule: "LOST_CHARACTERS", fields: []string{"name"}, value: b.lost(lawyers, "xm"), when: b.shortName(lawyers, "xm")},
		b.unknown(lawyers, "kind", "lslx", "9", "见习", 10),
		b.mismatch(lawyers, "kind", "lslx", lawyerKindCodes, 10),
		b.mismatch(lawyers, "sex", "xb", lawyerSexCodes, 10),
		blot{column: "lxdh", perMille: 10, rule: "NOT_A_NUMBER", fields: []string{"phone"}, value: b.oneOf("保密")},
		b.unknown(lawyers, "status", "zyzt", "5", "转所中", 10),
		blot{column: "sczyrq", perMille: 10, rule: "DATE_OUT_OF_RANGE", fields: []string{"practisingSince"}, value: b.oneOf("1900-01-01"),
			when: func(row int) bool { return lawyers.get(row, "sczyrq") != "0000-00-00" }},
		blot{column: "jg_id", perMille: 10, rule: "ORPHAN_LINK", fields: []string{"firm"}, value: missing()},
		blot{column: "sfrck", perMille: 10, rule: "NOT_A_FLAG", fields: []string{"isInTalentPool"}, value: b.oneOf("X"),
			when: func(row int) bool { return lawyers.get(row, "sfrck") == "0" }},
	)
	b.spoil(firms, "LawFirm",
		blot{column: "yzyxkzh", perMille: 100, rule: "NOT_AN_IDENTIFIER", fields: []string{"oldLicence"}, value: b.oneOf("换证中", "2330120031")},
		b.mismatch(firms, "status", "zyzt", firmStateCodes, 100),
	)
}
