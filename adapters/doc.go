// Package adapters reads the legacy systems. A Set has one Source per kind of record;
// a Source joins a domain struct (graph/model), a table mapping (adapters/mapping) and a
// server (internal/database). It plans statements (adapters/plan), decodes dirty cells
// (adapters/cell), and knows nothing of GraphQL beyond the names of fields.
//
// # Adding the sixth system
//
// Say the bureau's people's mediation system (人民调解) is to join. Allow a morning; hardly
// any of it is Go, and no file is touched but the system's own and one list.
//
//  1. Learn the tables. Ask for a read-only account and the comments of the columns
//     (SHOW FULL COLUMNS); decide with the people who use the system what each column
//     means. Transliteration proposes, people decide.
//  2. Write graph/schema/mediation.graphqls: `extend enum System`, the records (the case
//     implements Node & Record), enums ("English · 中文"), connection, filter, order, and the
//     root fields. Copy the shape of legalaid.graphqls; names come from the business, not
//     from the table. What a type means to the program is said beside it by the directives
//     of graph/declarations.graphqls: which are kinds of records, how a relation is found,
//     whom a row names, what is searched. They are not served.
//  3. Write adapters/mediation: mapping.yaml (package mapping), figures.yaml (package
//     metrics), deadlines.yaml (package clock), annualreport.yaml (package annualreport), and the few lines
//     of system.go. The catalogue
//     of cells is in package cell; what neither a cell nor a constant sub-select can say is
//     Go in this package.
//  4. Invent its database in adapters/mediation/demo, dirt and ledger included: mostly a file
//     (package dataset).
//  5. Add the system to the list in systems.go, and run `go generate ./...`. It writes the
//     record structs, the Set, the resolvers, the checks, what persons, organisations, towns
//     and searches gather, the statistics' schema, and the entries in the suites of tests. A
//     field that nothing declares is resolved by hand: package resolvers does not compile
//     before its method is there, and @reads says which stored fields it needs.
//
// The suites then prove, on the embedded engine and on a real MariaDB, that every page comes
// without gap or double, that every planted piece of dirt is reported, and nothing else, and
// that filters find what the rows show. .ci/new-system/run does all this with a lending
// library.
//
// Checklist: `go test ./...` passes; the new record answers in the playground; a query
// with 10 and with 1,000 parents causes the same number of statements; a source that is
// down nulls its own fields only.
package adapters
