package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

func TestStrip(t *testing.T) {
	declares := map[string]bool{"kind": true, "via": true, "search": true}
	for _, test := range []struct{ name, document, want string }{
		{"nothing", "type A { b: String }\n", "type A { b: String }\n"},
		{"empty", "", ""},
		{"without arguments", "type A @kind { b: Int }", "type A { b: Int }"},
		{"with arguments", `type A { b: [B!] @via(field: "a") }`, `type A { b: [B!] }`},
		{"two", `b: Int @via(from: "c") @search(as: [KEY, NUMBER])` + "\nc: Int", "b: Int\nc: Int"},
		{"on lines of their own", "type A implements Node\n  @kind\n  @via(\n    field: \"x\"\n  ) {\n",
			"type A implements Node {\n"},
		{"parentheses and quotes in an argument", `b: Int @via(field: "a)\"(") # c`, `b: Int # c`},
		{"others stay", `b: Int @deprecated(reason: "@kind") @kinder @via`,
			`b: Int @deprecated(reason: "@kind") @kinder`},
		{"descriptions stay", "\"use @kind (or not)\"\nb: Int @kind", "\"use @kind (or not)\"\nb: Int"},
		{"blocks stay", "\"\"\"\n \" @kind\n\"\"\"\nb: Int", "\"\"\"\n \" @kind\n\"\"\"\nb: Int"},
		{"comments stay", "# @kind(\nb: Int @kind # @via\n", "# @kind(\nb: Int # @via\n"},
		{"at the end", "b: Int @via", "b: Int"},
		{"broken off", `b: Int @via(field: "a`, "b: Int"},
	} {
		if got := strip(test.document, declares); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// TestServedSchema: of what is written nothing but declarations is missing from what is served.
func TestServedSchema(t *testing.T) {
	own, err := os.ReadFile("../../" + declarations)
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob("../../" + schemaFiles)
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	ours := map[string]bool{}
	written := []*ast.Source{{Name: declarations, Input: string(own)}}
	var served []*ast.Source
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		written = append(written, &ast.Source{Name: path, Input: string(text)})
	}
	whole, err := gqlparser.LoadSchema(written...)
	if err != nil {
		t.Fatal(err)
	}
	for name, directive := range whole.Directives {
		if directive.Position.Src.Name == declarations {
			ours[name] = true
		}
	}
	for _, s := range written[1:] {
		served = append(served, &ast.Source{Name: s.Name, Input: strip(s.Input, ours)})
	}
	schema, err := gqlparser.LoadSchema(served...) // an unknown directive would be an error
	if err != nil {
		t.Fatal(err)
	}
	for name, def := range schema.Types {
		of := whole.Types[name]
		if of == nil || len(of.Fields) != len(def.Fields) || of.Description != def.Description {
			t.Errorf("%s is not what was written", name)
			continue
		}
		for i, f := range def.Fields {
			w := of.Fields[i]
			if f.Name != w.Name || f.Type.String() != w.Type.String() || f.Description != w.Description ||
				len(f.Arguments) != len(w.Arguments) {
				t.Errorf("%s.%s is not what was written", name, f.Name)
			}
		}
	}
	for name, def := range whole.Types {
		if schema.Types[name] == nil && def.Position.Src.Name != declarations {
			t.Errorf("%s is not served", name)
		}
	}
}
