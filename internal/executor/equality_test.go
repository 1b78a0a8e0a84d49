package executor_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	gqlgen "github.com/99designs/gqlgen/graphql/executor"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/executor/randomop"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/selection"
	"github.com/bureaugraph/bureaugraph/internal/sources"
	"github.com/bureaugraph/bureaugraph/loaders"
	"github.com/bureaugraph/bureaugraph/resolvers"
)

// scale of the demo data: a few dozen rows a table, dirt included.
const scale = 0.02

// Both executors over the same data give the same bytes, and the same errors in any
// order. RANDOM_OPERATIONS sets how many random operations are tried, RANDOM_SEED the
// first of their seeds.
func TestEquality(t *testing.T) {
	slog.SetDefault(slog.New(slog.DiscardHandler)) // the database logs the causes of planned failures
	w := demotest.World(t, scale)
	systems := demo.Systems(w)
	dsn := demotest.Embedded(t, systems)
	whole := newPair(demotest.Resolver(t, w, systems, dsn))

	broken := demotest.Resolver(t, w, systems, dsn)
	if err := broken.Systems[model.SystemLegalAid].Close(); err != nil {
		t.Fatal(err)
	}
	failing := newPair(broken)

	t.Run("chosen operations", func(t *testing.T) {
		samples := samplesOf(t, whole)
		for _, c := range chosen(samples) {
			t.Run(c.name, func(t *testing.T) {
				whole.compare(t, randomop.Operation{Query: c.query, Variables: c.variables})
				failing.compare(t, randomop.Operation{Query: c.query, Variables: c.variables})
			})
		}
	})
	t.Run("random operations", func(t *testing.T) {
		samples := samplesOf(t, whole)
		wanted, seed := number(t, "RANDOM_OPERATIONS", 300), uint64(number(t, "RANDOM_SEED", 1))
		started, invalid, late, withErrors := time.Now(), 0, 0, 0
		for tried := 0; tried < wanted; seed++ {
			op := randomop.New(whole.stock.schema.Schema(),
				randomop.Options{Samples: samples, Fields: 5 + int(seed%25)}, seed)
			pair := whole
			if seed%4 == 0 {
				pair = failing
			}
			if !pair.stock.accepts(t, op) {
				invalid++
				continue
			}
			want, got := pair.stock.answer(t, op), pair.breadth.answer(t, op)
			if want.isLate() || got.isLate() { // the machine is busy: no property of an executor
				late++
				continue
			}
			if tried++; len(want.Errors) > 0 {
				withErrors++
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("seed %d: -stock +breadth first:\n%s\n%s", seed, diff, op)
			}
		}
		if late > wanted/100+1 {
			t.Errorf("%d operations were not compared, because a system did not answer in time", late)
		}
		t.Logf("%d operations, %d of them with errors, %d more were not valid, %d late; %s; in stock %s, breadth first %s; %d bytes of data", wanted, withErrors, invalid, late,
			time.Since(started).Round(time.Second), whole.stock.took+failing.stock.took,
			whole.breadth.took+failing.breadth.took, whole.breadth.bytes+failing.breadth.bytes)
		t.Logf("%d statements in stock, %d breadth first", whole.stock.statements+failing.stock.statements,
			whole.breadth.statements+failing.breadth.statements)
	})
}

func number(t *testing.T, variable string, otherwise int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", variable, err)
	}
	return n
}

// pair is the two executors over the same data.
type pair struct{ stock, breadth *engine }

func newPair(r *resolvers.Resolver) pair {
	cfg := graph.Config{Resolvers: r}
	return pair{
		stock:   newEngine(graph.NewExecutableSchema(cfg), loaders.Window),
		breadth: newEngine(graph.NewBreadthFirst(cfg), 0),
	}
}

// engine is one executor with what a transport puts round it.
type engine struct {
	schema     graphql.ExecutableSchema
	run        *gqlgen.Executor
	window     time.Duration
	took       time.Duration // by all operations
	bytes      int           // of data of all operations
	statements int
}

func newEngine(schema graphql.ExecutableSchema, window time.Duration) *engine {
	e := &engine{schema: schema, run: gqlgen.New(schema), window: window}
	e.run.SetErrorPresenter(present)
	e.run.SetRecoverFunc(func(_ context.Context, cause any) error { return fmt.Errorf("panic: %v", cause) })
	return e
}

