package legalaid

import (
	"iter"
	"strings"
	"time"

	"github.com/bureaugraph/bureaugraph/internal/demo/dataset"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// leastChildren is how many objections and changes there are at the smallest scales, so
// that every kind of dirt finds its rows.
const leastChildren = 14

// office knows the cases, for what came of them.
type office struct{ cases []*dataset.Row }

// groups gives the recipient groups of an applicant as a list with bars, some before and
// behind, their labels, and the helper team.
func (b *office) groups(r *dataset.Row) any {
	b.cases = append(b.cases, r)
	chance := func(perMille int) bool { return r.Rand.IntN(1000) < perMille }
	var codes, labels []string
	add := func(isMember bool, code, label string) {
		if isMember {
			codes, labels = append(codes, code), append(labels, label)
		}
	}
	age, person := r.Get("age").(int), r.Get("person").(*world.Person)
	add(age < 18, "01", "未成年人")
	add(age >= 60, "02", "老年人")
	add(chance(50), "03", "残疾人")
	add(!person.Male && chance(600), "04", "妇女")
	add(r.Get("cause") == "05" && chance(750), "05", "农民工")
	add(chance(25), "06", "军人军属")
	add(r.Get("source") == "1" && chance(300), "07", "低保低收入")
	list := strings.Join(codes, "|")
	if list != "" && chance(200) {
		list = "|" + list + "|"
	}
	team := "6"
	if r.Get("kind") != "01" {
		team = ""
		byGroup := map[string]string{"01": "1", "02": "2", "03": "3", "04": "1", "05": "5", "06": "4"}
		for _, code := range codes {
			if byGroup[code] != "" && chance(800) {
				team = byGroup[code]
				break
			}
		}
	}
	if team == "" && chance(300) {
		team = "0"
	}
	return map[string]any{"codes": list, "labels": strings.Join(labels, "|"), "team": team}
}

// objections gives objections (Legal Aid Law Art. 49) to refusals and terminations. A case
// whose objection is not decided stands at it.
func (b *office) objections(run *dataset.Run) iter.Seq[map[string]any] {
	return func(yield func(map[string]any) bool) {
		for _, c := range b.some(run, 300, func(c *dataset.Row) bool {
			return (c.Get("fate") == "refused" || c.Get("fate") == "cut") && happened(c.Get("closed"), 0)
		}) {
			raised := c.Get("closed").(time.Time).AddDate(0, 0, 1+run.Rand.IntN(20))
			if !happened(raised, 0) {
				continue
			}
			against := "1"
			if c.Get("fate") == "cut" {
				against = "2"
			}
			if !yield(map[string]any{"case": c.Get("aj_id"), "against": against, "raised": raised}) {
				return
			}
			if last := len(run.Table("flyz_yy").Rows) - 1; run.Cell("flyz_yy", last, "scjg") == "0" {
				stand(run, c, "31", "异议")
			}
		}
	}
}

// changes gives changes of the handling person while a case is in progress.
func (b *office) changes(run *dataset.Run) iter.Seq[map[string]any] {
	return func(yield func(map[string]any) bool) {
		for _, c := range b.some(run, 30, func(c *dataset.Row) bool {
			return c.Get("isOld") == false && c.Get("lawyer") != nil && happened(c.Get("assigned"), 12)
		}) {
			if !yield(map[string]any{"case": c.Get("aj_id"), "taken": c.Get("assigned"), "taker": c.Get("lawyer")}) {
				return
			}
			if c.Get("status") == "22" && run.Rand.IntN(1000) < 500 {
				stand(run, c, "23", "更换承办人")
			}
		}
	}
}

// stand sets the state of a case.
func stand(run *dataset.Run, c *dataset.Row, code, label string) {
	row := c.Get("row").(int) - 1
	run.Set("flyz_ajxx", row, "zt", code)
	run.Set("flyz_ajxx", row, "ztjs", label)
}

// happened tells whether a day, and so many more, had passed when the database was copied.
func happened(day any, later int) bool {
	at, ok := day.(time.Time)
	return ok && at.AddDate(0, 0, later).Before(world.End)
}

// some takes so many of a thousand of those cases, at least leastChildren, in order.
func (b *office) some(run *dataset.Run, perMille int, fits func(*dataset.Row) bool) (taken []*dataset.Row) {
	var open []*dataset.Row
	for _, c := range b.cases {
		if fits(c) {
			open = append(open, c)
		}
	}
	n := min(len(open), max(leastChildren, len(open)*perMille/1000))
	for i, c := range open { // selection sampling keeps the order
		if run.Rand.IntN(len(open)-i) < n-len(taken) {
			taken = append(taken, c)
		}
	}
	return taken
}
