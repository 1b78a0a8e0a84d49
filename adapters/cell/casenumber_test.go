package cell

import (
	"slices"
	"testing"
)

func TestCaseNumber(t *testing.T) {
	const unreadable = "UNREADABLE_NUMBER DROPPED"
	spelled{"caseNumber", Spec{Kind: "caseNumber", Empty: []string{"无"}}, []reading{
		{raw: "萧政复〔2023〕12号", want: "萧政复〔2023〕12号"},
		{raw: "萧政复[2023]12号", want: "萧政复〔2023〕12号"},
		{raw: "萧政复（２０２３）第００１２号", want: "萧政复〔2023〕12号"},
		{raw: "萧政复【2023】12", want: "萧政复〔2023〕12号"},
		{raw: "萧政复［2023］ 0012 号", want: "萧政复〔2023〕12号"},
		{raw: "萧政复(2023]12号", want: "萧政复〔2023〕12号"},
		{raw: "萧政复〔2023年〕12号", want: "萧政复〔2023〕12号"},
		{raw: "萧政复决字[2011]第12号", want: "萧政复决〔2011〕12号"},
		{raw: "萧政复不受〔2024〕3号", want: "萧政复不受〔2024〕3号"},
		{raw: "萧政发〔2023〕12号之一", want: "萧政发〔2023〕12号之一"},
		{raw: "(2023)浙杭萧证民字第123号", want: "(2023)浙杭萧证民字第123号"},
		{raw: "〔2023〕浙杭萧证民字123号", want: "(2023)浙杭萧证民字第123号"},
		{raw: "（2023）浙杭萧证民字 第 000123 号", want: "(2023)浙杭萧证民字第123号"},
		{raw: "(2023)浙杭萧证民123", want: "(2023)浙杭萧证民字第123号"},
		{raw: "(2019)萧法援民字第0123号", want: "(2019)萧法援民字第123号"},
		{raw: "(2023)浙0109行初12号", want: "(2023)浙0109行初字第12号"},
		{name: "range", raw: "(2023)浙杭萧证民字第0123－0126号", want: "(2023)浙杭萧证民字第123-126号"},
		{name: "range in words", raw: "(2023)浙杭萧证民字第123至126号", want: "(2023)浙杭萧证民字第123-126号"},
		{raw: "AXSD00-2023-0003", want: "AXSD00-2023-0003"},
		{raw: "axsd00－2023—0003", want: "AXSD00-2023-0003"},
		{raw: "PF-2023-0123", want: "PF-2023-0123"},
		{raw: "无"},
		{raw: "萧政复", finding: unreadable},
		{raw: "萧政复〔2023〕号", finding: unreadable},
		{raw: "萧政复〔2023〕000号", finding: unreadable},
		{raw: "萧政复12号", finding: unreadable},
		{raw: "萧政复2023-12号", finding: unreadable},
		{raw: "〔2023〕12号", finding: unreadable},
		{raw: "萧政复〔3023〕12号", finding: unreadable},
		{raw: "萧政复〔2023〕甲12号", finding: unreadable},
		{raw: "萧政?〔2023〕12号", finding: unreadable},
		{raw: "萧政复〔2023〕12号之", finding: unreadable},
		{raw: "(2023)浙杭萧证民字第123-号", finding: unreadable},
		{raw: "(2023)浙杭萧证民字第1-2-3号", finding: unreadable},
		{raw: "2023-0003", finding: unreadable},
		{raw: "00AX-2023-0003", finding: unreadable},
		{raw: "AXSD00-23-0003", finding: unreadable},
	}}.run(t)
}

func TestCaseNumberSpell(t *testing.T) {
	codec, err := New(Spec{Kind: "caseNumber"}, Env{})
	if err != nil {
		t.Fatal(err)
	}
	for canonical, some := range map[string][]string{
		"萧政复〔2023〕12号": {"萧政复〔2023〕12号", "萧政复[2023]12号", "萧政复(2023)第0012号", "萧政复字【2023】第12号", "萧政复 （2023） 12号",
			"萧政复［2023］00012号", "萧政复〔2023〕12"},
		"(2023)浙杭萧证民字第123号":    {"(2023)浙杭萧证民字第123号", "（2023）浙杭萧证民字第00123号", "[2023]浙杭萧证民字123号", "(2023)浙杭萧证民123号"},
		"(2023)浙杭萧证民字第12-126号": {"(2023)浙杭萧证民字第012-126号"},
		"AXSD00-2023-0003":     {"AXSD00-2023-0003", "axsd00-2023-0003"},
	} {
		got, known := codec.Spell(canonical)
		if !known || len(got) > 80 {
			t.Errorf("%s: known %v, %d spellings", canonical, known, len(got))
		}
		for _, s := range some {
			if !slices.Contains(got, s) {
				t.Errorf("%s is not spelled %s; got %q", canonical, s, got)
			}
		}
	}
	if got, known := codec.Spell("萧政复[2023]12号"); got != nil || !known {
		t.Errorf("only canonical numbers are spelled: %q, %v", got, known)
	}
}

func FuzzNormalizeNumber(f *testing.F) {
	for _, s := range []string{"萧政复〔2023〕12号", "(2023)浙杭萧证民字第123-126号", "AXSD00-2023-0003", "萧政复决字[2011]第012号之一",
		"(2023)字号(2023)1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		number, ok := NormalizeNumber(text)
		if !ok {
			return
		}
		if again, ok := NormalizeNumber(number); !ok || again != number {
			t.Errorf("%q gives %q, which gives %q, %v", text, number, again, ok)
		}
	})
}
