package reconsideration

import (
	"testing"
	"time"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
)

func TestChineseDay(t *testing.T) {
	for want, day := range map[string]time.Time{
		"二〇二三年三月十五日":   world.Day(2023, 3, 15),
		"二〇二四年十月二十日":   world.Day(2024, 10, 20),
		"二〇一九年十二月三十一日": world.Day(2019, 12, 31),
		"二〇二二年一月一日":    world.Day(2022, 1, 1),
	} {
		if got := chineseDay(day); got != want {
			t.Errorf("chineseDay(%s) = %s, want %s", day.Format(time.DateOnly), got, want)
		}
	}
}

func TestExcelSerial(t *testing.T) {
	if got := excelSerial(world.Day(2023, 3, 15)); got != "45000" {
		t.Errorf("excelSerial(2023-03-15) = %s, want 45000", got)
	}
}

// TestSpellings reads back what the spelling functions write.
func TestSpellings(t *testing.T) {
	w, err := world.New(1, 0.05)
	if err != nil {
		t.Fatal(err)
	}
	r := w.Rand("spelling test")
	for _, test := range []struct {
		kind  string
		write func() string
		want  string
	}{
		{"caseNumber", func() string { return numberSpelling(r, "萧政发〔2021〕12号") }, "萧政发〔2021〕12号"},
		{"residentId", func() string { return idSpelling(r, "33019919900101002X") }, "33019919900101002X"},
		{"town", func() string { return authoritySpelling(r, w.Towns.ByCode("330109105")) }, "330109105"},
		{"town", func() string { return authoritySpelling(r, w.Towns.ByCode("330109001")) }, "330109001"},
	} {
		t.Run(test.kind, func(t *testing.T) {
			codec, err := cell.New(cell.Spec{Kind: test.kind}, cell.Env{Towns: w.Towns, Departments: w.Departments})
			if err != nil {
				t.Fatal(err)
			}
			for range 500 {
				raw := test.write()
				value, problem := codec.Decode([]byte(raw))
				got := ""
				switch v := value.(type) {
				case *string:
					got = *v
				case *model.ResidentNumber:
					got = v.Reveal()
				}
				if got != test.want || problem != nil {
					t.Fatalf("%q is read as %q (%v), want %q", raw, got, problem, test.want)
				}
			}
		})
	}
}
