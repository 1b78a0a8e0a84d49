// Package definition says what a legacy system is besides its schema: the files of its
// folder.
//
//	mapping.yaml       its tables; package mapping tells how the file works
//	figures.yaml       its statistics and metrics; package metrics
//	deadlines.yaml     its statutory periods; package clock. A system without any has no file
//	annualreport.yaml  its figures in the annual report; package annualreport. The same holds
package definition

import (
	"errors"
	"io/fs"

	"github.com/bureaugraph/bureaugraph/graph/model"
	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

// System is one legacy system that the program knows.
type System struct {
	Name   model.System
	Folder string // stands in findings: "adapters/legalaid"
	Files  fs.FS  // of the folder
}

// Mapping is the mapping that comes with the program; a site lays its overlay over it.
func (s System) Mapping() yamlfile.Source {
	file, known := s.file("mapping.yaml")
	if !known {
		panic("definition: " + s.Folder + " has no mapping.yaml")
	}
	return file
}

// file reads a file of the folder; known is false where the system has none of the name.
func (s System) file(name string) (file yamlfile.Source, known bool) {
	data, err := fs.ReadFile(s.Files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return file, false
	}
	if err != nil {
		panic("definition: " + err.Error()) // the files are a part of the program
	}
	return yamlfile.Source{Name: s.Folder + "/" + name, Data: data}, true
}

// Systems are the systems that a program knows.
type Systems []System

// Mappings gives the mapping of each system.
func (all Systems) Mappings() map[model.System]yamlfile.Source {
	mappings := map[model.System]yamlfile.Source{}
	for _, s := range all {
		mappings[s.Name] = s.Mapping()
	}
	return mappings
}

// Figures gives the figures.yaml of the systems that have one.
func (all Systems) Figures() []yamlfile.Source { return all.files("figures.yaml") }

// Deadlines gives the deadlines.yaml of the systems that have one.
func (all Systems) Deadlines() []yamlfile.Source { return all.files("deadlines.yaml") }

// AnnualReports gives the annualreport.yaml of the systems that have one.
func (all Systems) AnnualReports() []yamlfile.Source { return all.files("annualreport.yaml") }

func (all Systems) files(name string) (files []yamlfile.Source) {
	for _, s := range all {
		if file, known := s.file(name); known {
			files = append(files, file)
		}
	}
	return files
}
