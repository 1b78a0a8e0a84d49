package model

// Document is a document or decision that systems name by its number. It is virtual: no
// system owns it, and what is known of it is found by the number alone.
type Document struct {
	Number string // normalised, never empty
}

// IsNode marks the type as a GraphQL Node.
func (*Document) IsNode() {}

// ID is the Node id.
func (d *Document) ID() string { return EncodeID("Document", d.Number) }

// Key is what records refer to the document by: its normalised number.
func (d *Document) Key() string { return d.Number }
