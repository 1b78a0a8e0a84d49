package reconsideration

import (
	"math/rand/v2"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// days adds calendar days.
func days(d time.Time, n int) time.Time { return d.AddDate(0, 0, n) }

// workdays adds working days, Monday to Friday; the invented office keeps no holidays.
func workdays(d time.Time, n int) time.Time {
	for n > 0 {
		d = days(d, 1)
		if !isWeekend(d) {
			n--
		}
	}
	return d
}

func isWeekend(d time.Time) bool { return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday }

// workday moves a day on a weekend to the Friday before.
func workday(d time.Time) time.Time {
	for isWeekend(d) {
		d = days(d, -1)
	}
	return d
}

// between takes a number from low to high, both included.
func between(r *rand.Rand, low, high int) int { return low + r.IntN(high-low+1) }

// chance is true in percent of all cases.
func chance(r *rand.Rand, percent int) bool { return r.IntN(100) < percent }

// receipt takes a day on which an application may come in: few at weekends, fewer around
// the Spring Festival and in the first week of October.
func receipt(r *rand.Rand, from, before time.Time) time.Time {
	for {
		d := world.DayBetween(r, from, before)
		quiet := d.Month() == time.February || d.Month() == time.October && d.Day() <= 7
		if quiet && chance(r, 45) || isWeekend(d) && chance(r, 93) {
			continue
		}
		return d
	}
}

// weighted takes one of the choices in proportion to its weight.
func weighted[T any](r *rand.Rand, choices []choice[T]) T {
	total := 0
	for _, c := range choices {
		total += c.weight
	}
	n := r.IntN(total)
	for _, c := range choices {
		if n < c.weight {
			return c.value
		}
		n -= c.weight
	}
	panic("reconsideration: weights do not add up")
}

type choice[T any] struct {
	value  T
	weight int
}
