package reconsideration

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// chineseDay writes 二〇二三年三月十五日.
func chineseDay(d time.Time) string {
	const digits = "〇一二三四五六七八九"
	digit := func(n int) string { return string([]rune(digits)[n]) }
	small := func(n int) string { // 1 to 31
		tens, ones := "", ""
		if n >= 20 {
			tens = digit(n / 10)
		}
		if n >= 10 {
			tens += "十"
		}
		if n%10 > 0 {
			ones = digit(n % 10)
		}
		return tens + ones
	}
	var year strings.Builder
	for _, c := range strconv.Itoa(d.Year()) {
		year.WriteString(digit(int(c - '0')))
	}
	return year.String() + "年" + small(int(d.Month())) + "月" + small(d.Day()) + "日"
}

// excelSerial writes the day as spreadsheets count: 45000 is 2023-03-15.
func excelSerial(d time.Time) string {
	return strconv.Itoa(int(d.Sub(world.Day(1899, 12, 30)).Hours() / 24))
}

// numberSpelling writes a canonical document number, 萧政发〔2021〕12号, as clerks do.
func numberSpelling(r *rand.Rand, number string) string {
	prefix, rest, ok := strings.Cut(number, "〔")
	year, serial, ok2 := strings.Cut(rest, "〕")
	if !ok || !ok2 {
		return number
	}
	serial = strings.TrimSuffix(serial, "号")
	switch r.IntN(12) {
	case 0:
		return prefix + "[" + year + "]" + serial + "号"
	case 1:
		return prefix + "（" + year + "）" + serial + "号"
	case 2:
		return prefix + "【" + year + "】第" + serial + "号"
	case 3:
		return prefix + "〔" + year + "〕第" + padded(serial, 3) + "号"
	case 4:
		return prefix + "[" + year + "]第" + padded(serial, 4) + "号"
	case 5:
		return prefix + " 〔" + year + "〕 " + serial + " 号"
	case 6:
		return prefix + "(" + year + ")" + padded(serial, 2) + "号"
	case 7:
		return prefix + "［" + year + "］" + serial + "号"
	}
	return number
}

func padded(serial string, width int) string {
	return strings.Repeat("0", max(0, width-len(serial))) + serial
}

// idSpelling writes a valid resident identity number as clerks do.
func idSpelling(r *rand.Rand, id string) string {
	switch n := r.IntN(40); {
	case n == 0:
		return "'" + id
	case n == 1:
		return strings.ToLower(id)
	case n == 2:
		return id[:6] + " " + id[6:14] + " " + id[14:]
	case n == 3:
		return fullWidth(id)
	case n <= 6 && id[6:8] == "19":
		return id[:6] + id[8:17]
	}
	return id
}

func fullWidth(s string) string {
	return strings.Map(func(c rune) rune { return c - '!' + '！' }, s)
}

// amount writes whole yuan as clerks do.
func amount(r *rand.Rand, yuan int) string {
	text := strconv.Itoa(yuan)
	switch r.IntN(8) {
	case 0:
		return text + "元"
	case 1:
		return "￥" + grouped(yuan) + ".50"
	case 2:
		return grouped(yuan) + "元"
	case 3:
		return strconv.Itoa(1+yuan/10000) + "万"
	case 4:
		return fullWidth(text)
	}
	return text + ".00"
}

func grouped(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return strconv.Itoa(n/1000) + "," + padded(strconv.Itoa(n%1000), 3)
}

// authority writes the name of a town or street as a respondent.
func authority(town *model.Town) string {
	if town.Kind == model.TownKindStreet {
		return town.Name + "办事处"
	}
	return town.Name + "人民政府"
}

// authoritySpelling writes it as clerks do; every spelling resolves to the town.
func authoritySpelling(r *rand.Rand, town *model.Town) string {
	prefix := world.Pick(r, []string{"萧山区", "杭州市萧山区", "浙江省杭州市萧山区"})
	switch n := r.IntN(5); {
	case n == 0:
		return town.Name
	case n == 1:
		return prefix + town.Name
	case n == 2:
		return authority(town)
	case town.Kind == model.TownKindStreet:
		return prefix + "人民政府" + town.Name + "办事处"
	}
	return prefix + authority(town)
}

// countSpelling writes a number of people as clerks do.
func countSpelling(r *rand.Rand, n int) string {
	text := strconv.Itoa(n)
	switch r.IntN(20) {
	case 0:
		return padded(text, 3)
	case 1:
		return fullWidth(text)
	case 2:
		return text + ".0"
	}
	return text
}
