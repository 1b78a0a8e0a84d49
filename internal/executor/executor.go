package executor

import (
	"bytes"
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Executor is a graphql.ExecutableSchema that answers queries breadth first. It is safe
// for concurrent use.
type Executor struct {
	// ExecutableSchema is gqlgen's own: it gives the schema and complexity, and answers
	// what the Executor does not cover.
	graphql.ExecutableSchema
	objects map[string]*Object
	typeOf  func(object any) string
	plans   *cache
	writers sync.Pool // of *writer
}

// New makes an Executor in front of gqlgen's executable schema. objects describe every
// object type but those of introspection; typeOf names the concrete type of an object
// that an interface field gave: "" for a nil pointer, the name of the Go type for one
// that the schema does not know.
func New(stock graphql.ExecutableSchema, objects []Object, typeOf func(object any) string) *Executor {
	e := &Executor{
		ExecutableSchema: stock, objects: make(map[string]*Object, len(objects)), typeOf: typeOf, plans: newCache(),
	}
	for i := range objects {
		e.objects[objects[i].Name] = &objects[i]
	}
	e.writers.New = func() any { return new(writer) }
	return e
}

// Exec answers the operation of the context, once.
func (e *Executor) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	if op.Operation.Operation != ast.Query {
		return e.ExecutableSchema.Exec(ctx)
	}
	plan := e.plans.plan(op, func() *plan { return compile(e.Schema(), e.objects, op) })
	if plan == nil {
		return e.ExecutableSchema.Exec(ctx)
	}
	isDone := false
	return func(ctx context.Context) *graphql.Response {
		if isDone {
			return nil
		}
		isDone = true
		return &graphql.Response{Data: e.answer(ctx, op, plan)}
	}
}

// answer gathers and writes.
func (e *Executor) answer(ctx context.Context, op *graphql.OperationContext, p *plan) []byte {
	ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: p.root.object.Name})
	r := newRun(e, ctx, op, p)
	if err := r.gather(); err != nil {
		op.Error(ctx, err)
		return []byte("null")
	}

	w := e.writers.Get().(*writer)
	data := w.write(r)
	if lease := leaseOf(ctx); lease != nil {
		lease.add(func() { w.reset(); e.writers.Put(w) })
		return data
	}
	data = bytes.Clone(data)
	w.reset()
	e.writers.Put(w)
	return data
}
