package plan

import "strings"

// OfOrganization is the predicate that a field's cell holds a code of one of the
// organisations: for a unified social credit code itself or its organisation code, both
// looked up; for an organisation code alone also any unified code around it, which no
// index can find. Codes are canonical.
func (t *Table) OfOrganization(field string, codes []string) Predicate {
	f := t.Field(field)
	if !f.IsRecorded() {
		return either{}
	}
	p := t.in(f, nil)
	for _, code := range codes {
		p.values = append(p.values, t.spellings(f, code)...)
		if len(code) == 18 {
			p.values = append(p.values, t.spellings(f, code[8:17])...)
			continue
		}
		// eight characters before it, one behind; after the apostrophe of a spreadsheet too
		for _, form := range []string{code, strings.ToLower(code), encoded(f, widen(code))} {
			any8 := strings.Repeat("_", 8*runes(form)/len(code))
			pattern := any8 + escapeLike(form) + any8[:len(any8)/8]
			p.patterns = append(p.patterns, pattern, "'"+pattern)
		}
	}
	return p
}
