package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/loaders"
)

// check is one rule about a record that only other records can answer: whether what it
// refers to exists, and whether its number is its own. It is asked in two ways: for a
// page by the request's loaders, one statement whatever the rows, and for a whole table
// by a census taken once.
type check[P any] struct {
	field    string
	rule     model.DataIssueRule
	severity model.DataIssueSeverity
	value    func(*P) *string // what the record refers to, or its number; nil needs no check
	// broken tells for each record of a page whether it breaks the rule.
	broken func(ctx context.Context, records []*P) ([]bool, error)
	// targets hands over everything a reference may say, bounded like Source.Each. nil
	// for numbers, which are counted among the records themselves.
	targets func(ctx context.Context, limit int, each func(key string)) (isComplete bool, err error)
	// census takes the place of value and targets for a rule that is about more than one
	// value: it gives how many records break the rule that did not until this one came.
	census func(ctx context.Context) (broken func(*P) int, err error)
}

// issue is the finding about a record that breaks the rule.
func (c check[P]) issue() *model.DataIssue {
	return &model.DataIssue{Field: c.field, Rule: c.rule, Severity: c.severity}
}

// linked checks a relation inside a system. References into another system are no
// findings: that system may simply not know the person or the document.
//
// Where the site does not record what the references name, nothing can be called an orphan.
func linked[P, T any](source *adapters.Source[T], key, field string, reference func(*P) *string) check[P] {
	if !source.Records(key) {
		reference = func(*P) *string { return nil }
	}
	return check[P]{
		field:    field,
		rule:     model.DataIssueRuleOrphanLink,
		severity: model.DataIssueSeverityDropped,
		value:    reference,
		broken: func(ctx context.Context, records []*P) ([]bool, error) {
			found, err := loaders.One(ctx, source, key, records, reference)
			broken := make([]bool, len(records))
			for i, p := range records {
				broken[i] = found[i] == nil && reference(p) != nil
			}
			return broken, err
		},
		targets: func(ctx context.Context, limit int, each func(string)) (bool, error) {
			return source.EachKey(ctx, key, limit, each)
		},
	}
}

// numbered checks that no other record of the kind has the same number, however it is
// written: a case entered twice, or a serial given twice.
func numbered[P any](source *adapters.Source[P], number func(*P) *string) check[P] {
	return check[P]{
		field:    "number",
		rule:     model.DataIssueRuleDuplicateNumber,
		severity: model.DataIssueSeveritySuspect,
		value:    number,
		broken: func(ctx context.Context, records []*P) ([]bool, error) {
			same, err := loaders.Linked(ctx, source, "numberKey", records, number)
			broken := make([]bool, len(records))
			for i := range records {
				broken[i] = len(same[i]) > 1
			}
			return broken, err
		},
	}
}

func (r *Resolver) legalityReviewChecks() []check[model.LegalityReview] {
	return []check[model.LegalityReview]{
		numbered(r.Set.LegalityReviews, func(o *model.LegalityReview) *string { return o.NumberKey }),
	}
}

func (r *Resolver) legalAidCaseChecks() []check[model.LegalAidCase] {
	return []check[model.LegalAidCase]{
		numbered(r.Set.LegalAidCases, func(o *model.LegalAidCase) *string { return o.NumberKey }),
		linked(r.Set.LegalAidApplicants, "", "applicant", func(o *model.LegalAidCase) *string { return o.ApplicantRef }),
		linked(r.Set.Lawyers, "licence", "lawyer", func(o *model.LegalAidCase) *string { return o.LawyerRef }),
		linked(r.Set.LawFirms, "", "firm", func(o *model.LegalAidCase) *string { return o.FirmRef }),
	}
}

func (r *Resolver) legalAidObjectionChecks() []check[model.LegalAidObjection] {
	return []check[model.LegalAidObjection]{
		linked(r.Set.LegalAidCases, "", "legalAidCase", func(o *model.LegalAidObjection) *string { return o.LegalAidCaseRef }),
	}
}

