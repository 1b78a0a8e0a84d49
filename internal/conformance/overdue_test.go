package conformance

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/plan"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/page"
	"github.com/bureaugraph/bureaugraph/resolvers"
)

// deadlines compares what the filter `overdue` finds in the database with what the clock
// says of every decoded row.
func deadlines(t *testing.T, r *resolvers.Resolver) {
	overdue(t, r.Set.LegalityReviews, func(b bool) any { return &model.LegalityReviewFilter{Overdue: &b} })
	overdue(t, r.Set.ReconsiderationCases, func(b bool) any { return &model.ReconsiderationCaseFilter{Overdue: &b} })
	overdue(t, r.Set.LegalAidCases, func(b bool) any { return &model.LegalAidCaseFilter{Overdue: &b} })
	overdue(t, r.Set.NotarialMatters, func(b bool) any { return &model.NotarialMatterFilter{Overdue: &b} })
}

func overdue[T any, R record[T]](t *testing.T, source *adapters.Source[T], filter func(bool) any) {
	t.Run("overdue/"+source.Kind().Record, func(t *testing.T) {
		rows, err := source.All(t.Context(), plan.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		want := map[bool][]string{}
		states := map[model.DeadlineState]int{}
		for i, d := range source.Deadline(rows) {
			late := d != nil && d.Overdue()
			want[late] = append(want[late], R(rows[i]).Key())
			if d != nil {
				states[d.State]++
			}
		}
		t.Logf("%d rows, current deadlines: %v", len(rows), states)
		if len(want[true]) == 0 {
			t.Error("nothing is overdue: the demo leaves the filter untested")
		}
		for _, late := range []bool{true, false} {
			got := list[T, R](t, source, filter(late))
			slices.Sort(got)
			slices.Sort(want[late])
			if diff := cmp.Diff(want[late], got); diff != "" {
				t.Errorf("overdue: %v, -clock +filter\n%.2000s", late, diff)
			}
			n, exact, err := source.Count(t.Context(), filter(late))
			if err != nil || !exact || n != len(want[late]) {
				t.Errorf("overdue: %v: Count = %d, %v, %v; want %d", late, n, exact, err, len(want[late]))
			}
		}
	})
}

// list gives the keys of all records that the filter lets through, page by page.
func list[T any, R record[T]](t *testing.T, source *adapters.Source[T], filter any) []string {
	t.Helper()
	var keys []string
	size := page.MaxSize
	var after *string
	for {
		c, err := source.List(t.Context(), adapters.Ask{Args: page.Args{First: &size, After: after}, Filter: filter})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range c.Nodes {
			keys = append(keys, R(row).Key())
		}
		if !c.HasNext {
			return keys
		}
		after = c.PageInfo().EndCursor
	}
}
