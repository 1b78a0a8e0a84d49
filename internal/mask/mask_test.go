package mask_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/bureaugraph/bureaugraph/internal/mask"
)

func check(t *testing.T, masked func(string) string, want map[string]string) {
	t.Helper()
	for given, shown := range want {
		if got := masked(given); got != shown {
			t.Errorf("%q is shown as %q, want %q", given, got, shown)
		}
	}
}

func TestName(t *testing.T) {
	check(t, mask.Name, map[string]string{
		"": "", "张": "*", "张三": "张*", "欧阳修文": "欧阳**", "欧阳": "欧*", "王一,王二": "王****", "𠮷野": "𠮷*",
		"John Smith":  "J*********",
		"13800000001": "***********", "张三330199198001010011": "张" + strings.Repeat("*", 19), "\xff张": "**",
	})
}

func TestDocument(t *testing.T) {
	check(t, mask.Document, map[string]string{
		"330199197202290145": "330***********0145", "33019919900101002X": "330***********002X",
		"330199640815017": "330*********017",
		"南字第0123456号":     "南*********号", "军字第1234567": "军*********", "台胞证1234567": "台*********",
		"护照E1234567": "护*********",
		"E12345678":  "E******78", "H1234567(8)": "H**********", "12345": "*****", "张三": "**", "": "",
		"123456789012": "************",
	})
}

func TestPhone(t *testing.T) {
	check(t, mask.Phone, map[string]string{
		"13800001234": "138****1234", "138 0000 1234": "138****1234", "138-0000-1234": "138****1234",
		"+8613800001234":    "138****1234",
		"+86 138-0000-1234": "138****1234", "008613800001234": "138****1234", "0571-82821234": "0571-****1234",
		"057182821234":   "0571****1234",
		"(0571)82821234": "0571-****1234", "010 82821234": "010-****1234", "0571-8282 1234": "0571-****1234",
		"0571-82821234转8001":        "0571-****1234*****",
		"13800000001/0571-82000001": "138****0001/0571-****0001", "13800000001-13900000002": "138****0001-139****0002",
		"0571-82000001/13900000002": "0571-****0001/139****0002",
		"13800000001-82000001转8001": "*************************",
		"13800000001、13900000002":   "138****0001、139****0002", "82000001": "********", "4008001234": "**********",
		"13800000001张三":          "*************",
		"1380000000113900000002": "**********************", "": "", "12348": "*****", "138000000012": "************",
		"0571-0571-82000001": "******************",
		"330199199001010011": "******************",
	})
}

func TestText(t *testing.T) {
	stays := []string{
		"萧政复〔2023〕12号", "(2023)浙杭萧证民字第123-126号", "萧合审〔2023〕123号", "(2019)萧法援民字第0123号", "AXSD00-2023-0003",
		"PF-2023-0123",
		"91330199MA2X00035K", "11330199MB1D000123", "31330199MD9A001262", "323301994699000733", "91350100M000100Y43",
		"13301201810123456", "23301200310123456",
		"2023-01-15 09:30:00", "2021-01-01 2021-12-31", "20230315093000", "20140102030405067890", "1678886400000",
		"330109105001", "45000.5", "12345678.90",
		"3,000,000.00元", "0571-12348", "12348", "2019 2020 2021 2022 2023", "第一条 1.2.3", "MB1D0001-2", "", "北干街道",
		"1 2 3 4 5 6 7 8 9 10 11",
	}
	for _, text := range stays {
		if got := mask.Text(text); got != text || mask.Holds(text) {
			t.Errorf("%q is shown as %q", text, got)
		}
	}
	whole := strings.Repeat("*", 18)
	check(t, mask.Text, map[string]string{
		"330199197202290145": whole, "330199197202290140": whole, "33019919900101002x": whole,
		"身份证号33019919900101002X。": "身份证号" + whole + "。",
		"３３０１９９１９９００１０１００２Ｘ":      whole, "330199 19900101 002X": whole, "3301-9919-9001-0100-2X": whole,
		"330199640815017":   whole[:15],
		"33019919900101001": whole[:17], "3301991990010100": whole[:16], "3 3 0 1 9 9 1 9 9 0 0 1 0 1 0 0 1 1": whole,
		"电话13800000001": "电话138****0001", "１３８００００１２３４": "138****1234", "138 0000 0001": "138****0001",
		"138-0000-0001":   "138****0001",
		"+86 13800000001": "+**138****0001", "8613800000001": "**138****0001", "013800000001": "*138****0001",
		"1 3 8 0 0 0 0 0 0 0 1": "138****0001",
		"0571-82000001":         "0571-****0001", "057182000001": "0571-****0001", "(0571)82000001": "(0571-****0001",
		"0571－8200 0001":                               "0571-****0001",
		"33019919900101001113800000001":                whole + "138****0001",
		"330199199001010011 13800000001":               whole + " 138****0001",
		"张三330199199001010011，13800000001/13900000002": "张三" + whole + "，138****0001/139****0002",
		"2 13800000001":                                "2 138****0001", "5x13800000001": "5x138****0001",
		"330199199001010396":  whole,
		"6222021001116245702": "***************5702",
		"13800000001\xff":     "138****0001\xff",
	})
}

