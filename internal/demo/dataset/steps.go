package dataset

import (
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// readSteps reads in which order tables are filled and spoilt; each by itself in the order of the
// file, and what comes late last, where the file does not say.
func (f *reading) readSteps(d yamlfile.Dict) {
	do := map[string]func(name string) func(*Run){
		"fill":  func(name string) func(*Run) { return func(run *Run) { run.tables[name].fill() } },
		"spoil": func(name string) func(*Run) { return func(run *Run) { run.tables[name].spoil(false) } },
		"copy":  func(name string) func(*Run) { return func(run *Run) { run.tables[name].copy() } },
		"late":  func(name string) func(*Run) { return func(run *Run) { run.tables[name].late() } },
		"go":    func(name string) func(*Run) { return func(run *Run) { f.hooks.Steps[name](run) } },
	}
	if !d.Has("steps") {
		for _, t := range f.tables {
			f.steps = append(f.steps, do["fill"](t.name), do["copy"](t.name), do["spoil"](t.name))
		}
		for _, t := range f.tables {
			f.steps = append(f.steps, do["late"](t.name))
		}
		return
	}
	for _, n := range d.Items("steps") {
		verb, name, _ := strings.Cut(n.Text, " ")
		known := slices.ContainsFunc(f.tables, func(t *table) bool { return t.name == name })
		if verb == "go" {
			known = f.hooks.Steps[name] != nil
		}
		if do[verb] == nil || !known {
			f.Add(n.Pos, "a step is fill, copy, spoil or late and a table, or go and a step of the hooks, not %q",
				n.Text)
			continue
		}
		f.steps = append(f.steps, do[verb](name))
	}
}
