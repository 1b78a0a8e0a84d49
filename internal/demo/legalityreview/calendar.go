package legalityreview

import "time"

// calendar knows the working days well enough for invented matters: weekends and the
// public holidays of the demo's two years. It has no make-up Saturdays, so an invented
// deadline may be a day or two shorter than it could be, never longer.
type calendar map[int]bool // holidays by day number

func newCalendar() calendar {
	c := calendar{}
	for _, span := range [][2]string{
		{"2022-09-10", "2022-09-12"}, {"2022-10-01", "2022-10-07"}, {"2022-12-31", "2023-01-02"},
		{"2023-01-21", "2023-01-27"}, {"2023-04-05", "2023-04-05"}, {"2023-04-29", "2023-05-03"},
		{"2023-06-22", "2023-06-24"}, {"2023-09-29", "2023-10-06"}, {"2023-12-30", "2024-01-01"},
		{"2024-02-10", "2024-02-17"}, {"2024-04-04", "2024-04-06"}, {"2024-05-01", "2024-05-05"},
		{"2024-06-08", "2024-06-10"},
	} {
		first, _ := time.Parse(time.DateOnly, span[0])
		last, _ := time.Parse(time.DateOnly, span[1])
		for d := number(first); d <= number(last); d++ {
			c[d] = true
		}
	}
	return c
}

func number(d time.Time) int { return int(d.Unix() / 86400) }

func (c calendar) works(d time.Time) bool {
	wd := d.Weekday()
	return wd != time.Saturday && wd != time.Sunday && !c[number(d)]
}

// back gives the last working day up to d.
func (c calendar) back(d time.Time) time.Time {
	for !c.works(d) {
		d = d.AddDate(0, 0, -1)
	}
	return d
}

// after gives the n-th working day after d; d's first working day from itself on for 0.
func (c calendar) after(d time.Time, n int) time.Time {
	for !c.works(d) {
		d = d.AddDate(0, 0, 1)
	}
	for range n {
		d = d.AddDate(0, 0, 1)
		for !c.works(d) {
			d = d.AddDate(0, 0, 1)
		}
	}
	return d
}
