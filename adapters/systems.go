package adapters

import (
	"github.com/bureaugraph/bureaugraph/adapters/definition"
	"github.com/bureaugraph/bureaugraph/adapters/legalaid"
	"github.com/bureaugraph/bureaugraph/adapters/legalityreview"
	"github.com/bureaugraph/bureaugraph/adapters/notarization"
	"github.com/bureaugraph/bureaugraph/adapters/publicity"
	"github.com/bureaugraph/bureaugraph/adapters/reconsideration"
)

// Systems are the legacy systems that the program knows, one line a system, in the order of
// the enum System. internal/generate reads this list, too.
func Systems() definition.Systems {
	return definition.Systems{
		legalityreview.System(),
		reconsideration.System(),
		legalaid.System(),
		notarization.System(),
		publicity.System(),
	}
}
