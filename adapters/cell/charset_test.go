package cell

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

func TestCharset(t *testing.T) {
	const text, rare = "萧山区司法局〔2023〕12号·…“”", "喆"
	for _, test := range []struct {
		charset string
		shown   func(string) string
	}{
		{"gbk", func(s string) string {
			b, _ := simplifiedchinese.GBK.NewEncoder().String(s)
			return b
		}},
		{"gbk-in-latin1", func(s string) string { return legacy.Mojibake(s, "gbk") }},
		{"utf8-in-latin1", func(s string) string { return legacy.Mojibake(s, "utf8") }},
	} {
		readings := []reading{
			{name: "text", raw: test.shown(text), want: text},
			{name: "rare", raw: test.shown(rare), want: rare},
			{name: "name", raw: test.shown("张三"), want: "张三"},
			{name: "declared empty", raw: test.shown("无")},
			{name: "ASCII", raw: "PF-2023-0123", want: "PF-2023-0123"},
		}
		spelled{test.charset, Spec{Kind: "text", Charset: test.charset, Empty: []string{"无"}}, readings}.run(t)
	}
	const dropped, lost = "UNDECODABLE_TEXT DROPPED", "LOST_CHARACTERS SUSPECT"
	spelled{"bad gbk", Spec{Kind: "text", Charset: "gbk"}, []reading{
		{name: "half a character", raw: "\xd5\xc5\xc8", want: "张\uFFFD", finding: lost},
		{name: "hole", raw: "\xd5\x7f!", want: "\uFFFD\x7f!", finding: lost},
		{name: "low trail", raw: "\xd5 1", want: "\uFFFD 1", finding: lost},
		{name: "trail ff", raw: "a\xd5\xffb", want: "a\uFFFDb", finding: lost},
		{name: "lead and a digit", raw: "\xd51", want: "\uFFFD1", finding: lost},
		{name: "quadruple without its end", raw: "\x81\x30\x81", want: "\uFFFD0\uFFFD", finding: lost},
		{name: "quadruple of nothing", raw: "张\xfe\x39\xfe\x39"[3:] + "1", want: "\uFFFD1", finding: lost},
		{name: "quadruple", raw: "\x95\x32\x82\x36", want: "𠀀"},
		{name: "quadruple of the basic plane", raw: "\x81\x39\xef\x31", want: "㐂"},
		{name: "the user's own", raw: "\xd5\xc5\xaa\xa1", want: "张\uE000"},
		{name: "euro of Windows", raw: "\x80500", want: "€500"},
		{name: "euro of GB 18030", raw: "\xa2\xe3500", want: "€500"},
		{name: "lead ff", raw: "\xff\xff", finding: dropped},
		{name: "nothing but a lead", raw: "\xd5 ", finding: dropped},
	}}.run(t)
	spelled{"bad gbk in latin1", Spec{Kind: "text", Charset: "gbk-in-latin1"}, []reading{
		{name: "half a character", raw: legacy.Latin1([]byte("\xd5\xc5\xc8")), want: "张\uFFFD", finding: lost},
		{name: "quadruple", raw: legacy.Latin1([]byte("\x95\x32\x82\x36")), want: "𠀀"},
		{name: "Chinese in clear", raw: "张三", finding: dropped},
		{name: "trail no latin1", raw: "Õ张1", want: "\uFFFD1", finding: lost},
		{name: "no UTF-8", raw: "\xd5\xc5", finding: dropped},
		{name: "C1 where MySQL shows the euro sign", raw: "1Õ\u0080", want: "1\uFFFD", finding: lost},
	}}.run(t)
	spelled{"bad utf8 in latin1", Spec{Kind: "text", Charset: "utf8-in-latin1"}, []reading{
		{name: "half a character", raw: legacy.Latin1([]byte("\xe5\xbc")), finding: dropped},
		{name: "a character and a half", raw: legacy.Latin1([]byte("张三")[:5]), want: "张\uFFFD", finding: lost},
		{name: "half of four bytes", raw: legacy.Latin1([]byte("1𠮷2")[:4]), want: "1\uFFFD", finding: lost},
		{name: "an end without beginning", raw: legacy.Latin1([]byte("张三")[1:]), want: "\uFFFD\uFFFD三", finding: lost},
		{name: "Chinese in clear", raw: "张三", finding: dropped},
	}}.run(t)
	spelled{"bad utf8", Spec{Kind: "text"}, []reading{
		{name: "cut by the column", raw: "张三"[:5], want: "张\uFFFD", finding: lost},
		{name: "one byte", raw: "拖\xff欠", want: "拖\uFFFD欠", finding: lost},
	}}.run(t)
	for _, key := range []string{"key", "licence", "caseNumber"} { // two that lost a character each are not the same
		codec, err := New(Spec{Kind: key, Charset: "gbk"}, testEnv())
		if err != nil {
			t.Fatal(err)
		}
		if v, problem := codec.Decode([]byte("\xc3\xf1\xd5(2023)1")); v != nil || problem == nil {
			t.Errorf("%s: %v, %v; want nothing, and a finding", key, v, problem)
		}
	}
}