// present shows what a presenter can see of an error: its place, its field, its
// arguments.
func present(ctx context.Context, err error) *gqlerror.Error {
	out := *graphql.DefaultErrorPresenter(ctx, err)
	out.Extensions = map[string]any{"at": graphql.GetPath(ctx).String()}
	if f := fault.Of(err); f != nil {
		out.Extensions["code"], out.Extensions["system"] = f.Code, f.System
	}
	if fc := graphql.GetFieldContext(ctx); fc != nil {
		out.Extensions["field"] = fmt.Sprintf("%s %v %v %v", fc.Object, fc.IsMethod, fc.IsResolver, fc.Args == nil)
	}
	return &out
}

// accepts tells whether the operation is valid.
func (e *engine) accepts(t *testing.T, op randomop.Operation) bool {
	t.Helper()
	_, errs := e.operation(op)
	return len(errs) == 0
}

func (e *engine) operation(op randomop.Operation) (*graphql.OperationContext, gqlerror.List) {
	ctx := graphql.StartOperationTrace(context.Background())
	oc, errs := e.run.CreateOperationContext(ctx, &graphql.RawParams{Query: op.Query, Variables: op.Variables})
	oc.DisableIntrospection = false
	return oc, errs
}

// outcome is an answer in a form to compare.
type outcome struct {
	Data   string
	Errors []string // sorted
}

func (e *engine) answer(t testing.TB, op randomop.Operation) outcome {
	t.Helper()
	oc, errs := e.operation(op)
	if len(errs) > 0 {
		t.Fatalf("not valid: %v\n%s", errs, op.Query)
	}
	ctx := selection.With(t.Context(), selection.Of(e.schema.Schema(), oc.Operation))
	log := sources.New(false)
	ctx = sources.With(ctx, log)
	ctx = loaders.With(ctx, e.window)
	started := time.Now()
	respond, ctx := e.run.DispatchOperation(ctx, oc)
	response := respond(ctx)
	e.took += time.Since(started)
	e.bytes += len(response.Data)
	for _, entry := range log.Entries() {
		e.statements += entry.Statements
	}
	out := outcome{Data: string(response.Data)}
	for _, err := range response.Errors {
		text, _ := json.Marshal(err)
		out.Errors = append(out.Errors, string(text))
	}
	slices.Sort(out.Errors)
	if again := respond(ctx); again != nil {
		t.Errorf("a second response: %s", again.Data)
	}
	return out
}

// isLate tells whether a system did not answer in time.
func (o outcome) isLate() bool {
	return slices.ContainsFunc(o.Errors, func(text string) bool {
		return strings.Contains(text, string(fault.SourceTimeout))
	})
}

// compare runs the operation through both and reports a difference.
func (p pair) compare(t *testing.T, op randomop.Operation) {
	t.Helper()
	if diff := cmp.Diff(p.stock.answer(t, op), p.breadth.answer(t, op)); diff != "" {
		t.Errorf("-stock +breadth first:\n%s\n%s", diff, op)
	}
}

// samplesOf asks for values of arguments that lead somewhere.
func samplesOf(t *testing.T, p pair) map[string][]string {
	t.Helper()
	answer := p.stock.answer(t, randomop.Operation{Query: `{
		legalAidCases(first: 8) { edges { cursor node { __typename id number applicant { __typename id } lawyer { __typename id licence } } } }
		legalityReviews(first: 5) { nodes { __typename id number } }
		notarialMatters(first: 5) { nodes { __typename id number notary { __typename id } } }
		publicityEvents(first: 5) { nodes { __typename id number } }
		reconsiderationCases(first: 5) { nodes { __typename id number applicants { __typename id } } }
		towns(first: 5) { __typename id code }
		departments { __typename id name }
	}`})
	var data any
	if err := json.Unmarshal([]byte(answer.Data), &data); err != nil || len(answer.Errors) > 0 {
		t.Fatal(err, answer.Errors)
	}
	samples := map[string][]string{"enum": {"LegalAidStatus", "System"}}
	add := func(key, value string) { samples[key] = append(samples[key], value) }
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, item := range v {
				walk(item)
			}
		case map[string]any:
			typeName, _ := v["__typename"].(string)
			for name, item := range v {
				text, isText := item.(string)
				switch {
				case !isText:
					walk(item)
				case name == "id":
					add(typeName+".id", text)
					add("Node.id", text)
					add("Node.ids", text)
				case name == "cursor":
					add("LegalAidCaseConnection.after", text)
					add("LegalAidCaseConnection.before", text)
				default:
					add(typeName+"."+name, text)
				}
			}
		}
	}
	walk(data)
	for _, list := range samples {
		slices.Sort(list)
	}
	return samples
}

// operation is one that was thought out.
type operation struct {
	name, query string
	variables   map[string]any
}

