// Package report turns an operation and its answers into rows: what a file of a query,
// and a report over HTTP, hold. It is pure: it plans which operations to run and reads
// their answers, and runs nothing itself.
//
// An operation gives one table for each list at its root, or below a single object
// there, and one for all that is single. Lists inside a record become rows of their own,
// with the record's values repeated on each; two such lists follow one another. Columns
// of a record with lists inside are marked (Column.Repeats), and a reader tells which cells
// of a row stood on a row before (Reader.Repeated): they count once. The playground
// flattens by the same rules, in playground/src/flatten.ts.
package report
