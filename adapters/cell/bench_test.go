package cell

import "testing"

func BenchmarkDecode(b *testing.B) {
	for _, bench := range []struct {
		name string
		spec Spec
		raw  string
	}{
		{"text", Spec{Kind: "text"}, "关于规范行政执法的通知"},
		{"text in ASCII", Spec{Kind: "text"}, "PF-2023-0123"},
		{"text GBK in latin1", Spec{Kind: "text", Charset: "gbk-in-latin1"}, "ÕÅÈý"},
		{"enum", Spec{Kind: "enum", Values: map[string]string{"10": "APPLIED", "20": "GRANTED"}}, "20"},
		{"bool", Spec{Kind: "bool", Values: map[string]string{"Y": "true", "N": "false"}}, "N"},
		{"day", Spec{Kind: "day"}, "2023-03-15"},
		{"day in text", Spec{Kind: "day", Layouts: []string{"20060102", "2006-1-2", "2006年1月2日"}}, "2023年3月15日"},
		{"instant", Spec{Kind: "instant"}, "2023-03-15 09:30:00"},
		{"money", Spec{Kind: "money", Unit: "yuan"}, "3,000.50"},
		{"int", Spec{Kind: "int"}, "120"},
		{"key", Spec{Kind: "key"}, "1234.000"},
		{"residentId", Spec{Kind: "residentId"}, "330199197202290145"},
		{"town", Spec{Kind: "town"}, "临浦镇"},
		{"list", Spec{Kind: "list"}, "王一,王二"},
		{"caseNumber", Spec{Kind: "caseNumber"}, "萧政复〔2023〕12号"},
	} {
		codec, err := New(bench.spec, testEnv())
		if err != nil {
			b.Fatal(err)
		}
		raw := []byte(bench.raw)
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if value, problem := codec.Decode(raw); value == nil || problem != nil {
					b.Fatal(problem)
				}
			}
		})
	}
}

// TestDecodeAllocates: enums, flags, towns and findings cost nothing.
func TestDecodeAllocates(t *testing.T) {
	for _, test := range []struct {
		name string
		spec Spec
		raw  string
		want float64
	}{
		{"enum", Spec{Kind: "enum", Values: map[string]string{"已结案": "CLOSED"}}, "已结案", 0},
		{"unlisted code", Spec{Kind: "enum", Values: map[string]string{"1": "A"}, Else: "OTHER"}, "2", 0},
		{"bool", Spec{Kind: "bool", Values: map[string]string{"Y": "true"}}, "Ｙ", 0},
		{"town", Spec{Kind: "town"}, "临浦镇", 0},
		{"impossible day", Spec{Kind: "day"}, "2021-02-31", 0},
		{"day", Spec{Kind: "day"}, "2023-03-15", 1},
		{"int", Spec{Kind: "int"}, "1234", 1},
		{"money", Spec{Kind: "money", Unit: "yuan"}, "￥3,000.5元", 1},
		{"text", Spec{Kind: "text", Charset: "gbk-in-latin1"}, "ÕÅÈý", 2},
		{"residentId", Spec{Kind: "residentId"}, "33019919900101002x", 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			codec, err := New(test.spec, testEnv())
			if err != nil {
				t.Fatal(err)
			}
			raw := []byte(test.raw)
			codec.Decode(raw)
			if got := testing.AllocsPerRun(100, func() { codec.Decode(raw) }); got > test.want {
				t.Errorf("%v allocations, want %v", got, test.want)
			}
		})
	}
}
