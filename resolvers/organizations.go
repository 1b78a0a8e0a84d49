package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/loaders"
)

// Organization finds an organisation by a code that a system knows; nil when none does.
func (r *queryResolver) Organization(ctx context.Context, text string) (*model.Organization, error) {
	code, ok := cell.NormalizeCreditCode(text)
	if !ok {
		return nil,
			fault.Input("creditCode",
				"is no unified social credit code of 18 characters and no organisation code of nine, or its check character is wrong")
	}
	return known(ctx, []*model.Organization{model.OrganizationOf(&code)}, r.organizationSightings())[0], nil
}

// findOrganizations is the finder of Node ids.
func (r *Resolver) findOrganizations(ctx context.Context, keys []string) (map[string]model.Node, error) {
	var organizations []*model.Organization
	for _, key := range keys {
		if code, ok := cell.NormalizeCreditCode(key); ok && code == key && len(code) == 9 {
			organizations = append(organizations, &model.Organization{OrganizationCode: code})
		}
	}
	found := map[string]model.Node{}
	for _, o := range known(ctx, organizations, r.organizationSightings()) {
		if o != nil {
			found[o.OrganizationCode] = o
		}
	}
	return found, nil
}

// holders loads the rows whose field holds a code of each organisation.
func holders[T any](source *adapters.Source[T], field string) func(ctx context.Context,
	organizations []*model.Organization) ([][]*T, error) {
	return func(ctx context.Context, organizations []*model.Organization) ([][]*T, error) {
		return loaders.OfOrganizations(ctx, source, field, organizations)
	}
}

// namesOfOrganizations lists each organisation's names, most frequent first.
func (r *Resolver) namesOfOrganizations(ctx context.Context, organizations []*model.Organization) [][]string {
	names := make([][]string, len(organizations))
	for i, sights := range see(ctx, organizations, r.organizationSightings(), reportOnce(ctx)) {
		names[i] = byFrequency(sights, nameOf)
	}
	return names
}

// codesOfOrganizations gives each organisation's unified code; systems are asked only
// for those that are known by the old code.
func (r *Resolver) codesOfOrganizations(ctx context.Context, organizations []*model.Organization) []*string {
	codes := make([]*string, len(organizations))
	var unknown []*model.Organization
	for i, o := range organizations {
		if codes[i] = o.KnownCode; o.KnownCode == nil {
			unknown = append(unknown, o)
		}
	}
	if len(unknown) == 0 {
		return codes
	}
	found := map[*model.Organization]*string{}
	for i, sights := range see(ctx, unknown, r.organizationSightings(), reportOnce(ctx)) {
		if list := byFrequency(sights, unifiedCode); len(list) > 0 {
			found[unknown[i]] = &list[0]
		}
	}
	for i, o := range organizations {
		if codes[i] == nil {
			codes[i] = found[o]
		}
	}
	return codes
}

// one takes the first of each list, nil of an empty one.
func one[T any](lists [][]*T, err error) ([]*T, error) {
	firsts := make([]*T, len(lists))
	for i, list := range lists {
		if len(list) > 0 {
			firsts[i] = list[0]
		}
	}
	return firsts, err
}
