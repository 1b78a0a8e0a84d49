package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// TestSharedFiles: a schema file that is no system's names no kind of record; systems extend what
// stands there from their own files.
func TestSharedFiles(t *testing.T) {
	paths, err := filepath.Glob("../../" + schemaFiles)
	if err != nil {
		t.Fatal(err)
	}
	kinds, shared := map[string]bool{}, map[string]*ast.SchemaDocument{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		document, err := parser.ParseSchema(&ast.Source{Name: filepath.Base(path), Input: string(text)})
		if err != nil {
			t.Fatal(err)
		}
		isShared := true
		for _, def := range document.Definitions {
			if def.Directives.ForName("kind") != nil {
				kinds[def.Name], isShared = true, false
			}
		}
		if isShared {
			shared[filepath.Base(path)] = document
		}
	}
	delete(shared, "aid.graphqls")   // what by nature joins systems
	delete(shared, "stats.graphqls") // written from the figures of the systems
	delete(kinds, "Lawyer")          // shared by all
	if len(kinds) < 20 || len(shared) < 5 {
		t.Fatalf("%d kinds and %d shared files", len(kinds), len(shared))
	}
	for _, document := range shared {
		for _, def := range append(document.Definitions, document.Extensions...) {
			if kinds[def.Name] {
				t.Errorf("%s:%d: %s belongs into the file of its system", def.Position.Src.Name, def.Position.Line, def.Name)
			}
			for _, f := range def.Fields {
				if kinds[f.Type.Name()] {
					t.Errorf("%s:%d: %s.%s leads to a %s: extend %[3]s in the file of its system", f.Position.Src.Name,
						f.Position.Line, def.Name, f.Name, f.Type.Name())
				}
			}
		}
	}
}
