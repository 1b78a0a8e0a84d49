package resolvers

import (
	"context"
	"hash/maphash"
	"math/big"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/quality"
)

// bearer is a kind of row that gives a person's name and resident number.
type bearer[T any] struct {
	field  string // of the name
	number func(*T) *model.ResidentNumber
	name   func(*T) *model.PersonName
}

// namesUnder gives for each row the names that all systems have under its resident number,
// most frequent first; nil for a row without one. A system that does not answer is reported,
// and the others serve.
func namesUnder[T any](ctx context.Context, r *Resolver, rows []*T, of bearer[T]) [][]model.PersonName {
	at := map[model.ResidentNumber]int{}
	var persons []*model.Person
	for _, row := range rows {
		if n := of.number(row); n.IsResident() {
			if _, known := at[*n]; !known {
				at[*n] = len(persons)
				persons = append(persons, r.newPerson(*n))
			}
		}
	}
	names := make([][]model.PersonName, len(rows))
	if persons == nil {
		return names
	}
	seen := see(ctx, persons, r.personSightings(), reportOnce(ctx))
	for i, row := range rows {
		if n := of.number(row); n.IsResident() {
			for _, name := range byFrequency(seen[at[*n]], nameOf) {
				names[i] = append(names[i], model.PersonName(name))
			}
		}
	}
	return names
}

// differ tells whether names cannot all be one person's.
func differ(names []model.PersonName) bool {
	for i, a := range names {
		if slices.ContainsFunc(names[:i], a.Contradicts) {
			return true
		}
	}
	return false
}

// matchesByName gives what the links of rows rest on: by number, which other names under the
// same number make doubtful.
func matchesByName[T any](ctx context.Context, r *Resolver, rows []*T, of bearer[T],
	match func(*T) *model.IdentityMatch) ([]*model.IdentityMatch, error) {
	matches := make([]*model.IdentityMatch, len(rows))
	names := namesUnder(ctx, r, rows, of)
	today := r.Today()
	for i, row := range rows {
		m := match(row)
		if matches[i] = m; m == nil || !of.number(row).IsResident() {
			continue
		}
		m.OtherNames = []model.PersonName{}
		if !differ(names[i]) {
			continue
		}
		own := of.name(row)
		for _, name := range names[i] {
			if own == nil || name.Contradicts(*own) {
				if of.number(row).IsMinor(today) {
					name = name.Hidden()
				}
				m.OtherNames = append(m.OtherNames, name)
			}
		}
		m.Rule, m.Confidence = model.IdentityRuleResidentIDOtherName, halved(m.Confidence)
	}
	return matches, nil
}

// halved is half of a number.
func halved(d model.Decimal) model.Decimal {
	n, ok := new(big.Rat).SetString(string(d))
	if !ok {
		return d
	}
	places := 3
	if n.IsInt() {
		places = 1
	}
	return model.Decimal(n.Mul(n, big.NewRat(1, 2)).FloatString(places))
}

// otherName checks that no name under a row's resident number, in any system, contradicts
// another.
func otherName[T any](r *Resolver, of bearer[T]) quality.Check[T] {
	return quality.Check[T]{
		Field:    "residentId",
		Rule:     model.DataIssueRuleOtherName,
		Severity: model.DataIssueSeveritySuspect,
		Broken: func(ctx context.Context, rows []*T) ([]bool, error) {
			broken := make([]bool, len(rows))
			for i, names := range namesUnder(ctx, r, rows, of) {
				broken[i] = differ(names)
			}
			return broken, nil
		},
		Census: func(ctx context.Context) (func(*T) int, error) {
			doubtful, err := once(ctx, &r.runs, "names", "names",
				func() (func(model.ResidentNumber) bool, error) { return r.doubtfulNumbers(ctx), nil })
			if err != nil {
				return nil, err
			}
			return func(row *T) int {
				if n := of.number(row); n.IsResident() && doubtful(*n) {
					return 1
				}
				return 0
			}, nil
		},
	}
}

// mostNames bounds the names that are remembered of one number.
const mostNames = 4

// doubtfulNumbers reads all rows that name persons, and tells under which numbers names
// contradict each other. A system that does not answer is reported and left out.
func (r *Resolver) doubtfulNumbers(ctx context.Context) func(model.ResidentNumber) bool {
	seed := maphash.MakeSeed()
	hash := func(n model.ResidentNumber) uint64 { return maphash.String(seed, string(n)) }
	names, doubtful := map[uint64][]model.PersonName{}, map[uint64]bool{}
	note := func(number *model.ResidentNumber, name *model.PersonName) {
		if !number.IsResident() || name == nil {
			return
		}
		h := hash(*number)
		if doubtful[h] || slices.Contains(names[h], *name) {
			return
		}
		if slices.ContainsFunc(names[h], name.Contradicts) {
			doubtful[h] = true
			delete(names, h)
		} else if len(names[h]) < mostNames {
			names[h] = append(names[h], *name)
		}
	}
	report := reportOnce(ctx)
	for _, read := range r.namesRead(ctx, note) {
		if system, err := read(); err != nil {
			report(system, err)
		}
	}
	return func(n model.ResidentNumber) bool { return doubtful[hash(n)] }
}

// namesIn reads numbers and names of all rows of a source.
func namesIn[T any](ctx context.Context, source *adapters.Source[T], number string, of bearer[T],
	note func(*model.ResidentNumber, *model.PersonName)) func() (model.System, error) {
	return func() (model.System, error) {
		_, _, err := source.Each(ctx, func(f string) bool { return f == number || f == of.field }, quality.MostRows,
			func(row *T) { note(of.number(row), of.name(row)) })
		return source.Kind().System, err
	}
}
