package executor

import (
	"context"
	"encoding/binary"
	"io"
	"strconv"

	"github.com/bureaugraph/bureaugraph/internal/access"
)

// Buffer is the answer being written. Its methods that take a value write it as JSON and
// report true, so that generated code can say `v != nil && b.Text(*v)`. It is an
// io.Writer for the Marshalers of scalars.
type Buffer struct {
	bytes []byte
	ctx   context.Context // for scalars that marshal with a context
	err   error           // why the last scalar could not be written
	// disclosure of the request, and what it said of each personal field so far
	disclosure *access.Disclosure
	shows      map[string]bool
}

// Write appends raw bytes; it never fails.
func (b *Buffer) Write(p []byte) (int, error) {
	b.bytes = append(b.bytes, p...)
	return len(p), nil
}

// WriteString appends raw text; it never fails.
func (b *Buffer) WriteString(s string) (int, error) {
	b.bytes = append(b.bytes, s...)
	return len(s), nil
}

// Text writes a string, with exactly the escapes that gqlgen writes.
func (b *Buffer) Text(s string) bool {
	b.bytes = append(b.bytes, '"')
	from := 0
	for i := plain(s); i < len(s); i += plain(s[i:]) {
		b.bytes = append(b.bytes, s[from:i]...)
		switch c := s[i]; c {
		case '\t':
			b.bytes = append(b.bytes, '\\', 't')
		case '\r':
			b.bytes = append(b.bytes, '\\', 'r')
		case '\n':
			b.bytes = append(b.bytes, '\\', 'n')
		case '\\', '"':
			b.bytes = append(b.bytes, '\\', c)
		default:
			const hex = "0123456789ABCDEF"
			b.bytes = append(b.bytes, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
		}
		i++
		from = i
	}
	b.bytes = append(b.bytes, s[from:]...)
	b.bytes = append(b.bytes, '"')
	return true
}

// plain counts the leading bytes of s that need no escape, eight at a time: whole words
// are tested for a byte below 0x20, a quote or a backslash. Bytes of Chinese characters
// are all above 0x7f.
func plain(s string) int {
	const (
		ones  = 0x0101010101010101
		highs = 0x8080808080808080
	)
	i := 0
	for ; i+8 <= len(s); i += 8 {
		word := binary.LittleEndian.Uint64([]byte(s[i : i+8]))
		quote := word ^ ones*'"'
		slash := word ^ ones*'\\'
		if ((word-ones*0x20)&^word|(quote-ones)&^quote|(slash-ones)&^slash)&highs != 0 {
			break
		}
	}
	for ; i < len(s); i++ {
		if c := s[i]; c < 0x20 || c == '"' || c == '\\' {
			return i
		}
	}
	return i
}

// Enum writes the value of an enum, as gqlgen's generated enums do.
func (b *Buffer) Enum(name string) bool {
	for i := range len(name) {
		if c := name[i]; c != '_' && (c < '0' || c > 'z' || c > '9' && c < 'A' || c > 'Z' && c < 'a') {
			b.bytes = strconv.AppendQuote(b.bytes, name)
			return true
		}
	}
	b.bytes = append(b.bytes, '"')
	b.bytes = append(b.bytes, name...)
	b.bytes = append(b.bytes, '"')
	return true
}

// Int writes a whole number.
func (b *Buffer) Int(v int64) bool {
	b.bytes = strconv.AppendInt(b.bytes, v, 10)
	return true
}

// Bool writes true or false.
func (b *Buffer) Bool(v bool) bool {
	b.bytes = strconv.AppendBool(b.bytes, v)
	return true
}

// Quote opens a quoted text that needs no escapes, for its bytes to be appended to;
// Unquote takes them back and closes it: `b.Unquote(v.AppendText(b.Quote()))`.
func (b *Buffer) Quote() []byte { return append(b.bytes, '"') }

// Unquote is the other half of Quote.
func (b *Buffer) Unquote(bytes []byte) bool {
	b.bytes = append(bytes, '"')
	return true
}

// Marshal writes a scalar by its own method.
func (b *Buffer) Marshal(marshalGQL func(w io.Writer)) bool {
	marshalGQL(b)
	return true
}

// Personal is a value that names somebody. It marshals masked.
type Personal interface {
	MarshalGQL(w io.Writer)
	Reveal() string
}

// Personal writes a personal value: whole where the request may see the field so, else masked.
func (b *Buffer) Personal(field string, v Personal) bool {
	if b.disclosure != nil && b.mayShow(field) {
		return b.Text(v.Reveal())
	}
	v.MarshalGQL(b)
	return true
}

// mayShow asks the request's disclosure once a field.
func (b *Buffer) mayShow(field string) bool {
	whole, known := b.shows[field]
	if !known {
		if b.shows == nil {
			b.shows = map[string]bool{}
		}
		whole = b.disclosure.Shows(field)
		b.shows[field] = whole
	}
	return whole
}

// Context is for scalars that marshal with a context.
func (b *Buffer) Context() context.Context { return b.ctx }

// Marshalled ends a scalar that marshals with a context. A value that could not be
// written is null, with the error, and does not spread: gqlgen writes such scalars when
// nulls have settled.
func (b *Buffer) Marshalled(err error) bool {
	if err != nil {
		b.err = err
	}
	return err == nil
}

// Items writes a list of scalars or enums; write is like Field.Leaf.
func Items[V any](b *Buffer, items []V, write func(b *Buffer, v V) bool) bool {
	b.bytes = append(b.bytes, '[')
	for i, v := range items {
		if i > 0 {
			b.bytes = append(b.bytes, ',')
		}
		start := len(b.bytes)
		if !write(b, v) {
			b.bytes = b.bytes[:start]
			b.null()
		}
	}
	b.bytes = append(b.bytes, ']')
	return true
}

func (b *Buffer) null() { b.bytes = append(b.bytes, "null"...) }
