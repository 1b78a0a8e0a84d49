package transport

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"golang.org/x/sync/semaphore"

	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/page"
)

// gate bounds the memory of all running operations together. Each takes about as many
// records as its answer may have, and waits, first come first served, while too many are
// in the making. Small ones never wait: together they are little, and behind a large one,
// or some over a system that hangs, they would wait long. No operation takes more than a
// quarter of all, so that none has to wait until all others have ended.
type gate struct {
	limits      Limits
	whole       []string            // fields that read whole tables
	free        *semaphore.Weighted // records
	small, most int                 // records of an operation that never waits, and that one takes at most
}

func newGate(limits Limits, whole []string) *gate {
	return &gate{limits: limits, whole: whole, free: semaphore.NewWeighted(int64(limits.Records)),
		small: limits.Records / 100, most: limits.Records / 4}
}

// enter waits until the operation may run; leave must be called when it has. It gives up
// when ctx ends.
func (g *gate) enter(ctx context.Context, op *graphql.OperationContext) (leave func(), _ *Refusal) {
	records := weigh(op, g.most, g.whole)
	if records <= g.small {
		return func() {}, nil
	}
	n := int64(records)
	if !g.free.TryAcquire(n) && g.free.Acquire(ctx, n) != nil {
		return nil, &Refusal{
			Status:  http.StatusServiceUnavailable,
			Code:    fault.Overloaded,
			Message: fmt.Sprintf("so much else was being answered that this could not begin within %s; try again later, or ask for less", g.limits.Timeout),
		}
	}
	return func() { g.free.Release(n) }, nil
}

// few is how many objects a list is taken to have that has no pages: departments, groups of
// statistics, events of a deadline. The page of a list that could have some hundred, such
// as that of towns, is taken for the usual one where the client names no size.
const few = 10

// weigh estimates how many records an operation makes: pages as large as the client asks
// for, inside pages, and one record for every object that another leads to; most for a field
// that reads whole tables, of whatever it answers. It is at least 1 and at most most.
func weigh(op *graphql.OperationContext, most int, whole []string) int {
	w := estimate{variables: op.Variables, most: most, whole: whole}
	return max(1, w.set(op.Operation.SelectionSet, 1))
}

type estimate struct {
	variables map[string]any
	most      int // so that products cannot overflow
	whole     []string
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
	case slices.Contains(w.whole, f.ObjectDefinition.Name+"."+f.Name):
		return w.most
	case strings.HasSuffix(f.ObjectDefinition.Name, "Connection"), strings.HasSuffix(f.ObjectDefinition.Name, "Edge"):
		return w.set(f.SelectionSet, parents)
	case f.Definition.Arguments.ForName("first") != nil:
		parents *= w.size(f)
	case f.Arguments.ForName("ids") != nil:
		parents *= w.length(f.Arguments.ForName("ids"))
	case f.Definition.Type.Elem != nil:
		parents *= few
	}
	parents = min(parents, w.most)
	return parents + w.set(f.SelectionSet, parents)
}

// length is that of a list that the client gives.
func (w estimate) length(argument *ast.Argument) int {
	value, _ := argument.Value.Value(w.variables)
	list, _ := value.([]any)
	return max(1, len(list))
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
