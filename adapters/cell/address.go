package cell

import "github.com/bureaugraph/bureaugraph/graph/model"

// addressCodec reads postal addresses, and keeps of them what may be shown.
type addressCodec struct {
	column
	divisions Divisions
}

func newAddress(spec Spec, env Env) (Codec, error) {
	c, err := newColumn(spec, false)
	if err != nil {
		return nil, err
	}
	c.private = true
	return &addressCodec{c, env.Divisions}, nil
}

// Decode gives *model.Address.
func (c *addressCodec) Decode(raw []byte) (any, *Problem) {
	var buf [256]byte
	text, problem := c.read(buf[:], raw)
	if len(text) == 0 {
		return nil, problem
	}
	if hasLost(text) {
		problem = lostCharacters
	}
	address := &model.Address{}
	if c.divisions != nil {
		address.Within = c.divisions.Within(string(text))
	}
	return address, problem
}

// Spell knows none: what is kept does not tell the cell.
func (c *addressCodec) Spell(string) ([]string, bool) { return nil, false }
