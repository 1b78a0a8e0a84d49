package cell

// licenceCodec reads practising licences of 17 digits: a lawyer's starts with 1, a law
// firm's with 2.
type licenceCodec struct{ column }

func newLicence(spec Spec, _ Env) (Codec, error) {
	c, err := newColumn(spec, true)
	if err != nil {
		return nil, err
	}
	return &licenceCodec{c}, nil
}

// Decode gives *string. Only the length tells a licence from a resident number.
func (c *licenceCodec) Decode(raw []byte) (any, *Problem) {
	var buf [64]byte
	text, problem := c.read(buf[:], raw)
	if len(text) == 0 {
		return nil, problem
	}
	id := compact(buf[:0], text)
	if len(id) != 17 || !areDigits(id) || areSame(id) {
		return nil, notAnIdentifier
	}
	return new(string(id)), nil
}

// Spell lists the digits as they stand, full-width and with the apostrophe spreadsheets
// add.
func (c *licenceCodec) Spell(canonical string) ([]string, bool) {
	return spellings(c, c.charset, canonical, canonical, widen(canonical), "'"+canonical), true
}

// NormalizeLicence gives the 17 digits of a practising licence in the one text that all
// spellings share; ok is false for a text that is none.
func NormalizeLicence(text string) (licence string, ok bool) {
	return normalize(newLicence, text)
}

// normalize reads a text as a cell of a kind of identifier, of which only what needs no
// remark is one.
func normalize(kind func(Spec, Env) (Codec, error), text string) (canonical string, ok bool) {
	codec, err := kind(Spec{}, Env{})
	if err != nil {
		return "", false
	}
	value, problem := codec.Decode([]byte(text))
	if value == nil || problem != nil {
		return "", false
	}
	return *value.(*string), true
}
