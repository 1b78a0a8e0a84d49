package transport

import (
	"reflect"
	"testing"
)

// TestRenewed: other limits make another gate; all that is remembered of clients is kept.
func TestRenewed(t *testing.T) {
	before := NewShared(Limits{})
	after := before.Renewed(Limits{Running: 7})
	if after.gate == before.gate || after.gate.limits.Running != 7 {
		t.Error("the gate has the limits of before")
	}
	was, is := reflect.ValueOf(*before), reflect.ValueOf(*after)
	for i := range was.NumField() {
		name := was.Type().Field(i).Name
		if name != "gate" && (is.Field(i).IsNil() || !was.Field(i).Equal(is.Field(i))) {
			t.Errorf("%s is forgotten", name)
		}
	}
}