func (r *Resolver) legalAidLawyerChangeChecks() []check[model.LegalAidLawyerChange] {
	return []check[model.LegalAidLawyerChange]{
		linked(r.Set.LegalAidCases, "", "legalAidCase", func(o *model.LegalAidLawyerChange) *string { return o.LegalAidCaseRef }),
		linked(r.Set.Lawyers, "licence", "formerLawyer", func(o *model.LegalAidLawyerChange) *string { return o.FormerLawyerRef }),
		linked(r.Set.Lawyers, "licence", "newLawyer", func(o *model.LegalAidLawyerChange) *string { return o.NewLawyerRef }),
	}
}

func (r *Resolver) legalAidApplicantChecks() []check[model.LegalAidApplicant] {
	return []check[model.LegalAidApplicant]{otherName(r, aidApplicant())}
}

func (r *Resolver) dutyLawyerHelpChecks() []check[model.DutyLawyerHelp] {
	return []check[model.DutyLawyerHelp]{
		otherName(r, dutyRecipient()),
		linked(r.Set.Lawyers, "licence", "lawyer", func(o *model.DutyLawyerHelp) *string { return o.LawyerRef }),
	}
}

func (r *Resolver) lawyerChecks() []check[model.Lawyer] {
	return []check[model.Lawyer]{
		linked(r.Set.LawFirms, "", "firm", func(o *model.Lawyer) *string { return o.FirmRef }),
	}
}

func (r *Resolver) legalityReviewRoundChecks() []check[model.LegalityReviewRound] {
	return []check[model.LegalityReviewRound]{
		linked(r.Set.LegalityReviews, "", "review", func(o *model.LegalityReviewRound) *string { return o.ReviewRef }),
	}
}

func (r *Resolver) notarialMatterChecks() []check[model.NotarialMatter] {
	return []check[model.NotarialMatter]{
		numbered(r.Set.NotarialMatters, func(o *model.NotarialMatter) *string { return o.NumberKey }),
		linked(r.Set.Notaries, "", "notary", func(o *model.NotarialMatter) *string { return o.NotaryRef }),
		linked(r.Set.NotaryOffices, "", "office", func(o *model.NotarialMatter) *string { return o.OfficeRef }),
		linked(r.Set.NotarialFees, "", "fee", func(o *model.NotarialMatter) *string { return o.FeeRef }),
	}
}

func (r *Resolver) notarialApplicantChecks() []check[model.NotarialApplicant] {
	return []check[model.NotarialApplicant]{
		otherName(r, notarialApplicant()),
		linked(r.Set.NotarialMatters, "", "matter", func(o *model.NotarialApplicant) *string { return o.MatterRef }),
	}
}

func (r *Resolver) notarialCertificateChecks() []check[model.NotarialCertificate] {
	return []check[model.NotarialCertificate]{
		numbered(r.Set.NotarialCertificates, func(o *model.NotarialCertificate) *string { return o.NumberKey }),
		linked(r.Set.NotarialMatters, "", "matter", func(o *model.NotarialCertificate) *string { return o.MatterRef }),
	}
}

func (r *Resolver) notarialFeeChecks() []check[model.NotarialFee] {
	return []check[model.NotarialFee]{
		linked(r.Set.NotarialMatters, "", "matter", func(o *model.NotarialFee) *string { return o.MatterRef }),
	}
}

func (r *Resolver) notarialExtraChecks() []check[model.NotarialExtra] {
	return []check[model.NotarialExtra]{
		linked(r.Set.NotarialMatters, "", "matter", func(o *model.NotarialExtra) *string { return o.MatterRef }),
	}
}

func (r *Resolver) notarialReexaminationChecks() []check[model.NotarialReexamination] {
	return []check[model.NotarialReexamination]{
		linked(r.Set.NotarialMatters, "", "matter", func(o *model.NotarialReexamination) *string { return o.MatterRef }),
		linked(r.Set.NotarialCertificates, "", "certificate", func(o *model.NotarialReexamination) *string { return o.CertificateRef }),
	}
}

