package transport

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// refusal is the first error of an answer with its code; "" is none.
func refusal(t *testing.T, body []byte) (message string, code fault.Code) {
	t.Helper()
	var answer struct {
		Errors []struct {
			Message    string
			Extensions struct{ Code fault.Code }
		}
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Errors) == 0 {
		return "", ""
	}
	return answer.Errors[0].Message, answer.Errors[0].Extensions.Code
}

// TestBuiltInTypes holds what is taken for a value of a built-in type against the
// specification (GraphQL, September 2025, 3.5 and 3.9), in variables and in the text.
func TestBuiltInTypes(t *testing.T) {
	h := handler(t, Options{}, nil)
	values := map[string]map[string]bool{ // type -> JSON text -> whether it is one
		"Int": {`2`: true, `-2`: true, `2.0`: true, `2e3`: true, `null`: true, `2147483647`: true, `-2147483648`: true,
			`2147483648`: false, `-2147483649`: false, `3e9`: false, `9223372036854775808`: false, `"2"`: false,
			`" 2"`: false, `""`: false, `true`: false,
			`2.5`: false, `[2,3]`: false, `{}`: false},
		"Float":   {`2`: true, `2.5`: true, `1e300`: true, `"2"`: false, `"2.5"`: false, `"NaN"`: false, `true`: false},
		"String":  {`"2"`: true, `"\ud83d\ude00"`: true, `2`: false, `2.5`: false, `true`: false, `{}`: false},
		"Boolean": {`true`: true, `"true"`: false, `1`: false, `0`: false},
		"ID":      {`"a"`: true, `2`: true, `true`: false, `2.5`: false},
		"Kind":    {`"AGENT"`: true, `"agent"`: false, `"Agent"`: false, `"NONE"`: false, `1`: false, `true`: false},
		"[Kind!]": {`["AGENT"]`: true, `"AGENT"`: true, `["agent"]`: false, `[null]`: false},
		"Numbers": {`{"first":1}`: true, `{"list":[1,2]}`: true, `{"list":1}`: true, `{"first":"1"}`: false,
			`{"list":[1,"2"]}`: false, `{"list":"2"}`: false,
			`{"inner":{"inner":{"first":"1"}}}`: false, `{"inner":{"list":[4294967296]}}`: false},
	}
	arguments := map[string]string{"Int": "first", "Float": "share", "String": "name", "Boolean": "isMinor", "ID": "id",
		"Kind": "kind", "[Kind!]": "kinds", "Numbers": "in"}
	for kind, texts := range values {
		for text, isOne := range texts {
			t.Run(kind+" "+text, func(t *testing.T) {
				query := "query ($v: " + kind + ") { people(" + arguments[kind] + ": $v) { name } }"
				w := post(t, h, `{"query":`+strconv.Quote(query)+`,"variables":{"v":`+text+`}}`, modern)
				message, code := refusal(t, w.Body.Bytes())
				switch {
				case isOne && message != "":
					t.Errorf("refused: %s", message)
				case !isOne && (w.Code != 400 || code != fault.BadInput):
					t.Errorf("%d %s %q; want a request error", w.Code, code, message)
				case !isOne && !strings.HasPrefix(message, "variable $v"):
					t.Errorf("%q does not name the variable", message)
				}
			})
		}
	}
	for text, isOne := range map[string]bool{`first: 2`: true, `first: 2147483647`: true, `first: 2147483648`: false,
		`first: "2"`: false, `first: 2.0`: false,
		`first: -2147483649`: false, `in: {list: [1, 99999999999]}`: false, `share: 99999999999`: true,
		`id: 99999999999`: true, `kinds: agent`: false} {
		w := post(t, h, ask(t, "{ people("+text+") { name } }", nil), modern)
		if message, _ := refusal(t, w.Body.Bytes()); (message == "") != isOne || (w.Code == 200) != isOne {
			t.Errorf("%s: %d %q; want it to be taken: %t", text, w.Code, message, isOne)
		}
	}
}

// TestHalvesOfCharacters writes every surrogate alone, and in pairs, wherever a text can
// stand.
func TestHalvesOfCharacters(t *testing.T) {
	h := handler(t, Options{}, nil)
	ask := func(t *testing.T, name, inQuery, inVariable string, isText bool) {
		t.Helper()
		bodies := map[string]string{
			"query": `{"query":` + strconv.Quote(`{ people(name: "`+inQuery+`") { name } }`) + `}`,
			"variable": `{"query":"query ($n: String) { people(name: $n) { name } }","variables":{"n":"` + inVariable +
				`"}}`,
			"key": `{"query":"{ people { name } }","x` + inVariable + `":1}`,
		}
		for where, body := range bodies {
			w := post(t, h, body, modern)
			if message, _ := refusal(t, w.Body.Bytes()); (w.Code == 200) != isText {
				t.Errorf("%s in the %s: %d %q; want it to be taken: %t", name, where, w.Code, message, isText)
			}
		}
	}
	for r := rune(0xD800); r < 0xE000; r += 0x25 {
		text := `\u` + strconv.FormatInt(int64(r), 16)
		for _, around := range []string{"%", "a%b", `\\%`, `\"%`, `%\\`, "%" + text, `中%文`} {
			written := strings.ReplaceAll(around, "%", text)
			ask(t, written, written, written, false)
		}
		ask(t, "an escaped backslash", `\`+text, `\`+text, true) // the letters u, d, 8 ...
	}
	for _, r := range []rune{0x10000, 0x1F600, 0x20BB7, 0x10FFFF} {
		high, low := utf16.EncodeRune(r)
		text := `\u` + strconv.FormatInt(int64(high), 16) + `\u` + strings.ToUpper(strconv.FormatInt(int64(low), 16))
		ask(t, text, text, text, true)
		ask(t, "two pairs", text+text, text+text, true)
	}
	ask(t, "a replacement character", "\uFFFD", "\uFFFD", true)
	w := post(t, h, `{"query":`+strconv.Quote(`{ people(name: """\uD842""") { name } } # \uD842`)+`}`, modern)
	if w.Code != 200 {
		t.Errorf("a block string and a comment have no escapes: %d %s", w.Code, w.Body)
	}
}
