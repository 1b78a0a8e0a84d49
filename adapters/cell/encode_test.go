package cell

import "testing"

func TestEncode(t *testing.T) {
	for _, test := range []struct {
		name, charset, text, want string
		ok                        bool
	}{
		{"UTF-8", "", "张三", "张三", true},
		{"GBK in latin1", "gbk-in-latin1", "张三", "ÕÅÈý", true},
		{"not in GBK", "gbk", "𠀀", "", false},
		{"unknown charset", "big5", "张三", "", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, ok := Encode(test.charset, test.text); got != test.want || ok != test.ok {
				t.Errorf("%q, %v; want %q, %v", got, ok, test.want, test.ok)
			}
		})
	}
}
