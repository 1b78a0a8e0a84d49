package bench

import (
	"github.com/bureaugraph/bureaugraph/adapters/legalaid"
	"github.com/bureaugraph/bureaugraph/adapters/legalityreview"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/notarization"
	"github.com/bureaugraph/bureaugraph/adapters/publicity"
	"github.com/bureaugraph/bureaugraph/adapters/reconsideration"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Connections is the size of each pool of both servers.
const Connections = 8

// Site is one of the demo's databases: what it is called on the server, and its mapping.
type Site struct {
	System   model.System
	Database string
	Mapping  mapping.Source
}

// Sites lists the five databases.
func Sites() []Site {
	return []Site{
		{model.SystemLegalityReview, "hfsc", legalityreview.System().Mapping()},
		{model.SystemReconsideration, "xzfy", reconsideration.System().Mapping()},
		{model.SystemLegalAid, "flyz", legalaid.System().Mapping()},
		{model.SystemNotarization, "notary", notarization.System().Mapping()},
		{model.SystemPublicity, "pufa", publicity.System().Mapping()},
	}
}
