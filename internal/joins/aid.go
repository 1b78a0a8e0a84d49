package joins

import (
	"context"
	"slices"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/linkage"
	"github.com/bureaugraph/bureaugraph/loaders"
)

// oldAge is the age in years from which a person is elderly (Law on the Protection of the
// Rights and Interests of the Elderly, Art. 2).
const oldAge = 60

// aidCasesOf lists each person's cases of legal aid, over all applications. Two
// statements, shared with whatever else reads these rows.
func (svc *Service) aidCasesOf(ctx context.Context, persons []*model.Person) ([][]*model.LegalAidCase, error) {
	cases := make([][]*model.LegalAidCase, len(persons))
	applications, err := loaders.Many(ctx, svc.Set.LegalAidApplicants, "residentId", persons, (*model.Person).Key)
	if err != nil {
		return cases, err
	}
	found, err := loaders.Many(ctx, svc.Set.LegalAidCases, "applicant", slices.Concat(applications...),
		(*model.LegalAidApplicant).Key)
	if err = loaders.FirstOf(err); err != nil {
		return cases, err
	}
	for i, list := range applications {
		cases[i] = slices.Concat(found[:len(list)]...)
		found = found[len(list):]
	}
	return cases, nil
}

// AidGroups lists the groups of legal aid that each person belongs to, in the order of the
// enum.
func (svc *Service) AidGroups(ctx context.Context, persons []*model.Person) ([][]model.LegalAidRecipientGroup, error) {
	groups := make([][]model.LegalAidRecipientGroup, len(persons))
	cases, err := svc.aidCasesOf(ctx, persons)
	if err != nil {
		return groups, err
	}
	today := svc.Today()
	for i, p := range persons {
		groups[i] = aidGroups(p, today, cases[i])
	}
	return groups, nil
}

func aidGroups(p *model.Person, today model.Date, cases []*model.LegalAidCase) []model.LegalAidRecipientGroup {
	age, isKnown := p.Number.Age(today)
	groups := []model.LegalAidRecipientGroup{}
	for _, g := range model.AllLegalAidRecipientGroup {
		isOfCase := func(c *model.LegalAidCase) bool { return slices.Contains(c.RecipientGroups, g) }
		if g == model.LegalAidRecipientGroupMinor && p.IsMinor ||
			g == model.LegalAidRecipientGroupElderly && isKnown && age >= oldAge ||
			slices.ContainsFunc(cases, isOfCase) {
			groups = append(groups, g)
		}
	}
	return groups
}

// WereGrantedAid tells of each person whether aid was ever granted; nil where the site does
// not record it, and where none is found and the caller sees not all cases.
func (svc *Service) WereGrantedAid(ctx context.Context, persons []*model.Person) ([]*bool, error) {
	flags := make([]*bool, len(persons))
	if !svc.recordsAid() {
		return flags, nil
	}
	cases, err := svc.aidCasesOf(ctx, persons)
	if err != nil {
		return flags, err
	}
	for i := range persons {
		if granted := slices.ContainsFunc(cases[i], isGranted); granted || svc.Set.LegalAidCases.Sees(ctx) {
			flags[i] = &granted
		}
	}
	return flags, nil
}

// isGranted tells whether aid was granted, by the state and the absence of a refusal; aid
// that was terminated later was granted (Legal Aid Law Art. 48).
func isGranted(c *model.LegalAidCase) bool {
	if c.Status == nil || c.Refusal != nil {
		return false
	}
	switch *c.Status {
	case model.LegalAidStatusGranted, model.LegalAidStatusAssigned, model.LegalAidStatusInProgress,
		model.LegalAidStatusLawyerChanged, model.LegalAidStatusTerminated, model.LegalAidStatusClosed,
		model.LegalAidStatusFileSubmitted, model.LegalAidStatusQualityReviewed, model.LegalAidStatusSubsidyPaid,
		model.LegalAidStatusArchived:
		return true
	}
	return false
}

// ReconsiderationApplicantsWithoutAid lists citizens who applied for reconsideration in the
// period, belong to a group of legal aid and were never granted any, by case in key order; nil
// where the site does not record what tells, and where the caller sees not all cases of aid: who
// was granted some elsewhere would be among them. It takes four statements, whatever the rows.
func (svc *Service) ReconsiderationApplicantsWithoutAid(ctx context.Context,
	receivedOn model.DateRange) ([]*model.ReconsiderationApplicant, error) {
	s := svc.Set
	if s.ReconsiderationCases.Lacks(nil, "receivedOn") != nil {
		return nil, fault.Input("receivedOn", "this system does not record receivedOn")
	}
	if s.ReconsiderationApplicants.Lacks(nil, "reconsiderationCase", "residentId") != nil || !svc.recordsAid() ||
		!s.LegalAidCases.Sees(ctx) {
		return nil, nil
	}
	cases, err := s.ReconsiderationCases.All(ctx, received(receivedOn))
	if err != nil {
		return nil, err
	}
	lists, err := loaders.Many(ctx, s.ReconsiderationApplicants, "reconsiderationCase", cases,
		(*model.ReconsiderationCase).Key)
	if err = loaders.FirstOf(err); err != nil {
		return nil, err
	}
	citizens := slices.DeleteFunc(slices.Concat(lists...),
		func(a *model.ReconsiderationApplicant) bool { return !a.ResidentID.IsResident() })
	persons := linkage.Persons(svc.Linkage, citizens,
		func(a *model.ReconsiderationApplicant) *model.ResidentNumber { return a.ResidentID })
	aid, err := svc.aidCasesOf(ctx, persons)
	if err = loaders.FirstOf(err); err != nil {
		return nil, err
	}
	today, found := svc.Today(), []*model.ReconsiderationApplicant{}
	for i, a := range citizens {
		if len(aidGroups(persons[i], today, aid[i])) > 0 && !slices.ContainsFunc(aid[i], isGranted) {
			found = append(found, a)
		}
	}
	return found, nil
}

