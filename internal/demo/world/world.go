// Package world invents the district behind the five legacy databases: the people,
// organisations, law firms, lawyers and documents that several systems know under
// several spellings. The same seed and scale give the same district. Every invented
// person's ID number uses the unassigned division 330199.
package world

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/internal/identity"
)

// The demo's records lie between Start and End; the year 2023 is complete, and scale 1
// gives it the yearly volumes. Older rows are leftovers of earlier systems.
var (
	Start = Day(2022, 7, 1)
	End   = Day(2024, 7, 1) // first day without records
)

// Day is midnight UTC of a day; the demo's calendar needs no zones.
func Day(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// World is one invented district.
type World struct {
	Seed  uint64
	Scale float64

	Persons   []Person
	Companies []Organization
	Firms     []Firm
	Lawyers   []Lawyer
	Documents []Document // normative documents that passed legality review

	Towns       *reference.Towns
	Departments *reference.Departments
}

// Person is a natural person.
type Person struct {
	Name  string
	ID    string // 18 characters, valid check digit, division 330199
	Male  bool
	Birth time.Time
	Phone string
	Town  string // canonical code of the town of residence
	Home  string // full address
}

// Organization is a company or other legal person.
type Organization struct {
	Name       string
	CreditCode string // 18 characters, valid
	Town       string
}

// Firm is a law firm.
type Firm struct {
	Name       string
	CreditCode string // begins with 31
	OldLicence string // 17 digits beginning with 2
}

// Lawyer is a practising lawyer.
type Lawyer struct {
	Name    string
	Licence string // 17 digits beginning with 1
	Firm    int    // index into Firms
	Male    bool
	Kind    byte // '1' full-time, '2' part-time, '6' public, '7' company, '8' legal aid
}

// Document is a published normative document, the bridge between legality review
// (which examined its draft) and reconsideration (which is asked to review it along).
type Document struct {
	Number      string // 萧政发〔2021〕12号, canonical spelling
	Unified     string // AXSD00-2021-0003
	Title       string
	Department  string // canonical department code of the drafting unit
	PublishedOn time.Time
	Lawful      bool // false: passed only after changes
}

// New invents a district. scale is at least 0.01.
func New(seed uint64, scale float64) (*World, error) {
	towns, departments, err := reference.Embedded()
	if err != nil {
		return nil, err
	}
	w := &World{Seed: seed, Scale: scale, Towns: towns, Departments: departments}
	r := w.Rand("world")
	taken := map[string]bool{}
	for i := 0; len(w.Persons) < w.N(12000); i++ {
		if p := w.person(r, i); !taken[p.ID] {
			taken[p.ID] = true
			w.Persons = append(w.Persons, p)
		}
	}
	for i := range w.N(900) {
		w.Companies = append(w.Companies, w.company(r, i))
	}
	for i := range 18 {
		w.Firms = append(w.Firms, firm(i))
	}
	for i := range 240 {
		w.Lawyers = append(w.Lawyers, w.lawyer(r, i))
	}
	for i := range 160 {
		w.Documents = append(w.Documents, w.document(r, i))
	}
	return w, nil
}

// N scales a yearly volume; at least 1.
func (w *World) N(atScaleOne int) int { return max(1, int(float64(atScaleOne)*w.Scale+0.5)) }

// Rand is a random source of its own for each purpose, so that a change in one system's
// data does not change another's.
func (w *World) Rand(purpose string) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(purpose))
	return rand.New(rand.NewPCG(w.Seed, h.Sum64()))
}

// Pick takes one of the items.
func Pick[T any](r *rand.Rand, items []T) T { return items[r.IntN(len(items))] }

// DayBetween takes a day in [from, before).
func DayBetween(r *rand.Rand, from, before time.Time) time.Time {
	return from.AddDate(0, 0, r.IntN(int(before.Sub(from).Hours()/24)))
}

// AnyTown takes the canonical code of a town.
func (w *World) AnyTown(r *rand.Rand) string { return Pick(r, w.Towns.List).Code }

// TownSpelling writes a town in one of the ways a legacy system may: all of them resolve
// to the code.
func (w *World) TownSpelling(r *rand.Rand, code string) string {
	return Pick(r, w.Towns.Spellings(code))
}

// ActiveDepartments lists the codes of departments that exist on the day.
func (w *World) ActiveDepartments(on time.Time) []string {
	var codes []string
	for _, d := range w.Departments.List {
		if d.ValidFrom != nil && d.ValidFrom.Time().After(on) || d.ValidBefore != nil &&
			!d.ValidBefore.Time().After(on) {
			continue
		}
		codes = append(codes, d.Code)
	}
	return codes
}

// DepartmentSpelling writes a department in one of the ways a legacy system may; the
// canonical code itself is no legacy spelling.
func (w *World) DepartmentSpelling(r *rand.Rand, code string) string {
	d := w.Departments.ByCode(code)
	return Pick(r, append([]string{d.Name}, d.Aliases...))
}

