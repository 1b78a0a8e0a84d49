// Package search finds records in all systems by what people know of them: a number, a title,
// an organisation. Each system is asked once; what they find is merged to one list, whose
// cursor holds the place in each system's own.
package search

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fanout"
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/mask"
	"github.com/bureaugraph/bureaugraph/internal/page"
	"github.com/bureaugraph/bureaugraph/internal/personid"
)

// Bounds of a searched text, in characters.
const (
	leastRunes = 2
	mostRunes  = 100
)

// Service searches the systems of one deployment. It is safe for concurrent use.
type Service struct {
	Systems map[model.System]Arm // of every system
	Persons *personid.Cipher     // seals a cursor in which somebody's number would stand
}

// Arm searches one system, by one statement or, where child tables name parties, two. It is
// made by In.
type Arm func(ctx context.Context, text string, limit int, after *adapters.SearchPlace) (finds, error)

// finds is what one system found, in its order.
type finds struct {
	list  []find
	more  bool // the system's list goes on
	isCut bool // parties of the name were left out
}

// find is one hit; result is nil for a row to be passed over.
type find struct {
	result *model.SearchResult
	match  int
	on     *model.Date
	place  adapters.SearchPlace
}

// In searches the records of a source; in names the fields that are looked at.
func In[T any, P interface {
	*T
	model.Record
}](source *adapters.Source[T], in adapters.Searched) Arm {
	return func(ctx context.Context, text string, limit int, after *adapters.SearchPlace) (finds, error) {
		hits, err := adapters.Search(ctx, source, text, in, limit, after)
		f := finds{list: make([]find, len(hits.List)), more: hits.More, isCut: hits.IsCut}
		for i, h := range hits.List {
			f.list[i] = find{match: h.Place.Match, on: h.On, place: h.Place}
			if h.Row != nil {
				f.list[i].result = &model.SearchResult{Record: P(h.Row), Match: h.Match, Field: h.Field}
			}
		}
		return f, err
	}
}

// before orders hits of different systems: the better match, then the newer record; one
// without a day comes last.
func (f find) before(g find) bool {
	switch {
	case f.match != g.match:
		return f.match < g.match
	case f.on == nil || g.on == nil:
		return f.on != nil && g.on == nil
	}
	return f.on.Compare(*g.on) > 0
}

