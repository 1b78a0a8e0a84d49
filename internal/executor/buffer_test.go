package executor

import (
	"bytes"
	"strconv"
	"testing"

	"github.com/99designs/gqlgen/graphql"
)

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "临浦镇", "tab\t", "\"quoted\"", "back\\slash", "line\nend", "\x00\x1f\x7f\x80\xff",
		"1234567\"", "12345678\"9", "一二三四五六七八九十\\", "é\u2028"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var want bytes.Buffer
		graphql.MarshalString(s).MarshalGQL(&want)
		var got Buffer
		got.Text(s)
		if string(got.bytes) != want.String() {
			t.Errorf("%q: %s, want %s", s, got.bytes, want.String())
		}
	})
}

func FuzzEnum(f *testing.F) {
	for _, s := range []string{"", "LEGAL_AID", "a9", "in force", "停", "\"", "[", "`", "@", ":", "/", "^"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var got Buffer
		got.Enum(s)
		if want := strconv.Quote(s); string(got.bytes) != want {
			t.Errorf("%q: %s, want %s", s, got.bytes, want)
		}
	})
}

func TestNumbers(t *testing.T) {
	var b Buffer
	b.Int(-12)
	b.Bool(true)
	Items(&b, []int64{1, 2}, (*Buffer).Int)
	Items(&b, []int64{}, (*Buffer).Int)
	if want := "-12true[1,2][]"; string(b.bytes) != want {
		t.Errorf("%s, want %s", b.bytes, want)
	}
}
