// Package joins answers what no system can answer alone: who had a right to legal aid and got
// none, who was granted it and paid a notary's full fee, and where else a document is named. It
// is the one package that knows kinds of several systems by name; what a declaration can say of
// two kinds (`@via`) is written by internal/generate instead.
package joins

import (
	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/linkage"
)

// Service joins the systems of one deployment. It is safe for concurrent use.
type Service struct {
	Set      *adapters.Set
	Linkage  *linkage.Service
	Today    func() model.Date // which tells who is a minor, and who is elderly
	Mentions func() []Mention  // every relation by which a system names documents
}
