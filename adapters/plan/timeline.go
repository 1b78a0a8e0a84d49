package plan

import "github.com/bureaugraph/bureaugraph/adapters/mapping"

// UpTo is the predicate that a date field's day, as it is read, is before the ISO day, or
// with inclusive not after it. A row without a readable day is before every day, and the
// day "" stands for it.
func (t *Table) UpTo(f *mapping.Field, day string, inclusive bool) Predicate {
	return upTo{expression: sortKey{expression: t.meaning(f)}.comparable(), day: day, inclusive: inclusive}
}

type upTo struct {
	expression string
	day        string
	inclusive  bool
}

func (p upTo) render(b *builder) {
	compare := " < "
	if p.inclusive {
		compare = " <= "
	}
	b.write(p.expression + compare)
	b.arg(p.day)
}
