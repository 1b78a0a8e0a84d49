package resolvers

import (
	"context"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
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
func (r *Resolver) withoutAge(ctx context.Context, source tallied, q adapters.Question, found *adapters.Tally) ([]*model.Exclusion, error) {
	at := slices.IndexFunc(q.Axes, func(a adapters.Axis) bool { return a.Field == ageField })
	if at < 0 || len(found.Without[at]) == 0 {
		return nil, nil
	}
	number, err := source.Axis("APPLICANT_NUMBER")
	if err != nil {
		return nil, err
	}
	undated := plan.Filter{Not: &plan.Filter{Field: ageReceipt, Standing: plan.Filled}}
	misread := unreadable(ageReceipt)
	orphan := plan.Filter{And: []plan.Filter{{Field: ageReferred, Standing: plan.Filled}}, Not: &plan.Filter{Field: "applicantRow", Standing: plan.Filled}}
	t, err := source.Tally(ctx, adapters.Question{
		Filter:   plan.Filter{And: []plan.Filter{q.Filter}, Not: &plan.Filter{Field: ageField, Whole: &plan.Whole{From: new(0)}}},
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
