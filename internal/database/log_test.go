package database

import (
	"strings"
	"testing"
)

func TestBeginning(t *testing.T) {
	long := strings.Repeat("镇", mostLogged) // three bytes each: the bound lies within one
	for _, test := range []struct{ text, want string }{
		{"SELECT 1", "SELECT 1"},
		{strings.Repeat("x", mostLogged), strings.Repeat("x", mostLogged)},
		{long, strings.Repeat("镇", mostLogged/3) + "… (6000 bytes)"},
	} {
		if got := beginning(test.text); got != test.want {
			t.Errorf("%d bytes became %q", len(test.text), got)
		}
	}
}
