package loaders

import (
	"context"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// OfOrganizations loads the records whose field holds a code of each organisation, old
// code or new. The lists are in key order, and empty rather than nil.
func OfOrganizations[T any](ctx context.Context, source *adapters.Source[T], field string,
	organizations []*model.Organization) ([][]*T, error) {
	if !source.Records(field) {
		return make([][]*T, len(organizations)), nil
	}
	code := func(o *model.Organization) (string, bool) { return o.Code(), true }
	return listsBy(organizations, code, func(keys []string) ([][]*T, []error) {
		return byOrganization(ctx, source, field, keys)
	})
}

// byOrganization shares its loader among all fields that ask for the same rows.
func byOrganization[T any](ctx context.Context, source *adapters.Source[T], field string,
	codes []string) ([][]*T, []error) {
	return load(ctx, place{source: source, field: "organization of " + field}, codes,
		func(ctx context.Context, codes []string) (map[string][]*T, error) {
			return adapters.ByOrganization(ctx, source, field, codes)
		})
}

// byField is the loader of records by key.
func byField[T any](ctx context.Context, source *adapters.Source[T], field string, keys []string) ([][]*T, []error) {
	return load(ctx, place{source: source, field: field}, keys,
		func(ctx context.Context, keys []string) (map[string][]*T, error) {
			return source.ByKey(ctx, field, keys)
		})
}
