package legalityreview

import (
	"strings"
	"unicode"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// dirt is one kind of dirt of one column.
type dirt struct {
	column string
	field  string // GraphQL field that reports it
	rule   string
	mille  int               // of a thousand cells that fit
	fits   func(l line) bool // cells it can be planted in; nil: all that hold something
	spoil  func(g *generator, l line)
	spares bool // leaves the documents alone that other systems refer to
}

// put spoils a cell by one of the texts.
func put(column string, texts ...any) func(*generator, line) {
	return func(g *generator, l line) { l.set(column, world.Pick(g.r, texts)) }
}

// rename makes another unit the drafter, in the unit's own column and the shown one.
func rename(column string, names ...any) func(*generator, line) {
	return func(g *generator, l line) {
		put(column, names...)(g, l)
		l.set("draft_org_name", l.get(column))
	}
}

// lose turns a character into the question mark that a 3-byte utf8 column keeps of a
// rare one: the last of a name, one among others of a longer text.
func lose(column string) func(*generator, line) {
	return func(_ *generator, l line) {
		runes := []rune(strings.TrimSpace(l.text(column)))
		if len(runes) <= 4 {
			runes[len(runes)-1] = '?'
		} else {
			runes[inner(runes)] = '?'
		}
		l.set(column, string(runes))
	}
}

// inner finds a character between two others of Chinese script; -1 when there is none.
func inner(runes []rune) int {
	for i := 3; i+1 < len(runes); i++ {
		if unicode.Is(unicode.Han, runes[i-1]) && unicode.Is(unicode.Han, runes[i]) &&
			unicode.Is(unicode.Han, runes[i+1]) {
			return i
		}
	}
	return -1
}

// wrap puts a text into the markup a word processor leaves in a rich-text editor.
func wrap(column string) func(*generator, line) {
	return func(_ *generator, l line) {
		l.set(column, `<p style="text-indent:2em">`+l.text(column)+`</p>&nbsp;`)
	}
}

func old(l line) bool {
	return l.text("receive_time") > "2011" && l.text("receive_time") < "2022"
}

func matterDirt() []dirt {
	return []dirt{
		{"review_no", "numberKey", "UNREADABLE_NUMBER", 6, func(l line) bool {
			return strings.HasSuffix(l.text("review_no"), "号") && len(l.text("review_no")) > 12
		}, put("review_no", "萧合审12号", "见附件", "萧合审（补）"), true},
		{"matter_title", "title", "LOST_CHARACTERS", 6,
			func(l line) bool { return inner([]rune(l.text("matter_title"))) > 0 }, lose("matter_title"), true},
		{"receive_time", "receivedOn", "DATE_OUT_OF_RANGE", 8, old, put("receive_time", "1900-01-01 00:00:00"), true},
		{"area_code", "town", "UNKNOWN_TOWN", 6, func(l line) bool {
			return l.text("draft_town_name") != "" && l.text("area_code") != ""
		}, put("area_code", "330109118", "330109401", "330114"), false},
		{"status", "status", "UNKNOWN_CODE", 5, nil, put("status", "77", "50"), true},
		{"matter_type", "matterType", "UNKNOWN_CODE", 5, nil, put("matter_type", "98", "12"), true},
		{"urgent_level", "urgency", "UNKNOWN_CODE", 5, nil, put("urgent_level", "9"), false},
		{"matter_summary", "summary", "MARKUP_REMOVED", 15, nil, wrap("matter_summary"), false},
		{"draft_dept_name", "draftingUnit", "UNKNOWN_DEPARTMENT", 8, nil,
			rename("draft_dept_name", "区招商局", "开发区管委会", "钱江世纪城管委会"), true},
		{"draft_town_name", "draftingTown", "UNKNOWN_TOWN", 6, nil, rename("draft_town_name", "河庄街道", "开发区", "本镇"),
			false},
		{"contact_name", "submittedBy", "LOST_CHARACTERS", 6, nil, lose("contact_name"), false},
		{"contact_phone", "contactPhone", "NOT_A_NUMBER", 6,
			func(l line) bool { return len(l.text("contact_phone")) > 5 }, put("contact_phone", "未填", "同上"), false},
		{"review_org_type", "reviewBody", "UNKNOWN_CODE", 5, nil, put("review_org_type", "8"), false},
		{"review_office_name", "reviewBodyTown", "UNKNOWN_TOWN", 6, nil, put("review_office_name", "高新司法所", "司法所"),
			false},
		{"reviewer_name", "reviewer", "LOST_CHARACTERS", 6, nil, lose("reviewer_name"), false},
		{"adviser_licence", "adviser", "NOT_AN_IDENTIFIER", 12,
			func(l line) bool { return len(l.text("adviser_licence")) == 17 }, put("adviser_licence", "1330120", "已过期"),
			false},
		{"submit_date", "submittedOn", "UNREADABLE_DATE", 5, nil, put("submit_date", "三月中旬", "2023年3月", "同上"), false},
		{"submit_date", "submittedOn", "IMPOSSIBLE_DATE", 5, nil,
			put("submit_date", "2023-02-30", "2023.6.31", "20231131"), false},
		{"material_time", "materialsCompleteOn", "ZERO_DATE", 6, nil, put("material_time", zeroTime), false},
		{"accept_time", "acceptedOn", "ZERO_DATE", 6, nil, put("accept_time", zeroTime), false},
		{"opinion_date", "opinionIssuedOn", "DATE_OUT_OF_RANGE", 5, nil,
			put("opinion_date", "9999-12-31", "1900-01-01"), true},
		{"feedback_date", "adoptionReportedOn", "IMPOSSIBLE_DATE", 6, nil,
			put("feedback_date", "20230931", "2023/2/29"), false},
		{"feedback_date", "adoptionReportedOn", "ZERO_DATE", 5, nil, put("feedback_date", "0000-00-00"), false},
		{"decide_date", "decidedOn", "UNREADABLE_DATE", 6, nil, put("decide_date", "待常务会议审议", "上半年"), false},
		{"decide_date", "decidedOn", "DATE_OUT_OF_RANGE", 5, nil, put("decide_date", "2203-05-01"), false},
		{"submit_times", "roundCount", "NUMBER_OUT_OF_RANGE", 5, nil, put("submit_times", float64(0), 1.5), false},
		{"review_opinion", "opinion", "UNKNOWN_CODE", 5, nil, func(g *generator, l line) {
			l.set("review_opinion", "9")
			l.set("review_opinion_name", "")
		}, true},
		{"review_opinion", "opinion", "LABEL_MISMATCH", 6,
			func(l line) bool { return l.text("review_opinion") == afterChanges },
			put("review_opinion_name", "合法", "不合法"), true},
		{"problem_types", "problems", "UNKNOWN_CODE", 8, nil, func(_ *generator, l line) {
			l.set("problem_types", strings.Trim(l.text("problem_types"), ",")+",12")
		}, false},
		{"adopt_type", "adoption", "UNKNOWN_CODE", 5, nil, put("adopt_type", "7"), true},
		{"comment_days", "publicCommentDays", "NOT_A_NUMBER", 12, nil, put("comment_days", "约30", "一个月"), false},
		{"comment_days", "publicCommentDays", "NUMBER_OUT_OF_RANGE", 10, nil, put("comment_days", "3650", "-1"), false},
		{"fair_review_flag", "isFairCompetitionReviewed", "NOT_A_FLAG", 12, nil, put("fair_review_flag", "已审", "/"),
			false},
		{"doc_no", "documentNumberKey", "UNREADABLE_NUMBER", 12, nil, put("doc_no", "萧政发12号", "另行编号"), true},
		{"unified_code", "unifiedCode", "UNREADABLE_NUMBER", 12, nil, put("unified_code", "AXSD00", "待赋码"), true},
		{"publish_date", "publishedOn", "UNREADABLE_DATE", 8, nil, put("publish_date", "2023年5月", "见区政府公报"), true},
		{"publish_date", "publishedOn", "IMPOSSIBLE_DATE", 8, nil, put("publish_date", "2023-04-31", "20230230"), true},
		{"doc_state", "documentState", "UNKNOWN_CODE", 8, nil, put("doc_state", "9"), true},
		{"public_flag", "isPublic", "NOT_A_FLAG", 12, nil, put("public_flag", "2"), false},
		{"valid_until", "validUntil", "DATE_OUT_OF_RANGE", 12, nil, put("valid_until", "1900-01-01"), false},
		{"party_name", "counterparty", "LOST_CHARACTERS", 6, nil, lose("party_name"), false},
		{"party_code", "counterpartyCreditCode", "BAD_CHECKSUM", 8,
			func(l line) bool { return len(l.text("party_code")) == 18 }, func(_ *generator, l line) {
				l.set("party_code", otherDigit(l.text("party_code")))
			}, false},
		{"party_code", "counterpartyCreditCode", "NOT_AN_IDENTIFIER", 8,
			func(l line) bool { return len(l.text("party_code")) == 18 },
			put("party_code", "330181000012345", "3301092012345"), false},
		{"contract_amount", "contractAmount", "NOT_A_NUMBER", 6, nil, put("contract_amount", "面议", "详见合同"), false},
		{"contract_amount", "contractAmount", "NUMBER_OUT_OF_RANGE", 5, nil,
			put("contract_amount", "12.3456789", "0.00000012"), false},
		{"create_time", "enteredAt", "ZERO_DATE", 5, nil, put("create_time", zeroTime), false},
	}
}

// otherDigit changes the check digit.
func otherDigit(code string) string {
	last := byte('1')
	if code[len(code)-1] == last {
		last = '2'
	}
	return code[:len(code)-1] + string(last)
}

func roundDirt() []dirt {
	return []dirt{
		{"submit_time", "submittedAt", "ZERO_DATE", 5, nil, put("submit_time", zeroTime), false},
		{"return_time", "returnedAt", "ZERO_DATE", 12, nil, put("return_time", zeroTime), false},
		{"return_reason", "returnReason", "MARKUP_REMOVED", 15, nil, wrap("return_reason"), false},
		{"round_opinion", "opinion", "UNKNOWN_CODE", 5, nil, put("round_opinion", "9"), false},
		{"reviewer_name", "reviewer", "LOST_CHARACTERS", 5, nil, lose("reviewer_name"), false},
	}
}

// plant spoils cells of served rows, at least two of each kind and no cell twice, and
// lists them together with the rounds whose matter is gone.
func (g *generator) plant() legacy.Ledger {
	ledger := g.spoil("LegalityReview", g.matters, "matter_id", matterDirt(), func(l line) bool {
		return (l.get("del_flag") == nil || l.text("del_flag") == "0") && l.text("create_by") != "test01"
	})
	served := func(l line) bool { return l.text("del_flag") == "0" }
	ledger = append(ledger, g.spoil("LegalityReviewRound", g.rounds, "round_id", roundDirt(), served)...)
	for i := range g.rounds.table.Rows {
		l := g.rounds.row(i)
		if id, _ := l.get("matter_id").(int64); id >= firstMissing && served(l) {
			ledger = append(ledger, legacy.Dirt{Record: "LegalityReviewRound", Key: text(l.get("round_id")),
				Field: "review", Rule: "ORPHAN_LINK"})
		}
	}
	return ledger
}

func (g *generator) spoil(record string, s *sheet, key string, kinds []dirt, served func(line) bool) legacy.Ledger {
	var ledger legacy.Ledger
	type cell struct{ row, column int }
	spoiled := map[cell]bool{}
	var candidates []int
	for _, d := range kinds {
		column := s.place(d.column)
		candidates = candidates[:0]
		for i := range s.table.Rows {
			l := s.row(i)
			if v := l.cells[column]; v == nil || v == "" || v == zeroTime || spoiled[cell{i, column}] || !served(l) {
				continue
			}
			if d.spares && s == g.matters && g.bridge[i] || d.fits != nil && !d.fits(l) {
				continue
			}
			candidates = append(candidates, i)
		}
		for n := max(2, len(candidates)*d.mille/1000); n > 0 && len(candidates) > 0; n-- {
			at := g.r.IntN(len(candidates))
			i := candidates[at]
			candidates[at] = candidates[len(candidates)-1]
			candidates = candidates[:len(candidates)-1]
			l := s.row(i)
			d.spoil(g, l)
			spoiled[cell{i, column}] = true
			ledger = append(ledger, legacy.Dirt{Record: record, Key: text(l.get(key)), Field: d.field, Rule: d.rule})
		}
	}
	return ledger
}
