package cell

import "fmt"

// flagCodec reads yes and no in the words of a column.
type flagCodec struct {
	column
	words codes[bool]
}

func newFlag(spec Spec, _ Env) (Codec, error) {
	c, err := newColumn(spec, true)
	if err != nil {
		return nil, err
	}
	c.bits = true
	if len(spec.Values) == 0 {
		return nil, fmt.Errorf("bool needs values: which words mean true and which false")
	}
	yes, no := new(true), new(false)
	words, err := newCodes("bool", spec.Values, func(text string) (*bool, error) {
		switch text {
		case "true":
			return yes, nil
		case "false":
			return no, nil
		}
		return nil, fmt.Errorf("bool value %q is neither true nor false", text)
	})
	if err != nil {
		return nil, err
	}
	return &flagCodec{c, words}, nil
}

// Decode gives *bool, one of two shared pointers.
func (c *flagCodec) Decode(raw []byte) (any, *Problem) {
	var buf [32]byte
	text, problem := c.read(buf[:], raw)
	if len(text) == 0 {
		return nil, problem
	}
	value, ok := c.words.find(text)
	if !ok {
		return nil, notAFlag
	}
	return value, nil
}

// Spell implements Codec for "true" and "false".
func (c *flagCodec) Spell(canonical string) ([]string, bool) {
	return spellings(c, c.charset, canonical, c.words.raw...), true
}
