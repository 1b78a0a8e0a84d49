// Package quality tells what is wrong with records: of a page beside its records, and of whole
// kinds of records with how many there are and some samples. What a cell shows by itself its
// codec has found; what only other records can answer is a Check.
package quality

import (
	"context"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/loaders"
)

// Check is one rule about a record that only other records can answer: whether what it
// refers to exists, and whether its number is its own. It is asked in two ways: for a
// page by the request's loaders, one statement whatever the rows, and for a whole table
// by a census taken once.
type Check[P any] struct {
	Field    string
	Rule     model.DataIssueRule
	Severity model.DataIssueSeverity
	Value    func(*P) *string // what the record refers to, or its number; nil needs no check
	// Broken tells for each record of a page whether it breaks the rule.
	Broken func(ctx context.Context, records []*P) ([]bool, error)
	// Targets hands over everything a reference may say, bounded like Source.Each. nil
	// for numbers, which are counted among the records themselves.
	Targets func(ctx context.Context, limit int, each func(key string)) (isComplete bool, err error)
	// Census takes the place of Value and Targets for a rule that is about more than one
	// value: it gives how many records break the rule that did not until this one came.
	Census func(ctx context.Context) (broken func(*P) int, err error)
}

// issue is the finding about a record that breaks the rule.
func (c Check[P]) issue() *model.DataIssue {
	return &model.DataIssue{Field: c.Field, Rule: c.Rule, Severity: c.Severity}
}

// Linked checks a relation inside a system. References into another system are no
// findings: that system may simply not know the person or the document.
//
// Where the site does not record what the references name, nothing can be called an orphan.
func Linked[P, T any](source *adapters.Source[T], key, field string, reference func(*P) *string) Check[P] {
	if !source.Records(key) {
		reference = func(*P) *string { return nil }
	}
	return Check[P]{
		Field:    field,
		Rule:     model.DataIssueRuleOrphanLink,
		Severity: model.DataIssueSeverityDropped,
		Value:    reference,
		Broken: func(ctx context.Context, records []*P) ([]bool, error) {
			broken := make([]bool, len(records))
			if !source.Sees(ctx) { // what is not the caller's is not there, and no orphan for that
				return broken, nil
			}
			found, err := loaders.One(ctx, source, key, records, reference)
			for i, p := range records {
				broken[i] = found[i] == nil && reference(p) != nil
			}
			return broken, err
		},
		Targets: func(ctx context.Context, limit int, each func(string)) (bool, error) {
			isComplete, err := adapters.EachKey(ctx, source, key, limit, each)
			return isComplete && source.Sees(ctx), err
		},
	}
}

// Numbered checks that no other record of the kind has the same number, however it is
// written: a case entered twice, or a serial given twice.
func Numbered[P any](source *adapters.Source[P], number func(*P) *string) Check[P] {
	return Check[P]{
		Field:    "number",
		Rule:     model.DataIssueRuleDuplicateNumber,
		Severity: model.DataIssueSeveritySuspect,
		Value:    number,
		Broken: func(ctx context.Context, records []*P) ([]bool, error) {
			same, err := loaders.Linked(ctx, source, "numberKey", records, number)
			broken := make([]bool, len(records))
			for i := range records {
				broken[i] = len(same[i]) > 1
			}
			return broken, err
		},
	}
}
