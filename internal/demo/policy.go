package demo

import (
	_ "embed"

	"github.com/bureaugraph/bureaugraph/internal/yamlfile"
)

//go:embed policy.yaml
var policy []byte

// Policy is who may see what of the invented records: roles of a clerk of a town, an officer of
// the legal aid centre, a leader, an auditor and an administrator, whose members have the
// role's name among their groups.
func Policy() yamlfile.Source {
	return yamlfile.Source{Name: "internal/demo/policy.yaml", Data: policy}
}
