package mask

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The words of addresses behind which a house number stands, and those that follow it.
const (
	BeforeHouse = "路|街|巷|弄|大道|村|小区|花园|公寓|苑|幢|栋|楼|组|单元|号|座"
	BehindHouse = "号|弄|幢|栋|室|单元|组|楼|层|座|户"
)

var (
	house = regexp.MustCompile(`(?:` + BeforeHouse + `)[ 第]?([0-9０-９]{1,5}(?:[-－][0-9０-９]{1,5})*)(?:` + BehindHouse +
		`)`)
	email   = regexp.MustCompile(`[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}`)
	plate   = regexp.MustCompile(`[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·• ]?[A-Z0-9]{5,6}`)
	beside  = regexp.MustCompile(`\p{Han}{2,4}[（(：:, 　，]?[*]{10,}|\p{Han}{2,4}[（(：:, 　，]?1[3-9][0-9]\*{4}[0-9]{4}|\p{Han}{2,4}[（(：:, 　，]?0[0-9]{2,3}-\*{4}[0-9]{4}`)
	calling = regexp.MustCompile(`(?:姓名|当事人|申请人|受援人|联系人|委托人|代理人|监护人|受害人|被害人|申请执行人|投诉人|举报人|法定代表人|负责人|经办人|承办人)[:：]\s?(\p{Han}{2,4})`)
)

// Free masks what names people in a text that a clerk wrote as he liked: their numbers, see
// Text, house numbers, e-mail addresses, number plates, and names of which something tells
// that they are: those given, which stand elsewhere in the record, names directly before a
// number, and behind words such as 联系人：. Other names it cannot tell from words.
func Free(text string, names ...string) string {
	text = Text(text)
	for _, name := range names {
		if utf8.RuneCountInString(name) > 1 && strings.Contains(text, name) {
			text = strings.ReplaceAll(text, name, Name(name))
		}
	}
	if strings.ContainsRune(text, '*') { // a number was masked
		text = beside.ReplaceAllStringFunc(text, func(found string) string {
			n := strings.IndexFunc(found, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
			return nameIn(found[:n]) + found[n:]
		})
	}
	if strings.ContainsAny(text, ":：") {
		text = calling.ReplaceAllStringFunc(text, func(found string) string {
			n := strings.LastIndexAny(found, ":： ")
			_, size := utf8.DecodeRuneInString(found[n:])
			return found[:n+size] + nameAtStart(found[n+size:])
		})
	}
	if HasDigit(text) {
		text = houses(text)
		text = plate.ReplaceAllStringFunc(text, func(found string) string { return between(found, 2, 2) })
	}
	if strings.ContainsRune(text, '@') {
		text = email.ReplaceAllStringFunc(text, func(found string) string {
			at := strings.LastIndexByte(found, '@')
			return hidden(found[:at]) + found[at:]
		})
	}
	return text
}

// houses hides house numbers.
func houses(text string) string {
	for at := 0; ; {
		found := house.FindStringSubmatchIndex(text[at:])
		if found == nil {
			return text
		}
		from, to := at+found[2], at+found[3]
		stars := hidden(text[from:to])
		text = text[:from] + stars + text[to:]
		at = from + len(stars) // what follows a number may lead to the next: 108号302室
	}
}

// nameIn masks the name by which a row of Chinese characters ends: the longest of two to
// four that begins with a surname. Where none does, it stays.
func nameIn(text string) string {
	for i := range text {
		if name := text[i:]; LooksLikeName(name) {
			return text[:i] + Name(name)
		}
	}
	return text
}

// nameAtStart masks the name by which a row of Chinese characters begins.
func nameAtStart(text string) string {
	if r := []rune(text); len(r) > 3 && LooksLikeName(string(r[:3])) {
		return Name(string(r[:3])) + string(r[3:])
	}
	if LooksLikeName(text) {
		return Name(text)
	}
	return text
}

// surnames are the hundred most frequent (Ministry of Public Security, 2020) and those of
// two characters.
const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔汤向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫柏宗瞿桂全佟应臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"

// LooksLikeName tells whether a whole text may be somebody's name: two or three Chinese
// characters of which the first is a surname, or three or four with a compound surname.
func LooksLikeName(text string) bool {
	r := []rune(text)
	for _, c := range r {
		if !unicode.Is(unicode.Han, c) {
			return false
		}
	}
	for _, surname := range compoundSurnames {
		if strings.HasPrefix(text, surname) {
			return len(r) == 3 || len(r) == 4
		}
	}
	return (len(r) == 2 || len(r) == 3) && strings.ContainsRune(surnames, r[0])
}

// MayShow tells whether the raw text of a cell that broke a rule may be shown as it stands:
// nothing in it looks as if it could name somebody. Such cells are in the wrong column often
// enough, and cut off by it, so that ten digits in a row are a number too, unless they are a
// day and a time.
func MayShow(raw string) bool {
	if Holds(raw) || LooksLikeName(strings.TrimFunc(raw, func(r rune) bool { return !unicode.IsLetter(r) })) ||
		Free(raw) != raw {
		return false
	}
	long := false
	longest(raw, func(group string) int {
		if len(group) >= 10 && !strings.HasPrefix(group, "19") && !strings.HasPrefix(group, "20") {
			long = true
		}
		return len(group)
	})
	return !long
}
