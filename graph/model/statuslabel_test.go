package model

import "testing"

func TestLegalAidCaseStatusLabel(t *testing.T) {
	granted, other := LegalAidStatusGranted, LegalAidStatusOther
	for _, c := range []struct {
		name string
		row  LegalAidCase
		want string // "" for nil
	}{
		{"no state", LegalAidCase{StatusCode: new("")}, ""},
		{"known state has the graph's label, not the stored one", LegalAidCase{Status: &granted, StatusText: new("通过")},
			"给予"},
		{"unknown state has the stored label",
			LegalAidCase{Status: &other, StatusCode: new("45"), StatusText: new("中止")}, "中止"},
		{"unknown state without label has the code", LegalAidCase{Status: &other, StatusCode: new("45")}, "45"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := c.row.StatusLabel()
			if got == nil && c.want != "" || got != nil && *got != c.want {
				t.Errorf("want %q, got %v", c.want, got)
			}
		})
	}
}