func (r *Resolver) notaryChecks() []check[model.Notary] {
	return []check[model.Notary]{
		linked(r.Set.NotaryOffices, "", "office", func(o *model.Notary) *string { return o.OfficeRef }),
	}
}

func (r *Resolver) kunpengServiceChecks() []check[model.KunpengService] {
	return []check[model.KunpengService]{
		linked(r.Set.Notaries, "", "notary", func(o *model.KunpengService) *string { return o.NotaryRef }),
		linked(r.Set.NotarialMatters, "", "matter", func(o *model.KunpengService) *string { return o.MatterRef }),
	}
}

func (r *Resolver) publicityEventChecks() []check[model.PublicityEvent] {
	return []check[model.PublicityEvent]{
		numbered(r.Set.PublicityEvents, func(o *model.PublicityEvent) *string { return o.NumberKey }),
		linked(r.Set.PublicityPlanItems, "", "planItem", func(o *model.PublicityEvent) *string { return o.PlanItemRef }),
	}
}

func (r *Resolver) publicityMaterialChecks() []check[model.PublicityMaterial] {
	return []check[model.PublicityMaterial]{
		linked(r.Set.PublicityEvents, "", "event", func(o *model.PublicityMaterial) *string { return o.EventRef }),
	}
}

func (r *Resolver) publicityTrainingChecks() []check[model.PublicityTraining] {
	return []check[model.PublicityTraining]{
		linked(r.Set.PublicityEvents, "", "event", func(o *model.PublicityTraining) *string { return o.EventRef }),
	}
}

func (r *Resolver) reconsiderationCaseChecks() []check[model.ReconsiderationCase] {
	return []check[model.ReconsiderationCase]{
		numbered(r.Set.ReconsiderationCases, func(o *model.ReconsiderationCase) *string { return o.NumberKey }),
		linked(r.Set.ReconsiderationFacilities, "", "receptionPoint", func(o *model.ReconsiderationCase) *string { return o.ReceptionPointRef }),
	}
}

func (r *Resolver) reconsiderationApplicantChecks() []check[model.ReconsiderationApplicant] {
	return []check[model.ReconsiderationApplicant]{
		otherName(r, reconsiderationApplicant()),
		linked(r.Set.ReconsiderationCases, "", "reconsiderationCase", func(o *model.ReconsiderationApplicant) *string { return o.ReconsiderationCaseRef }),
	}
}

func (r *Resolver) reconsiderationThirdPartyChecks() []check[model.ReconsiderationThirdParty] {
	return []check[model.ReconsiderationThirdParty]{
		otherName(r, reconsiderationThirdParty()),
		linked(r.Set.ReconsiderationCases, "", "reconsiderationCase", func(o *model.ReconsiderationThirdParty) *string { return o.ReconsiderationCaseRef }),
	}
}

func (r *Resolver) reconsiderationHearingChecks() []check[model.ReconsiderationHearing] {
	return []check[model.ReconsiderationHearing]{
		linked(r.Set.ReconsiderationCases, "", "reconsiderationCase", func(o *model.ReconsiderationHearing) *string { return o.ReconsiderationCaseRef }),
	}
}

func (r *Resolver) reconsiderationLawsuitChecks() []check[model.ReconsiderationLawsuit] {
	return []check[model.ReconsiderationLawsuit]{
		linked(r.Set.ReconsiderationCases, "", "reconsiderationCase", func(o *model.ReconsiderationLawsuit) *string { return o.ReconsiderationCaseRef }),
		linked(r.Set.ReconsiderationApplicants, "", "plaintiff", func(o *model.ReconsiderationLawsuit) *string { return o.PlaintiffRef }),
	}
}

func (r *Resolver) reconsiderationOpinionLetterChecks() []check[model.ReconsiderationOpinionLetter] {
	return []check[model.ReconsiderationOpinionLetter]{
		linked(r.Set.ReconsiderationCases, "", "reconsiderationCase", func(o *model.ReconsiderationOpinionLetter) *string { return o.ReconsiderationCaseRef }),
	}
}
