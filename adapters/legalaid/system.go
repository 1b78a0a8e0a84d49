// Package legalaid maps the legal aid system (法律援助) onto the graph: aid cases with
// applicants, objections and changes of lawyer, consultations, duty lawyers' help, and the
// registers of lawyers and law firms that the other systems refer to.
//
// The system is of the pinyin-initials style. Its habits:
//
//   - Texts are GBK bytes in latin1 columns.
//   - Beside most code columns stands a twin with the suffix js (解释) that repeats the
//     label; code and label are edited apart and can disagree.
//   - Yes/no columns begin with sf (是否) and use 1/0, Y/N or 是/否, each column its own;
//     sex is 1/2 for applicants and 0/1 for lawyers.
//   - Several values of one cell are joined by |, often with a bar before and behind.
//   - There are no foreign keys; 0 and blank mean none. A case names its lawyer by
//     licence, older ones by name only, and a name alone is no link.
//   - Rows are deleted by setting sc_bz to 1.
package legalaid

import (
	"embed"

	"github.com/bureaugraph/bureaugraph/adapters/definition"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

//go:embed *.yaml
var files embed.FS

// System is the system as the program knows it.
func System() definition.System {
	return definition.System{Name: model.SystemLegalAid, Folder: "adapters/legalaid", Files: files}
}
