package config

import (
	"os"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Persisted are documents that clients name instead of sending. The zero value is none.
type Persisted struct {
	Manifest *mapping.Source // JSON, documents by id; nil for none. The server checks it against the schema
	Only     bool            // refuses every other document
}

func (r *reader) persisted(at *yamlfile.Node) Persisted {
	d := r.Dict(at, "persistedDocuments", "manifest", "only")
	if !d.IsMap() {
		return Persisted{}
	}
	p := Persisted{Only: d.Bool("only", false)}
	file := d.Text("manifest")
	if file == "" {
		if !d.Has("manifest") {
			r.Add(at.Pos,
				"persistedDocuments lacks manifest: name the file that the clients' code generator wrote, or "+
					"leave persistedDocuments out")
		}
		return p
	}
	file = r.path(file)
	data, err := os.ReadFile(file)
	if err != nil {
		r.Add(d.At("manifest"), "manifest: %s; give a file that the gateway can read", reason(err))
		return p
	}
	p.Manifest = &mapping.Source{Name: file, Data: data}
	return p
}
