package model

import "testing"

func TestCertificateSerials(t *testing.T) {
	for _, test := range []struct {
		name, key   string
		first, last int // 0 when unreadable
	}{
		{"single", "(2023)浙杭萧证民字第123号", 123, 123},
		{"range", "(2023)浙杭萧证民字第123-126号", 123, 126},
		{"no 号", "(2012)浙杭萧证民内字第7", 7, 7},
		{"no serial", "(2023)浙杭萧证民字第号", 0, 0},
		{"year only", "(2023)", 0, 0},
		{"blank", "", 0, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := &NotarialCertificate{NumberKey: &test.key}
			for _, side := range []struct {
				name string
				got  *int
				want int
			}{{"first", c.FirstSerial(), test.first}, {"last", c.LastSerial(), test.last}} {
				switch {
				case side.got == nil && side.want != 0:
					t.Errorf("no %s serial, want %d", side.name, side.want)
				case side.got != nil && *side.got != side.want:
					t.Errorf("%s serial %d, want %d", side.name, *side.got, side.want)
				}
			}
		})
	}
	t.Run("no number", func(t *testing.T) {
		if got := new(NotarialCertificate).FirstSerial(); got != nil {
			t.Errorf("first serial %d, want none", *got)
		}
	})
}

func TestNotarialStatusLabel(t *testing.T) {
	issued, other := NotarialStatusIssued, NotarialStatusOther
	word := "退件重办"
	for _, test := range []struct {
		name   string
		matter NotarialMatter
		want   string
	}{
		{"known", NotarialMatter{Status: &issued}, "出证"},
		{"unknown word", NotarialMatter{Status: &other, StatusCode: &word}, word},
		{"unknown, word not read", NotarialMatter{Status: &other}, "其他"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := test.matter.StatusLabel(); got == nil || *got != test.want {
				t.Errorf("label %v, want %s", got, test.want)
			}
		})
	}
	t.Run("none", func(t *testing.T) {
		if got := new(NotarialMatter).StatusLabel(); got != nil {
			t.Errorf("label %s, want none", *got)
		}
	})
}
