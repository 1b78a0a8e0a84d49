package page

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWindow(t *testing.T) {
	cursor := Cursor{Order: "NUMBER DESC", Value: new("x"), Key: "1|2"}
	null := Cursor{Order: "NUMBER DESC", Key: "7"}
	for name, c := range map[string]struct {
		args Args
		want Window
		err  string
	}{
		"nothing given":   {Args{}, Window{Size: 20}, ""},
		"first":           {Args{First: new(200)}, Window{Size: 200}, ""},
		"first too large": {Args{First: new(201)}, Window{}, "first: 201 is outside 1..200"},
		"first zero":      {Args{First: new(0)}, Window{}, "first: 0 is outside 1..200"},
		"last negative":   {Args{Last: new(-1)}, Window{}, "last: -1 is outside 1..200"},
		"both":            {Args{First: new(1), Last: new(1)}, Window{}, "last: give either first or last, not both"},
		"before alone":    {Args{Before: new("x")}, Window{}, "before: goes with last; with first give after"},
		"before with first": {Args{First: new(1), Before: new("x")}, Window{},
			"before: goes with last; with first give after"},
		"after with last": {Args{Last: new(1), After: new("x")}, Window{},
			"after: goes with first; with last give before"},
		"after":  {Args{After: new(cursor.Encode())}, Window{Size: 20, Cursor: &cursor}, ""},
		"before": {Args{Last: new(5), Before: new(null.Encode())}, Window{Size: 5, Backward: true, Cursor: &null}, ""},
		"no cursor": {Args{After: new("!")}, Window{},
			"after: is no cursor of this gateway; take endCursor or startCursor of a page"},
		"cursor of no order": {Args{After: new("YWJj")}, Window{},
			"after: is no cursor of this gateway; take endCursor or startCursor of a page"},
		"another order": {Args{After: new(Cursor{Order: "TITLE ASC"}.Encode())}, Window{},
			"after: belongs to a list in another order (TITLE ASC); this one runs by NUMBER DESC"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.args.Window("NUMBER DESC")
			if c.err != "" {
				if err == nil || err.Error() != c.err {
					t.Fatalf("error %v, want %s", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func FuzzCursor(f *testing.F) {
	f.Add("NUMBER DESC", "x", "1|2", true)
	f.Fuzz(func(t *testing.T, order, value, key string, null bool) {
		c := Cursor{Order: order, Key: key}
		if !null {
			c.Value = &value
		}
		if _, ok := DecodeCursor(c.Encode() + "*"); ok {
			t.Error("accepted a cursor with a foreign character")
		}
		got, ok := DecodeCursor(c.Encode())
		if !ok {
			t.Fatalf("refused its own cursor %+v", c)
		}
		// A separator inside the parts cannot come from the gateway: raw values and
		// orders hold no U+001F. All else round-trips.
		for _, part := range []string{order, value} {
			for _, r := range part {
				if r == 0x1f {
					return
				}
			}
		}
		if diff := cmp.Diff(c, got); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	})
}
