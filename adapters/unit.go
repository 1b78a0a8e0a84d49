package adapters

import (
	"fmt"
	"strconv"
	"time"
)

// Unit is the width of a date bucket, as the schema names it at the end of a dimension.
type Unit string

// The units. A bucket is named by ISO 8601: 2023-03-15, 2023-W11, 2023-03, 2023-Q1, 2023.
const (
	NoUnit  Unit = ""
	Day     Unit = "DAY"
	Week    Unit = "WEEK"
	Month   Unit = "MONTH"
	Quarter Unit = "QUARTER"
	Year    Unit = "YEAR"
)

// Span are the first day of a bucket and the first day after it.
func (u Unit) Span(bucket string) (from, before time.Time) {
	number := func(text string) int {
		n, _ := strconv.Atoi(text) // the tally has made it
		return n
	}
	year := number(bucket[:4])
	day := func(month, day int) time.Time { return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC) }
	switch u {
	case Day:
		from = day(number(bucket[5:7]), number(bucket[8:]))
		return from, from.AddDate(0, 0, 1)
	case Week: // the first ISO week has the 4th of January
		from = day(1, 4)
		from = from.AddDate(0, 0, 7*(number(bucket[6:])-1)-(int(from.Weekday())+6)%7)
		return from, from.AddDate(0, 0, 7)
	case Month:
		from = day(number(bucket[5:]), 1)
		return from, from.AddDate(0, 1, 0)
	case Quarter:
		from = day(3*number(bucket[6:])-2, 1)
		return from, from.AddDate(0, 3, 0)
	}
	return day(1, 1), day(1, 1).AddDate(1, 0, 0)
}

// Bucket is the name of the bucket of a day.
func (u Unit) Bucket(d time.Time) string {
	switch u {
	case Day:
		return d.Format(time.DateOnly)
	case Week:
		year, week := d.ISOWeek()
		return fmt.Sprintf("%04d-W%02d", year, week)
	case Month:
		return d.Format("2006-01")
	case Quarter:
		return fmt.Sprintf("%s-Q%d", d.Format("2006"), (int(d.Month())+2)/3)
	}
	return d.Format("2006")
}
