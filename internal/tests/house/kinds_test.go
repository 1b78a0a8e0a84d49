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

// TestKindsAreNamedByTheirSystems: what is said of a kind of record stands in its system's schema
// file and folder; what by nature joins systems stands in internal/joins.
func TestKindsAreNamedByTheirSystems(t *testing.T) {
	kinds := kindNames(t)
	if len(kinds) < 20 {
		t.Fatalf("adapters/set.generated.go has %d kinds", len(kinds))
	}
	may := map[string][]string{ // by folder; nil is every kind
		"internal/joins":   nil,
		"internal/demo":    nil, // what invents them
		"internal/bench":   nil, // what measures a server written for them by hand
		"graph/model":      nil, // computed fields are methods of the structs
		"internal/linkage": {"Lawyer", "Lawyers"},
		"resolvers":        {"Lawyer", "Lawyers", "NotarialApplicant", "ReconsiderationApplicant"}, // of answers
	}
	root := "../../.."
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		name := entry.Name()
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "node_modules"):
			return filepath.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.Contains(name, "generated") ||
			strings.HasSuffix(name, "_test.go"):
			return nil
		}
		pkg, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		allowed, isAllowed := may[pkg]
		if isAllowed && allowed == nil || strings.HasPrefix(pkg, "internal/demo/") ||
			strings.HasPrefix(pkg, "internal/bench/") {
			return nil
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if ok && kinds[selector.Sel.Name] && !slices.Contains(allowed, selector.Sel.Name) {
				t.Errorf("%s names %s: declare it in its system, or put what joins systems into internal/joins",
					files.Position(selector.Pos()), selector.Sel.Name)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// kindNames are the kinds of records and their fields in adapters.Set: Lawyer and Lawyers.
func kindNames(t *testing.T) map[string]bool {
	t.Helper()
	const set = "../../../adapters/set.generated.go"
	file, err := parser.ParseFile(token.NewFileSet(), set, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok || spec.Name.Name != "Set" {
			return true
		}
		for _, field := range spec.Type.(*ast.StructType).Fields.List {
			source, isSource := field.Type.(*ast.StarExpr).X.(*ast.IndexExpr)
			if !isSource {
				continue
			}
			names[field.Names[0].Name] = true
			names[source.Index.(*ast.SelectorExpr).Sel.Name] = true
		}
		return false
	})
	return names
}
