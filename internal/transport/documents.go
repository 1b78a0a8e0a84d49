package transport

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql/errcode"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/bureaugraph/bureaugraph/internal/cost"
	breadthfirst "github.com/bureaugraph/bureaugraph/internal/executor"
)

// Bounds of the documents that are kept: together they take some tens of megabytes at most.
const (
	mostDocuments = 1000
	mostKept      = 64 << 10 // bytes of one text; a longer one is read anew each time
)

// documents parses and validates texts. What is within the limits and valid is kept, so that it
// costs nothing when it comes again.
type documents struct {
	schema *ast.Schema
	limits Limits
	// strict are the rules for documents, those of the specification and of this package; mute are
	// the same without hints at what the schema has.
	strict, mute []core.Rule
	kept         *lru.Cache[string, *document]
	hits, misses atomic.Int64
}

// document is one that may run.
type document struct {
	*ast.QueryDocument
	over []cost.Excess // limits that it is over, where these are only measured
}

func newDocuments(schema *ast.Schema, limits Limits, variablesOnly []string) *documents {
	kept, _ := lru.New[string, *document](mostDocuments) // fails for a size below one only
	return &documents{schema: schema, limits: limits.WithDefaults(), strict: validation(variablesOnly, true),
		mute: validation(variablesOnly, false), kept: kept}
}

func (d *documents) state() breadthfirst.CacheState {
	return breadthfirst.CacheState{Hits: d.hits.Load(), Misses: d.misses.Load(), Entries: d.kept.Len()}
}

// Names of the rules this package adds to validation.
const (
	limitRule   = "Limits"
	deferRule   = "NoDefer"
	writtenRule = "VariablesOnly"
)

// validation gives the rules in their order; scalars are those whose values must come in variables.
func validation(scalars []string, hints bool) (list []core.Rule) {
	all := rules.NewDefaultRules()
	all.AddRule(deferRule, refuseDefer)
	all.AddRule(writtenRule, variablesOnly(scalars))
	all.AddRule(rangeRule, refuseLargeInts)
	if !hints {
		for _, without := range []core.Rule{rules.FieldsOnCorrectTypeRuleWithoutSuggestions,
			rules.ScalarLeafsRuleWithoutSuggestions, rules.ValuesOfCorrectTypeRuleWithoutSuggestions,
			rules.KnownArgumentNamesRuleWithoutSuggestions, rules.KnownTypeNamesRuleWithoutSuggestions} {
			all.RemoveRule(strings.TrimSuffix(without.Name, "WithoutSuggestions"))
			all.AddRule(without.Name, without.RuleFunc)
		}
	}
	for name, rule := range all.GetInner() {
		list = append(list, core.Rule{Name: name, RuleFunc: rule})
	}
	slices.SortFunc(list, func(a, b core.Rule) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// read parses and validates a text. What it takes is bounded by the text: limits that can be told
// without the schema are told before validation begins. hints names what is near to a wrong name.
func (d *documents) read(text string, hints bool) (*document, gqlerror.List) {
	if known, kept := d.kept.Get(text); kept {
		d.hits.Add(1)
		return known, nil
	}
	d.misses.Add(1)
	parsed, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, d.limits.Tokens)
	if err != nil {
		problem, _ := errors.AsType[*gqlerror.Error](err) // the parser gives no other
		errcode.Set(problem, errcode.ParseFailed)
		return nil, gqlerror.List{problem}
	}
	if len(parsed.Operations) == 0 {
		return nil, gqlerror.List{gqlerror.Errorf("no operation provided")}
	}
	shape, limits := cost.ShapeOf(parsed), d.limits.Operation
	over := limits.Shape(shape)
	refused := over
	if limits.Measure {
		refused = limits.Bearable().Shape(shape)
	}
	if len(refused) > 0 {
		errs, at := exceeded(refused), parsed.Operations[0].Position
		for _, e := range errs {
			e.Locations = []gqlerror.Location{{Line: at.Line, Column: at.Column}}
		}
		return nil, errs
	}
	strict := d.strict
	if !hints {
		strict = d.mute
	}
	if errs := validate(d.schema, parsed, strict); len(errs) > 0 {
		return nil, errs
	}
	valid := &document{parsed, over}
	if len(text) <= mostKept {
		d.kept.Add(text, valid)
	}
	return valid, nil
}

// exceeded are errors about limits.
func exceeded(over []cost.Excess) (errs gqlerror.List) {
	for _, e := range over {
		errs = append(errs, &gqlerror.Error{Message: e.Sentence, Rule: limitRule,
			Extensions: map[string]any{"limit": e.Limit, "most": e.Most}})
	}
	return errs
}

// enough ends a validation that has found as much as is told.
type enough struct{}

// validate finds what is wrong with a document, up to as many errors as are told and one more.
// gqlparser's own goes on to the end, and looks for what is near to each of 5,000 wrong names.
func validate(schema *ast.Schema, document *ast.QueryDocument, rules []core.Rule) (errs gqlerror.List) {
	defer func() {
		if cause := recover(); cause != nil && cause != any(enough{}) {
			panic(cause)
		}
	}()
	var events core.Events
	for _, rule := range rules {
		rule.RuleFunc(&events, func(options ...core.ErrorOption) {
			err := &gqlerror.Error{Rule: rule.Name}
			for _, set := range options {
				set(err)
			}
			errs = append(errs, err)
			if len(errs) > mostErrors {
				panic(enough{})
			}
		})
	}
	core.Walk(schema, document, &events)
	return errs
}

// refuseDefer is a validation rule: gqlparser knows @defer, this transport does not.
func refuseDefer(events *core.Events, add core.AddErrFunc) {
	events.OnDirective(func(_ *core.Walker, directive *ast.Directive) {
		if directive.Name == "defer" {
			add(core.Message("@defer is not supported: leave it out"), core.At(directive.Position))
		}
	})
}

// handed gives gqlgen's executor the document that has been read already, where it would look
// for those it has parsed.
type handed struct{}

type handedKey struct{}

func hand(ctx context.Context, d *document) context.Context {
	return context.WithValue(ctx, handedKey{}, d.QueryDocument)
}

// Get gives the document of the context.
func (handed) Get(ctx context.Context, _ string) (*ast.QueryDocument, bool) {
	d, given := ctx.Value(handedKey{}).(*ast.QueryDocument)
	return d, given
}

// Add keeps nothing.
func (handed) Add(context.Context, string, *ast.QueryDocument) {}
