package resolvers

import "github.com/bureaugraph/bureaugraph/graph/model"

// namesShown gives the names of rows as they may be shown: nothing of a minor's, by the
// number in the same row.
func namesShown[T any](r *Resolver, rows []*T, name func(*T) *model.PersonName,
	number func(*T) *model.ResidentNumber) ([]*model.PersonName, error) {
	today := r.Today()
	names := make([]*model.PersonName, len(rows))
	for i, row := range rows {
		if names[i] = name(row); names[i] != nil && number(row).IsMinor(today) {
			names[i] = new(names[i].Hidden())
		}
	}
	return names, nil
}

// numbersShown is like namesShown for the numbers themselves.
func numbersShown[T any](r *Resolver, rows []*T,
	number func(*T) *model.ResidentNumber) ([]*model.ResidentNumber, error) {
	today := r.Today()
	numbers := make([]*model.ResidentNumber, len(rows))
	for i, row := range rows {
		if numbers[i] = number(row); numbers[i].IsMinor(today) {
			numbers[i] = new(numbers[i].Hidden())
		}
	}
	return numbers, nil
}
