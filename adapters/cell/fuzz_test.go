package cell

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// fuzzSpecs has a spec for every kind, and for every option that changes how a cell reads.
func fuzzSpecs() []Spec {
	codes := map[string]string{"1": "A", "02": "B", "已结案": "C"}
	return []Spec{
		{Kind: "text", Empty: []string{"无"}},
		{Kind: "text", Markup: true},
		{Kind: "text", Charset: "gbk"},
		{Kind: "text", Charset: "gbk-in-latin1"},
		{Kind: "text", Charset: "utf8-in-latin1"},
		{Kind: "personName"},
		{Kind: "address"},
		{Kind: "phone"},
		{Kind: "key"},
		{Kind: "int", From: "-5", Before: "5000"},
		{Kind: "decimal"},
		{Kind: "money", Unit: "yuan", Empty: []string{"0"}},
		{Kind: "money", Unit: "wan"},
		{Kind: "bool", Values: map[string]string{"Y": "true", "0": "false", "1": "true"}},
		{Kind: "day"},
		{Kind: "day", Layouts: []string{"20060102", "2006-1-2", "2006年1月2日", "2006-01-02 15:04:05.0", "chinese"}},
		{Kind: "day", Layouts: []string{"excel", "epoch-ms"}},
		{Kind: "instant", Layouts: []string{"20060102150405", "epoch-s"}},
		{Kind: "partialDay", Layouts: []string{"2006-01", "2006", "2006-01-02", "chinese"}},
		{Kind: "enum", Values: codes, Else: "OTHER"},
		{Kind: "enum", Values: codes},
		{Kind: "enums", Values: codes, Separator: "|,", Else: "OTHER"},
		{Kind: "enums", Values: map[string]string{"1": "A", "2": "B"}, Positional: true},
		{Kind: "list"},
		{Kind: "residentId"},
		{Kind: "creditCode"},
		{Kind: "licence"},
		{Kind: "caseNumber"},
		{Kind: "town"},
		{Kind: "department"},
	}
}

func FuzzCell(f *testing.F) {
	for _, seed := range []string{
		"", " 张三\x00", "张?", "<p>a&nbsp;b</p><script", "\xd5\xc5\xc8\xfd", "ÕÅÈý", "å¼\u00a0ä¸‰",
		"0571-82821234", "1234.000", "1.2345E4", "20140102030405067890", "007", "1,234.50", "１２３", "3,000元", "￥1.5万元",
		"Y", "\x00", "\x01", "2023-03-15", "20230315", "2023年3月15日（通知）", "2023-03-15 09:30:00.0", "二〇二三年三月廿五日",
		"0000-00-00", "45000.5", "1678843805000", "20230315093000", "2023-03", "2024-00-00", "02", "1.0", "1|02|x",
		"0, 1, x", "王一,王二，",
		"330199197202290145", "33019919900101002x", "330199640815017", "'E12345678", "91350100M000100Y43", "MB1D0001-2",
		"13301201810123456",
		"萧政复〔2023〕12号", "(2023)浙杭萧证民字第0123-126号", "AXSD00-2023-0003", "临浦司法所", "0609",
	} {
		f.Add([]byte(seed))
	}
	specs := fuzzSpecs()
	var kinds []string
	codecs := make([]Codec, len(specs))
	for i, spec := range specs {
		codec, err := New(spec, testEnv())
		if err != nil {
			f.Fatalf("%s: %v", spec.Kind, err)
		}
		codecs[i] = codec
		kinds = append(kinds, spec.Kind)
	}
	slices.Sort(kinds)
	if diff := cmp.Diff(Kinds(), slices.Compact(kinds)); diff != "" {
		f.Fatalf("kinds (-all +fuzzed):\n%s", diff)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for i, codec := range codecs {
			checkCell(t, specs[i], codec, raw)
		}
	})
}

