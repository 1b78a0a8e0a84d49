package model

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/mask"
)

// Kind names one kind of stored record: which system owns it and its GraphQL type.
type Kind struct {
	System System // owner
	Record string // GraphQL type name, "LegalAidCase"
	Sealer Sealer // nil leaves keys and places in clear
}

// Sealer makes texts unreadable, and readable again.
type Sealer interface {
	Seal(text string) string
	Unseal(text string) (plain string, ok bool)
}

// Hide seals a text that is to leave inside an id or a cursor, where the number of a person
// stands in it: the keys of some tables are such numbers, and so is what was typed into a
// column that a list is sorted by. Others stay as they are.
func (k *Kind) Hide(text string) string {
	if k.Sealer == nil || !mask.Holds(text) {
		return text
	}
	return k.Sealer.Seal(text)
}

// Unhide is the way back; ok is false for a text of another gateway's key.
func (k *Kind) Unhide(text string) (plain string, ok bool) {
	if k.Sealer == nil {
		return text, true
	}
	return k.Sealer.Unseal(text)
}

// Row is what every stored record carries besides its fields: which row of which
// system it is, where it stands in the order it was listed by, and what was wrong with
// its cells. Domain structs embed it.
type Row struct {
	kind    *Kind
	key     string
	place   string
	cursor  string
	issues  []*DataIssue
	widened []string // fields whose resident number was stored in 15 digits
}

// NewRow places a row: kind is shared by all rows of a source, key is the primary key
// as text (see keytext.Join), issues are the findings about its cells.
func NewRow(kind *Kind, key string, issues []*DataIssue) Row {
	return Row{kind: kind, key: key, issues: issues}
}

// Key is the row's primary key in its own system as text, see keytext.Join. It is
// what child rows refer to. It is never shown: the Node id is.
func (r *Row) Key() string { return r.key }

// Place tells the row from all others of its table, also where those have the same key.
func (r *Row) Place() string {
	if r.place == "" {
		return r.key
	}
	return r.place
}

// SetPlace is called by the source that reads the row where the key is not enough.
func (r *Row) SetPlace(place string) { r.place = place }

// Kind tells which system and type the row belongs to.
func (r *Row) Kind() *Kind { return r.kind }

// ID is the opaque, stable Node id.
func (r *Row) ID() string { return EncodeID(r.kind.Record, r.kind.Hide(r.key)) }

// System is the legacy system that owns the row.
func (r *Row) System() System { return r.kind.System }

// DataIssues lists what was wrong with the row's cells; empty, never nil, when nothing
// was: nil would be null to a client, which means "not known".
func (r *Row) DataIssues() []*DataIssue {
	if r.issues == nil {
		return []*DataIssue{}
	}
	return r.issues
}

// Widened tells whether the field's resident number was stored in the 15 digits of before
// 1999, which have no check digit.
func (r *Row) Widened(field string) bool { return slices.Contains(r.widened, field) }

// SetWidened is called once, by the source that reads the row.
func (r *Row) SetWidened(fields []string) { r.widened = fields }

// Cursor is the row's place in the list it was read for; "" outside a list.
func (r *Row) Cursor() string { return r.cursor }

// SetCursor is called once, by the source that lists the row.
func (r *Row) SetCursor(c string) { r.cursor = c }

// EncodeID makes the Node id of a record: opaque to clients, stable over restarts.
func EncodeID(record, key string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(record + ":" + key))
}

// DecodeID takes a Node id apart; ok is false for text that EncodeID never made.
func DecodeID(id string) (record, key string, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(id)
	if err != nil {
		return "", "", false
	}
	return strings.Cut(string(b), ":")
}
