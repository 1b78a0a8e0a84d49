package loaders

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fanout"
	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// Feed reads one system's part of the timelines of a batch of parents. Moments come in
// the order of the timeline, at most as many as the stretch allows.
type Feed struct {
	System model.System
	newest func(ctx context.Context, keys []string, stretch adapters.Stretch) (map[string][]adapters.Moment, error)
}

// FeedOf is the feed of the records whose field refers to the parent: one statement.
func FeedOf[T any](source *adapters.Source[T], field string) Feed {
	return Feed{source.Kind().System,
		func(ctx context.Context, keys []string, stretch adapters.Stretch) (map[string][]adapters.Moment, error) {
			return adapters.Newest(ctx, source, field, keys, stretch)
		}}
}

// Party leads from parents to records: through the rows of those who take part in them,
// or directly. It gives all records of each key, in any order.
type Party func(ctx context.Context, keys []string) (map[string][]adapters.Moment, error)

// FeedThrough is the feed of the records that the parties lead to, each record once. It
// reads all of a parent's records, which for a person or an organisation are few: more
// than a batch may hold are an error.
func FeedThrough(system model.System, parties ...Party) Feed {
	return Feed{system,
		func(ctx context.Context, keys []string, stretch adapters.Stretch) (map[string][]adapters.Moment, error) {
			found := make(map[string][]adapters.Moment, len(keys))
			for _, party := range parties {
				moments, err := party(ctx, keys)
				if err != nil {
					return nil, err
				}
				for key, list := range moments {
					found[key] = append(found[key], list...)
				}
			}
			for key, list := range found {
				list = slices.DeleteFunc(list, func(m adapters.Moment) bool { return !stretch.Covers(m) })
				slices.SortFunc(list, adapters.Moment.Compare)
				list = slices.CompactFunc(list, func(a, b adapters.Moment) bool { return a.Place == b.Place })
				found[key] = list[:min(len(list), stretch.Limit)]
			}
			return found, nil
		}}
}

// Rows finds the rows of a batch of keys, by whatever identifies their owners.
type Rows[T any] func(ctx context.Context, keys []string) ([][]*T, []error)

// RowsByField finds the rows whose field is the key.
func RowsByField[T any](source *adapters.Source[T], field string) Rows[T] {
	return func(ctx context.Context, keys []string) ([][]*T, []error) { return byField(ctx, source, field, keys) }
}

// RowsByOrganization finds the rows whose field holds a code of the organisation.
func RowsByOrganization[T any](source *adapters.Source[T], field string) Rows[T] {
	return func(ctx context.Context, keys []string) ([][]*T, []error) {
		return byOrganization(ctx, source, field, keys)
	}
}

// Direct is the party whose rows are the records themselves.
func Direct[T any](records *adapters.Source[T], rows Rows[T], receivedOn func(*T) *model.Date) Party {
	return func(ctx context.Context, keys []string) (map[string][]adapters.Moment, error) {
		lists, errs := rows(ctx, keys)
		if err := firstOf(errs); err != nil {
			return nil, err
		}
		found := make(map[string][]adapters.Moment, len(keys))
		for i, key := range keys {
			for _, row := range lists[i] {
				found[key] = append(found[key], adapters.MomentOf(records, row, receivedOn(row)))
			}
		}
		return found, nil
	}
}

// Through is the party whose rows belong to the records: a row's reference is what the
// record's field equals, its key with field "".
func Through[P, T any](rows Rows[P], reference func(*P) *string, records *adapters.Source[T], field string,
	receivedOn func(*T) *model.Date) Party {
	return func(ctx context.Context, keys []string) (map[string][]adapters.Moment, error) {
		parties, errs := rows(ctx, keys)
		if err := firstOf(errs); err != nil {
			return nil, err
		}
		var references []string
		for _, list := range parties {
			for _, p := range list {
				if r := reference(p); r != nil {
					references = append(references, *r)
				}
			}
		}
		slices.Sort(references)
		references = slices.Compact(references)
		lists, errs := byField(ctx, records, field, references)
		if err := firstOf(errs); err != nil {
			return nil, err
		}
		byReference := make(map[string][]*T, len(references))
		for i, r := range references {
			byReference[r] = lists[i]
		}
		found := make(map[string][]adapters.Moment, len(keys))
		for i, key := range keys {
			for _, p := range parties[i] {
				if r := reference(p); r != nil {
					for _, row := range byReference[*r] {
						found[key] = append(found[key], adapters.MomentOf(records, row, receivedOn(row)))
					}
				}
			}
		}
		return found, nil
	}
}

// timeline is one parent's page with the failures of the systems that are missing.
type timeline struct {
	page     *model.RecordConnection
	failures []failure
}

type failure struct {
	system model.System
	err    error
}

// Timelines loads the same page of each parent's timeline, merged from the feeds, which
// are read concurrently. A system that fails is missing from the pages, and reported by
// report, once a request and place; any other error is the answer.
func Timelines[P any](ctx context.Context, parents []*P, key func(*P) string, feeds []Feed, stretch adapters.Stretch,
	report func(system model.System, err error)) ([]*model.RecordConnection, error) {
	var at *ast.Field
	if fc := graphql.GetFieldContext(ctx); fc != nil {
		at = fc.Field.Field
	}
	loaded, err := spreadOver(parents, func(p *P) (string, bool) { return key(p), true },
		func(keys []string) ([]*timeline, []error) {
			return load(ctx, place{field: "records", at: at}, keys,
				func(ctx context.Context, keys []string) (map[string]*timeline, error) {
					return merge(ctx, keys, feeds, stretch)
				})
		})
	pages := make([]*model.RecordConnection, len(parents))
	for i, t := range loaded {
		if t == nil {
			continue
		}
		pages[i] = t.page
		for _, f := range t.failures {
			if First(ctx, missing{at, f.system}) {
				report(f.system, f.err)
			}
		}
	}
	return pages, err
}

// missing names a system that failed at a place of the operation.
type missing struct {
	at     *ast.Field
	system model.System
}

// merge reads every feed and cuts the page of each key.
func merge(ctx context.Context, keys []string, feeds []Feed, stretch adapters.Stretch) (map[string]*timeline, error) {
	parts := make([]map[string][]adapters.Moment, len(feeds))
	errs := make([]error, len(feeds))
	var asked fanout.Group
	for i, feed := range feeds {
		asked.Go(func() { parts[i], errs[i] = feed.newest(ctx, keys, stretch) })
	}
	if err := asked.Wait(); err != nil {
		return nil, err
	}
	var failures []failure
	for i, err := range errs {
		if err == nil {
			continue
		}
		if f := fault.Of(err); f == nil || f.System == "" {
			return nil, err
		}
		failures = append(failures, failure{feeds[i].System, err})
	}
	size := stretch.Limit - 1
	pages := make(map[string]*timeline, len(keys))
	for _, key := range keys {
		page := &model.RecordConnection{Nodes: []model.Record{}, HasPrevious: stretch.After != nil,
			MissingSystems: []model.System{}}
		for _, f := range failures {
			page.MissingSystems = append(page.MissingSystems, f.system)
		}
		var moments []adapters.Moment
		for _, part := range parts {
			moments = append(moments, part[key]...)
		}
		slices.SortStableFunc(moments, adapters.Moment.CompareSystems)
		if len(moments) > size {
			page.HasNext = true
			moments = moments[:size]
		}
		for _, m := range moments {
			page.Nodes = append(page.Nodes, m.Record)
			page.Cursors = append(page.Cursors, m.Place.Cursor())
		}
		pages[key] = &timeline{page, failures}
	}
	return pages, nil
}
