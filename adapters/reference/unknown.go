package reference

import (
	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/near"
)

// Gazetteer knows towns or departments by all their names.
type Gazetteer interface {
	Find(text string) (code string, ok bool)
	Near(text string) []string
}

// Unknown tells which texts name nothing of the reference data, and what is near; kind is
// town or department.
func Unknown(argument, kind string, texts []string, known Gazetteer) (faults []error) {
	for _, t := range texts {
		if _, ok := known.Find(t); !ok {
			faults = append(faults, fault.Input(argument,
				"%q is no %s of the reference data; see %[2]ss { code name }%[3]s", t, kind, near.Hint(known.Near(t))))
		}
	}
	return faults
}
