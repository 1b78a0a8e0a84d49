package publicity

import (
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

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
