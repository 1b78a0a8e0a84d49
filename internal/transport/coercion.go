package transport

import (
	"context"
	"math"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"

	"github.com/bureaugraph/bureaugraph/internal/cost"
)

// compile makes an operation of a request's parameters: parsed, within the limits of its text,
// validated, with the values of its variables in their types. over are the limits that it is over
// and that are only measured. Errors are not worded for clients yet, see rejections.
func (h *Handler) compile(ctx context.Context, params *graphql.RawParams) (op *graphql.OperationContext,
	over []cost.Excess, errs gqlerror.List) {
	if broken := brokenEscapes(params.Query); broken != nil {
		return &graphql.OperationContext{}, nil, broken
	}
	read, errs := h.documents.read(params.Query, h.hints(ctx))
	if len(errs) != 0 {
		return &graphql.OperationContext{}, nil, errs
	}
	op, errs = h.executor.CreateOperationContext(hand(ctx, read), params)
	if len(errs) == 0 {
		errs = h.misfitVariables(op)
	}
	return op, read.over, errs
}

// rangeRule names the rule of this package that Int literals have 32 bits.
const rangeRule = "IntRange"

// refuseLargeInts is a validation rule: an Int has 32 bits (GraphQL, September 2025, 3.5.1).
func refuseLargeInts(events *core.Events, add core.AddErrFunc) {
	events.OnValue(func(_ *core.Walker, value *ast.Value) {
		if value.Kind != ast.IntValue || value.Definition == nil || value.Definition.Name != "Int" {
			return
		}
		if _, err := strconv.ParseInt(value.Raw, 10, 32); err != nil {
			add(core.Message("Int cannot represent a whole number outside 32 bits."), core.At(value.Position))
		}
	})
}

// misfitVariables finds the values of variables that the specification refuses and
// gqlparser lets pass: texts and large numbers for an Int, texts for a Float, and values of
// an enum in other letters than its own. What it lets pass of the others is right.
func (h *Handler) misfitVariables(op *graphql.OperationContext) (errs gqlerror.List) {
	for _, definition := range op.Operation.VariableDefinitions {
		value, given := op.Variables[definition.Variable]
		if !given {
			continue
		}
		at := ast.Path{ast.PathName("variable"), ast.PathName(definition.Variable)}
		for _, path := range walk(h.schema, nil, at, definition.Type, value, misfitsBuiltIn) {
			err := gqlerror.ErrorPathf(path, "cannot use it as %s", h.typeAt(definition.Type, path[2:]))
			errcode.Set(err, errcode.ValidationFailed)
			errs = append(errs, err)
		}
	}
	return errs
}

// typeAt names the type of a value inside the value of a variable.
func (h *Handler) typeAt(t *ast.Type, path ast.Path) string {
	for _, step := range path {
		if name, ok := step.(ast.PathName); ok {
			t = h.schema.Types[t.Name()].Fields.ForName(string(name)).Type
		}
	}
	return t.Name()
}

// misfitsBuiltIn tells whether a value cannot be one of a built-in scalar or an enum.
func misfitsBuiltIn(definition *ast.Definition, value any) bool {
	_, isText := value.(string)
	switch {
	case definition.Kind == ast.Enum:
		text, _ := value.(string)
		return definition.EnumValues.ForName(text) == nil
	case definition.Name == "Float":
		return isText
	case definition.Name == "Int":
		switch n := value.(type) {
		case int64:
			return n != int64(int32(n))
		case float64:
			return n != math.Trunc(n) || math.Abs(n) > math.MaxInt32
		}
		return isText
	}
	return false
}
