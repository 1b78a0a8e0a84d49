package transport

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"golang.org/x/sync/semaphore"

	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/page"
)

// gate bounds the memory of all running operations together. Each takes with it about as
// many records as its answer may have, and waits, first come first served, while too many
// are in the making. Small questions take little and so hardly ever wait.
type gate struct {
	limits Limits
	free   *semaphore.Weighted // records
}

func newGate(limits Limits) *gate {
	return &gate{limits: limits, free: semaphore.NewWeighted(int64(limits.Records))}
}

// enter waits until the operation may run; leave must be called when it has. It gives up
// when ctx ends.
func (g *gate) enter(ctx context.Context, op *graphql.OperationContext) (leave func(), _ *Refusal) {
	n := int64(weigh(op, g.limits.Records))
	if !g.free.TryAcquire(n) && g.free.Acquire(ctx, n) != nil {
		return nil, &Refusal{
			Status:  http.StatusServiceUnavailable,
			Code:    fault.Overloaded,
			Message: fmt.Sprintf("so much else was being answered that this could not begin within %s; try again later, or ask for less", g.limits.Timeout),
		}
	}
	return func() { g.free.Release(n) }, nil
}

// few is how many objects a list without a page size is taken to have.
const few = 10

// weigh estimates how many records an operation makes: pages as large as the client asks
// for, inside pages, and one record for every object that another leads to. It is at least
// 1 and at most most.
func weigh(op *graphql.OperationContext, most int) int {
	w := estimate{variables: op.Variables, most: most}
	return max(1, w.set(op.Operation.SelectionSet, 1))
}

type estimate struct {
	variables map[string]any
	most      int // so that products cannot overflow
}

// set gives the records below so many parents.
func (w estimate) set(set ast.SelectionSet, parents int) int {
	total := 0
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			total += w.field(selection, parents)
		case *ast.InlineFragment:
			total += w.set(selection.SelectionSet, parents)
		case *ast.FragmentSpread:
			total += w.set(selection.Definition.SelectionSet, parents)
		}
		total = min(total, w.most)
	}
	return total
}

func (w estimate) field(f *ast.Field, parents int) int {
	if len(f.SelectionSet) == 0 || f.Definition == nil || strings.HasPrefix(f.Name, "__") {
		return 0
	}
	switch { // the page of a connection has been counted with it
	case strings.HasSuffix(f.ObjectDefinition.Name, "Connection"), strings.HasSuffix(f.ObjectDefinition.Name, "Edge"):
		return w.set(f.SelectionSet, parents)
	case f.Definition.Arguments.ForName("first") != nil:
		parents *= w.size(f)
	case f.Definition.Type.Elem != nil:
		parents *= few
	}
	parents = min(parents, w.most)
	return parents + w.set(f.SelectionSet, parents)
}

// size is the page size that a client asks for. One that is out of range is refused later.
func (w estimate) size(f *ast.Field) int {
	for _, name := range []string{"first", "last"} {
		argument := f.Arguments.ForName(name)
		if argument == nil {
			continue
		}
		value, err := argument.Value.Value(w.variables)
		if err != nil {
			continue
		}
		switch n := value.(type) {
		case int:
			return min(max(n, 1), page.MaxSize)
		case int64:
			return int(min(max(n, 1), page.MaxSize))
		}
	}
	return page.DefaultSize
}
