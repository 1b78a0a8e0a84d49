package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Spellings is the batch resolver for the spellings field.
func (r *documentResolver) Spellings(ctx context.Context, objs []*model.Document) ([][]string, error) {
	return r.spellingsOf(ctx, objs)
}

// Document is the resolver for the document field.
func (r *queryResolver) Document(ctx context.Context, number string) (*model.Document, error) {
	return r.document(ctx, number)
}
