package resolvers

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
func (r *Resolver) aidCasesOf(ctx context.Context, persons []*model.Person) ([][]*model.LegalAidCase, error) {
	cases := make([][]*model.LegalAidCase, len(persons))
	applications, err := loaders.Many(ctx, r.Set.LegalAidApplicants, "residentId", persons, (*model.Person).Key)
	if err != nil {
		return cases, err
	}
	found, err := loaders.Many(ctx, r.Set.LegalAidCases, "applicant", slices.Concat(applications...),
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
func (r *personResolver) AidGroups(ctx context.Context,
	persons []*model.Person) ([][]model.LegalAidRecipientGroup, error) {
	groups := make([][]model.LegalAidRecipientGroup, len(persons))
	cases, err := r.aidCasesOf(ctx, persons)
	if err != nil {
		return groups, err
	}
	today := r.Today()
	for i, p := range persons {
		groups[i] = aidGroups(p, today, cases[i])
	}
	return groups, nil
}

func aidGroups(p *model.Person, today model.Date, cases []*model.LegalAidCase) []model.LegalAidRecipientGroup {
	groups := []model.LegalAidRecipientGroup{}
	for _, g := range model.AllLegalAidRecipientGroup {
		age, isKnown := p.Number.Age(today)
		if g == model.LegalAidRecipientGroupMinor && p.IsMinor || g == model.LegalAidRecipientGroupElderly && isKnown &&
			age >= oldAge ||
			slices.ContainsFunc(cases, func(c *model.LegalAidCase) bool {
				return slices.Contains(c.RecipientGroups,
					g)
			}) {
			groups = append(groups, g)
		}
	}
	return groups
}

// WasGrantedAid tells of each person whether aid was ever granted.
func (r *personResolver) WasGrantedAid(ctx context.Context, persons []*model.Person) ([]*bool, error) {
	flags := make([]*bool, len(persons))
	if !r.recordsAid() {
		return flags, nil
	}
	cases, err := r.aidCasesOf(ctx, persons)
	if err != nil {
		return flags, err
	}
	for i := range persons {
		flags[i] = new(slices.ContainsFunc(cases[i], (*model.LegalAidCase).IsGranted))
	}
	return flags, nil
}

// ReconsiderationApplicantsWithoutAid takes four statements, whatever the rows.
func (r *queryResolver) ReconsiderationApplicantsWithoutAid(ctx context.Context,
	receivedOn model.DateRange) ([]*model.ReconsiderationApplicant, error) {
	if r.Set.ReconsiderationCases.Lacks(nil, "receivedOn") != nil {
		return nil, fault.Input("receivedOn", "this system does not record receivedOn")
	}
	if r.Set.ReconsiderationApplicants.Lacks(nil, "reconsiderationCase", "residentId") != nil || !r.recordsAid() {
		return nil, nil
	}
	cases, err := r.Set.ReconsiderationCases.All(ctx, received(receivedOn))
	if err != nil {
		return nil, err
	}
	lists, err := loaders.Many(ctx, r.Set.ReconsiderationApplicants, "reconsiderationCase", cases,
		(*model.ReconsiderationCase).Key)
	if err = loaders.FirstOf(err); err != nil {
		return nil, err
	}
	citizens := slices.DeleteFunc(slices.Concat(lists...),
		func(a *model.ReconsiderationApplicant) bool { return !a.ResidentID.IsResident() })
	persons := linkage.Persons(r.linkage(), citizens,
		func(a *model.ReconsiderationApplicant) *model.ResidentNumber { return a.ResidentID })
	aid, err := r.aidCasesOf(ctx, persons)
	if err = loaders.FirstOf(err); err != nil {
		return nil, err
	}
	today, found := r.Today(), []*model.ReconsiderationApplicant{}
	for i, a := range citizens {
		if len(aidGroups(persons[i], today, aid[i])) > 0 &&
			!slices.ContainsFunc(aid[i], (*model.LegalAidCase).IsGranted) {
			found = append(found, a)
		}
	}
	return found, nil
}

// AidRecipientsPayingFullFees takes five statements, whatever the rows.
func (r *queryResolver) AidRecipientsPayingFullFees(ctx context.Context,
	receivedOn model.DateRange) ([]*model.NotarialApplicant, error) {
	if r.Set.LegalAidCases.Lacks(nil, "receivedOn") != nil {
		return nil, fault.Input("receivedOn", "this system does not record receivedOn")
	}
	s := r.Set
	if !r.recordsAid() || s.NotarialApplicants.Lacks(nil, "residentId", "role", "matter") != nil ||
		s.NotarialMatters.Lacks(nil, "receivedOn", "fee") != nil || s.NotarialFees.Lacks(nil) != nil {
		return nil, nil
	}
	cases, err := r.Set.LegalAidCases.All(ctx, received(receivedOn))
	if err != nil {
		return nil, err
	}
	cases = slices.DeleteFunc(cases, func(c *model.LegalAidCase) bool { return !c.IsGranted() })
	applicants, err := loaders.One(ctx, r.Set.LegalAidApplicants, "", cases,
		func(c *model.LegalAidCase) *string { return c.ApplicantRef })
	if err = loaders.FirstOf(err); err != nil {
		return nil, err
	}
	since := map[model.ResidentNumber]model.Date{} // a person's first application for aid that was granted
	var persons []*model.Person
	for i, a := range applicants {
		if a == nil || !a.ResidentID.IsResident() || cases[i].ReceivedOn == nil {
			continue
		}
		first, known := since[*a.ResidentID]
		if !known {
			persons = append(persons, r.linkage().NewPerson(*a.ResidentID))
		}
		if on := *cases[i].ReceivedOn; !known || on.Compare(first) < 0 {
			since[*a.ResidentID] = on
		}
	}
	lists, err := loaders.Many(ctx, r.Set.NotarialApplicants, "residentId", persons, (*model.Person).Key)
	if err = loaders.FirstOf(err); err != nil {
		return nil, err
	}
	parties := slices.DeleteFunc(slices.Concat(lists...), func(a *model.NotarialApplicant) bool {
		return a.Role == nil || *a.Role != model.NotarialApplicantRoleApplicant
	})
	matters, err := loaders.One(ctx, r.Set.NotarialMatters, "", parties,
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
	fees, err := loaders.One(ctx, r.Set.NotarialFees, "", later,
		func(m *model.NotarialMatter) *string { return m.FeeRef })
	if err = loaders.FirstOf(err); err != nil {
		return nil, err
	}
	paying := found[:0]
	for i, f := range fees {
		if f != nil && f.IsFullyPaid() {
			paying = append(paying, found[i])
		}
	}
	return paying, nil
}

// recordsAid tells whether the site records who was granted aid. What it does not record
// cannot be denied: the answer is null.
func (r *Resolver) recordsAid() bool {
	return r.Set.LegalAidApplicants.Lacks(nil, "residentId") == nil &&
		r.Set.LegalAidCases.Lacks(nil, "applicant", "status") == nil
}

// received is the condition that a record came in within the period.
func received(period model.DateRange) filter.Filter {
	return filter.Filter{Field: "receivedOn", Days: &filter.Days{From: period.From, Before: period.Before,
		Unreadable: period.IsUnreadable}}
}
