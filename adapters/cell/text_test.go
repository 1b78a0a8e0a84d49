package cell

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

func TestText(t *testing.T) {
	spelled{"text", Spec{Kind: "text", Empty: []string{"无", " - "}}, []reading{
		{raw: "关于规范的通知", want: "关于规范的通知"},
		{name: "outer blanks and NULs", raw: "\ufeff \u3000 关于 规范\u00a0\x00\x00", want: "关于 规范"},
		{name: "ideographic blanks", raw: "\u3000\u00a0\u200b"},
		{name: "declared empty", raw: " 无 "},
		{name: "declared dash", raw: "-"},
		{name: "full-width stays", raw: "Ａ１", want: "Ａ１"},
		{name: "replacement character", raw: "张\ufffd", want: "张\ufffd", finding: "LOST_CHARACTERS SUSPECT"},
		{name: "lost between", raw: "李?明的申请", want: "李?明的申请", finding: "LOST_CHARACTERS SUSPECT"},
		{name: "lost at the end of a name", raw: "张?", want: "张?", finding: "LOST_CHARACTERS SUSPECT"},
		{name: "lost twice", raw: "张??", want: "张??", finding: "LOST_CHARACTERS SUSPECT"},
		{name: "lost at the start", raw: "?三", want: "?三", finding: "LOST_CHARACTERS SUSPECT"},
		{name: "question", raw: "是否应当受理?", want: "是否应当受理?"},
		{name: "question in Latin", raw: "why? now", want: "why? now"},
		{name: "URL", raw: "http://x/?a=1", want: "http://x/?a=1"},
		{name: "full-width question mark", raw: "真的？", want: "真的？"},
		{name: "no UTF-8", raw: "\xd5\xc5\xc8\xfd", finding: "UNDECODABLE_TEXT DROPPED"},
		{name: "markup stays", raw: "<p>a</p>", want: "<p>a</p>"},
	}}.run(t)
	spelled{"personName", Spec{Kind: "personName"}, []reading{
		{raw: "张三先生", want: model.PersonName("张三先生")},
		{raw: " 王𠀀 ", want: model.PersonName("王𠀀")},
		{raw: "李?", want: model.PersonName("李?"), finding: "LOST_CHARACTERS SUSPECT"},
	}}.run(t)
	spelled{"phone", Spec{Kind: "phone", Empty: []string{"0"}}, []reading{
		{raw: " 13800001234", want: model.Phone("13800001234")},
		{raw: "０５７１－８２８２１２３４", want: model.Phone("0571-82821234")},
		{raw: "0571-82821234转8001", want: model.Phone("0571-82821234转8001")},
		{raw: "无", finding: "NOT_A_NUMBER DROPPED"},
		{raw: "0"},
	}}.run(t)
}

// divisions stand for the reference data, of which adapters/reference tests the rest.
type divisions struct{}

func (divisions) Within(address string) string {
	if strings.HasPrefix(address, "临浦镇") {
		return "临浦镇"
	}
	return ""
}

func TestAddress(t *testing.T) {
	for _, test := range []struct {
		env  Env
		raw  string
		want *model.Address
		rule Rule
	}{
		{Env{Divisions: divisions{}}, " 临浦镇 1 号", &model.Address{Within: "临浦镇"}, ""},
		{Env{Divisions: divisions{}}, "某路1号", &model.Address{}, ""},
		{Env{Divisions: divisions{}}, "临浦镇?家村", &model.Address{Within: "临浦镇"}, LostCharacters},
		{Env{}, "临浦镇 1 号", &model.Address{}, ""},
		{Env{}, "无", nil, ""},
	} {
		codec, err := New(Spec{Kind: "address", Empty: []string{"无"}}, test.env)
		if err != nil {
			t.Fatal(err)
		}
		got, problem := codec.Decode([]byte(test.raw))
		if address, _ := got.(*model.Address); !cmp.Equal(address, test.want) ||
			(problem == nil) != (test.rule == "") || problem != nil && problem.Rule != test.rule {
			t.Errorf("%q is %v, %v", test.raw, got, problem)
		}
	}
}

func TestTextSpell(t *testing.T) {
	for _, test := range []struct {
		name      string
		spec      Spec
		canonical string
		want      []string
		known     bool
	}{
		{"as it is", Spec{Kind: "text"}, "张三", []string{"张三"}, true},
		{"latin1 column with GBK", Spec{Kind: "personName", Charset: "gbk-in-latin1"}, "张三", []string{"ÕÅÈý"}, true},
		{"latin1 column with UTF-8", Spec{Kind: "personName", Charset: "utf8-in-latin1"}, "张三", []string{"å¼\u00a0ä¸‰"},
			true},
		{"GBK bytes", Spec{Kind: "personName", Charset: "gbk"}, "张三", []string{"\xd5\xc5\xc8\xfd"}, true},
		{"four bytes", Spec{Kind: "personName", Charset: "gbk"}, "王𠀀", []string{"\xcd\xf5\x952\x826"}, true},
		{"never read", Spec{Kind: "text", Empty: []string{"无"}}, "无", nil, true},
		{"blank around", Spec{Kind: "text"}, " x ", nil, true},
		{"markup anywhere", Spec{Kind: "text", Markup: true}, "张三", nil, false},
		{"phone", Spec{Kind: "phone"}, "0571-1", []string{"0571-1", "０５７１－１"}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			codec, err := New(test.spec, Env{})
			if err != nil {
				t.Fatal(err)
			}
			got, known := codec.Spell(test.canonical)
			if known != test.known {
				t.Errorf("known is %v", known)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
