package cell

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFlag(t *testing.T) {
	spec := Spec{Kind: "bool", Values: map[string]string{"Y": "true", "是": "true", "1": "true", "N": "false",
		"否": "false", "0": "false", "2": "false"}, Empty: []string{"9"}}
	spelled{"bool", spec, []reading{
		{raw: "Y", want: true},
		{raw: "Ｙ ", want: true},
		{raw: "是", want: true},
		{raw: "1.0", want: true},
		{raw: "N", want: false},
		{raw: "2", want: false},
		{name: "bit 1", raw: "\x01", want: true},
		{name: "bit 0", raw: "\x00", want: false},
		{raw: "9"},
		{raw: "y", finding: "NOT_A_FLAG DROPPED"},
		{raw: "有", finding: "NOT_A_FLAG DROPPED"},
	}}.run(t)
	codec, err := New(spec, Env{})
	if err != nil {
		t.Fatal(err)
	}
	got, known := codec.Spell("false")
	if diff := cmp.Diff([]string{"0", "2", "N", "否"}, got); diff != "" || !known {
		t.Errorf("known %v (-want +got):\n%s", known, diff)
	}
}
