package publicity

import (
	"iter"
	"strconv"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/dataset"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// award is so many honours of one kind that one level conferred in one year.
type award struct {
	level, kind string
	count       int
}

// awardsOf lists a year's honours. Those of 2023 above the district are the figures of
// the yearly report.
func (s *scribe) awardsOf(year int) []award {
	const (
		base  = "法治教育基地"
		point = "公民法治素养观测点"
		home  = "民主法治村（社区）"
	)
	if year == 2023 {
		return []award{
			{"省级", base, 1}, {"省级", point, 1}, {"省级", home, 11},
			{"市级", base, 5},
			{"区级", base, 3}, {"区级", home, 6},
		}
	}
	awards := []award{{"省级", home, s.between(1, 6)}, {"市级", home, s.between(2, 5)}, {"市级", base, s.r.IntN(3)},
		{"区级", base, s.between(1, 3)}}
	if year%4 == 1 || year == 2024 {
		awards = append(awards, award{"国家级", home, s.between(1, 2)})
	}
	if year >= 2022 {
		awards = append(awards, award{"市级", point, 2})
	}
	return awards
}

// awards gives the honours from 2008 to 2024 as the sheet was imported: a totals row after
// each year, the header repeated where a second sheet was pasted below the first, and a note.
// Their number does not follow the scale. Those of 2023 count for the yearly report.
func (s *scribe) awards(run *dataset.Run) iter.Seq[map[string]any] {
	columns := run.Table("荣誉").Columns
	line := func(first, third any) map[string]any {
		cells := make([]any, len(columns))
		cells[0], cells[2] = first, third
		return map[string]any{"cells": cells}
	}
	header := make([]any, len(columns))
	for i, c := range columns {
		header[i] = c.Name
	}
	return func(yield func(map[string]any) bool) {
		for year := 2008; year <= 2024; year++ {
			if year == 2016 && !yield(map[string]any{"cells": header}) {
				return
			}
			number := 0
			for _, a := range s.awardsOf(year) {
				on := s.awardDay(year)
				serial := s.between(1, 60)
				for range a.count {
					number++
					if !yield(map[string]any{
						"year": year, "number": number, "level": a.level, "kind": a.kind, "on": on, "serial": serial,
						"isCounted": year == 2023,
					}) {
						return
					}
				}
			}
			if !yield(line("合计", strconv.Itoa(number))) {
				return
			}
		}
		yield(line(nil, "注：2019年前数据由镇街补报"))
	}
}

// awardDay is when a level announces a year's honours, always within that year.
func (s *scribe) awardDay(year int) time.Time {
	if year == 2024 {
		return world.DayBetween(s.r, world.Day(2024, 3, 1), world.Day(2024, 6, 20))
	}
	return world.DayBetween(s.r, world.Day(year, 5, 1), world.Day(year, 12, 28))
}
