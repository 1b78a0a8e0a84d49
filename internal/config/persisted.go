package config

import (
	"os"

	"gopkg.in/yaml.v3"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
)

// Persisted are documents that clients name instead of sending. The zero value is none.
type Persisted struct {
	Manifest *mapping.Source // JSON, documents by id; nil for none. The server checks it against the schema
	Only     bool            // refuses every other document
}

func (r *reader) persisted(at *yaml.Node) Persisted {
	d := r.dict(at, "persistedDocuments", "manifest", "only")
	if d == nil {
		return Persisted{}
	}
	p := Persisted{Only: r.boolean(d, "only", false)}
	file := r.text(d, "manifest")
	if file == "" {
		if d["manifest"] == nil {
			r.add(at.Line, "persistedDocuments lacks manifest: name the file that the clients' code generator wrote, or leave persistedDocuments out")
		}
		return p
	}
	file = r.path(file)
	data, err := os.ReadFile(file)
	if err != nil {
		r.add(d["manifest"].Line, "manifest: %s; give a file that the gateway can read", reason(err))
		return p
	}
	p.Manifest = &mapping.Source{Name: file, Data: data}
	return p
}
