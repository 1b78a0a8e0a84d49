// Package notarization maps the database of the notary office (公证处) onto the graph.
//
// Its style is that of a small company's web shop: English camelCase names, many of them
// reserved words (tables order, user, group; columns when, describe, transaction, order),
// ENUM columns that grew by ALTER whenever a kind of matter was added, matter codes as
// pinyin initials, states as Chinese words, and further particulars as rows of name and
// value. Its odd habits:
//
//   - Days stand as DATETIME, DATE, BIGINT milliseconds (0 for none), and typed text,
//     each column in its own way; 9999-12-31 and 0000-00-00 mean "open".
//   - deleted is 1 for a deleted matter, isDelete is 1 for a live party.
//   - A bill is one row of the table order with four ways to write an amount: typed text
//     ('3,000元'), decimal(10,2), fen as INT, and decimal(65,30).
//   - A matter names its notary by licence number, its bill and its office by id.
//   - The name-value rows hold what wills say and where people live. Those names are
//     dropped by the mapping: such a row is never read, counted or served.
package notarization

import (
	"embed"

	"github.com/bureaugraph/bureaugraph/adapters/definition"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

//go:embed *.yaml
var files embed.FS

// System is the system as the program knows it.
func System() definition.System {
	return definition.System{Name: model.SystemNotarization, Folder: "adapters/notarization", Files: files}
}