// TestGB18030Bytes decodes every sequence of one and two bytes, and every quadruple that
// is a character, and encodes it again: what is no loss comes back as it was.
func TestGB18030Bytes(t *testing.T) {
	standard := simplifiedchinese.GB18030.NewDecoder()
	roundTrip := func(raw []byte) (text string, lost bool) {
		decoded, lost := appendGB18030(nil, raw, false)
		text = string(decoded)
		if again := gbk.encodings(text); !lost && !slices.Contains(again, string(raw)) {
			t.Fatalf("% x is %q, which is encoded as % x", raw, text, again)
		}
		if lost != strings.ContainsRune(text, utf8.RuneError) {
			t.Fatalf("% x is %q, lost %v", raw, text, lost)
		}
		shown, lostShown := appendGB18030(nil, []byte(legacy.Latin1(raw)), true)
		if string(shown) != text || lost != lostShown {
			t.Fatalf("% x is %q, and %q as latin1 shows it", raw, text, shown)
		}
		return text, lost
	}
	pairs := 0
	for first := range 0x100 {
		roundTrip([]byte{byte(first)})
		for second := range 0x100 {
			pair := []byte{byte(first), byte(second)}
			text, lost := roundTrip(pair)
			if first < gbLead || first > gbLast || second < gbTrail || second > gbLast || second == 0x7F {
				continue
			}
			pairs++
			if lost || utf8.RuneCountInString(text) != 1 {
				t.Errorf("% x is %q", pair, text)
			}
			if want, _ := standard.String(string(pair)); !strings.ContainsRune(want, utf8.RuneError) && want != text &&
				text != "\uE5E5" {
				t.Errorf("% x is %q; golang.org/x/text says %q", pair, text, want)
			}
		}
	}
	if pairs != 23940 {
		t.Errorf("%d pairs", pairs)
	}
	fours := 0
	for n := range 126 * 10 * 126 * 10 {
		four := []byte{byte(n/12600) + gbLead, byte(n/1260%10) + '0', byte(n/10%126) + gbLead, byte(n%10) + '0'}
		if n >= len(gbFours()) && (n < beyondBasic || n%97 != 0 && n != beyondBasic) { // the rest follows one rule
			continue
		}
		if text, lost := roundTrip(four); !lost {
			fours++
			private := text >= "\uE000" && text <= "\uF8FF"
			if want, _ := standard.String(string(four)); !private && text != want && text != "\u1E3F" {
				t.Errorf("% x is %q; golang.org/x/text says %q", four, text, want)
			}
		}
	}
	if fours < len(gbFours())-1 {
		t.Errorf("%d quadruples", fours)
	}
}

// TestGB18030Characters encodes every character of the basic plane, and some of the others,
// and decodes it again, in every charset.
func TestGB18030Characters(t *testing.T) {
	for _, c := range []charset{gbk, gbkInLatin1, utf8InLatin1, utf8Text} {
		for r := rune(0); r <= utf8.MaxRune; r++ {
			if r >= 0xD800 && r < 0xE000 { // halves of surrogate pairs
				continue
			}
			if r > 0xFFFF {
				r += 251
			}
			if r > utf8.MaxRune {
				break
			}
			text := "x" + string(r) + "张"
			raws := c.encodings(text)
			if len(raws) == 0 && (r != utf8.RuneError || c == utf8Text) {
				t.Fatalf("charset %d has no %U", c, r)
			}
			for _, raw := range raws {
				if got, lost := c.decode(nil, []byte(raw)); lost || string(got) != text {
					t.Fatalf("charset %d: %U is %x, which is %q, lost %v", c, r, raw, got, lost)
				}
			}
		}
	}
}

// TestShow shows cells that no codec understands as their readers see them.
func TestShow(t *testing.T) {
	for _, test := range []struct {
		kind, charset, raw, want string
	}{
		{"day", "gbk-in-latin1", "ÎåÈÕÄÚ", "五日内"},
		{"town", "gbk-in-latin1", "ÀîËÄ", "李四"},
		{"text", "gbk-in-latin1", "ÍÏÇ·Õ", "拖欠\uFFFD"},
		{"int", "utf8-in-latin1", legacy.Latin1([]byte("三人")), "三人"},
		{"key", "gbk", "\xce\xe5", "五"},
		{"int", "", " 约３ ", " 约３ "},
		{"int", "", "\xff1", "\uFFFD1"},
	} {
		codec, err := New(Spec{Kind: test.kind, Charset: test.charset}, testEnv())
		if err != nil {
			t.Fatal(err)
		}
		if got := codec.Show([]byte(test.raw)); got != test.want {
			t.Errorf("%s %s %q is shown as %q, want %q", test.kind, test.charset, test.raw, got, test.want)
		}
	}
}
