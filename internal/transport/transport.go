// Package transport is GraphQL over HTTP (the draft of the GraphQL foundation's working
// group, to the letter): it reads requests, has gqlgen's executor parse, validate and run
// them, and writes answers. It takes the place of gqlgen's own handler, whose answers go
// through encoding/json, and whose status codes and media types follow no one rule.
//
// Nothing of a request is repeated in an error or a log besides names of the schema's
// kind: requests hold personal data.
package transport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"runtime/debug"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/admission"
	"github.com/bureaugraph/bureaugraph/internal/audit"
	"github.com/bureaugraph/bureaugraph/internal/cost"
	breadthfirst "github.com/bureaugraph/bureaugraph/internal/executor"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/sources"
)

// Options say how a Handler works.
type Options struct {
	Limits Limits
	// Persisted are documents that requests may name. The zero value knows none.
	Persisted Persisted
	// HideSources leaves extensions.sources out of answers.
	HideSources bool
	// Prepare puts what the resolvers need into the context of one operation. nil puts
	// nothing there.
	Prepare func(context.Context, *graphql.OperationContext) context.Context
	// Scalars tell whether a value fits a scalar of the schema, by the scalar's name; others
	// are not looked at. nil knows none.
	Scalars map[string]func(value any) error
	// VariablesOnly are scalars whose values name persons: they must not stand in the text of
	// an operation, one request holds one, and a client may ask for so many; see Limits.
	VariablesOnly []string
	// Costs are fields that cost more than the records of their answer, "Query.dataQuality".
	Costs map[string]cost.Kind
	// HideCost leaves extensions.cost and the headers with the cost out of answers.
	HideCost bool
	// Asked says that callers are asked who they are: nobody gets hints at the schema who has not said.
	Asked bool
	// Systems are the numbers of those that keep the records of a type, below 64.
	Systems map[string]int
	// Introspection says who may ask for the schema.
	Introspection Introspection
	// Shared bounds the work of several handlers together; nil gives the handler bounds of its own.
	Shared *Shared
	// Logger gets defects with their causes. nil means slog.Default().
	Logger *slog.Logger
}

// Handler answers POST and GET. It is safe for concurrent use.
type Handler struct {
	executable graphql.ExecutableSchema
	schema     *ast.Schema
	executor   *executor.Executor
	documents  *documents
	model      *cost.Model
	options    Options
	*Shared
	buffers sync.Pool // of *bytes.Buffer
}

// Shared is what handlers of one server have in common: how much is in the making at once, and
// for whom each client asked.
type Shared struct {
	gate    *gate
	persons *persons
	turns   *turns
}

// NewShared makes the bounds; those of the limits that concern a single request are not looked
// at.
func NewShared(limits Limits) *Shared {
	return &Shared{gate: newGate(limits.WithDefaults()), persons: newPersons(), turns: newTurns()}
}

// Renewed are the bounds of other limits; what was asked for before still counts.
func (s *Shared) Renewed(limits Limits) *Shared {
	next := *s
	next.gate = newGate(limits.WithDefaults())
	return &next
}

// Caches are the states of what the handler keeps of operations, by name: parsed documents, and plans
// where the schema makes some.
func (h *Handler) Caches() map[string]breadthfirst.CacheState {
	all := map[string]breadthfirst.CacheState{"documents": h.documents.state()}
	if planned, ok := h.executable.(interface {
		Plans() breadthfirst.CacheState
	}); ok {
		all["plans"] = planned.Plans()
	}
	return all
}

// Queue is how much is answered now, and how much waits.
func (s *Shared) Queue() admission.State { return s.gate.queue.State() }

// New makes the handler of a schema.
func New(schema graphql.ExecutableSchema, options Options) *Handler {
	options.Limits = options.Limits.WithDefaults()
	if options.Prepare == nil {
		options.Prepare = func(ctx context.Context, _ *graphql.OperationContext) context.Context { return ctx }
	}
	if options.Logger == nil {
		options.Logger = slog.Default()
	}
	if options.Shared == nil {
		options.Shared = NewShared(options.Limits)
	}
	h := &Handler{
		executable: schema, schema: schema.Schema(), executor: executor.New(schema), options: options,
		Shared:    options.Shared,
		documents: newDocuments(schema.Schema(), options.Limits, options.VariablesOnly),
		model:     cost.New(schema.Schema(), options.Costs, options.Systems),
	}
	h.buffers.New = func() any { return new(bytes.Buffer) }
	h.executor.SetQueryCache(handed{})
	h.executor.SetErrorPresenter(h.present)
	h.executor.SetRecoverFunc(h.recovered)
	return h
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	trace := TraceOf(r.Context())
	if trace == nil {
		trace = NewTrace()
		r = r.WithContext(WithTrace(r.Context(), trace))
	}
	head(w, trace)
	media, ok := negotiate(r.Header.Values("Accept"))
	if !ok {
		h.refuse(w, r, plainJSON, &Refusal{Status: http.StatusNotAcceptable,
			Message: "this resource speaks " + string(responseJSON) + " and " + string(plainJSON) +
				": name one of them in Accept"})
		return
	}
	defer func() {
		if cause := recover(); cause != nil {
			h.logPanic(r.Context(), cause, debug.Stack())
			h.refuse(w, r, media, &Refusal{Status: http.StatusInternalServerError, Code: fault.Internal,
				Message: internalMessage(trace)})
		}
	}()
	done, refused := h.gate.receive(r)
	if refused != nil {
		h.refuse(w, r, media, refused)
		return
	}
	defer done()
	params, refused := h.read(w, r)
	if refused != nil {
		h.refuse(w, r, media, refused)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), h.options.Limits.Timeout)
	defer cancel()
	ctx, release := breadthfirst.Lend(ctx) // the answer's bytes are written once
	defer release()
	ctx = graphql.StartOperationTrace(ctx)

	op, over, errs := h.compile(ctx, params)
	if refused := h.method(r, params, op, errs); refused != nil {
		h.refuse(w, r, media, refused)
		return
	}
	if len(errs) != 0 {
		h.answer(w, r, media.rejected(), media, &graphql.Response{Errors: h.rejections(op, errs)})
		return
	}
	trace.runs(op)
	audit.From(ctx).Operation(trace.Operation, op.RawQuery)
	bill, refused := h.admissible(ctx, op, over, false)
	if refused != nil {
		h.refuse(w, r, media, refused)
		return
	}

	h.options.Persisted.valid(ctx, params, trace.Operation)
	response, refused := h.admit(ctx, op, bill)
	switch {
	case r.Context().Err() != nil:
		w.WriteHeader(StatusGone)
	case refused != nil:
		h.refuse(w, r, media, refused)
	default:
		if err := audit.From(ctx).Settle(ctx, http.StatusOK, codes(response.Errors)); err != nil {
			h.refuse(w, r, media, h.unrecorded(ctx, err))
			return
		}
		if !h.options.HideCost {
			bill.header(w.Header())
		}
		h.answer(w, r, http.StatusOK, media, response)
	}
}

