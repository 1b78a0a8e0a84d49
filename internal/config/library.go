package config

import (
	"os"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// Library is where a site keeps saved queries. The zero value is the shipped ones only.
type Library struct {
	Directory string // of *.graphql files; "" for none
	Save      bool   // whether whoever reaches the playground may save there
}

func (r *reader) library(at *yamlfile.Node) Library {
	d := r.Dict(at, "library", "directory", "save")
	if !d.IsMap() {
		return Library{}
	}
	l := Library{Directory: d.Text("directory"), Save: d.Bool("save", false)}
	if l.Directory == "" {
		if !d.Has("directory") {
			r.Add(at.Pos,
				"library lacks directory: name the directory of the site's saved queries, or leave library out")
		}
		return l
	}
	l.Directory = r.path(l.Directory)
	if info, err := os.Stat(l.Directory); err != nil {
		r.Add(d.At("directory"), "directory: %s; give a directory that the gateway can read", reason(err))
	} else if !info.IsDir() {
		r.Add(d.At("directory"), "directory: %s is a file; give a directory that the gateway can read", l.Directory)
	}
	return l
}
