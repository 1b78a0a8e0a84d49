package model

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/bureaugraph/bureaugraph/internal/mask"
)

// MarshalText writes a String of the schema. Texts, codes, labels, findings and the keys of
// statistics all leave here, and what looks like the number of a person is masked, whatever
// column it stood in: see mask.Text.
func MarshalText(text string) graphql.Marshaler { return graphql.MarshalString(mask.Text(text)) }

// UnmarshalText reads a String.
func UnmarshalText(v any) (string, error) { return graphql.UnmarshalString(v) }
