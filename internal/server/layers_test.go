package server

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/annualreport"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/config"
	"github.com/bureaugraph/bureaugraph/internal/library"
	"github.com/bureaugraph/bureaugraph/playground"
	"github.com/bureaugraph/bureaugraph/resolvers"
)

// layer is one subject of which a site may have its own: what ships of it is replaced, extended or
// removed. Each reads the names that count.
type layer struct {
	name  string
	read  func(t *testing.T, own string) ([]string, error) // own is the text of the site's file; "" for none
	named string                                           // something that ships
	// replaced leaves few of these names, extended adds one, removed takes the named one away. "" is
	// what cannot be: a statistic shows metrics, so not all of them may go.
	replaced, extended, removed string
	added                       string // the name that extended has besides
}

// referenceFile reads a file of a site's directory reference; names gives what counts in it.
func referenceFile(set func(*config.Reference, *mapping.Source),
	names func(*config.Config) ([]string, error)) func(*testing.T, string) ([]string, error) {
	return func(_ *testing.T, own string) ([]string, error) {
		var c config.Config
		if own != "" {
			set(&c.Reference, file("own.yaml", own))
		}
		return names(&c)
	}
}

// TestEverythingOfASite: each of what is one district's is replaced, extended and removed by a file.
// That of deadlines is told by what is due, in package clock; that of mappings in package mapping.
func TestEverythingOfASite(t *testing.T) {
	for _, l := range []layer{
		{
			name: "towns", named: "330109105", added: "330109998",
			read: referenceFile(func(r *config.Reference, f *mapping.Source) { r.Towns = f },
				func(c *config.Config) (names []string, err error) {
					r, err := places(c)
					if err == nil {
						for _, town := range r.Towns.List {
							names = append(names, town.Code)
						}
					}
					return names, err
				}),
			replaced: `{district: {code: "330109", name: 萧山区}, towns: [{code: "330109998", name: 新镇}]}`,
			extended: `{extend: true, towns: [{code: "330109998", name: 新镇}]}`,
			removed:  `{extend: true, towns: [{code: "330109105", name: ~}]}`,
		},
		{
			name: "departments", named: "veterans", added: "grid",
			read: referenceFile(func(r *config.Reference, f *mapping.Source) { r.Departments = f },
				func(c *config.Config) (names []string, err error) {
					r, err := places(c)
					if err == nil {
						for _, department := range r.Departments.List {
							names = append(names, department.Code)
						}
					}
					return names, err
				}),
			replaced: "departments: [{code: grid, name: 网格中心}]",
			extended: "{extend: true, departments: [{code: grid, name: 网格中心}]}",
			removed:  "{extend: true, departments: [{code: veterans, name: ~}]}",
		},
		{
			name: "calendar", named: "2023", added: "2031",
			read: referenceFile(func(r *config.Reference, f *mapping.Source) { r.Calendar = f },
				func(c *config.Config) (names []string, err error) {
					days, err := calendar.Parse(c.Reference.Calendar)
					for year := int16(2000); err == nil && year < 2050; year++ {
						if day := (model.Date{Year: year, Month: 1, Day: 1}); days.Knows(day) {
							names = append(names, day.String()[:4])
						}
					}
					return names, err
				}),
			replaced: "years: {2031: {source: 国办发明电〔2030〕1号, off: [2031-01-01]}}",
			extended: "{extend: true, years: {2031: {source: 国办发明电〔2030〕1号, off: [2031-01-01]}}}",
			removed:  "{extend: true, years: {2023: ~}}",
		},
		{
			name: "figures", named: "publicityHonours", added: "own",
			read: referenceFile(func(r *config.Reference, f *mapping.Source) { r.Figures = f },
				func(c *config.Config) (names []string, err error) {
					var r resolvers.Resolver
					if err := figures(&r, c); err != nil {
						return nil, err
					}
					for _, metric := range r.Metrics.List {
						names = append(names, metric.Name)
					}
					return names, nil
				}),
			extended: `{extend: true, metrics: [{name: own, version: 1, label: 甲, english: a, definition: 甲, definitionEnglish: a, source: 乙, record: Lawyer, filter: "{}"}]}`,
			removed:  "{extend: true, metrics: [{name: publicityHonours, filter: ~}]}",
		},
		{
			name: "annual report", named: "publicityTalks", added: "own",
			read: referenceFile(func(r *config.Reference, f *mapping.Source) { r.AnnualReport = f },
				func(c *config.Config) (names []string, err error) {
					var r resolvers.Resolver
					if err := figures(&r, c); err != nil {
						return nil, err
					}
					report, _ := r.Report.Of(t.Context(), 2023, func(string) annualreport.Table { return nothing{} })
					for _, figure := range report.Figures {
						names = append(names, figure.Name)
					}
					return names, nil
				}),
			replaced: "figures: {own: {label: 甲, unit: 个, list: lawyers}}",
			extended: "{extend: true, figures: {own: {label: 甲, unit: 个, list: lawyers}}}",
			removed:  "{extend: true, figures: {publicityTalks: ~}}",
		},
	} {
		t.Run(l.name, func(t *testing.T) { everyLayer(t, l) })
	}
}

// nothing is a kind of which the site records nothing.
type nothing struct{ annualreport.Table }

func (nothing) Kind() *model.Kind { return &model.Kind{} }

func (nothing) Lacks(...string) []string { return []string{"all"} }

func everyLayer(t *testing.T, l layer) {
	names := func(own string) []string {
		t.Helper()
		names, err := l.read(t, own)
		if err != nil {
			t.Fatalf("%s: %v", own, err)
		}
		return names
	}
	shipped := names("")
	if !slices.Contains(shipped, l.named) || slices.Contains(shipped, l.added) {
		t.Fatalf("what ships is %q", shipped)
	}
	if l.replaced != "" {
		if diff := cmp.Diff([]string{l.added}, names(l.replaced)); diff != "" {
			t.Errorf("replaced (-want +got):\n%s", diff)
		}
	}
	got := names(l.extended)
	for _, name := range append(slices.Clone(shipped), l.added) {
		if !slices.Contains(got, name) {
			t.Errorf("extended, it lacks %s", name)
		}
	}
	want := slices.DeleteFunc(slices.Clone(shipped), func(name string) bool { return name == l.named })
	if diff := cmp.Diff(want, names(l.removed)); diff != "" {
		t.Errorf("removed (-want +got):\n%s", diff)
	}
}

// TestLibraryOfASite: a saved query that ships is replaced, added to and removed by a file.
func TestLibraryOfASite(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"towns": "# title: 本区镇街\n{ towns { name } }", "mine": "# title: 自有\n{ towns { name } }",
		"one-town": "# title: ~\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name+".graphql"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, _ := start(t, config.Config{Library: config.Library{Directory: dir}})
	titles := map[string]string{}
	store, err := library.Open(playground.Queries(), dir, false)
	if err != nil {
		t.Fatal(err)
	}
	list, err := store.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range list {
		titles[o.Name] = o.Title
	}
	if titles["towns"] != "本区镇街" || titles["mine"] != "自有" || titles["one-town"] != "" ||
		titles["five-systems-by-town"] == "" {
		t.Errorf("%q", titles)
	}
	for path, want := range map[string]int{
		"/reports/towns.csv": 200, "/reports/mine.csv": 200, "/reports/one-town.csv": 404,
	} {
		if status, _, text := get(t, s.URL()+path); status != want {
			t.Errorf("%s: %d, want %d: %.200s", path, status, want, text)
		}
	}
}
