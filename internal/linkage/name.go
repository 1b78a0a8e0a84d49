package linkage

import (
	"context"
	"hash/maphash"
	"math/big"
	"slices"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/quality"
)

// Bearer is a kind of row that gives a person's name and resident number.
type Bearer[T any] struct {
	Source                 *adapters.Source[T]
	NumberField, NameField string
	Number                 func(*T) *model.ResidentNumber
	Name                   func(*T) *model.PersonName
}

// namesUnder gives for each row the names that all systems have under its resident number,
// most frequent first; nil for a row without one. A system that does not answer is reported,
// and the others serve.
func namesUnder[T any](ctx context.Context, svc *Service, rows []*T, of Bearer[T]) [][]model.PersonName {
	at := map[model.ResidentNumber]int{}
	var persons []*model.Person
	for _, row := range rows {
		if n := of.Number(row); n.IsResident() {
			if _, isListed := at[*n]; !isListed {
				at[*n] = len(persons)
				persons = append(persons, svc.NewPerson(*n))
			}
		}
	}
	names := make([][]model.PersonName, len(rows))
	if persons == nil {
		return names
	}
	seen := see(ctx, persons, svc.PersonSightings(), svc.Missing(ctx))
	for i, row := range rows {
		if n := of.Number(row); n.IsResident() {
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

// NumberMatches gives what the links of rows to persons rest on: a number, which other names
// under it make doubtful; nil for a row without a link. match gives it without the names.
func NumberMatches[T any](ctx context.Context, svc *Service, rows []*T, of Bearer[T],
	match func(*T) *model.IdentityMatch) []*model.IdentityMatch {
	matches := make([]*model.IdentityMatch, len(rows))
	names := namesUnder(ctx, svc, rows, of)
	today := svc.Today()
	for i, row := range rows {
		m := match(row)
		if matches[i] = m; m == nil || !of.Number(row).IsResident() {
			continue
		}
		m.OtherNames = []model.PersonName{}
		if !differ(names[i]) {
			continue
		}
		own := of.Name(row)
		for _, name := range names[i] {
			if own == nil || name.Contradicts(*own) {
				if of.Number(row).IsMinor(today) {
					name = name.Hidden()
				}
				m.OtherNames = append(m.OtherNames, name)
			}
		}
		m.Rule, m.Confidence = model.IdentityRuleResidentIDOtherName, halved(m.Confidence)
	}
	return matches
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

// OtherName checks that no name under a row's resident number, in any system, contradicts
// another.
func OtherName[T any](svc *Service, of Bearer[T]) quality.Check[T] {
	return quality.Check[T]{
		Field:    "residentId",
		Rule:     model.DataIssueRuleOtherName,
		Severity: model.DataIssueSeveritySuspect,
		Broken: func(ctx context.Context, rows []*T) ([]bool, error) {
			broken := make([]bool, len(rows))
			for i, names := range namesUnder(ctx, svc, rows, of) {
				broken[i] = differ(names)
			}
			return broken, nil
		},
		Census: func(ctx context.Context) (func(*T) int, error) {
			doubtful, err := svc.Share(ctx, func() (Doubt, error) { return svc.doubt(ctx), nil })
			if err != nil {
				return nil, err
			}
			return func(row *T) int {
				if n := of.Number(row); n.IsResident() && doubtful(*n) {
					return 1
				}
				return 0
			}, nil
		},
	}
}

// mostNames bounds the names that are remembered of one number.
const mostNames = 4

// doubt reads all rows that name persons, and tells under which numbers names
// contradict each other. A system that does not answer is reported and left out.
func (svc *Service) doubt(ctx context.Context) Doubt {
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
	report := svc.Missing(ctx)
	for _, read := range svc.NamesRead(ctx, note) {
		if system, err := read(); err != nil {
			report(system, err)
		}
	}
	return func(n model.ResidentNumber) bool { return doubtful[hash(n)] }
}

// NamesIn reads numbers and names of all rows of a kind.
func NamesIn[T any](ctx context.Context, of Bearer[T], note Note) func() (model.System, error) {
	wanted := func(field string) bool { return field == of.NumberField || field == of.NameField }
	return func() (model.System, error) {
		_, _, err := of.Source.Each(ctx, wanted, quality.MostRows, func(row *T) { note(of.Number(row), of.Name(row)) })
		return of.Source.Kind().System, err
	}
}
