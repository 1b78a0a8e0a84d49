package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/loaders"
)

// link checks one relation of a batch of records: it marks the records whose reference
// leads nowhere.
type link[P any] func(ctx context.Context, parents []*P, mark func(i int, field string)) error

// linked is the check of a relation inside a system. References into another system are
// no findings: that system may simply not know the person or the document.
func linked[P, T any](source *adapters.Source[T], key, field string, reference func(*P) *string) link[P] {
	return func(ctx context.Context, parents []*P, mark func(i int, field string)) error {
		found, err := loaders.One(ctx, source, key, parents, reference)
		if err != nil {
			return err
		}
		for i, p := range parents {
			if found[i] == nil && reference(p) != nil {
				mark(i, field)
			}
		}
		return nil
	}
}

// issuesOf gives each record's findings: those about its cells, and one for each
// reference that leads nowhere.
func issuesOf[P any, R interface {
	*P
	DataIssues() []*model.DataIssue
}](ctx context.Context, parents []*P, links ...link[P]) ([][]*model.DataIssue, error) {
	issues := make([][]*model.DataIssue, len(parents))
	for i, p := range parents {
		issues[i] = R(p).DataIssues()
	}
	for _, check := range links {
		err := check(ctx, parents, func(i int, field string) {
			orphan := &model.DataIssue{Field: field, Rule: model.DataIssueRuleOrphanLink, Severity: model.DataIssueSeverityDropped}
			issues[i] = append(issues[i][:len(issues[i]):len(issues[i])], orphan)
		})
		if err != nil {
			return issues, err
		}
	}
	return issues, nil
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *legalAidCaseResolver) DataIssues(ctx context.Context, objs []*model.LegalAidCase) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.LegalAidApplicants, "", "applicant", func(o *model.LegalAidCase) *string { return o.ApplicantRef }),
		linked(r.Set.Lawyers, "licence", "lawyer", func(o *model.LegalAidCase) *string { return o.LawyerRef }),
		linked(r.Set.LawFirms, "", "firm", func(o *model.LegalAidCase) *string { return o.FirmRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *legalAidObjectionResolver) DataIssues(ctx context.Context, objs []*model.LegalAidObjection) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.LegalAidCases, "", "legalAidCase", func(o *model.LegalAidObjection) *string { return o.LegalAidCaseRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *legalAidLawyerChangeResolver) DataIssues(ctx context.Context, objs []*model.LegalAidLawyerChange) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.LegalAidCases, "", "legalAidCase", func(o *model.LegalAidLawyerChange) *string { return o.LegalAidCaseRef }),
		linked(r.Set.Lawyers, "licence", "formerLawyer", func(o *model.LegalAidLawyerChange) *string { return o.FormerLawyerRef }),
		linked(r.Set.Lawyers, "licence", "newLawyer", func(o *model.LegalAidLawyerChange) *string { return o.NewLawyerRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *dutyLawyerHelpResolver) DataIssues(ctx context.Context, objs []*model.DutyLawyerHelp) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.Lawyers, "licence", "lawyer", func(o *model.DutyLawyerHelp) *string { return o.LawyerRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *lawyerResolver) DataIssues(ctx context.Context, objs []*model.Lawyer) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.LawFirms, "", "firm", func(o *model.Lawyer) *string { return o.FirmRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *legalityReviewRoundResolver) DataIssues(ctx context.Context, objs []*model.LegalityReviewRound) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.LegalityReviews, "", "review", func(o *model.LegalityReviewRound) *string { return o.ReviewRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *notarialMatterResolver) DataIssues(ctx context.Context, objs []*model.NotarialMatter) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.Notaries, "", "notary", func(o *model.NotarialMatter) *string { return o.NotaryRef }),
		linked(r.Set.NotaryOffices, "", "office", func(o *model.NotarialMatter) *string { return o.OfficeRef }),
		linked(r.Set.NotarialFees, "", "fee", func(o *model.NotarialMatter) *string { return o.FeeRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *notarialApplicantResolver) DataIssues(ctx context.Context, objs []*model.NotarialApplicant) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.NotarialMatters, "", "matter", func(o *model.NotarialApplicant) *string { return o.MatterRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *notarialCertificateResolver) DataIssues(ctx context.Context, objs []*model.NotarialCertificate) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.NotarialMatters, "", "matter", func(o *model.NotarialCertificate) *string { return o.MatterRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *notarialFeeResolver) DataIssues(ctx context.Context, objs []*model.NotarialFee) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.NotarialMatters, "", "matter", func(o *model.NotarialFee) *string { return o.MatterRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *notarialExtraResolver) DataIssues(ctx context.Context, objs []*model.NotarialExtra) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.NotarialMatters, "", "matter", func(o *model.NotarialExtra) *string { return o.MatterRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *notarialReexaminationResolver) DataIssues(ctx context.Context, objs []*model.NotarialReexamination) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.NotarialMatters, "", "matter", func(o *model.NotarialReexamination) *string { return o.MatterRef }),
		linked(r.Set.NotarialCertificates, "", "certificate", func(o *model.NotarialReexamination) *string { return o.CertificateRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *notaryResolver) DataIssues(ctx context.Context, objs []*model.Notary) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.NotaryOffices, "", "office", func(o *model.Notary) *string { return o.OfficeRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *kunpengServiceResolver) DataIssues(ctx context.Context, objs []*model.KunpengService) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.Notaries, "", "notary", func(o *model.KunpengService) *string { return o.NotaryRef }),
		linked(r.Set.NotarialMatters, "", "matter", func(o *model.KunpengService) *string { return o.MatterRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *publicityEventResolver) DataIssues(ctx context.Context, objs []*model.PublicityEvent) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.PublicityPlanItems, "", "planItem", func(o *model.PublicityEvent) *string { return o.PlanItemRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *publicityMaterialResolver) DataIssues(ctx context.Context, objs []*model.PublicityMaterial) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.PublicityEvents, "", "event", func(o *model.PublicityMaterial) *string { return o.EventRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *publicityTrainingResolver) DataIssues(ctx context.Context, objs []*model.PublicityTraining) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.PublicityEvents, "", "event", func(o *model.PublicityTraining) *string { return o.EventRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *reconsiderationCaseResolver) DataIssues(ctx context.Context, objs []*model.ReconsiderationCase) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.ReconsiderationFacilities, "", "receptionPoint", func(o *model.ReconsiderationCase) *string { return o.ReceptionPointRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *reconsiderationApplicantResolver) DataIssues(ctx context.Context, objs []*model.ReconsiderationApplicant) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.ReconsiderationCases, "", "reconsiderationCase", func(o *model.ReconsiderationApplicant) *string { return o.ReconsiderationCaseRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *reconsiderationThirdPartyResolver) DataIssues(ctx context.Context, objs []*model.ReconsiderationThirdParty) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.ReconsiderationCases, "", "reconsiderationCase", func(o *model.ReconsiderationThirdParty) *string { return o.ReconsiderationCaseRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *reconsiderationHearingResolver) DataIssues(ctx context.Context, objs []*model.ReconsiderationHearing) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.ReconsiderationCases, "", "reconsiderationCase", func(o *model.ReconsiderationHearing) *string { return o.ReconsiderationCaseRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *reconsiderationLawsuitResolver) DataIssues(ctx context.Context, objs []*model.ReconsiderationLawsuit) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.ReconsiderationCases, "", "reconsiderationCase", func(o *model.ReconsiderationLawsuit) *string { return o.ReconsiderationCaseRef }),
		linked(r.Set.ReconsiderationApplicants, "", "plaintiff", func(o *model.ReconsiderationLawsuit) *string { return o.PlaintiffRef }))
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *reconsiderationOpinionLetterResolver) DataIssues(ctx context.Context, objs []*model.ReconsiderationOpinionLetter) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs,
		linked(r.Set.ReconsiderationCases, "", "reconsiderationCase", func(o *model.ReconsiderationOpinionLetter) *string { return o.ReconsiderationCaseRef }))
}
