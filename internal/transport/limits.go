package transport

import (
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Limits bound one request. 0 means the default.
type Limits struct {
	BodyBytes int64         // the request's body, or the parameters in its address; 1 MiB
	Tokens    int           // of the document, and keys and values of its arguments; 5,000
	Depth     int           // fields inside fields, introspection not counted; 15
	Fields    int           // selected fields, those of a fragment at each of its places; 2,000
	Timeout   time.Duration // from the request's parsing to its answer; 30 seconds
	Persons   int           // whom a client asks for by number within an hour; 30, below 0 any number
	PerDay    int           // and within 24 hours; 0 is any number
	Records   int           // in the making at once, for all operations together, by estimate; others wait; 20,000
}

// WithDefaults replaces zeros.
func (l Limits) WithDefaults() Limits {
	if l.BodyBytes == 0 {
		l.BodyBytes = 1 << 20
	}
	if l.Tokens == 0 {
		l.Tokens = 5000
	}
	if l.Depth == 0 {
		l.Depth = 15
	}
	if l.Fields == 0 {
		l.Fields = 2000
	}
	if l.Timeout == 0 {
		l.Timeout = 30 * time.Second
	}
	if l.Persons == 0 {
		l.Persons = 30
	}
	if l.Records == 0 {
		l.Records = 20_000
	}
	return l
}

// Names of the rules this package adds to validation. A document that passed once is
// cached, so the rules cost nothing afterwards.
const (
	limitRule   = "Limits"
	deferRule   = "NoDefer"
	writtenRule = "VariablesOnly"
)

// validation gives the rules for documents, those of the specification and of this
// package; scalars are those whose values must come in variables.
func validation(limits Limits, scalars []string) *rules.Rules {
	all := rules.NewDefaultRules()
	all.AddRule(limitRule, limits.rule)
	all.AddRule(deferRule, refuseDefer)
	all.AddRule(writtenRule, variablesOnly(scalars))
	all.AddRule(rangeRule, refuseLargeInts)
	return all
}

// rule is a validation rule: it refuses operations that are too deep or select too much.
func (l Limits) rule(events *core.Events, add core.AddErrFunc) {
	events.OnOperation(func(walker *core.Walker, op *ast.OperationDefinition) {
		w := &weigher{document: walker.Document, fragments: map[string]*size{}, most: l.Fields + 1}
		total := w.set(op.SelectionSet)
		if total.depth > l.Depth {
			add(core.Message("fields are nested %d deep, at most %d are allowed", total.depth, l.Depth),
				core.At(op.Position))
		}
		if total.fields > l.Fields {
			add(core.Message("the operation selects more than %d fields", l.Fields), core.At(op.Position))
		}
	})
}

// size is the weight of a selection.
type size struct{ depth, fields int }

// weigher weighs fragments once each, so that fragments of fragments cost no more than
// their text.
type weigher struct {
	document  *ast.QueryDocument
	fragments map[string]*size // nil while being weighed: a cycle, which another rule reports
	most      int              // fields are counted up to here, so that the sum cannot overflow
}

func (w *weigher) set(set ast.SelectionSet) size {
	var total size
	for _, selection := range set {
		var one size
		switch selection := selection.(type) {
		case *ast.Field:
			one = w.set(selection.SelectionSet)
			one.fields++
			one.depth++
			if selection.Name == "__schema" || selection.Name == "__type" {
				one.depth = 0 // gqlparser's MaxIntrospectionDepth looks after these
			}
		case *ast.InlineFragment:
			one = w.set(selection.SelectionSet)
		case *ast.FragmentSpread:
			one = w.fragment(selection.Name)
		}
		total.depth = max(total.depth, one.depth)
		total.fields = min(total.fields+one.fields, w.most)
	}
	return total
}

func (w *weigher) fragment(name string) size {
	if known, begun := w.fragments[name]; begun {
		if known == nil {
			return size{}
		}
		return *known
	}
	definition := w.document.Fragments.ForName(name)
	if definition == nil {
		return size{} // another rule reports it
	}
	w.fragments[name] = nil
	weight := w.set(definition.SelectionSet)
	w.fragments[name] = &weight
	return weight
}

// refuseDefer is a validation rule: gqlparser knows @defer, this transport does not.
func refuseDefer(events *core.Events, add core.AddErrFunc) {
	events.OnDirective(func(_ *core.Walker, directive *ast.Directive) {
		if directive.Name == "defer" {
			add(core.Message("@defer is not supported: leave it out"), core.At(directive.Position))
		}
	})
}
