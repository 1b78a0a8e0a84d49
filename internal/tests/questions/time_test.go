package questions

import (
	"time"

	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// punctuality is how an opinion stands to the period it was due in.
type punctuality int

const (
	untold punctuality = iota // no period holds, or a day is missing or before the start
	inTime
	late
)

// reviewed tells whether the opinion on a matter came in time, by the periods of domain.md
// A.1 and a walk over the days of the calendar.
func (d *district) reviewed(r row) punctuality {
	start, done := r.text("materialsCompleteOn"), r.text("opinionIssuedOn")
	limit := 0
	switch r.text("matterType") {
	case "NORMATIVE_DOCUMENT":
		if start >= "2018-12-04" {
			limit = 15
		}
	case "ADMINISTRATIVE_AGREEMENT", "CIVIL_CONTRACT", "MAJOR_ENFORCEMENT_DECISION", "VILLAGE_RULES",
		"OTHER_LEGAL_MATTER":
		if start >= "2023-04-01" {
			limit = 5
			if r.text("urgency") == "URGENT" {
				limit = 3
			}
		}
	}
	if limit == 0 || start == "" || done < start {
		return untold
	}
	due, err := time.Parse(time.DateOnly, start)
	if err != nil {
		return untold
	}
	for limit > 0 {
		due = due.AddDate(0, 0, 1)
		if d.calendar.IsWorkday(calendar.Of(due)) {
			limit--
		}
	}
	if done > due.Format(time.DateOnly) {
		return late
	}
	return inTime
}

// dayLate tells whether a period of calendar days that began on a day is over on the first
// day without records; one that ends on a day off runs on to the next working day.
func (d *district) dayLate(start string, days int) bool {
	due, err := time.Parse(time.DateOnly, start)
	if err != nil {
		return false
	}
	for due = due.AddDate(0, 0, days); !d.calendar.IsWorkday(calendar.Of(due)); {
		due = due.AddDate(0, 0, 1)
	}
	return due.Before(world.End)
}

// daysBetween counts from one day to another.
func daysBetween(from, to string) int {
	a, _ := time.Parse(time.DateOnly, from)
	b, _ := time.Parse(time.DateOnly, to)
	return int(b.Sub(a).Hours() / 24)
}