func chosen(samples map[string][]string) []operation {
	ids := []any{}
	for _, id := range samples["Node.ids"] {
		ids = append(ids, id)
	}
	return []operation{
		{name: "only __typename", query: `{ __typename again: __typename }`},
		{name: "introspection",
			query: `{ __schema { queryType { name } } __type(name: "Town") { name } towns(first: 1) { code } }`},
		{name: "introspection through a fragment",
			query: `{ ...F } fragment F on Query { __type(name: "Town") { fields { name } } }`},
		{name: "introspection left out",
			query: `query($no: Boolean = false) { __schema @include(if: $no) { queryType { name } } towns(first: 2) { code } }`},
		{name: "everything skipped", query: `query($y: Boolean!) { towns(first: 2) @skip(if: $y) { code } }`,
			variables: map[string]any{"y": true}},
		{name: "order follows what is included",
			query:     `query($y: Boolean!) { towns(first: 1) { name @include(if: $y) code name } }`,
			variables: map[string]any{"y": false}},
		{name: "all of a case", query: `{ legalAidCases(first: 30) { totalCount totalCountAtLeast pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { ...C } } } }
			fragment C on LegalAidCase { id system number title receivedOn closedOn statusLabel status statusCode dataIssues { field rule severity raw }
				town { id name oldCodes } applicant { id name householdTown { name } legalAidCases { number } } lawyer { name licence firm { name town { name } lawyers { name } } } firm { name }
				lawyerChanges { formerLawyer { name } newLawyer { name } legalAidCase { number } } objections { legalAidCase { number } } }`},
		{name: "two levels of sibling lists",
			query: `{ towns(first: 22) { name legalAidCases(first: 3) { nodes { number lawyer { name legalAidCases(first: 2) { nodes { number town { name } } } } } } legalityReviews(first: 2) { nodes { number rounds { roundNumber review { number } } } } } }`},
		{name: "a relation inside a plain list",
			query: `{ departments { name predecessors { name legalityReviews(first: 1) { nodes { number } } } successor { name predecessors { name legalityReviews(first: 1) { totalCount } } } } }`},
		{name: "nodes of many types",
			query:     `query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Record { number town { name } dataIssues { rule } } ... on LegalAidCase { town { code } lawyer { name } } ... on Lawyer { firm { name } } ... on Town { legalAidCases(first: 1) { nodes { number } } } ... on NotarialMatter { notary { name office { name } } } } }`,
			variables: map[string]any{"ids": append(ids, "TGVnYWxBaWRDYXNlOjk5OTk5OQ")}},
		{name: "an id that is none",
			query: `{ node(id: "nowhere") { id } nodes(ids: ["nowhere"]) { id } towns(first: 1) { code } }`},
		{name: "a page that is too large",
			query: `{ towns(first: 2) { a: legalAidCases(first: 500) { nodes { number } } b: legalityReviews(first: 1) { nodes { number } } } }`},
		{name: "a page that is too large inside a list that may be null",
			query: `{ departments { name legalityReviews(first: 500) { nodes { number } } } towns(first: 1) { code } }`},
		{name: "a day that is none",
			query: `{ towns(first: 3) { legalAidCases(filter: {receivedOn: {from: "2023-02-31"}}) { totalCount } } legalAidCases(filter: {acceptedOn: {from: "soon"}}) { totalCount } }`},
		{name: "a day that is none, in a variable",
			query: `query($from: Date) { towns(first: 3) { legalAidCases(filter: {receivedOn: {from: $from}}) { totalCount } } }`, variables: map[string]any{"from": "2023-02-31"}},
		{name: "a record by two keys at once",
			query: `{ legalAidCase(id: "x", number: "y") { number } a: legalAidCase { number } }`},
		{name: "the same field twice",
			query: `{ towns(first: 2) { legalAidCases(first: 1) { nodes { number } } legalAidCases(first: 1) { totalCount nodes { title } } } }`},
		{name: "names of enums",
			query: `{ enumLabels(enum: "LegalAidStatus") { value label english } none: enumLabels(enum: "Nothing") { value } }`},
		{name: "lists of enums and of scalars",
			query: `{ legalityReviews(first: 50) { nodes { problems contractAmount documentState enteredAt } } publicityEvents(first: 50) { nodes { id dataIssues { field } organiser { aliases } } } }`},
		{name: "edges all the way",
			query: `{ legalAidCases(last: 5) { edges { node { lawyer { legalAidCases(first: 2) { edges { node { applicant { name } } } } } } } } }`},
		{name: "an alias that shadows", query: `{ towns(first: 1) { name: code code: name } }`},
		{name: "systems", query: `{ systems { system name available } }`},
	}
}
