package executor

import (
	"context"
	"fmt"

	"github.com/99designs/gqlgen/graphql"

	"github.com/bureaugraph/bureaugraph/internal/fanout"
)

// concurrentRelations bounds how many resolvers of one request run at the same time. It
// is above the number of systems times the relations one screen shows of each; the
// systems' connection pools are the tighter bound.
const concurrentRelations = 32

// run is the gathering of one answer.
type run struct {
	executor *Executor
	ctx      context.Context // with the field context of the query type
	op       *graphql.OperationContext
	plan     *plan
	objects  [][]any   // by node: its objects, in the order of the answer
	results  []results // by field: what it gave for each of its node's objects
	tokens   chan struct{}
	pending  fanout.Group
}

// results is the column of a field with what went wrong.
type results struct {
	Column
	args    map[string]any // as coerced, for the field context
	refused error          // the arguments were not coerced, and the field not resolved
	failed  failure        // of all parents
	rows    []failure      // of single parents; nil when there are none
}

// failure is an error with the way gqlgen reports it; a nil error is none.
type failure struct {
	err     error
	located bool // with the field's place in the query
}

// of gives the failure of one parent.
func (r *results) of(row int) failure {
	if r.failed.err != nil || r.rows == nil {
		return r.failed
	}
	return r.rows[row]
}

func newRun(e *Executor, ctx context.Context, op *graphql.OperationContext, p *plan) *run {
	return &run{
		executor: e, ctx: ctx, op: op, plan: p,
		objects: make([][]any, p.nodes),
		results: make([]results, p.fields),
		tokens:  make(chan struct{}, concurrentRelations),
	}
}

// gather resolves every relation of the operation. An error is a defect of this package:
// resolvers' panics are errors of their fields. Nothing runs any more when it returns.
func (r *run) gather() error {
	r.objects[r.plan.root.id] = []any{nil}
	r.pending.Do(func() { r.descend(r.plan.root) })
	return r.pending.Wait()
}

// descend resolves the relations below some nodes whose objects are known. One of them
// runs in this goroutine, the others in their own.
func (r *run) descend(nodes ...*node) {
	var relations []*field
	for _, n := range nodes {
		relations = r.relations(n, relations)
	}
	for i, f := range relations {
		if i < len(relations)-1 {
			r.pending.Go(func() { r.resolve(f) })
		} else {
			r.resolve(f)
		}
	}
}

// relations appends the relations that can be resolved: those on a node with objects,
// and those on the objects that stand in these as plain fields.
func (r *run) relations(n *node, list []*field) []*field {
	if !n.gathered || len(r.objects[n.id]) == 0 {
		return list
	}
	for _, f := range n.fields {
		switch {
		case f.def == nil:
		case f.def.Relation != nil:
			list = append(list, f)
		case f.gathered():
			r.read(f)
			r.collect(f)
			for _, below := range f.nodes {
				list = r.relations(below, list)
			}
		}
	}
	return list
}

// resolve calls a relation for all objects of its node, and descends to what it gave.
func (r *run) resolve(f *field) {
	r.call(f)
	if f.gathered() {
		r.collect(f)
		r.descend(f.nodes...)
	}
}

// call fills the results of a relation.
func (r *run) call(f *field) {
	into := &r.results[f.id]
	parents := r.objects[f.on.id]
	ctx, fc := r.context(f)
	if f.def.Args != nil {
		if into.args, into.refused = r.coerce(ctx, f); into.refused != nil {
			return
		}
		fc.Args = into.args
	}
	r.tokens <- struct{}{}
	defer func() { <-r.tokens }()
	defer func() {
		if cause := recover(); cause != nil {
			into.failed = failure{err: r.op.RecoverFunc(ctx, cause)}
		}
	}()
	column, err := f.def.Relation(ctx, parents, into.args)
	into.Column = column
	isRoot := f.on.leader == nil
	switch err := err.(type) {
	case nil:
	case graphql.BatchErrors:
		if isRoot {
			into.failed = failure{err: err, located: true}
			return
		}
		rows := err.Errors()
		if len(rows) != len(parents) {
			into.failed = failure{err: fmt.Errorf("batch resolver %s returned %d errors for %d parents", f.coordinate(),
				len(rows), len(parents))}
			return
		}
		into.rows = make([]failure, len(rows))
		for i, err := range rows {
			into.rows[i] = failure{err: err}
		}
	default:
		into.failed = failure{err: err, located: isRoot}
		return
	}
	if column.size != len(parents) {
		into.failed = failure{err: fmt.Errorf("batch resolver %s returned %d results for %d parents", f.coordinate(),
			column.size, len(parents))}
	}
}

