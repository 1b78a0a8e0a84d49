// Package lending maps a lending library onto the graph: a system of another world, by which
// it is tried that a system is one schema file and one folder.
package lending

import (
	"embed"

	"github.com/bureaugraph/bureaugraph/adapters/definition"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

//go:embed *.yaml
var files embed.FS

// System is the system as the program knows it.
func System() definition.System {
	return definition.System{Name: model.SystemLending, Folder: "adapters/lending", Files: files}
}
