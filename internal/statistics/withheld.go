package statistics

import (
	"strconv"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/metrics"
	"github.com/bureaugraph/bureaugraph/internal/suppression"
)

// below is how many rows must stand behind a figure about records of a kind; 0 for any.
func (svc *Service) below(record *metrics.Record) int {
	if record == nil || !record.Persons {
		return 0
	}
	return svc.SuppressBelow
}

// withheld says which of a tally's figures are not shown.
type withheld struct {
	groups   map[*adapters.Bucket]bool
	total    bool
	measures []withheldMeasure // of each measure
}

// withheldMeasure is withheld of one measure; groups that are withheld themselves are not
// among its own.
type withheldMeasure struct {
	groups map[*adapters.Bucket]bool
	total  bool
}

// withhold chooses what of a tally is not shown, so that neither a count of a few rows nor
// a part of a few rows within one, such as those that make a rate, is shown or can be worked
// out. width tells how many figures of a bucket each measure has.
func withhold(t *adapters.Tally, measures []metrics.Measure, below int) *withheld {
	w := &withheld{groups: map[*adapters.Bucket]bool{}, measures: make([]withheldMeasure, len(measures))}
	if below <= 1 {
		return w
	}
	hide := func(count func(*adapters.Bucket) int, groups map[*adapters.Bucket]bool) (total bool) {
		cells := make([]suppression.Cell, len(t.Buckets))
		for i, b := range t.Buckets {
			cells[i] = suppression.Cell{Key: values(b.Key), Count: count(b)}
		}
		hidden, total := suppression.Hide(cells, below)
		for i, b := range t.Buckets {
			if hidden[i] {
				groups[b] = true
			}
		}
		n := count(t.Total)
		return total || n > 0 && n < below
	}
	w.total = hide(func(b *adapters.Bucket) int { return b.Rows }, w.groups)
	at := 0
	for i, m := range measures {
		w.measures[i].groups = map[*adapters.Bucket]bool{}
		figure := at
		counts := []func(*adapters.Bucket) int{
			func(b *adapters.Bucket) int { return b.Figures[figure].Rows },
			func(b *adapters.Bucket) int { return b.Rows - b.Figures[figure].Rows },
		}
		at++
		if m.Rate != nil {
			counts = []func(*adapters.Bucket) int{
				func(b *adapters.Bucket) int { return b.Figures[figure].Rows },
				func(b *adapters.Bucket) int { return b.Figures[figure+1].Rows },
				func(b *adapters.Bucket) int { return b.Figures[figure].Rows - b.Figures[figure+1].Rows },
			}
			at++
		}
		for _, count := range counts {
			w.measures[i].total = hide(count, w.measures[i].groups) || w.measures[i].total
		}
	}
	return w
}

// values are the values of a key as texts, told apart from none.
func values(key []*string) []string {
	texts := make([]string, len(key))
	for i, v := range key {
		if v != nil {
			texts[i] = strconv.Quote(*v)
		}
	}
	return texts
}

// any tells whether a group is withheld.
func (w *withheld) any() bool { return w.total || len(w.groups) > 0 }

// isSmall tells whether a number is of so few that it is not shown.
func isSmall(n, below int) bool { return n > 0 && n < below }

// suppressed is the exclusion that tells how many groups or figures are withheld.
func suppressed(of string, n int) *model.Exclusion {
	return &model.Exclusion{Reason: model.ExclusionReasonSuppressed, Of: of, Count: n}
}
