package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Records is the batch resolver for the records field.
func (r *departmentResolver) Records(ctx context.Context, objs []*model.Department, first *int, after *string, filter *model.RecordFilter) ([]*model.RecordConnection, error) {
	return timelines(ctx, objs, func(d *model.Department) string { return d.Code }, r.departmentFeeds(), first, after, filter)
}

// LawyerCandidates is the batch resolver for the lawyerCandidates field.
func (r *legalAidCaseResolver) LawyerCandidates(ctx context.Context, objs []*model.LegalAidCase) ([][]*model.LawyerCandidate, error) {
	return candidatesOf(ctx, r.Set.Lawyers, objs, func(o *model.LegalAidCase) named { return named{o.LawyerRef, o.LawyerName, o.FirmRef} })
}

// AdviserCandidates is the batch resolver for the adviserCandidates field.
func (r *legalityReviewResolver) AdviserCandidates(ctx context.Context, objs []*model.LegalityReview) ([][]*model.LawyerCandidate, error) {
	return candidatesOf(ctx, r.Set.Lawyers, objs, func(o *model.LegalityReview) named { return named{licence: o.AdviserRef, name: o.AdviserName} })
}

// CreditCode is the batch resolver for the creditCode field.
func (r *organizationResolver) CreditCode(ctx context.Context, objs []*model.Organization) ([]*string, error) {
	return r.codesOfOrganizations(ctx, objs), nil
}

// Name is the batch resolver for the name field.
func (r *organizationResolver) Name(ctx context.Context, objs []*model.Organization) ([]*string, error) {
	return firstNames(r.namesOfOrganizations(ctx, objs)), nil
}

// Names is the batch resolver for the names field.
func (r *organizationResolver) Names(ctx context.Context, objs []*model.Organization) ([][]string, error) {
	return r.namesOfOrganizations(ctx, objs), nil
}

// Records is the batch resolver for the records field.
func (r *organizationResolver) Records(ctx context.Context, objs []*model.Organization, first *int, after *string, filter *model.RecordFilter) ([]*model.RecordConnection, error) {
	return timelines(ctx, objs, (*model.Organization).Code, r.organizationFeeds(), first, after, filter)
}

// Name is the batch resolver for the name field.
func (r *personResolver) Name(ctx context.Context, objs []*model.Person) ([]*model.PersonName, error) {
	return firstNames(r.namesOfPersons(ctx, objs)), nil
}

// Names is the batch resolver for the names field.
func (r *personResolver) Names(ctx context.Context, objs []*model.Person) ([][]model.PersonName, error) {
	return r.namesOfPersons(ctx, objs), nil
}

// Records is the batch resolver for the records field.
func (r *personResolver) Records(ctx context.Context, objs []*model.Person, first *int, after *string, filter *model.RecordFilter) ([]*model.RecordConnection, error) {
	return timelines(ctx, objs, residentNumber, r.personFeeds(), first, after, filter)
}

// Person is the resolver for the person field.
func (r *queryResolver) Person(ctx context.Context, residentID model.ResidentNumber) (*model.Person, error) {
	return r.personByNumber(ctx, residentID.Reveal())
}

// Organization is the resolver for the organization field.
func (r *queryResolver) Organization(ctx context.Context, creditCode string) (*model.Organization, error) {
	return r.organizationByCode(ctx, creditCode)
}

// Records is the batch resolver for the records field.
func (r *townResolver) Records(ctx context.Context, objs []*model.Town, first *int, after *string, filter *model.RecordFilter) ([]*model.RecordConnection, error) {
	return timelines(ctx, objs, func(t *model.Town) string { return t.Code }, r.townFeeds(), first, after, filter)
}
