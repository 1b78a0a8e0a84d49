package cell

import "testing"

func TestEnums(t *testing.T) {
	values := map[string]string{"01": "DRUGS", "02": "GANG", "03": "GUNS"}
	spelled{"separated", Spec{Kind: "enums", Values: values, Separator: "|,", Else: "OTHER", Empty: []string{"无"}},
		[]reading{
			{raw: "01|03", want: []string{"DRUGS", "GUNS"}},
			{raw: "|03, 01,", want: []string{"GUNS", "DRUGS"}},
			{raw: "０３，０１", want: []string{"GUNS", "DRUGS"}},
			{raw: "01|01", want: []string{"DRUGS"}},
			{raw: "01|09|08", want: []string{"DRUGS", "OTHER"}, finding: "UNKNOWN_CODE SUSPECT"},
			{raw: "09", want: []string{"OTHER"}, finding: "UNKNOWN_CODE SUSPECT"},
			{raw: "无"},
			{raw: "|无|"},
			{raw: "||"},
		}}.run(t)
	spelled{"without else", Spec{Kind: "enums", Values: values}, []reading{
		{raw: "01,09", want: []string{"DRUGS"}, finding: "UNKNOWN_CODE SUSPECT"},
		{raw: "09,08", finding: "UNKNOWN_CODE DROPPED"},
	}}.run(t)
	spelled{"positional",
		Spec{Kind: "enums", Positional: true, Values: map[string]string{"1": "A", "2": "B", "3": "C"}}, []reading{
			{raw: "0, 0, 1, 0", want: []string{"C"}},
			{raw: "1,1,0", want: []string{"A", "B"}},
			{raw: "1.0,,1", want: []string{"A", "C"}},
			{raw: "0,0,0"},
			{raw: "1,x,0", want: []string{"A"}, finding: "NOT_A_FLAG SUSPECT"},
			{raw: "2", finding: "NOT_A_FLAG DROPPED"},
			{raw: "0,0,0,1", finding: "UNKNOWN_CODE DROPPED"},
		}}.run(t)
}
