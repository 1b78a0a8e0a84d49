package config

import (
	"os"

	"gopkg.in/yaml.v3"
)

// Library is where a site keeps saved queries. The zero value is the shipped ones only.
type Library struct {
	Directory string // of *.graphql files; "" for none
	Save      bool   // whether whoever reaches the playground may save there
}

func (r *reader) library(at *yaml.Node) Library {
	d := r.dict(at, "library", "directory", "save")
	if d == nil {
		return Library{}
	}
	l := Library{Directory: r.text(d, "directory"), Save: r.boolean(d, "save", false)}
	if l.Directory == "" {
		if d["directory"] == nil {
			r.add(at.Line, "library lacks directory: name the directory of the site's saved queries, or leave library out")
		}
		return l
	}
	l.Directory = r.path(l.Directory)
	if info, err := os.Stat(l.Directory); err != nil {
		r.add(d["directory"].Line, "directory: %s; give a directory that the gateway can read", reason(err))
	} else if !info.IsDir() {
		r.add(d["directory"].Line, "directory: %s is a file; give a directory that the gateway can read", l.Directory)
	}
	return l
}
