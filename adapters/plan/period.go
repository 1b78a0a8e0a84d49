package plan

import (
	"encoding/hex"
	"slices"
	"strconv"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// period renders a Period. The lengths are a string of bytes, from which the server takes
// the one of the start day: an exact answer for every pair of days, by one scan.
type period struct {
	start, done string // SQL of ISO days
	filter.Period
}

func (t *Table) period(start, done *mapping.Field, p filter.Period) Predicate {
	day := func(f *mapping.Field) string { return Dimension{Field: f, Unit: Day}.expression(t) }
	return period{day(start), day(done), p}
}

func (p period) render(b *builder) {
	taken := "DATEDIFF(" + p.done + ", " + p.start + ")"
	switch {
	case p.Most != nil:
		b.write("(" + taken + " >= 0 AND " + taken + " <= " + p.allowed(p.Most) + ")")
	case p.Beyond != nil:
		b.write(taken + " > " + p.allowed(p.Beyond))
	default:
		b.write(taken + " >= 0")
	}
}

// allowed is SQL of the length that the start day allows.
func (p period) allowed(a *filter.Lengths) string {
	least := slices.Min(a.Weekday[:])
	for _, n := range a.Days {
		least = min(least, n)
	}
	lengths := func(list []int) string {
		packed := make([]byte, len(list))
		for i, n := range list {
			packed[i] = byte(n - least)
		}
		return "x'" + hex.EncodeToString(packed) + "'"
	}
	// 1900-01-01 was a Monday, and lies before every day that a column accepts
	length := "ASCII(SUBSTRING(" + lengths(a.Weekday[:]) + ", MOD(DATEDIFF(" + p.start + ", '1900-01-01'), 7) + 1, 1))"
	if len(a.Days) > 0 {
		place := "DATEDIFF(" + p.start + ", '" + a.First.String() + "')"
		length = "CASE WHEN " + place + " BETWEEN 0 AND " + strconv.Itoa(len(a.Days)-1) +
			" THEN ASCII(SUBSTRING(" + lengths(a.Days) + ", " + place + " + 1, 1)) ELSE " + length + " END"
	}
	return "(" + length + " + " + strconv.Itoa(least) + ")"
}
