package near

import (
	"slices"
	"strings"
	"testing"
)

func TestOf(t *testing.T) {
	known := []Name{
		{"临浦镇", []string{"330109105", "临浦镇", "临浦", "临浦司法所"}},
		{"瓜沥镇", []string{"330109101", "瓜沥镇", "瓜沥"}},
		{"义桥镇", []string{"330109104", "义桥镇", "义桥"}},
		{"城厢街道", []string{"330109001", "城厢街道", "城厢"}},
		{"北干街道", []string{"330109002", "北干街道", "北干"}},
	}
	for text, want := range map[string][]string{
		"临蒲镇":       {"临浦镇"},
		"临蒲":        {"临浦镇"},
		"浙江省临浦镇政府":  {"临浦镇"},
		"成厢街道":      {"城厢街道", "北干街道"},
		"330109106": {"临浦镇", "瓜沥镇", "义桥镇"},
		"x":         nil,
		"":          nil,
		"上海市浦东新区":   nil,
	} {
		if got := Of(text, known); !slices.Equal(got, want) {
			t.Errorf("near %q: %q, want %q", text, got, want)
		}
	}
	if got := Of(strings.Repeat("临", 10_000), known); got != nil {
		t.Errorf("near to a very long text: %q", got)
	}
	if got := Hint(nil) + Hint([]string{"a", "b"}); got != "; did you mean a, b?" {
		t.Error(got)
	}
}

func FuzzOf(f *testing.F) {
	f.Add("临蒲镇", "临浦镇")
	f.Fuzz(func(t *testing.T, text, name string) {
		if got := Of(name, Words([]string{name})); name != "" && len([]rune(name)) < longest &&
			!slices.Equal(got, []string{name}) {
			t.Errorf("%q is not near itself: %q", name, got)
		}
		Of(text, Words([]string{name}))
	})
}
