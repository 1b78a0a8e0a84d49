// Package mapping reads a system's mapping file, lays a site's overlays over it, checks
// everything, and gives Tables: plain values that say which column holds which field
// and how its cells are read. It is pure: bytes in, values or findings out.
//
// # The file
//
// Every legacy system has one YAML file. It names the system, then each kind of record
// with the table that holds it, then each field with its column:
//
//	system: legal-aid
//	records:
//	  LegalAidCase:
//	    table: flyz_ajxx
//	    key: [aj_id]
//	    keep: {sc_bz: ["0", null]}
//	    drop: {申请人: ["合计"]}
//	    fields:
//	      number:     {column: ajbh, cell: text}
//	      status:     {column: zt, cell: enum, values: {"10": APPLIED, "20": GRANTED}, else: OTHER}
//	      acceptedOn: {column: slrq, cell: day, layouts: ["20060102", "2006-1-2"], empty: ["0000-00-00"]}
//	      town:       {column: szxz, cell: town}
//	    orders: {ACCEPTED_ON: acceptedOn, NUMBER: number}
//
// Names of records, fields, enum values and orders are those of the graph (see
// /schema.graphql of a running gateway). Names of tables and columns are those of the
// legacy database. There are no expressions: what cannot be said here is Go code in the
// system's package.
//
// A code is text, so quote it: YAML reads 01 as the number 1, and some readers take N
// for false. The gateway refuses such a code instead of guessing.
//
// # A record
//
//   - table: the legacy table; or select: "SELECT ...", a constant sub-select that
//     stands in its place. One of the two.
//   - key: the columns that tell one row from another.
//   - keep: rows that are served. Per column the accepted values, null for SQL NULL;
//     every column must agree.
//   - drop: rows that are not served, such as the totals row of a spreadsheet. One
//     column that agrees is enough.
//   - charset: how the table's columns are stored, if the file's own charset is wrong
//     for this table.
//   - fields: see below.
//   - orders: by which field the lists can be ordered, under the names of the graph's
//     enum <Record>OrderField. The first is the default. The fields need an index:
//     `gateway check` reports those without one, by which a large table is not ordered.
//   - sequence: which days come after which: {closedOn: [receivedOn, assignedOn]}. A later day that
//     lies before an earlier one is a finding about the record. Name what the law or logic puts in
//     order, and no planned days: these may be missed.
//   - bands: size bands of a number, for the graph's dimensions …_BAND: {audience: [0, 50, 100]} is
//     0 to 49, 50 to 99, and 100 and above. Bands of an age are ten years wide at least, since a
//     finer one would tell the resident number; filters take no other bounds.
//
// # A field
//
// The name is that of the graph; a dot leads into a part of the record: fees.notary.
//
//   - column: where it is stored. cell: how it is written there, a word of cell.Kinds.
//   - refers: for a relation, the record or entity that the value identifies: Person,
//     Lawyer, LegalAidApplicant. The cells town and department know it themselves.
//   - layouts: how dates are written, in the manner of Go (20060102, 2006-1-2, 2006年1月2日),
//     or one of the words chinese, excel, epoch-ms, epoch-s. The first that fits wins.
//   - native: true: the column is a DATE or DATETIME. Instead of layouts.
//   - sorted: true: the column is text in one zero-padded layout, all rows of it, so
//     that the database can compare texts as dates. The site vouches for it.
//   - from, before: the accepted range of a date or number, the end not included.
//   - empty: texts that mean "nothing there", besides NULL and blanks.
//   - values: what each code means, an enum value; for a bool, true or false.
//   - dictionary: instead of values, the code table in the database: table, code (column),
//     label (column), where (column: value), labels (label: enum value).
//   - else: the enum value of a code that is not listed; without it such a cell is null.
//   - twin: {column: ztjs, labels: {"10": 待审}}: a second column shows the label of the
//     code; a row where the two disagree is reported.
//   - separator: what stands between the items of a list or of enums. positional: true:
//     the cell is a row of flags, "0, 0, 1", and values counts them from "1".
//   - unit: of a money column: yuan, fen or wan (10,000 yuan).
//   - charset: gbk, gbk-in-latin1, utf8-in-latin1, or none. It may also stand on the
//     record or at the top of the file; it then holds for all columns below that do not
//     say otherwise, also for the values of keep, drop and where and the labels of a dictionary.
//   - markup: true: HTML is stripped from the text.
//
// # The overlay
//
// A site does not edit the file; it writes its differences into a file of the same
// form, which may be partial:
//
//	records:
//	  LegalAidCase:
//	    fields:
//	      status: {column: zt_new, values: {"10": GRANTED, "30": REFUSED}}
//	      summary: ~
//
// Maps are merged entry by entry. A text or a list replaces what stood there. ~ removes
// an entry: here the whole field summary. Removing what is not there is an error, since the
// file below has then changed since the overlay was written.
//
// Codes are never merged: values, the labels of a twin or a dictionary and the where of a
// dictionary, like every list (empty, layouts, the values of one column of keep or drop),
// are those of the overlay alone once it gives any. Code 13 of one site is not code 13 of
// another. A twin whose labels belong to codes that an overlay has replaced is gone, unless
// the overlay gives one. What an overlay does not give is the shipped mapping's, and
// `gateway check` names for each overlay the fields whose codes are.
//
// A field that a site does not record is removed like that (summary: ~), and a kind of
// record too (LegalAidObjection: ~). Orders and steps over the field go with it. What is removed is
// null where it is selected, and left out of searches, timelines, checks, figures and
// deadlines; `systems { unrecorded }` and `gateway check` tell of it; a filter, an order or
// a dimension that needs it is refused in a sentence that names it.
//
// # Findings
//
// Every mistake of every file is reported at once, with file, line and the line itself.
// A wrong mapping never starts. Anchors, aliases, tags and merge keys of YAML are not read.
package mapping
