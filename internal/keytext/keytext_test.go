package keytext_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/keytext"
)

func TestJoin(t *testing.T) {
	for _, test := range []struct {
		name  string
		parts []*string
		want  string
	}{
		{"one part is its text, whatever it holds", []*string{new(`A|B\`)}, `A|B\`},
		{"two", []*string{new("7"), new("1")}, "7|1"},
		{"a bar of a part", []*string{new("A|B"), new("1")}, "A\x00|B|1"},
		{"NULL is not nothing", []*string{nil, new("")}, "\x00N|"},
		{"NULL alone", []*string{nil}, "\x00N"},
		{"what looks like NULL", []*string{new("\x00N")}, "\x00\x00N"},
	} {
		if got := keytext.Join(test.parts...); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	for _, test := range []struct {
		text string
		n    int
	}{{"1", 2}, {"1|2|3", 2}, {"\x00", 1}, {"\x00x", 1}, {"\x00x|1", 2}, {"\x00Nx|1", 2}, {"1|\x00", 2}} {
		if parts, ok := keytext.Split(test.text, test.n); ok {
			t.Errorf("%q is a key of %d parts: %v", test.text, test.n, parts)
		}
	}
}

// FuzzSplit: Split is the inverse of Join, so no two keys share a text.
func FuzzSplit(f *testing.F) {
	f.Add("A|B", "1", "", byte(0))
	f.Add("\x00N", "N|\x00", "\\|", byte(1))
	f.Add("", "", "", byte(7))
	f.Fuzz(func(t *testing.T, a, b, c string, missing byte) {
		all := []*string{&a, &b, &c}
		for i := range all {
			if missing>>i&1 == 1 {
				all[i] = nil
			}
		}
		for n := 1; n <= len(all); n++ {
			parts := all[:n]
			got, ok := keytext.Split(keytext.Join(parts...), n)
			if diff := cmp.Diff(parts, got); !ok || diff != "" {
				t.Errorf("%q: ok %v, -want +got\n%s", keytext.Join(parts...), ok, diff)
			}
		}
		got, rest, found, ok := keytext.Cut(keytext.Escape(a, '\x1f')+"\x1f"+b, '\x1f')
		if got != a || rest != b || !found || !ok {
			t.Errorf("cut %q: %q, %q, %v, %v", a, got, rest, found, ok)
		}
	})
}

// FuzzJoin: what Split takes, Join writes again.
func FuzzJoin(f *testing.F) {
	f.Add("A\x00|B|1", 2)
	f.Add("\x00N|", 2)
	f.Fuzz(func(t *testing.T, text string, n int) {
		if n < 1 || n > 5 {
			return
		}
		if parts, ok := keytext.Split(text, n); ok && keytext.Join(parts...) != text {
			t.Errorf("%q becomes %q", text, keytext.Join(parts...))
		}
	})
}

func TestReadings(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want []string
	}{
		{"A|B|1", 2, []string{"A|B\x00|1", "A\x00|B|1"}},
		{"A|B", 2, nil},
		{"A|B", 1, nil},
		{"a|b|c|d", 3, []string{"a|b|c\x00|d", "a|b\x00|c|d", "a\x00|b|c|d"}},
		{"A\x00|B|1|2", 2, nil},
		{strings.Repeat("|", 40), 3, nil},
	} {
		if got := keytext.Readings(c.text, c.n); !slices.Equal(got, c.want) {
			t.Errorf("%q in %d: %q, want %q", c.text, c.n, got, c.want)
		}
		for _, text := range c.want {
			if parts, ok := keytext.Split(text, c.n); !ok || len(parts) != c.n {
				t.Errorf("%q does not split", text)
			}
		}
	}
}
