package adapters

import (
	"reflect"
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

// TestSetterPlaces: a value goes into its own field and into no other, wherever that
// stands in the struct.
func TestSetterPlaces(t *testing.T) {
	type status string
	type inner struct{ Before, Notary *string }
	type record struct {
		model.Row
		First    *string
		Status   *status
		Here     inner
		Fees     *inner
		Lists    []status
		OwnerRef *string
	}
	fields := []*mapping.Field{{Name: "first"}, {Name: "status"}, {Name: "here.notary"}, {Name: "fees.notary"},
		{Name: "lists"}, {Name: "owner", Refers: "Lawyer"}}
	b, err := bind(reflect.TypeFor[record](), fields)
	if err != nil {
		t.Fatal(err)
	}
	var got record
	for name, value := range map[string]any{"first": new("1"), "status": new("2"), "here.notary": new("3"),
		"fees.notary": new("4"), "lists": []string{"5", "6"}, "owner": new("7")} {
		set := setter{binding: b.fields[name]}
		if set.isDirect != (name != "fees.notary") {
			t.Errorf("%s: direct %v", name, set.isDirect)
		}
		if err := set.set(reflect.ValueOf(&got).Elem(), value); err != nil {
			t.Error(err)
		}
	}
	want := record{First: new("1"), Status: new(status("2")), Here: inner{Notary: new("3")},
		Fees: &inner{Notary: new("4")}, Lists: []status{"5", "6"}, OwnerRef: new("7")}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if err := (&setter{binding: b.fields["first"]}).set(reflect.ValueOf(&got).Elem(), new(7)); err == nil {
		t.Error("a number fits a text")
	}
}
