package adapters

import (
	"context"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
)

// organizationsPerStatement bounds the codes of one statement; each has up to a dozen
// spellings, see textsPerStatement.
const organizationsPerStatement = 500

// ByOrganization answers the records whose field holds a code of the organisation: a
// code of 18 characters finds rows with it and rows with the organisation code in it, one
// of nine also rows with a unified code around it. Codes are canonical; unknown ones are
// absent from the map.
func ByOrganization[T any](ctx context.Context, s *Source[T], field string, codes []string) (map[string][]*T, error) {
	table, err := s.visible(ctx)
	if err != nil || !s.Records(field) {
		return nil, err
	}
	project := s.projectWith(table, field, s.want(ctx))
	found := make(map[string][]*T, len(codes))
	for chunk := range slices.Chunk(unique(codes), organizationsPerStatement) {
		asked := make(map[string][]string, len(chunk)) // organisation code -> codes as asked
		for _, code := range chunk {
			organization := cell.OrganizationCode(code)
			asked[organization] = append(asked[organization], code)
		}
		rows, err := s.fetch(ctx, table, project, table.OfOrganization(field, chunk))
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			for _, key := range s.entry(row).keys(field) {
				for _, code := range asked[cell.OrganizationCode(key)] {
					found[code] = append(found[code], row)
				}
			}
		}
	}
	return found, nil
}
