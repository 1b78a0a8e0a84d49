package linkage

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/loaders"
)

// What a name is worth as a hint at a lawyer.
const (
	sameNameAndFirm = 0.9
	sameName        = 0.5
)

// Named is what a record says of a lawyer.
type Named struct {
	Licence *string // nil when only the name is on file
	Name    *model.PersonName
	Firm    *string // key of the firm; nil when the record names none
}

// LawyerCandidates lists, for each record that names a lawyer without leading to one, the
// lawyers of that name, most likely first; nil for the others. Two statements, whatever the
// records.
func LawyerCandidates[P any](ctx context.Context, svc *Service, records []*P,
	read func(*P) Named) ([][]*model.LawyerCandidate, error) {
	linked, err := loaders.One(ctx, svc.Lawyers, "licence", records, func(p *P) *string { return read(p).Licence })
	if err != nil {
		return make([][]*model.LawyerCandidate, len(records)), err
	}
	open := map[*P]bool{}
	for i, p := range records {
		open[p] = linked[i] == nil && read(p).Name != nil
	}
	namesakes, err := loaders.Linked(ctx, svc.Lawyers, "name", records, func(p *P) *string {
		if !open[p] {
			return nil
		}
		return (*string)(read(p).Name)
	})
	candidates := make([][]*model.LawyerCandidate, len(records))
	for i, p := range records {
		if open[p] && namesakes[i] != nil {
			candidates[i] = rankCandidates(namesakes[i], read(p).Firm)
		}
	}
	return candidates, err
}

// rankCandidates weighs lawyers of one name.
func rankCandidates(lawyers []*model.Lawyer, firm *string) []*model.LawyerCandidate {
	isOfFirm := func(l *model.Lawyer) bool { return firm != nil && l.FirmRef != nil && *l.FirmRef == *firm }
	ofFirm := 0
	for _, l := range lawyers {
		if isOfFirm(l) {
			ofFirm++
		}
	}
	candidates := make([]*model.LawyerCandidate, len(lawyers))
	for i, l := range lawyers {
		rule, confidence := model.IdentityRuleName, shared(sameName, len(lawyers)-ofFirm)
		if isOfFirm(l) {
			rule, confidence = model.IdentityRuleNameAndFirm, shared(sameNameAndFirm, ofFirm)
		}
		candidates[i] = &model.LawyerCandidate{Lawyer: l, Rule: rule, Confidence: confidence}
	}
	slices.SortStableFunc(candidates,
		func(a, b *model.LawyerCandidate) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return candidates
}

// shared divides a confidence among n who fit equally.
func shared(confidence float64, n int) model.Decimal {
	return model.Decimal(strconv.FormatFloat(confidence/float64(max(n, 1)), 'f', 2, 64))
}

// Lawyer finds a lawyer by licence; nil when there is none.
func (svc *Service) Lawyer(ctx context.Context, text string) (*model.Lawyer, error) {
	licence, ok := cell.NormalizeLicence(text)
	if !ok {
		return nil, fault.Input("licence", "is no practising licence of 17 digits")
	}
	if !svc.Lawyers.Records("licence") {
		return nil, fault.Input("licence", "this system does not record licence")
	}
	found, err := svc.Lawyers.ByKey(ctx, "licence", []string{licence})
	if err != nil || len(found[licence]) == 0 {
		return nil, err
	}
	return found[licence][0], nil
}

// LawyerMatches tells of each record that leads to a lawyer what that rests on; nil for
// the others.
func LawyerMatches[P any](ctx context.Context, svc *Service, records []*P,
	licence func(*P) *string) ([]*model.IdentityMatch, error) {
	linked, err := loaders.One(ctx, svc.Lawyers, "licence", records, licence)
	matches := make([]*model.IdentityMatch, len(records))
	for i, lawyer := range linked {
		if lawyer != nil {
			matches[i] = model.ByLicence()
		}
	}
	return matches, err
}
