package faults

import (
	"encoding/json"
	"testing"
)

// TestJudge: a judge who lets everything pass would find no fault in any gateway.
func TestJudge(t *testing.T) {
	const all = `{"a":{"b":1,"c":[{"d":"x"},{"d":null}]},"s":{"n":[1,2],"missingSystems":[]}}`
	told := func(path string) string {
		return `"errors":[{"path":` + path + `,"extensions":{"code":"X","system":"LEGAL_AID"}}]`
	}
	for _, test := range []struct {
		name, answer                   string
		isWhole, isWrong, isSilentNull bool
	}{
		{"the truth", `{"data":` + all + `}`, true, false, false},
		{"in another order", `{"data":{"s":{"n":[1,2],"missingSystems":[]},"a":{"b":1,"c":[{"d":"x"},{"d":null}]}}}`,
			true, false, false},
		{"another number", `{"data":{"a":{"b":2,"c":[{"d":"x"},{"d":null}]},"s":{"n":[1,2],"missingSystems":[]}}}`,
			false, true, false},
		{"a row less", `{"data":{"a":{"b":1,"c":[{"d":"x"}]},"s":{"n":[1,2],"missingSystems":[]}}}`, false, true, false},
		{"a value where there is none", `{"data":{"a":{"b":1,"c":[{"d":"x"},{"d":"y"}]},"s":{"n":[1,2],"missingSystems":[]}}}`,
			false, true, false},
		{"a null", `{"data":{"a":{"b":null,"c":[{"d":"x"},{"d":null}]},"s":{"n":[1,2],"missingSystems":[]}}}`,
			false, false, true},
		{"a null that is told", `{"data":{"a":{"b":null,"c":[{"d":"x"},{"d":null}]},"s":{"n":[1,2],"missingSystems":[]}},` +
			told(`["a","b"]`) + `}`, false, false, false},
		{"a null for what is below", `{"data":{"a":null,"s":{"n":[1,2],"missingSystems":[]}},` + told(`["a","c",0,"d"]`) + `}`,
			false, false, false},
		{"a null told elsewhere", `{"data":{"a":{"b":null,"c":[{"d":"x"},{"d":null}]},"s":{"n":[1,2],"missingSystems":[]}},` +
			told(`["a","c"]`) + `}`, false, false, true},
		{"a null below what is told", `{"data":{"a":{"b":null,"c":[{"d":"x"},{"d":null}]},"s":{"n":[1,2],"missingSystems":[]}},` +
			told(`["a"]`) + `}`, false, false, false},
		{"a row less, which is told", `{"data":{"a":{"b":1,"c":[{"d":null}]},"s":{"n":[1,2],"missingSystems":[]}},` +
			told(`["a","c"]`) + `}`, false, false, false},
		{"another row, which is not", `{"data":{"a":{"b":1,"c":[{"d":"y"}]},"s":{"n":[1,2],"missingSystems":[]}},` +
			told(`["a","c"]`) + `}`, false, true, false},
		{"a row less, told of one row", `{"data":{"a":{"b":1,"c":[{"d":null}]},"s":{"n":[1,2],"missingSystems":[]}},` +
			told(`["a","c",0]`) + `}`, false, true, false},
		{"a null told of another system", `{"data":{"a":{"b":null,"c":[{"d":"x"},{"d":null}]},"s":{"n":[1,2],` +
			`"missingSystems":[]}},"errors":[{"path":["a","b"],"extensions":{"system":"PUBLICITY"}}]}`, false, false, true},
		{"everything, and an error", `{"data":` + all + `,` + told(`["a","b"]`) + `}`, false, false, false},
		{"a page without a system", `{"data":{"a":{"b":1,"c":[{"d":"x"},{"d":null}]},"s":{"n":[1],` +
			`"missingSystems":["LEGAL_AID"]}}}`, false, false, false},
		{"a page without another one", `{"data":{"a":{"b":1,"c":[{"d":"x"},{"d":null}]},"s":{"n":[1],` +
			`"missingSystems":["PUBLICITY"]}}}`, false, true, false},
		{"nothing", `{"data":null}`, false, false, true},
		{"nothing, which is told", `{"data":null,"errors":[{"message":"x"}]}`, false, false, false},
	} {
		truth, err := newTruth(json.RawMessage(all))
		if err != nil {
			t.Fatal(err)
		}
		var a answer
		if err := json.Unmarshal([]byte(test.answer), &a); err != nil {
			t.Fatal(test.name, err)
		}
		v := judge(truth, a, "LEGAL_AID")
		if v.isWhole != test.isWhole || v.wrong != "" != test.isWrong || v.silent != "" != test.isSilentNull {
			t.Errorf("%s: %+v", test.name, v)
		}
	}
}
