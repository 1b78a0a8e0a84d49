// Package graph is the executable schema that gqlgen generates from graph/schema. Only
// this file is written by hand.
package graph

//go:generate sh -c "cd .. && go run ./internal/generate"
