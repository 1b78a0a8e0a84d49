package executor

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// step is one element of the path of what is being written: a field, or an index.
type step struct {
	field *field // nil for an index
	index int
}

// context gives the context of the place that is being written, as gqlgen's executor
// would have it: error presenters read the path, the field and its arguments from it. It
// is only made for errors.
func (w *writer) context() context.Context {
	ctx := w.run.ctx
	for _, s := range w.place {
		fc := &graphql.FieldContext{}
		if s.field != nil {
			fc = s.field.fieldContext(w.run.results[s.field.id].args)
		} else {
			fc.Index = &s.index
		}
		ctx = graphql.WithFieldContext(ctx, fc)
	}
	return ctx
}

// report adds the error of the place that is being written.
func (w *writer) report(f failure) {
	ctx := w.context()
	if f.located {
		w.run.op.Error(ctx, graphql.AddFieldLocationToError(ctx, f.err))
		return
	}
	parent := 0 // gqlgen replaces the index of the parent in the path, with itself here
	if n := len(w.place); n >= 2 {
		parent = w.place[n-2].index
	}
	graphql.AddBatchError(ctx, parent, f.err)
}

// refuse adds the error about arguments that could not be coerced. They are coerced once
// more, because the error names the place, and a relation stands in many.
func (w *writer) refuse(f *field, err error) {
	ctx := w.context()
	if _, again := w.run.coerce(ctx, f); again != nil {
		err = again
	}
	w.run.op.Error(ctx, err)
}

// refuseNull adds an error when the type forbids the null that is being written.
func (w *writer) refuseNull(typ *ast.Type) {
	if typ.NonNull {
		graphql.AddInvalidNullError(w.context(), typ.String())
	}
}

// nullLeaf writes null in place of a scalar or enum that is null, or failed to be
// written. It reports whether the null may stay.
func (w *writer) nullLeaf(f *field, start int) bool {
	w.bytes = w.bytes[:start]
	w.null()
	if err := w.err; err != nil {
		w.err = nil
		graphql.AddError(w.context(), err)
		return true
	}
	w.refuseNull(f.typ)
	return !f.typ.NonNull
}
