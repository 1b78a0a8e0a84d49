// Package demo assembles the invented legacy databases of one district.
package demo

import (
	"bytes"
	"strings"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/fanout"
)

// System is one legacy system of the demo: who it is in the graph, and its database.
type System struct {
	System   model.System
	Name     string // as configuration and mapping files call it, "legal-aid"
	Database *legacy.Database
	Strays   []Stray // cells in which a person stands who does not belong there
}

// Systems invents the systems of the district, in the order of adapters.Systems. The
// same world gives the same rows.
func Systems(w *world.World) []System {
	var systems []System
	for _, known := range adapters.Systems() {
		name := strings.ReplaceAll(strings.ToLower(string(known.Name)), "_", "-")
		systems = append(systems, System{System: known.Name, Name: name})
	}
	var inventing fanout.Group
	for i, invent := range inventors() {
		inventing.Go(func() { systems[i].Database = invent(w) })
	}
	if err := inventing.Wait(); err != nil {
		panic(err) // a defect of the demo, before it serves anything
	}
	for i, known := range adapters.Systems() {
		switch known.Name {
		case model.SystemLegalityReview:
			plantRepeated(systems[i].Database)
		case model.SystemReconsideration:
			plantReversed(systems[i].Database)
		}
		systems[i].Strays = plantPersonal(systems[i].Database, known.Mapping())
	}
	return systems
}

// PersonKey is the demo's key for the Node ids of persons: known to everybody, since its
// persons are invented, and always the same.
func PersonKey() []byte { return bytes.Repeat([]byte("demo-key"), 8) }

// Databases gives only the databases of the systems.
func Databases(systems []System) []*legacy.Database {
	list := make([]*legacy.Database, len(systems))
	for i, s := range systems {
		list[i] = s.Database
	}
	return list
}
