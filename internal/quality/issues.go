package quality

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Issues gives each record's findings: those about its cells, and those of the checks.
func Issues[P any, R interface {
	*P
	DataIssues() []*model.DataIssue
}](ctx context.Context, parents []*P, checks []Check[P]) ([][]*model.DataIssue, error) {
	issues := make([][]*model.DataIssue, len(parents))
	for i, p := range parents {
		issues[i] = R(p).DataIssues()
	}
	for _, c := range checks {
		broken, err := c.Broken(ctx, parents)
		if err != nil {
			return issues, err
		}
		for i := range parents {
			if broken[i] {
				issues[i] = append(issues[i][:len(issues[i]):len(issues[i])], c.issue())
			}
		}
	}
	return issues, nil
}
