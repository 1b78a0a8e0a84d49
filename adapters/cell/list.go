package cell

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// listCodec reads several texts in one cell, such as 王一,王二.
type listCodec struct {
	column
	separators string
}

func newList(spec Spec, _ Env) (Codec, error) {
	c, err := newColumn(spec, false)
	if err != nil {
		return nil, err
	}
	return &listCodec{c, separators(spec)}, nil
}

// separators are the characters that stand between items; each counts, and so does its
// full-width form. The default is the comma.
func separators(spec Spec) string {
	if spec.Separator == "" {
		return ","
	}
	return string(fold(nil, []byte(spec.Separator)))
}

// Decode gives []string: the items trimmed, in order; blank ones and those that mean
// nothing there are left out.
func (c *listCodec) Decode(raw []byte) (any, *Problem) {
	var buf [256]byte
	text, problem := c.read(buf[:], raw)
	if len(text) == 0 {
		return nil, problem
	}
	if hasLost(text) {
		problem = lostCharacters
	}
	all := string(text) // the items share it
	items := make([]string, 0, 1+countSeparators(text, c.separators))
	for start := 0; start <= len(text); {
		item, next := nextItem(text, start, c.separators)
		from := start + bytes.Index(text[start:], item)
		if len(item) > 0 && !c.isEmpty(item) {
			items = append(items, all[from:from+len(item)])
		}
		start = next
	}
	if len(items) == 0 {
		return nil, nil
	}
	return items, problem
}

// Spell implements Codec: what stands before and after an item cannot be listed.
func (c *listCodec) Spell(string) ([]string, bool) { return nil, false }

// nextItem gives the trimmed item that starts at start, and where the next one does; next
// is beyond the text behind the last item.
func nextItem(text []byte, start int, separators string) (item []byte, next int) {
	for i := start; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if isSeparator(r, separators) {
			return trim(text[start:i]), i + size
		}
		i += size
	}
	return trim(text[start:]), len(text) + 1
}

func countSeparators(text []byte, separators string) (n int) {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if isSeparator(r, separators) {
			n++
		}
		i += size
	}
	return n
}

func isSeparator(r rune, separators string) bool {
	return r != utf8.RuneError && strings.ContainsRune(separators, foldRune(r))
}
