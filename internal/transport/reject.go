package transport

import (
	"maps"
	"regexp"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// rejections turns errors of parsing, validation and coercion of variables into what is
// sent: places and names are kept, values are not, since they may be personal data.
func (h *Handler) rejections(op *graphql.OperationContext, errs gqlerror.List) gqlerror.List {
	out := make(gqlerror.List, len(errs))
	for i, e := range errs {
		out[i] = &gqlerror.Error{Locations: e.Locations, Extensions: map[string]any{"code": fault.BadInput}}
		switch {
		case e.Rule == limitRule:
			maps.Copy(out[i].Extensions, e.Extensions)
			out[i].Extensions["code"] = fault.LimitExceeded
			out[i].Message = e.Message
		case strings.HasPrefix(e.Message, "exceeded "):
			out[i].Extensions["code"] = fault.LimitExceeded
			out[i].Message = e.Message
		case e.Rule != "":
			out[i].Message = withoutValues(e.Message)
		case e.Extensions["code"] == errcode.ParseFailed:
			out[i].Message = withoutTokens(e.Message)
		case len(e.Path) > 1:
			out[i].Message, out[i].Locations = variable(op.Operation, e)
		case op.Operation == nil && op.Doc != nil && op.OperationName == "":
			out[i].Message = "the document has several operations: name one as operationName"
		case op.Operation == nil && op.Doc != nil:
			out[i].Message = "the document has no operation named as operationName says"
		default:
			out[i].Message = withoutValues(e.Message)
		}
	}
	return bounded(out)
}

// Messages of gqlparser that quote what the client wrote, and what is kept of them.
var (
	foundValue  = regexp.MustCompile(`(?s)^(Expected value of type "[^"]*"), found .*$`)
	unknownEnum = regexp.MustCompile(`(?s)^Value ".*" does not exist in ("[^"]*" enum\.)( Did you mean [\w", ]*\?)?$`)
	notOfType   = regexp.MustCompile(`(?s)^((?:Int|Float|String|Boolean|ID|Enum "[^"]*") cannot represent a? ?[a-z0-9 -]*value): .*?\.?( Did you mean [\w", ]*\?)?$`)
	foundToken  = regexp.MustCompile(`(?s)\b(Name|Int|Float|String|BlockString|Comment) ".*"$`)
	lexerTail   = regexp.MustCompile(`(?s)^((?:Invalid|Cannot) [a-zA-Z0-9 ]*[a-zA-Z0-9])(?:, [a-z0-9 ]*)?\W.*$`)
)

// withoutValues takes the quoted values out of a message of validation.
func withoutValues(message string) string {
	message = foundValue.ReplaceAllString(message, `$1, found another.`)
	message = unknownEnum.ReplaceAllString(message, `Value does not exist in $1$2`)
	message = notOfType.ReplaceAllString(message, `$1.$2`)
	return maskDigits(message)
}

// withoutTokens takes the quoted text out of a message of parsing.
func withoutTokens(message string) string {
	message = strings.ReplaceAll(message, "<Invalid>", "stray character or broken text")
	message = foundToken.ReplaceAllString(message, `$1`)
	message = lexerTail.ReplaceAllString(message, `$1`)
	return maskDigits(strings.TrimSuffix(message, ".") + ".")
}

// mostSteps is how much of a way into a variable is told.
const mostSteps = 12

// variable words an error of a variable's value. The path of such an error leads from
// "variable" to the variable and into its value.
func variable(op *ast.OperationDefinition, e *gqlerror.Error) (string, []gqlerror.Location) {
	steps := make([]string, 0, len(e.Path))
	for _, step := range e.Path[1:] {
		if len(steps) == mostSteps {
			steps = append(steps, "", "") // and so on
			break
		}
		steps = append(steps, name(element(step)))
	}
	locations := e.Locations
	if op != nil {
		if definition := op.VariableDefinitions.ForName(element(e.Path[1])); definition != nil &&
			definition.Position != nil {
			locations = []gqlerror.Location{{Line: definition.Position.Line, Column: definition.Position.Column}}
		}
	}
	return "variable $" + strings.Join(steps, ".") + ": " + complaint(e.Message), locations
}

// complaint keeps the messages of gqlparser's varValidator that quote no value.
func complaint(message string) string {
	if _, kind, ok := strings.Cut(message, " is not a valid "); ok {
		return "is not a valid " + kind[strings.LastIndex(kind, " ")+1:]
	}
	if strings.HasPrefix(message, "cannot use ") {
		return "cannot be read as " + message[strings.LastIndex(message, " ")+1:]
	}
	switch message {
	case "must be defined", "cannot be null", "unknown field", "enums must be ints or strings", "must an input type":
		return message
	}
	if strings.HasPrefix(message, "must be a ") {
		return message
	}
	return "is not of its type"
}
