package linkage

import (
	"context"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/fanout"
	"github.com/bureaugraph/bureaugraph/loaders"
)

// Sighting is one kind of row in which persons or organisations turn up. P is Person or
// Organization.
type Sighting[P any] struct {
	system model.System
	rows   func(ctx context.Context, parents []*P) ([][]sight, error)
}

// sight is what one row says of its owner.
type sight struct {
	name *string // nil when it has none
	code *string // an organisation's code; nil for persons
}

// PersonsIn makes the sighting of persons in a source, whose field holds their number; name
// gives the name in a row, and is nil where rows have none.
func PersonsIn[T any](source *adapters.Source[T], field string,
	name func(*T) *model.PersonName) Sighting[model.Person] {
	rows := func(ctx context.Context, persons []*model.Person) ([][]*T, error) {
		return loaders.Many(ctx, source, field, persons, (*model.Person).Key)
	}
	return seenIn(source, rows, func(row *T) sight {
		if name == nil {
			return sight{}
		}
		return sight{name: (*string)(name(row))}
	})
}

// OrganizationsIn makes the sighting of organisations in a source, whose field holds their code;
// said gives name and code in a row.
func OrganizationsIn[T any](source *adapters.Source[T], field string,
	said func(*T) (name, code *string)) Sighting[model.Organization] {
	rows := func(ctx context.Context, organizations []*model.Organization) ([][]*T, error) {
		return loaders.OfOrganizations(ctx, source, field, organizations)
	}
	return seenIn(source, rows, func(row *T) sight {
		name, code := said(row)
		return sight{name, code}
	})
}

func seenIn[P, T any](source *adapters.Source[T], rows func(context.Context, []*P) ([][]*T, error),
	see func(*T) sight) Sighting[P] {
	return Sighting[P]{source.Kind().System, func(ctx context.Context, parents []*P) ([][]sight, error) {
		lists, err := rows(ctx, parents)
		sights := make([][]sight, len(parents))
		for i, list := range lists {
			for _, row := range list {
				sights[i] = append(sights[i], see(row))
			}
		}
		return sights, err
	}}
}

// see gathers what all systems say of each parent, in the order of the sightings. The
// systems are asked at the same time; one that fails is reported, and the others serve.
func see[P any](ctx context.Context, parents []*P, sightings []Sighting[P],
	report func(model.System, error)) [][]sight {
	parts := make([][][]sight, len(sightings))
	errs := make([]error, len(sightings))
	var asked fanout.Group
	for i, s := range sightings {
		asked.Go(func() {
			if err := fanout.Do(func() { parts[i], errs[i] = s.rows(ctx, parents) }); err != nil {
				errs[i] = err
			}
		})
	}
	_ = asked.Wait() // what went wrong stands in errs
	told := map[model.System]bool{}
	for i, err := range errs {
		if err = loaders.FirstOf(err); err != nil && !told[sightings[i].system] {
			told[sightings[i].system] = true
			report(sightings[i].system, err)
		}
	}
	seen := make([][]sight, len(parents))
	for _, part := range parts {
		for i, sights := range part {
			seen[i] = append(seen[i], sights...)
		}
	}
	return seen
}

// onFile keeps the parents that a system has on file, and has nil for others. Systems that
// cannot be reached are reported only when it depends on them.
func onFile[P any](ctx context.Context, parents []*P, sightings []Sighting[P],
	missing func(context.Context) func(model.System, error)) []*P {
	found := make([]*P, len(parents))
	failures := map[model.System]error{}
	seen := see(ctx, parents, sightings, func(system model.System, err error) { failures[system] = err })
	unsure := false
	for i, sights := range seen {
		if len(sights) > 0 {
			found[i] = parents[i]
		} else {
			unsure = true
		}
	}
	if !unsure {
		return found
	}
	report := missing(ctx)
	for _, system := range model.AllSystem {
		if err := failures[system]; err != nil {
			report(system, err)
		}
	}
	return found
}

// byFrequency lists what get finds in the sights, most frequent first; what is equally
// frequent stays in the order of the sights.
func byFrequency(sights []sight, get func(sight) *string) []string {
	count := map[string]int{}
	texts := []string{}
	for _, s := range sights {
		if text := get(s); text != nil {
			if count[*text] == 0 {
				texts = append(texts, *text)
			}
			count[*text]++
		}
	}
	slices.SortStableFunc(texts, func(a, b string) int { return count[b] - count[a] })
	return texts
}

func nameOf(s sight) *string { return s.name }

// unifiedCode is the code of a sight that is a unified social credit code.
func unifiedCode(s sight) *string {
	if s.code != nil && len(*s.code) == 18 {
		return s.code
	}
	return nil
}
