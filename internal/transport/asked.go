package transport

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/audit"
	"github.com/bureaugraph/bureaugraph/internal/cost"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// mostDeep bounds values inside values of an argument.
const mostDeep = 32

// asked is what the arguments of an operation hold, whether they stand in its text or in
// variables: a variable counts at each place that takes it, as its text would.
type asked struct {
	schema    *ast.Schema
	variables map[string]any
	scalars   []string // values of persons, which must not stand in a text

	values   int             // keys and values
	deep     bool            // something lies deeper than mostDeep
	persons  map[string]bool // personal values, each once
	scatters bool            // one of them stands in a list, or among alternatives
	known    map[spot]asked  // of variables
}

// spot is a variable where its value is one of alternatives, or is not.
type spot struct {
	variable  string
	scattered bool
}

// askedBy reads the arguments of an operation's fields and directives. Values are counted
// up to most+1.
func (h *Handler) askedBy(op *graphql.OperationContext, most int) *asked {
	a := &asked{
		schema: h.schema, variables: op.Variables, scalars: h.options.VariablesOnly,
		persons: map[string]bool{}, known: map[spot]asked{},
	}
	a.set(op.Operation.SelectionSet, most)
	return a
}

func (a *asked) set(set ast.SelectionSet, most int) {
	for _, selection := range set {
		if a.values > most {
			return
		}
		switch selection := selection.(type) {
		case *ast.Field:
			if selection.Definition != nil {
				for _, argument := range selection.Arguments {
					if definition := selection.Definition.Arguments.ForName(argument.Name); definition != nil {
						a.written(argument.Value, definition.Type, 0, false)
					}
				}
			}
			a.set(selection.SelectionSet, most)
		case *ast.InlineFragment:
			a.set(selection.SelectionSet, most)
		case *ast.FragmentSpread:
			a.set(selection.Definition.SelectionSet, most)
		}
	}
}

// written reads a value of the operation's text.
func (a *asked) written(value *ast.Value, t *ast.Type, depth int, scattered bool) {
	if value.Kind == ast.Variable {
		a.variable(value.Raw, t, depth, scattered)
		return
	}
	a.values++
	a.deep = a.deep || depth > mostDeep
	switch value.Kind {
	case ast.ListValue:
		for _, child := range value.Children {
			inner := t
			if t != nil && t.Elem != nil {
				inner = t.Elem
			}
			a.written(child.Value, inner, depth+1, scattered || a.isPersonal(t))
		}
	case ast.ObjectValue:
		for _, child := range value.Children {
			a.values++
			a.written(child.Value, a.inside(t, child.Name), depth+1, scattered || isAlternative(child.Name))
		}
	}
}

// variable adds what a variable holds, which is read once for each kind of place.
func (a *asked) variable(name string, t *ast.Type, depth int, scattered bool) {
	at := spot{name, scattered}
	found, read := a.known[at]
	if !read {
		one := asked{schema: a.schema, scalars: a.scalars, persons: a.persons}
		one.value(a.variables[name], t, depth, scattered)
		found = one
		a.known[at] = found
	}
	a.values += found.values
	a.deep = a.deep || found.deep
	a.scatters = a.scatters || found.scatters
}

// value reads a value of a variable.
func (a *asked) value(value any, t *ast.Type, depth int, scattered bool) {
	a.values++
	if depth > mostDeep {
		a.deep = true
		return
	}
	switch value := value.(type) {
	case nil:
	case []any:
		inner := t
		if t != nil && t.Elem != nil {
			inner = t.Elem
		}
		for _, item := range value {
			a.value(item, inner, depth+1, scattered || a.isPersonal(t))
		}
	case map[string]any:
		for key, item := range value {
			a.values++
			a.value(item, a.inside(t, key), depth+1, scattered || isAlternative(key))
		}
	default:
		if t != nil && slices.Contains(a.scalars, t.Name()) {
			a.persons[fmt.Sprint(value)] = true
			a.scatters = a.scatters || scattered
		}
	}
}

// inside is the type of an input's field; nil for one that does not exist, which validation
// refuses.
func (a *asked) inside(t *ast.Type, field string) *ast.Type {
	if t == nil {
		return nil
	}
	definition := a.schema.Types[t.Name()]
	if definition == nil {
		return nil
	}
	if f := definition.Fields.ForName(field); f != nil {
		return f.Type
	}
	return nil
}

