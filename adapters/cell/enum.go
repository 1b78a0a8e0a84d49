package cell

import "fmt"

// enumCodec reads a code column. Values are shared pointers: decoding allocates nothing.
type enumCodec struct {
	column
	codes codes[string]
	other *string // for unlisted codes; nil drops them
}

func newEnum(spec Spec, _ Env) (Codec, error) {
	c, err := newColumn(spec, true)
	if err != nil {
		return nil, err
	}
	c.bits = true
	e := &enumCodec{column: c}
	if e.codes, e.other, err = newEnumCodes(spec); err != nil {
		return nil, err
	}
	for code := range spec.Labels {
		if _, ok := spec.Values[code]; !ok {
			return nil, fmt.Errorf("labels names code %q, which values does not list", code)
		}
	}
	return e, nil
}

// newEnumCodes gives the code table of an enum and the value of unlisted codes. A table
// may be empty, as a dictionary table is before the system's first use, but not absent.
func newEnumCodes(spec Spec) (table codes[string], other *string, err error) {
	if spec.Values == nil {
		return table, nil, fmt.Errorf("%s needs values or a dictionary", spec.Kind)
	}
	shared := map[string]*string{}
	intern := func(value string) (*string, error) {
		if value == "" {
			return nil, fmt.Errorf("%s has a code without a value", spec.Kind)
		}
		if shared[value] == nil {
			shared[value] = &value
		}
		return shared[value], nil
	}
	if table, err = newCodes(spec.Kind, spec.Values, intern); err != nil {
		return table, nil, err
	}
	if spec.Else != "" {
		other, err = intern(spec.Else)
	}
	return table, other, err
}

// Decode gives *string.
func (c *enumCodec) Decode(raw []byte) (any, *Problem) {
	var buf [64]byte
	text, problem := c.read(buf[:], raw)
	if len(text) == 0 {
		return nil, problem
	}
	if whole := wholePart(text); len(c.empty) > 0 && whole != nil && c.isEmpty(whole) {
		return nil, nil
	}
	if value, ok := c.codes.find(text); ok {
		return value, nil
	}
	if c.other == nil {
		return nil, unknownCodeDropped
	}
	return c.other, unknownCode
}

// Spell implements Codec. The codes behind the value of unlisted ones cannot be listed.
func (c *enumCodec) Spell(canonical string) ([]string, bool) {
	if c.other != nil && canonical == *c.other {
		return nil, false
	}
	return spellings(c, c.charset, canonical, c.codes.raw...), true
}
