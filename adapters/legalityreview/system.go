// Package legalityreview maps the legality review system (合法性审查, database hfsc) onto
// the graph.
//
// The system was built on RuoYi, a Java scaffold: English snake_case names, del_flag,
// create_by and friends in every table, and its codes in one dictionary table,
// sys_dict_data. Its odd habits:
//   - del_flag "2" is a deleted matter, but "1" a deleted round.
//   - Columns that came with the first release are DATETIME; what the forms added later
//     (letter date, adoption, decision, publication) is text as the clerks typed it.
//   - NOT NULL DATETIME columns hold 0000-00-00 00:00:00 for "not yet".
//   - The drafting unit's dept_id means a row of the local sys_dept, whose ids no other
//     system knows; the copied name beside it is what can be resolved.
//   - Some codes of the dictionary are disabled (status 1) but old rows still hold them.
//   - Contract amounts are in 万元 unless the clerk wrote a unit.
//   - Rows entered by the account test01 are trials from before the launch.
package legalityreview

import (
	"embed"

	"github.com/bureaugraph/bureaugraph/adapters/definition"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

//go:embed *.yaml
var files embed.FS

// System is the system as the program knows it.
func System() definition.System {
	return definition.System{Name: model.SystemLegalityReview, Folder: "adapters/legalityreview", Files: files}
}
