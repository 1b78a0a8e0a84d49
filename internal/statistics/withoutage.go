package statistics

import (
	"context"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// withoutAges tells by the field of each age why rows stand in none of its bands: by one statement
// more for an age that the question groups by and some row has not.
func withoutAges(ctx context.Context, source *adapters.Statistics, q adapters.Question,
	found *adapters.Tally) (map[string][]*model.Exclusion, error) {
	ages := map[string][]*model.Exclusion{}
	for i, axis := range q.Axes {
		if len(found.Without[i]) == 0 {
			continue
		}
		age, isAge, err := source.Age(axis.Field)
		if err != nil {
			return nil, err
		}
		if !isAge {
			continue
		}
		reasons, err := withoutAge(ctx, source, q.Filter, axis, age)
		if err != nil {
			return nil, err
		}
		list := []*model.Exclusion{}
		for _, reason := range model.AllExclusionReason {
			if n := reasons[reason]; n > 0 {
				list = append(list, &model.Exclusion{Reason: reason, Of: axis.Name, Count: n})
			}
		}
		ages[axis.Field] = list
	}
	return ages, nil
}

// withoutAge counts the rows without an age by what is amiss. A number that is missing, wrong or
// of another document comes first, then the day on which the age is asked for.
func withoutAge(ctx context.Context, source *adapters.Statistics, asked filter.Filter, axis adapters.Axis,
	age adapters.Age) (map[adapters.Reason]int, error) {
	undated := filter.Filter{Not: &filter.Filter{Field: age.On, Standing: filter.Filled}}
	misread := unreadable(age.On)
	orphan := filter.Filter{And: []filter.Filter{{Field: age.Of, Standing: filter.Filled}},
		Not: &filter.Filter{Field: age.Row, Standing: filter.Filled}}
	t, err := source.Tally(ctx, adapters.Question{
		Filter: filter.Filter{And: []filter.Filter{asked},
			Not: &filter.Filter{Field: axis.Field, Whole: &filter.Whole{From: new(0)}}},
		Axes:     []adapters.Axis{age.Number},
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
		counts[adapters.Reversed] += b.Rows - b.Figures[1].Rows - b.Figures[2].Rows // born after the day
	}
	return counts, nil
}
