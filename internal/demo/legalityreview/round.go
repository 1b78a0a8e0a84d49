package legalityreview

import (
	"strconv"

	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

// writeRounds writes the times the draft was sent in.
func (g *generator) writeRounds(matter int64, of line, opinion string, c course) {
	for i, s := range c.submissions {
		l := g.round(matter)
		l.set("round_no", strconv.Itoa(i+1)+".000000000000000000000000000000")
		submitted := of.get("receive_time")
		if i > 0 {
			submitted = clock(g, s.on)
		}
		l.set("submit_time", submitted)
		l.set("create_time", submitted)
		l.set("reviewer_name", of.get("reviewer_name"))
		switch {
		case !s.back.IsZero():
			l.set("return_time", clock(g, s.back))
			l.set("return_reason",
				world.Pick(g.r, []string{"缺少起草说明和依据材料", "未附公平竞争审查意见", "未附公开征求意见情况", "送审稿与附件不一致", "缺少集体讨论记录"}))
			l.set("round_opinion", incomplete)
		case i == len(c.submissions)-1 && !c.opinion.IsZero():
			l.set("round_opinion", opinion)
		}
	}
}

// round appends a round of a matter.
func (g *generator) round(matter int64) line {
	l := g.rounds.add()
	l.set("round_id", int64(len(g.rounds.table.Rows)))
	l.set("matter_id", matter)
	l.set("del_flag", "0")
	l.set("create_by", "system")
	return l
}

// lostRounds are rounds whose matter was deleted from the table by hand, rounds that
// never had one (matter_id 0), and deleted rounds. Only the first are dirt: plant enters
// them in the ledger.
func (g *generator) lostRounds() {
	for i := range max(5, g.w.N(40)) {
		l := g.round(int64(firstMissing + i))
		l.set("round_no", "1.000000000000000000000000000000")
		l.set("submit_time", clock(g, g.arrivalDay(world.Start, world.End)))
		l.set("reviewer_name", world.Pick(g.r, g.centre))
		switch i % 10 {
		case 1:
			l.set("matter_id", int64(0))
		case 2:
			l.set("del_flag", "1")
		}
	}
}

// firstMissing begins the ids of matters that are gone.
const firstMissing = 9000001
