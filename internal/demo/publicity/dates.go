package publicity

import (
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// freeDate writes a day the way one clerk or another types it into huodongshijian.
func (s *scribe) freeDate(day time.Time) string {
	switch n := s.r.IntN(100); {
	case n < 40:
		return day.Format(time.DateOnly)
	case n < 52:
		return day.Format("2006/1/2")
	case n < 64:
		return day.Format("2006.1.2")
	case n < 78:
		return day.Format("2006年1月2日")
	case n < 82:
		return day.Format("2006年01月02日")
	case n < 90:
		return day.Format("20060102")
	case n < 95:
		return day.Format("2006-1-2 ") + world.Pick(s.r, []string{"09:00", "09:30", "14:00", "14:30", "18:30"})
	}
	return chineseDate(day)
}

// plannedDate writes when the plan wants something: often a month, at times a day or no
// more than the year.
func (s *scribe) plannedDate(day time.Time) any {
	switch n := s.r.IntN(100); {
	case n < 35:
		return day.Format("2006-01")
	case n < 60:
		return day.Format("2006年1月")
	case n < 75:
		return day.Format("2006-1-2")
	case n < 85:
		return day.Format("2006年1月2日")
	case n < 90:
		return day.Format("2006")
	case n < 94:
		return "待定"
	}
	return nil
}

// chineseDate writes a day in Chinese numerals, 二〇二三年三月十五日.
func chineseDate(day time.Time) string {
	var b strings.Builder
	for _, digit := range day.Format("2006") {
		b.WriteString(chineseDigits[digit-'0'])
	}
	return b.String() + "年" + chineseNumber(int(day.Month())) + "月" + chineseNumber(day.Day()) + "日"
}

// chineseNumber writes 1 to 99.
func chineseNumber(n int) string {
	tens, ones := n/10, n%10
	text := ""
	if tens > 1 {
		text = chineseDigits[tens]
	}
	if tens > 0 {
		text += "十"
	}
	if ones > 0 {
		text += chineseDigits[ones]
	}
	return text
}

var chineseDigits = [10]string{"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

// likelihood tells how likely, in percent, an event falls on a day: publicity has its
// seasons and fixed days, and public holidays none of it.
func likelihood(day time.Time) int {
	monthly := [13]int{0, 25, 25, 55, 45, 60, 50, 35, 30, 45, 40, 45, 50}
	n := monthly[day.Month()]
	switch at := int(day.Month())*100 + day.Day(); {
	case at >= 101 && at <= 103, at >= 501 && at <= 503, at >= 1001 && at <= 1007:
		return 0
	case springFestival(day):
		return 0
	case at >= 1130 && at <= 1207: // Constitution week
		return 100
	case at == 308, at == 315, at == 415, at == 626, at == 801:
		return 100
	}
	if wd := day.Weekday(); wd == time.Saturday || wd == time.Sunday {
		n /= 3
	}
	return n
}

// springFestival covers the weeks of the festivals within the demo's years.
func springFestival(day time.Time) bool {
	for _, eve := range []time.Time{world.Day(2022, 1, 31), world.Day(2023, 1, 21), world.Day(2024, 2, 9)} {
		if d := day.Sub(eve).Hours() / 24; d >= 0 && d < 8 {
			return true
		}
	}
	return false
}

// workday moves a day off the weekend, to the Monday after.
func workday(day time.Time) time.Time {
	switch day.Weekday() {
	case time.Saturday:
		return day.AddDate(0, 0, 2)
	case time.Sunday:
		return day.AddDate(0, 0, 1)
	}
	return day
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
