package cell

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEncodings(t *testing.T) {
	for _, test := range []struct {
		name, charset, text string
		want                []string
	}{
		{"UTF-8", "", "张三", []string{"张三"}},
		{"GBK in latin1", "gbk-in-latin1", "张三", []string{"ÕÅÈý"}},
		{"four bytes", "gbk", "𠀀", []string{"\x95\x32\x82\x36"}},
		{"two euro signs", "gbk", "€a€", []string{"\xa2\xe3a\xa2\xe3", "\x80a\xa2\xe3", "\xa2\xe3a\x80", "\x80a\x80"}},
		{"what was lost", "gbk", "张\uFFFD", nil},
		{"no UTF-8", "gbk", "\xd5", nil},
		{"unknown charset", "big5", "张三", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Encodings(test.charset, test.text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
