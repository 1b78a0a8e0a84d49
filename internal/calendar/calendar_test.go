package calendar

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

func day(t testing.TB, text string) model.Date {
	t.Helper()
	d, err := model.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func official(t testing.TB) *Calendar {
	t.Helper()
	c, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWorkdays(t *testing.T) {
	c := official(t)
	for _, test := range []struct {
		name, day string
		works     bool
	}{
		{"plain Wednesday", "2023-03-15", true},
		{"plain Saturday", "2023-03-18", false},
		{"eve of the Spring Festival 2024, a working day", "2024-02-09", true},
		{"Spring Festival 2024", "2024-02-10", false},
		{"last day of it, a Saturday", "2024-02-17", false},
		{"Sunday that makes up for it, before", "2024-02-04", true},
		{"Sunday that makes up for it, after", "2024-02-18", true},
		{"National Day 2023 began in September", "2023-09-29", false},
		{"National Day 2023 ended on the sixth", "2023-10-06", false},
		{"Saturday after it", "2023-10-07", true},
		{"Sunday after it", "2023-10-08", true},
		{"New Year 2023 began in 2022", "2022-12-31", false},
		{"Qingming 2023 was a single day", "2023-04-05", false},
		{"Sunday after the Dragon Boat Festival 2023", "2023-06-25", true},
		{"Spring Festival 2026 lasted nine days", "2026-02-23", false},
		{"a year nobody knows, holiday by nature", "2031-10-01", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := c.IsWorkday(day(t, test.day)); got != test.works {
				t.Errorf("IsWorkday(%s) = %v", test.day, got)
			}
		})
	}
}

// An arrangement moves working days and invents none: a year has its Mondays to Fridays
// less the statutory holidays, 11 until 2024 and 13 since 2025 (全国年节及纪念日放假办法).
func TestEveryYearAddsUp(t *testing.T) {
	c := official(t)
	for year := 2021; year <= 2026; year++ {
		worked, want := 0, -11
		if year >= 2025 {
			want = -13
		}
		first, _ := model.NewDate(year, 1, 1)
		for d := first; int(d.Year) == year; d = Add(d, 1) {
			if c.IsWorkday(d) {
				worked++
			}
			if weekday := d.Time().Weekday(); weekday != time.Saturday && weekday != time.Sunday {
				want++
			}
		}
		if worked != want {
			t.Errorf("%d has %d working days, want %d", year, worked, want)
		}
	}
}

func TestRoll(t *testing.T) {
	c := official(t)
	for from, want := range map[string]string{
		"2024-02-09": "2024-02-09",
		"2024-02-10": "2024-02-18", // the make-up Sunday
		"2023-09-29": "2023-10-07", // the make-up Saturday
		"2023-03-18": "2023-03-20",
	} {
		if got := c.Roll(day(t, from)); got != day(t, want) {
			t.Errorf("Roll(%s) = %s, want %s", from, got, want)
		}
	}
}

func TestDifferences(t *testing.T) {
	c := official(t)
	if n := c.Workdays(day(t, "2024-02-07"), day(t, "2024-02-19")); n != 4 { // 8, 9, 18, 19
		t.Errorf("Workdays = %d", n)
	}
	if n := c.Workdays(day(t, "2024-02-19"), day(t, "2024-02-07")); n != -4 {
		t.Errorf("Workdays backwards = %d", n)
	}
	if n := Days(day(t, "2024-02-28"), day(t, "2024-03-01")); n != 2 {
		t.Errorf("Days over a leap day = %d", n)
	}
	if d := Of(time.Date(2024, 6, 30, 16, 0, 0, 0, time.UTC)); d != day(t, "2024-07-01") {
		t.Errorf("Of = %s: it is midnight in Shanghai", d)
	}
}

func TestParseFindings(t *testing.T) {
	for _, test := range []struct{ name, file, want string }{
		{"no YAML", "years: [", "c.yaml:1: not YAML: sequence end token ']' not found"},
		{"empty", "", "c.yaml: the file is empty: it needs years"},
		{"unknown key", "holidays: 1",
			"c.yaml:1: unknown key \"holidays\" in the file; known: years, extend\nc.yaml:1: the file lacks years"},
		{"no source", "years:\n  2024: {off: [2024-01-01]}",
			"c.yaml:2: 2024 needs its source, the number of the notice"},
		{"no day", "years:\n  2024: {source: x, off: [2024-02-30]}",
			`c.yaml:2: "2024-02-30" is neither a day like 2024-02-10 nor a span like 2024-02-10..2024-02-17`},
		{"other year", "years:\n  2024: {source: x, off: [2023-12-31]}", "c.yaml:2: 2023-12-31 does not lie in 2024"},
		{"twice", "years:\n  2024: {source: x, off: [2024-02-10], work: [2024-02-10]}",
			"c.yaml:2: 2024-02-10 is named twice"},
		{"weekday as make-up", "years:\n  2024: {source: x, work: [2024-02-09]}",
			"c.yaml:2: 2024-02-09 is a Friday: only a Saturday or Sunday makes up for a holiday"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Parse(&yamlfile.Source{Name: "c.yaml", Data: []byte(test.file)})
			if err == nil {
				t.Fatal("no finding")
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestSite: a site adds a year to the calendar, or has one of its own.
func TestSite(t *testing.T) {
	const own = "years: {2027: {source: 国办发明电〔2026〕1号, off: [2027-01-01]}}"
	for _, test := range []struct {
		name, file       string
		in2023, newYears bool // whether the first is a working day
	}{
		{"replaces", own, true, false}, // of a year that nobody knows, a Monday
		{"extends", "extend: true\n" + own, false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, err := Parse(&yamlfile.Source{Name: "c.yaml", Data: []byte(test.file)})
			if err != nil {
				t.Fatal(err)
			}
			if got := []bool{c.IsWorkday(day(t, "2023-05-01")),
				c.IsWorkday(day(t, "2027-01-01"))}; got[0] != test.in2023 || got[1] != test.newYears {
				t.Errorf("got %v", got)
			}
		})
	}
}