// AidRecipientsPayingFullFees lists parties of notarial matters who had been granted legal aid
// for an application of the period, and paid the full fee, by person in the order of their aid
// cases; nil where the site does not record what tells. It takes five statements, whatever the
// rows.
func (svc *Service) AidRecipientsPayingFullFees(ctx context.Context,
	receivedOn model.DateRange) ([]*model.NotarialApplicant, error) {
	s := svc.Set
	if s.LegalAidCases.Lacks(nil, "receivedOn") != nil {
		return nil, fault.Input("receivedOn", "this system does not record receivedOn")
	}
	if !svc.recordsAid() || s.NotarialApplicants.Lacks(nil, "residentId", "role", "matter") != nil ||
		s.NotarialMatters.Lacks(nil, "receivedOn", "fee") != nil || s.NotarialFees.Lacks(nil) != nil {
		return nil, nil
	}
	persons, since, err := svc.recipients(ctx, receivedOn)
	if err != nil {
		return nil, err
	}
	lists, err := loaders.Many(ctx, s.NotarialApplicants, "residentId", persons, (*model.Person).Key)
	if err = loaders.FirstOf(err); err != nil {
		return nil, err
	}
	parties := slices.DeleteFunc(slices.Concat(lists...), func(a *model.NotarialApplicant) bool {
		return a.Role == nil || *a.Role != model.NotarialApplicantRoleApplicant
	})
	matters, err := loaders.One(ctx, s.NotarialMatters, "", parties,
		func(a *model.NotarialApplicant) *string { return a.MatterRef })
	if err = loaders.FirstOf(err); err != nil {
		return nil, err
	}
	found := []*model.NotarialApplicant{}
	var later []*model.NotarialMatter // of found
	for i, m := range matters {
		if m != nil && m.ReceivedOn != nil && m.ReceivedOn.Compare(since[*parties[i].ResidentID]) >= 0 {
			found, later = append(found, parties[i]), append(later, m)
		}
	}
	fees, err := loaders.One(ctx, s.NotarialFees, "", later, func(m *model.NotarialMatter) *string { return m.FeeRef })
	if err = loaders.FirstOf(err); err != nil {
		return nil, err
	}
	paying := found[:0]
	for i, f := range fees {
		if f != nil && isFullyPaid(f) {
			paying = append(paying, found[i])
		}
	}
	return paying, nil
}

// recipients lists who was granted legal aid for an application of the period, in the order of
// their cases, and for each number the day of the first such application.
func (svc *Service) recipients(ctx context.Context,
	receivedOn model.DateRange) ([]*model.Person, map[model.ResidentNumber]model.Date, error) {
	cases, err := svc.Set.LegalAidCases.All(ctx, received(receivedOn))
	if err != nil {
		return nil, nil, err
	}
	cases = slices.DeleteFunc(cases, func(c *model.LegalAidCase) bool { return !isGranted(c) })
	applicants, err := loaders.One(ctx, svc.Set.LegalAidApplicants, "", cases,
		func(c *model.LegalAidCase) *string { return c.ApplicantRef })
	if err = loaders.FirstOf(err); err != nil {
		return nil, nil, err
	}
	var persons []*model.Person
	since := map[model.ResidentNumber]model.Date{}
	for i, a := range applicants {
		if a == nil || !a.ResidentID.IsResident() || cases[i].ReceivedOn == nil {
			continue
		}
		first, isListed := since[*a.ResidentID]
		if !isListed {
			persons = append(persons, svc.Linkage.NewPerson(*a.ResidentID))
		}
		if on := *cases[i].ReceivedOn; !isListed || on.Compare(first) < 0 {
			since[*a.ResidentID] = on
		}
	}
	return persons, since, nil
}

// isFullyPaid tells whether the notarial fee was paid with nothing taken off. It is false
// where the reduction cannot be read.
func isFullyPaid(f *model.NotarialFee) bool {
	isUnclear := slices.ContainsFunc(f.DataIssues(), func(i *model.DataIssue) bool { return i.Field == "reduction" })
	return f.Payment != nil && *f.Payment == model.NotarialPaymentPaid && (f.Reduction == nil || *f.Reduction == 0) &&
		f.ReductionReason == nil && !isUnclear
}

// recordsAid tells whether the site records who was granted aid. What it does not record
// cannot be denied: the answer is null.
func (svc *Service) recordsAid() bool {
	return svc.Set.LegalAidApplicants.Lacks(nil, "residentId") == nil &&
		svc.Set.LegalAidCases.Lacks(nil, "applicant", "status") == nil
}

// received is the condition that a record came in within the period.
func received(period model.DateRange) filter.Filter {
	return filter.Filter{Field: "receivedOn",
		Days: &filter.Days{From: period.From, Before: period.Before, Unreadable: period.IsUnreadable}}
}
