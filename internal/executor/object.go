package executor

import (
	"context"
)

// Object is one object type of the schema, as generated code describes it.
type Object struct {
	Name      string
	Satisfies []string         // its own name and those of its interfaces
	Fields    map[string]Field // by GraphQL name; __typename has no entry
	// Persons tells the resident numbers that stand in an object, those that were read; nil where
	// the type has none.
	Persons func(object any, tell func(number string))
}

// Field is one field of an object type. Exactly one of Leaf, One, Many and Relation is
// set. Parents and objects are Go pointers of the object type's Go type; a null is nil,
// never a nil pointer.
type Field struct {
	// Leaf writes a scalar, an enum, or a list of them that stands in the parent. It
	// reports false, and has written nothing, when the value is null.
	Leaf func(b *Buffer, parent any) bool
	// One gives the object that stands in the parent.
	One func(parent any) any
	// Many appends the objects of the list that stands in the parent; it reports false
	// when the list itself is null.
	Many func(parent any, to []any) ([]any, bool)
	// Relation resolves the field for all parents at once. The error is that of all
	// parents, or a graphql.BatchErrors. A field of the query type has one parent, nil.
	Relation func(ctx context.Context, parents []any, args map[string]any) (Column, error)
	// Args coerces the arguments; nil when the field has none.
	Args func(ctx context.Context, raw map[string]any) (map[string]any, error)
	// IsMethod tells that the value comes from a method, for messages about nulls.
	IsMethod bool
}
