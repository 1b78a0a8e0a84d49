package search

import (
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/page"
	"github.com/bureaugraph/bureaugraph/internal/personid"
	"github.com/bureaugraph/bureaugraph/internal/suite"
)

func service(t testing.TB) *Service {
	t.Helper()
	persons, err := personid.New(personid.RandomKey(), suite.International)
	if err != nil {
		t.Fatal(err)
	}
	return &Service{Persons: persons}
}

func day(d uint8) *model.Date { return &model.Date{Year: 2024, Month: 5, Day: d} }

// hit is one of a better or worse match, by its name.
func hit(name string, match int, on *model.Date) find {
	place := adapters.SearchPlace{Match: match}
	return find{result: &model.SearchResult{Field: name}, match: match, on: on, place: place}
}

func TestBefore(t *testing.T) {
	ordered := []find{hit("exact", 0, nil), hit("newer", 1, day(2)), hit("older", 1, day(1)), hit("undated", 1, nil)}
	for i, f := range ordered {
		for j, g := range ordered {
			if got, want := f.before(g), i < j; got != want {
				t.Errorf("%s before %s: %t", f.result.Field, g.result.Field, got)
			}
		}
	}
}

func TestMerge(t *testing.T) {
	a, b := model.AllSystem[0], model.AllSystem[1]
	for _, test := range []struct {
		name  string
		found []finds
		size  int
		want  []string
		next  bool
		cut   []model.System
	}{
		{"nothing", []finds{{}, {}}, 3, nil, false, nil},
		{"the better first", []finds{{list: []find{hit("a2", 1, day(1))}},
			{list: []find{hit("b1", 0, nil), hit("b2", 1, day(2))}}}, 3, []string{"b1", "b2", "a2"}, false, nil},
		{"a full page", []finds{{list: []find{hit("a1", 0, day(2)), hit("a2", 0, day(1))}}, {}}, 1,
			[]string{"a1"}, true, nil},
		{"it ends where a list was cut off", []finds{{list: []find{hit("a1", 1, day(2))}, more: true},
			{list: []find{hit("b1", 1, day(1))}}}, 3, []string{"a1"}, true, nil},
		{"what is passed over takes no room", []finds{{list: []find{{match: 0}, hit("a1", 1, nil)}}, {}}, 1,
			[]string{"a1"}, false, nil},
		{"parties left out are told", []finds{{}, {isCut: true}}, 1, nil, false, []model.System{b}},
	} {
		t.Run(test.name, func(t *testing.T) {
			places := map[model.System]adapters.SearchPlace{}
			c := service(t).merge([]model.System{a, b}, test.found, nil, places, "SEARCH", page.Window{Size: test.size})
			var names []string
			for _, n := range c.Nodes {
				names = append(names, n.Field)
			}
			if diff := cmp.Diff(test.want, names); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if c.PageInfo.HasNextPage != test.next {
				t.Errorf("has next page: %t", c.PageInfo.HasNextPage)
			}
			if !slices.Equal(c.CutSystems, test.cut) {
				t.Errorf("cut systems %v, want %v", c.CutSystems, test.cut)
			}
			if len(c.Edges) != len(c.Nodes) {
				t.Errorf("%d edges of %d nodes", len(c.Edges), len(c.Nodes))
			}
		})
	}
}

func TestOrderOf(t *testing.T) {
	all := model.AllSystem
	if orderOf("法治", all) != orderOf("法治", slices.Clone(all)) {
		t.Error("one search has two names")
	}
	if orderOf("法治", all) == orderOf("法制", all) || orderOf("法治", all) == orderOf("法治", all[1:]) {
		t.Error("two searches have one name")
	}
}

// FuzzPlaces: the places of a cursor are read as they were written, with somebody's number in them
// or not, and what nobody wrote is refused.
func FuzzPlaces(f *testing.F) {
	f.Add("AJ-1", "2024-01-02", 0)
	f.Add("330199199001010010", "", 1)
	f.Add("\"}\x00", "\xff", 9)
	f.Fuzz(func(t *testing.T, key, on string, match int) {
		svc := service(t)
		written := map[model.System]adapters.SearchPlace{model.AllSystem[0]: {Match: match, Value: &on, Key: key}}
		text := svc.encodePlaces("SEARCH x", written)
		cursor, ok := page.DecodeCursor(text)
		if !ok {
			t.Fatalf("%q is no cursor", text)
		}
		read, err := svc.decodePlaces(&cursor)
		if !utf8.ValidString(key + on) {
			return // keys are texts; JSON writes others with U+FFFD
		}
		if isMatch := match >= 0 && match < len(model.AllSearchMatch); isMatch != (err == nil) {
			t.Fatalf("match %d: %v", match, err)
		} else if diff := cmp.Diff(written, read); isMatch && diff != "" {
			t.Errorf("(-written +read):\n%s", diff)
		}
		if foreign, err := svc.decodePlaces(&page.Cursor{Key: key + on}); err == nil && foreign == nil {
			t.Errorf("%q is read as nothing", key+on)
		}
	})
}