// isPersonal tells whether a type holds personal values at its own level: the items of such
// a list are alternatives.
func (a *asked) isPersonal(t *ast.Type) bool { return t != nil && slices.Contains(a.scalars, t.Name()) }

// isAlternative tells whether an input's field holds conditions of which not all need hold.
func isAlternative(field string) bool { return field == "or" || field == "not" }

// mixed is the sentence for an operation that asks for the schema beside data. gqlgen's own
// executor answers introspection, and with it all that is beside it: of that it tells the audit
// nothing, and shows nothing whole.
const mixed = "asks for __schema or __type beside data; ask for the schema by itself. __schema、__type 请单独查询，不要与数据同时查询。"

// mixesIntrospection tells whether an operation asks for the schema and for data.
func mixesIntrospection(op *graphql.OperationContext) bool {
	asksSchema, asksData := false, false
	for _, f := range graphql.CollectFields(op, op.Operation.SelectionSet, nil) {
		switch f.Name {
		case "__schema", "__type":
			asksSchema = true
		case "__typename":
		default:
			asksData = true
		}
	}
	return asksSchema && asksData
}

// admissible refuses an operation for what it may cost or what its arguments hold, and notes for
// whom it asks. over are the limits that its text is over; the bill is nil with a refusal.
func (h *Handler) admissible(ctx context.Context, op *graphql.OperationContext, over []cost.Excess,
	isPage bool) (*bill, *Refusal) {
	bill, refused := h.bill(ctx, op, over, isPage)
	if refused == nil && bill.estimate.Introspection > 0 {
		if refused = h.ShowsSchema(ctx); refused != nil {
			refused.Status = 0 // one of a document
		}
	}
	if refused == nil {
		refused = h.mayAsk(ctx, op)
	}
	if refused != nil {
		return nil, refused
	}
	return bill, nil
}

// mayAsk refuses an operation for what its arguments hold, and notes for whom it asks.
func (h *Handler) mayAsk(ctx context.Context, op *graphql.OperationContext) *Refusal {
	if isRecorded := audit.From(ctx) != nil || access.DisclosureOf(ctx) != nil; isRecorded && mixesIntrospection(op) {
		return &Refusal{Code: fault.BadInput, Message: mixed}
	}
	a := h.askedBy(op, h.options.Limits.Tokens)
	for number := range a.persons {
		audit.From(ctx).Lookup(number)
	}
	if wrong := a.refusal(h.options.Limits); wrong != nil {
		return &Refusal{Code: wrong.Code, Message: wrong.Message}
	}
	for number := range a.persons { // one at most
		limits := h.options.Limits
		if wait, most, within := h.persons.ask(clientOf(ctx), number, limits.Persons, limits.PerDay); wait > 0 {
			return &Refusal{Status: http.StatusTooManyRequests, Code: fault.LimitExceeded,
				Message: tooManyPersons(most, within), Wait: wait}
		}
	}
	return nil
}

// refusal says what is wrong with the arguments; nil when nothing is.
func (a *asked) refusal(limits Limits) *fault.Error {
	switch {
	case a.values > limits.Tokens:
		return &fault.Error{Code: fault.LimitExceeded, Message: fmt.Sprintf(
			"the arguments hold more than %d values, those of a variable counted at each of its places; ask for fewer at a time. 参数中的值超过 %[1]d 个（变量按使用处逐一计算），请分次查询。", limits.Tokens)}
	case a.deep:
		return &fault.Error{Code: fault.LimitExceeded, Message: fmt.Sprintf(
			"the arguments are nested more than %d deep. 参数嵌套超过 %[1]d 层。", mostDeep)}
	case a.scatters:
		return &fault.Error{Code: fault.BadInput,
			Message: "a resident number stands in a list, in or, or in not; ask for one person, by a condition of its own. 身份证号不能放在列表、or 或 not 中，请单独作为条件，一次查一人。"}
	case len(a.persons) > 1:
		return &fault.Error{Code: fault.LimitExceeded,
			Message: "the request names more than one resident number; ask for one person at a time. 一次请求只能查一个身份证号。"}
	}
	return nil
}
