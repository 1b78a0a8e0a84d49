// Package page holds the arguments every list shares and the cursors that go with them.
package page

import (
	"encoding/base64"
	"errors"
	"strings"

	"github.com/bureaugraph/bureaugraph/internal/fault"
	"github.com/bureaugraph/bureaugraph/internal/keytext"
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

// CursorName is the argument that the window's cursor came in.
func (w Window) CursorName() string {
	if w.Backward {
		return "before"
	}
	return "after"
}

// Window checks the arguments against the order the list runs in. Errors are BAD_INPUT
// faults, all of them joined, that name the argument and its range.
func (a Args) Window(order string) (Window, error) {
	w := Window{Size: DefaultSize, Backward: a.Last != nil}
	var wrong []error
	add := func(f *fault.Error) { wrong = append(wrong, f) }
	size, sizeName, cursor := a.First, "first", a.After
	switch {
	case a.First != nil && a.Last != nil:
		add(fault.Input("last", "give either first or last, not both"))
		size, cursor = nil, nil
	case w.Backward:
		size, sizeName, cursor = a.Last, "last", a.Before
		if a.After != nil {
			add(fault.Input("after", "goes with first; with last give before"))
		}
	case a.Before != nil:
		add(fault.Input("before", "goes with last; with first give after"))
	}
	if size != nil {
		w.Size = *size
		if w.Size < 1 || w.Size > MaxSize {
			add(fault.Input(sizeName, "%d is outside 1..%d", w.Size, MaxSize))
		}
	}
	if cursor != nil {
		switch c, ok := DecodeCursor(*cursor); {
		case !ok:
			add(fault.Input(w.CursorName(), "is no cursor of this gateway; take endCursor or startCursor of a page"))
		case c.Order != order:
			add(fault.Input(w.CursorName(), "belongs to a list in another order (%s); this one runs by %s", c.Order,
				order))
		default:
			w.Cursor = &c
		}
	}
	return w, errors.Join(wrong...)
}

// Cursor is a row's place in an ordered list.
type Cursor struct {
	Order string  // "ACCEPTED_ON DESC": a cursor is of no use in another order
	Value *string // raw sort value; nil for NULL
	Key   string  // what tells the row from others in the same place, see keytext.Join
}

const separator = '\x1f'

// Encode makes the opaque text of a cursor.
func (c Cursor) Encode() string {
	value := "n"
	if c.Value != nil {
		value = "v" + keytext.Escape(*c.Value, separator)
	}
	return base64.RawURLEncoding.EncodeToString([]byte(c.Order + string(separator) + value + string(separator) + c.Key))
}

// DecodeCursor takes a cursor apart; ok is false for text Encode never made.
func DecodeCursor(text string) (c Cursor, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return c, false
	}
	order, rest, found := strings.Cut(string(b), string(separator))
	if !found {
		return c, false
	}
	value, key, found, ok := keytext.Cut(rest, separator)
	if !found || !ok || value == "" {
		return Cursor{}, false
	}
	c = Cursor{Order: order, Key: key}
	switch value[0] {
	case 'n':
		return c, len(value) == 1
	case 'v':
		c.Value = new(value[1:])
		return c, true
	}
	return c, false
}
