package publicity

import (
	"strconv"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// themePhrase is how titles name a theme, by its code.
var themePhrase = [...]string{
	xiThought:    "习近平法治思想",
	constitution: "宪法精神",
	civilCode:    "美好生活·民法典相伴",
	asianGames:   "迎亚运·讲文明·守法治",
	antiFraud:    "全民反诈",
	labour:       "根治欠薪·劳动权益保护",
	minors:       "护航未成年人成长",
	businessEnv:  "法治护航营商环境",
	otherTheme:   "法润萧然",
}

// venuePhrase is how titles name a venue, by its code.
var venuePhrase = [...]string{
	government: "进机关", village: "进农村", community: "进社区", school: "进学校", enterprise: "进企业",
	army: "进军营", airport: "进机场", online: "进网络", youthForum: "走进青春讲堂", religious: "进宗教场所",
}

// formPhrase is how titles name a form, by its code.
var formPhrase = [...]string{
	lecture: "宣讲", consultDesk: "法律咨询服务", contest: "知识竞赛", media: "公益广告亮屏", exhibition: "主题展览",
	nightMarket: "法治夜市", training: "专题培训", openDay: "阵地打卡",
}

var (
	villageNames = strings.Split("新兴 东风 光明 永兴 和平 联丰 湖滨 山南 梅林 塘里 河西 桥头 盛东 金星 凤凰 横山 西河 高桥 涝湖 欢潭", " ")
	schoolNames  = strings.Split("第一小学 中心小学 初级中学 职业高级中学 第二小学 实验幼儿园", " ")
	trades       = strings.Split("化纤 羽绒 钢构 印染 汽配 物流 食品 电子", " ")
	helpers      = strings.Split("区律师协会 团区委 区总工会 区工商联 萧山日报社 区融媒体中心 湘湖公证处 区教育基金会 平安志愿者协会", " ")
	remarks      = strings.Split("因降雨改至室内举行 材料已归档 照片已上传 与镇街平安宣传合并开展 请核对参与人数 第二场次另行登记 由村委会提供场地 群众反响较好", " ")
	reasons      = strings.Split("因台风天气取消 因疫情防控取消 场地冲突 与上级活动合并 讲师临时出差", " ")
)

// place writes where an event takes place, and the village or community, "" when it is in
// none.
func (s *scribe) place(venue int, town string) (place, hamlet string) {
	name := world.Pick(s.r, villageNames)
	switch venue {
	case government:
		return town + "机关会议中心", ""
	case village:
		return name + "村文化礼堂", name + "村"
	case community:
		return name + "社区居民活动中心", name + "社区"
	case school:
		return strings.TrimSuffix(strings.TrimSuffix(town, "街道"), "镇") + world.Pick(s.r, schoolNames), ""
	case enterprise:
		return "杭州" + name + world.Pick(s.r, trades) + "有限公司", ""
	case army:
		return "驻萧某部队营区", ""
	case airport:
		return "萧山国际机场T" + strconv.Itoa(s.between(3, 4)) + "航站楼", ""
	case online:
		return "“萧山普法”微信公众号直播间", ""
	case youthForum:
		return "湘湖青春讲堂", ""
	}
	return town + "基督教堂", ""
}

// title names an event; some name the village too.
func (s *scribe) title(venue, form, theme int, hamlet string) string {
	title := "“" + themePhrase[theme] + "”" + formPhrase[form] + venuePhrase[venue]
	if hamlet != "" && s.chance(40) {
		return title + "——走进" + hamlet
	}
	return title
}

// summary says what an event offers, in plain text.
func (s *scribe) summary(venue, form, theme int) string {
	return "为深入推进“八五”普法，围绕" + themePhrase[theme] + "，以" + formPhrase[form] + "形式" + venuePhrase[venue] +
		"，现场发放资料并解答群众提问。"
}

// marked is a text as the page editor stored it.
func marked(text string) string {
	first, rest, _ := strings.Cut(text, "，")
	return "<p>" + first + "，<strong>" + strings.TrimSuffix(rest, "。") + "</strong>。&nbsp;</p>"
}

// spell writes a document number with the brackets and blanks of whoever typed it.
func (s *scribe) spell(prefix string, year, serial int) string {
	y, n := strconv.Itoa(year), strconv.Itoa(serial)
	switch s.r.IntN(8) {
	case 0:
		return prefix + "[" + y + "]" + n + "号"
	case 1:
		return prefix + "（" + y + "）" + n + "号"
	case 2:
		return prefix + "(" + y + ")第" + n + "号"
	case 3:
		return prefix + "【" + y + "】" + n + "号"
	case 4:
		return prefix + "〔" + y + "〕0" + n + "号"
	}
	return prefix + "〔" + y + "〕" + n + "号"
}

// widen writes ASCII full-width, as an input method left in Chinese mode does.
func widen(text string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7F {
			return r - '!' + '！'
		}
		return r
	}, text)
}

// number writes a count as a clerk does.
func (s *scribe) number(n int) string {
	text := strconv.Itoa(n)
	switch k := s.r.IntN(100); {
	case n >= 1000 && k < 40:
		return text[:len(text)-3] + "," + text[len(text)-3:]
	case k < 2:
		return widen(text)
	case k < 4:
		return "0" + text
	case k < 6:
		return text + ".0"
	}
	return text
}
