package server

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/bureaugraph/bureaugraph/adapters"
	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/adapters/reference"
	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/internal/annualreport"
	"github.com/bureaugraph/bureaugraph/internal/calendar"
	"github.com/bureaugraph/bureaugraph/internal/clock"
	"github.com/bureaugraph/bureaugraph/internal/library"
	"github.com/bureaugraph/bureaugraph/internal/metrics"
	"github.com/bureaugraph/bureaugraph/internal/transport"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
	"github.com/bureaugraph/bureaugraph/playground"
)

// siteFile is what a site may write beside its configuration: one that is right, and its reader.
type siteFile struct {
	text string
	read func(yamlfile.Source) error
}

// siteFiles are those that ship, and as sites may write them too: as overlays.
func siteFiles(t testing.TB) map[string]siteFile {
	t.Helper()
	text := func(path string) string {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	towns, departments, err := reference.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	known, schema := adapters.Systems(), mapping.SchemaOf(graph.Schema())
	env := cell.Env{Towns: towns, Departments: departments, Divisions: towns}
	layers := func(shipped []yamlfile.Source, read func(yamlfile.Layers) error) func(yamlfile.Source) error {
		return func(s yamlfile.Source) error { return read(yamlfile.Layers{Shipped: shipped, Site: &s}) }
	}
	const document = "query A { towns { code } }"
	manifest := fmt.Sprintf("{\n\"%x\": %q\n}", sha256.Sum256([]byte(document)), document)
	files := map[string]siteFile{
		"policy.yaml": {text("../demo/policy.yaml"), func(s yamlfile.Source) error {
			_, err := ParsePolicy(mapping.Source(s))
			return err
		}},
		"calendar.yaml": {text("../calendar/calendar.yaml"), func(s yamlfile.Source) error {
			_, err := calendar.Parse(&s)
			return err
		}},
		"towns.yaml": {text("../../adapters/reference/towns.yaml"), func(s yamlfile.Source) error {
			_, err := reference.ParseTowns(&s)
			return err
		}},
		"departments.yaml": {text("../../adapters/reference/departments.yaml"), func(s yamlfile.Source) error {
			_, err := reference.ParseDepartments(&s)
			return err
		}},
		"manifest.json": {manifest, func(s yamlfile.Source) error {
			_, err := transport.ReadPersisted(s.Name, s.Data, graph.Schema(), transport.Limits{}.WithDefaults(),
				variablesOnly)
			return err
		}},
	}
	for system, base := range known.Mappings() {
		overlay := func(s yamlfile.Source) error {
			_, err := mapping.Parse(base, []mapping.Source{mapping.Source(s)}, schema, env)
			return err
		}
		files[string(system)+".mapping.yaml"] = siteFile{string(base.Data), overlay}
	}
	for kind, shipped := range map[string]struct {
		files []yamlfile.Source
		read  func(yamlfile.Layers) error
	}{
		"deadlines": {known.Deadlines(), func(l yamlfile.Layers) error {
			_, err := clock.Parse(graph.Schema(), l)
			return err
		}},
		"figures": {known.Figures(), func(l yamlfile.Layers) error {
			_, err := metrics.Parse(graph.Schema(), l)
			return err
		}},
		"annualreport": {known.AnnualReports(), func(l yamlfile.Layers) error {
			_, err := annualreport.Parse(graph.Schema(), l)
			return err
		}},
	} {
		for i, file := range shipped.files {
			text := string(file.Data)
			if at := strings.Index(text, "\nmetrics:"); at >= 0 { // what a site may not write stands before
				text = version.ReplaceAllString(text[at:], "version: 9")
			}
			files[fmt.Sprintf("%s-%d.yaml", kind, i)] = siteFile{"extend: true\n" + text,
				layers(shipped.files, shipped.read)}
		}
	}
	queries := playground.Queries()
	saved, err := fs.Glob(queries, "*.graphql")
	if err != nil || len(saved) == 0 {
		t.Fatal("no saved queries: ", err)
	}
	for _, name := range saved[:3] {
		data, err := fs.ReadFile(queries, name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = siteFile{string(data), func(s yamlfile.Source) error {
			_, err := library.Parse(s.Name, s.Data)
			return err
		}}
	}
	return files
}

// mistakes are what people do to a line of a file.
var mistakes = []func(line string) string{
	func(string) string { return "" },
	func(line string) string { return line + "\n" + line },
	func(line string) string { return " " + line },
	func(line string) string { return "\t" + line },
	func(line string) string { return line[:len(line)/2] },
	func(line string) string { return strings.Replace(line, ":", "s:", 1) },
	func(line string) string { return strings.Replace(line, ":", "：", 1) },
	func(line string) string { return value.ReplaceAllString(line, "$1 ~") },
	func(line string) string { return value.ReplaceAllString(line, "$1") },
	func(line string) string { return value.ReplaceAllString(line, "$1 []") },
	func(line string) string { return value.ReplaceAllString(line, "$1 [[a], {b: c}, ~]") },
	func(line string) string { return value.ReplaceAllString(line, "$1 {}") },
	func(line string) string { return value.ReplaceAllString(line, "$1 {a: [b]}") },
	func(line string) string { return value.ReplaceAllString(line, "$1 -7.5") },
	func(line string) string { return value.ReplaceAllString(line, "$1 9223372036854775808") },
	func(line string) string { return value.ReplaceAllString(line, "$1 不是这样") },
	func(line string) string { return value.ReplaceAllString(line, "$1 \xc1\xd9\xb7\xe7") },
	func(line string) string { return value.ReplaceAllString(line, "$1 ''") },
	func(line string) string { return value.ReplaceAllString(line, "$1 &a [*a]") },
	func(line string) string { return value.ReplaceAllString(line, "$1 |\n") },
}

var version = regexp.MustCompile(`version: \d`)

var value = regexp.MustCompile(`^([^:]*:).*`)

// found is a finding's place.
var found = regexp.MustCompile(`^([^:\n]+):(\d+): \S`)

// TestMistakesInFiles: whatever is done to a line of a file that a site writes, it is read, or each
// finding says in one sentence what is wrong, with the file and a line that it has.
func TestMistakesInFiles(t *testing.T) {
	files := siteFiles(t)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file := files[name]
		t.Run(name, func(t *testing.T) {
			if err := file.read(yamlfile.Source{Name: name, Data: []byte(file.text)}); err != nil {
				t.Fatalf("as it ships: %v", err)
			}
			lines := strings.Split(file.text, "\n")
			tried, wrong := 0, 0
			for i, line := range lines {
				for j, mistake := range mistakes {
					if strings.TrimSpace(line) == "" || (i*len(mistakes)+j)%(1+len(lines)/4) != 0 {
						continue // some of each are enough for each run
					}
					broken := slices.Clone(lines)
					broken[i] = mistake(line)
					tried++
					text := strings.Join(broken, "\n")
					if err := file.read(yamlfile.Source{Name: name, Data: []byte(text)}); err != nil {
						wrong++
						placed(t, name, text, err)
						if t.Failed() {
							t.Fatalf("line %d was %q and is %q", i+1, line, broken[i])
						}
					}
				}
			}
			if wrong == 0 {
				t.Errorf("nothing is wrong with any of %d files", tried)
			}
		})
	}
}

// placed checks that all that an error says has a place in the file.
func placed(t *testing.T, name, text string, err error) {
	t.Helper()
	if !utf8.ValidString(err.Error()) {
		t.Errorf("no text: %q", err)
	}
	for _, line := range strings.Split(err.Error(), "\n") {
		if strings.HasPrefix(line, "    ") || strings.HasPrefix(line, name+": the file is empty") {
			continue // the line itself; a file without lines that say anything
		}
		parts := found.FindStringSubmatch(line)
		if parts == nil || parts[1] != name {
			t.Errorf("without a place in the file: %q", line)
			continue
		}
		if n, _ := strconv.Atoi(parts[2]); n < 1 || n > 1+strings.Count(strings.ReplaceAll(text, "\r", "\n"), "\n") {
			t.Errorf("outside the file: %q", line)
		}
		if len(line) > 1500 {
			t.Errorf("%d bytes: %.200q", len(line), line)
		}
	}
}

// FuzzFiles: no bytes in a file of a site end the process, and all that is found has a place.
func FuzzFiles(f *testing.F) {
	files := siteFiles(f)
	names := slices.Sorted(maps.Keys(files))
	for i, name := range names {
		f.Add(uint8(i), []byte(files[name].text))
	}
	f.Fuzz(func(t *testing.T, i uint8, data []byte) {
		name := names[int(i)%len(names)]
		if err := files[name].read(yamlfile.Source{Name: name, Data: data}); err != nil {
			placed(t, name, string(data), err)
		}
	})
}
