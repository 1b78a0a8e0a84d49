package figures

import (
	"reflect"
	"strconv"
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

// referredBy finds the record that another refers to; nil for none.
func referredBy[P, T any](t *testing.T, source *adapters.Source[T], reference func(*P) *string,
	key func(*T) *string) func(*P) *T {
	t.Helper()
	records, err := source.All(t.Context(), filter.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	byKey := map[string]*T{}
	for _, record := range records {
		if k := key(record); k != nil {
			byKey[*k] = record
		}
	}
	return func(p *P) *T {
		if r := reference(p); r != nil {
			return byKey[*r]
		}
		return nil
	}
}

// linked puts records with their linked fields in the place of the decoded ones.
func linked[T any](s *site, link func(*T) any) {
	rows := s.rows[reflect.TypeFor[T]().Name()]
	for i, row := range rows {
		of := row.Addr().Interface().(*T)
		record := link(of)
		s.clock[record], s.undated[record] = s.clock[of], s.undated[of]
		rows[i] = reflect.ValueOf(record).Elem()
	}
}

// ageOn is the age in full years; nil without number or day, for another document, and before birth.
func ageOn(id *model.ResidentNumber, day *model.Date) *int {
	if id == nil || day == nil {
		return nil
	}
	number := string(*id)
	born, err := strconv.Atoi(number[min(6, len(number)):min(14, len(number))])
	if len(number) != 18 || err != nil {
		return nil
	}
	lived := int(day.Year)*10000 + int(day.Month)*100 + int(day.Day) - born - 1 // full on the day after the birthday
	if lived < 0 {
		return nil
	}
	return new(lived / 10000)
}
