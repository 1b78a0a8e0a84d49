// Package reconsideration invents the legacy database of the reconsideration office: a
// Java program of 2010 moved from Oracle (style 3 of the demo), with its dirt. What the
// gateway makes of it is in adapters/reconsideration.
package reconsideration

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// Yearly volumes at scale 1. The new law brought more cases.
const (
	casesIn2022H2 = 500
	casesIn2023   = 1000
	casesIn2024H1 = 700
	casesBefore   = 90 // of the former system, 2011 to 2021
)

// Database invents the database. The same world gives the same rows.
func Database(w *world.World) *legacy.Database {
	r := w.Rand("reconsideration")
	b := newBuilder(w, r)
	b.dictionaries()
	b.founding()

	serial := 0
	year := 0
	for _, on := range receipts(r, world.Day(2011, 1, 4), world.Day(2021, 12, 31), w.N(casesBefore)) {
		if on.Year() != year {
			year, serial = on.Year(), 0
		}
		serial += between(r, 1, 15)
		b.migrated(r, on, serial)
	}
	serial = w.N(430) // the first half of 2022 is not in the demo
	for _, on := range receipts(r, world.Start, world.Day(2023, 1, 1), w.N(casesIn2022H2)) {
		serial++
		b.add(r, on, serial, "")
	}
	for i, on := range receipts(r, world.Day(2023, 1, 1), world.Day(2024, 1, 1), w.N(casesIn2023)) {
		forced := ""
		switch i { // whatever the scale: acts overturned although their document passed review
		case 4:
			forced = revoked
		case 7:
			forced = confirmedUnlawful
		}
		b.add(r, on, i+1, forced)
	}
	for i, on := range receipts(r, world.Day(2024, 1, 1), world.End, w.N(casesIn2024H1)) {
		b.add(r, on, i+1, "")
	}
	b.copies()
	b.plant(w.Rand("reconsideration dirt"))
	return b.database
}

// receipts takes so many days of receipt in order.
func receipts(r *rand.Rand, from, before time.Time, n int) []time.Time {
	all := make([]time.Time, n)
	for i := range all {
		all[i] = receipt(r, from, before)
	}
	slices.SortFunc(all, time.Time.Compare)
	return all
}

// builder is the database while it is made.
type builder struct {
	w        *world.World
	database *legacy.Database

	cases, applicant, third, hearing, lawsuit, letters *table
	facilities, dictionary, units, online              *table
	attachments, accounts                              *table

	random     *rand.Rand      // of ids
	ids        map[string]bool // given so far
	unitCodes  map[string]string
	offices    []choice[office]
	officers   []string
	approvers  []string
	firstPoint int // id of the first grassroots point
}

func newBuilder(w *world.World, r *rand.Rand) *builder {
	b := &builder{
		w: w, database: &legacy.Database{Name: "xzfy", Charset: "latin1"},
		random: r, ids: map[string]bool{}, unitCodes: map[string]string{}, offices: offices(),
		officers:  strings.Split("沈国平 来小燕 俞志明 楼晓东 韩雪 施文杰 蔡丽华 钱海燕 金永康 汤敏 瞿红 何建国 许静 邵波", " "),
		approvers: []string{"徐建华", "傅平", "洪志强"},
	}
	shown := map[string]string{}
	for _, t := range []struct {
		into **table
		made *legacy.Table
	}{
		{&b.cases, cases()}, {&b.applicant, applicants()}, {&b.third, thirdParties()}, {&b.hearing, hearings()},
		{&b.lawsuit, lawsuits()}, {&b.letters, letters()}, {&b.facilities, facilities()}, {&b.dictionary, dictionary()},
		{&b.units, units()}, {&b.online, online()}, {&b.attachments, attachments()}, {&b.accounts, accounts()},
	} {
		*t.into = newTable(t.made, shown)
		b.database.Tables = append(b.database.Tables, t.made)
	}
	return b
}

// id makes a primary key: the time to the second and six random digits, 20 in all.
func (b *builder) id(day time.Time) string {
	for {
		second := day.Add(time.Duration(between(b.random, 8*3600, 17*3600)) * time.Second)
		id := second.Format("20060102150405") + padded(strconv.Itoa(b.random.IntN(1000000)), 6)
		if !b.ids[id] {
			b.ids[id] = true
			return id
		}
	}
}

// copies adds what no mapping reads: a backup of the main table and the attachments.
func (b *builder) copies() {
	backup := *b.cases.Table
	backup.Name, backup.Comment, backup.Primary, backup.Indexes = "T_FY_AJ_BAK20211231", "", nil, nil
	backup.Rows = b.cases.Rows[:min(len(b.cases.Rows), b.w.N(casesBefore))]
	backup.Rows = slices.Clone(backup.Rows)
	for i, cells := range backup.Rows {
		backup.Rows[i] = slices.Clone(cells)
	}
	b.database.Tables = append(b.database.Tables, &backup)
	for i, cells := range b.cases.Rows {
		if i%5 != 0 {
			continue
		}
		row := b.attachments.row()
		row.number("FJ_ID", float64(i+1))
		row.set("YW_ID", cells[0].(string))
		row.set("YW_BM", "T_FY_AJ")
		row.set("FJMC", "行政复议申请书.pdf")
		row.set("FJLJ", "/upload/fy/"+cells[0].(string)+"/1.pdf")
	}
}
