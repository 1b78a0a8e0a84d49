package legalityreview

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// generator invents matters one after the other, in the order they came in.
type generator struct {
	w   *world.World
	r   *rand.Rand
	cal calendar

	matters, rounds *sheet
	bridge          map[int]bool   // matter rows whose document other systems refer to
	serial          map[string]int // last serial of a number's prefix and year
	turn            int            // matters drafted by towns so far

	active map[int][]string    // department codes by year
	deptID map[string]int64    // local sys_dept ids by town or department code
	names  map[string][]string // what clerks call a town or department, by code
	centre []string            // reviewers of the district centre
	staff  map[string][]string // reviewers elsewhere, by town or department code
	chief  string              // signs the centre's opinions
}

func newGenerator(w *world.World) *generator {
	g := &generator{
		w: w, r: w.Rand("legalityreview"), cal: newCalendar(),
		matters: newSheet(matterTable()), rounds: newSheet(roundTable()),
		bridge: map[int]bool{}, serial: map[string]int{},
		active: map[int][]string{}, deptID: map[string]int64{},
		names: map[string][]string{}, staff: map[string][]string{},
	}
	for range 14 {
		g.centre = append(g.centre, g.personName())
	}
	g.chief = g.centre[0]
	for i, d := range w.Departments.List {
		g.deptID[d.Code] = int64(110 + i)
		g.names[d.Code] = append([]string{d.Name}, d.Aliases...)
		g.staff[d.Code] = []string{g.personName(), g.personName()}
	}
	for i, town := range w.Towns.List {
		g.deptID[town.Code] = int64(200 + i)
		for _, s := range w.Towns.Spellings(town.Code) {
			if s[0] > '9' && !strings.HasSuffix(s, "司法所") { // codes and offices draft nothing
				g.names[town.Code] = append(g.names[town.Code], s)
			}
		}
		g.staff[town.Code] = []string{g.personName(), g.personName()}
	}
	for year := 2011; year <= 2024; year++ {
		for _, code := range w.ActiveDepartments(world.Day(year, 6, 30)) {
			if code != "district-government" { // it issues, others draft for it
				g.active[year] = append(g.active[year], code)
			}
		}
	}
	return g
}

// person takes a person, one in seven of those who turn up everywhere.
func (g *generator) person() world.Person {
	n := len(g.w.Persons)
	if g.r.IntN(7) == 0 {
		n = min(n, 300)
	}
	return g.w.Persons[g.r.IntN(n)]
}

func (g *generator) personName() string { return g.person().Name }

func (g *generator) company() world.Organization {
	n := len(g.w.Companies)
	if g.r.IntN(7) == 0 {
		n = min(n, 60)
	}
	return g.w.Companies[g.r.IntN(n)]
}

// chance is true in n of a hundred cases.
func (g *generator) chance(n int) bool { return g.r.IntN(100) < n }

// next gives the next serial of a prefix in a year.
func (g *generator) next(prefix string, year int) int {
	key := prefix + strconv.Itoa(year)
	g.serial[key]++
	return g.serial[key]
}

// arrival is a matter to come: when it comes in, and the published document it leads to.
type arrival struct {
	on       time.Time
	document *world.Document // nil: one of the many others
	annex    bool            // shares the document's number
	trial    bool            // a trial of the software, not served
}

// invent writes all matters and their rounds.
func (g *generator) invent() {
	var arrivals []arrival
	for i := range g.w.Documents {
		d := &g.w.Documents[i]
		on := g.cal.back(d.PublishedOn.AddDate(0, 0, -60-g.r.IntN(25)))
		arrivals = append(arrivals, arrival{on: on, document: d})
		if i%29 == 3 {
			arrivals = append(arrivals, arrival{on: on, document: d, annex: true})
		}
	}
	for range g.w.N(300) {
		arrivals = append(arrivals, arrival{on: g.arrivalDay(world.Day(2011, 3, 1), world.Day(2022, 1, 1))})
	}
	for _, period := range []struct {
		from, before time.Time
		matters      int
	}{
		{world.Start, world.Day(2023, 1, 1), g.w.N(2500)},
		{world.Day(2023, 1, 1), world.Day(2024, 1, 1), g.w.N(5000)},
		{world.Day(2024, 1, 1), world.End, g.w.N(2500)},
	} {
		for _, a := range arrivals {
			if !a.on.Before(period.from) && a.on.Before(period.before) {
				period.matters--
			}
		}
		for range period.matters {
			arrivals = append(arrivals, arrival{on: g.arrivalDay(period.from, period.before)})
		}
	}
	for i := range 3 {
		arrivals = append(arrivals, arrival{on: world.Day(2018, 5, 2+i), trial: true})
	}
	slices.SortStableFunc(arrivals, func(a, b arrival) int { return a.on.Compare(b.on) })
	for i, a := range arrivals {
		g.matter(i, a)
	}
	g.drafts()
	g.deletedTwins()
	g.lostRounds()
}

// arrivalDay takes a day, seldom in the weeks around Spring Festival, often before the
// year ends, and hardly ever on a day off.
func (g *generator) arrivalDay(from, before time.Time) time.Time {
	weights := [...]int{6, 7, 10, 9, 9, 10, 9, 9, 10, 8, 11, 12}
	for {
		d := world.DayBetween(g.r, from, before)
		if g.r.IntN(12) < weights[d.Month()-1] && (g.cal.works(d) || g.r.IntN(60) == 0) {
			return d
		}
	}
}
