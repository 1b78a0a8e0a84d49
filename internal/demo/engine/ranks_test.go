package engine

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/dolthub/go-mysql-server/sql/types"
	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

// mustField builds a field for a test.
func mustField(t testing.TB, typ, charset string) *field {
	t.Helper()
	f, err := newField(legacy.Column{Name: "x", Type: typ}, charset)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestSplitType(t *testing.T) {
	type parts struct {
		Name     string
		Args     []string
		Unsigned bool
	}
	tests := []struct {
		text string
		want parts
	}{
		{"int", parts{"int", nil, false}},
		{"bigint unsigned", parts{"bigint", nil, true}},
		{"decimal(65,30)", parts{"decimal", []string{"65", "30"}, false}},
		{"enum('a','b, c','it''s')", parts{"enum", []string{"a", "b, c", "it's"}, false}},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			name, args, unsigned, err := splitType(test.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, parts{name, args, unsigned}); diff != "" {
				t.Errorf("parts (-want +got):\n%s", diff)
			}
		})
	}
	for _, text := range []string{"int(", "enum(a)", "enum('a"} {
		if _, _, _, err := splitType(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

func TestDoubleText(t *testing.T) {
	for text, want := range map[string]string{
		"1.5e+07": "15000000",
		"1e+14":   "100000000000000",
		"1e+15":   "1e15",
		"1e-06":   "0.000001",
		"1e-16":   "1e-16",
		"-2e+300": "-2e300",
	} {
		if got := doubleText(text); got != want {
			t.Errorf("doubleText(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSets(t *testing.T) {
	a := newSet(interval{5, 7}, interval{1, 3}, interval{3, 4}, interval{9, 9})
	if diff := cmp.Diff(set{{1, 4}, {5, 7}}, a, cmp.AllowUnexported(interval{})); diff != "" {
		t.Errorf("newSet (-want +got):\n%s", diff)
	}
	b := set{{0, 2}, {6, 10}}
	for name, c := range map[string]struct{ got, want set }{
		"and":                   {a.and(b), set{{1, 2}, {6, 7}}},
		"or":                    {a.or(b), set{{0, 4}, {5, 10}}},
		"complement":            {a.complement(10), set{{4, 5}, {7, 10}}},
		"complement of nothing": {set(nil).complement(3), set{{1, 3}}},
	} {
		if diff := cmp.Diff(c.want, c.got, cmp.AllowUnexported(interval{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for r, want := range []bool{false, true, true, true, false, true, true, false} {
		if got := a.has(uint32(r)); got != want {
			t.Errorf("has(%d) = %t", r, got)
		}
	}
}

// FuzzSets checks the algebra rank by rank.
func FuzzSets(f *testing.F) {
	f.Add([]byte{1, 3, 5, 7}, []byte{0, 2, 6, 10})
	f.Fuzz(func(t *testing.T, x, y []byte) {
		build := func(b []byte) set {
			var in []interval
			for pair := range slices.Chunk(b[:len(b)/2*2], 2) {
				in = append(in, interval{uint32(pair[0]) + 1, uint32(pair[1]) + 1})
			}
			return newSet(in...)
		}
		a, b := build(x), build(y)
		and, or, not := a.and(b), a.or(b), a.complement(300)
		for r := range uint32(300) {
			if and.has(r) != (a.has(r) && b.has(r)) || or.has(r) != (a.has(r) || b.has(r)) || r > 0 &&
				not.has(r) == a.has(r) {
				t.Fatalf("%v, %v at %d: and %v, or %v, complement %v", a, b, r, and, or, not)
			}
		}
	})
}

// FuzzTextKey checks that keys compare as the engine compares text, blanks at the end
// aside.
func FuzzTextKey(f *testing.F) {
	f.Add("Abc", "abd")
	f.Add("浙温法援字", "浙溫")
	f.Add("a", "a\t")
	f.Fuzz(func(t *testing.T, a, b string) {
		if !utf8.ValidString(a) || !utf8.ValidString(b) || strings.ContainsRune(a+b, utf8.RuneError) {
			t.Skip()
		}
		for _, r := range a + b {
			if r > 0xFFFF || r >= 0xD800 && r < 0xF900 {
				t.Skip() // no weight of their own
			}
		}
		for _, charset := range []string{"utf8", "utf8mb4"} {
			field := mustField(t, "text", charset)
			got := strings.Compare(field.key(a), field.key(b))
			want, err := field.typ.Compare(t.Context(), strings.TrimRight(a, " "), strings.TrimRight(b, " "))
			if err != nil {
				t.Skip()
			}
			if got != want {
				// equal weights, unequal length in bytes: the engine goes by bytes
				if got == 0 && len(a) != len(b) {
					continue
				}
				t.Errorf("%s: %q, %q: keys %d, engine %d", charset, a, b, got, want)
			}
		}
	})
}

// FuzzNumberKeys checks that keys of numbers compare as the numbers do, and that a
// literal is placed among them as it compares.
func FuzzNumberKeys(f *testing.F) {
	f.Add(int64(0), int64(-1), 1.5)
	f.Add(int64(math.MaxInt64), int64(math.MinInt64), -1e300)
	f.Fuzz(func(t *testing.T, a, b int64, x float64) {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			t.Skip()
		}
		want := decimal.NewFromInt(a).Cmp(decimal.NewFromInt(b))
		if got := strings.Compare(signedKey(a), signedKey(b)); got != want {
			t.Errorf("signed %d, %d: %d", a, b, got)
		}
		if got := strings.Compare(floatKey(float64(a)), floatKey(x)); got != decimalCompare(float64(a), x) {
			t.Errorf("float %d, %g: %d", a, x, got)
		}
		cents := mustField(t, "decimal(20,2)", "utf8")
		am, bm := decimal.New(a%1e18, -2), decimal.New(b%1e18, -2)
		if got := strings.Compare(cents.key(am), cents.key(bm)); got != am.Cmp(bm) {
			t.Errorf("decimal %s, %s: %d", am, bm, got)
		}
		integers := mustField(t, "bigint", "utf8")
		place, ok := integers.seek(x)
		if !ok {
			t.Fatalf("%g was not placed", x)
		}
		got := strings.Compare(integers.key(a), place.key)
		if got == 0 && !place.exact {
			got = -1 // the literal is just above
		}
		if want := decimal.NewFromInt(a).Cmp(decimal.NewFromFloat(x)); got != want {
			t.Errorf("bigint %d against %g: %d, want %d", a, x, got, want)
		}
	})
}

func decimalCompare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func TestZeroDateIsTheEnginesZero(t *testing.T) {
	for _, text := range []string{"0000-00-00", "0000-00-00 00:00:00"} {
		got, ok := instant(text)
		if !ok || got != types.Datetime.Zero() {
			t.Errorf("instant(%q) = %v, %t", text, got, ok)
		}
	}
}
