package statistics

import (
	"math/big"
	"slices"
	"testing"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/filter"
)

func axisOf(a adapters.Axis) axis {
	svc := &Service{Towns: &reference.Towns{}, Departments: &reference.Departments{}}
	return axis{Axis: a, service: svc}
}

func TestBucketLabel(t *testing.T) {
	for _, test := range []struct {
		unit        adapters.Unit
		value, want string
	}{
		{adapters.Day, "2023-01-09", "2023年1月9日"},
		{adapters.Week, "2023-W05", "2023年第5周"},
		{adapters.Month, "2023-12", "2023年12月"},
		{adapters.Quarter, "2023-Q4", "2023年第4季度"},
		{adapters.Year, "2023", "2023年"},
	} {
		if got := bucketLabel(test.unit, test.value); got != test.want {
			t.Errorf("%s: %s, want %s", test.value, got, test.want)
		}
	}
}

func TestLabelAndCondition(t *testing.T) {
	bands := adapters.Axis{Field: "n", Kind: "int",
		Bands: []adapters.Band{{Name: "0-4", From: 0, Before: new(5)}, {Name: "5+", From: 5}}}
	for _, test := range []struct {
		name, value, label, condition string
		axis                          adapters.Axis
	}{
		{"month", "2023-02", "2023年2月", `{on: {from: "2023-02-01", before: "2023-03-01"}}`,
			adapters.Axis{Field: "on", Unit: adapters.Month}},
		{"flag", "true", "是", "{is: true}", adapters.Axis{Field: "is", Kind: "bool"}},
		{"band", "0-4", "0至4", "{n: {from: 0, before: 5}}", bands},
		{"last band", "5+", "5以上", "{n: {from: 5}}", bands},
		{"text", "a\"b", "a\"b", `{t: {equals: ["a\"b"]}}`, adapters.Axis{Field: "t", Kind: "text"}},
		{"number", "7", "7", "{n: [7]}", adapters.Axis{Field: "n", Kind: "int"}},
		{"year", "2023", "2023年", "{year: [2023]}", adapters.Axis{Name: "YEAR", Field: "year", Kind: "int"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := axisOf(test.axis)
			if got := a.label(test.value); got != test.label {
				t.Errorf("label %s, want %s", got, test.label)
			}
			if got := a.condition(&test.value); got != test.condition {
				t.Errorf("condition %s, want %s", got, test.condition)
			}
		})
	}
	if got, want := axisOf(bands).condition(nil), "{not: {n: {from: 0}}}"; got != want {
		t.Errorf("without a value: %s, want %s", got, want)
	}
}

func TestCompare(t *testing.T) {
	bands := axisOf(adapters.Axis{Kind: "int",
		Bands: []adapters.Band{{Name: "0-4"}, {Name: "5-10", From: 5}, {Name: "11+", From: 11}}})
	values := []*string{nil, new("11+"), new("0-4"), new("5-10")}
	slices.SortFunc(values, bands.compare)
	if *values[0] != "0-4" || *values[1] != "5-10" || *values[2] != "11+" || values[3] != nil {
		t.Error("bands are not in their order, unknown last")
	}
	years := axisOf(adapters.Axis{Kind: "int"})
	if years.compare(new("9"), new("10")) >= 0 {
		t.Error("9 comes after 10")
	}
}

func TestAll(t *testing.T) {
	months := axisOf(adapters.Axis{Field: "on", Unit: adapters.Month})
	date := func(month, day uint8) *model.Date { return &model.Date{Year: 2023, Month: month, Day: day} }
	for _, test := range []struct {
		name   string
		filter filter.Filter
		found  []string
		want   []string
	}{
		{"between those there are", filter.Filter{}, []string{"2023-11", "2024-01"},
			[]string{"2023-11", "2023-12", "2024-01"}},
		{"of the range", filter.Filter{Field: "on", Days: &filter.Days{From: date(1, 1), Before: date(3, 1)}},
			[]string{"2023-02"}, []string{"2023-01", "2023-02"}},
		{"nothing at all", filter.Filter{}, nil, nil},
	} {
		if got := months.all(test.filter, test.found); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// FuzzRatio: a share is right to half of its last place, and there is none of nothing.
func FuzzRatio(f *testing.F) {
	f.Add(int64(1), int64(3))
	f.Add(int64(0), int64(0))
	f.Fuzz(func(t *testing.T, numerator, denominator int64) {
		got := ratio(numerator, denominator, 4)
		if denominator == 0 {
			if got != nil {
				t.Errorf("of nothing: %s", *got)
			}
			return
		}
		written, ok := new(big.Rat).SetString(string(*got))
		if !ok {
			t.Fatalf("%s is no number", *got)
		}
		off := written.Sub(written, big.NewRat(numerator, denominator))
		if off.Abs(off).Cmp(big.NewRat(1, 20_000)) > 0 {
			t.Errorf("%d of %d is %s: off by more than half of the last place", numerator, denominator, *got)
		}
	})
}
