package access

import (
	"net/url"
	"strings"
	"testing"
)

func TestReasonIn(t *testing.T) {
	for header, want := range map[string]string{
		"":                                     "",
		"x":                                    "", // is none
		"%E6%A0%B8%E5%AF%B9%E6%9D%90%E6%96%99": "核对材料",
		"  checking  an\tapplicant ":           "checking an applicant",
		"%E6%A0":                               "", // half a character
		"100%":                                 "", // no escape
		"%00%0A%20":                            "",
		url.PathEscape(strings.Repeat("因", MostReason)):   strings.Repeat("因", MostReason),
		url.PathEscape(strings.Repeat("因", MostReason+1)): "",
	} {
		if got := ReasonIn(header); got != want {
			t.Errorf("%q: %q, want %q", header, got, want)
		}
	}
}

// FuzzReasonIn: whatever a header holds, a reason is one line of text within its bounds.
func FuzzReasonIn(f *testing.F) {
	for _, header := range []string{"", "%E6%A0%B8%E5%AF%B9", "a\nb", "%0A", "%"} {
		f.Add(header)
	}
	f.Fuzz(func(t *testing.T, header string) {
		text := ReasonIn(header)
		if n := len([]rune(text)); text != "" && (n < leastReason || n > MostReason) ||
			strings.ContainsFunc(text, func(r rune) bool { return r < ' ' }) {
			t.Errorf("%q gives %q", header, text)
		}
	})
}