// unrecorded refuses an answer whose line in the audit is not on the disk.
func (h *Handler) unrecorded(ctx context.Context, err error) *Refusal {
	h.options.Logger.ErrorContext(ctx, "an answer was not recorded, and is refused", "request", requestID(ctx), "cause",
		err.Error())
	f := audit.Unrecorded()
	return &Refusal{Status: http.StatusServiceUnavailable, Code: f.Code, Message: f.Message}
}

// head sets what every answer has.
func head(w http.ResponseWriter, trace *Trace) {
	w.Header().Set("X-Request-Id", trace.RequestID)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Add("Vary", "Accept")
}

// StatusGone goes into the log only: the client has left.
const StatusGone = audit.StatusGone

// method refuses operations that the request's method must not run.
func (h *Handler) method(r *http.Request, params *graphql.RawParams, op *graphql.OperationContext,
	errs gqlerror.List) *Refusal {
	kind := operation(params, op, h.options.Limits.Tokens)
	switch {
	case kind == ast.Mutation && r.Method == http.MethodGet:
		return &Refusal{Status: http.StatusMethodNotAllowed, Allow: http.MethodPost, Message: "GET runs queries only"}
	case kind == ast.Subscription && len(errs) == 0:
		return &Refusal{Status: http.StatusBadRequest, Message: "subscriptions are not served here"}
	}
	return nil
}

// admit runs a checked operation when there is room for it.
func (h *Handler) admit(ctx context.Context, op *graphql.OperationContext, bill *bill) (*graphql.Response, *Refusal) {
	place, refused := h.gate.enter(ctx, bill.estimate, false)
	if refused != nil {
		return nil, refused
	}
	defer place.Leave()
	return h.execute(admission.With(ctx, place), op, bill), nil
}

// execute runs a checked operation to its end.
func (h *Handler) execute(ctx context.Context, op *graphql.OperationContext, bill *bill) *graphql.Response {
	op.DisableIntrospection = false
	log := sources.From(ctx)
	if log == nil {
		log = sources.New(false)
		ctx = sources.With(ctx, log)
	}
	respond, ctx := h.executor.DispatchOperation(h.options.Prepare(ctx, op), op)
	response := respond(ctx)
	if response == nil { // out of time before it began
		response = &graphql.Response{Errors: gqlerror.List{h.tooLate()}}
	}
	entries := log.Entries()
	trail := audit.From(ctx)
	trail.Sources(entries)
	bill.settle(ctx, entries)
	extensions := map[string]any{}
	if !h.options.HideCost {
		extensions["cost"] = bill.extension()
	}
	if !h.options.HideSources {
		extensions["sources"] = entries
	}
	if masked, whole := access.DisclosureOf(ctx).Fields(); masked != nil || whole != nil {
		extensions["masked"] = append([]string{}, masked...) // what stays masked, and what was shown whole
		extensions["unmasked"] = append([]string{}, whole...)
		for _, field := range whole {
			trail.Unmasked(field)
		}
	}
	maps.Copy(extensions, response.Extensions)
	if len(extensions) > 0 {
		response.Extensions = extensions
	}
	return response
}

func (h *Handler) tooLate() *gqlerror.Error {
	late := fault.Source(fault.SourceTimeout, "", fmt.Sprintf("the answer was not ready within %s; ask for less",
		h.options.Limits.Timeout), nil)
	return &gqlerror.Error{Message: late.Message, Extensions: map[string]any{"code": late.Code}}
}

// recovered takes the panic of a resolver.
func (h *Handler) recovered(ctx context.Context, cause any) error {
	h.logPanic(ctx, cause, debug.Stack())
	return errPanic
}

// errPanic stands for a panic that is already in the log.
var errPanic = errors.New("panic")

func (h *Handler) logPanic(ctx context.Context, cause any, stack []byte) {
	text := fmt.Sprintf("%T", cause)
	switch cause := cause.(type) {
	case error:
		text = scrub(cause.Error())
	case string:
		text = scrub(cause)
	}
	h.options.Logger.ErrorContext(ctx, "panic", "request", requestID(ctx), "cause", text, "stack", string(stack))
}
