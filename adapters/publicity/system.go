// Package publicity maps the law publicity system (普法宣传), a database in full pinyin
// (huodong, huodongbianhao, ...) grown out of a code generator: every code column ends in
// _types and is explained by one table `dictionary` for all of them, editors left HTML in
// the text columns, dates are varchars in whatever layout the clerk typed, and the flag
// huodong_delete is 1 for a row that is alive and 2 for one that is deleted. The column
// beizhu is latin1 with UTF-8 bytes in it. Honours are a spreadsheet that was imported
// whole: Chinese headers as column names, all varchar(255), no key, totals rows (合计)
// and repeated headers among the data.
package publicity

import (
	"embed"

	"github.com/bureaugraph/bureaugraph/adapters/definition"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

//go:embed *.yaml
var files embed.FS

// System is the system as the program knows it.
func System() definition.System {
	return definition.System{Name: model.SystemPublicity, Folder: "adapters/publicity", Files: files}
}
