package conformance

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/filter"
	"github.com/bureaugraph/bureaugraph/internal/sources"
	"github.com/bureaugraph/bureaugraph/resolvers"
)

// search walks searches page by page and compares them with what the decoded rows hold.
func search(t *testing.T, r *resolvers.Resolver) {
	for _, test := range []struct{ name, text string }{
		{"number", "萧政复〔2024〕12号"},
		{"number in another spelling", "萧政复[2024]第012号"},
		{"beginning of numbers", "浙萧援民(2023)1"},
		{"word of titles in all systems", "合同"},
		{"word that GBK may find across characters", "劳动"},
		{"beginning of titles", "不服"},
		{"organisation", "临浦"},
		{"wildcards are plain text", "%_"},
		{"nothing", "没有这样的内容"},
	} {
		t.Run("search/"+test.name, func(t *testing.T) {
			want := titled(t, r, test.text)
			got := map[string]bool{}
			last := model.SearchMatchNumber
			for _, result := range walkSearch(t, r, test.text, 7) {
				if slices.Index(model.AllSearchMatch, result.Match) < slices.Index(model.AllSearchMatch, last) {
					t.Errorf("%s comes after %s", result.Match, last)
				}
				last = result.Match
				id := result.Record.(interface{ ID() string }).ID()
				if got[id] = true; result.Field == "title" && !want[id] {
					t.Errorf("%s has no such title", id)
				}
			}
			for id := range want {
				if !got[id] {
					t.Errorf("%s has the title and was not found", id)
				}
			}
			t.Logf("%d found, %d by title", len(got), len(want))
		})
	}
	t.Run("search/a number leads to its record first", func(t *testing.T) {
		rows, err := r.Set.ReconsiderationCases.All(t.Context(), filter.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if row.NumberKey == nil {
				continue
			}
			spelled := " " + strings.NewReplacer("〔", "[", "〕", "]第0").Replace(*row.NumberKey)
			results := walkSearch(t, r, spelled, 20)
			if len(results) == 0 || results[0].Match != model.SearchMatchNumber || results[0].Field != "numberKey" {
				t.Fatalf("%s: %d results", spelled, len(results))
			}
			return
		}
	})
	t.Run("search/bad input", func(t *testing.T) {
		five, huge := 5, 201
		page, err := r.Query().Search(t.Context(), "纠纷", nil, &five, nil)
		if err != nil || page.PageInfo.EndCursor == nil {
			t.Fatal(err)
		}
		for _, test := range []struct {
			argument, text string
			systems        []model.System
			first          *int
			after          *string
		}{
			{"text", "秘", nil, nil, nil},
			{"text", strings.Repeat("长", 101), nil, nil, nil},
			{"systems", "纠纷", []model.System{}, nil, nil},
			{"first", "纠纷", nil, &huge, nil},
			{"after", "道路", nil, nil, page.PageInfo.EndCursor}, // of another search
		} {
			_, err := r.Query().Search(t.Context(), test.text, test.systems, test.first, test.after)
			f := fault.Of(err)
			if f == nil || f.Code != fault.BadInput || f.Argument != test.argument ||
				strings.Contains(f.Message, test.text) {
				t.Errorf("%s: %v", test.argument, err)
			}
		}
	})
	t.Run("search/organisations that take part", func(t *testing.T) { partiesAreFound(t, r) })
	t.Run("search/all bad input at once", func(t *testing.T) {
		huge, after := 201, "x"
		ctx := sources.With(t.Context(), sources.New(false))
		_, err := r.Query().Search(ctx, "秘", []model.System{}, &huge, &after)
		var got []string
		for _, f := range fault.All(err) {
			got = append(got, f.Argument)
		}
		if diff := cmp.Diff([]string{"text", "systems", "first", "after"}, got); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	})
	t.Run("search/one statement a system, and one for its parties", func(t *testing.T) {
		for _, first := range []int{1, 200} {
			log := sources.New(false)
			if _, err := r.Query().Search(sources.With(t.Context(), log), "萧山", nil, &first, nil); err != nil {
				t.Fatal(err)
			}
			for _, s := range log.Entries() {
				want := 1
				if s.System == string(model.SystemReconsideration) || s.System == string(model.SystemNotarization) {
					want = 2
				}
				if s.Statements != want {
					t.Errorf("%s: %d statements for a page of %d, want %d", s.System, s.Statements, first, want)
				}
			}
		}
	})
	t.Run("search/a dead system is named", func(t *testing.T) {
		if err := r.Systems[model.SystemLegalAid].Close(); err != nil {
			t.Fatal(err)
		}
		page, err := r.Query().Search(t.Context(), "合同", nil, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]model.System{model.SystemLegalAid}, page.MissingSystems); diff != "" ||
			len(page.Nodes) == 0 {
			t.Errorf("%d results, missing -want +got\n%s", len(page.Nodes), diff)
		}
	})
}

