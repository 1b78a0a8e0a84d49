package legalityreview

import (
	"testing"
	"time"
)

func dayOf(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s[:10])
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAfter(t *testing.T) {
	cal := newCalendar()
	for _, c := range []struct {
		name, from string
		n          int
		want       string
	}{
		{"next day", "2023-03-14", 1, "2023-03-15"},
		{"over a weekend", "2023-03-17", 1, "2023-03-20"},
		{"from a Sunday", "2023-03-19", 0, "2023-03-20"},
		{"over National Day", "2023-09-28", 1, "2023-10-09"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := cal.after(dayOf(t, c.from), c.n); got != dayOf(t, c.want) {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
