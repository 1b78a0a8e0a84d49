// Package legalaid invents the database of the legal aid system (法律援助) in the
// pinyin-initials style of old Chinese office software: GBK bytes in latin1 columns, twin
// text columns with the suffix js beside the codes, yes/no columns that begin with sf, lists
// joined by |, no foreign keys, soft-deleted rows, and copies of tables that nobody
// dropped. What the gateway must report about it is in the database's ledger.
package legalaid

import (
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// Yearly volumes of 2023 at scale 1, within the plausible ranges of the 2023 report.
const (
	casesAYear         = 2000
	consultationsAYear = 20000
	dutyHelpsAYear     = 800
)

// Figures of the 2023 report that this system owns. They hold at every scale.
const (
	asianGamesLawyers = 114
	talentPoolLawyers = 55
)

// Database invents the database; the same world gives the same one.
func Database(w *world.World) *legacy.Database {
	b := &builder{
		w:      w,
		r:      w.Rand("legal-aid"),
		texts:  map[string]any{},
		places: map[string]place{},
		shown:  latin1(),
		db:     &legacy.Database{Name: "flyz", Charset: "latin1"},
	}
	firms := b.firms()
	lawyers := b.lawyers()
	cases, applicants := b.cases()
	objections := b.objections(cases)
	changes := b.changes(cases)
	consultations := b.consultations()
	helps := b.dutyHelps()

	b.dirtyRegisters(lawyers, firms)
	b.dirtyCases(cases)
	b.dirtyApplicants(applicants)
	b.dirtyChildren(objections, changes)
	b.forgotten(objections)
	b.dirtyConsultations(consultations)
	b.dirtyDutyHelps(helps)

	b.deletedTwins(cases, applicants)
	b.leftovers(cases)
	b.unclearMemberships(lawyers)
	return b.db
}

// builder fills one database.
type builder struct {
	w      *world.World
	r      *rand.Rand
	texts  map[string]any // text -> boxed mojibake, for texts that come again
	places map[string]place
	shown  map[rune]byte // what latin1 shows -> the byte
	db     *legacy.Database
}

// chance is true in so many of a thousand calls.
func (b *builder) chance(perMille int) bool { return b.r.IntN(1000) < perMille }

// text gives the cell of a text that comes again: a label, a name.
func (b *builder) text(s string) any {
	if cell, ok := b.texts[s]; ok {
		return cell
	}
	cell := b.once(s)
	b.texts[s] = cell
	return cell
}

// once gives the cell of a text: GBK bytes as the server shows a latin1 column.
func (b *builder) once(s string) any { return legacy.Mojibake(s, "gbk") }

// person takes someone of the district; one in seven belongs to the few hundred who turn
// up in every office.
func (b *builder) person() *world.Person {
	n := len(b.w.Persons)
	if b.chance(150) {
		n = min(n, 300)
	}
	return &b.w.Persons[b.r.IntN(n)]
}

// happened tells whether a step was taken before the database was copied; the zero time is
// a step that never will be.
func happened(day time.Time) bool { return !day.IsZero() && day.Before(world.End) }

// monthWeights is how the year's work spreads over its months: little around the Spring
// Festival, much in late autumn.
var monthWeights = [12]int{70, 55, 95, 88, 90, 92, 84, 80, 95, 78, 105, 98}

// days takes count days in [from, before), in order: months by weight, mostly workdays.
func (b *builder) days(from, before time.Time, count int) []time.Time {
	total := int(before.Sub(from).Hours() / 24)
	weights, sum := make([]int, total), 0
	for i := range total {
		day := from.AddDate(0, 0, i)
		w := monthWeights[day.Month()-1]
		if wd := day.Weekday(); wd == time.Saturday || wd == time.Sunday {
			w /= 12
		}
		sum += w
		weights[i] = sum
	}
	picked := make([]int, total)
	for range count {
		at := b.r.IntN(sum)
		lo, hi := 0, total-1
		for lo < hi {
			if mid := (lo + hi) / 2; weights[mid] > at {
				hi = mid
			} else {
				lo = mid + 1
			}
		}
		picked[lo]++
	}
	days := make([]time.Time, 0, count)
	for i, n := range picked {
		for range n {
			days = append(days, from.AddDate(0, 0, i))
		}
	}
	return days
}

// span takes the days of the demo's two years: 2023 with the yearly volume, the half
// years around it with half of it.
func (b *builder) span(aYear int) []time.Time {
	n := b.w.N(aYear)
	days := b.days(world.Start, world.Day(2023, 1, 1), (n+1)/2)
	days = append(days, b.days(world.Day(2023, 1, 1), world.Day(2024, 1, 1), n)...)
	return append(days, b.days(world.Day(2024, 1, 1), world.End, (n+1)/2)...)
}

// workday moves a day off the weekend.
func workday(day time.Time) time.Time {
	switch day.Weekday() {
	case time.Saturday:
		return day.AddDate(0, 0, 2)
	case time.Sunday:
		return day.AddDate(0, 0, 1)
	}
	return day
}

// Ways of writing a day.
func iso(day time.Time) string     { return day.Format("2006-01-02") }
func loose(day time.Time) string   { return day.Format("2006-1-2") }
func slashed(day time.Time) string { return day.Format("2006/1/2") }
func compact(day time.Time) string { return day.Format("20060102") }

// serial is the day number that a spreadsheet of the 1900 system shows.
func serial(day time.Time) string {
	return strconv.Itoa(int(day.Sub(world.Day(1899, 12, 30)).Hours() / 24))
}

// clock is a moment of the day within office hours, as DATETIME text.
func (b *builder) clock(day time.Time) string {
	return day.Add(time.Duration(8*3600+1800+b.r.IntN(8*3600)) * time.Second).Format("2006-01-02 15:04:05")
}
