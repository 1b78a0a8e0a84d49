package server

import (
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/database"
)

// TestHours: office hours are those of days that are worked, a Sunday that makes up for a holiday among them, in
// the source's zone.
func TestHours(t *testing.T) {
	days, err := calendar.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	source := config.Source{OfficeHours: config.OfficeHours{From: 8*time.Hour + 30*time.Minute, To: 17 * time.Hour,
		Profile: database.Profile{MaxOpen: 2}}}
	for _, test := range []struct {
		at   string
		want bool
	}{
		{"2024-07-01T08:29:59+08:00", false}, // a Monday
		{"2024-07-01T08:30:00+08:00", true},
		{"2024-07-01T16:59:59+08:00", true},
		{"2024-07-01T17:00:00+08:00", false},
		{"2024-07-01T00:30:00Z", true},
		{"2024-07-06T10:00:00+08:00", false}, // a Saturday
		{"2024-10-01T10:00:00+08:00", false}, // a Tuesday, the national holiday
		{"2024-09-29T10:00:00+08:00", true},  // a Sunday, worked for it
	} {
		at, err := time.Parse(time.RFC3339, test.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := hours(source, days).Is(at); got != test.want {
			t.Errorf("%s: %v", test.at, got)
		}
	}
	source.TimeZone = "+09:00"
	if at := time.Date(2024, 7, 1, 8, 0, 0, 0, time.UTC); hours(source, days).Is(at) { // 17:00 there
		t.Error("the hours are not those of the source's zone")
	}
	if hours(config.Source{}, days).Is != nil {
		t.Error("a source without office hours has some")
	}
}
