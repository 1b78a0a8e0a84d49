// Package graph is the executable schema that gqlgen generates from graph/schema. Only
// this file is written by hand.
package graph

//go:generate sh -c "cd .. && go run ./internal/generate"

import "github.com/vektah/gqlparser/v2/ast"

// Schema is the whole graph's. It is shared: nobody changes it.
func Schema() *ast.Schema { return NewExecutableSchema(Config{}).Schema() }
