// Package statistics answers what is counted: the statistics of each kind of record, the
// caseload of all systems, and the metrics that the figures of a system define. It plans
// nothing and reads nothing itself: adapters.Statistics counts, and this package says what is
// counted, what a group is called, which filter lists its rows, what was left out and why, and
// which figures are withheld because too few persons stand behind them.
package statistics

import (
	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/metrics"
	"github.com/bureaugraph/bureaugraph/internal/personid"
)

// Service answers statistics of one deployment. It is safe for concurrent use.
type Service struct {
	Book        *metrics.Book
	Towns       *reference.Towns
	Departments *reference.Departments
	Systems     []model.System   // that the caller may see
	Persons     *personid.Cipher // seals what names a person in a group's key
	// SuppressBelow is how many persons must stand behind a figure for it to be shown; 0 shows
	// all.
	SuppressBelow int
	// Of gives what counts the records of a kind, by its name; nil where it has no statistics.
	Of func(record string) *adapters.Statistics
	// Case gives what counts a system's cases; nil where it has none.
	Case func(system model.System) *adapters.Statistics
}
