package cell

import (
	"testing"

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
	const dropped = "UNDECODABLE_TEXT DROPPED"
	spelled{"bad gbk", Spec{Kind: "text", Charset: "gbk"}, []reading{
		{name: "half a character", raw: "\xd5\xc5\xc8", finding: dropped},
		{name: "hole", raw: "\xd5\x7f", finding: dropped},
		{name: "low trail", raw: "\xd5 ", finding: dropped},
		{name: "GB18030 quadruple", raw: "\x81\x30\x81\x30", finding: dropped},
		{name: "lead 80", raw: "\x80", finding: dropped},
		{name: "lead ff", raw: "\xff\xff", finding: dropped},
	}}.run(t)
	spelled{"bad gbk in latin1", Spec{Kind: "text", Charset: "gbk-in-latin1"}, []reading{
		{name: "half a character", raw: legacy.Latin1([]byte("\xd5\xc5\xc8")), finding: dropped},
		{name: "Chinese in clear", raw: "张三", finding: dropped},
		{name: "trail no latin1", raw: "Õ张", finding: dropped},
		{name: "no UTF-8", raw: "\xd5\xc5", finding: dropped},
		{name: "C1 where MySQL shows the euro sign", raw: "Õ\u0080", finding: dropped},
	}}.run(t)
	spelled{"bad utf8 in latin1", Spec{Kind: "text", Charset: "utf8-in-latin1"}, []reading{
		{name: "half a character", raw: legacy.Latin1([]byte("\xe5\xbc")), finding: dropped},
		{name: "Chinese in clear", raw: "张三", finding: dropped},
	}}.run(t)
}

// TestGBKTable compares the table with the decoder it comes from, pair by pair.
func TestGBKTable(t *testing.T) {
	decoder := simplifiedchinese.GBK.NewDecoder()
	for lead := 0x81; lead <= 0xFE; lead++ {
		for trail := 0x40; trail <= 0xFE; trail++ {
			pair := []byte{byte(lead), byte(trail)}
			want, _ := decoder.String(string(pair))
			got, ok := appendGBK(nil, pair, false)
			if isGood := !containsReplacement(want); ok != isGood || ok && string(got) != want {
				t.Fatalf("% x gives %q, %v; want %q", pair, got, ok, want)
			}
		}
	}
}

func containsReplacement(s string) bool {
	for _, r := range s {
		if r == '\uFFFD' {
			return true
		}
	}
	return false
}

// TestEncodeGBK compares with golang.org/x/text over every character of the basic plane.
func TestEncodeGBK(t *testing.T) {
	encoder := simplifiedchinese.GBK.NewEncoder()
	for r := rune(0x80); r < 1<<16; r++ {
		if r >= 0xD800 && r < 0xE000 { // halves of surrogate pairs
			continue
		}
		text := string(r)
		want, err := encoder.String(text)
		got, ok := encodeGBK(nil, text)
		if ok != (err == nil) || ok && string(got) != want {
			t.Errorf("%U: %x, %v; want %x, %v", r, got, ok, want, err)
		}
	}
}
