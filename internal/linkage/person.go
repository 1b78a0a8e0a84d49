package linkage

import (
	"context"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// NewPerson makes the person of a valid resident number.
func (svc *Service) NewPerson(number model.ResidentNumber) *model.Person {
	return &model.Person{
		Number:  number,
		IsMinor: number.IsMinor(svc.Today()),
		NodeID:  model.EncodeID("Person", svc.Persons.Encode(string(number))),
	}
}

// Persons gives the person each row names; nil where it has no valid number. The row
// itself is proof that a system knows the person, so it costs no statement.
func Persons[T any](svc *Service, rows []*T, number func(*T) *model.ResidentNumber) []*model.Person {
	persons := make([]*model.Person, len(rows))
	for i, row := range rows {
		if n := number(row); n.IsResident() {
			persons[i] = svc.NewPerson(*n)
		}
	}
	return persons
}

// Person finds a person by a number that a system has on file; nil when none does.
func (svc *Service) Person(ctx context.Context, text model.ResidentNumber) (*model.Person, error) {
	number, ok := cell.NormalizeResidentID(text.Reveal())
	if !ok {
		return nil,
			fault.Input("residentId",
				"is no valid resident number; it has 18 characters with a right check digit, or the 15 digits of before 1999")
	}
	person := svc.NewPerson(model.ResidentNumber(number))
	return svc.onFile(ctx, []*model.Person{person})[0], nil
}

// PersonNodes finds persons by the keys of their Node ids; unknown keys are absent.
func (svc *Service) PersonNodes(ctx context.Context, keys []string) (map[string]model.Node, error) {
	var ids []string
	var persons []*model.Person
	for _, key := range keys {
		if number, ok := svc.Persons.Decode(key); ok { // else an id of another key: of nobody here
			ids = append(ids, key)
			persons = append(persons, svc.NewPerson(model.ResidentNumber(number)))
		}
	}
	found := map[string]model.Node{}
	for i, p := range svc.onFile(ctx, persons) {
		if p != nil {
			found[ids[i]] = p
		}
	}
	return found, nil
}

func (svc *Service) onFile(ctx context.Context, persons []*model.Person) []*model.Person {
	return onFile(ctx, persons, svc.PersonSightings(), svc.Missing)
}

// NamesOfPersons lists each person's names, most frequent first; nothing of a minor's.
func (svc *Service) NamesOfPersons(ctx context.Context, persons []*model.Person) [][]model.PersonName {
	names := make([][]model.PersonName, len(persons))
	for i, sights := range see(ctx, persons, svc.PersonSightings(), svc.Missing(ctx)) {
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
