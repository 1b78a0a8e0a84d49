package server

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/bureaugraph/bureaugraph/graph"
	"github.com/bureaugraph/bureaugraph/internal/cost"
)

// fenced is an operation in a document for people.
var fenced = regexp.MustCompile("(?s)```graphql\n(.*?)```")

// shipped gives the operations that this repository ships, shows or promises to answer: saved
// queries, golden operations, those of the benchmarks, the documents and the frontend.
func shipped(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, pattern := range []string{"../../playground/queries/*.graphql", "../tests/answers/testdata/*.graphql",
		"../bench/operations/*.graphql", "../../docs/questions/*", "../../docs/*.md", "../../README.md",
		"../../docs/examples/frontend/src/*.graphql"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				continue // a directory
			}
			if filepath.Ext(file) == ".graphql" {
				all[file] = string(data)
			}
			for _, found := range fenced.FindAllStringSubmatch(string(data), -1) {
				all[file+": "+found[1]] = found[1]
			}
		}
	}
	return all
}

// TestShippedAreWithinLimits: all that ships passes the limits that hold where nothing is configured,
// with room for larger pages.
func TestShippedAreWithinLimits(t *testing.T) {
	model := cost.New(graph.Schema(), costs())
	limits := cost.Limits{}.WithDefaults()
	operations := 0
	for name, text := range shipped(t) {
		document, err := parser.ParseQuery(&ast.Source{Input: text})
		if err != nil {
			continue // schema text, or a part
		}
		shape := cost.ShapeOf(document)
		for _, e := range limits.Shape(shape) {
			t.Errorf("%s: %s", name, e.Sentence)
		}
		valid, errs := gqlparser.LoadQueryWithRules(graph.Schema(), text, nil)
		if len(errs) > 0 {
			continue
		}
		for _, op := range valid.Operations {
			operations++
			e := model.Estimate(op, nil)
			for _, over := range limits.Estimate(e, model.Usual) {
				t.Errorf("%s: %s", name, over.Sentence)
			}
		}
	}
	if operations < 60 {
		t.Errorf("%d operations were found", operations)
	}
}