// checkCell states what holds for every cell of every kind.
func checkCell(t *testing.T, spec Spec, codec Codec, raw []byte) {
	t.Helper()
	before := string(raw)
	value, problem := codec.Decode(raw)
	if string(raw) != before {
		t.Fatalf("%s changes the cell %q to %q", spec.Kind, before, raw)
	}
	if problem != nil && (value == nil) != (problem.Severity == Dropped) {
		t.Errorf("%s of %q: value %v with %v", spec.Kind, raw, plain(value), finding(problem))
	}
	if again, _ := codec.Decode([]byte(before)); !reflect.DeepEqual(plain(again), plain(value)) {
		t.Errorf("%s of %q: %v, then %v", spec.Kind, raw, plain(value), plain(again))
	}
	if value == nil {
		return
	}
	checkInvented(t, spec, raw, plain(value))
	checkSpellings(t, spec, codec, canonicalText(value))
	checkSpellings(t, spec, codec, before)
}

// checkSpellings: whatever text is asked for, its spellings read as that text.
func checkSpellings(t *testing.T, spec Spec, codec Codec, canonical string) {
	t.Helper()
	spellings, _ := codec.Spell(canonical)
	if len(spellings) > 80 {
		t.Errorf("%s: %d spellings of %q", spec.Kind, len(spellings), canonical)
	}
	for _, s := range spellings {
		if value, _ := codec.Decode([]byte(s)); value == nil || canonicalText(value) != canonical {
			t.Errorf("%s: %q is spelled %q, which reads %v", spec.Kind, canonical, s, plain(value))
		}
	}
}

// checkInvented: a value is never made up, each kind has its trace in the cell.
func checkInvented(t *testing.T, spec Spec, raw []byte, value any) {
	t.Helper()
	folded := string(fold(nil, append([]byte(nil), raw...)))
	year := func(y int16) {
		if slices.Contains(spec.Layouts, "excel") || slices.Contains(spec.Layouts, "epoch-s") {
			return
		}
		arabic := strconv.Itoa(int(y))
		chinese := strings.NewReplacer("○", "〇", "零", "〇").Replace(folded)
		var numerals strings.Builder
		for _, d := range arabic {
			numerals.WriteString(string([]rune("〇一二三四五六七八九")[d-'0']))
		}
		if !strings.Contains(folded, arabic) && !strings.Contains(chinese, numerals.String()) {
			t.Errorf("%s of %q: year %d is invented", spec.Kind, raw, y)
		}
	}
	listed := func(text string) {
		for _, v := range spec.Values {
			if v == text {
				return
			}
		}
		if text != spec.Else {
			t.Errorf("%s of %q: %q is invented", spec.Kind, raw, text)
		}
	}
	// digits: the digits of the value stand in the cell in this order
	digits := func(text string) {
		at := 0
		for _, d := range strings.TrimLeft(text, "-0.") {
			if d < '1' || d > '9' {
				continue
			}
			found := strings.IndexRune(folded[at:], d)
			if found < 0 {
				t.Errorf("%s of %q: %q is invented", spec.Kind, raw, text)
				return
			}
			at += found + 1
		}
	}
	switch v := value.(type) {
	case model.Date:
		year(v.Year)
	case model.PartialDate:
		year(v.Year)
	case int:
		if string(raw) != "\x01" { // bit(1)
			digits(strconv.Itoa(v))
		}
	case model.Decimal:
		digits(string(v))
	case bool:
		listed(strconv.FormatBool(v))
	case []string:
		for _, item := range v {
			if strings.HasPrefix(spec.Kind, "enum") {
				listed(item)
			} else if !strings.Contains(string(raw), item) || strings.TrimFunc(item, isBlank) == "" {
				t.Errorf("%s of %q: %q is invented", spec.Kind, raw, item)
			}
		}
	case model.ResidentNumber:
		if !utf8.ValidString(string(v)) || len(v) == 0 {
			t.Errorf("%s of %q: %q", spec.Kind, raw, string(v))
		}
	case string:
		switch spec.Kind {
		case "enum":
			listed(v)
		case "licence", "key":
			digits(v)
		case "town", "department":
			if _, ok := testEnv().Towns.Find(v); !ok {
				if _, ok := testEnv().Departments.Find(v); !ok && v != "health" {
					t.Errorf("%s of %q: %q is invented", spec.Kind, raw, v)
				}
			}
		case "text":
			if spec.Charset == "" && !spec.Markup && !strings.Contains(string(raw), v) {
				t.Errorf("%s of %q: %q is invented", spec.Kind, raw, v)
			}
		}
	}
}
