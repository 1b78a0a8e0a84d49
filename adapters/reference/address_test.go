package reference_test

import (
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters/reference"
)

// within are addresses and what may be shown of them.
var within = map[string]string{
	"浙江省杭州市萧山区市心北路108号水乡花园12幢302室": "浙江省杭州市萧山区",
	"萧山区金城路100号镇海小区3幢2单元501室":      "萧山区",
	"浙江省杭州市上城区近江街8号（原城镇居民）5幢201室":  "浙江省杭州市上城区",
	"浙江省杭州市萧山区临浦镇东藩村12组34号":        "浙江省杭州市萧山区临浦镇",
	"梅林村7组77号（北干街道）":               "",
	"北干街道梅林村7组77号":                 "北干街道",
	"杭州市萧山区北干街道":                   "杭州市萧山区北干街道",
	"杭州萧山区北干街道绿都小区":                "杭州萧山区北干街道",
	"浙江 杭州市 萧山区 城厢街道 人民路1号":        "浙江 杭州市 萧山区 城厢街道",
	"萧山临浦镇东藩村":                     "萧山临浦镇",
	"萧山城市花园3幢":                     "",
	"萧山区宁围镇顺坝村":                    "萧山区宁围镇",
	"杭州市萧山区义蓬镇蜜蜂村":                 "杭州市萧山区义蓬镇",
	"萧山区水乡花园3幢":                    "萧山区",
	"萧山区镇海小区3幢":                    "萧山区",
	"萧山区":                          "萧山区",
	"江苏省南京市江宁区东山街道88号":             "江苏省南京市江宁区",
	"上海市浦东新区张江镇1号":                 "上海市浦东新区",
	"绍兴市柯桥区钱清镇1号":                  "绍兴市柯桥区",
	"诸暨市枫桥镇1号":                     "",
	"四川省凉山彝族自治州西昌市1号":              "四川省凉山彝族自治州西昌市",
	"贵州省黔南布依族苗族自治州":                "贵州省",
	"安徽省安庆市水乡小区3幢":                 "安徽省安庆市",
	"浙江省绍兴路12号":                    "浙江省",
	"城市花园3幢":                       "",
	"阳光小区12幢":                      "",
	"330199199001010011":           "",
	"":                             "",
	"张三，萧山区北干街道":                   "",
	"杭州市城镇路8号":                     "杭州市",
}

func TestWithin(t *testing.T) {
	towns, _, err := reference.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range within {
		if got := towns.Within(address); got != want {
			t.Errorf("of %s is shown %q, want %q", address, got, want)
		}
	}
}

// FuzzWithin: what is shown begins the address and has neither digits nor words of roads,
// houses and estates.
func FuzzWithin(f *testing.F) {
	towns, _, err := reference.Embedded()
	if err != nil {
		f.Fatal(err)
	}
	for address := range within {
		f.Add(address)
	}
	f.Fuzz(func(t *testing.T, address string) {
		got := towns.Within(address)
		if !strings.HasPrefix(address, got) {
			t.Errorf("of %q is shown %q", address, got)
		}
		named := got
		for _, town := range []string{"街道", "河上镇"} { // whose own names hold such words
			named = strings.ReplaceAll(named, town, "")
		}
		if strings.ContainsAny(named, "0123456789０１２３４５６７８９路街号幢室栋楼") && !strings.Contains(got, "新街") &&
			!strings.Contains(got, "楼塔") {
			t.Errorf("of %q is shown %q", address, got)
		}
	})
}
