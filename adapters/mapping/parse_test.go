package mapping_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/bureaugraph/bureaugraph/internal/tests/golden"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/bureaugraph/bureaugraph/adapters/cell"
	"github.com/bureaugraph/bureaugraph/adapters/mapping"
)

// `go test ./adapters/mapping -update` rewrites the golden files.
var update = flag.Bool("update", false, "rewrite golden files")

// places is a gazetteer that knows nothing, which is enough to check a mapping.
type places struct{}

func (places) Find(string) (string, bool) { return "", false }

func (places) Spellings(string) []string { return nil }

func env() cell.Env { return cell.Env{Towns: places{}, Departments: places{}} }

func schema(t testing.TB) mapping.Schema {
	t.Helper()
	sdl, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphqls",
		Input: string(read(t, "testdata/schema.graphqls").Data)})
	if err != nil {
		t.Fatal(err)
	}
	return mapping.SchemaOf(sdl)
}

func read(t testing.TB, path string) mapping.Source {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return mapping.Source{Name: filepath.Base(path), Data: data}
}

func TestGood(t *testing.T) {
	base := read(t, "testdata/good.yaml")
	for _, test := range []struct {
		name     string
		overlays []mapping.Source
		golden   string
	}{
		{"base", nil, "testdata/good.txt"},
		{"overlay", []mapping.Source{read(t, "testdata/good.overlay.yaml")}, "testdata/good.overlay.txt"},
		{"overlay of comments changes nothing", []mapping.Source{{Name: "site.yaml", Data: []byte("# nothing yet\n")}},
			"testdata/good.txt"},
		{"later overlay wins", []mapping.Source{
			{Name: "city.yaml", Data: []byte("records: {LegalAidCase: {table: city, fields: {summary: ~}}}")},
			read(t, "testdata/good.overlay.summary.yaml"),
			read(t, "testdata/good.overlay.yaml"),
		}, "testdata/good.overlay.txt"},
	} {
		t.Run(test.name, func(t *testing.T) {
			file, err := mapping.Parse(base, test.overlays, schema(t), env())
			if err != nil {
				t.Fatal(err)
			}
			golden.Check(t, test.golden, file.String(), *update)
		})
	}
}

// TestBad holds every rule of the mapping: a bad file and its exact message. A file
// named *.overlay.yaml is laid over the good one.
func TestBad(t *testing.T) {
	paths, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatal("no bad files", err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".yaml")
		t.Run(name, func(t *testing.T) {
			base, overlays := read(t, path), []mapping.Source(nil)
			if strings.HasSuffix(name, ".overlay") {
				base, overlays = read(t, "testdata/good.yaml"), []mapping.Source{base}
			}
			file, err := mapping.Parse(base, overlays, schema(t), env())
			if file != nil || err == nil {
				t.Fatalf("want findings, got %v", file)
			}
			golden.Check(t, strings.TrimSuffix(path, ".yaml")+".txt", err.Error()+"\n", *update)
		})
	}
}

func TestFindings(t *testing.T) {
	base := mapping.Source{Name: "base.yaml",
		Data: []byte("system: legal-aid\nrecords:\n  LegalAidCas: {}\nrecord: 1\n")}
	site := mapping.Source{Name: "a-site.yaml", Data: []byte("sytem: x\n")}
	_, err := mapping.Parse(base, []mapping.Source{site}, schema(t), env())
	findings, ok := errors.AsType[mapping.Findings](err)
	if !ok {
		t.Fatalf("want Findings, got %v", err)
	}
	var places []mapping.Pos
	var lines []string
	for _, f := range findings {
		places, lines = append(places, f.Pos), append(lines, f.Line)
	}
	want := []mapping.Pos{{File: "base.yaml", Line: 3, Column: 3}, {File: "base.yaml", Line: 4, Column: 1},
		{File: "a-site.yaml", Line: 1, Column: 1}}
	if diff := cmp.Diff(want, places); diff != "" {
		t.Errorf("places, base before overlay (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"LegalAidCas: {}", "record: 1", "sytem: x"}, lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

// TestKinds maps a field of every kind in the good file, so a new kind of cell needs a
// place in the graph's types first.
func TestKinds(t *testing.T) {
	file, err := mapping.Parse(read(t, "testdata/good.yaml"), nil, schema(t), env())
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, table := range file.Records {
		for _, f := range table.Fields {
			kinds = append(kinds, f.Spec.Kind)
		}
	}
	slices.Sort(kinds)
	if diff := cmp.Diff(cell.Kinds(), slices.Compact(kinds)); diff != "" {
		t.Errorf("kinds of cell (-want +got):\n%s", diff)
	}
}

// FuzzParse: arbitrary bytes, as base and as overlay, never panic, and give either a
// file that prints or findings that lie inside the files.
func FuzzParse(f *testing.F) {
	good := read(f, "testdata/good.yaml")
	graph := schema(f)
	paths, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range append(paths, "testdata/good.yaml", "testdata/good.overlay.yaml") {
		f.Add(read(f, path).Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		input := mapping.Source{Name: "input.yaml", Data: data}
		for _, sources := range [][]mapping.Source{{input}, {good, input}, {input, input}} {
			file, err := mapping.Parse(sources[0], sources[1:], graph, env())
			if (file == nil) == (err == nil) {
				t.Fatalf("file %v, error %v", file, err)
			}
			if err == nil {
				_ = file.String()
				continue
			}
			findings, _ := errors.AsType[mapping.Findings](err)
			for _, finding := range findings {
				lines := 1 + strings.Count(string(good.Data), "\n") + strings.Count(string(data), "\n")
				if finding.Message == "" || finding.Pos.Line < 0 || finding.Pos.Line > lines {
					t.Fatalf("finding outside the file: %+v", finding)
				}
			}
		}
	})
}
