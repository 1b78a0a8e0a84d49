package server

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/admission"
	"github.com/bureaugraph/bureaugraph/internal/audit"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/cost"
	"github.com/bureaugraph/bureaugraph/internal/database"
	"github.com/bureaugraph/bureaugraph/internal/export"
	"github.com/bureaugraph/bureaugraph/internal/library"
	"github.com/bureaugraph/bureaugraph/internal/selection"
	"github.com/bureaugraph/bureaugraph/internal/transport"
	"github.com/bureaugraph/bureaugraph/internal/view"
	"github.com/bureaugraph/bureaugraph/loaders"
	"github.com/bureaugraph/bureaugraph/resolvers"
)

// perspective is the graph as the members of one role see it: what they may never see is not in
// its schema, and its resolvers read none of it.
type perspective struct {
	role    *access.Role // nil sees all
	graph   *transport.Handler
	reports *export.Reports

	answers http.Handler // of queries, files among them
	schema  http.Handler // its text
	library http.Handler
	saving  http.HandlerFunc // of operations of the library
}

// painter makes perspectives of one gateway. What bounds all requests together is shared.
type painter struct {
	*standing
	config    *config.Config
	resolver  *resolvers.Resolver
	documents transport.Persisted
	saved     *library.Store
	shared    *transport.Shared
	compress  func(http.Handler) http.Handler
}

// whole is the perspective of who sees all.
func (p painter) whole() *perspective {
	return p.paint(nil, p.resolver, graph.Schema(), p.config.Limits, p.saved)
}

// of is the perspective of a role.
func (p painter) of(role *access.Role) (*perspective, error) {
	schema := viewOf(role)
	suppressBelow := p.config.SuppressBelow
	if role.SuppressBelow > 0 {
		suppressBelow = role.SuppressBelow
	}
	resolver, err := p.resolver.As(role.Hides, schema, suppressBelow)
	if err != nil {
		return nil, fmt.Errorf("server: role %s: %w", role.Name, err)
	}
	limits := p.config.Limits
	if role.PersonsPerHour > 0 {
		limits.Persons = role.PersonsPerHour
	}
	if role.PersonsPerDay > 0 {
		limits.PerDay = role.PersonsPerDay
	}
	limits.Operation = limits.Operation.Within(cost.Limits{Cost: role.Limits.Cost, Depth: role.Limits.Depth,
		Page: role.Limits.First})
	if role.Limits.PerSecond > 0 {
		limits.Rate = transport.Rate{PerSecond: role.Limits.PerSecond, Burst: role.Limits.AtOnce}
	}
	fits := func(o library.Operation) bool {
		_, errs := gqlparser.LoadQueryWithRules(schema, o.Query, nil)
		return len(errs) == 0
	}
	return p.paint(role, resolver, schema, limits, p.saved.Only(fits, role.Save)), nil
}

func (p painter) paint(role *access.Role, resolver *resolvers.Resolver, schema *ast.Schema,
	limits transport.Limits, saved *library.Store) *perspective {
	c := graph.Config{Schema: schema, Resolvers: resolver}
	var executable graphql.ExecutableSchema = graph.NewBreadthFirst(c)
	window := time.Duration(0) // whole levels arrive at once
	if p.config.Stock {
		executable, window = graph.NewExecutableSchema(c), loaders.Window
	}
	introspection := p.config.Introspection
	if role != nil && role.WithoutSchema {
		introspection = transport.ForNobody
	}
	handler := transport.New(executable, transport.Options{
		Limits:      limits,
		Persisted:   p.documents,
		HideSources: p.config.HideSources,
		Scalars: map[string]func(any) error{
			"Date":           func(v any) error { return new(model.Date).UnmarshalGQL(v) },
			"Money":          func(v any) error { return new(model.Money).UnmarshalGQL(v) },
			"ResidentNumber": func(v any) error { return new(model.ResidentNumber).UnmarshalGQL(v) },
		},
		VariablesOnly: variablesOnly,
		Costs:         costs(),
		Systems:       systems(),
		HideCost:      p.config.HideCost,
		Asked:         !p.config.Access.Open(),
		Introspection: introspection,
		Shared:        p.shared,
		Logger:        p.log,
		Prepare: func(ctx context.Context, op *graphql.OperationContext) context.Context {
			if isWhole(op.Operation) { // what reads whole tables takes its time
				ctx = database.WithoutBudgets(ctx)
			} else {
				ctx = database.WithBudgets(ctx)
			}
			if place := admission.From(ctx); place != nil {
				ctx = database.WithWaits(ctx, waits{place})
			}
			ctx = selection.With(ctx, selection.Of(schema, op.Operation))
			return loaders.With(ctx, window) // last: batches run in this very context
		},
	})
	files := export.New(handler, export.Options{
		Limits:    export.Limits{Rows: p.config.Reports.Rows, Timeout: p.config.Reports.Timeout},
		Room:      p.files,
		BodyBytes: p.config.Limits.BodyBytes,
		Withheld:  role != nil && !role.Export,
		Logger:    p.log,
	})
	reports, operations := files.Reports(saved), queries{store: saved, log: p.log}
	return &perspective{
		role: role, graph: handler, reports: reports,
		answers: reports.Negotiated(p.compress(handler)),
		schema:  p.compress(schemaText(schema, handler)),
		library: p.compress(http.HandlerFunc(operations.list)),
		saving:  operations.save,
	}
}