// FuzzMasks holds what no mask may break, whatever stands in a cell.
func FuzzMasks(f *testing.F) {
	for _, text := range []string{"张三", "330199197202290145", "南字第0123456号", "13800000001/0571-82000001",
		"+86 138-0000-1234", "\xc4\xcf", "３３０１９９", "0571-82821234转8001"} {
		f.Add(text)
	}
	long := regexp.MustCompile(`[0-9]{5,}`)
	f.Fuzz(func(t *testing.T, text string) {
		for name, masked := range map[string]func(string) string{"name": mask.Name, "document": mask.Document,
			"phone": mask.Phone} {
			got := masked(text)
			if utf8.ValidString(text) && !utf8.ValidString(got) {
				t.Errorf("%s: %q is no UTF-8", name, got)
			}
			if found := long.FindString(got); found != "" {
				t.Errorf("%s of %q shows %s", name, text, found)
			}
			shown := strings.Trim(got, "*")
			if name == "document" && utf8.RuneCountInString(strings.ReplaceAll(shown, "*", "")) > 7 || name == "name" &&
				utf8.RuneCountInString(shown) > 2 {
				t.Errorf("%s of %q shows %q", name, text, shown)
			}
			if n := utf8.RuneCountInString(text); name != "phone" && utf8.RuneCountInString(got) != n {
				t.Errorf("%s of %q has another length: %q", name, text, got)
			} else if n > 1 && got == text && strings.Trim(text, "*/,;-、，；或和| \n\t") != "" {
				t.Errorf("%s shows all of %q", name, text)
			}
			if name != "phone" && (!strings.HasPrefix(text, strings.SplitN(got, "*", 2)[0]) ||
				!strings.HasSuffix(text, got[strings.LastIndex(got, "*")+1:])) {
				t.Errorf("%s of %q shows %q: neither its beginning nor its end", name, text, got)
			}
		}
		got := mask.Text(text)
		if utf8.ValidString(text) && !utf8.ValidString(got) {
			t.Errorf("text: %q is no UTF-8", got)
		}
		if mask.Holds(got) {
			t.Errorf("text: %q is shown as %q, which still holds a number", text, got)
		}
		if mask.Holds(text) != (got != text) {
			t.Errorf("text: Holds(%q) is %v", text, mask.Holds(text))
		}
	})
}

// FuzzNumbersInText plants numbers among other text.
func FuzzNumbersInText(f *testing.F) {
	f.Add("甲方", "，乙方", uint8(0))
	f.Add("（", "）", uint8(7))
	planted := []string{"330199199001010011", "33019919900101002X", "330199640815017", "13800000001", "138-0000-0001",
		"0571-82000001", "３３０１９９１９９００１０１００１１", "330199 19900101 0011"}
	f.Fuzz(func(t *testing.T, before, after string, which uint8) {
		number := planted[int(which)%len(planted)]
		for _, r := range before + after { // next to digits it is another number
			if r < 0x80 && r != ',' || r > 0xff00 || r == utf8.RuneError || r > 0x2000 && r < 0x2300 || r == 0xa0 ||
				r == 0xb7 || r == 0x3000 {
				t.Skip()
			}
		}
		got := mask.Text(before + number + after)
		if strings.Contains(got, number) || !mask.Holds(before+number+after) {
			t.Errorf("%q shows %s", got, number)
		}
		if !strings.HasPrefix(got, before) || !strings.HasSuffix(got, after) {
			t.Errorf("%q: what stands around is changed: %q, %q", got, before, after)
		}
	})
}

func BenchmarkText(b *testing.B) {
	texts := []string{"浙萧援刑通〔2024〕219号", "赵某刑事辩护案", "20", "浙江泽大东律师事务所", "关于印发萧山区行政规范性文件管理办法（2023年修订）的通知，自2023年4月1日起施行",
		"办结", "2023-01-15 09:30:00"}
	for b.Loop() {
		for _, text := range texts {
			mask.Text(text)
		}
	}
}