// Search asks the systems at the same time and merges what they find. The cursor is
// compound: it holds the place in each system's list. A system that does not answer is
// named, and asked from the beginning with the next page.
func (svc *Service) Search(ctx context.Context, text string, systems []model.System, first *int,
	after *string) (*model.SearchResultConnection, error) {
	text = strings.TrimSpace(text)
	var faults []error
	if n := utf8.RuneCountInString(text); n < leastRunes || n > mostRunes {
		faults = append(faults, fault.Input("text", "give %d to %d characters, not %d", leastRunes, mostRunes, n))
	}
	if mask.MayProbeNumber(text) {
		faults = append(faults, fault.Probe("text"))
	}
	switch {
	case systems == nil:
		systems = model.AllSystem
	case len(systems) == 0:
		faults = append(faults, fault.Input("systems", "name at least one system, or leave it out for all"))
	}
	asked := slices.DeleteFunc(slices.Clone(model.AllSystem),
		func(s model.System) bool { return !slices.Contains(systems, s) })
	order := orderOf(text, asked)
	window, faults := windowOf(faults, order, first, after)
	places, err := svc.decodePlaces(window.Cursor)
	if err != nil {
		faults = append(faults, err)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	found, missing, err := svc.askAll(ctx, text, asked, window.Size, places)
	if err != nil {
		return nil, err
	}
	return svc.merge(asked, found, missing, places, order, window), nil
}

// windowOf checks the page; faults are those there are with its own. Of a cursor it is
// not said that it belongs to another search where text or systems are wrong themselves.
func windowOf(faults []error, order string, first *int, after *string) (page.Window, []error) {
	window, err := page.Args{First: first}.Window(order)
	if err != nil {
		faults = append(faults, err)
	}
	if after == nil {
		return window, faults
	}
	at, err := page.Args{After: after}.Window(order)
	if err != nil {
		if _, isCursor := page.DecodeCursor(*after); !isCursor || len(faults) == 0 {
			faults = append(faults, err)
		}
	}
	window.Cursor = at.Cursor
	return window, faults
}

// askAll asks each system once. A source that cannot be reached, takes too long or fails
// is missing; any other failure is an error.
func (svc *Service) askAll(ctx context.Context, text string, systems []model.System, limit int,
	places map[model.System]adapters.SearchPlace) (found []finds, missing []model.System, err error) {
	found = make([]finds, len(systems))
	failures := make([]error, len(systems))
	var asked fanout.Group
	for i, system := range systems {
		var after *adapters.SearchPlace
		if p, begun := places[system]; begun {
			after = &p
		}
		asked.Go(func() { found[i], failures[i] = svc.Systems[system](ctx, text, limit, after) })
	}
	if err := asked.Wait(); err != nil {
		return nil, nil, err
	}
	missing = []model.System{}
	for i, err := range failures {
		f := fault.Of(err)
		switch {
		case err == nil:
		case f != nil && f.Code.IsOfSource():
			missing = append(missing, systems[i])
			found[i] = finds{}
		default:
			return nil, nil, err
		}
	}
	return found, missing, nil
}

// merge makes the page. It ends early where a system's list was cut off: what
// follows there may be better than what the others have.
func (svc *Service) merge(systems []model.System, found []finds, missing []model.System,
	places map[model.System]adapters.SearchPlace, order string, window page.Window) *model.SearchResultConnection {
	c := &model.SearchResultConnection{
		Edges: []*model.SearchResultEdge{}, Nodes: []*model.SearchResult{}, MissingSystems: missing,
		PageInfo: &model.PageInfo{HasPreviousPage: window.Cursor != nil}, CutSystems: []model.System{},
	}
	for i, f := range found {
		if f.isCut {
			c.CutSystems = append(c.CutSystems, systems[i])
		}
	}
	moved := false
	for len(c.Nodes) < window.Size {
		best, cut := -1, false
		for i := range found {
			switch {
			case len(found[i].list) == 0:
				cut = cut || found[i].more
			case best < 0 || found[i].list[0].before(found[best].list[0]):
				best = i
			}
		}
		if best < 0 || cut {
			break
		}
		f := found[best].list[0]
		found[best].list = found[best].list[1:]
		places[systems[best]] = f.place
		moved = true
		if f.result == nil {
			continue
		}
		c.Nodes = append(c.Nodes, f.result)
		c.Edges = append(c.Edges, &model.SearchResultEdge{Cursor: svc.encodePlaces(order, places), Node: f.result})
	}
	for _, f := range found {
		c.PageInfo.HasNextPage = c.PageInfo.HasNextPage || f.more || len(f.list) > 0
	}
	if len(c.Edges) > 0 {
		c.PageInfo.StartCursor = &c.Edges[0].Cursor
	}
	if moved {
		c.PageInfo.EndCursor = new(svc.encodePlaces(order, places))
	}
	return c
}

// orderOf names one search in its cursors, without telling its text.
func orderOf(text string, systems []model.System) string {
	h := fnv.New64a()
	fmt.Fprint(h, text, systems)
	return fmt.Sprintf("SEARCH %x", h.Sum64())
}

func (svc *Service) encodePlaces(order string, places map[model.System]adapters.SearchPlace) string {
	b, err := json.Marshal(places)
	if err != nil {
		panic("search: " + err.Error()) // texts and numbers only
	}
	key := string(b)
	if mask.Holds(key) { // of a row whose key, or the place it is sorted by, is somebody's number
		key = svc.Persons.Seal(key)
	}
	return page.Cursor{Order: order, Key: key}.Encode()
}

// decodePlaces reads the places of a cursor; none for nil.
func (svc *Service) decodePlaces(cursor *page.Cursor) (map[model.System]adapters.SearchPlace, error) {
	places := map[model.System]adapters.SearchPlace{}
	if cursor == nil {
		return places, nil
	}
	key, known := svc.Persons.Unseal(cursor.Key)
	err := json.Unmarshal([]byte(key), &places)
	bad := func(p adapters.SearchPlace) bool { return p.Match < 0 || p.Match >= len(model.AllSearchMatch) }
	if !known || err != nil || places == nil || slices.ContainsFunc(slices.Collect(maps.Values(places)), bad) {
		return nil, fault.Input("after", "is no cursor of this search; take endCursor of a page")
	}
	return places, nil
}
