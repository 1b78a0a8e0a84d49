package reference

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// provinces are the names of GB/T 2260 at its highest level.
var provinces = strings.Fields(`北京市 天津市 河北省 山西省 内蒙古自治区 辽宁省 吉林省 黑龙江省 上海市 江苏省 浙江省 安徽省 福建省 江西省 山东省 河南省
	湖北省 湖南省 广东省 广西壮族自治区 海南省 重庆市 四川省 贵州省 云南省 西藏自治区 陕西省 甘肃省 青海省 宁夏回族自治区 新疆维吾尔自治区
	台湾省 香港特别行政区 澳门特别行政区`)

// Within implements cell.Divisions. What counts is the name at its place: the district's own
// provinces, city and towns by the reference data, each directly behind the one before, and
// of other districts province, city and district by their last character, directly behind
// a province or city. No town of theirs is known, so none is shown: 水乡 may be the
// beginning of an estate's name.
func (t *Towns) Within(address string) string {
	at, depth := 0, 0
	for i, name := range t.above {
		if n := named(address[at:], name, i < len(t.above)-1); n > 0 {
			at, depth = at+n, i+1
		}
	}
	if n := t.town(address[at:]); n > 0 && (depth == len(t.above) || at == 0) {
		return address[:at+n]
	}
	if depth == len(t.above) {
		return address[:at]
	}
	if short := named(address[at:], t.above[len(t.above)-1], true); short > 0 { // 萧山临浦镇
		if n := t.town(address[at+short:]); n > 0 {
			return address[:at+short+n]
		}
	}
	return address[:elsewhere(address, at, depth > 0 && depth == len(t.above)-1)]
}

// town is how much of a text the name of a town of the district takes at its beginning.
func (t *Towns) town(text string) int {
	for _, name := range t.names {
		if n := named(text, name, false); n > 0 {
			return n
		}
	}
	return 0
}

// elsewhere is how much of an address outside the district names divisions; at is how much
// is known of it, inCity whether that ends with the city.
func elsewhere(address string, at int, inCity bool) int {
	if at == 0 {
		for _, name := range provinces {
			if n := named(address, name, false); n > 0 {
				at = n
				inCity = strings.HasSuffix(name, "市")
				break
			}
		}
	}
	known := at > 0
	if !inCity {
		n := ending(address[at:], "自治州", "地区", "市", "州", "盟")
		if n == 0 {
			return at
		}
		if below := ending(address[at+n:], "区", "县", "市", "旗"); below > 0 {
			return at + n + below
		}
		if !known { // one name alone may be anything
			return 0
		}
		return at + n
	}
	return at + ending(address[at:], "区", "县", "市", "旗")
}

// named is how much of the text a name takes at its beginning, with blanks and commas before
// it; 0 when it does not stand there. bare allows it without its last character, 浙江.
func named(text, name string, bare bool) int {
	start := strings.TrimLeft(text, " ,，、-/\u3000")
	skipped := len(text) - len(start)
	if strings.HasPrefix(start, name) {
		return skipped + len(name)
	}
	_, last := utf8.DecodeLastRuneInString(name)
	if short := name[:len(name)-last]; bare && utf8.RuneCountInString(short) > 1 && strings.HasPrefix(start, short) {
		return skipped + len(short)
	}
	return 0
}

// ending is how much of the text is a name of two to five Chinese characters and one of the
// words behind it; 0 when a word of roads, houses and estates comes first.
func ending(text string, words ...string) int {
	start := strings.TrimLeft(text, " ,，、-/\u3000")
	letters := 0
	for i, r := range start {
		if letters >= 2 {
			for _, word := range words {
				if before, _ := utf8.DecodeLastRuneInString(start[:i]); strings.HasPrefix(start[i:], word) &&
					!strings.ContainsRune("小社园景校厂住库片东西南北一二三四五", before) {
					return len(text) - len(start) + i + len(word)
				}
			}
		}
		if !unicode.Is(unicode.Han, r) || strings.ContainsRune("路街道巷弄号幢栋室楼村组镇乡苑园坊里", r) || letters == 5 {
			return 0
		}
		letters++
	}
	return 0
}

// parts takes the longest prefix of a district's spellings apart: 浙江省杭州市萧山区.
func parts(prefixes []string, district string) []string {
	longest := district
	for _, p := range prefixes {
		if len(p) > len(longest) && strings.HasSuffix(p, district) {
			longest = p
		}
	}
	rest, _ := strings.CutSuffix(longest, district)
	var names []string
	for rest != "" {
		n := 0
		for _, name := range provinces {
			if strings.HasPrefix(rest, name) {
				n = len(name)
			}
		}
		if n == 0 {
			n = ending(rest, "自治州", "地区", "市", "州", "盟")
		}
		if n == 0 {
			n = len(rest)
		}
		names, rest = append(names, rest[:n]), rest[n:]
	}
	return append(names, district)
}
