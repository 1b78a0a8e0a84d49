package randomop

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

func TestNew(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: `
		interface Node { id: ID! }
		enum Colour { RED GREEN }
		input Filter { colour: [Colour!] day: String and: [Filter!] not: Filter }
		type Town implements Node { id: ID! name: String people(first: Int, filter: Filter): [Person!]! }
		type Person implements Node { id: ID! name: String town: Town colour: Colour }
		type Query { node(id: ID!): Node nodes(ids: [ID!]!): [Node]! towns(first: Int = 3): [Town!]! }`})
	all, valid := "", 0
	for seed := range uint64(500) {
		op := New(schema, Options{Samples: map[string][]string{"Node.id": {"sample"}}}, seed)
		if diff := cmp.Diff(op,
			New(schema, Options{Samples: map[string][]string{"Node.id": {"sample"}}}, seed)); diff != "" {
			t.Fatalf("seed %d is not the same twice: %s", seed, diff)
		}
		if _, errs := gqlparser.LoadQueryWithRules(schema, op.Query, nil); errs == nil {
			valid++
		}
		all += op.String()
	}
	if valid < 450 {
		t.Errorf("%d of 500 operations are valid", valid)
	}
	for _, feature := range []string{"fragment F1 on Town", "... on Person", "...  {", "... F", "@skip(if: $",
		"@include(if: true)", "a1: ", "__typename", "$v1: Boolean!", " = ", "sample", "RED", "filter: {", "not: {",
		"null"} {
		if !strings.Contains(all, feature) {
			t.Errorf("no operation has %q", feature)
		}
	}
}