// coordinate is the field's schema coordinate.
func (f *field) coordinate() string { return f.on.object.Name + "." + f.collected.Name }

// coerce decodes a field's arguments; a panic of a scalar is an error.
func (r *run) coerce(ctx context.Context, f *field) (args map[string]any, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = r.op.Recover(ctx, cause)
		}
	}()
	return f.def.Args(ctx, f.collected.ArgumentMap(r.op.Variables))
}

// context is what the resolver of a relation runs under. Its path names fields only: it
// stands for many places at once.
func (r *run) context(f *field) (context.Context, *graphql.FieldContext) {
	ctx := r.ctx
	if f.on.leader != nil {
		ctx, _ = r.context(f.on.leader)
	}
	fc := f.fieldContext(r.results[f.id].args)
	return graphql.WithFieldContext(ctx, fc), fc
}

// fieldContext describes the field as gqlgen does.
func (f *field) fieldContext(args map[string]any) *graphql.FieldContext {
	isRelation := f.def.Relation != nil
	return &graphql.FieldContext{
		Object:     f.on.object.Name,
		Field:      f.collected,
		Args:       args,
		IsMethod:   f.def.IsMethod || isRelation,
		IsResolver: isRelation,
	}
}

// read fills the results of a plain field that has relations below: its objects must be
// the same ones when they are written.
func (r *run) read(f *field) {
	into := &r.results[f.id]
	parents := r.objects[f.on.id]
	into.size = len(parents)
	if f.def.Many != nil {
		into.spans = make([]span, len(parents))
	}
	for i, p := range parents {
		r.readOne(f, into, i, p)
	}
}

func (r *run) readOne(f *field, into *results, row int, parent any) {
	defer func() {
		if cause := recover(); cause != nil {
			if into.rows == nil {
				into.rows = make([]failure, into.size)
			}
			into.rows[row] = failure{err: r.op.RecoverFunc(r.ctx, cause)}
			if f.def.Many != nil {
				into.spans[row] = span{from: -1}
			} else {
				into.values = append(into.values, nil)
			}
		}
	}()
	if f.def.Many != nil {
		into.addList(row, func(to []any) ([]any, bool) { return f.def.Many(parent, to) })
	} else {
		into.values = append(into.values, f.def.One(parent))
	}
}

// collect hands the objects of a field to the nodes they stand on. It sees exactly the
// objects that will be written, in the same order.
func (r *run) collect(f *field) {
	from := &r.results[f.id]
	if from.refused != nil || from.failed.err != nil {
		return
	}
	for row := range from.size {
		if from.of(row).err != nil {
			continue
		}
		for _, v := range from.objects(row) {
			if n := r.nodeOf(f, v); n != nil {
				r.objects[n.id] = append(r.objects[n.id], v)
			}
		}
	}
}

// objects gives one parent's objects, nil for nulls among them.
func (c *Column) objects(row int) []any {
	switch {
	case c.spans == nil:
		return c.values[row : row+1]
	case c.spans[row].from < 0:
		return nil
	}
	return c.values[c.spans[row].from:c.spans[row].to]
}

// nodeOf gives the node an object of the field stands on; nil for a null, and for an
// object of a type that the schema does not know.
func (r *run) nodeOf(f *field, object any) *node {
	switch {
	case object == nil:
		return nil
	case f.byType == nil:
		return f.nodes[0]
	}
	return f.byType[r.executor.typeOf(object)]
}
