package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// issuesOf gives each record's findings: those about its cells, and those of the checks.
func issuesOf[P any, R interface {
	*P
	DataIssues() []*model.DataIssue
}](ctx context.Context, parents []*P, checks []check[P]) ([][]*model.DataIssue, error) {
	issues := make([][]*model.DataIssue, len(parents))
	for i, p := range parents {
		issues[i] = R(p).DataIssues()
	}
	for _, c := range checks {
		broken, err := c.broken(ctx, parents)
		if err != nil {
			return issues, err
		}
		for i := range parents {
			if broken[i] {
				issues[i] = append(issues[i][:len(issues[i]):len(issues[i])], c.issue())
			}
		}
	}
	return issues, nil
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *legalityReviewResolver) DataIssues(ctx context.Context, objs []*model.LegalityReview) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.legalityReviewChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *legalAidCaseResolver) DataIssues(ctx context.Context, objs []*model.LegalAidCase) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.legalAidCaseChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *legalAidObjectionResolver) DataIssues(ctx context.Context, objs []*model.LegalAidObjection) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.legalAidObjectionChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *legalAidLawyerChangeResolver) DataIssues(ctx context.Context, objs []*model.LegalAidLawyerChange) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.legalAidLawyerChangeChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *legalAidApplicantResolver) DataIssues(ctx context.Context, objs []*model.LegalAidApplicant) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.legalAidApplicantChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *dutyLawyerHelpResolver) DataIssues(ctx context.Context, objs []*model.DutyLawyerHelp) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.dutyLawyerHelpChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *lawyerResolver) DataIssues(ctx context.Context, objs []*model.Lawyer) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.lawyerChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *legalityReviewRoundResolver) DataIssues(ctx context.Context, objs []*model.LegalityReviewRound) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.legalityReviewRoundChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *notarialMatterResolver) DataIssues(ctx context.Context, objs []*model.NotarialMatter) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.notarialMatterChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *notarialApplicantResolver) DataIssues(ctx context.Context, objs []*model.NotarialApplicant) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.notarialApplicantChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *notarialCertificateResolver) DataIssues(ctx context.Context, objs []*model.NotarialCertificate) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.notarialCertificateChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *notarialFeeResolver) DataIssues(ctx context.Context, objs []*model.NotarialFee) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.notarialFeeChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *notarialExtraResolver) DataIssues(ctx context.Context, objs []*model.NotarialExtra) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.notarialExtraChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *notarialReexaminationResolver) DataIssues(ctx context.Context, objs []*model.NotarialReexamination) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.notarialReexaminationChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *notaryResolver) DataIssues(ctx context.Context, objs []*model.Notary) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.notaryChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *kunpengServiceResolver) DataIssues(ctx context.Context, objs []*model.KunpengService) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.kunpengServiceChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *publicityEventResolver) DataIssues(ctx context.Context, objs []*model.PublicityEvent) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.publicityEventChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *publicityMaterialResolver) DataIssues(ctx context.Context, objs []*model.PublicityMaterial) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.publicityMaterialChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *publicityTrainingResolver) DataIssues(ctx context.Context, objs []*model.PublicityTraining) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.publicityTrainingChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *reconsiderationCaseResolver) DataIssues(ctx context.Context, objs []*model.ReconsiderationCase) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.reconsiderationCaseChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *reconsiderationApplicantResolver) DataIssues(ctx context.Context, objs []*model.ReconsiderationApplicant) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.reconsiderationApplicantChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *reconsiderationThirdPartyResolver) DataIssues(ctx context.Context, objs []*model.ReconsiderationThirdParty) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.reconsiderationThirdPartyChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *reconsiderationHearingResolver) DataIssues(ctx context.Context, objs []*model.ReconsiderationHearing) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.reconsiderationHearingChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *reconsiderationLawsuitResolver) DataIssues(ctx context.Context, objs []*model.ReconsiderationLawsuit) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.reconsiderationLawsuitChecks())
}

// DataIssues is the batch resolver for the dataIssues field.
func (r *reconsiderationOpinionLetterResolver) DataIssues(ctx context.Context, objs []*model.ReconsiderationOpinionLetter) ([][]*model.DataIssue, error) {
	return issuesOf(ctx, objs, r.reconsiderationOpinionLetterChecks())
}
