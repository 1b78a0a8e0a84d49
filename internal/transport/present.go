package transport

import (
	"context"
	"errors"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/bureaugraph/bureaugraph/internal/fanout"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

func internalMessage(t *Trace) string {
	return "internal error; the operators find it under request " + t.RequestID
}

// present turns an error of the execution into what a client may know. err is shared by
// all parents of a batch and is not changed. Faults that come joined, and all arguments
// that do not fit their types, are reported each by itself.
func (h *Handler) present(ctx context.Context, err error) *gqlerror.Error {
	if worded, ok := errors.AsType[ready](err); ok {
		return worded.as
	}
	field := graphql.GetFieldContext(ctx)
	if !errors.Is(err, errPanic) && coercing(field) {
		return h.badArguments(ctx, field, err)
	}
	faults := fault.All(err)
	if len(faults) < 2 {
		return h.presentOne(ctx, field, err, fault.Of(err))
	}
	all := make([]*gqlerror.Error, len(faults))
	for i, f := range faults {
		all[i] = h.presentOne(ctx, field, err, f)
	}
	return addAll(ctx, all)
}

// place is where an error is reported.
func place(ctx context.Context, field *graphql.FieldContext, err error) *gqlerror.Error {
	out := &gqlerror.Error{Path: graphql.GetPath(ctx)}
	if wrapped, ok := errors.AsType[*gqlerror.Error](err); ok {
		out.Path, out.Locations = wrapped.Path, wrapped.Locations
	}
	if out.Locations == nil && field != nil && field.Field.Field != nil && field.Field.Position != nil {
		out.Locations = []gqlerror.Location{{Line: field.Field.Position.Line, Column: field.Field.Position.Column}}
	}
	return out
}

// presentOne words one fault; known is nil where the error is none.
func (h *Handler) presentOne(ctx context.Context, field *graphql.FieldContext, err error,
	known *fault.Error) *gqlerror.Error {
	out := place(ctx, field, err)
	switch {
	case errors.Is(err, errPanic):
		h.internal(ctx, out)
	case known != nil && known.Code == fault.Internal:
		h.logCause(ctx, out.Path, known)
		h.internal(ctx, out)
		if known.System != "" {
			out.Extensions["system"] = known.System
		}
	case known != nil:
		out.Message = known.Message
		out.Extensions = map[string]any{"code": known.Code}
		if known.System != "" {
			out.Extensions["system"] = known.System
		}
		if known.Argument != "" {
			out.Extensions["argument"] = known.Argument
		}
		if known.RetryAfter > 0 {
			out.Extensions["retryAfter"] = known.RetryAfter
		}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		late := h.tooLate()
		out.Message, out.Extensions = late.Message, late.Extensions
	default:
		h.logCause(ctx, out.Path, err)
		h.internal(ctx, out)
	}
	return out
}

func (h *Handler) internal(ctx context.Context, out *gqlerror.Error) {
	trace := TraceOf(ctx)
	if trace == nil {
		trace = &Trace{}
	}
	out.Message = internalMessage(trace)
	out.Extensions = map[string]any{"code": fault.Internal, "request": trace.RequestID}
}

func (h *Handler) logCause(ctx context.Context, path ast.Path, err error) {
	if p, ok := errors.AsType[*fanout.Panic](err); ok { // of a goroutine that a resolver began
		h.logPanic(ctx, p.Value, p.Stack)
		return
	}
	cause := err
	if f := fault.Of(err); f != nil && f.Unwrap() != nil {
		cause = f.Unwrap()
	}
	h.options.Logger.ErrorContext(ctx, "field failed", "request", requestID(ctx), "path", path.String(), "cause",
		scrub(cause.Error()))
}

// coercing tells whether an error happened while the field's arguments were read: gqlgen
// sets the arguments of a field, if only to an empty map, before it calls a resolver.
func coercing(field *graphql.FieldContext) bool {
	return field != nil && field.Args == nil && field.Field.Field != nil && len(field.Field.Arguments) > 0
}

// badArguments reports every value that its type refuses, in our words: those of the type
// may repeat the value. err is about the first that gqlgen met.
func (h *Handler) badArguments(ctx context.Context, field *graphql.FieldContext, err error) *gqlerror.Error {
	at := place(ctx, field, err)
	var first ast.Path
	if whole := field.Path(); len(at.Path) > len(whole) {
		first = at.Path[len(whole):]
	}
	at.Path = field.Path()
	paths := h.misfits(field, graphql.GetOperationContext(ctx).Variables)
	if len(paths) < 2 {
		paths = []ast.Path{first}
	}
	all := make([]*gqlerror.Error, len(paths))
	for i, path := range paths {
		out := *at
		h.badArgument(field, path, fault.Of(err), &out)
		all[i] = &out
	}
	return addAll(ctx, all)
}

// badArgument words one value that its type refuses.
func (h *Handler) badArgument(field *graphql.FieldContext, argument ast.Path, known *fault.Error, out *gqlerror.Error) {
	text := strings.TrimPrefix(argument.String(), ".")
	out.Extensions = map[string]any{"code": fault.BadInput, "argument": text}
	switch definition := h.argumentType(field.Field.Definition, argument); {
	case known != nil:
		out.Message = known.Message
	case definition == nil:
		out.Message = text + ": is not of the type of the argument"
	case definition.Kind == ast.Enum:
		values := make([]string, len(definition.EnumValues))
		for i, v := range definition.EnumValues {
			values[i] = v.Name
		}
		out.Message = text + ": is no " + definition.Name + "; its values are " + strings.Join(values, ", ")
	case definition.BuiltIn || definition.Description == "":
		out.Message = text + ": is no " + definition.Name
	default:
		out.Message = text + ": is no " + definition.Name + ": " + definition.Description
	}
}

// argumentType finds the type of an argument, or of an input field inside it; nil when
// the path leads nowhere.
func (h *Handler) argumentType(field *ast.FieldDefinition, path ast.Path) *ast.Definition {
	if field == nil {
		return nil
	}
	var definition *ast.Definition
	for i, step := range path {
		name, ok := step.(ast.PathName)
		if !ok {
			continue // an item of a list has the type of the list's name
		}
		var t *ast.Type
		if i == 0 {
			if argument := field.Arguments.ForName(string(name)); argument != nil {
				t = argument.Type
			}
		} else if definition != nil {
			if inner := definition.Fields.ForName(string(name)); inner != nil {
				t = inner.Type
			}
		}
		if t == nil {
			return nil
		}
		definition = h.schema.Types[t.Name()]
	}
	return definition
}
