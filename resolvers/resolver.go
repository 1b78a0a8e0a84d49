// Package resolvers answers the fields of the graph that are not plain struct fields.
package resolvers

import (
	"github.com/bureaugraph/bureaugraph/graph"
)

// Resolver is the root of all resolvers.
type Resolver struct{}

// Town returns the resolver of the fields that the systems add to Town; gqlgen declares
// it nowhere, because all of them are extensions.
func (r *Resolver) Town() graph.TownResolver { return &townResolver{r} }

// Department is like Town.
func (r *Resolver) Department() graph.DepartmentResolver { return &departmentResolver{r} }

type (
	townResolver       struct{ *Resolver }
	departmentResolver struct{ *Resolver }
)
