// Package adapters reads the legacy systems. A Set has one Source per kind of record;
// a Source joins a domain struct (graph/model), a table mapping (adapters/mapping) and a
// server (internal/database). It plans statements (adapters/plan), decodes dirty cells
// (adapters/cell), and knows nothing of GraphQL beyond the names of fields.
//
// # Adding the sixth system
//
// Say the bureau's people's mediation system (人民调解) is to join. Allow a morning; five
// of the seven steps are not Go.
//
//  1. Learn the tables. Ask for a read-only account and the comments of the columns
//     (SHOW FULL COLUMNS); decide with the people who use the system what each column
//     means. Transliteration proposes, people decide.
//  2. Write graph/schema/mediation.graphqls: the record (implements Node & Record), its
//     enums ("English · 中文"), connection, filter, order, and the root fields. Copy the
//     shape of legalaid.graphqls; names come from the business, not from the table. Add
//     the system to the enum System in common.graphqls.
//  3. Write graph/model/mediation.go: one struct per record, embedding Row. A field of
//     the schema is a field of the struct (acceptedOn, AcceptedOn); a relation is a field
//     with the suffix Ref. Computed fields are methods, and Needs names what they read.
//  4. Write adapters/mediation/mapping.yaml and the three-line mapping.go beside it. The
//     catalogue of cells is in package cell; what neither a cell nor a constant
//     sub-select can say is Go in this package.
//  5. Run `go generate ./...`. It writes the executable schema, the enums with their
//     labels, and a stub per relation in resolvers/mediation.go: fill each with one line
//     over loaders.One, Many or Pages.
//  6. Add a line per record to Set and Open here, to finders in resolvers/node.go, and
//     the mapping to internal/server.
//  7. Invent its database in internal/demo/mediation, dirt and ledger included, and add
//     the records to internal/conformance. The suite then proves, on the embedded engine
//     and on a real MariaDB, that every page comes without gap or double and that every
//     planted piece of dirt is reported, and nothing else.
//
// Checklist: `go test ./...` passes; the new record answers in the playground; a query
// with 10 and with 1,000 parents causes the same number of statements; a source that is
// down nulls its own fields only.
package adapters