// costs are what fields of the graph cost beside the records of their answers.
func costs() map[string]cost.Kind {
	kinds := map[model.CostKind]cost.Kind{model.CostFigures: cost.DoesFigures, model.CostTables: cost.ReadsTables}
	all := map[string]cost.Kind{}
	for _, c := range model.Costs() {
		all[c.Name()] = kinds[c.Kind]
	}
	return all
}

// isWhole tells whether an operation asks for something that reads whole tables.
func isWhole(operation *ast.OperationDefinition) bool {
	return slices.ContainsFunc(model.Costs(), func(c model.Cost) bool {
		return c.Kind == model.CostTables && asksFor(operation.SelectionSet, c.Field)
	})
}

// asksFor tells whether a field stands at the top of a selection.
func asksFor(set ast.SelectionSet, name string) bool {
	return slices.ContainsFunc(set, func(s ast.Selection) bool {
		switch s := s.(type) {
		case *ast.Field:
			return s.Name == name
		case *ast.InlineFragment:
			return asksFor(s.SelectionSet, name)
		case *ast.FragmentSpread:
			return asksFor(s.Definition.SelectionSet, name)
		}
		return false
	})
}

// waits tells the gate what an operation waits for.
type waits struct{ place *admission.Place }

func (w waits) Wait(system string)  { w.place.Wait(number(system)) }
func (w waits) Heard(system string) { w.place.Heard(number(system)) }

// number is that of a system for the gate, see systems.
func number(system string) int { return slices.Index(model.AllSystem, model.System(system)) }

// systems are the numbers of the systems that keep the records of each kind.
func systems() map[string]int {
	all := map[string]int{}
	for _, k := range model.Kinds() {
		all[k.Record] = slices.Index(model.AllSystem, k.System)
	}
	return all
}

// viewOf is what a role sees of the graph's schema.
func viewOf(role *access.Role) *ast.Schema {
	whole := graph.Schema()
	var kinds []string
	for _, k := range model.Kinds() {
		kinds = append(kinds, k.Record)
	}
	isRecord := map[string]bool{} // or somebody, or something, that only records know of
	for _, t := range whole.PossibleTypes["Node"] {
		isRecord[t.Name] = !slices.Contains(referenceTypes, t.Name)
	}
	hidden := view.Hidden{
		Kinds: kinds,
		Types: func(name string) bool {
			return role.Hides(name, "") || role.FiguresOnly && isRecord[name]
		},
		Figures: func(kind string) bool { return role.Hides(kind, "") },
		Fields: func(typ, field string) bool {
			return role.Hides(typ, field) && !ofInterface(whole, typ, field)
		},
		Values: func(enum, value string) bool { return enum == "System" && !role.Sees(model.System(value)) },
	}
	if !role.Lookup { // nobody asks by what it may not ask by, whether a person exists or not
		hidden.Inputs = func(scalar string) bool { return scalar == "ResidentNumber" }
	}
	return view.Of(whole, hidden)
}

// referenceTypes are nodes that are no system's: everybody may know of them.
var referenceTypes = []string{"Town", "Department"}

// ofInterface tells whether a field is one that a type has for an interface: it stays, and is
// null.
func ofInterface(schema *ast.Schema, typ, field string) bool {
	def := schema.Types[typ]
	if def == nil {
		return false
	}
	for _, name := range def.Interfaces {
		if i := schema.Types[name]; i != nil && i.Fields.ForName(field) != nil {
			return true
		}
	}
	return false
}

// seen puts what the caller may see into a request's context.
func (p *perspective) seen(r *http.Request) *http.Request {
	if p.role == nil {
		return r
	}
	if trace := transport.TraceOf(r.Context()); trace != nil {
		trace.Role = p.role.Name
	}
	trail := audit.From(r.Context())
	trail.Roles(p.role.Name)
	ctx := access.WithRows(r.Context(), p.role.RowsOf(access.PrincipalOf(r.Context())))
	may := p.role.MayUnmask
	if access.ReasonIn(r.Header.Get(reasonHeader)) == "" || !trail.Writable() { // what cannot be recorded is not shown
		may = nil
	}
	return r.WithContext(access.WithDisclosure(ctx, access.Disclose(may)))
}
