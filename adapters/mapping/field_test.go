package mapping

import "testing"

func TestSortable(t *testing.T) {
	for _, test := range []struct {
		name, layout string
		want         bool
	}{
		{"compact", "20060102", true},
		{"dashes", "2006-01-02", true},
		{"Chinese", "2006年01月02日", true},
		{"compact with time", "20060102150405", true},
		{"fraction of fixed length", "2006-01-02 15:04:05.000", true},
		{"letter between", "2006-01-02T15:04", true},
		{"month unpadded", "2006-1-02", false},
		{"day unpadded", "2006-01-2", false},
		{"day first", "02/01/2006", false},
		{"two-digit year", "06-01-02", false},
		{"month only", "2006-01", false},
		{"twelve hours", "2006-01-02 03:04:05 PM", false},
		{"a word", "epoch-ms", false},
		{"nothing", "", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := sortable(test.layout); got != test.want {
				t.Errorf("sortable(%q) = %v", test.layout, got)
			}
		})
	}
}
