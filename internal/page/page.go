// Package page holds the arguments every list shares and the cursors that go with them.
package page

import (
	"encoding/base64"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/fault"
)

// The bounds of first and last.
const (
	DefaultSize = 20
	MaxSize     = 200
)

// Args are a list's Relay arguments as the client gave them; nil means not given.
type Args struct {
	First  *int
	After  *string
	Last   *int
	Before *string
}

// Window is a checked page: how many rows, from where, in which direction.
type Window struct {
	Size     int
	Backward bool    // the last rows before the cursor, instead of the first after it
	Cursor   *Cursor // nil at the list's beginning, or end when Backward
}

// Window checks the arguments against the order the list runs in. Errors are BAD_INPUT
// faults that name the argument and its range.
func (a Args) Window(order string) (Window, error) {
	w := Window{Size: DefaultSize}
	if a.First != nil && a.Last != nil {
		return w, fault.Input("last", "give either first or last, not both")
	}
	if a.First == nil && a.Last == nil && a.Before != nil {
		return w, fault.Input("before", "goes with last; with first give after")
	}
	size, sizeName, cursor, cursorName := a.First, "first", a.After, "after"
	if a.Last != nil {
		size, sizeName, cursor, cursorName = a.Last, "last", a.Before, "before"
		w.Backward = true
		if a.After != nil {
			return w, fault.Input("after", "goes with first; with last give before")
		}
	} else if a.Before != nil {
		return w, fault.Input("before", "goes with last; with first give after")
	}
	if size != nil {
		w.Size = *size
		if w.Size < 1 || w.Size > MaxSize {
			return w, fault.Input(sizeName, "%d is outside 1..%d", w.Size, MaxSize)
		}
	}
	if cursor == nil {
		return w, nil
	}
	c, ok := DecodeCursor(*cursor)
	if !ok {
		return w, fault.Input(cursorName, "is no cursor of this gateway; take endCursor or startCursor of a page")
	}
	if c.Order != order {
		return w, fault.Input(cursorName, "belongs to a list in another order (%s); this one runs by %s", c.Order, order)
	}
	w.Cursor = &c
	return w, nil
}

// Cursor is a row's place in an ordered list.
type Cursor struct {
	Order string  // "ACCEPTED_ON DESC": a cursor is of no use in another order
	Value *string // raw sort value; nil for NULL
	Key   string  // primary key, parts joined by "|"
}

const separator = "\x1f"

// Encode makes the opaque text of a cursor.
func (c Cursor) Encode() string {
	value := "n"
	if c.Value != nil {
		value = "v" + *c.Value
	}
	return base64.RawURLEncoding.EncodeToString([]byte(c.Order + separator + value + separator + c.Key))
}

// DecodeCursor takes a cursor apart; ok is false for text Encode never made.
func DecodeCursor(text string) (c Cursor, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return c, false
	}
	parts := strings.SplitN(string(b), separator, 3)
	if len(parts) != 3 || parts[1] == "" {
		return c, false
	}
	c = Cursor{Order: parts[0], Key: parts[2]}
	switch parts[1][0] {
	case 'n':
		return c, len(parts[1]) == 1
	case 'v':
		c.Value = new(parts[1][1:])
		return c, true
	}
	return c, false
}
