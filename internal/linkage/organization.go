package linkage

import (
	"context"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// Organization finds an organisation by a code that a system has on file; nil when none does.
func (svc *Service) Organization(ctx context.Context, text string) (*model.Organization, error) {
	code, ok := cell.NormalizeCreditCode(text)
	if !ok {
		return nil,
			fault.Input("creditCode",
				"is no unified social credit code of 18 characters and no organisation code of nine, or its check character is wrong")
	}
	organizations := []*model.Organization{model.OrganizationOf(&code)}
	return onFile(ctx, organizations, svc.OrganizationSightings(), svc.Missing)[0], nil
}

// OrganizationNodes finds organisations by the keys of their Node ids; unknown keys are absent.
func (svc *Service) OrganizationNodes(ctx context.Context, keys []string) (map[string]model.Node, error) {
	var organizations []*model.Organization
	for _, key := range keys {
		if code, ok := cell.NormalizeCreditCode(key); ok && code == key && len(code) == 9 {
			organizations = append(organizations, &model.Organization{OrganizationCode: code})
		}
	}
	found := map[string]model.Node{}
	for _, o := range onFile(ctx, organizations, svc.OrganizationSightings(), svc.Missing) {
		if o != nil {
			found[o.OrganizationCode] = o
		}
	}
	return found, nil
}

// NamesOfOrganizations lists each organisation's names, most frequent first.
func (svc *Service) NamesOfOrganizations(ctx context.Context, organizations []*model.Organization) [][]string {
	names := make([][]string, len(organizations))
	for i, sights := range see(ctx, organizations, svc.OrganizationSightings(), svc.Missing(ctx)) {
		names[i] = byFrequency(sights, nameOf)
	}
	return names
}

// CodesOfOrganizations gives each organisation's unified code, nil where no row has it; systems
// are asked only for those that are known by the old code.
func (svc *Service) CodesOfOrganizations(ctx context.Context, organizations []*model.Organization) []*string {
	codes := make([]*string, len(organizations))
	var open []*model.Organization
	for i, o := range organizations {
		if codes[i] = o.KnownCode; o.KnownCode == nil {
			open = append(open, o)
		}
	}
	if len(open) == 0 {
		return codes
	}
	found := map[*model.Organization]*string{}
	for i, sights := range see(ctx, open, svc.OrganizationSightings(), svc.Missing(ctx)) {
		if list := byFrequency(sights, unifiedCode); len(list) > 0 {
			found[open[i]] = &list[0]
		}
	}
	for i, o := range organizations {
		if codes[i] == nil {
			codes[i] = found[o]
		}
	}
	return codes
}
