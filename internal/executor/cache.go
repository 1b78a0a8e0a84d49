package executor

import (
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// The bounds of the cache. Operations are told apart by their parsed document, which the
// transport keeps for each query text. An operation has one plan for each combination of
// values of its conditions that was ever asked for; most have one.
const (
	keptOperations = 1000
	keptVariants   = 16
)

// cache keeps plans, dropping the operation that was not asked for longest.
type cache struct {
	entries      *lru.Cache[*ast.OperationDefinition, *entry]
	hits, misses atomic.Int64
}

// CacheState is what a cache has done since it was made, and how much it holds.
type CacheState struct {
	Hits, Misses int64
	Entries      int
}

// Plans is the state of the cache of plans; its entries are operations.
func (e *Executor) Plans() CacheState {
	return CacheState{e.plans.hits.Load(), e.plans.misses.Load(), e.plans.entries.Len()}
}

// entry is one operation with its plans.
type entry struct {
	isForeign  bool                      // @defer: left to gqlgen
	conditions []string                  // variables that @skip and @include depend on
	plans      *lru.Cache[string, *plan] // by the values of conditions; nil when the operation is foreign
}

func newCache() *cache {
	return &cache{entries: kept[*ast.OperationDefinition, *entry](keptOperations)}
}

func kept[K comparable, V any](most int) *lru.Cache[K, V] {
	c, _ := lru.New[K, V](most) // fails for a size below one only
	return c
}

// plan gives the operation's plan under the request's variables, made by compile when it
// is not there; nil when the operation is left to gqlgen.
func (c *cache) plan(op *graphql.OperationContext, compile func() *plan) *plan {
	e := c.entry(op)
	if e.isForeign {
		return nil
	}
	variant := decided(e.conditions, op.Variables)
	if p, ok := e.plans.Get(variant); ok {
		c.hits.Add(1)
		return p
	}
	c.misses.Add(1)
	p := compile() // two requests may do so at once; their plans are alike
	e.plans.Add(variant, p)
	return p
}

func (c *cache) entry(op *graphql.OperationContext) *entry {
	if e, ok := c.entries.Get(op.Operation); ok {
		return e
	}
	e := &entry{isForeign: deferred(op.Doc)}
	if !e.isForeign {
		e.conditions, e.plans = conditions(op.Doc, op.Operation), kept[string, *plan](keptVariants)
	}
	c.entries.Add(op.Operation, e)
	return e
}
