package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/linkage"
)

// linkage tells which rows are about the same person or organisation.
func (r *Resolver) linkage() *linkage.Service {
	return &linkage.Service{
		Persons: r.Persons, Today: r.Today, Lawyers: r.Set.Lawyers, PersonSightings: r.personSightings,
		OrganizationSightings: r.organizationSightings, NamesRead: r.namesRead, Missing: reportOnce,
		Share: func(ctx context.Context, work func() (linkage.Doubt, error)) (linkage.Doubt, error) {
			return once(ctx, &r.runs, "names", "names", work)
		},
	}
}

// Person resolves Query.person.
func (r *queryResolver) Person(ctx context.Context, residentID model.ResidentNumber) (*model.Person, error) {
	return r.linkage().Person(ctx, residentID)
}

// Organization resolves Query.organization.
func (r *queryResolver) Organization(ctx context.Context, creditCode string) (*model.Organization, error) {
	return r.linkage().Organization(ctx, creditCode)
}

// Lawyer resolves Query.lawyer.
func (r *queryResolver) Lawyer(ctx context.Context, licence string) (*model.Lawyer, error) {
	return r.linkage().Lawyer(ctx, licence)
}

// Records resolves Department.records.
func (r *departmentResolver) Records(ctx context.Context, objs []*model.Department, first *int, after *string,
	filter *model.RecordFilter) ([]*model.RecordConnection, error) {
	return timelines(ctx, objs, func(d *model.Department) string { return d.Code }, r.departmentFeeds(), first, after,
		filter)
}

// CreditCode resolves Organization.creditCode.
func (r *organizationResolver) CreditCode(ctx context.Context, objs []*model.Organization) ([]*string, error) {
	return r.linkage().CodesOfOrganizations(ctx, objs), nil
}

// Name resolves Organization.name.
func (r *organizationResolver) Name(ctx context.Context, objs []*model.Organization) ([]*string, error) {
	return firstNames(r.linkage().NamesOfOrganizations(ctx, objs)), nil
}

// Names resolves Organization.names.
func (r *organizationResolver) Names(ctx context.Context, objs []*model.Organization) ([][]string, error) {
	return r.linkage().NamesOfOrganizations(ctx, objs), nil
}

// Records resolves Organization.records.
func (r *organizationResolver) Records(ctx context.Context, objs []*model.Organization, first *int, after *string,
	filter *model.RecordFilter) ([]*model.RecordConnection, error) {
	return timelines(ctx, objs, (*model.Organization).Code, r.organizationFeeds(), first, after, filter)
}

// Name resolves Person.name.
func (r *personResolver) Name(ctx context.Context, objs []*model.Person) ([]*model.PersonName, error) {
	return firstNames(r.linkage().NamesOfPersons(ctx, objs)), nil
}

// Names resolves Person.names.
func (r *personResolver) Names(ctx context.Context, objs []*model.Person) ([][]model.PersonName, error) {
	return r.linkage().NamesOfPersons(ctx, objs), nil
}

// Records resolves Person.records.
func (r *personResolver) Records(ctx context.Context, objs []*model.Person, first *int, after *string,
	filter *model.RecordFilter) ([]*model.RecordConnection, error) {
	return timelines(ctx, objs, (*model.Person).Key, r.personFeeds(), first, after, filter)
}

// Records resolves Town.records.
func (r *townResolver) Records(ctx context.Context, objs []*model.Town, first *int, after *string,
	filter *model.RecordFilter) ([]*model.RecordConnection, error) {
	return timelines(ctx, objs, func(t *model.Town) string { return t.Code }, r.townFeeds(), first, after, filter)
}

// firstNames takes the most frequent name of each list; nil of an empty one.
func firstNames[N any](lists [][]N) []*N {
	names := make([]*N, len(lists))
	for i, list := range lists {
		if len(list) > 0 {
			names[i] = &list[0]
		}
	}
	return names
}
