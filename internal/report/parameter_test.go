package report

import (
	"net/url"
	"testing"

	"github.com/vektah/gqlparser/v2"

	"github.com/bureaugraph/bureaugraph/internal/mask"
)

// FuzzDecode reads whatever an address can hold: it must not panic, must not repeat a
// value in a finding, and what it takes without a finding must be what the types want.
func FuzzDecode(f *testing.F) {
	s, err := gqlparser.LoadSchema(source(`
		type Query { a(i: Int, f: Float, b: Boolean, d: Date, e: [E!], t: String, o: O, l: [O!], who: ResidentNumber): String }
		input O { i: Int e: E o: O l: [O!] s: [String!] } enum E { ONE TWO } scalar Date scalar ResidentNumber`))
	if err != nil {
		f.Fatal(err)
	}
	document, errs := gqlparser.LoadQueryWithRules(s,
		"query($i: Int, $f: Float, $b: Boolean, $d: Date, $e: [E!], $t: String, $o: O, $l: [O!], $who: ResidentNumber) { a(i: $i, f: $f, b: $b, d: $d, e: $e, t: $t, o: $o, l: $l, who: $who) }", nil)
	if errs != nil {
		f.Fatal(errs)
	}
	operation := document.Operations[0]
	parameters := New(s, document, operation, nil, nil, WholeList).Parameters(operation, nil)
	for _, seed := range []string{
		"i=1&f=1.5&b=true&d=2023-03-15&e=ONE,TWO&t=x", "o.i=1&o.o.o.e=ONE&o.s=a&o.s=b", "o={\"l\":[{\"i\":1},null,3]}",
		"l=[1]&l.x=2", "var.i=&..=&.=1&o.=2",
		"who=330199199001010145", "i=99999999999&d=2023-02-30&e=,&b=yes&f=Infinity",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		given := Given(values)
		variables, findings := parameters.Decode(given)
		findings = append(findings, parameters.InAddress(given)...)
		for _, found := range findings {
			if mask.Holds(found.Message) {
				t.Errorf("%q repeats somebody's number", found.Message)
			}
		}
		if n, ok := variables["i"]; ok && len(findings) == 0 {
			if n, isInt := n.(int64); !isInt || n != int64(int32(n)) {
				t.Errorf("i is %v", n)
			}
		}
	})
}

func TestChineseName(t *testing.T) {
	for description, want := range map[string]string{
		"The day. 受理日期，未受理或无法识别为空。": "受理日期",
		"Open · 在办": "在办",
		"A district (镇街), by GB/T 2260 division code. 镇街。": "镇街",
		"See 浙萧援民〔2023〕1号. For example. 案号原文。":             "案号原文",
		"只有中文（一）。":                                         "只有中文",
		"Only English.":                                    "",
		"":                                                 "",
	} {
		if got := chineseName(description); got != want {
			t.Errorf("%q: %q, want %q", description, got, want)
		}
	}
}
