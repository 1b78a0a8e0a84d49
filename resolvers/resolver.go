// Package resolvers answers the fields of the graph that are not plain struct fields.
package resolvers

// Resolver is the root of all resolvers.
type Resolver struct{}
