// Package calendar tells working days from days off, by the yearly arrangement of the
// State Council's General Office: weekends are off, public holidays are off, and some
// Saturdays and Sundays make up for them (调休). The arrangement is data.
package calendar

import (
	"time"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Calendar knows the working days of the years it was given. It is read-only and safe
// for concurrent use.
type Calendar struct {
	years map[int]bool        // years the arrangement of which is known
	works map[model.Date]bool // days that differ from Monday to Friday: whether they are worked
}

// IsWorkday tells whether offices are open on the day. In a year that is not known it is
// Monday to Friday.
func (c *Calendar) IsWorkday(d model.Date) bool {
	if works, differs := c.works[d]; differs {
		return works
	}
	weekday := d.Time().Weekday()
	return weekday != time.Saturday && weekday != time.Sunday
}

// Knows tells whether the arrangement of the day's year is known.
func (c *Calendar) Knows(d model.Date) bool { return c.years[int(d.Year)] }

// Span gives the first day that the calendar knows and the first beyond all that it
// knows; a year between them may be missing. The two are equal when it knows none.
func (c *Calendar) Span() (first, beyond model.Date) {
	var least, most int
	for year := range c.years {
		if least == 0 || year < least {
			least = year
		}
		most = max(most, year+1)
	}
	return model.Date{Year: int16(least), Month: 1, Day: 1}, model.Date{Year: int16(most), Month: 1, Day: 1}
}

// Roll gives the day itself when it is a working day, else the next working day: a
// period that ends on a day off runs on to the next working day (民法典第二百零三条).
func (c *Calendar) Roll(d model.Date) model.Date {
	for !c.IsWorkday(d) {
		d = Add(d, 1)
	}
	return d
}

// Workdays counts the working days after the first day up to the last, that one
// included; it is negative when last lies before first.
func (c *Calendar) Workdays(first, last model.Date) int {
	if last.Compare(first) < 0 {
		return -c.Workdays(last, first)
	}
	n := 0
	for d := first; d.Compare(last) < 0; {
		d = Add(d, 1)
		if c.IsWorkday(d) {
			n++
		}
	}
	return n
}

// Add gives the day so many calendar days later; earlier for a negative n.
func Add(d model.Date, n int) model.Date {
	t := time.Date(int(d.Year), time.Month(d.Month), int(d.Day)+n, 0, 0, 0, 0, time.UTC)
	return of(t)
}

// Days counts the calendar days from the first day to the last; negative when last lies
// before first.
func Days(first, last model.Date) int {
	return int(at(last).Sub(at(first)) / (24 * time.Hour))
}

// Of gives the day of a moment in Asia/Shanghai.
func Of(t time.Time) model.Date { return model.InstantAt(t.Unix()).Date() }

func of(t time.Time) model.Date {
	return model.Date{Year: int16(t.Year()), Month: uint8(t.Month()), Day: uint8(t.Day())}
}

func at(d model.Date) time.Time {
	return time.Date(int(d.Year), time.Month(d.Month), int(d.Day), 0, 0, 0, 0, time.UTC)
}
