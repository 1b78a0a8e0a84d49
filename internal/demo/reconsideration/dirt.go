package reconsideration

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// dirt is one kind of dirt to plant: what some filled cells of a column hold instead, and
// the finding each of them must lead to.
type dirt struct {
	column string
	field  string
	rule   cell.Rule
	spoil  func(r *rand.Rand, cells []any) any // what to write; nil leaves the row alone
}

// orphanLink is the rule that no codec reports.
const orphanLink = cell.Rule("ORPHAN_LINK")

// plant soils every table and writes the ledger: about one in 150 of the filled cells of
// a column, two at least. Rows that are not served are left alone.
func (b *builder) plant(r *rand.Rand) {
	b.soil(r, b.cases, "ReconsiderationCase", "SFSC", b.caseDirt())
	b.soil(r, b.applicant, "ReconsiderationApplicant", "SFSC", b.applicantDirt())
	b.soil(r, b.third, "ReconsiderationThirdParty", "SFSC", b.thirdPartyDirt())
	b.soil(r, b.hearing, "ReconsiderationHearing", "", b.hearingDirt())
	b.soil(r, b.lawsuit, "ReconsiderationLawsuit", "", b.lawsuitDirt())
	b.soil(r, b.letters, "ReconsiderationOpinionLetter", "SFSC", b.letterDirt())
}

// soil plants the kinds of dirt in one table, whose first column is its key. deleted is
// the column that marks deleted rows by "1", "" for none.
func (b *builder) soil(r *rand.Rand, t *table, record, deleted string, kinds []dirt) {
	taken := map[[2]int]bool{} // row and column
	for _, kind := range kinds {
		at := t.column(kind.column)
		var rows []int
		for i, cells := range t.Rows {
			if served := deleted == "" || cells[t.column(deleted)] != "1"; served && filled(cells[at]) &&
				!taken[[2]int{i, at}] {
				rows = append(rows, i)
			}
		}
		want := max(2, len(rows)/150)
		r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		for _, i := range rows[:min(want, len(rows))] {
			spoilt := kind.spoil(r, t.Rows[i])
			if spoilt == nil {
				continue
			}
			t.Rows[i][at] = spoilt
			taken[[2]int{i, at}] = true
			b.database.Ledger = append(b.database.Ledger,
				legacy.Dirt{Record: record, Key: keyText(t.Rows[i][0]), Field: kind.field, Rule: string(kind.rule)})
		}
	}
}

// filled tells whether a cell holds something worth spoiling.
func filled(value any) bool {
	switch v := value.(type) {
	case string:
		return v != "" && v != "00" && !strings.HasPrefix(v, "0000")
	case float64:
		return v != 0
	}
	return false
}

