package config

import (
	"os"

	"github.com/bureaugraph/bureaugraph/adapters/mapping"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Persisted are documents that clients name instead of sending. The zero value is none.
type Persisted struct {
	Manifest  *mapping.Source // JSON, documents by id; nil for none. The server checks it against the schema
	Only      bool            // refuses every other document
	Log       bool            // tells the log of every other document, once
	Record    string          // a manifest to which every other document is added; "" for none
	Automatic int             // how many that clients send with their hash are kept; 0 for none
}

func (r *reader) persisted(at *yamlfile.Node) Persisted {
	d := r.Dict(at, "persistedDocuments", "manifest", "only", "log", "record", "automatic")
	if !d.IsMap() {
		return Persisted{}
	}
	p := Persisted{Only: d.Bool("only", false), Log: d.Bool("log", false), Automatic: d.Int("automatic", 1, 100_000)}
	if p.Record = d.Text("record"); p.Record != "" {
		p.Record = r.path(p.Record)
	}
	if p.Only && (p.Log || p.Record != "" || p.Automatic > 0) {
		r.Add(d.At("only"), "only refuses every other document, and log, record and automatic are for those: leave them out")
	}
	file := d.Text("manifest")
	if file == "" {
		if !d.Has("manifest") && !p.Log && p.Record == "" && !d.Has("automatic") {
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