// walkSearch gives all results in order; none may come twice.
func walkSearch(t *testing.T, r *resolvers.Resolver, text string, size int) []*model.SearchResult {
	t.Helper()
	var all []*model.SearchResult
	seen := map[string]bool{}
	var after *string
	for {
		page, err := r.Query().Search(t.Context(), text, nil, &size, after)
		if err != nil {
			t.Fatal(err)
		}
		for _, result := range page.Nodes {
			id := result.Record.(interface{ ID() string }).ID()
			if seen[id] {
				t.Fatalf("%s comes twice", id)
			}
			seen[id] = true
			all = append(all, result)
		}
		if !page.PageInfo.HasNextPage {
			return all
		}
		if after = page.PageInfo.EndCursor; after == nil {
			t.Fatal("there is a next page and no way to it")
		}
	}
}

// partiesAreFound searches for organisations whose names stand in child tables.
func partiesAreFound(t *testing.T, r *resolvers.Resolver) {
	type party struct{ path, parent string }
	named := map[string][]party{} // by name of an organisation
	add := func(path, record string, isOrganization bool, parent, name *string) {
		if isOrganization && parent != nil && name != nil {
			own, _, _ := strings.Cut(*name, "（联系人") // the person behind it is not shown
			named[own] = append(named[own], party{path, model.EncodeID(record, *parent)})
		}
	}
	s := r.Set
	each(t, s.ReconsiderationApplicants.All, func(o *model.ReconsiderationApplicant) {
		add("applicants.organizationName", "ReconsiderationCase",
			o.Kind != nil && *o.Kind == model.ReconsiderationApplicantKindLegalPersonOrOrg, o.ReconsiderationCaseRef,
			o.OrganizationName)
	})
	each(t, s.ReconsiderationThirdParties.All, func(o *model.ReconsiderationThirdParty) {
		add("thirdParties.organizationName", "ReconsiderationCase",
			o.Kind != nil && *o.Kind == model.ReconsiderationApplicantKindLegalPersonOrOrg, o.ReconsiderationCaseRef,
			o.OrganizationName)
	})
	each(t, s.NotarialApplicants.All, func(o *model.NotarialApplicant) {
		add("applicants.organizationName", "NotarialMatter",
			o.PartyKind != nil && *o.PartyKind == model.NotarialApplicantKindEnterprise, o.MatterRef,
			o.OrganizationName)
	})
	served := map[string]bool{}
	each(t, s.ReconsiderationCases.All, func(o *model.ReconsiderationCase) { served[o.ID()] = true })
	each(t, s.NotarialMatters.All, func(o *model.NotarialMatter) { served[o.ID()] = true })
	tried := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(named)) {
		if tried[named[name][0].path]++; tried[named[name][0].path] > 5 {
			continue
		}
		paths := map[string]string{}
		for _, result := range walkSearch(t, r, name, 7) {
			paths[result.Record.(interface{ ID() string }).ID()] = result.Field
		}
		for _, p := range named[name] {
			if field, found := paths[p.parent]; served[p.parent] && !found {
				t.Errorf("%s: %s was not found", name, p.parent)
			} else if found && field != p.path && strings.Contains(field, ".") &&
				!slices.Contains(named[name], party{field, p.parent}) {
				t.Errorf("%s: %s was found by %s", name, p.parent, field)
			}
			delete(paths, p.parent)
		}
		for id, field := range paths {
			if strings.Contains(field, ".") {
				t.Errorf("%s: %s was found by %s, where the name does not stand", name, id, field)
			}
		}
	}
	if len(tried) != 2 {
		t.Errorf("tried %v", tried)
	}
}

// titled gives the ids of all records whose decoded title holds the text.
func titled(t *testing.T, r *resolvers.Resolver, text string) map[string]bool {
	t.Helper()
	ids := map[string]bool{}
	add := func(id string, title *string) {
		if title != nil && strings.Contains(*title, text) {
			ids[id] = true
		}
	}
	s := r.Set
	each(t, s.LegalityReviews.All, func(o *model.LegalityReview) { add(o.ID(), o.Title) })
	each(t, s.ReconsiderationCases.All, func(o *model.ReconsiderationCase) { add(o.ID(), o.Title) })
	each(t, s.LegalAidCases.All, func(o *model.LegalAidCase) { add(o.ID(), o.Title) })
	each(t, s.NotarialMatters.All, func(o *model.NotarialMatter) { add(o.ID(), o.Title) })
	each(t, s.PublicityEvents.All, func(o *model.PublicityEvent) { add(o.ID(), o.Title) })
	return ids
}

func each[T any](t *testing.T, all func(context.Context, filter.Filter) ([]*T, error), f func(*T)) {
	t.Helper()
	rows, err := all(t.Context(), filter.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		f(row)
	}
}
