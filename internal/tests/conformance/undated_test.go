package conformance

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/page"
	"github.com/bureaugraph/bureaugraph/resolvers"
)

// undated walks records without a day of receipt in pages of one: zero days and NULLs are
// ties of the order, which the key alone breaks.
func undated(t *testing.T, r *resolvers.Resolver) {
	s := r.Set
	none := &model.DateRange{}
	t.Run("undated", func(t *testing.T) {
		walkUndated(t, s.LegalityReviews,
			&model.LegalityReviewFilter{Not: &model.LegalityReviewFilter{ReceivedOn: none}})
		walkUndated(t, s.ReconsiderationCases,
			&model.ReconsiderationCaseFilter{Not: &model.ReconsiderationCaseFilter{ReceivedOn: none}})
		walkUndated(t, s.LegalAidCases, &model.LegalAidCaseFilter{Not: &model.LegalAidCaseFilter{ReceivedOn: none}})
		walkUndated(t, s.NotarialMatters,
			&model.NotarialMatterFilter{Not: &model.NotarialMatterFilter{ReceivedOn: none}})
		walkUndated(t, s.PublicityEvents,
			&model.PublicityEventFilter{Not: &model.PublicityEventFilter{ReceivedOn: none}})
	})
}

func walkUndated[T any, R record[T]](t *testing.T, source *adapters.Source[T], undated any) {
	t.Helper()
	rows, err := source.All(t.Context(), filter.Filter{Not: &filter.Filter{Field: "receivedOn", Days: &filter.Days{}}})
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, row := range rows {
		want = append(want, R(row).Key())
	}
	for _, backward := range []bool{false, true} {
		var got []string
		one := 1
		ask := adapters.Ask{Args: page.Args{First: &one}, Filter: undated}
		if backward {
			ask.Args = page.Args{Last: &one}
		}
		for len(got) <= len(want) {
			c, err := source.List(t.Context(), ask)
			if err != nil {
				t.Fatal(err)
			}
			if len(c.Nodes) == 0 {
				break
			}
			got = append(got, R(c.Nodes[0]).Key())
			if backward {
				ask.Before = c.PageInfo().StartCursor
			} else {
				ask.After = c.PageInfo().EndCursor
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s, backward: %v, -there +paged\n%.1000s", source.Kind().Record, backward, diff)
		}
	}
	t.Logf("%s: %d undated", source.Kind().Record, len(want))
}
