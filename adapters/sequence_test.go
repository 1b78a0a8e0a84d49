package adapters

import (
	"reflect"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/graph/model"
)

// TestStepsNameDays expects every step of every kind of record to name two of its days: a
// misspelt one would never be checked.
func TestStepsNameDays(t *testing.T) {
	checked := 0
	set := reflect.TypeFor[Set]()
	for i := range set.NumField() {
		all, _ := set.Field(i).Type.MethodByName("All")
		record := all.Type.Out(0).Elem().Elem()
		for _, s := range steps(record.Name()) {
			checked++
			for _, name := range []string{s.earlier, s.later} {
				f, ok := record.FieldByNameFunc(func(field string) bool { return strings.EqualFold(field, name) })
				if !ok || f.Type != reflect.TypeFor[*model.Date]() {
					t.Errorf("%s.%s is no day", record.Name(), name)
				}
			}
		}
	}
	if checked < 40 {
		t.Errorf("only %d steps", checked)
	}
}
