package mapping_test

import (
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
)

// TestUnrecorded: what an overlay removes is still known, without a column; orders over it
// go with it, and a removed record is an empty select.
func TestUnrecorded(t *testing.T) {
	base := read(t, "testdata/good.yaml")
	parse := func(overlay string) *mapping.File {
		t.Helper()
		file, err := mapping.Parse(base, []mapping.Source{{Name: "site.yaml", Data: []byte(overlay)}}, schema(t), env())
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	t.Run("a field", func(t *testing.T) {
		table := parse("records: {LegalAidCase: {fields: {number: ~}}}").Records["LegalAidCase"]
		f := table.Field("number")
		if f == nil || f.IsRecorded() || len(table.Unrecorded) != 1 || table.IsAbsent {
			t.Errorf("number is %+v, unrecorded are %d", f, len(table.Unrecorded))
		}
		for _, o := range table.Orders {
			if o.Field == "number" {
				t.Errorf("order %s is left, over a field that is not", o.Name)
			}
		}
		if other := table.Field("acceptedOn"); other == nil || !other.IsRecorded() {
			t.Errorf("acceptedOn is %+v", other)
		}
	})
	t.Run("a record", func(t *testing.T) {
		whole, err := mapping.Parse(base, nil, schema(t), env())
		if err != nil {
			t.Fatal(err)
		}
		table := parse("records: {LegalAidApplicant: ~}").Records["LegalAidApplicant"]
		if table == nil || !table.IsAbsent || table.Select == "" || len(table.Fields) != 0 {
			t.Fatalf("%+v", table)
		}
		if got, want := len(table.Unrecorded), len(whole.Records["LegalAidApplicant"].Fields); got != want {
			t.Errorf("%d fields are unrecorded, want %d", got, want)
		}
	})
	t.Run("a field that is moved is recorded", func(t *testing.T) {
		if table := parse("records: {LegalAidCase: {fields: {number: {column: bh2}}}}").Records["LegalAidCase"]; len(table.Unrecorded) != 0 {
			t.Errorf("%d fields are unrecorded", len(table.Unrecorded))
		}
	})
}
