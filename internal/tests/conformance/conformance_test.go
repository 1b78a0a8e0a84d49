// Package conformance holds the suite that every mapped record passes, on the embedded
// engine and on a real server: all columns read, every page without gap or double in
// both directions, unknown keys absent, every planted piece of dirt reported and nothing
// else.
package conformance

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/page"
	"github.com/bureaugraph/bureaugraph/resolvers"
)

// scale is small enough for a minute and large enough for every kind of dirt.
const scale = 0.05

func TestEmbedded(t *testing.T) {
	w := demotest.World(t, scale)
	systems := demo.Systems(w)
	dsn := demotest.Embedded(t, systems)
	run(t, w, demotest.Resolver(t, w, systems, dsn), systems)
	undated(t, demotest.Resolver(t, w, systems, dsn))
	everLate(t, deadlines(t, w, systems, dsn))
	settled(t, demotest.Resolver(t, w, systems, dsn).Set)
	search(t, demotest.Resolver(t, w, systems, dsn))
}

// run passes every kind of record through the suite.
func run(t *testing.T, w *world.World, r *resolvers.Resolver, systems []demo.System) {
	ledgers := map[model.System]legacy.Ledger{}
	for _, s := range systems {
		ledgers[s.System] = s.Database.Ledger
	}
	c := &checker{ledgers: ledgers, files: demotest.Files(t, w)}
	everyKind(t, c, r)
	c.everyKindChecked(t)
}

// record is what the suite needs of a domain struct.
type record[T any] interface {
	*T
	Key() string
	DataIssues() []*model.DataIssue
}

// suite checks one kind of record. issues is its batch resolver of dataIssues; nil where
// the cells' findings are all there is.
func suite[T any, R record[T]](t *testing.T, c *checker, source *adapters.Source[T],
	issues func(context.Context, []*T) ([][]*model.DataIssue, error)) {
	name := source.Kind().Record
	c.seen = append(c.seen, name)
	t.Run(name, func(t *testing.T) {
		rows, err := source.All(t.Context(), filter.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) == 0 {
			t.Fatal("no rows: the demo leaves this kind untested")
		}
		keys := make([]string, len(rows))
		byKey := map[string]*T{}
		for i, row := range rows {
			keys[i] = R(row).Key()
			if byKey[keys[i]] != nil {
				t.Errorf("key %s comes twice", keys[i])
			}
			byKey[keys[i]] = row
		}
		t.Run("forwards", func(t *testing.T) { walk[T, R](t, source, keys, false) })
		t.Run("backwards", func(t *testing.T) { walk[T, R](t, source, keys, true) })
		t.Run("count", func(t *testing.T) {
			n, exact, err := source.Count(t.Context(), nil)
			if err != nil || !exact || n != len(rows) {
				t.Errorf("Count = %d, %v, %v; want %d rows", n, exact, err, len(rows))
			}
		})
		t.Run("by key", func(t *testing.T) {
			found, err := source.ByKey(t.Context(), "", append(slices.Clone(keys), "no-such-key"))
			if err != nil {
				t.Fatal(err)
			}
			if len(found) != len(keys) {
				t.Errorf("%d of %d keys found", len(found), len(keys))
			}
			for k, list := range found {
				if len(list) != 1 || R(list[0]).Key() != k {
					t.Errorf("key %s found %d rows", k, len(list))
				}
			}
		})
		t.Run("texts", func(t *testing.T) { texts[T, R](t, source, c.files[source.Kind().System].Records[name], rows) })
		t.Run("ledger", func(t *testing.T) {
			found := make([][]*model.DataIssue, len(rows))
			for i, row := range rows {
				found[i] = R(row).DataIssues()
			}
			if issues != nil {
				if found, err = issues(t.Context(), rows); err != nil {
					t.Fatal(err)
				}
			}
			var got, want []string
			for i, list := range found {
				for _, issue := range list {
					got = append(got, strings.Join([]string{name, keys[i], issue.Field, string(issue.Rule)}, " "))
				}
			}
			for _, d := range c.ledgers[source.Kind().System] {
				if d.Record == name {
					want = append(want, strings.Join([]string{d.Record, d.Key, d.Field, d.Rule}, " "))
				}
			}
			slices.Sort(got)
			slices.Sort(want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("planted and reported dirt differ, -planted +reported\n%.3000s", diff)
			}
		})
	})
}

// walk pages through the default order and compares with all keys.
func walk[T any, R record[T]](t *testing.T, source *adapters.Source[T], keys []string, backwards bool) {
	t.Helper()
	var walked []string
	var cursor *string
	size := 4 // small, so that pages begin among rows of one day, and among those without one
	for {
		args := page.Args{First: &size, After: cursor}
		if backwards {
			args = page.Args{Last: &size, Before: cursor}
		}
		c, err := source.List(t.Context(), adapters.Ask{Args: args})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range c.Nodes {
			walked = append(walked, R(row).Key())
		}
		info := c.PageInfo()
		more := info.HasNextPage
		cursor = info.EndCursor
		if backwards {
			more, cursor = info.HasPreviousPage, info.StartCursor
		}
		if !more {
			break
		}
		if len(walked) > len(keys)+size {
			t.Fatal("the walk does not end")
		}
	}
	slices.Sort(walked)
	want := slices.Sorted(slices.Values(keys))
	if diff := cmp.Diff(want, walked); diff != "" {
		t.Errorf("-all +walked\n%.2000s", diff)
	}
}

// checker knows what was planted, and which kinds have been checked.
type checker struct {
	ledgers map[model.System]legacy.Ledger
	files   map[model.System]*mapping.File
	seen    []string
}

// everyKindChecked fails when a source was left out of the suite, or the ledger names a
// kind that was not checked.
func (c *checker) everyKindChecked(t *testing.T) {
	t.Helper()
	if want := len(model.Kinds()); len(c.seen) != want {
		t.Errorf("%d kinds of records in the suite, the set has %d", len(c.seen), want)
	}
	for system, ledger := range c.ledgers {
		for _, d := range ledger {
			if !slices.Contains(c.seen, d.Record) {
				t.Errorf("the ledger of %s names %s, which the suite does not check", system, d.Record)
			}
		}
	}
}
