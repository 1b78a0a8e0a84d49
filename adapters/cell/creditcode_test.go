package cell

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCreditCode(t *testing.T) {
	const notAnID = "NOT_AN_IDENTIFIER DROPPED"
	spelled{"creditCode", Spec{Kind: "creditCode", Empty: []string{"无"}}, []reading{
		{raw: "91350100M000100Y43", want: "91350100M000100Y43"},
		{raw: "91350100m000100y43", want: "91350100M000100Y43"},
		{raw: "'11330199MB1D000123 ", want: "11330199MB1D000123"},
		{raw: "９１３３０１９９ＭＡ２Ｘ０００３５Ｋ", want: "91330199MA2X00035K"},
		{raw: "91330199 MA2X00035K", want: "91330199MA2X00035K"},
		{raw: "MB1D0001-2", want: "MB1D00012"},
		{raw: "MB1D00012", want: "MB1D00012"},
		{raw: "ｍb1d0001－2", want: "MB1D00012"},
		{raw: "无"},
		{name: "checksum", raw: "91350100M000100Y44", finding: "BAD_CHECKSUM DROPPED"},
		{name: "organisation checksum", raw: "MB1D0001-3", finding: "BAD_CHECKSUM DROPPED"},
		{name: "letter outside the alphabet", raw: "91350100I000100Y43", finding: notAnID},
		{name: "resident number whose last character fits", raw: "330199199001010396", finding: notAnID},
		{name: "another resident number", raw: "330199199001010011", finding: notAnID},
		{name: "digits of no division", raw: "91991900MA2X00035W", finding: notAnID},
		{name: "wrong check character of the organisation code within", raw: "91330199MA2X00036N", finding: notAnID},
		{name: "13 digits", raw: "3301812345678", finding: notAnID},
		{name: "15 digits", raw: "330181000012345", finding: notAnID},
		{raw: "000000000", finding: notAnID},
		{raw: "杭州某公司", finding: notAnID},
		{raw: "'", finding: notAnID},
	}}.run(t)
	codec, err := New(Spec{Kind: "creditCode"}, Env{})
	if err != nil {
		t.Fatal(err)
	}
	got, known := codec.Spell("MB1D00012")
	want := []string{"MB1D00012", "MB1D0001-2", "mb1d00012", "'MB1D00012", "ＭＢ１Ｄ０００１２", "mb1d0001-2", "'MB1D0001-2",
		"ＭＢ１Ｄ０００１－２"}
	if diff := cmp.Diff(want, got); diff != "" || !known {
		t.Errorf("known %v (-want +got):\n%s", known, diff)
	}
}
