package cell

import (
	"fmt"
	"maps"
	"slices"
	"sync/atomic"
)

// placeCodec reads towns or departments in any spelling of the reference data.
type placeCodec struct {
	column
	gazetteer Gazetteer
	unknown   *Problem

	// seen keeps the texts already resolved, at most maxSeen, so that a column of few
	// spellings is looked up without allocation. It is copied on write.
	seen atomic.Pointer[map[string]*string]
	// spelled keeps the spellings of the places asked for, for they are asked for by every
	// list of a place. It holds places of the reference data only, and is copied on write.
	spelled atomic.Pointer[map[string][]string]
}

const maxSeen = 512

func newTown(spec Spec, env Env) (Codec, error) { return newPlace(spec, env.Towns, unknownTown) }

func newDepartment(spec Spec, env Env) (Codec, error) {
	return newPlace(spec, env.Departments, unknownDepartment)
}

func newPlace(spec Spec, gazetteer Gazetteer, unknown *Problem) (Codec, error) {
	if gazetteer == nil {
		return nil, fmt.Errorf("cell %s needs the %ss of the reference data", spec.Kind, spec.Kind)
	}
	c, err := newColumn(spec, true)
	if err != nil {
		return nil, err
	}
	p := &placeCodec{column: c, gazetteer: gazetteer, unknown: unknown}
	p.seen.Store(&map[string]*string{})
	p.spelled.Store(&map[string][]string{})
	return p, nil
}

// Decode gives *string: the canonical code, shared between cells of the same spelling.
func (c *placeCodec) Decode(raw []byte) (any, *Problem) {
	var buf [128]byte
	text, problem := c.read(buf[:], raw)
	if len(text) == 0 {
		return nil, problem
	}
	if whole := wholePart(text); whole != nil { // a code in a decimal column
		text = whole
	}
	seen := *c.seen.Load()
	if id, ok := seen[string(text)]; ok {
		return id, nil
	}
	spelling := string(text)
	id, ok := c.gazetteer.Find(spelling)
	if !ok {
		return nil, c.unknown
	}
	if len(seen) < maxSeen {
		more := make(map[string]*string, len(seen)+1)
		maps.Copy(more, seen)
		more[spelling] = &id
		c.seen.Store(&more) // a racing writer loses one entry, to be found again
	}
	return &id, nil
}

// Spell implements Codec with the spellings of the reference data.
func (c *placeCodec) Spell(canonical string) ([]string, bool) {
	spelled := *c.spelled.Load()
	raw, ok := spelled[canonical]
	if ok {
		return raw, true
	}
	raw = slices.Clip(spellings(c, c.charset, canonical, c.gazetteer.Spellings(canonical)...))
	if len(raw) > 0 {
		more := maps.Clone(spelled)
		more[canonical] = raw
		c.spelled.Store(&more) // a racing writer loses one entry, to be made again
	}
	return raw, true
}
