package joins

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/loaders"
)

// Documents gives the document each parent names; nil where it names none. That costs
// no statement: a number that a record names is on file.
func Documents[P any](parents []*P, number func(*P) *string) []*model.Document {
	list := make([]*model.Document, len(parents))
	for i, p := range parents {
		if n := number(p); n != nil {
			list[i] = &model.Document{Number: *n}
		}
	}
	return list
}

// Mention finds how one relation's records write each document's number; a document
// that none of them names has an empty list. It is made by MentionIn.
type Mention func(ctx context.Context, documents []*model.Document) ([][]string, error)

// MentionIn is the mention in the records whose field has the document's number; written gives
// it as it is written there.
func MentionIn[T any](source *adapters.Source[T], field string, written func(*T) *string) Mention {
	return func(ctx context.Context, documents []*model.Document) ([][]string, error) {
		lists, err := loaders.Many(ctx, source, field, documents, (*model.Document).Key)
		texts := make([][]string, len(lists))
		for i, list := range lists {
			for _, record := range list {
				if text := written(record); text != nil {
					texts[i] = append(texts[i], *text)
				}
			}
		}
		return texts, err
	}
}

// Spellings lists the distinct spellings of each document's number, in text order.
func (svc *Service) Spellings(ctx context.Context, documents []*model.Document) ([][]string, error) {
	spellings := make([][]string, len(documents))
	for _, mention := range svc.Mentions() {
		texts, err := mention(ctx, documents)
		if err != nil {
			return make([][]string, len(documents)), err
		}
		for i := range texts {
			spellings[i] = append(spellings[i], texts[i]...)
		}
	}
	for i := range spellings {
		slices.Sort(spellings[i])
		spellings[i] = append([]string{}, slices.Compact(spellings[i])...)
	}
	return spellings, nil
}

// onFile gives those of the documents that some system names. While a system is down the
// others still answer; the error is of importance only for documents that none of them
// names.
func (svc *Service) onFile(ctx context.Context, documents []*model.Document) (map[string]model.Node, error) {
	found := map[string]model.Node{}
	failures := map[string]error{} // by system: two of its relations fail alike
	for _, mention := range svc.Mentions() {
		texts, err := mention(ctx, documents)
		for _, f := range fault.All(err) {
			failures[f.System] = f
		}
		for i := range texts {
			if len(texts[i]) > 0 {
				found[documents[i].Number] = documents[i]
			}
		}
	}
	if len(found) == len(documents) {
		return found, nil
	}
	return found, errors.Join(slices.Collect(maps.Values(failures))...)
}

// Document finds one document by its number in any spelling; nil when no system names it.
func (svc *Service) Document(ctx context.Context, number string) (*model.Document, error) {
	normalized, ok := cell.NormalizeNumber(number)
	if !ok {
		return nil, fault.Input("number", "is no document number; it needs a year and a serial, like 萧政发〔2023〕12号")
	}
	found, err := svc.onFile(ctx, []*model.Document{{Number: normalized}})
	d, _ := found[normalized].(*model.Document)
	return d, err
}

// DocumentNodes finds documents by the keys of their Node ids; unknown keys are absent. A number
// that is not in its normalised spelling belongs to no id of ours.
func (svc *Service) DocumentNodes(ctx context.Context, numbers []string) (map[string]model.Node, error) {
	var documents []*model.Document
	for _, n := range numbers {
		if normalized, ok := cell.NormalizeNumber(n); ok && normalized == n {
			documents = append(documents, &model.Document{Number: n})
		}
	}
	return svc.onFile(ctx, documents)
}
