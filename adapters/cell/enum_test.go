package cell

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

func TestEnum(t *testing.T) {
	values := map[string]string{"10": "APPLIED", "20": "GRANTED", "02": "OLD", "已结案": "CLOSED", "jq": "CLOSED",
		"0": "NONE"}
	spelled{"enum", Spec{Kind: "enum", Values: values, Else: "OTHER", Empty: []string{"-1"}}, []reading{
		{raw: "10", want: "APPLIED"},
		{raw: " 10 ", want: "APPLIED"},
		{raw: "１０", want: "APPLIED"},
		{raw: "10.000", want: "APPLIED"},
		{raw: "已结案", want: "CLOSED"},
		{raw: "jq", want: "CLOSED"},
		{name: "bit 0", raw: "\x00", want: "NONE"},
		{raw: "-1"},
		{raw: "JQ", want: "OTHER", finding: "UNKNOWN_CODE SUSPECT"},
		{raw: "2", want: "OTHER", finding: "UNKNOWN_CODE SUSPECT"},
		{raw: "99", want: "OTHER", finding: "UNKNOWN_CODE SUSPECT"},
		{raw: "10.5", want: "OTHER", finding: "UNKNOWN_CODE SUSPECT"},
	}}.run(t)
	spelled{"without else", Spec{Kind: "enum", Values: values, Empty: []string{"9"}}, []reading{
		{raw: "20", want: "GRANTED"},
		{raw: "99", finding: "UNKNOWN_CODE DROPPED"},
		{raw: "9"},
		{raw: "9.0"},
	}}.run(t)
	spelled{"mojibake", Spec{Kind: "enum", Values: values, Charset: "gbk-in-latin1"}, []reading{
		{raw: legacy.Mojibake("已结案", "gbk"), want: "CLOSED"},
	}}.run(t)
}

func TestEnumSpell(t *testing.T) {
	values := map[string]string{"10": "APPLIED", "已结案": "CLOSED", "jq": "CLOSED", "98": "OTHER"}
	codec, err := New(Spec{Kind: "enum", Values: values, Else: "OTHER", Charset: "gbk-in-latin1"}, Env{})
	if err != nil {
		t.Fatal(err)
	}
	got, known := codec.Spell("CLOSED")
	if diff := cmp.Diff([]string{"jq", legacy.Mojibake("已结案", "gbk")}, got); diff != "" || !known {
		t.Errorf("known %v (-want +got):\n%s", known, diff)
	}
	if got, known := codec.Spell("WITHDRAWN"); got != nil || !known {
		t.Errorf("a value without code: %q, %v", got, known)
	}
	if _, known := codec.Spell("OTHER"); known {
		t.Error("unlisted codes cannot be listed")
	}
}