var (
	surnames = strings.Split("王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 潘 袁 蔡 蒋 余 于 杜 叶 程 魏 苏 吕 丁 任 卢 姚 沈 钟 姜 崔 谭 陆 汪 范 金 石 廖 贾 夏 韦 方 白 邹 孟 熊 秦 邱 江 尹 薛 闫 段 雷 侯 龙 史 陶 黎 贺 顾 毛 郝 龚 邵 万 钱 严 施 戴 孔 俞 楼 来 欧阳 诸葛", " ")
	male     = strings.Split("伟 强 磊 军 洋 勇 杰 涛 超 明 刚 平 辉 鹏 华 飞 鑫 波 斌 宇 浩 凯 健 俊 帆 帅 旭 宁 龙 林 建国 建华 志强 志明 国强 文杰 海波 小军 晓东 永康", " ")
	female   = strings.Split("芳 娜 敏 静 秀英 丽 艳 娟 霞 秀兰 玲 桂英 婷 雪 慧 莉 丹 萍 红 玉兰 梅 琴 云 洁 琳 颖 佳 倩 欣 怡 雅芳 美华 春燕 晓燕 小红 海燕 淑珍 丽华",
		" ")
	villages = strings.Split("新兴 东风 前进 光明 永兴 和平 联丰 湖滨 山南 江东 梅林 塘里 河西 桥头 盛东 金星 凤凰 横山 西河 高桥", " ")
)

func givenName(r *rand.Rand, isMale bool) string {
	if isMale {
		return Pick(r, male)
	}
	return Pick(r, female)
}

func (w *World) person(r *rand.Rand, i int) Person {
	p := Person{Male: r.IntN(2) == 0}
	p.Name = Pick(r, surnames) + givenName(r, p.Male)
	p.Birth = DayBetween(r, Day(1940, 1, 1), Day(2010, 1, 1))
	sequence := 2 * (i % 500)
	if p.Male {
		sequence++
	}
	digits := "330199" + p.Birth.Format("20060102") + fmt.Sprintf("%03d", sequence)
	p.ID = digits + string(identity.ResidentCheck(digits))
	p.Phone = Pick(r, []string{"138", "139", "135", "158", "187"}) + fmt.Sprintf("%08d", r.IntN(100000000))
	p.Town = w.AnyTown(r)
	p.Home = "浙江省杭州市萧山区" + w.Towns.ByCode(p.Town).Name + Pick(r, villages) + "村" + fmt.Sprint(1+r.IntN(30)) + "组" +
		fmt.Sprint(1+r.IntN(120)) + "号"
	return p
}

func creditCode(prefix, organisation string) string {
	organisation += string(identity.OrganisationCheck(organisation))
	code := prefix + "330199" + organisation
	return code + string(identity.CreditCheck(code))
}

func (w *World) company(r *rand.Rand, i int) Organization {
	town := w.AnyTown(r)
	trade := Pick(r, []string{"纺织", "机械", "化纤", "建设", "物流", "电子", "食品", "羽绒", "钢构", "印染", "科技", "贸易", "汽配", "装饰"})
	word := Pick(r, []string{"恒", "鸿", "永", "华", "金", "盛", "荣", "兴", "万", "诚"}) +
		Pick(r, []string{"达", "丰", "泰", "源", "逸", "远", "通", "胜", "润", "隆"})
	return Organization{
		Name:       fmt.Sprintf("杭州%s%s有限公司", word, trade),
		CreditCode: creditCode("91", fmt.Sprintf("MA2X%04d", i%10000)),
		Town:       town,
	}
}

func firm(i int) Firm {
	names := strings.Split("湘湖 钱塘 萧然 江南 东方明 诚泰 正航 天衡 浙风 泽大东 律谐 国浩潮 金鼎 中源 汇丰 海通 时代新 靖和", " ")
	return Firm{
		Name:       "浙江" + names[i] + "律师事务所",
		CreditCode: creditCode("31", fmt.Sprintf("MD9A%04d", 100+i)),
		OldLicence: fmt.Sprintf("233012003%08d", 10000000+i*137),
	}
}

func (w *World) lawyer(r *rand.Rand, i int) Lawyer {
	l := Lawyer{Firm: r.IntN(len(w.Firms)), Male: r.IntN(2) == 0, Kind: '1'}
	if i%9 == 0 {
		l.Kind = Pick(r, []byte{'2', '6', '7', '8'})
	}
	l.Name = Pick(r, surnames) + givenName(r, l.Male)
	sex := 1
	if l.Male {
		sex = 0
	}
	l.Licence = fmt.Sprintf("13301%d%c%d%06d", 1998+r.IntN(25), l.Kind, sex, 100000+i*31)
	return l
}

func (w *World) document(r *rand.Rand, i int) Document {
	on := DayBetween(r, Day(2019, 3, 1), End)
	kind := []string{"萧政发", "萧政办发"}[r.IntN(2)]
	subject := Pick(r, []string{"征地补偿安置", "城镇危旧房改造", "人才引进", "公共租赁住房管理", "停车收费管理", "农村宅基地管理", "河道保护", "食品小作坊管理", "犬类管理",
		"物业服务管理", "工业用地出让", "养老服务补贴", "校外培训管理", "电动自行车管理"})
	return Document{
		Number:      fmt.Sprintf("%s〔%d〕%d号", kind, on.Year(), 1+i),
		Unified:     fmt.Sprintf("AXSD00-%d-%04d", on.Year(), 1+i),
		Title:       "关于印发《萧山区" + subject + "办法》的通知",
		Department:  Pick(r, w.ActiveDepartments(on)),
		PublishedOn: on,
		Lawful:      r.IntN(10) > 2,
	}
}
