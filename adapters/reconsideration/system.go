// Package reconsideration maps the reconsideration office's case system (行政复议办案系统),
// a Java program of 2010 that was moved from Oracle to MySQL.
//
// One row of about ninety columns follows a case from reception to closing; applicants,
// third parties, hearings, lawsuits and letters have tables of their own. Its habits:
// upper-case names; varchar for everything, UTF-8 bytes in latin1 columns (hence the
// file-wide charset); ids of 20 digits in varchar beside ids in double; every date twice,
// planned or entered and real, in whatever layout the form of the day wrote; people of
// one role in one cell; check-box groups as "0, 0, 1, 0"; numbered approval columns; an
// old and a new list for fields of administration (GLLY_OLD, GLLY) and for outcomes
// (JAFS_OLD, JAFS); path codes for units; column names that lost a letter. The deletion
// flag means 1 deleted in most tables and 1 alive in T_FY_SS.
package reconsideration

import (
	"embed"

	"github.com/bureaugraph/bureaugraph/adapters/definition"
	"github.com/bureaugraph/bureaugraph/graph/model"
)

//go:embed *.yaml
var files embed.FS

// System is the system as the program knows it.
func System() definition.System {
	return definition.System{Name: model.SystemReconsideration, Folder: "adapters/reconsideration", Files: files}
}
