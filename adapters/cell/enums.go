package cell

import (
	"fmt"
	"slices"
	"strconv"
)

// enumsCodec reads a group of codes in one cell.
type enumsCodec struct {
	column
	codes      codes[string]
	other      *string
	separators string
	positional bool
}

func newEnums(spec Spec, _ Env) (Codec, error) {
	c, err := newColumn(spec, true)
	if err != nil {
		return nil, err
	}
	e := &enumsCodec{column: c, separators: separators(spec), positional: spec.Positional}
	if e.codes, e.other, err = newEnumCodes(spec); err != nil {
		return nil, err
	}
	if e.positional {
		for _, code := range e.codes.raw {
			if n, err := strconv.Atoi(code); err != nil || n < 1 || strconv.Itoa(n) != code {
				return nil, fmt.Errorf("positional enums count their codes from \"1\"; %q is no position", code)
			}
		}
	}
	return e, nil
}

// Decode gives []string: the values in order, each once. An unlisted item is the value
// for unlisted codes, or is left out; either makes the cell suspect, and a cell of which
// nothing else remains is dropped.
func (c *enumsCodec) Decode(raw []byte) (any, *Problem) {
	var buf [256]byte
	text, problem := c.read(buf[:], raw)
	if len(text) == 0 {
		return nil, problem
	}
	values := make([]string, 0, min(1+countSeparators(text, c.separators), len(c.codes.raw)+1))
	var position [20]byte
	for start, place := 0, 1; start <= len(text); place++ {
		item, next := nextItem(text, start, c.separators)
		start = next
		if len(item) == 0 || c.isEmpty(item) {
			continue
		}
		if c.positional {
			if whole := wholePart(item); whole != nil {
				item = whole
			}
			if string(item) == "0" {
				continue
			}
			if string(item) != "1" {
				problem = notAFlagSkipped
				continue
			}
			item = strconv.AppendInt(position[:0], int64(place), 10)
		}
		value, ok := c.codes.find(item)
		if !ok {
			value, problem = c.other, unknownCode
		}
		if value != nil && !slices.Contains(values, *value) {
			values = append(values, *value)
		}
	}
	if len(values) == 0 {
		switch problem {
		case unknownCode:
			problem = unknownCodeDropped
		case notAFlagSkipped:
			problem = notAFlag
		}
		return nil, problem
	}
	return values, problem
}

// Spell implements Codec: what stands before and after an item cannot be listed.
func (c *enumsCodec) Spell(string) ([]string, bool) { return nil, false }
