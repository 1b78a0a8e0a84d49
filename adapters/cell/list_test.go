package cell

import (
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

func TestList(t *testing.T) {
	spelled{"commas", Spec{Kind: "list", Empty: []string{"无"}}, []reading{
		{raw: "12,15,33", want: []string{"12", "15", "33"}},
		{raw: ",12, 15,,33,", want: []string{"12", "15", "33"}},
		{raw: "王一，王二", want: []string{"王一", "王二"}},
		{raw: "王一、王二", want: []string{"王一、王二"}},
		{raw: "王一", want: []string{"王一"}},
		{raw: "王一,王一", want: []string{"王一", "王一"}},
		{raw: "王一,李?", want: []string{"王一", "李?"}, finding: ""},
		{raw: "王一,李?明", want: []string{"王一", "李?明"}, finding: "LOST_CHARACTERS SUSPECT"},
		{raw: "无"},
		{raw: "无,,"},
		{raw: ",,"},
	}}.run(t)
	spelled{"any of several", Spec{Kind: "list", Separator: "|、 "}, []reading{
		{raw: "王一、王二|王三 王四", want: []string{"王一", "王二", "王三", "王四"}},
		{raw: "王一\u3000王二", want: []string{"王一", "王二"}},
	}}.run(t)
	spelled{"mojibake", Spec{Kind: "list", Charset: "utf8-in-latin1"}, []reading{
		{raw: legacy.Mojibake("王一,王二", "utf8"), want: []string{"王一", "王二"}},
	}}.run(t)
}
