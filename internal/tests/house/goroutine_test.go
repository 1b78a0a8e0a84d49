package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestNoBareGoroutines keeps panics inside the goroutines they happen in: whatever runs at
// the same time is begun by internal/fanout, which turns them into faults. What could begin
// a goroutine otherwise, a go statement or a type whose method does, is not named at all.
func TestNoBareGoroutines(t *testing.T) {
	exempt := []string{ // serve nobody
		"internal/bench",  // loads a server, as a process of its own
		"internal/dbtest", // stands between a test and its server
	}
	beginners := map[string][]string{ // by import path; nil: nothing of the package
		"sync":                       {"WaitGroup"},
		"time":                       {"AfterFunc"},
		"context":                    {"AfterFunc"},
		"golang.org/x/sync/errgroup": nil,
	}
	files := 0
	err := filepath.WalkDir("../../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inside := filepath.ToSlash(strings.TrimPrefix(path, "../../../"))
		if entry.IsDir() {
			if name := entry.Name(); name == "node_modules" || name == ".git" || name == "testdata" ||
				slices.Contains(exempt, inside) || inside == "internal/fanout" {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil // a panic of a test is the test's failure
		}
		files++
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, found := range goroutines(file, beginners) {
			t.Errorf("%s: %s; begin goroutines with internal/fanout, which no panic leaves", set.Position(found.at),
				found.what)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 100 {
		t.Errorf("only %d files were looked at", files)
	}
}

func TestBareGoroutinesAreFound(t *testing.T) {
	beginners := map[string][]string{"sync": {"WaitGroup"}, "golang.org/x/sync/errgroup": nil}
	for _, tt := range []struct {
		source string
		want   int
	}{
		{"func f() { go f() }", 1},
		{"import \"sync\"\nfunc f() { var wg sync.WaitGroup; wg.Wait() }", 1},
		{"import s \"sync\"\ntype t struct { s.WaitGroup }", 1},
		{"import . \"sync\"", 1},
		{"import \"golang.org/x/sync/errgroup\"", 1},
		{"import \"sync\"\nvar m sync.Mutex", 0},
		{"type t struct { WaitGroup int }\nfunc f(v t) int { return v.WaitGroup }", 0},
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "f.go", "package p\n"+tt.source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if got := goroutines(file, beginners); len(got) != tt.want {
			t.Errorf("%q: %d findings, want %d", tt.source, len(got), tt.want)
		}
	}
}

type beginning struct {
	at   token.Pos
	what string
}

// goroutines finds go statements and what of the given packages begins goroutines.
func goroutines(file *ast.File, beginners map[string][]string) (found []beginning) {
	names := map[string][]string{} // by the package's name in the file
	for _, spec := range file.Imports {
		path := strings.Trim(spec.Path.Value, `"`)
		of, known := beginners[path]
		name := path[strings.LastIndex(path, "/")+1:]
		if spec.Name != nil {
			name = spec.Name.Name
		}
		switch {
		case !known:
		case of == nil || name == ".":
			found = append(found, beginning{spec.Pos(), "imports " + path})
		default:
			names[name] = of
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = append(found, beginning{n.Pos(), "a go statement"})
		case *ast.SelectorExpr:
			if of, ok := n.X.(*ast.Ident); ok && slices.Contains(names[of.Name], n.Sel.Name) {
				found = append(found, beginning{n.Pos(), of.Name + "." + n.Sel.Name})
			}
		}
		return true
	})
	return found
}
