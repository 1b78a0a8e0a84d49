package resolvers

import (
	"cmp"
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fanout"
)

// DataQuality assesses the kinds of one system, or of all, the systems at the same time.
// A system that fails is left out and adds its error; the list is nil when all do.
func (r *queryResolver) DataQuality(ctx context.Context, system *model.System,
	rule *model.DataIssueRule) ([]*model.DataQualityFinding, error) {
	type result struct {
		findings []*model.DataQualityFinding
		err      error
	}
	systems := r.Set.Systems()
	results := make([]result, len(systems))
	var asked fanout.Group
	for i, of := range systems {
		if system != nil && *system != of {
			continue
		}
		asked.Go(func() {
			var found []*model.DataQualityFinding
			var err error
			panicked := fanout.Do(func() {
				found, err = once(ctx, &r.runs, string(of), "dataQuality "+string(of),
					func() ([]*model.DataQualityFinding, error) {
						return r.assessed(ctx, of)
					})
			})
			if results[i].err = cmp.Or(panicked, err); results[i].err == nil {
				results[i].findings = slices.DeleteFunc(slices.Clone(found),
					func(f *model.DataQualityFinding) bool { return rule != nil && f.Rule != *rule })
			}
		})
	}
	_ = asked.Wait() // what went wrong stands in the results
	var list []*model.DataQualityFinding
	for _, of := range results {
		switch {
		case of.err != nil:
			graphql.AddError(ctx, of.err)
		case of.findings != nil:
			list = append(append([]*model.DataQualityFinding{}, list...), of.findings...)
		}
	}
	return list, nil
}

// assessed assesses all kinds of a system, by all rules: whoever asks for some of them at
// the same time shares it.
func (r *Resolver) assessed(ctx context.Context, system model.System) ([]*model.DataQualityFinding, error) {
	findings := []*model.DataQualityFinding{}
	for _, a := range r.assessments() {
		if a.Kind.System != system {
			continue
		}
		found, err := a.Run(ctx)
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
	}
	slices.SortStableFunc(findings, func(a, b *model.DataQualityFinding) int { return b.Count - a.Count })
	return findings, nil
}
