package executor

import (
	"fmt"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/vektah/gqlparser/v2/ast"
)

func operationOf(t *testing.T, query string, variables map[string]any) *graphql.OperationContext {
	t.Helper()
	doc, err := parser.ParseQuery(&ast.Source{Input: query})
	if err != nil {
		t.Fatal(err)
	}
	return &graphql.OperationContext{Doc: doc, Operation: doc.Operations[0], Variables: variables}
}

func TestCache(t *testing.T) {
	c := newCache()
	compiled := 0
	get := func(op *graphql.OperationContext) *plan {
		return c.plan(op, func() *plan { compiled++; return &plan{} })
	}

	t.Run("one plan for each value of the conditions", func(t *testing.T) {
		op := operationOf(t,
			`query($a: Boolean!, $b: Boolean!, $c: Int) { x @skip(if: $a) ...F } fragment F on Q { y(n: $c) @include(if: $b) @skip(if: $a) @include(if: true) }`, nil)
		seen := map[*plan]bool{}
		for _, vars := range []map[string]any{{"a": true, "b": true, "c": 1}, {"a": true, "b": true, "c": 2},
			{"a": false, "b": true}, {"a": true, "b": false}, {"a": false, "b": true}} {
			op.Variables = vars
			seen[get(op)] = true
		}
		if compiled != 3 || len(seen) != 3 {
			t.Errorf("compiled %d, %d plans; want 3", compiled, len(seen))
		}
	})
	t.Run("left to gqlgen", func(t *testing.T) {
		if p := get(operationOf(t, `{ x ... @defer { y } }`, nil)); p != nil {
			t.Error("a plan for @defer")
		}
		op := operationOf(t, `{ __schema { types { name } } }`, nil)
		for range 2 {
			if p := c.plan(op, func() *plan { compiled++; return nil }); p != nil {
				t.Error("a plan for introspection")
			}
		}
		if compiled != 4 {
			t.Errorf("compiled %d, want 4: that there is no plan is remembered", compiled)
		}
	})
	t.Run("bounded", func(t *testing.T) {
		first := operationOf(t, `{ x }`, nil)
		get(first)
		for i := range keptOperations + 5 {
			get(operationOf(t, fmt.Sprintf(`{ x%d }`, i), nil))
			if i%100 == 0 {
				get(first)
			}
		}
		if n := c.entries.Len(); n != keptOperations {
			t.Errorf("%d entries, want %d", n, keptOperations)
		}
		if !c.entries.Contains(first.Operation) {
			t.Error("the operation in use was dropped")
		}
	})
	t.Run("bounded variants", func(t *testing.T) {
		op := operationOf(t,
			`query($a: Boolean!, $b: Boolean!, $c: Boolean!, $d: Boolean!, $e: Boolean!) { x @skip(if: $a) @include(if: $b) y @skip(if: $c) @include(if: $d) z @skip(if: $e) }`, nil)
		for i := range 32 {
			op.Variables = map[string]any{"a": i&1 > 0, "b": i&2 > 0, "c": i&4 > 0, "d": i&8 > 0, "e": i&16 > 0}
			get(op)
		}
		if n := c.entry(op).plans.Len(); n != keptVariants {
			t.Errorf("%d variants, want %d", n, keptVariants)
		}
	})
}
