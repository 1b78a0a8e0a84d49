package cell

import "testing"

func TestTwin(t *testing.T) {
	for name, c := range map[string]struct {
		charset, code, label string
		want                 bool
	}{
		"agree":                    {"", "10", "待审", false},
		"disagree":                 {"", "10", "通过", true},
		"blank label":              {"", "10", " ", false},
		"code without label":       {"", "99", "通过", false},
		"full-width code":          {"", "１０", "通过", true},
		"undecodable label":        {"utf8-in-latin1", "10", "ÿÿ", false},
		"label in another charset": {"utf8-in-latin1", "10", "å¾…å®¡", false},
	} {
		t.Run(name, func(t *testing.T) {
			twin, err := NewTwin(Spec{Charset: c.charset, Labels: map[string]string{"10": "待审", "20": "通过"}})
			if err != nil {
				t.Fatal(err)
			}
			if got := twin.Disagrees([]byte(c.code), []byte(c.label)); got != c.want {
				t.Errorf("Disagrees(%q, %q) = %v, want %v", c.code, c.label, got, c.want)
			}
		})
	}
}
