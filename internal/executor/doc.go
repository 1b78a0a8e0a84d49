// Package executor answers GraphQL queries breadth first: not field by field, but one
// relation of a whole level at a time. It stands behind gqlgen's ExecutableSchema and
// calls the same resolvers as gqlgen's own executor, which stays the reference: for
// every operation both give the same bytes.
//
// # How an answer comes about
//
//  1. Plan. The operation is compiled once into a tree of nodes. A node is one place in
//     the operation where objects of one type stand; its fields are merged, in the order
//     of the answer, with @skip and @include decided, and each field knows its accessor
//     in generated code. A field of an interface type has one node per concrete type.
//     Plans are kept; only the values of variables differ from request to request.
//
//  2. Gather. Below the root every relation is a batch resolver. A node collects its
//     objects from all sibling lists, in document order, and then each relation on it is
//     called once with all of them. What comes back are the objects of the next node, and
//     so on down. Relations run concurrently, one goroutine each, never one per element,
//     and a relation starts as soon as its own parents are known: a slow system holds up
//     nothing but what stands below it. Places without a relation below are not gathered
//     at all: plain struct fields are read when they are written.
//
//  3. Write. When nothing is outstanding, the answer is written depth first, in one
//     goroutine, into one buffer. Nothing has to be looked up: a node's objects are
//     written in the order in which they were gathered, so its n-th written object is its
//     n-th gathered one, and n is the index into the columns its relations gave.
//
// # Errors and nulls
//
// Errors are kept beside the values they stand for and reported while writing. So they
// come in the order of the answer, and the path is where the writer stands. A null that
// the schema forbids makes the object around it null: its siblings are written to the
// end, for their errors and to keep count, and then the buffer is cut back to where the
// object began.
//
// # What is left to gqlgen
//
// Parsing, validation, coercion of arguments, complexity, presentation of errors, and
// whole operations that ask for __schema or __type, use @defer, or are no queries.
// Field and root field middleware of gqlgen (AroundFields, AroundRootFields) is not
// called: there is no moment at which one field of one object is resolved.
package executor
