// Package loaders loads related records for batches of parents. It is generic over
// sources, so a relation is one line in a resolver.
//
// A request owns a Set: it deduplicates keys, remembers what was loaded, and merges the
// batches of sibling lists. gqlgen's stock executor resolves sibling lists one by one
// and concurrently, so their keys are collected for a short window; an executor that
// hands over whole levels needs no window and sets it to 0.
package loaders

import (
	"context"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/graph-gophers/dataloader/v7"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// Window is how long keys of sibling lists are collected under the stock executor.
const Window = time.Millisecond

// Set is the loaders of one request.
type Set struct {
	ctx     context.Context // the request's: a batch must not die with its first caller
	window  time.Duration
	mu      sync.Mutex
	loaders map[place]any // *dataloader.Loader[string, V], or *memo[V] without a window
	told    map[any]bool  // what First was asked about
}

// First tells whether the request asks about something, a comparable value, for the first
// time: what concerns a whole level is told once, in however many batches it comes.
// Without a Set every time is the first.
func First(ctx context.Context, about any) bool {
	s, _ := ctx.Value(setKey{}).(*Set)
	if s == nil {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.told[about] {
		return false
	}
	s.told[about] = true
	return true
}

// Once gives what work answers to the question of a key, which the request asks once: the
// first caller works, the others wait. Without a Set each works itself.
func Once[V any](ctx context.Context, key string, work func() (V, error)) (V, error) {
	s, _ := ctx.Value(setKey{}).(*Set)
	if s == nil {
		return work()
	}
	at := place{field: key}
	s.mu.Lock()
	m, known := s.loaders[at].(*memo[V])
	if !known {
		m = &memo[V]{asks: map[string]*ask[V]{}}
		s.loaders[at] = m
	}
	s.mu.Unlock()
	values, errs := m.load([]string{key}, func([]string) ([]V, []error) {
		value, err := work()
		return []V{value}, []error{err}
	})
	if errs != nil {
		return values[0], errs[0]
	}
	return values[0], nil
}

// place tells relations apart. Records by key share a loader wherever they are asked
// for; a nested list belongs to its place in the operation, because its arguments do.
type place struct {
	source any // *adapters.Source[T]
	field  string
	at     *ast.Field // nil for records by key
	// A field of a fragment may be merged with different others where it is spread.
	count, edges, nodes bool
}

type setKey struct{}

// With gives a context that owns a new Set. A window of 0 is for executors that hand
// over whole levels: nothing waits for siblings, and what was loaded is remembered.
func With(ctx context.Context, window time.Duration) context.Context {
	s := &Set{window: window, loaders: map[place]any{}, told: map[any]bool{}}
	ctx = context.WithValue(ctx, setKey{}, s)
	s.ctx = ctx
	return ctx
}

// load runs the keys through the request's loader of the place. Without a window one
// call is one batch of the keys that are new; without a Set, of all.
func load[V any](ctx context.Context, at place, keys []string,
	batch func(ctx context.Context, keys []string) (map[string]V, error)) ([]V, []error) {
	s, _ := ctx.Value(setKey{}).(*Set)
	if s == nil {
		return spread(keys, batch, ctx)
	}
	if s.window == 0 {
		return remembered[V](s, at).load(keys, func(keys []string) ([]V, []error) { return spread(keys, batch, s.ctx) })
	}
	s.mu.Lock()
	loader, ok := s.loaders[at].(*dataloader.Loader[string, V])
	if !ok {
		loader = dataloader.NewBatchedLoader(func(_ context.Context, keys []string) []*dataloader.Result[V] {
			values, errs := spread(keys, batch, s.ctx)
			results := make([]*dataloader.Result[V], len(keys))
			for i := range keys {
				results[i] = &dataloader.Result[V]{Data: values[i]}
				if errs != nil {
					results[i].Error = errs[i]
				}
			}
			return results
		}, dataloader.WithWait[string, V](s.window), dataloader.WithInputCapacity[string, V](1000))
		s.loaders[at] = loader
	}
	s.mu.Unlock()
	return loader.LoadMany(ctx, keys)()
}

// remembered gives the memo of a place in a Set without a window.
func remembered[V any](s *Set, at place) *memo[V] {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, ok := s.loaders[at].(*memo[V])
	if !ok {
		m = &memo[V]{asks: map[string]*ask[V]{}}
		s.loaders[at] = m
	}
	return m
}

// spread runs one batch and lays its answer out by key.
func spread[V any](keys []string, batch func(ctx context.Context, keys []string) (map[string]V, error),
	ctx context.Context) ([]V, []error) {
	values := make([]V, len(keys))
	if len(keys) == 0 {
		return values, nil
	}
	found, err := batch(ctx, keys)
	if err != nil {
		errs := make([]error, len(keys))
		for i := range errs {
			errs[i] = err
		}
		return values, errs
	}
	for i, k := range keys {
		values[i] = found[k]
	}
	return values, nil
}

// One loads the record each parent refers to: the one whose field equals the reference,
// or whose key does with field "". A parent without a reference, or with one that leads
// nowhere, has nil; if several records fit, the first in key order is given, unless they
// have one and the same key.
func One[P, T any](ctx context.Context, source *adapters.Source[T], field string, parents []*P,
	reference func(*P) *string) ([]*T, error) {
	lists, err := lists(ctx, source, field, parents, present(reference))
	records := make([]*T, len(parents))
	failed, _ := err.(graphql.BatchErrorList)
	for i, l := range lists {
		switch {
		case len(l) == 0:
		case field != "":
			records[i] = l[0]
		default:
			var several error
			if records[i], several = adapters.Only(source.Kind(), l); several != nil {
				if failed == nil {
					failed = make(graphql.BatchErrorList, len(parents))
				}
				failed[i] = several
			}
		}
	}
	if failed != nil {
		return records, failed
	}
	return records, err
}

// Many loads the records that refer to each parent: those whose field equals the
// parent's key. The lists are in key order, and empty rather than nil, but where the site
// does not record the field.
func Many[P, T any](ctx context.Context, source *adapters.Source[T], field string, parents []*P,
	key func(*P) string) ([][]*T, error) {
	return lists(ctx, source, field, parents, func(p *P) (string, bool) { return key(p), true })
}

// Linked is like Many for parents that may lack the key, such as a document without a
// number.
func Linked[P, T any](ctx context.Context, source *adapters.Source[T], field string, parents []*P,
	key func(*P) *string) ([][]*T, error) {
	return lists(ctx, source, field, parents, present(key))
}

// present turns "nil means none" into "ok means some".
func present[P any](key func(*P) *string) func(*P) (string, bool) {
	return func(p *P) (string, bool) {
		if k := key(p); k != nil {
			return *k, true
		}
		return "", false
	}
}

func lists[P, T any](ctx context.Context, source *adapters.Source[T], field string, parents []*P,
	key func(*P) (string, bool)) ([][]*T, error) {
	if !source.Records(field) {
		return make([][]*T, len(parents)), nil // null: nobody knows
	}
	return listsBy(parents, key, func(keys []string) ([][]*T, []error) { return byField(ctx, source, field, keys) })
}

// listsBy lays loaded lists out by parent.
func listsBy[P, T any](parents []*P, key func(*P) (string, bool),
	load func(keys []string) ([][]*T, []error)) ([][]*T, error) {
	lists, err := spreadOver(parents, key, load)
	failed, _ := err.(graphql.BatchErrorList)
	for i := range lists {
		if lists[i] == nil && (failed == nil || failed[i] == nil) {
			lists[i] = []*T{} // nil would be null to a client, which means "not known"
		}
	}
	return lists, err
}

// Pages loads the same page of a nested list for each parent; a parent without a key has
// an empty page.
func Pages[P, T any](ctx context.Context, source *adapters.Source[T], field string, parents []*P, key func(*P) *string,
	ask adapters.Ask) ([]*model.Connection[T], error) {
	var at *ast.Field
	if fc := graphql.GetFieldContext(ctx); fc != nil {
		at = fc.Field.Field
	}
	pages, err := spreadOver(parents, present(key), func(keys []string) ([]*model.Connection[T], []error) {
		return load(ctx, place{source: source, field: field, at: at, count: ask.Count, edges: ask.Edges,
			nodes: ask.Nodes}, keys, func(ctx context.Context, keys []string) (map[string]*model.Connection[T], error) {
			return source.Pages(ctx, field, keys, ask)
		})
	})
	for i, p := range parents {
		if key(p) == nil && source.Records(field) {
			pages[i] = &model.Connection[T]{Nodes: []*T{}}
		}
	}
	return pages, err
}

// spreadOver loads by the parents' keys and lays the values out by parent; a parent
// without a key has the zero value. Errors are per parent.
func spreadOver[P, V any](parents []*P, key func(*P) (string, bool),
	load func(keys []string) ([]V, []error)) ([]V, error) {
	values := make([]V, len(parents))
	keys := make([]string, 0, len(parents))
	owners := make([]int, 0, len(parents))
	for i, p := range parents {
		if k, ok := key(p); ok {
			keys = append(keys, k)
			owners = append(owners, i)
		}
	}
	loaded, errs := load(keys)
	var perParent graphql.BatchErrorList
	for j, i := range owners {
		if errs != nil && errs[j] != nil {
			if perParent == nil {
				perParent = make(graphql.BatchErrorList, len(parents))
			}
			perParent[i] = errs[j]
			continue
		}
		values[i] = loaded[j]
	}
	if perParent != nil {
		return values, perParent
	}
	return values, nil
}
