package cell

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLicence(t *testing.T) {
	const notAnID = "NOT_AN_IDENTIFIER DROPPED"
	spelled{"licence", Spec{Kind: "licence", Empty: []string{"无"}}, []reading{
		{raw: "13301201810123456", want: "13301201810123456"},
		{raw: " １3301 2018 10123456", want: "13301201810123456"},
		{raw: "'13301201810123456", want: "13301201810123456"},
		{name: "firm", raw: "23301201810123456", want: "23301201810123456"},
		{raw: "无"},
		{name: "resident number", raw: "330199197202290145", finding: notAnID},
		{name: "letters", raw: "1330120181012345X", finding: notAnID},
		{raw: "11111111111111111", finding: notAnID},
		{raw: "张三", finding: notAnID},
	}}.run(t)
	codec, err := New(Spec{Kind: "licence"}, Env{})
	if err != nil {
		t.Fatal(err)
	}
	got, known := codec.Spell("13301201810123456")
	if diff := cmp.Diff([]string{"13301201810123456", "１３３０１２０１８１０１２３４５６", "'13301201810123456"}, got); diff != "" ||
		!known {
		t.Errorf("known %v (-want +got):\n%s", known, diff)
	}
}
