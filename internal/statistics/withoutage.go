package statistics

import (
	"context"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// The dimension of the applicant's age, and what it is computed from.
const (
	ageField    = "applicantAge"
	ageNumber   = "applicantNumber"
	ageReceipt  = "receivedOn"
	ageReferred = "applicant"
)

// withoutAge tells why rows stand in no band of ages, by one statement more: nothing of the
// question unless it groups by age and some row has none. A number that is missing, wrong
// or of another document comes first, then the day on which the age is asked for.
func (svc *Service) withoutAge(ctx context.Context, source *adapters.Statistics, q adapters.Question,
	found *adapters.Tally) ([]*model.Exclusion, error) {
	at := slices.IndexFunc(q.Axes, func(a adapters.Axis) bool { return a.Field == ageField })
	if at < 0 || len(found.Without[at]) == 0 {
		return nil, nil
	}
	number, err := source.Axis("APPLICANT_NUMBER")
	if err != nil {
		return nil, err
	}
	undated := filter.Filter{Not: &filter.Filter{Field: ageReceipt, Standing: filter.Filled}}
	misread := unreadable(ageReceipt)
	orphan := filter.Filter{And: []filter.Filter{{Field: ageReferred, Standing: filter.Filled}},
		Not: &filter.Filter{Field: "applicantRow", Standing: filter.Filled}}
	t, err := source.Tally(ctx, adapters.Question{
		Filter: filter.Filter{And: []filter.Filter{q.Filter},
			Not: &filter.Filter{Field: ageField, Whole: &filter.Whole{From: new(0)}}},
		Axes:     []adapters.Axis{number},
		Measures: []adapters.Measure{{Holds: &orphan}, {Holds: &undated}, {Holds: &misread}},
	})
	if err != nil {
		return nil, err
	}
	counts := map[adapters.Reason]int{}
	for reason, n := range t.Without[0] {
		counts[reason] += n
	}
	for _, b := range t.Buckets {
		if b.Key[0] == nil { // without a number
			counts[model.ExclusionReasonOrphanLink] += b.Figures[0].Rows
			counts[adapters.NotRecorded] -= b.Figures[0].Rows
			continue
		}
		counts[adapters.Undated] += b.Figures[1].Rows
		counts[adapters.Unreadable] += b.Figures[2].Rows
		counts[adapters.Reversed] += b.Rows - b.Figures[1].Rows - b.Figures[2].Rows // born after receipt
	}
	var list []*model.Exclusion
	for _, reason := range model.AllExclusionReason {
		if n := counts[reason]; n > 0 {
			list = append(list, &model.Exclusion{Reason: reason, Of: q.Axes[at].Name, Count: n})
		}
	}
	return list, nil
}
