package cell

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
)

func TestPlace(t *testing.T) {
	spelled{"town", Spec{Kind: "town", Empty: []string{"0"}}, []reading{
		{raw: "330109105", want: "330109105"},
		{raw: " 临浦镇 ", want: "330109105"},
		{raw: "临浦司法所", want: "330109105"},
		{name: "village", raw: "330109105201", want: "330109105"},
		{name: "old code", raw: "330109109", want: "330109012"},
		{name: "decimal", raw: "330109109.000", want: "330109012"},
		{name: "full-width", raw: "３３０１０９１０５", want: "330109105"},
		{name: "again", raw: "临浦镇", want: "330109105"},
		{raw: "0"},
		{raw: "义蓬镇", finding: "UNKNOWN_TOWN DROPPED"},
	}}.run(t)
	spelled{"department", Spec{Kind: "department"}, []reading{
		{raw: "司法局", want: "justice"},
		{raw: "0609", want: "health"},
		{raw: "不存在局", finding: "UNKNOWN_DEPARTMENT DROPPED"},
	}}.run(t)
	codec, err := New(Spec{Kind: "town", Charset: "gbk-in-latin1"}, testEnv())
	if err != nil {
		t.Fatal(err)
	}
	got, known := codec.Spell("330109012")
	want := []string{"330109012", "330109109", legacy.Mojibake("闻堰街道", "gbk"), legacy.Mojibake("闻堰镇", "gbk")}
	if diff := cmp.Diff(want, got); diff != "" || !known {
		t.Errorf("known %v (-want +got):\n%s", known, diff)
	}
}

// everywhere resolves every text to itself.
type everywhere struct{}

func (everywhere) Find(text string) (string, bool) { return text, true }
func (everywhere) Spellings(id string) []string    { return []string{id} }

func TestPlaceRemembersNoMoreThanItMay(t *testing.T) {
	codec, err := New(Spec{Kind: "town"}, Env{Towns: everywhere{}})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 * maxSeen {
		text := fmt.Sprint("t", i)
		if value, _ := codec.Decode([]byte(text)); plain(value) != text {
			t.Fatalf("%s gives %v", text, plain(value))
		}
	}
	if n := len(*codec.(*placeCodec).seen.Load()); n != maxSeen {
		t.Errorf("%d texts remembered", n)
	}
}
