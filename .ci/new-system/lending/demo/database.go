// Package demo invents the database of the lending library.
package demo

import (
	_ "embed"

	"github.com/bureaugraph/bureaugraph/internal/demo/dataset"
	"github.com/bureaugraph/bureaugraph/internal/demo/legacy"
	"github.com/bureaugraph/bureaugraph/internal/demo/world"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

//go:embed dataset.yaml
var file []byte

// Database invents the loans, books and readers, and what is wrong with some of them.
func Database(w *world.World) *legacy.Database {
	return dataset.Must(w, yamlfile.Source{Name: "lending/dataset.yaml", Data: file}, dataset.Hooks{})
}
