package transport

import (
	"context"
	"github.com/bureaugraph/bureaugraph/internal/admission"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/bureaugraph/bureaugraph/internal/audit"
	breadthfirst "github.com/bureaugraph/bureaugraph/internal/executor"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// The methods below are for callers inside the gateway that answer in another form than
// GraphQL's: the same parser, limits, executor and wording of errors, without the
// envelope.

// Schema is the schema that is served.
func (h *Handler) Schema() *ast.Schema { return h.schema }

// Read takes the parameters out of a GraphQL request.
func (h *Handler) Read(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *Refusal) {
	return h.read(w, r)
}

// Refuse answers a request that is not to reach the handler, in the form in which it would have answered.
func (h *Handler) Refuse(w http.ResponseWriter, r *http.Request, because *Refusal) {
	if trace := TraceOf(r.Context()); trace != nil {
		head(w, trace)
	}
	media, ok := negotiate(r.Header.Values("Accept"))
	if !ok {
		media = plainJSON
	}
	h.refuse(w, r, media, because)
}

// Check parses and validates a document and coerces its variables. Errors are worded for
// clients; the operation is nil with them.
func (h *Handler) Check(ctx context.Context, params *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	op, _, errs := h.check(ctx, params, false)
	return op, errs
}

// check is Check, and tells what the operation may cost; a page of a file is as large as the file's
// writer makes it.
func (h *Handler) check(ctx context.Context, params *graphql.RawParams, isPage bool) (*graphql.OperationContext, *bill,
	gqlerror.List) {
	op, over, errs := h.compile(graphql.StartOperationTrace(ctx), params)
	if len(errs) != 0 {
		return nil, nil, h.rejections(op, errs)
	}
	if op.Operation.Operation != ast.Query {
		return nil, nil, gqlerror.List{{Message: "only queries have rows",
			Extensions: map[string]any{"code": fault.BadInput}}}
	}
	if trace := TraceOf(ctx); trace != nil {
		trace.runs(op)
	}
	audit.From(ctx).Operation(name(op.Operation.Name), op.RawQuery)
	bill, refused := h.admissible(ctx, op, over, isPage)
	if refused != nil {
		return nil, nil, refused.response().Errors
	}
	return op, bill, nil
}

// Run answers one operation within the limits of a request. It waits for its turn as long
// as ctx allows: a file of many pages takes its time. The response's data are valid until
// release, which must be called.
func (h *Handler) Run(ctx context.Context, params *graphql.RawParams) (_ *graphql.Response, release func()) {
	op, bill, errs := h.check(ctx, params, true)
	if len(errs) != 0 {
		return &graphql.Response{Errors: errs}, func() {}
	}
	place, refused := h.gate.enter(ctx, bill.estimate, true)
	if refused != nil {
		return refused.response(), func() {}
	}
	defer place.Leave()
	ctx, cancel := context.WithTimeout(admission.With(ctx, place), h.options.Limits.Timeout)
	ctx, hand := breadthfirst.Lend(ctx)
	release = func() {
		hand()
		cancel()
	}
	response := h.execute(graphql.StartOperationTrace(ctx), op, bill)
	sortErrors(response.Errors)
	response.Errors = bounded(response.Errors)
	return response, release
}
