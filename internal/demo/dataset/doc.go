// Package dataset invents a legacy database from a file that describes it: its tables, what
// stands in their columns and how often, and the dirt with what the gateway must report of it.
// What a file cannot say stays Go, in Hooks. The same file and district give the same rows.
//
//	database: lending              name of the schema
//	charset: utf8mb4               of its tables; latin1: gbk or utf8, the bytes of latin1 columns
//	seed: lending                  the source of chance
//	codes: {sex: {"1": 男}}         labels of codes, or a list of labels, whose codes count from 1
//	values: {topic: [离婚, 工伤]}    values with a name, made anew wherever they stand
//	tables:
//	  jy_jieyue:
//	    primary: [id]
//	    spans: [{rows: 60, from: 2023-03-01, before: 2024-05-01}]
//	    columns:
//	      id: {sql: int, is: "{row}"}
//	      jcrq: {sql: varchar(20), comment: 借出日期, is: ["{day|2006-01-02}", "{day|20060102}"]}
//	    record: LibraryLoan
//	    dirt:
//	      - {in: jcrq, field: receivedOn, rule: IMPOSSIBLE_DATE, raw: 2023-02-30}
//
// # Values
//
// A text is written as it stands, with what is in braces in its place: a value by its name, a
// number from a range ({1..6}), a part ({person.name}), each followed by filters
// ({day|days:3|2006-01-02}, see filter.go). A text of one pair of braces and nothing else gives
// the value as it is, and a NULL in braces makes the whole text NULL. A list takes one of its
// items, each as likely as the other, or as its weight says: [{70: 是}, {30: 否}]. A map is one of
//
//	{by: kind, "01|02": a, none: b, else: c}   by a value; none is NULL, and so is what is not said
//	{use: name, day: "{filed}"}                a value of the file or of Hooks, with these names set
//	{of: persons, first: 300}                  somebody of the district, or one of the first
//	{join: "、", times: 1..3, item: value}      several, joined
//	{count: "{day|2006}"}                      the next number of that run, from 1
//
// # Rows
//
// The rows of a table are rows, a list of lists; or there is one for each of what each names,
// which is firms, lawyers, towns, or a source of Hooks; for each code of the lists in codes; for as
// many as times says; for days drawn in spans; or for the days of yearly, the volume of 2023 and
// half of it in each of the half-years around it, spread as months says. Volumes follow the scale
// of the demo where they are written as "scaled 500". With, a table has a row with each of another
// table, and knows its names; like, it has the columns and the first rows of another, as a backup.
//
// A row draws let, which are no columns, then its columns in their order, then those that last
// lists. copies enters rows once more, that of a number, or any, with something else set. late are
// rows that come when all others are there, with what they set and what is found in them.
//
// # Dirt
//
// Of the rows that are served (served: what columns must hold) and not spared (spare: true for a
// row, in the columns spared or all), those that fit are spoilt to a share, 1% or 5‰, two at least.
// A row fits if its cell holds something, or if it is as when says. What stands there instead is
// raw, or one of turns after the other; with label the column beside a code gets the label of
// another. also is what changes in the row besides. fields report the rule. rows names rows by
// number instead. Rows are drawn in their order, or, with draw: shuffled, in any, and the share is
// then one of all rows.
//
// Each table is filled, copied and spoilt before the next, and what is late comes last, unless steps
// says otherwise: fill, copy, spoil and late with a table, go with a step of Hooks.
package dataset
