package adapters_test

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/internal/access"
	"github.com/bureaugraph/bureaugraph/internal/dbtest"
	"github.com/bureaugraph/bureaugraph/internal/demo"
	"github.com/bureaugraph/bureaugraph/internal/demo/fill"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/demotest"
)

// TestRows compares, for every kind, the rows that the server gives somebody who may not see
// all with those that belong to them by what all rows show: the towns, departments and handlers
// that are decoded from their cells, and the records that they refer to.
func TestRows(t *testing.T) {
	w := demotest.World(t, 0.1)
	systems := demo.Systems(w)
	seesItsRows(t, w, demotest.Resolver(t, w, systems, demotest.Embedded(t, systems)).Set)
}

func TestRowsOnMariaDB(t *testing.T) {
	w := demotest.World(t, 0.1)
	systems := demo.Systems(w)
	server := dbtest.MariaDB(t)
	if err := fill.Fill(t.Context(), server.DSN(""), demo.Databases(systems),
		func(string, string, int) {}); err != nil {
		t.Fatal(err)
	}
	seesItsRows(t, w, demotest.Resolver(t, w, systems, server.DSN("")).Set)
}

type kindRows struct {
	of   adapters.Owned
	rows []adapters.Shown
}

func recordsOf(t *testing.T, ctx context.Context, set *adapters.Set) map[string]kindRows {
	t.Helper()
	all := map[string]kindRows{}
	if err := set.Records(ctx, func(record string, of adapters.Owned, rows []adapters.Shown) {
		all[record] = kindRows{of, rows}
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

func seesItsRows(t *testing.T, w *world.World, set *adapters.Set) {
	all := recordsOf(t, t.Context(), set)
	// Somebody to whom rows belong by something else than what they may see.
	narrow, err := set.Restricted(func(record, field string) bool {
		return slices.Contains(all[record].of.Towns, field) || slices.Contains(all[record].of.Handlers, field)
	})
	if err != nil {
		t.Fatal(err)
	}
	named := func(record, field string) (values []string) { // those whom records name
		for _, row := range all[record].rows {
			for _, value := range row.Values(field) {
				if !slices.Contains(values, value) {
					values = append(values, value)
				}
			}
		}
		return values
	}
	respondents := named("ReconsiderationCase", "respondent")
	isSeen, isHidden := map[string]bool{}, map[string]bool{} // some of the kind, from somebody
	for _, rows := range []*access.Rows{
		{Towns: []string{"330109109"}},
		{Towns: []string{"330109105", "330109000000", "nowhere"}}, {Towns: []string{"临浦镇"}},
		{Departments: named("LegalityReview", "draftingUnit")[:1], Towns: []string{"330109001"}},
		{Towns: named("ReconsiderationCase", "respondentTown")},
		{Departments: respondents[:len(respondents)/2]},
		{Departments: respondents[len(respondents)/2:]},
		{Handlers: append(named("LegalAidCase", "lawyer")[:1], named("DutyLawyerHelp", "lawyer")[0])},
		{},
	} {
		ctx := access.WithRows(t.Context(), rows)
		canonical := &access.Rows{Departments: rows.Departments, Handlers: rows.Handlers}
		for _, town := range rows.Towns {
			if code, known := w.Towns.Find(town); known {
				canonical.Towns = append(canonical.Towns, code)
			}
		}
		got, through := recordsOf(t, ctx, set), recordsOf(t, ctx, narrow)
		for record, kind := range all {
			want, belongs := []string{}, owned(all, record, canonical)
			for _, row := range kind.rows {
				if belongs[row.Key] {
					want = append(want, row.Key)
				}
			}
			slices.Sort(want)
			isSeen[record] = isSeen[record] || len(want) > 0
			isHidden[record] = isHidden[record] || len(want) < len(kind.rows)
			for name, shown := range map[string][]adapters.Shown{
				"": got[record].rows, " restricted": through[record].rows,
			} {
				keys := make([]string, len(shown))
				for i, row := range shown {
					keys[i] = row.Key
				}
				slices.Sort(keys)
				if diff := gocmp.Diff(want, keys); diff != "" {
					t.Errorf("%s%s as %+v (-by what it shows +by SQL):\n%.600s", record, name, rows, diff)
				}
			}
		}
	}
	for record, kind := range all {
		if !isSeen[record] || isHidden[record] == kind.of.IsPublic {
			t.Errorf("the test tells nothing of the %d rows of %s", len(kind.rows), record)
		}
	}
}

// owned tells by decoded rows which of a kind are somebody's, by key.
func owned(all map[string]kindRows, record string, rows *access.Rows) map[string]bool {
	of := all[record].of
	belongs := map[string]bool{}
	referred := map[string]bool{} // what rows of the parent that are somebody's are called, or name
	if of.Parent != "" {
		theirs := owned(all, of.Parent, rows)
		for _, p := range all[of.Parent].rows {
			if theirs[p.Key] {
				for _, key := range p.Values(cmp.Or(of.By, of.Key)) {
					referred[strings.ToLower(cell.Key(key))] = true
				}
			}
		}
	}
	for _, row := range all[record].rows {
		belongs[row.Key] = of.IsPublic
		for _, by := range []struct{ fields, values []string }{
			{of.Towns, rows.Towns}, {of.Departments, rows.Departments}, {of.Handlers, rows.Handlers},
		} {
			for _, field := range by.fields {
				belongs[row.Key] = belongs[row.Key] || slices.ContainsFunc(row.Values(field),
					func(value string) bool { return slices.Contains(by.values, value) })
			}
		}
		if of.Parent == "" {
			continue
		}
		names := []string{row.Key}
		if of.By == "" {
			names = row.Values(of.Of)
		}
		belongs[row.Key] = belongs[row.Key] || slices.ContainsFunc(names,
			func(key string) bool { return referred[strings.ToLower(cell.Key(key))] })
	}
	return belongs
}