// keyText is a key as the server writes it.
func keyText(key any) string {
	if n, ok := key.(float64); ok {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return key.(string)
}

// words spoils a cell by one of the texts.
func (t *table) words(texts ...string) func(*rand.Rand, []any) any {
	return func(r *rand.Rand, _ []any) any { return t.show(texts[r.IntN(len(texts))]) }
}

// raw spoils a cell by one of the byte sequences, as the server shows them.
func raw(sequences ...string) func(*rand.Rand, []any) any {
	return func(r *rand.Rand, _ []any) any { return legacy.Latin1([]byte(sequences[r.IntN(len(sequences))])) }
}

// cut is text that a column of n bytes cut short.
func cut(text string, n int) string { return text[:n] }

// lost is the text of a column without its first or its last Chinese character, which stands
// in three bytes.
func lost(t *table, column string) func(*rand.Rand, []any) any {
	at := t.column(column)
	return func(r *rand.Rand, cells []any) any {
		text, _ := cells[at].(string)
		bytes := []rune(text)
		if len(bytes) < 6 {
			return nil
		}
		if r.IntN(2) == 0 {
			return "?" + string(bytes[3:])
		}
		return string(bytes[:len(bytes)-3]) + "?"
	}
}

// Bytes of 区人民政府 and of 区政府 in GBK, pasted by a program of another house; not one of
// them is a character of UTF-8.
const (
	gbkLong  = "\xc7\xf8\xc8\xcb\xc3\xf1\xd5\xfe\xb8\xae"
	gbkShort = "\xc7\xf8\xd5\xfe\xb8\xae"
)

// wrongCheck turns the last character of a well-formed identifier of the given length into
// a wrong one; other cells are left alone.
func wrongCheck(t *table, column string, length int) func(*rand.Rand, []any) any {
	at := t.column(column)
	return func(_ *rand.Rand, cells []any) any {
		id, _ := cells[at].(string)
		if len(id) != length || strings.ContainsAny(id, "' ") {
			return nil
		}
		last := "1"
		if strings.HasSuffix(id, "1") {
			last = "2"
		}
		return id[:length-1] + last
	}
}

func (b *builder) caseDirt() []dirt {
	t := b.cases
	w := t.words
	return []dirt{
		{"AJMC", "title", cell.LostCharacters, w("不服萧山区?埔镇人民政府行政强制执行案", "不服杭州市公安局萧山区分?行政处罚案")},
		{"AJBH", "numberKey", cell.UnreadableNumber, w("待编号", "萧政复〔2023〕号", "萧政复12号")},
		{"BSQRMC", "respondentText", cell.UndecodableText, raw(gbkLong, gbkShort)},
		{"SZZJ", "town", cell.UnknownTown, w("义蓬街道", "330109118", "钱江世纪城", "330114001", "330109")},
		{"ZT", "status", cell.UnknownCode, w("99", "21", "-1")},
		{"FYSX", "matter", cell.UnknownCode, w("77", "20")},
		{"SQFS", "channel", cell.UnknownCode, w("7", "A")},
		{"BZWLX", "inactionKind", cell.UnknownCode, w("12")},
		{"GLLY", "field", cell.UnknownCode, w("116", "17", "000")},
		{"GLLY_OLD", "formerField", cell.UnknownCode, w("12", "99")},
		{"JAFS", "outcome", cell.UnknownCode, w("20", "88")},
		{"JAFS_OLD", "formerOutcome", cell.UnknownCode, w("10")},
		{"BYSLYY", "notAcceptedReason", cell.UnknownCode, w("8")},
		{"SPCX", "procedure", cell.UnknownCode, w("9")},
		{"SQRLX", "applicantKind", cell.UnknownCode, w("4")},
		{"SQQX", "requests", cell.NotAFlag, w("1, 0, 2, 0, 0", "1, Y, 0, 0, 0")},
		{"SQRS", "applicantCount", cell.NotANumber, w("约30", "若干", "三")},
		{"SQRS", "applicantCount", cell.NumberOutOfRange, w("0", "-1", "99999")},
		{"SFQT", "isCollective", cell.NotAFlag, w("待定", "x", "2")},
		{"SFTZ", "isHeard", cell.NotAFlag, w("1", "待定")},
		{"SFSS", "hasLawsuit", cell.NotAFlag, w("?")},
		{"BSQRBM", "respondent", cell.UnknownDepartment, w("区征迁办", "区烟草专卖局", "萧山区房管局")},
		{"BSQRZJ", "respondentTown", cell.UnknownTown, w("新湾街道", "河庄街道办事处", "江东管委会")},
		{"CHENGBANREM", "handlers", cell.LostCharacters, w("来?燕,邵波", "俞?明、韩雪")},
		{"SPR1", "approval.firstBy", cell.LostCharacters, w("徐?", "?平")},
		{"SPRQ1", "approval.firstOn", cell.UnreadableDate, w("同上", "3月5日")},
		{"SPRQ3", "approval.thirdOn", cell.ImpossibleDate, w("2023-2-29", "二〇二三年二月三十日")},
		{"XWWH", "challengedDocumentKey", cell.UnreadableNumber, w("口头告知", "当场处罚", "行政处罚告知单", "萧市监罚决〔二〇二三〕5号")},
		{"FDSCWH", "attachedDocumentKey", cell.UnreadableNumber, w("区征收补偿办法", "萧政发（21）5号")},
		{"XZXWRQ", "actOn", cell.UnreadableDate, w("去年", "持续至今", "2023年春")},
		{"XZXWRQ", "actOn", cell.ImpossibleDate, w("2023-13", "2022-11-31")},
		{"ZXRQ", "actKnownOn", cell.DateOutOfRange, w("1905-6-1", "2203-3-15")},
		{"FKJE", "fine", cell.NumberOutOfRange,
			w("-200.000000000000000000000000000000", "1999.999000000000000000000000000000")},
		{"PCJE", "compensation", cell.NotANumber, w("面议", "见协议", "约2万")},
		{"PCJE", "compensation", cell.NumberOutOfRange, w("1200.505", "-500")},
		{"DJRQ", "enteredOn", cell.UnreadableDate, w("2023", "补登")},
		{"BZRQ", "supplementedOn", cell.UnreadableDate, w("逾期未补", "三天后")},
		{"SLRQ", "acceptedOn", cell.UnreadableDate, w("2023.3.15", "补录", "2023-03")},
		{"SLRQ", "acceptedOn", cell.ImpossibleDate, w("2023-2-31", "20230230", "2023年4月31日")},
		{"SLRQ", "acceptedOn", cell.ZeroDate, w("0000-00-00", "00000000")},
		{"SLRQ", "acceptedOn", cell.DateOutOfRange, w("1900-1-1", "2203-3-15")},
		{"BSQRDFU_RQ", "answeredOn", cell.UnreadableDate, w("未答复", "口头答复")},
		{"TQYJRQ", "viewsHeardOn", cell.UnreadableDate, w("电话联系不上")},
		{"ZZJSRQ", "suspendedTo", cell.DateOutOfRange, w("3000-01-01")},
		{"SLJZRQ", "decisionDueOn", cell.UnreadableDate, w("顺延", "60天")},
		{"JDRQ", "decidedOn", cell.UnreadableDate, w("见决定书", "2023/5/6")},
		{"JDRQ", "decidedOn", cell.ImpossibleDate, w("2023-02-30", "2024-06-31")},
		{"JDRQ", "decidedOn", cell.ZeroDate, w("0000-00-00", "0000-00-00 00:00:00.0")},
		{"JDRQ", "decidedOn", cell.DateOutOfRange, w("9999-12-31", "1899-12-30")},
		{"SONGDRQ", "servedOn", cell.UnreadableDate, w("公告送达", "2023.6.7")},
		{"SONGDRQ", "servedOn", cell.ImpossibleDate, w("2023/06/31")},
		{"JASJ", "closedOn", cell.DateOutOfRange, w("1899-12-30 00:00:00", "2823-05-06 09:30:00")},
		{"GDRQ", "archivedOn", cell.ImpossibleDate, w("二〇二三年二月三十日", "2023-09-31")},
		{"JSD_ID", "receptionPoint", orphanLink, func(r *rand.Rand, _ []any) any { return float64(900 + r.IntN(9)) }},
	}
}

func (b *builder) applicantDirt() []dirt {
	t := b.applicant
	w := t.words
	return []dirt{
		{"AJID", "reconsiderationCase", orphanLink, w("20120305101500123456", "20190101000000000000")},
		{"SQRLX", "kind", cell.UnknownCode, w("个体工商户", "村民小组")},
		{"XM", "name", cell.LostCharacters, lost(t, "XM")},
		{"ZJHM", "residentId", cell.BadChecksum, wrongCheck(t, "ZJHM", 18)},
		{"ZJHM", "residentId", cell.NotAnIdentifier, w("不详", "111111111111111111", "330199199013450012", "3301991990")},
		{"ZJHM", "residentId", cell.OtherDocument, w("E12345678", "H1234567", "军字第2012345号")},
		{"DWDM", "creditCode", cell.BadChecksum, wrongCheck(t, "DWDM", 18)},
		{"DWDM", "creditCode", cell.NotAnIdentifier, w("330181000012345", "3301812012345", "办理中")},
		{"LXDH", "phone", cell.NotANumber, w("未留", "同代理人")},
		{"ADRESS", "address", cell.LostCharacters, raw(cut("浙江省杭州市萧山区临浦镇新兴村一组", 41))},
		{"DLR_ZYZH", "agentLawyer", cell.NotAnIdentifier, w("1330120", "实习律师", "13301201811234567890")},
	}
}

func (b *builder) thirdPartyDirt() []dirt {
	t := b.third
	w := t.words
	return []dirt{
		{"AJID", "reconsiderationCase", orphanLink, w("20130607080910234567")},
		{"DSRLX", "kind", cell.UnknownCode, w("0")},
		{"ZJHM", "residentId", cell.BadChecksum, wrongCheck(t, "ZJHM", 18)},
		{"DWDM", "creditCode", cell.NotAnIdentifier, w("330181000054321")},
		{"CJRQ", "joinedOn", cell.ImpossibleDate, w("2023-02-29", "2023-06-31")},
	}
}

func (b *builder) hearingDirt() []dirt {
	w := b.hearing.words
	return []dirt{
		{"AJID", "reconsiderationCase", orphanLink, w("20140102030405067890")},
		{"TZLX", "kind", cell.UnknownCode, w("座谈会")},
		{"TZRQ", "heldOn", cell.ImpossibleDate, w("2023年2月30日", "2023-11-31")},
		{"TZRQ", "heldOn", cell.UnreadableDate, w("另行通知")},
		{"CYRS", "attendeeCount", cell.NotANumber, w("十余人", "双方")},
		{"SFZX", "isOnline", cell.NotAFlag, w("是")},
	}
}

func (b *builder) lawsuitDirt() []dirt {
	w := b.lawsuit.words
	return []dirt{
		{"AJID", "reconsiderationCase", orphanLink, w("20150304050607080910")},
		{"SQR_ID", "plaintiff", orphanLink, func(r *rand.Rand, _ []any) any { return float64(9000000 + r.IntN(1000)) }},
		{"SJ", "instance", cell.UnknownCode, w("执行", "4")},
		{"LARQ", "filedOn", cell.UnreadableDate, w("诉前调解", "2023年6月")},
		{"CPJG", "result", cell.UnknownCode, w("0", "10")},
		{"SFBS", "isLost", cell.NotAFlag, w("部分败诉")},
	}
}

func (b *builder) letterDirt() []dirt {
	w := b.letters.words
	return []dirt{
		{"AJID", "reconsiderationCase", orphanLink, w("20160102030405060708")},
		{"SWBM", "addressee", cell.UnknownDepartment, w("区征迁办", "区级有关部门")},
		{"SWZJ", "addresseeTown", cell.UnknownTown, w("新湾街道")},
		{"WTZY", "problem", cell.MarkupRemoved, w("<p>送达程序不规范。</p>", "未依法告知听证权利&nbsp;<br/>")},
		{"ZFRQ", "issuedOn", cell.ZeroDate, w("0000-00-00")},
		{"FKRQ", "feedbackOn", cell.UnreadableDate, w("已口头反馈", "见附件")},
	}
}
