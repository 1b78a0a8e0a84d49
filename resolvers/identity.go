package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Records resolves Department.records.
func (r *departmentResolver) Records(ctx context.Context, objs []*model.Department, first *int, after *string,
	filter *model.RecordFilter) ([]*model.RecordConnection, error) {
	return timelines(ctx, objs, func(d *model.Department) string { return d.Code }, r.departmentFeeds(), first, after,
		filter)
}

// LawyerCandidates resolves LegalAidCase.lawyerCandidates.
func (r *legalAidCaseResolver) LawyerCandidates(ctx context.Context,
	objs []*model.LegalAidCase) ([][]*model.LawyerCandidate, error) {
	return candidatesOf(ctx, r.Set.Lawyers, objs, func(o *model.LegalAidCase) named {
		return named{o.LawyerRef,
			o.LawyerName, o.FirmRef}
	})
}

// AdviserCandidates resolves LegalityReview.adviserCandidates.
func (r *legalityReviewResolver) AdviserCandidates(ctx context.Context,
	objs []*model.LegalityReview) ([][]*model.LawyerCandidate, error) {
	return candidatesOf(ctx, r.Set.Lawyers, objs,
		func(o *model.LegalityReview) named { return named{licence: o.AdviserRef, name: o.AdviserName} })
}

// CreditCode resolves Organization.creditCode.
func (r *organizationResolver) CreditCode(ctx context.Context, objs []*model.Organization) ([]*string, error) {
	return r.codesOfOrganizations(ctx, objs), nil
}

// Name resolves Organization.name.
func (r *organizationResolver) Name(ctx context.Context, objs []*model.Organization) ([]*string, error) {
	return firstNames(r.namesOfOrganizations(ctx, objs)), nil
}

// Names resolves Organization.names.
func (r *organizationResolver) Names(ctx context.Context, objs []*model.Organization) ([][]string, error) {
	return r.namesOfOrganizations(ctx, objs), nil
}

// Records resolves Organization.records.
func (r *organizationResolver) Records(ctx context.Context, objs []*model.Organization, first *int, after *string,
	filter *model.RecordFilter) ([]*model.RecordConnection, error) {
	return timelines(ctx, objs, (*model.Organization).Code, r.organizationFeeds(), first, after, filter)
}

// Name resolves Person.name.
func (r *personResolver) Name(ctx context.Context, objs []*model.Person) ([]*model.PersonName, error) {
	return firstNames(r.namesOfPersons(ctx, objs)), nil
}

// Names resolves Person.names.
func (r *personResolver) Names(ctx context.Context, objs []*model.Person) ([][]model.PersonName, error) {
	return r.namesOfPersons(ctx, objs), nil
}

// Records resolves Person.records.
func (r *personResolver) Records(ctx context.Context, objs []*model.Person, first *int, after *string,
	filter *model.RecordFilter) ([]*model.RecordConnection, error) {
	return timelines(ctx, objs, residentNumber, r.personFeeds(), first, after, filter)
}

// Records resolves Town.records.
func (r *townResolver) Records(ctx context.Context, objs []*model.Town, first *int, after *string,
	filter *model.RecordFilter) ([]*model.RecordConnection, error) {
	return timelines(ctx, objs, func(t *model.Town) string { return t.Code }, r.townFeeds(), first, after, filter)
}
