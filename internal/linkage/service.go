// Package linkage tells which rows of the systems are about the same person or organisation,
// and what that rests on (record linkage). A valid number or code links; a name never does: it
// makes a link doubtful, or a lawyer a candidate. What a row says of its person stands in the
// declarations of its kind, from which internal/generate writes what this package is given.
package linkage

import (
	"context"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/personid"
)

// Service links the rows of one deployment. It is safe for concurrent use.
type Service struct {
	Persons *personid.Cipher  // makes the Node ids of persons
	Today   func() model.Date // which tells who is a minor
	Lawyers *adapters.Source[model.Lawyer]
	// PersonSightings and OrganizationSightings list every kind of row in which a person has a
	// number, or an organisation a code.
	PersonSightings       func() []Sighting[model.Person]
	OrganizationSightings func() []Sighting[model.Organization]
	// NamesRead reads numbers and names of all rows that name persons, by one function a kind,
	// which names the system.
	NamesRead func(ctx context.Context, note Note) []func() (model.System, error)
	// Missing gives what tells the client of a system that the answer had to do without.
	Missing func(ctx context.Context) func(model.System, error)
	// Share does work that reads whole tables, once for all who ask for it at the same time.
	Share func(ctx context.Context, work func() (Doubt, error)) (Doubt, error)
}

// Note takes one row's number and name; nil where the row has none.
type Note func(*model.ResidentNumber, *model.PersonName)

// Doubt tells whether names under a number contradict each other.
type Doubt func(model.ResidentNumber) bool
