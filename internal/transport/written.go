package transport

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/core"
)

// variablesOnly is a validation rule: values of some scalars come in variables, never in
// the text of an operation, be it as a variable's default. Texts are logged, cached and
// shared; variables are not.
func variablesOnly(scalars []string) func(*core.Events, core.AddErrFunc) {
	return func(events *core.Events, add core.AddErrFunc) {
		events.OnValue(func(_ *core.Walker, value *ast.Value) {
			switch {
			case value.Kind == ast.Variable, value.Kind == ast.NullValue, value.Kind == ast.ListValue:
			case value.Definition != nil && slices.Contains(scalars, value.Definition.Name):
				add(core.Message("a %s must come in a variable: the text of a query is logged and shared. 该值只能通过变量传入。",
					value.Definition.Name), core.At(value.Position))
			}
		})
	}
}
