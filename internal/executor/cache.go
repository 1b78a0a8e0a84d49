package executor

import (
	"container/list"
	"sync"

	"github.com/99designs/gqlgen/graphql"
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
	mu      sync.Mutex
	entries map[*ast.OperationDefinition]*list.Element // of *entry
	recent  list.List                                  // the latest first
}

// entry is one operation with its plans.
type entry struct {
	operation  *ast.OperationDefinition
	isForeign  bool     // @defer: left to gqlgen
	conditions []string // variables that @skip and @include depend on
	plans      map[string]*plan
}

// plan gives the operation's plan under the request's variables, made by compile when it
// is not there; nil when the operation is left to gqlgen.
func (c *cache) plan(op *graphql.OperationContext, compile func() *plan) *plan {
	e := c.entry(op)
	if e.isForeign {
		return nil
	}
	variant := decided(e.conditions, op.Variables)
	c.mu.Lock()
	p, ok := e.plans[variant]
	c.mu.Unlock()
	if ok {
		return p
	}
	p = compile() // two requests may do so at once; their plans are alike
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(e.plans) >= keptVariants {
		clear(e.plans)
	}
	e.plans[variant] = p
	return p
}

func (c *cache) entry(op *graphql.OperationContext) *entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at := c.entries[op.Operation]; at != nil {
		c.recent.MoveToFront(at)
		return at.Value.(*entry)
	}
	e := &entry{
		operation:  op.Operation,
		isForeign:  deferred(op.Doc),
		conditions: conditions(op.Doc, op.Operation),
		plans:      map[string]*plan{},
	}
	if c.entries == nil {
		c.entries = map[*ast.OperationDefinition]*list.Element{}
	}
	c.entries[op.Operation] = c.recent.PushFront(e)
	if c.recent.Len() > keptOperations {
		oldest := c.recent.Remove(c.recent.Back()).(*entry)
		delete(c.entries, oldest.operation)
	}
	return e
}
