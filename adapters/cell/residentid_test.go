package cell

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

func TestResidentID(t *testing.T) {
	const id, x = model.ResidentNumber("330199197202290145"), model.ResidentNumber("33019919900101002X")
	const notAnID, other = "NOT_AN_IDENTIFIER DROPPED", "OTHER_DOCUMENT SUSPECT"
	spelled{"residentId", Spec{Kind: "residentId", Empty: []string{"无", "0", "111111111111111111"}}, []reading{
		{raw: "330199197202290145", want: id},
		{raw: "33019919900101002X", want: x},
		{raw: "33019919900101002x", want: x},
		{raw: "３３０１９９１９９００１０１００２ｘ", want: x},
		{raw: "'330199197202290145", want: id},
		{raw: "’330199197202290145", want: id},
		{raw: " 330199 19720229 0145 ", want: id},
		{raw: "330199\u30001972\u00a0\t02290145", want: id},
		{name: "minor", raw: "330199201206150026", want: model.ResidentNumber("330199201206150026")},
		{name: "15 digits", raw: "330199640815017", want: model.ResidentNumber("330199196408150178")},
		{name: "15 digits, no such day", raw: "330199640231017", finding: notAnID},
		{name: "checksum", raw: "330199197202290146", finding: "BAD_CHECKSUM DROPPED"},
		{name: "no leap year", raw: "330199197302290145", finding: notAnID},
		{name: "birth in 1700", raw: "330199170001010145", finding: notAnID},
		{name: "passport", raw: "E12345678", want: model.ResidentNumber("E12345678"), finding: other},
		{name: "passport in lower case", raw: "ea1234567", want: model.ResidentNumber("EA1234567"), finding: other},
		{name: "officer", raw: "军字第1234567号", want: model.ResidentNumber("军字第1234567号"), finding: other},
		{name: "Hong Kong", raw: "H123456(7)", want: model.ResidentNumber("H123456(7)"), finding: other},
		{raw: "无"},
		{raw: "0"},
		{raw: "111111111111111111"},
		{raw: "222222222222222222", finding: notAnID},
		{raw: "不详", finding: notAnID},
		{raw: "-", finding: notAnID},
		{raw: "'", finding: notAnID},
		{raw: "12345678", finding: notAnID},
		{raw: "3301991972022901", finding: notAnID},
		{raw: "33019919720229014Y", finding: notAnID},
		{name: "licence", raw: "13301201810123456", finding: notAnID},
		{name: "phone with words", raw: "电话：057182821234", finding: notAnID},
		{name: "too few digits", raw: "军官证1234", finding: notAnID},
	}}.run(t)
	spelled{"no declared words", Spec{Kind: "residentId"}, []reading{
		{raw: "无", finding: notAnID},
		{raw: "0", finding: notAnID},
		{raw: "111111111111111111", finding: notAnID},
	}}.run(t)
}

func TestResidentIDSpell(t *testing.T) {
	codec, err := New(Spec{Kind: "residentId"}, Env{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"330199196408150178", "330199640815017", "330199 19640815 0178",
		"'330199196408150178", "'330199640815017", "'330199 19640815 0178", "３３０１９９１９６４０８１５０１７８",
	}
	got, known := codec.Spell("330199196408150178")
	if diff := cmp.Diff(want, got); diff != "" || !known {
		t.Errorf("known %v (-want +got):\n%s", known, diff)
	}
	if got, _ := codec.Spell("33019919900101002X"); len(got) < 8 || got[1] != "33019919900101002x" {
		t.Errorf("an X has a lower-case form: %q", got)
	}
	if got, _ := codec.Spell("330199197202290146"); got != nil {
		t.Errorf("a wrong number is never read: %q", got)
	}
}
