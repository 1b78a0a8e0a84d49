package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/loaders"
)

// check is one rule about a record that only other records can answer: whether what it
// refers to exists, and whether its number is its own. It is asked in two ways: for a
// page by the request's loaders, one statement whatever the rows, and for a whole table
// by a census taken once.
type check[P any] struct {
	field    string
	rule     model.DataIssueRule
	severity model.DataIssueSeverity
	value    func(*P) *string // what the record refers to, or its number; nil needs no check
	// broken tells for each record of a page whether it breaks the rule.
	broken func(ctx context.Context, records []*P) ([]bool, error)
	// targets hands over everything a reference may say, bounded like Source.Each. nil
	// for numbers, which are counted among the records themselves.
	targets func(ctx context.Context, limit int, each func(key string)) (isComplete bool, err error)
	// census takes the place of value and targets for a rule that is about more than one
	// value: it gives how many records break the rule that did not until this one came.
	census func(ctx context.Context) (broken func(*P) int, err error)
}

// issue is the finding about a record that breaks the rule.
func (c check[P]) issue() *model.DataIssue {
	return &model.DataIssue{Field: c.field, Rule: c.rule, Severity: c.severity}
}

// linked checks a relation inside a system. References into another system are no
// findings: that system may simply not know the person or the document.
//
// Where the site does not record what the references name, nothing can be called an orphan.
func linked[P, T any](source *adapters.Source[T], key, field string, reference func(*P) *string) check[P] {
	if !source.Records(key) {
		reference = func(*P) *string { return nil }
	}
	return check[P]{
		field:    field,
		rule:     model.DataIssueRuleOrphanLink,
		severity: model.DataIssueSeverityDropped,
		value:    reference,
		broken: func(ctx context.Context, records []*P) ([]bool, error) {
			found, err := loaders.One(ctx, source, key, records, reference)
			broken := make([]bool, len(records))
			for i, p := range records {
				broken[i] = found[i] == nil && reference(p) != nil
			}
			return broken, err
		},
		targets: func(ctx context.Context, limit int, each func(string)) (bool, error) {
			return adapters.EachKey(ctx, source, key, limit, each)
		},
	}
}

// numbered checks that no other record of the kind has the same number, however it is
// written: a case entered twice, or a serial given twice.
func numbered[P any](source *adapters.Source[P], number func(*P) *string) check[P] {
	return check[P]{
		field:    "number",
		rule:     model.DataIssueRuleDuplicateNumber,
		severity: model.DataIssueSeveritySuspect,
		value:    number,
		broken: func(ctx context.Context, records []*P) ([]bool, error) {
			same, err := loaders.Linked(ctx, source, "numberKey", records, number)
			broken := make([]bool, len(records))
			for i := range records {
				broken[i] = len(same[i]) > 1
			}
			return broken, err
		},
	}
}
