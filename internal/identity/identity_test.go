package identity

import "testing"

func TestCheckDigits(t *testing.T) {
	for _, id := range []string{"330199197202290145", "33019919900101002X", "330199201206150026"} {
		if got := ResidentCheck(id[:17]); got != id[17] {
			t.Errorf("ResidentCheck(%q) = %q, want %q", id[:17], got, id[17])
		}
	}
	if got := ResidentFrom15("330199640815017"); got != "330199196408150178" {
		t.Errorf("ResidentFrom15 = %q", got)
	}
	for _, code := range []string{"91350100M000100Y43", "11330199MB1D000123", "31330199MD9A001262",
		"323301994699000733", "91330199MA2X00035K"} {
		if got := CreditCheck(code[:17]); got != code[17] {
			t.Errorf("CreditCheck(%q) = %q, want %q", code[:17], got, code[17])
		}
		if got := OrganisationCheck(code[8:16]); got != code[16] {
			t.Errorf("OrganisationCheck(%q) = %q, want %q", code[8:16], got, code[16])
		}
	}
	if ResidentCheck("12345") != 0 || ResidentCheck("1234567890123456x") != 0 ||
		CreditCheck("91350100M000100I4") != 0 || OrganisationCheck("a") != 0 ||
		ResidentFrom15("33019964081501x") != "" {
		t.Error("malformed input must give nothing")
	}
}
