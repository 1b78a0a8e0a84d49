// Package demo assembles the five invented legacy databases of one district.
package demo

import (
	"bytes"

	aidmapping "github.com/bureaugraph/bureaugraph/adapters/legalaid"
	reviewmapping "github.com/bureaugraph/bureaugraph/adapters/legalityreview"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	notarizationmapping "github.com/bureaugraph/bureaugraph/adapters/notarization"
	publicitymapping "github.com/bureaugraph/bureaugraph/adapters/publicity"
	reconsiderationmapping "github.com/bureaugraph/bureaugraph/adapters/reconsideration"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/legalaid"
	"github.com/bureaugraph/bureaugraph/internal/demo/legalityreview"
	"github.com/bureaugraph/bureaugraph/internal/demo/notarization"
	"github.com/bureaugraph/bureaugraph/internal/demo/publicity"
	"github.com/bureaugraph/bureaugraph/internal/demo/reconsideration"
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

// Systems invents the five systems of the district, in the order of model.AllSystem. The
// same world gives the same rows.
func Systems(w *world.World) []System {
	systems := []System{
		{System: model.SystemLegalityReview, Name: "legality-review"},
		{System: model.SystemReconsideration, Name: "reconsideration"},
		{System: model.SystemLegalAid, Name: "legal-aid"},
		{System: model.SystemNotarization, Name: "notarization"},
		{System: model.SystemPublicity, Name: "publicity"},
	}
	var inventing fanout.Group
	for i, invent := range []func(*world.World) *legacy.Database{
		legalityreview.Database, reconsideration.Database, legalaid.Database, notarization.Database, publicity.Database,
	} {
		inventing.Go(func() { systems[i].Database = invent(w) })
	}
	if err := inventing.Wait(); err != nil {
		panic(err) // a defect of the demo, before it serves anything
	}
	plantRepeated(systems[0].Database)
	plantReversed(systems[1].Database)
	for i, mapping := range []mapping.Source{
		reviewmapping.Mapping(), reconsiderationmapping.Mapping(), aidmapping.Mapping(), notarizationmapping.Mapping(), publicitymapping.Mapping(),
	} {
		systems[i].Strays = plantPersonal(systems[i].Database, mapping)
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
