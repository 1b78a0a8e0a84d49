// Package legalaid invents the database of the legal aid system (法律援助) in the
// pinyin-initials style of old Chinese office software: GBK bytes in latin1 columns, twin
// text columns with the suffix js beside the codes, yes/no columns that begin with sf, lists
// joined by |, no foreign keys, soft-deleted rows, and copies of tables that nobody
// dropped. What the gateway must report about it is in the database's ledger. Most of it is
// dataset.yaml.
package legalaid

import (
	_ "embed"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/dataset"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

//go:embed dataset.yaml
var file []byte

// casesAYear is the yearly volume of 2023 at scale 1, within the plausible range of its report.
const casesAYear = 2000

// Figures of the 2023 report that this system owns. They hold at every scale.
const (
	asianGamesLawyers = 114
	talentPoolLawyers = 55
	corps             = 6 // places that they served
)

// Database invents the database; the same world gives the same one.
func Database(w *world.World) *legacy.Database {
	b := &office{}
	return dataset.Must(w, yamlfile.Source{Name: "legalaid/dataset.yaml", Data: file}, dataset.Hooks{
		Sources: map[string]dataset.Source{
			"applications": {Gives: []string{"received", "isOld"}, Rows: applications},
			"register":     {Gives: []string{"lawyer", "began", "lastDay", "corps", "isPooled"}, Rows: register},
			"objections":   {Gives: []string{"case", "against", "raised"}, Rows: b.objections},
			"changes":      {Gives: []string{"case", "taken", "taker"}, Rows: b.changes},
		},
		Values: map[string]func(*dataset.Row) any{
			"ofAge":      ofAge,
			"busyLawyer": busyLawyer,
			"residentId": residentID,
			"groups":     b.groups,
		},
		Steps: map[string]func(*dataset.Run){"forgotten": forgotten, "deletedTwins": deletedTwins},
	})
}

// applications gives the days on which applications came in, first those of the system before
// 2022.
func applications(run *dataset.Run) iter.Seq[map[string]any] {
	days := run.Yearly(casesAYear)
	older := run.Days(world.Day(2011, 1, 1), world.Day(2022, 1, 1), (len(days)+24)/25)
	return func(yield func(map[string]any) bool) {
		for i, day := range append(older, days...) {
			if !yield(map[string]any{"received": day, "isOld": i < len(older)}) {
				return
			}
		}
	}
}

// register gives the lawyers, with what each was selected for: the service corps of the Asian
// Games, and the talent pool.
func register(run *dataset.Run) iter.Seq[map[string]any] {
	rank := run.Rand.Perm(len(run.World.Lawyers))
	return func(yield func(map[string]any) bool) {
		for i := range run.World.Lawyers {
			lawyer := &run.World.Lawyers[i]
			began, _ := time.Parse("2006", lawyer.Licence[5:9])
			row := map[string]any{
				"lawyer": lawyer, "began": began, "lastDay": began.AddDate(1, 0, -1).YearDay() - 1, "corps": nil,
				"isPooled": rank[i]%4 == 1 && rank[i]/4 < talentPoolLawyers,
			}
			if rank[i] < asianGamesLawyers {
				row["corps"] = 1 + rank[i]%corps
			}
			if !yield(row) {
				return
			}
		}
	}
}

// ofAge takes somebody who is fourteen on the day.
func ofAge(r *dataset.Row) any {
	for {
		if p := r.Make("anyone").(*world.Person); !p.Birth.AddDate(14, 0, 0).After(r.Get("day").(time.Time)) {
			return p
		}
	}
}

// busyLawyer takes a lawyer: some take many cases.
func busyLawyer(r *dataset.Row) any {
	n := len(r.World.Lawyers)
	return &r.World.Lawyers[min(r.Rand.IntN(n), r.Rand.IntN(n))]
}

// residentID writes a resident number, n, in one of the forms that need no finding; the 15
// digits of before 1999 stand mostly in old rows.
func residentID(r *dataset.Row) any {
	id := r.Get("n").(string)
	isOld := r.Get("isOld") == true
	chance := func(perMille int) bool { return r.Rand.IntN(1000) < perMille }
	if id[6:8] == "19" && (isOld && chance(500) || chance(8)) {
		return id[:6] + id[8:17]
	}
	switch n := r.Rand.IntN(200); {
	case n < 3:
		return "'" + id
	case n < 5:
		return dataset.Wide(id)
	case n < 7:
		return id[:6] + " " + id[6:14] + " " + id[14:]
	case n < 10:
		return world.Pick(r.Rand, []string{"", "0", "无", "不详", strings.Repeat("1", 18)})
	case n < 80:
		return strings.ReplaceAll(id, "X", "x")
	}
	return id
}

// forgotten leaves some objections without a decision, long after it was due.
func forgotten(run *dataset.Run) {
	clean := 0
	for row := range run.Table("flyz_yy").Rows {
		if run.Reported("flyz_yy", row) {
			continue
		}
		if clean++; clean%4 != 1 {
			continue
		}
		for column, value := range map[string]any{"scrq": "0000-00-00", "scjg": "0", "scjgjs": nil, "fyah": nil} {
			run.Set("flyz_yy", row, column, value)
		}
	}
}

// deletedTwins enters one case in a hundred, with its applicant, a second time and deletes
// it: the gateway must not show those rows, and says nothing about their dirt.
func deletedTwins(run *dataset.Run) {
	cases, applicants := run.Table("flyz_ajxx"), run.Table("flyz_sqr")
	for row := range cases.Rows {
		if run.Rand.IntN(1000) >= 10 {
			continue
		}
		twin, person := len(cases.Rows), len(applicants.Rows)
		applicants.Rows = append(applicants.Rows, slices.Clone(applicants.Rows[row]))
		cases.Rows = append(cases.Rows, slices.Clone(cases.Rows[row]))
		run.Set("flyz_sqr", person, "sqr_id", 800001+person)
		run.Set("flyz_sqr", person, "sc_bz", "1")
		run.Set("flyz_ajxx", twin, "aj_id", 80001+twin)
		run.Set("flyz_ajxx", twin, "sqr_id", 800001+person)
		run.Set("flyz_ajxx", twin, "sc_bz", "1")
	}
}
