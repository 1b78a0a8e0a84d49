package resolvers

import (
	"context"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/loaders"
)

// newPerson makes the person of a valid resident number.
func (r *Resolver) newPerson(number model.ResidentNumber) *model.Person {
	return &model.Person{
		Number:  number,
		IsMinor: number.IsMinor(r.Today()),
		NodeID:  model.EncodeID("Person", r.Persons.Encode(string(number))),
	}
}

// personsOf gives the person each row names; nil where it has no valid number. The row
// itself is proof that a system knows the person, so it costs no statement.
func personsOf[T any](r *Resolver, rows []*T, number func(*T) *model.ResidentNumber) ([]*model.Person, error) {
	persons := make([]*model.Person, len(rows))
	for i, row := range rows {
		if n := number(row); n.IsResident() {
			persons[i] = r.newPerson(*n)
		}
	}
	return persons, nil
}

// Person finds a person by a number that a system knows; nil when none does.
func (r *queryResolver) Person(ctx context.Context, residentID model.ResidentNumber) (*model.Person, error) {
	number, ok := cell.NormalizeResidentID(residentID.Reveal())
	if !ok {
		return nil,
			fault.Input("residentId",
				"is no valid resident number; it has 18 characters with a right check digit, or the 15 digits of before 1999")
	}
	return known(ctx, []*model.Person{r.newPerson(model.ResidentNumber(number))}, r.personSightings())[0], nil
}

// findPersons is the finder of Node ids.
func (r *Resolver) findPersons(ctx context.Context, keys []string) (map[string]model.Node, error) {
	var ids []string
	var persons []*model.Person
	for _, key := range keys {
		if number, ok := r.Persons.Decode(key); ok { // else an id of another key: of nobody here
			ids = append(ids, key)
			persons = append(persons, r.newPerson(model.ResidentNumber(number)))
		}
	}
	found := map[string]model.Node{}
	for i, p := range known(ctx, persons, r.personSightings()) {
		if p != nil {
			found[ids[i]] = p
		}
	}
	return found, nil
}

func residentNumber(p *model.Person) string { return string(p.Number) }

// rowsOf loads the rows with each person's number.
func rowsOf[T any](source *adapters.Source[T], field string) func(ctx context.Context,
	persons []*model.Person) ([][]*T, error) {
	return func(ctx context.Context, persons []*model.Person) ([][]*T, error) {
		return loaders.Many(ctx, source, field, persons, residentNumber)
	}
}

// namesOfPersons lists each person's names, most frequent first.
func (r *Resolver) namesOfPersons(ctx context.Context, persons []*model.Person) [][]model.PersonName {
	names := make([][]model.PersonName, len(persons))
	for i, sights := range see(ctx, persons, r.personSightings(), reportOnce(ctx)) {
		names[i] = []model.PersonName{}
		for _, name := range byFrequency(sights, nameOf) {
			if persons[i].IsMinor {
				name = string(model.PersonName(name).Hidden())
			}
			names[i] = append(names[i], model.PersonName(name))
		}
	}
	return names
}
